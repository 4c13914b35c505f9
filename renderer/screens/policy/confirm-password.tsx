import { useState } from 'react';
import { useSession } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';

export interface ConfirmProps { verb: string; busyWords: string; isBusy: boolean; isHeld?: boolean; error: unknown; hint?: string; onConfirm: (password: string) => void; onCancel?: () => void }

/** The person's own password once more, for what concerns the whole province; it is kept nowhere. */
export function ConfirmPassword({ verb, busyWords, isBusy, isHeld = false, error, hint, onConfirm, onCancel }: ConfirmProps) {
  const t = useT();
  const { name } = useSession();
  const [password, setPassword] = useState('');
  return (
    <form className="confirm" onSubmit={event => { event.preventDefault(); if (!isBusy && !isHeld && password !== '') { onConfirm(password); setPassword(''); } }}>
      <Field label={t('policyEdit.password', { name })}>
        {control => <input {...control} className="input" type="password" data-path="password" autoComplete="current-password" spellCheck={false} maxLength={200} value={password} onChange={event => { setPassword(event.target.value); }} />}
      </Field>
      <Button type="submit" kind="primary" size="md" hint={hint} disabled={isBusy || isHeld || password === ''}>{isBusy ? busyWords : verb}</Button>
      {onCancel !== undefined && <Button size="md" onClick={onCancel}>{t('app.cancel')}</Button>}
      {error !== null && error !== undefined && <ErrorNotice error={error} />}
    </form>
  );
}
