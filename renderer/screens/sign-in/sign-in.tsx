import './sign-in.css';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConsoleState, Session } from '../../../contract/console.ts';
import { formatTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { DisplayMenu } from '../../frame/display-menu.tsx';
import { signOut } from '../../frame/sign-out.ts';
import { useLinkStatus } from '../../frame/station.ts';
import { StatusBar } from '../../frame/status-bar.tsx';
import { useDay } from '../../frame/top-bar.tsx';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { PasswordCard } from './password-card.tsx';
import { Tiles } from './tiles.tsx';

/** Who is there? With `lockedFor` the same screen asks that person alone for the password. */
export function SignIn({ state, lockedFor }: { state: ConsoleState; lockedFor?: Session }) {
  return (
    <div className="sign-in">
      <Place state={state} />
      <main className="sign-in-who">{lockedFor === undefined ? <Choose people={state.people} /> : <Locked session={lockedFor} />}</main>
      <StatusBar version={state.version} isDemo={state.demo} />
    </div>
  );
}

/** Those who have signed in here before come first. */
function Choose({ people: all }: { people: ConsoleState['people'] }) {
  const t = useT();
  const people = all.toSorted((a, b) => Number(b.known) - Number(a.known));
  const [login, setLogin] = useState(() => (people.find(p => p.known) ?? people[0])?.login ?? '');
  const [isOther, setOther] = useState(people.length === 0);
  const [otherLogin, setOtherLogin] = useState('');
  const enter = useMutation({ mutationFn: (password: string) => client.auth.signIn({ login: isOther ? otherLogin : login, password }) });
  const person = isOther ? undefined : people.find(p => p.login === login);
  const choose = (next: string) => { setLogin(next); enter.reset(); };
  const step = (by: number) => {
    const at = people.findIndex(p => p.login === login);
    const next = people[(at + by + people.length) % people.length];
    if (next !== undefined) choose(next.login);
  };
  const toggleOther = () => { setOther(!isOther); enter.reset(); };
  const [isEmpty, setEmpty] = useState(true);
  const canStep = !isOther && isEmpty && people.length > 1;
  useShortcuts('screen', [
    { keys: 'arrowright', label: t('signIn.choose'), run: () => { step(1); }, hint: '←→', whileTyping: true, enabled: canStep },
    { keys: 'arrowleft', label: t('signIn.choose'), run: () => { step(-1); }, whileTyping: true, enabled: canStep },
    { keys: 'f2', label: isOther ? t('signIn.backToTiles') : t('signIn.other'), run: toggleOther, hint: 'F2', whileTyping: true },
  ]);
  return (
    <>
      <h1>{t('signIn.title')}</h1>
      <p className="muted">{people.length === 0 ? t('signIn.nobody') : t('signIn.lead')}</p>
      {isOther ? (
        <Field label={t('signIn.otherLabel')}>
          {control => <input {...control} className="input lg" autoFocus autoComplete="username" spellCheck={false} maxLength={40} value={otherLogin} onChange={e => { setOtherLogin(e.target.value); }}
            onKeyDown={e => { if (e.key === 'Enter' && !e.nativeEvent.isComposing) document.querySelector<HTMLInputElement>('.password-card input')?.focus(); }} />}
        </Field>
      ) : <Tiles people={people} login={login} onChoose={choose} />}
      <PasswordCard key={isOther ? 'other' : login} name={person?.name} known={person?.known ?? null} isBusy={enter.isPending} error={enter.error} verb={t('signIn.submit')}
        onEmpty={setEmpty} autoFocus={!isOther} onSubmit={password => { enter.mutate(password); }} />
      <div className="row">
        <Button hint="F2" onClick={toggleOther}>{isOther ? t('signIn.backToTiles') : t('signIn.other')}</Button>
        <DisplayMenu signedIn={false}><button type="button" className="button plain sm">{t('frame.display')}</button></DisplayMenu>
      </div>
    </>
  );
}

function Locked({ session }: { session: Session }) {
  const t = useT();
  const unlock = useMutation({ mutationFn: (password: string) => client.auth.unlock({ password }) });
  useShortcuts('screen', [{ keys: 'f2', label: t('signIn.someoneElse'), run: () => void signOut(), hint: 'F2', whileTyping: true }], true);
  return (
    <>
      <h1>{t('signIn.lockedTitle')}</h1>
      <p className="muted">{t('signIn.lockedLead')}</p>
      <PasswordCard name={session.name} known={null} isBusy={unlock.isPending} error={unlock.error} verb={t('signIn.unlock')} autoFocus isModal onSubmit={password => { unlock.mutate(password); }} />
      <div className="row">
        <Button hint="F2" onClick={() => void signOut()} title={t('signIn.someoneElseMore')}>{t('signIn.someoneElse')}</Button>
        <span className="muted">{t('signIn.someoneElseMore')}</span>
      </div>
    </>
  );
}

function Place({ state }: { state: ConsoleState }) {
  const t = useT();
  const nowMs = useNow();
  const day = useDay(nowMs);
  const link = useLinkStatus();
  return (
    <aside className="sign-in-place">
      <p className="site">{state.site?.name ?? state.provinceName}</p>
      <p className="muted">{state.stationName} · {t('frame.station', { code: state.stationCode })}</p>
      <time className="sign-in-clock">{formatTime(nowMs, true)}</time>
      <p className="muted">{day}</p>
      <div className="space" />
      {link?.link === 'down' && link.sinceMs !== null && <Notice tone="warning" title={t('signIn.cutTitle', { at: formatTime(link.sinceMs) })}>{t('signIn.cutMore', { count: link.pending })}</Notice>}
      {link?.link === 'never' && <Notice tone="warning" title={t('signIn.neverTitle')}>{t('signIn.neverMore')}</Notice>}
    </aside>
  );
}
