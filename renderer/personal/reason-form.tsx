import './personal.css';
import { useState } from 'react';
import type { IssueDetail } from '../../contract/console.ts';
import { REASON_CHARS } from '../../contract/personal.ts';
import { nfc } from '../../contract/text.ts';
import { useT } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { LineField, tooMany } from '../ui/line-field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import type { Opening } from './use-opening.ts';

/** Why somebody who is not on duty, or whose work it is not, opens who reported it (mở khẩn cấp); an inspector's reason likewise. */
export function ReasonForm({ opening, lacks }: { opening: Opening; lacks: IssueDetail['personal']['lacks'] }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const isInspection = lacks.includes('inspection');
  const isShort = nfc(reason).trim().length < REASON_CHARS.least;
  const submit = (): void => {
    setTried(true);
    if (!isShort && tooMany(reason, REASON_CHARS.most) === 0 && !opening.isPending) opening.open(reason);
  };
  const verb = t(isInspection ? 'personal.inspect' : 'personal.emergency');
  useShortcuts('panel', [
    { keys: 'ctrl+enter', label: verb, run: submit, whileTyping: true, hint: 'Ctrl+Enter' },
    { keys: 'escape', label: t('app.putAside'), run: opening.putAside, whileTyping: true, hint: 'Esc' },
  ]);
  return (
    <form className="reason-form" aria-label={verb} onSubmit={event => { event.preventDefault(); submit(); }}>
      <h2>{t(isInspection ? 'personal.inspectTitle' : 'personal.emergencyTitle')}</h2>
      {lacks.filter(lack => lack !== 'inspection').map(lack => <p key={lack}>{t(`personal.lacks.${lack}`)}</p>)}
      <p className="muted">{t('personal.loggedApart')}</p>
      <LineField label={t('personal.reason')} value={reason} limit={REASON_CHARS.most} autoFocus onChange={setReason} />
      {isTried && isShort && <Notice tone="warning">{t('exports.purposeShort', { least: REASON_CHARS.least })}</Notice>}
      {opening.error !== null && <ErrorNotice error={opening.error} />}
      <div className="buttons">
        <Button type="submit" kind={isInspection ? 'primary' : 'alarm'} hint="Ctrl+Enter" disabled={opening.isPending}>{verb}</Button>
        <Button hint="Esc" onClick={opening.putAside}>{t('app.putAside')}</Button>
      </div>
    </form>
  );
}
