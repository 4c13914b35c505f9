import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useRef, useState, type DragEvent, type ReactNode } from 'react';
import type { ImportJob } from '../../../contract/imports.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { FormatHelp } from './format-help.tsx';
import './imports.css';
import { JobPanel } from './job-panel.tsx';
import { noteJob, JOBS_KEY, useUpload } from './use-upload.ts';

/** Imports of files from other systems: choose or drop one, watch it go in, read the result line by line. */
export function ImportsScreen() {
  const t = useT();
  return useMay('import.run') ? <Imports /> : <EmptyState title={t('imports.title')}>{t('imports.notAllowed')}</EmptyState>;
}

function Imports() {
  const t = useT();
  const { locked } = useSession();
  const jobs = useLive(JOBS_KEY, ['import'], core => core.imports.list({}));
  const [chosen, setChosen] = useState<string | 'help' | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const sending = useUpload(setChosen);
  const list = jobs.data ?? [];
  const current = chosen === 'help' ? undefined : list.find(job => job.id === chosen) ?? list[0];

  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file === undefined) return;
    setSaid((files?.length ?? 0) > 1 ? t('imports.oneFile', { name: file.name }) : file.size === 0 ? t('imports.emptyFile', { name: file.name }) : null);
    if (file.size > 0) sending.send(file);
  };
  const choose = (): void => { chooser.current?.click(); };
  const stop = (job: ImportJob): void => { client.imports.cancel({ id: job.id }).then(noteJob, () => { void jobs.refetch(); }); };
  const move = (step: number): void => {
    const at = Math.max(0, list.findIndex(job => job.id === current?.id));
    setChosen(list[Math.min(list.length - 1, Math.max(0, at + step))]?.id ?? null);
  };
  const isUnderWay = current !== undefined && (current.status === 'running' || current.status === 'receiving');
  useShortcuts('screen', [
    { keys: 'n', label: t('imports.keys.choose'), hint: 'N', run: choose, enabled: !locked },
    { keys: 'x', label: t('imports.keys.stop'), hint: 'X', run: () => { if (current !== undefined) stop(current); }, enabled: isUnderWay && !locked },
    { keys: 'arrowdown', label: t('imports.keys.move'), hint: '↑↓', run: () => { move(1); }, enabled: list.length > 1 && !locked },
    { keys: 'arrowup', label: t('imports.keys.move'), run: () => { move(-1); }, enabled: list.length > 1 && !locked },
  ]);

  return (
    <DropTarget onFiles={take}>
      <div className="imports-side">
        <header><h1>{t('imports.title')}</h1><p className="muted">{t('imports.lead')}</p></header>
        <input ref={chooser} type="file" hidden accept=".xml,.json,.csv,.txt,text/csv,application/json,text/xml" data-testid="import-file"
          onChange={event => { take(event.target.files); event.target.value = ''; }} />
        <div className="choose"><IconFileImport aria-hidden /><Button kind="primary" size="md" hint="N" onClick={choose}>{t('imports.choose')}</Button><span className="muted">{t('imports.chooseKeys')}</span></div>
        {said !== null && <Notice tone="warning">{said}</Notice>}
        {sending.error !== null && <ErrorNotice error={sending.error} />}
        {jobs.error !== null && <ErrorNotice error={jobs.error} />}
        <h2>{t('imports.jobs')}</h2>
        <JobList jobs={list} chosen={current?.id} onChoose={setChosen} />
        {jobs.data !== undefined && list.length === 0 && <p className="muted empty-jobs">{t('imports.noJobs')}</p>}
        <Button kind="quiet" expanded={chosen === 'help'} onClick={() => { setChosen('help'); }}>{t('imports.help')}</Button>
      </div>
      {current === undefined ? <FormatHelp /> : <JobPanel key={current.id} job={current} onStop={() => { stop(current); }} />}
    </DropTarget>
  );
}

function DropTarget({ children, onFiles }: { children: ReactNode; onFiles: (files: FileList | null) => void }) {
  const t = useT();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  // A file let go beside the target would replace the page.
  useEffect(() => {
    const refuse = (event: globalThis.DragEvent): void => { event.preventDefault(); };
    window.addEventListener('dragover', refuse);
    window.addEventListener('drop', refuse);
    return () => { window.removeEventListener('dragover', refuse); window.removeEventListener('drop', refuse); };
  }, []);
  return (
    <div className={`imports${isOver ? ' over' : ''}`} onDragOver={over} onDragLeave={event => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false); }}
      onDrop={event => { event.preventDefault(); setOver(false); onFiles(event.dataTransfer.files); }}>
      {children}
      {isOver && <div className="drop-here" aria-hidden>{t('imports.drop')}</div>}
    </div>
  );
}

function JobList({ jobs, chosen, onChoose }: { jobs: readonly ImportJob[]; chosen: string | undefined; onChoose: (id: string) => void }) {
  const t = useT();
  return (
    <ul className="jobs" aria-label={t('imports.jobs')}>
      {jobs.map(job => (
        <li key={job.id}>
          <button type="button" aria-current={job.id === chosen} onClick={() => { onChoose(job.id); }}>
            <span className="strong clip">{job.fileName}</span>
            <span className="muted">{formatDateTime(job.startedAtMs)}</span>
            <span className={job.status === 'failed' ? 'danger' : 'muted'}>{t(`imports.status.${job.status}`)}</span>
            <span className="muted">{t('imports.counts', { imported: job.imported, there: job.alreadyThere })} · <span className={job.refused > 0 ? 'warning strong' : undefined}>{t('imports.countRefused', { n: job.refused })}</span></span>
          </button>
        </li>
      ))}
    </ul>
  );
}
