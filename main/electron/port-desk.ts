/**
 * Decides when a page is handed its port: when it has asked and the core is ready, whichever comes last; again after
 * each restart of the core; never to a page that has gone away since. One port per core and page.
 */
export class PortDesk {
  readonly #handOver: () => void;
  #wanted = false;
  #ready = false;

  constructor(handOver: () => void) {
    this.#handOver = handOver;
  }

  /** The page has asked, and the check of who asks has passed. */
  pageAsks(): void {
    this.#wanted = true;
    if (this.#ready) this.#handOver();
  }

  /** The page is being left or reloaded: the next one asks for itself. */
  pageLeaves(): void {
    this.#wanted = false;
  }

  coreIs(ready: boolean): void {
    const becameReady = ready && !this.#ready;
    this.#ready = ready;
    if (becameReady && this.#wanted) this.#handOver();
  }
}
