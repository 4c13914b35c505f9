import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Filled } from './fill.ts';
import type { FillAsk } from './fill-thread.ts';
import { WarmThread } from './warm-thread.ts';

/** Asks one thread, kept with the solver loaded, whether seats can be filled. */
export class Filler {
  // The built console has the same two files side by side as .js.
  readonly #thread = new WarmThread(() => new Worker(new URL(`./fill-thread${extname(import.meta.url)}`, import.meta.url)));

  /** Begins the thread, so that the first question finds it ready. */
  warm(): void {
    this.#thread.warm();
  }

  /**
   * @returns null too where it was called off, or the thread has been ended
   * @throws {Error} what ended the thread
   */
  ask(ask: Omit<FillAsk, 'stop'>, signal: AbortSignal): Promise<Filled> {
    return this.#thread.ask<Filled, Filled>({ tell: stop => ({ ...ask, stop }) satisfies FillAsk, hear: answer => ({ answer }), best: () => null, ms: ask.ms, signal });
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
