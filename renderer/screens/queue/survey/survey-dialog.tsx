import { useEffect, useRef, useState } from 'react';
import { SURVEY_COLUMNS, type ExportFormat, type ExportWords } from '../../../../contract/export.ts';
import type { QueueView } from '../../../../contract/queue.ts';
import { askingOf } from '../../../../contract/policy/survey.ts';
import { SURVEY_FORMS, surveyMessage } from '../../../../contract/survey.ts';
import { withoutMarks } from '../../../../contract/text.ts';
import { useConsoleState } from '../../../frame/station.ts';
import { usePolicy } from '../../../policy.ts';
import { inVietnamese, useLanguage, useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Choices } from '../../../ui/choices.tsx';
import { clock } from '../../../ui/clock.ts';
import { useShortcuts } from '../../../ui/shortcuts.ts';
import { Told } from '../../export/export-dialog.tsx';
import { useExport } from '../../export/use-export.ts';

/** A number and a code that no record has, by which a message is shown before there is one. */
const EXAMPLE = { no: '1022-2026-000000', code: 'BCFGH-JKLMN' };
type Whom = 'marked' | 'all';

/** Messages are for the people of the province, whatever the language of the window; headings are for who sends them. */
function surveyWords(t: ReturnType<typeof useT>): ExportWords {
  return {
    ...Object.fromEntries(SURVEY_COLUMNS.map(name => [`column.${name}`, t(`survey.column.${name}`)])), sheet: t('survey.sheet'),
    ...Object.fromEntries(SURVEY_FORMS.map(form => [`survey.${form}`, inVietnamese(`survey.message.${form}`)])),
  };
}

/** The file by which the office's own gateway sends surveys (SMS, Zalo): whom, in what form, and how far it has come. */
export function SurveyDialog({ view, marked, onClose }: { view: QueueView; marked: number; onClose: () => void }) {
  const t = useT();
  const number = new Intl.NumberFormat(useLanguage() === 'vi' ? 'vi-VN' : 'en-GB');
  const siteName = useConsoleState().data?.site?.name ?? '';
  const asking = askingOf(usePolicy().at(clock.nowMs));
  const dialog = useRef<HTMLDialogElement>(null);
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const [plain, setPlain] = useState(true);
  const [whom, setWhom] = useState<Whom>(marked > 0 ? 'marked' : 'all');
  const { state, run, stop } = useExport();
  useEffect(() => { dialog.current?.showModal(); }, []);
  const isRunning = state.name === 'running';
  const rows = whom === 'marked' ? marked : view.total;
  const start = (): void => { run({ viewId: view.viewId, format, words: surveyWords(t), personal: null, survey: { onlyChosen: whom === 'marked', plain } }); };
  const leave = (): void => { if (isRunning) stop(); else onClose(); };
  useShortcuts('panel', [
    { keys: 'escape', label: t(isRunning ? 'exports.stop' : 'app.close'), run: leave, whileTyping: true, hint: 'Esc' },
    { keys: 'ctrl+enter', label: t('survey.send'), run: start, whileTyping: true, enabled: !isRunning && rows > 0 },
  ], true);
  const message = surveyMessage(form => inVietnamese(`survey.message.${form}`), asking, { ...EXAMPLE, site: siteName });
  const shown = plain ? withoutMarks(message) : message;
  return (
    <dialog ref={dialog} className="export-dialog survey-dialog" aria-label={t('survey.title')} onCancel={event => { event.preventDefault(); leave(); }}>
      <h1>{t('survey.title')}</h1>
      <p>{t('survey.what')}</p>
      <fieldset disabled={isRunning}>
        {marked > 0 && (
          <div className="field"><span className="label">{t('survey.whom')}</span>
            <Choices label={t('survey.whom')} value={whom} onChange={setWhom} options={[{ value: 'marked', label: t('survey.whomMarked', { rows: number.format(marked) }) }, { value: 'all', label: t('survey.whomAll', { rows: number.format(view.total) }) }]} />
          </div>
        )}
        <div className="field"><span className="label">{t('exports.format')}</span>
          <Choices label={t('exports.format')} value={format} onChange={setFormat} options={[{ value: 'xlsx', label: t('exports.xlsx') }, { value: 'csv', label: t('exports.csv') }]} />
        </div>
        <label className="check"><input type="checkbox" checked={plain} onChange={event => { setPlain(event.target.checked); }} /> {t('survey.plain')}</label>
      </fieldset>
      <figure className="message"><figcaption>{t('survey.example', { n: shown.length })}</figcaption><blockquote>{shown}</blockquote></figure>
      {asking.page === '' && <p className="muted">{t('survey.noPage')}</p>}
      <p className="muted">{t('survey.personal')}</p>
      <div className="told" aria-live="polite"><Told state={state} format={value => number.format(value)} left={count => t('survey.left', { count })} /></div>
      <div className="buttons">
        {!isRunning && <Button kind="primary" size="md" hint="Ctrl+Enter" disabled={rows === 0} onClick={start}>{t('survey.run', { rows: number.format(rows) })}</Button>}
        <Button size="md" hint="Esc" onClick={leave}>{t(isRunning ? 'exports.stop' : 'app.close')}</Button>
      </div>
    </dialog>
  );
}
