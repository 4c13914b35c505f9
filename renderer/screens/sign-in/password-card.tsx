import { IconCheck, IconCloudOff } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { looksComposed } from './words.ts';

export interface PasswordCardProps {
  name: string | undefined;
  /** Whether the person has signed in here before; null where it does not matter. */
  known: boolean | null;
  isBusy: boolean;
  error: Error | null;
  verb: string;
  autoFocus?: boolean;
  /** No key of what lies behind works: the console is locked. */
  isModal?: boolean;
  onSubmit: (password: string) => void;
}

/** The password of one person, with what helps: show, input method, Caps Lock, and whether it works without the link. */
export function PasswordCard({ name, known, isBusy, error, verb, autoFocus = false, isModal = false, onSubmit }: PasswordCardProps) {
  const t = useT();
  const [password, setPassword] = useState('');
  const form = useRef<HTMLFormElement>(null);
  // What was refused is replaced by typing; whoever has gone elsewhere meanwhile is left there.
  useEffect(() => {
    if (error === null || !(document.activeElement === document.body || form.current?.contains(document.activeElement) === true)) return;
    const box = form.current?.querySelector('input');
    box?.focus();
    box?.select();
  }, [error]);
  const [isShown, setShown] = useState(false);
  const [isCaps, setCaps] = useState(false);
  const toggle = () => { setShown(!isShown); };
  useShortcuts('panel', [{ keys: 'alt+h', label: isShown ? t('signIn.hide') : t('signIn.show'), run: toggle, whileTyping: true, hint: 'Alt H' }], isModal);
  const watchCaps = (event: KeyboardEvent) => { setCaps(event.getModifierState('CapsLock')); };
  return (
    <form ref={form} className="password-card" onSubmit={event => { event.preventDefault(); if (!isBusy && password !== '') onSubmit(password); }}>
      <div className="ask">
        <Field label={name === undefined ? t('signIn.passwordOther') : t('signIn.passwordOf', { name })}>
          {control => (
            <input {...control} className="input lg" type={isShown ? 'text' : 'password'} autoFocus={autoFocus} autoComplete="current-password" spellCheck={false} maxLength={200}
              value={password} onChange={e => { setPassword(e.target.value); }} onKeyUp={watchCaps} onKeyDown={watchCaps} />
          )}
        </Field>
        <div className="under">
          <span className="warning">{looksComposed(password) ? `◆ ${t('signIn.imeOn')}` : isCaps ? `◆ ${t('signIn.capsOn')}` : ''}</span>
          <button type="button" className="link" tabIndex={-1} onClick={toggle}>{isShown ? t('signIn.hide') : t('signIn.show')} <KeyHint keys="Alt H" /></button>
        </div>
        <Button type="submit" kind="primary" size="lg" wide hint="Enter" disabled={isBusy || password === ''}>{isBusy ? t('signIn.submitting') : verb}</Button>
      </div>
      <div className="help">
        {error !== null && <ErrorNotice error={error} />}
        {error === null && known === true && <p><IconCheck aria-hidden className="good" /> <strong>{t('signIn.offlineYes')}</strong><br />{t('signIn.offlineYesMore')}</p>}
        {error === null && known === false && <p><IconCloudOff aria-hidden className="warning" /> <strong>{t('signIn.offlineNo')}</strong><br />{t('signIn.offlineNoMore')}</p>}
        <p className="muted">{t('signIn.rules')}</p>
      </div>
    </form>
  );
}
