/** Lets things go in the order in which they came, at most so many a second. */
export interface Pacer<T> {
  /** Waiting already: keeps its place. */
  add(item: T): void;
  forget(item: T): void;
  stop(): void;
}

const TICK_MS = 20;
/** What may go at once after a quiet while, and every tick from then on: 500 a second. */
const PER_TICK = 10;
/** While so many requests are under way, nobody is asked for another one. */
const BUSY = 20;

/**
 * A commit wakes every console of its scope, and each answers with a pull. Let go all at once they would stand before the
 * next push in the server's queue; so they go in portions, whoever has waited longest first, and not faster than they are
 * answered. Who is told later is told of more commits in one.
 *
 * @param underWay requests that wait for their answer
 */
export function createPacer<T>(letGo: (item: T) => void, underWay: () => number): Pacer<T> {
  const waiting = new Set<T>();
  const state: { timer: NodeJS.Timeout | null; left: number } = { timer: null, left: PER_TICK };
  const portion = (): void => {
    for (const item of waiting) {
      if (state.left === 0) break;
      state.left -= 1;
      waiting.delete(item);
      letGo(item);
    }
    state.timer ??= setTimeout(tick, TICK_MS);
  };
  const tick = (): void => {
    state.timer = null;
    if (state.left === PER_TICK && waiting.size === 0) return;
    state.left = Math.max(0, Math.min(PER_TICK, BUSY - underWay()));
    portion();
  };
  return {
    add(item) { waiting.add(item); if (state.left > 0) portion(); },
    forget(item) { waiting.delete(item); },
    stop() { if (state.timer !== null) clearTimeout(state.timer); waiting.clear(); },
  };
}
