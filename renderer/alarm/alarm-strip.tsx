import { IconBellRinging } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Alarm, AlarmState } from '../../contract/alarms.ts';
import { client } from '../client.ts';
import { useLive } from '../live-query.ts';
import { useCategories } from '../policy.ts';
import { goTo, useRoute } from '../route.ts';
import { useT } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { useNow } from '../ui/clock.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import { useSettings } from '../frame/settings.ts';
import { speaker } from './sound.ts';
import './alarm.css';

const LEVELS = ['line', 'centre', 'province'] as const;

/** Told by the core with every beat. */
export function useAlarms(): AlarmState | undefined {
  return useLive(['alarms.state'], ['alarm', 'session'], core => core.alarms.state({})).data;
}

/**
 * What rings at this desk, over whatever else is shown. The core says when the sound is due; this plays it and says so, and F9 takes the most urgent one up,
 * also while somebody types or a dialog is open.
 */
export function AlarmStrip() {
  const state = useAlarms();
  const first = state?.alarms[0];
  useSound(state);
  return first === undefined ? null : <Strip state={state!} first={first} />;
}

/** Plays each beat once. */
function useSound(state: AlarmState | undefined): void {
  const played = useRef(0);
  const beat = state?.beat ?? 0;
  const sound = state?.sound ?? null;
  useEffect(() => {
    // A core that has been started anew counts from the beginning.
    if (sound === null || beat === played.current) return;
    played.current = beat;
    void speaker.play(sound).then(wasHeard => (wasHeard ? client.alarms.heard({ beat }) : undefined)).catch(() => undefined);   // the core counts what nobody played
  }, [beat, sound]);
}

function Strip({ state, first }: { state: AlarmState; first: Alarm }) {
  const t = useT();
  const route = useRoute();
  const [error, setError] = useState<unknown>(null);
  const box = useRef<HTMLDivElement>(null);
  // Shown anew with each beat: above a dialog that has been opened meanwhile.
  useEffect(() => {
    box.current?.hidePopover();
    box.current?.showPopover();
  }, [state.beat]);
  const take = useCallback(async (): Promise<void> => {
    try {
      setError(null);
      if (first.kind !== 'handOff') await client.issues.mutate({ name: 'issue.acknowledge', payload: { id: first.issueId } });
      // Whoever is taking a call in stays there; an offer is to be read before it is taken.
      if (first.kind === 'handOff' || route.screen !== 'intake') goTo({ screen: 'issue', id: first.issueId });
    } catch (problem) {
      setError(problem);
    }
  }, [first, route.screen]);
  const label = t(first.kind === 'handOff' ? 'alarm.open' : 'alarm.take');
  useShortcuts('alarm', [{ keys: 'f9', label, run: () => { void take(); }, whileTyping: true, enabled: state.mayTake && first.mine }]);
  return (
    <div ref={box} popover="manual" className={`alarm-strip ${first.sound}`} role="region" aria-label={t('alarm.label')}>
      <IconBellRinging aria-hidden className="bell" />
      <div className="words"><What alarm={first} />{state.total > 1 && <span className="more">{t('alarm.more', { count: state.total - 1 })}</span>}</div>
      <Answer state={state} first={first} label={label} onTake={() => { void take(); }} />
      {state.unheard && <Silent sound={first.sound} />}
      {error !== null && <ErrorNotice error={error} />}
    </div>
  );
}

/** What whoever is here can do about it. */
function Answer({ state, first, label, onTake }: { state: AlarmState; first: Alarm; label: string; onTake: () => void }) {
  const t = useT();
  if (!state.mayTake) return <span className="muted">{t('alarm.unlock')}</span>;
  if (!first.mine) return <span className="muted">{t('alarm.theirs', { service: t(`domain.service.${first.line}`) })}</span>;
  return <Button kind="alarm" hint="F9" onClick={onTake}>{label}</Button>;
}

function What({ alarm }: { alarm: Alarm }) {
  const t = useT();
  const { language } = useSettings();
  const category = useCategories().find(one => one.code === alarm.category);
  const waitedMs = Math.max(0, useNow() - alarm.sinceMs);
  const waited = `${Math.floor(waitedMs / 60_000)}:${String(Math.floor(waitedMs / 1_000) % 60).padStart(2, '0')}`;
  const facts = { severity: alarm.severity, service: t(`domain.service.${alarm.line}`), category: category?.[language] ?? alarm.category };
  return (
    <>
      <strong role="alert">{t(`alarm.what.${alarm.kind}`, facts)}</strong>
      <span title={t(`alarm.level.${LEVELS[alarm.level] ?? 'province'}`)}>{alarm.area === '' ? t('alarm.waitingNoArea', { no: alarm.no, waited }) : t('alarm.waiting', { no: alarm.no, area: alarm.area, waited })}</span>
    </>
  );
}

/** A browser plays nothing before it has been touched, and a machine may have no loudspeaker: said aloud, with a way out. */
function Silent({ sound }: { sound: Alarm['sound'] }) {
  const t = useT();
  return <div className="silent"><b>{t('alarm.silent')}</b> {t('alarm.silentMore')} <Button onClick={() => { void speaker.play(sound); }}>{t('alarm.turnOn')}</Button></div>;
}
