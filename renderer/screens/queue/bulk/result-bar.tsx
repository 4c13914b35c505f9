import type { BulkJob } from '../../../../contract/bulk.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { useNow } from '../../../ui/clock.ts';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { sentences } from '../../../ui/error-text.ts';
import { spanFace } from '../due.ts';
import { goneThrough, undoLeftMs } from './bulk-words.ts';

export interface ResultBarProps { job: BulkJob; error: unknown; onStop: () => void; onUndo: () => void; onRefused: () => void; onClose: () => void }

/** How a bulk action goes and what came of it: how many, which not, and taking it back while that can be done. */
export function ResultBar({ job, error, onStop, onUndo, onRefused, onClose }: ResultBarProps) {
  const t = useT();
  if (job.status === 'running') {
    return (
      <div className="result-bar" role="status">
        <b>{t(job.undoOf === null ? `bulk.doing.${job.action}` : 'bulk.undoing')}</b>
        <progress aria-label={t('bulk.progress')} max={job.total} value={goneThrough(job)} /> {goneThrough(job)}/{job.total}
        <span className="push"><Button onClick={onStop}>{t('bulk.stop')}</Button></span>
      </div>
    );
  }
  const left = job.total - goneThrough(job);
  const parts = [
    job.unchanged > 0 && t('bulk.unchanged', { count: job.unchanged }), job.partly > 0 && t('bulk.partly', { count: job.partly }),
    job.refused > 0 && t(job.undoOf === null ? 'bulk.refused' : 'bulk.keptSince', { count: job.refused }), left > 0 && t('bulk.left', { count: left }),
  ].filter(part => part !== false);
  return (
    <div className="result-bar">
      <div role="status"><b>{t(job.undoOf === null ? `bulk.did.${job.action}` : 'bulk.undone', { count: job.done })}</b>{parts.map(part => ` · ${part}`)}
        {job.error !== null && <span className="danger"> · {sentences(job.error).what} {sentences(job.error).todo}</span>}
        {job.undoOf === null && job.done > 0 && job.undoUntilMs === null && <span className="muted"> · {t('bulk.noUndo')}</span>}
      </div>
      {error !== null && <ErrorNotice error={error} />}
      <span className="push">
        {job.refused > 0 && <Button onClick={onRefused}>{t('bulk.why')}</Button>}
        <Undo job={job} onUndo={onUndo} />
        <Button kind="quiet" onClick={onClose}>{t('app.close')}</Button>
      </span>
    </div>
  );
}

function Undo({ job, onUndo }: { job: BulkJob; onUndo: () => void }) {
  const t = useT();
  const leftMs = undoLeftMs(job, useNow());
  if (leftMs === 0) return null;
  const { key, facts } = spanFace(leftMs);
  return <Button kind="outline" hint="Ctrl+Z" onClick={onUndo}>{t('queue.undo')} <span className="undo-left">{t(`queue.due.${key}`, facts)}</span></Button>;
}
