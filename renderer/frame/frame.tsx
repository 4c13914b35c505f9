import { useCallback, useEffect, useState } from 'react';
import type { ConsoleState } from '../../contract/console.ts';
import { client } from '../client.ts';
import { CommandBar } from '../command-bar/command-bar.tsx';
import { useRoute } from '../route.ts';
import { screenOf } from '../screens.tsx';
import { useT } from '../strings/text.ts';
import { useShortcuts } from '../ui/shortcuts.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { KeysHelp } from './keys-help.tsx';
import { forgetPerson, keepWhenLeft } from './person-change.ts';
import { Rail } from './rail.tsx';
import { lock } from './sign-out.ts';
import { SkewBanner } from './skew-banner.tsx';
import { RemovalBanner } from './removal-banner.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';

const TOUCH_EVERY_MS = 30_000;

/** Tells the core that someone is there, at most every 30 s, so that the automatic lock waits. */
function useTouch(isLocked: boolean): void {
  useEffect(() => {
    if (isLocked) return undefined;
    let lastMs = 0;
    const touch = () => {
      const nowMs = performance.now();
      if (lastMs !== 0 && nowMs - lastMs < TOUCH_EVERY_MS) return;
      lastMs = nowMs;
      client.auth.touch({}).catch(() => undefined);   // locked or cut off meanwhile: both show themselves
    };
    const events = ['keydown', 'pointerdown', 'wheel'] as const;
    for (const event of events) window.addEventListener(event, touch, { passive: true });
    return () => { for (const event of events) window.removeEventListener(event, touch); };
  }, [isLocked]);
}

/** Top bar, rail, one screen, status bar. */
export function Frame({ state }: { state: ConsoleState }) {
  const t = useT();
  const route = useRoute();
  const [isFinding, setFinding] = useState(false);
  const [isHelping, setHelping] = useState(false);
  const isLocked = state.session?.locked ?? true;
  useTouch(isLocked);
  useEffect(() => forgetPerson, []);
  useEffect(keepWhenLeft, []);
  const find = useCallback(() => { setFinding(true); }, []);
  useShortcuts('global', [
    { keys: 'ctrl+k', label: t('frame.commandBar'), run: find, whileTyping: true, enabled: !isLocked },
    { keys: 'ctrl+l', label: t('frame.lock'), run: () => { void lock(); }, whileTyping: true, enabled: !isLocked },
    { keys: '?', label: t('frame.keys'), run: () => { setHelping(true); }, hint: '?', enabled: !isLocked },
    { keys: 'f1', label: t('frame.keys'), run: () => { setHelping(true); }, whileTyping: true, enabled: !isLocked },
  ]);
  return (
    <div className="frame">
      <TopBar state={state} onFind={find} />
      <Rail route={route} onLock={() => { void lock(); }} />
      <SkewBanner />
      <main className="screen"><ErrorBoundary key={route.screen}>{screenOf(route)}</ErrorBoundary></main>
      <RemovalBanner />
      <StatusBar version={state.version} isDemo={state.demo} />
      <CommandBar opened={isFinding && !isLocked} onClose={() => { setFinding(false); }} />
      {isHelping && !isLocked && <KeysHelp onClose={() => { setHelping(false); }} />}
    </div>
  );
}
