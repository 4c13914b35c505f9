import { IconSearch } from '@tabler/icons-react';
import type { ConsoleState } from '../../contract/console.ts';
import { civilParts, formatDate, formatTime } from '../../contract/time.ts';
import { useT } from '../strings/text.ts';
import { useNow } from '../ui/clock.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { SoundTest } from '../alarm/sound-test.tsx';
import { LinkPill } from './link-pill.tsx';
import { useLinkStatus } from './station.ts';

const WEEKDAYS = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7'] as const;

/** "Thứ Ba, 24/11/2026" */
export function useDay(atMs: number): string {
  const t = useT();
  return `${t(`frame.weekday.${WEEKDAYS[civilParts(atMs).weekday - 1] ?? 'd1'}`)}, ${formatDate(atMs)}`;
}

/** Where and who, the door to the command bar, the link, the clock. */
export function TopBar({ state, onFind }: { state: ConsoleState; onFind: () => void }) {
  const t = useT();
  const link = useLinkStatus();
  const { session } = state;
  const role = session === null ? '' : [session.title, session.offline ? t('frame.offlineSession') : ''].filter(part => part !== '').join(' · ');
  return (
    <header className="top-bar">
      <div className="logo" aria-hidden>IOC</div>
      <div className="where">
        <strong>{state.site?.name ?? state.provinceName}</strong>
        <span className="muted">{state.stationName} · {t('frame.station', { code: state.stationCode })}</span>
      </div>
      <button type="button" className="find" onClick={onFind}><IconSearch aria-hidden /><span className="long">{t('frame.searchPlaceholder')}</span><span className="short">{t('frame.searchShort')}</span><KeyHint keys="Ctrl K" /></button>
      <div className="right">
        {link !== undefined && <LinkPill link={link} />}
        {session !== null && !session.locked && <SoundTest />}
        {session !== null && (
          <div className="who"><strong>{session.name}</strong><span className="muted" title={role}>{role}</span></div>
        )}
        <Clock />
      </div>
    </header>
  );
}

/** The province's time, once it has been measured; before that this machine's own, and it says which. */
function Clock() {
  const t = useT();
  const nowMs = useNow();
  const day = useDay(nowMs);
  const isCorrected = typeof useLinkStatus()?.serverOffsetMs === 'number';
  return <div className="clock"><time>{formatTime(nowMs, true)}</time><span className="muted">{day} · {t(isCorrected ? 'diagnosis.clock.corrected' : 'diagnosis.clock.own')}</span></div>;
}
