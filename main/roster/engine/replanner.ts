import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { isBetter, type Replanned, type ReplanAsk } from './replan.ts';
import type { ReplanSays, ReplanThread, ReplanTold } from './replan-thread.ts';
import { WarmThread } from './warm-thread.ts';

export interface ReplanOptions { seconds: number; signal?: AbortSignal; onBetter?: (better: Replanned) => void }

/** How often each looks for new lines between two fixings of a dive, dive after dive: what is hard for one is seldom hard for the other. */
const WAYS: readonly (readonly number[])[] = [[6], [3, 6]];

/** Replans after absences in two threads that are kept with the solver loaded and warmed up; whichever proves its answer first ends the other. */
export class Replanner {
  readonly #threads = WAYS.map(diveTurns => new OneWay(diveTurns));

  /** Begins the threads, so that the first ask finds them ready. */
  warm(): void {
    for (const one of this.#threads) one.warm();
  }

  /**
   * Replans until it is proven that nothing does with less, the time is over or it is called off.
   *
   * @returns the best so far, however it ends; null when there was none by then
   * @throws {Error} what ended a thread
   */
  async replan(ask: ReplanAsk, { seconds, signal, onBetter }: ReplanOptions): Promise<Replanned | null> {
    const best: { now: Replanned | null } = { now: null };
    const proven = new AbortController(), first = Promise.withResolvers<undefined>();
    const take = (replanned: Replanned | null): boolean => {
      if (replanned === null || proven.signal.aborted || (best.now !== null && !replanned.isProven && !isBetter(replanned, best.now))) return false;
      best.now = replanned;
      return true;
    };
    const either = signal === undefined ? proven.signal : AbortSignal.any([signal, proven.signal]);
    const all = Promise.all(this.#threads.map(async one => {
      take(await one.replan(ask, { seconds, signal: either, onBetter: better => { if (take(better)) onBetter?.(better); } }));
      if (best.now?.isProven !== true) return;
      proven.abort();
      first.resolve(undefined);
    }));
    await Promise.race([first.promise, all]);
    return best.now;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(one => one.close()));
  }
}

/** One of the two. */
class OneWay {
  #wanted = new Int32Array(new SharedArrayBuffer(4));
  readonly #thread: WarmThread;

  constructor(diveTurns: readonly number[]) {
    this.#thread = new WarmThread(() => {
      this.#wanted = new Int32Array(new SharedArrayBuffer(4));
      // The built console has the same two files side by side as .js.
      return new Worker(new URL(`./replan-thread${extname(import.meta.url)}`, import.meta.url), { workerData: { wanted: this.#wanted, diveTurns } satisfies ReplanThread });
    });
  }

  warm(): void {
    this.#thread.warm();
  }

  replan(ask: ReplanAsk, { seconds, signal, onBetter }: Required<ReplanOptions>): Promise<Replanned | null> {
    const best: { now: Replanned | null } = { now: null };
    return this.#thread.ask<ReplanSays, Replanned | null>({
      tell: stop => {
        Atomics.store(this.#wanted, 0, 1);
        return { ask, stop } satisfies ReplanTold;
      },
      hear({ replanned, isOver }) {
        best.now = replanned;
        if (isOver) return { answer: replanned };
        onBetter(replanned);
        return null;
      },
      best: () => best.now, ms: seconds * 1000, signal,
    });
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
