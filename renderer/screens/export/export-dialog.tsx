import './export.css';
import { useEffect, useRef, useState } from 'react';
import { PURPOSE_CHARS, type ExportFormat } from '../../../contract/export.ts';
import { mayExportPersons } from '../../../contract/personal.ts';
import type { QueueView } from '../../../contract/queue.ts';
import { nfc, typedLimit } from '../../../contract/text.ts';
import { forgetters } from '../../frame/person-change.ts';
import { usePolicy } from '../../policy.ts';
import { useSession } from '../../frame/station.ts';
import { useLanguage, useT } from '../../strings/text.ts';
import { bytesWords } from '../../ui/bytes-words.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { tooMany } from '../../ui/line-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { exportWords } from './export-words.ts';
import { useExport, type ExportState } from './use-export.ts';

/** What was chosen last; a purpose that was typed is not lost with the dialog. */
const kept: { format: ExportFormat; purpose: string } = { format: 'csv', purpose: '' };
forgetters.add(() => { kept.purpose = ''; });

/** What kind of file, with or without persons, and how far it has come. */
export function ExportDialog({ view, onClose }: { view: QueueView; onClose: () => void }) {
  const t = useT();
  const language = useLanguage();
  const number = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB');
  const mayReveal = mayExportPersons({ roles: useSession().roles, onDuty: true });
  const categories = usePolicy().all.flatMap(pack => pack.categories);
  const dialog = useRef<HTMLDialogElement>(null);
  const [format, setFormat] = useState(kept.format);
  const [withPersons, setWithPersons] = useState(false);
  const [purpose, setPurpose] = useState(kept.purpose);
  const [isTried, setTried] = useState(false);
  const { state, run, stop } = useExport();
  useEffect(() => { dialog.current?.showModal(); }, []);
  const isRunning = state.name === 'running';
  const isShort = withPersons && purpose.trim().length < PURPOSE_CHARS.least;
  const over = withPersons ? tooMany(purpose, PURPOSE_CHARS.most) : 0;
  const isEmpty = view.total === 0;
  const start = (): void => {
    setTried(true);
    if (isShort || over > 0) { dialog.current?.querySelector('textarea')?.focus(); return; }
    run({ viewId: view.viewId, format, words: exportWords(language, categories), personal: withPersons ? { purpose: nfc(purpose).trim() } : null });
  };
  const leave = (): void => { if (isRunning) stop(); else onClose(); };
  useShortcuts('panel', [
    { keys: 'escape', label: t(isRunning ? 'exports.stop' : 'app.close'), run: leave, whileTyping: true, hint: 'Esc' },
    { keys: 'ctrl+enter', label: t('exports.open'), run: start, whileTyping: true, enabled: !isRunning && !isEmpty },
  ], true);
  return (
    <dialog ref={dialog} className="export-dialog" aria-label={t('exports.title')} onCancel={event => { event.preventDefault(); leave(); }}>
      <h1>{t('exports.title')}</h1>
      <p>{isEmpty ? t('exports.nothing') : t('exports.what', { rows: number.format(view.total) })}</p>
      <fieldset disabled={isRunning}>
        <div className="field"><span className="label">{t('exports.format')}</span>
          <Choices label={t('exports.format')} value={format} onChange={value => { kept.format = value; setFormat(value); }} options={[{ value: 'csv', label: t('exports.csv') }, { value: 'xlsx', label: t('exports.xlsx') }]} />
        </div>
        {mayReveal && <label className="check"><input type="checkbox" checked={withPersons} onChange={event => { setWithPersons(event.target.checked); }} /> {t('exports.withPersons')}</label>}
        {withPersons
          ? <Field label={t('exports.purpose')} hint={t('exports.purposeHint')} wrong={over > 0 ? t('intake.problem.tooLong', { n: over }) : isTried && isShort ? t('exports.purposeShort', { least: PURPOSE_CHARS.least }) : null}>
              {control => <textarea {...control} className="input" rows={2} maxLength={typedLimit(PURPOSE_CHARS.most)} value={purpose} onChange={event => { kept.purpose = event.target.value; setPurpose(event.target.value); }} />}
            </Field>
          : <p className="muted">{t('exports.masked')}</p>}
      </fieldset>
      <p className="muted">{t('exports.plainFile')}</p>
      <div className="told" aria-live="polite"><Told state={state} format={value => number.format(value)} left={count => t('exports.left', { count })} /></div>
      <div className="buttons">
        {!isRunning && <Button kind="primary" size="md" hint="Ctrl+Enter" disabled={isEmpty} onClick={start}>{t('exports.run', { rows: number.format(view.total) })}</Button>}
        <Button size="md" hint="Esc" onClick={leave}>{t(isRunning ? 'exports.stop' : 'app.close')}</Button>
      </div>
    </dialog>
  );
}

/** How far an export has come; `left` says what its file has no line of. */
export function Told({ state, format, left }: { state: ExportState; format: (value: number) => string; left: (count: number) => string }) {
  const t = useT();
  switch (state.name) {
    case 'idle': return null;
    case 'stopped': return <Notice>{t('exports.stopped')}</Notice>;
    case 'failed': return <ErrorNotice error={state.error} />;
    case 'saved': return <Notice tone="good" title={t('exports.done', { rows: format(state.rows) })}>{t('exports.doneMore', { name: state.file, size: bytesWords(state.bytes) })}{state.left > 0 && <> {left(state.left)}</>}</Notice>;
    case 'running': return (
      <div>
        <progress max={Math.max(1, state.rows)} value={state.done} aria-label={t('exports.title')} />
        <p>{t('exports.running', { done: format(state.done), rows: format(state.rows) })}</p><p className="muted">{t('exports.notYet')}</p>
      </div>
    );
  }
}
