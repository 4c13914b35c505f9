/** At most this many restarts … */
const MAX_RESTARTS = 3;
/** … within this time; after a calm stretch the count begins anew. */
const WINDOW_MS = 5 * 60_000;
/** Waits before the first, second and third restart: at once for a stray crash, longer for one that comes back. */
const DELAYS_MS = [200, 1_000, 4_000] as const;

export type RestartDecision = { restart: true; delayMs: number } | { restart: false; deaths: number };

/**
 * Whether a core that has just died is started again, and how long to wait before.
 *
 * @param deathsAtMs when it died, in order, this last death among them
 */
export function decideRestart(deathsAtMs: readonly number[], nowMs: number): RestartDecision {
  const recent = deathsAtMs.filter(atMs => nowMs - atMs < WINDOW_MS).length;
  const delayMs = DELAYS_MS[recent - 1];
  return recent > MAX_RESTARTS || delayMs === undefined ? { restart: false, deaths: recent } : { restart: true, delayMs };
}
