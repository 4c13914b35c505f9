/** A pause that an event cuts short, and that never begins once its owner has stopped. What comes while nobody waits is not remembered. */
export class Pause {
  readonly #stopped: AbortSignal;
  #wake: () => void = () => undefined;

  constructor(stopped: AbortSignal) {
    this.#stopped = stopped;
    stopped.addEventListener('abort', () => { this.#wake(); });
  }

  /** @param ms null: until woken */
  wait(ms: number | null): Promise<void> {
    return new Promise(resolve => {
      const timer = ms === null ? null : setTimeout(done, ms);
      function done(): void {
        if (timer !== null) clearTimeout(timer);
        resolve();
      }
      this.#wake = done;
      if (this.#stopped.aborted) done();
    });
  }

  wake(): void {
    this.#wake();
  }
}
