import { useState } from 'react';
import { HANDOVER_PAGE, type HandoverLine } from '../../../contract/handovers.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { formatRoute } from '../../route-path.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ServiceTag, SyncMark } from '../../ui/marks.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';

/** Every handover of the person's lines, the newest first; what waits for them stands above. */
export function HandoverList({ maySign }: { maySign: boolean }) {
  const t = useT();
  const { locked } = useSession();
  const [start, setStart] = useState(0);
  const { data, error } = useLive(['handovers.list', start], ['document', 'session', 'org', 'sync'], core => core.handovers.list({ start }), { keepPrevious: true });
  const { data: news } = useLive(['handovers.news'], ['document', 'session'], core => core.handovers.news({}));
  const offered = news?.offered ?? null;
  const isLast = data === undefined || start + HANDOVER_PAGE >= data.total;
  useShortcuts('screen', [
    { keys: 'n', label: t('handover.new'), hint: 'N', run: () => { goTo({ screen: 'handover', id: 'new' }); }, enabled: maySign && !locked },
    { keys: 'enter', label: t('handover.openOffered'), hint: 'Enter', run: () => { if (offered !== null) goTo({ screen: 'handover', id: offered }); }, enabled: offered !== null && !locked },
  ]);
  return (
    <div className="handovers" tabIndex={0} role="region" aria-label={t('handover.title')}>
      <header>
        <div><h1>{t('handover.title')}</h1><p className="muted">{t('handover.lead')}</p></div>
        {maySign && <Button kind="primary" size="md" hint="N" onClick={() => { goTo({ screen: 'handover', id: 'new' }); }}>{t('handover.new')}</Button>}
      </header>
      {error !== null && <ErrorNotice error={error} />}
      {offered !== null && <Notice tone="warning" actions={<Button kind="outline" hint="Enter" onClick={() => { goTo({ screen: 'handover', id: offered }); }}>{t('handover.openOffered')}</Button>}>{t('handover.isOffered')}</Notice>}
      {data?.total === 0 && <EmptyState title={t('handover.empty')}>{t(maySign ? 'handover.emptyMore' : 'handover.emptyRead')}</EmptyState>}
      {data !== undefined && data.total > 0 && (
        <table>
          <thead><tr>{(['shift', 'lines', 'period', 'given', 'taken', 'state', 'sync'] as const).map(column => <th key={column} scope="col">{t(`handover.listed.${column}`)}</th>)}</tr></thead>
          <tbody>{data.lines.map(line => <Listed key={line.id} line={line} />)}</tbody>
        </table>
      )}
      {data !== undefined && data.total > HANDOVER_PAGE && (
        <div className="pages">
          <span className="muted">{t('handover.pageOf', { from: start + 1, to: Math.min(data.total, start + HANDOVER_PAGE), n: data.total })}</span>
          <Button disabled={start === 0} onClick={() => { setStart(start - HANDOVER_PAGE); }}>{t('handover.newer')}</Button>
          <Button disabled={isLast} onClick={() => { setStart(start + HANDOVER_PAGE); }}>{t('handover.older')}</Button>
        </div>
      )}
    </div>
  );
}

function Listed({ line }: { line: HandoverLine }) {
  const t = useT();
  return (
    <tr className={line.unread ? 'unread' : undefined}>
      <td><a href={formatRoute({ screen: 'handover', id: line.id })}>{line.shiftName === '' ? t('handover.noName') : line.shiftName}</a>{line.unread && <span className="dot">{t('handover.unread')}</span>}</td>
      <td>{line.lines.map(service => <ServiceTag key={service} service={service} />)}</td>
      <td>{formatDateTime(line.fromMs)} – {formatDateTime(line.toMs)}</td>
      <td>{line.givenBy}</td><td>{line.takenBy ?? ''}</td>
      <td>{t(`handover.state.${line.state}`)}</td>
      <td><SyncMark sync={line.sync} /></td>
    </tr>
  );
}
