import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Replanned, ReplanAsk } from './replan.ts';
import type { ReplanSays, ReplanThread, ReplanTold } from './replan-thread.ts';
import { WarmThread } from './warm-thread.ts';

export interface ReplanOptions { seconds: number; signal?: AbortSignal; onBetter?: (better: Replanned) => void }

/** Replans after absences in one thread that is kept with the solver loaded and warmed up. */
export class Replanner {
  #wanted = new Int32Array(new SharedArrayBuffer(4));
  readonly #thread = new WarmThread(() => {
    this.#wanted = new Int32Array(new SharedArrayBuffer(4));
    // The built console has the same two files side by side as .js.
    return new Worker(new URL(`./replan-thread${extname(import.meta.url)}`, import.meta.url), { workerData: { wanted: this.#wanted } satisfies ReplanThread });
  });

  /** Begins the thread, so that the first ask finds it ready. */
  warm(): void {
    this.#thread.warm();
  }

  /**
   * Replans until it is proven that nothing does with less, the time is over or it is called off.
   *
   * @returns the best so far, however it ends; null when there was none by then
   * @throws {Error} what ended the thread
   */
  replan(ask: ReplanAsk, { seconds, signal, onBetter }: ReplanOptions): Promise<Replanned | null> {
    const best: { now: Replanned | null } = { now: null };
    return this.#thread.ask<ReplanSays, Replanned | null>({
      tell: stop => {
        Atomics.store(this.#wanted, 0, 1);
        return { ask, stop } satisfies ReplanTold;
      },
      hear({ replanned, isOver }) {
        best.now = replanned;
        if (isOver) return { answer: replanned };
        onBetter?.(replanned);
        return null;
      },
      best: () => best.now, ms: seconds * 1000, signal,
    });
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
