import type { Timers } from '../platform/timers.ts';

/** A pause that can be cut short: by an event at once, or by several within a moment together. */
export class Waker {
  readonly #timers: Timers;
  #resolve: (() => void) | null = null;
  #pending = false;
  #soon = false;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Waits until woken or until `ms` have passed. A call of `wake` while nobody waits ends the next wait at once. */
  async wait(ms: number): Promise<void> {
    if (this.#pending || ms <= 0) {
      this.#pending = false;
      // Lets sockets and timers have their turn even when there is always something to do.
      await new Promise(resolve => setImmediate(resolve));
      return;
    }
    await new Promise<void>(resolve => {
      const callOff = this.#timers.after(ms, resolve);
      this.#resolve = () => { callOff(); resolve(); };
    });
    this.#resolve = null;
    this.#pending = false;
  }

  wake(): void {
    this.#pending = true;
    this.#resolve?.();
  }

  wakeSoon(ms: number): void {
    if (this.#soon) return;
    this.#soon = true;
    this.#timers.after(ms, () => { this.#soon = false; this.wake(); });
  }
}
