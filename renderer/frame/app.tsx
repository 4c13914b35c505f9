import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { AlarmStrip } from '../alarm/alarm-strip.tsx';
import { queries, useWireState } from '../live-query.ts';
import { Enrolment } from '../screens/sign-in/enrolment.tsx';
import { SignIn } from '../screens/sign-in/sign-in.tsx';
import { texts, useT } from '../strings/text.ts';
import { clock } from '../ui/clock.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import { resolveVariables, styleNonce, theme } from '../ui/theme.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { steppedScale } from './scale.ts';
import { changeSettings, useColorScheme, useSettings } from './settings.ts';
import { SessionContext, useConsoleState, useLinkStatus } from './station.ts';
import { roomName, useRoom } from './width.ts';

/** The whole window. */
export function App() {
  return (
    <QueryClientProvider client={queries}><Look /></QueryClientProvider>
  );
}

function Look() {
  const settings = useSettings();
  const scheme = useColorScheme(settings.theme);
  useEffect(() => { document.documentElement.style.setProperty('--ui-scale', String(settings.scale)); }, [settings.scale]);
  const room = roomName(useRoom());
  useEffect(() => { document.documentElement.dataset['room'] = room; }, [room]);
  useEffect(() => {
    document.documentElement.lang = settings.language;
    void texts.changeLanguage(settings.language);
  }, [settings.language]);
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} cssVariablesResolver={resolveVariables} getStyleNonce={styleNonce}>
      <WireBanner />
      <AlarmStrip />
      <ErrorBoundary><Door /></ErrorBoundary>
    </MantineProvider>
  );
}

/** Enrolment, sign-in, or the frame; a locked frame stays where it is behind the lock, so that nothing typed is lost. */
function Door() {
  const t = useT();
  const { data: state, error } = useConsoleState();
  const settings = useSettings();
  const offsetMs = useLinkStatus()?.serverOffsetMs ?? null;
  useEffect(() => { if (offsetMs !== null) clock.correct(offsetMs); }, [offsetMs]);
  useShortcuts('global', [
    { keys: 'ctrl+=', label: t('frame.scaleUp'), run: () => void changeSettings({ scale: steppedScale(settings.scale, 1) }), whileTyping: true },
    { keys: 'ctrl+-', label: t('frame.scaleDown'), run: () => void changeSettings({ scale: steppedScale(settings.scale, -1) }), whileTyping: true },
    { keys: 'ctrl+0', label: t('frame.scaleReset'), run: () => void changeSettings({ scale: 1 }), whileTyping: true },
  ]);
  if (state === undefined) return <div className="door">{error === null ? <p className="muted">{t('app.loading')}</p> : <ErrorNotice error={error} />}</div>;
  if (!state.enrolled) return <Enrolment />;
  if (state.session === null) return <SignIn state={state} />;
  const { session } = state;
  return (
    <SessionContext value={session}>
      {session.locked && <SignIn state={state} lockedFor={session} />}
      <div className="behind" hidden={session.locked}><Frame key={session.personId} state={state} /></div>
    </SessionContext>
  );
}

/** Calm words while the core is away, over the keys of the status bar, which do nothing meanwhile. */
function WireBanner() {
  const t = useT();
  const state = useWireState();
  if (state === 'open') return null;
  const name = ({ starting: 'starting', lost: 'restarting', stopped: 'stopped', foreign: 'foreign' } as const)[state];
  return (
    <div className="wire-banner" role="status">
      <strong>{t(`frame.${name}`)}</strong> {t(`frame.${name}More`)}
    </div>
  );
}
