import { useEffect, useMemo, useRef } from 'react';
import { importCounts, previewImport, type Answers, type ImportPreview } from '../../../contract/roster-import-plan.ts';
import { PEOPLE_IMPORT, readPeopleTable, type ReadTable } from '../../../contract/roster-import.ts';
import type { RosterPlan } from '../../../contract/roster.ts';
import { monthName } from '../../../contract/roster-days.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { ImportedPeople } from './import-preview.tsx';
import { FILE_BYTES, textOfFile, type Encoding, type FileTrouble } from './read-file.ts';
import { useDirectory } from './use-directory.ts';

type Source = { kind: 'text'; text: string; encoding: Encoding | null } | { kind: 'refused'; trouble: FileTrouble };
/** A table that has not been taken yet, and who of several of one name is meant. */
export interface KeptTable { source: Source; answers: Answers }
export const NO_TABLE: KeptTable = { source: { kind: 'text', text: '', encoding: null }, answers: {} };

interface ImportProps { plan: RosterPlan; kept: KeptTable; onKeep: (table: KeptTable) => void; onTake: (plan: RosterPlan) => void; onClose: () => void }

/** People, their leave or a whole month out of a CSV or a spreadsheet: what would change is shown first, and nothing does before it is taken. */
export function ImportPeople({ plan, kept: { source, answers }, onKeep, onTake, onClose }: ImportProps) {
  const t = useT();
  const dialog = useRef<HTMLDialogElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const directory = useDirectory();
  useEffect(() => { dialog.current?.showModal(); }, []);
  const read = useMemo((): ReadTable | null => (source.kind === 'text' && source.text.trim() !== '' ? readPeopleTable(source.text, { month: plan.month, shifts: plan.shifts }) : null), [source, plan.month, plan.shifts]);
  const preview = useMemo(() => (read !== null && 'table' in read && directory.isThere ? previewImport(plan, read.table, directory.people, answers) : null), [read, plan, directory, answers]);
  const counts = preview === null ? null : importCounts(preview);
  const canTake = counts !== null && counts.added + counts.cells + counts.changed > 0;
  const put = (next: Source): void => { onKeep({ source: next, answers: {} }); };
  const file = (some: File | undefined): void => {
    if (some === undefined) return;
    if (some.size > FILE_BYTES) { put({ kind: 'refused', trouble: 'tooLarge' }); return; }
    some.arrayBuffer().then(bytes => {
      const found = textOfFile(new Uint8Array(bytes));
      put(typeof found === 'string' ? { kind: 'refused', trouble: found } : { kind: 'text', ...found });
    }, () => { put({ kind: 'refused', trouble: 'notText' }); });
  };
  const take = (): void => { if (preview !== null && canTake) { onTake(preview.plan); onClose(); } };
  useShortcuts('panel', [
    { keys: 'escape', label: t('app.close'), run: onClose, whileTyping: true, hint: 'Esc' },
    { keys: 'ctrl+enter', label: t('rosterPeople.take'), run: take, whileTyping: true, enabled: canTake },
  ], true);
  return (
    <dialog ref={dialog} className="export-dialog roster-import" aria-label={t('rosterPeople.importTitle', { month: monthName(plan.month) })} onCancel={event => { event.preventDefault(); onClose(); }}
      onDragOver={event => { event.preventDefault(); }} onDrop={event => { event.preventDefault(); file(event.dataTransfer.files[0]); }}>
      <h1>{t('rosterPeople.importTitle', { month: monthName(plan.month) })}</h1>
      <Field label={t('rosterPeople.paste')} hint={t('rosterPeople.pasteHint')}>
        {control => (
          <textarea {...control} autoFocus className="input" rows={5} spellCheck={false} value={source.kind === 'text' ? source.text : ''} onChange={event => { put({ kind: 'text', text: event.target.value, encoding: null }); }}
            onPaste={event => { if (event.clipboardData.getData('text/plain').length > PEOPLE_IMPORT.chars) { event.preventDefault(); put({ kind: 'refused', trouble: 'tooLarge' }); } }} />
        )}
      </Field>
      <p className="row days">
        <input ref={chooser} type="file" hidden accept=".csv,.txt,.tsv,text/csv,text/plain" data-testid="roster-import-file" onChange={event => { file(event.target.files?.[0]); event.target.value = ''; }} />
        <Button onClick={() => { chooser.current?.click(); }}>{t('rosterPeople.chooseFile')}</Button>
        {source.kind === 'text' && source.encoding !== null && <span className="muted">{t('rosterPeople.readAs', { encoding: source.encoding })}</span>}
      </p>
      {directory.error !== null && <ErrorNotice error={directory.error} />}
      <div aria-live="polite" className="told"><Told source={source} read={read} preview={preview} /></div>
      {preview !== null && <ImportedPeople plan={plan} preview={preview} onAnswer={(key, answer) => { onKeep({ source, answers: { ...answers, [key]: answer } }); }} />}
      <div className="buttons">
        <Button kind="primary" size="md" hint="Ctrl+Enter" disabled={!canTake} onClick={take}>{t('rosterPeople.take')}</Button>
        <Button size="md" hint="Esc" onClick={onClose}>{t('rosterPeople.cancel')}</Button>
      </div>
    </dialog>
  );
}

/** What was read, in a sentence; or why nothing was. */
function Told({ source, read, preview }: { source: Source; read: ReadTable | null; preview: ImportPreview | null }) {
  const t = useT();
  if (source.kind === 'refused') return <Notice tone="danger" title={t(`rosterPeople.fileTrouble.${source.trouble}`)}>{t('rosterPeople.nothingChanged')}</Notice>;
  if (read === null) return <p className="muted">{t('rosterPeople.columns')}</p>;
  if ('trouble' in read) return <Notice tone="danger" title={t(`rosterPeople.tableTrouble.${read.trouble}`, { value: read.value })}>{t('rosterPeople.nothingChanged')}</Notice>;
  if (preview === null) return <p className="muted">{t('rosterPeople.loading')}</p>;
  const { added, cells, changed, asked } = importCounts(preview);
  const { shape, unread } = read.table;
  return (
    <>
      <p><span className="strong">{t(added + cells + changed === 0 ? 'rosterPeople.noChange' : 'rosterPeople.wouldChange', { added, cells, changed })}</span> <span className="muted">{t(`rosterPeople.shape.${shape}`)}</span></p>
      {asked > 0 && <p className="warning strong">{t('rosterPeople.asked', { n: asked })}</p>}
      {unread > 0 && <p className="muted">{t('rosterPeople.unread', { n: unread })}</p>}
    </>
  );
}
