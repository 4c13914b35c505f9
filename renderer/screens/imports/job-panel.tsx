import { useState } from 'react';
import { IMPORT_WARNINGS, type ImportJob, type ImportLine } from '../../../contract/imports.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { useLive } from '../../live-query.ts';
import { formatRoute } from '../../route-path.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { bytesWords } from '../../ui/bytes-words.ts';
import { useNow } from '../../ui/clock.ts';
import { sentences } from '../../ui/error-text.ts';
import { Notice } from '../../ui/notice.tsx';

type Status = ImportLine['status'];
const FILTERS: readonly (Status | null)[] = [null, 'imported', 'already-there', 'refused'];
const PAGE = 100;

/** One import: how far it is, what came of it, and each line with its reason. */
export function JobPanel({ job, onStop }: { job: ImportJob; onStop: () => void }) {
  const t = useT();
  const isUnderWay = job.status === 'running' || job.status === 'receiving';
  return (
    <div className="job">
      <header>
        <div className="title"><h2>{job.fileName}</h2><span className={job.status === 'failed' ? 'danger strong' : job.status === 'done' ? 'good strong' : 'strong'}>{t(`imports.status.${job.status}`)}</span></div>
        {isUnderWay && <Button hint="X" onClick={onStop}>{t('imports.stop')}</Button>}
      </header>
      <div className="facts muted">
        <span>{job.format === null ? t('imports.formatUnknown') : t(`imports.format.${job.format}`)}</span><span>{bytesWords(job.bytes)}</span>
        <span>{t('imports.started')} {formatDateTime(job.startedAtMs)}</span><Lasted job={job} />
      </div>
      {isUnderWay && <Progress job={job} />}
      {job.error !== null && <Notice tone="danger" title={sentences(job.error).what}>{sentences(job.error).todo} {job.imported > 0 && t('imports.failedKept')}</Notice>}
      {job.status === 'cancelled' && <Notice tone="warning">{t('imports.stopped')}</Notice>}
      <Lines job={job} />
    </div>
  );
}

function Lasted({ job }: { job: ImportJob }) {
  const t = useT();
  if (job.endedAtMs === null) return null;
  const s = Math.max(1, Math.round((job.endedAtMs - job.startedAtMs) / 1000));
  return <span>{t('imports.took', { time: s < 60 ? t('health.span.s', { s }) : t('health.span.m', { m: Math.round(s / 60) }) })}</span>;
}

function Progress({ job }: { job: ImportJob }) {
  const t = useT();
  useNow();   // shows itself again while the core checks the file and says nothing
  const percent = job.bytes === 0 ? 0 : Math.min(100, Math.floor(job.bytesDone / job.bytes * 100));
  const isChecking = job.status === 'running' && job.bytesDone === 0;
  const facts = { done: bytesWords(job.bytesDone), all: bytesWords(job.bytes) };
  const words = isChecking ? t('imports.checking') : t(job.status === 'receiving' ? 'imports.uploading' : 'imports.progress', facts);
  return (
    <div className="progress">
      <div role="progressbar" aria-valuemin={0} aria-valuemax={100} aria-valuenow={isChecking ? undefined : percent} aria-label={t(`imports.status.${job.status}`)}><i style={{ width: `${percent}%` }} /></div>
      <span>{words}{!isChecking && ` · ${percent} %`}</span>
    </div>
  );
}

function countOf(job: ImportJob, status: Status | null): number {
  switch (status) {
    case null: return job.imported + job.alreadyThere + job.refused;
    case 'imported': return job.imported;
    case 'already-there': return job.alreadyThere;
    case 'refused': return job.refused;
  }
}

function Lines({ job }: { job: ImportJob }) {
  const t = useT();
  const [status, setStatus] = useState<Status | null>(null);
  const [page, setPage] = useState(0);
  const start = page * PAGE;
  const answer = useLive(['imports.lines', job.id, status, page], ['import'], core => core.imports.lines({ id: job.id, status, start, end: start + PAGE }), { keepPrevious: true });
  const total = answer.data?.total ?? 0;
  const lines = answer.data?.lines ?? [];
  return (
    <>
      <div className="filters" role="tablist" aria-label={t('imports.result')}>
        {FILTERS.map(f => (
          <button key={f ?? 'all'} type="button" role="tab" aria-selected={f === status} onClick={() => { setStatus(f); setPage(0); }}>
            {f === null ? t('imports.all') : t(`imports.lineStatus.${f}`)} <b className={f === 'refused' && job.refused > 0 ? 'warning' : undefined}>{countOf(job, f)}</b>
          </button>
        ))}
        {total > PAGE && (
          <span className="pages">
            <span className="muted">{t('imports.linesOf', { from: start + 1, to: start + lines.length, total })}</span>
            <Button disabled={page === 0} onClick={() => { setPage(page - 1); }}>{t('imports.earlier')}</Button>
            <Button disabled={start + PAGE >= total} onClick={() => { setPage(page + 1); }}>{t('imports.later')}</Button>
          </span>
        )}
      </div>
      <div className="lines" tabIndex={0} role="region" aria-label={t('imports.result')}>
        <table>
          <thead><tr><th scope="col">{t('imports.line')}</th><th scope="col">{t('imports.result')}</th><th scope="col">{t('imports.ref')}</th><th scope="col">{t('imports.reason')}</th></tr></thead>
          <tbody>{lines.map(line => <Line key={line.line} line={line} />)}</tbody>
        </table>
        {answer.data !== undefined && lines.length === 0 && <p className="muted none">{t(status === null ? 'imports.noLines' : 'imports.noLinesOf')}</p>}
      </div>
    </>
  );
}

const LINE_TONES: Readonly<Record<Status, string>> = { imported: 'good', 'already-there': 'muted', refused: 'warning strong' };
const LINE_SIGNS: Readonly<Record<Status, string>> = { imported: '✓', 'already-there': '=', refused: '◆' };

function Line({ line }: { line: ImportLine }) {
  const t = useT();
  const why = line.error === null ? null : sentences(line.error);
  return (
    <tr>
      <td className="muted">{line.line}</td>
      <td className={LINE_TONES[line.status]}><span aria-hidden>{LINE_SIGNS[line.status]}</span> {t(`imports.lineStatus.${line.status}`)}</td>
      <td className="clip">{line.issueId === null ? line.ref : <a href={formatRoute({ screen: 'issue', id: line.issueId })} title={t('imports.openIssue')}>{line.ref === '' ? t('imports.openIssue') : line.ref}</a>}</td>
      <td>{why !== null && <div>{why.what} {why.todo}</div>}{line.warnings.length > 0 && <div className="muted">{line.warnings.map(warning => warningWords(warning, t)).join(' · ')}</div>}</td>
    </tr>
  );
}

/** A warning `code:field` in words; one that this console does not know is shown as it came. */
function warningWords(warning: string, t: ReturnType<typeof useT>): string {
  const [code, ...field] = warning.split(':');
  const known = IMPORT_WARNINGS.find(w => w === code);
  return known === undefined ? warning : t(`imports.warning.${known}`, { field: field.join(':') });
}
