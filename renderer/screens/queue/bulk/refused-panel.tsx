import type { BulkJob } from '../../../../contract/bulk.ts';
import { useLive } from '../../../live-query.ts';
import { formatRoute } from '../../../route-path.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { sentences } from '../../../ui/error-text.ts';
import { useShortcuts } from '../../../ui/shortcuts.ts';

const SHOWN = 200;

/** The records that a bulk action has left as they were, each with its reason and the way to it. They are still marked. */
export function RefusedPanel({ job, onClose }: { job: BulkJob; onClose: () => void }) {
  const t = useT();
  const { data, error } = useLive(['bulk.refused', job.id], ['bulk', 'session'], core => core.bulk.refused({ id: job.id, start: 0, end: SHOWN }));
  useShortcuts('panel', [{ keys: 'escape', label: t('app.close'), run: onClose, hint: 'Esc' }]);
  return (
    <section className="refused-panel" aria-label={t('bulk.refusedTitle')}>
      <header><h2>{t('bulk.refusedTitle')}</h2><Button hint="Esc" onClick={onClose}>{t('app.close')}</Button></header>
      {error !== null && <ErrorNotice error={error} />}
      <ol>
        {data?.lines.map(line => (
          <li key={line.issueId}>
            <a href={formatRoute({ screen: 'issue', id: line.issueId })}>{line.no === '' ? t('bulk.unseen') : line.no}</a> {line.description}
            <div>{sentences(line.error).what} <span className="muted">{sentences(line.error).todo}</span></div>
          </li>
        ))}
      </ol>
      {data !== undefined && data.total > data.lines.length && <p className="muted">{t('bulk.moreRefused', { count: data.total - data.lines.length })}</p>}
    </section>
  );
}
