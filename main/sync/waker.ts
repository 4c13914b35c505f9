/** A pause that can be cut short: by an event at once, or by several within a moment together. */
export class Waker {
  #resolve: (() => void) | null = null;
  #pending = false;
  #soon: NodeJS.Timeout | null = null;

  /** Waits until woken or until `ms` have passed. A call of `wake` while nobody waits ends the next wait at once. */
  async wait(ms: number): Promise<void> {
    if (this.#pending || ms <= 0) {
      this.#pending = false;
      // Lets sockets and timers have their turn even when there is always something to do.
      await new Promise(resolve => setImmediate(resolve));
      return;
    }
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, Math.min(ms, 2 ** 31 - 1));
      this.#resolve = () => { clearTimeout(timer); resolve(); };
    });
    this.#resolve = null;
    this.#pending = false;
  }

  wake(): void {
    this.#pending = true;
    this.#resolve?.();
  }

  wakeSoon(ms: number): void {
    if (this.#soon !== null) return;
    this.#soon = setTimeout(() => { this.#soon = null; this.wake(); }, ms);
    this.#soon.unref();
  }
}
