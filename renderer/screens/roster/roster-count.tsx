import { useMay } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';

/** A shift that begins waits for nobody any more. */
const ASK_MS = 60_000;

/** What of the rosters waits for whoever is signed in (to be acknowledged, answered, approved), as a mark in the rail; nothing when nothing does. */
export function RosterCount() {
  const enabled = useMay('roster.read');
  const { data } = useLive(['rosters.news'], ['document', 'session'], core => core.rosters.news({}), { enabled, askAgainMs: () => ASK_MS });
  const n = data === undefined ? 0 : data.acknowledge + data.answer + data.decide;
  return n === 0 ? null : <b className="rail-count">{n > 99 ? '99+' : n}</b>;
}
