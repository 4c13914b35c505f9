import './sign-in.css';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ConsoleState, Session } from '../../../contract/console.ts';
import { formatTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { DisplayMenu } from '../../frame/display-menu.tsx';
import { linkFace } from '../../frame/link-face.ts';
import { signOut } from '../../frame/sign-out.ts';
import { useLinkStatus } from '../../frame/station.ts';
import { StatusBar } from '../../frame/status-bar.tsx';
import { useDay } from '../../frame/top-bar.tsx';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { sentences } from '../../ui/error-text.ts';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { EnrolAgain } from './enrol-again.tsx';
import { NameBox } from './name-box.tsx';
import { PasswordCard } from './password-card.tsx';
import { matchingPeople } from './people-filter.ts';

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

/** Those who have signed in here before come first; the name that was typed or chosen, then the password. */
function Choose({ people: all }: { people: ConsoleState['people'] }) {
  const t = useT();
  const [text, setText] = useState('');
  const [login, setLogin] = useState<string | null>(null);
  const [otherLogin, setOtherLogin] = useState<string | null>(null);
  const people = useMemo(() => matchingPeople(all.toSorted((a, b) => Number(b.known) - Number(a.known)), text), [all, text]);
  const isOther = otherLogin !== null || all.length === 0;
  const link = useLinkStatus();
  // Where the province refuses the machine, nobody gets in with or without a link.
  const isShutOut = link !== undefined && linkFace(link, true) === 'shut-out';
  const person = isOther ? undefined : people.find(p => p.login === login) ?? people[0];
  const who = isOther ? otherLogin ?? '' : person?.login;
  const enter = useMutation({ mutationFn: (password: string) => client.auth.signIn({ login: who ?? '', password }) });
  const names = useRef<HTMLInputElement>(null);
  const choose = (next: string) => { setLogin(next); enter.reset(); };
  // At once, not a tick later: a password typed ahead must never land in the name.
  const toPassword = () => { document.querySelector<HTMLInputElement>('.password-card input')?.focus(); };
  const typeLogin = () => { flushSync(() => { setOtherLogin(text.trim()); enter.reset(); }); if (text.trim() !== '') toPassword(); };
  const backToTiles = () => { setOtherLogin(null); enter.reset(); };
  useShortcuts('screen', [
    { keys: 'f2', label: isOther ? t('signIn.backToTiles') : t('signIn.other'), run: isOther ? backToTiles : typeLogin, hint: 'F2', whileTyping: true },
    { keys: 'escape', label: isOther ? t('signIn.backToTiles') : t('signIn.backToName'), run: isOther ? backToTiles : () => { names.current?.focus(); names.current?.select(); }, hint: 'Esc', whileTyping: true, enabled: all.length > 0 },
  ]);
  return (
    <>
      <h1>{t('signIn.title')}</h1>
      <p className="muted">{all.length === 0 ? t('signIn.nobody') : t('signIn.lead')}</p>
      {isOther ? (
        <Field label={t('signIn.otherLabel')}>
          {control => <input {...control} className="input lg" autoFocus={otherLogin === '' || otherLogin === null} autoComplete="username" spellCheck={false} maxLength={40} value={otherLogin ?? ''} onChange={e => { setOtherLogin(e.target.value); enter.reset(); }}
            onKeyDown={e => { if (e.key === 'Enter' && !e.nativeEvent.isComposing && e.keyCode !== 229) toPassword(); }} />}
        </Field>
      ) : <NameBox people={people} text={text} login={who} box={names} onText={next => { setText(next); setLogin(null); enter.reset(); }} onChoose={choose} onPick={picked => { flushSync(() => { choose(picked); }); toPassword(); }} onDone={people.length === 0 ? typeLogin : toPassword} />}
      {who === undefined ? <Nobody text={text.trim()} onTypeLogin={typeLogin} /> : (
        <PasswordCard key={isOther ? 'other' : who} name={person?.name} known={isShutOut ? null : person?.known ?? null} isBusy={enter.isPending} error={enter.error} verb={t('signIn.submit')}
          onSubmit={password => { enter.mutate(password); }} />
      )}
      <div className="row">
        <Button hint="F2" onClick={isOther ? backToTiles : typeLogin}>{isOther ? t('signIn.backToTiles') : t('signIn.other')}</Button>
        <DisplayMenu signedIn={false}><button type="button" className="button plain sm">{t('frame.display')}</button></DisplayMenu>
      </div>
    </>
  );
}

/** Nobody of this machine is called that: the account may still be one of the province. */
function Nobody({ text, onTypeLogin }: { text: string; onTypeLogin: () => void }) {
  const t = useT();
  return (
    <Notice title={t('signIn.noMatch', { text })} actions={<Button kind="primary" size="md" hint="Enter" onClick={onTypeLogin}>{t('signIn.asLogin', { text })}</Button>}>
      {t('signIn.noMatchMore')}
    </Notice>
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
  const face = link === undefined ? null : linkFace(link, true);
  // Who asks a province that refuses the machine gets in no more: to be cut off would be something else.
  const refused = face === 'shut-out' ? link?.lastError ?? null : null;
  const refusal = refused === null ? null : sentences(refused);
  return (
    <aside className="sign-in-place">
      <p className="site">{state.site?.name ?? state.provinceName}</p>
      <p className="muted">{state.stationName} · {t('frame.station', { code: state.stationCode })}</p>
      <time className="sign-in-clock">{formatTime(nowMs, true)}</time>
      <p className="muted">{day}</p>
      <div className="space" />
      {refusal !== null && <Notice tone="warning" title={refusal.what}>{refusal.todo}</Notice>}
      {refused?.code === 'device/unknown' && <EnrolAgain />}
      {link !== undefined && face === 'down' && link.sinceMs !== null && <Notice tone="warning" title={t('signIn.cutTitle', { at: formatTime(link.sinceMs) })}>{link.pending === 0 ? t('signIn.cutNone') : t('signIn.cutMore', { count: link.pending })}</Notice>}
      {link?.link === 'never' && <Notice tone="warning" title={t('signIn.neverTitle')}>{t('signIn.neverMore')}</Notice>}
    </aside>
  );
}
