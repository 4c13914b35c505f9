import type { Timers } from '../../main/platform/timers.ts';

interface Event { atMs: number; order: number; task: () => void }

/** Turns of the event loop without any sign of life after which everybody waits for time to pass. */
const QUIET_TURNS = 4;
const nextTurn = (): Promise<void> => new Promise(resolve => { setImmediate(resolve); });

/**
 * Time that passes only when nobody has anything left to do: what is under way ends first, then the clock jumps to the
 * next event. One event after the other, in the order of their moments, so that a seed gives the same run every time.
 */
export class VirtualTime implements Timers {
  #nowMs = 0;
  #order = 0;
  #events: Event[] = [];
  #running = 0;
  #signs = 0;

  nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, task: () => void): () => void {
    // Whole milliseconds, as a machine's timers count: a rest of one would otherwise never be over.
    const event: Event = { atMs: Math.ceil(this.#nowMs + Math.max(0, ms)), order: this.#order++, task };
    let at = this.#events.length;
    while (at > 0 && this.#events[at - 1]!.atMs > event.atMs) at -= 1;
    this.#events.splice(at, 0, event);
    return () => { this.#events = this.#events.filter(other => other !== event); };
  }

  /** A pause for whoever waits within the simulated world. */
  pass(ms: number): Promise<void> {
    return new Promise(resolve => { this.after(ms, resolve); });
  }

  /** Real work: time stands still until it has ended. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await work;
    } finally {
      this.#running -= 1;
      this.#signs += 1;
    }
  }

  /** Somebody has done something: others may follow from it. */
  sign(): void {
    this.#signs += 1;
  }

  /** Lets so much time pass. */
  async runFor(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await this.#settle();
    for (let event = this.#events[0]; event !== undefined && event.atMs <= untilMs; event = this.#events[0]) {
      this.#events.shift();
      this.#nowMs = event.atMs;
      event.task();
      await this.#settle();
    }
    this.#nowMs = untilMs;
  }

  async #settle(): Promise<void> {
    let seen = this.#signs;
    for (let quiet = 0; quiet < QUIET_TURNS;) {
      await nextTurn();
      quiet = this.#running > 0 || seen !== this.#signs ? 0 : quiet + 1;
      seen = this.#signs;
    }
  }
}
