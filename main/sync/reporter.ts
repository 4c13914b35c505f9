import type { LinkStatus } from '../../contract/console.ts';

const REPORT_MS = 100;

/** Tells listeners of the status after it has changed, a few times a second at most. */
export class StatusReporter {
  readonly #status: () => LinkStatus;
  readonly #listeners = new Set<(status: LinkStatus) => void>();
  #timer: NodeJS.Timeout | null = null;
  #last = '';
  #stopped = false;

  constructor(status: () => LinkStatus) {
    this.#status = status;
  }

  /** @returns a function that ends it */
  on(listener: (status: LinkStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** Something may have changed. */
  changed(): void {
    if (this.#listeners.size === 0 || this.#timer !== null || this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const status = this.#status();
      const text = JSON.stringify({ ...status, offsetMeasuredAtMs: null });
      if (text === this.#last) return;
      this.#last = text;
      for (const listener of this.#listeners) listener(status);
    }, REPORT_MS);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
