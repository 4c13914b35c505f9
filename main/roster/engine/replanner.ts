import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { GRACE_MS } from './planner.ts';
import type { Replanned, ReplanAsk } from './replan.ts';
import type { ReplanSays, ReplanThread, ReplanTold } from './replan-thread.ts';

export interface ReplanOptions { seconds: number; signal?: AbortSignal; onBetter?: (better: Replanned) => void }

interface Warm { thread: Worker; wanted: Int32Array }

/** Replans after absences in one thread that is kept with the solver loaded and warmed up, one ask after another: each a fresh thread would pay for that anew. */
export class Replanner {
  #warm: Warm | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** Begins the thread, so that the first ask finds it ready. It keeps no process alive. */
  warm(): void {
    this.#ready();
  }

  /**
   * Replans until it is proven that nothing does with less, the time is over or it is called off.
   *
   * @returns the best so far, however it ends; null when there was none by then
   * @throws {Error} what ended the thread
   */
  async replan(ask: ReplanAsk, options: ReplanOptions): Promise<Replanned | null> {
    const mine = this.#last.catch(() => undefined).then(() => this.#run(ask, options));
    this.#last = mine;
    return mine;
  }

  /** Ends the thread, and what runs in it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#warm?.thread.terminate();
    await this.#last.catch(() => undefined);
  }

  #ready(): Warm {
    if (this.#warm !== null) return this.#warm;
    const wanted = new Int32Array(new SharedArrayBuffer(4));
    // The built console has the same two files side by side as .js.
    const thread = new Worker(new URL(`./replan-thread${extname(import.meta.url)}`, import.meta.url), { workerData: { wanted } satisfies ReplanThread });
    const warm = { thread, wanted };
    const gone = (): void => { if (this.#warm === warm) this.#warm = null; };
    thread.on('error', gone);
    thread.on('exit', gone);
    thread.unref();
    this.#warm = warm;
    return warm;
  }

  async #run(ask: ReplanAsk, { seconds, signal, onBetter }: ReplanOptions): Promise<Replanned | null> {
    if (this.#isClosed) return null;
    const { thread, wanted } = this.#ready();
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const best: { now: Replanned | null } = { now: null };
    const told = { stopAtMs: signal?.aborted === true ? performance.now() : Infinity };
    const begun = performance.now();
    const watch = setInterval(() => {
      if (signal?.aborted === true || performance.now() - begun > seconds * 1000) {
        Atomics.store(stop, 0, 1);
        told.stopAtMs = Math.min(told.stopAtMs, performance.now());
      }
      if (performance.now() - told.stopAtMs > GRACE_MS) void thread.terminate();
    }, 50);
    const over = Promise.withResolvers<Replanned | null>();
    const hear = (says: ReplanSays): void => {
      best.now = says.replanned;
      if (says.isOver) over.resolve(says.replanned); else onBetter?.(says.replanned);
    };
    const gone = (): void => { over.resolve(best.now); };
    thread.on('message', hear).on('error', over.reject).on('exit', gone);
    thread.ref();
    Atomics.store(wanted, 0, 1);
    thread.postMessage({ ask, stop } satisfies ReplanTold);
    try {
      return await over.promise;
    } finally {
      clearInterval(watch);
      thread.off('message', hear).off('error', over.reject).off('exit', gone).unref();
    }
  }
}
