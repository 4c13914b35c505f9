import { useSyncExternalStore } from 'react';

type Listener = () => void;

/** One timer for the whole window: ticks at each full second of the corrected time. */
class Clock {
  #offsetMs = 0;
  #nowMs = Date.now();
  #listeners = new Set<Listener>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Device time corrected by the server's, ms. */
  get exactMs(): number {
    return Date.now() + this.#offsetMs;
  }

  /** The same in whole seconds, unchanged between two ticks. */
  get nowMs(): number {
    return this.#listeners.size === 0 ? Math.floor(this.exactMs / 1000) * 1000 : this.#nowMs;
  }

  /** The measured difference server − device, ms. */
  correct(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#timer === undefined) this.#tick();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #tick(): void {
    const exact = this.exactMs;
    this.#nowMs = Math.floor(exact / 1000) * 1000;
    this.#timer = setTimeout(() => { this.#tick(); }, 1000 - (exact % 1000) + 5);
    for (const listener of this.#listeners) listener();
  }
}

export const clock = new Clock();

const subscribe = (listener: Listener): (() => void) => clock.subscribe(listener);

/** The corrected time, in whole minutes; the component shows itself again each minute. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => Math.floor(clock.nowMs / 60_000) * 60_000);
}

/** The corrected time, in whole seconds; the component shows itself again each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => clock.nowMs);
}
