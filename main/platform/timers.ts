/** Time that only goes forward, and what shall happen after some of it. The wall clock (`clock.ts`) may be set; this may not. */
export interface Timers {
  /** Since some moment before the start, ms. */
  nowMs(): number;
  /** @returns what calls it off */
  after(ms: number, task: () => void): () => void;
}

/** The longest pause that a timer of Node's takes. */
const MAX_PAUSE_MS = 2 ** 31 - 1;

/** Timers of this process. */
export const systemTimers: Timers = {
  nowMs: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, Math.min(Math.max(ms, 0), MAX_PAUSE_MS));
    return () => { clearTimeout(timer); };
  },
};
