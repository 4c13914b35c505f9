import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Filled } from './fill.ts';
import type { FillAsk } from './fill-thread.ts';
import { GRACE_MS } from './planner.ts';

/** Asks one thread, kept with the solver loaded, whether seats can be filled: one question after another. It keeps no process alive. */
export class Filler {
  #thread: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** Begins the thread, so that the first question finds it ready. */
  warm(): void {
    this.#ready();
  }

  /**
   * @returns null too where it was called off, or the thread has been ended
   * @throws {Error} what ended the thread
   */
  async ask(ask: Omit<FillAsk, 'stop'>, signal: AbortSignal): Promise<Filled> {
    const mine = this.#last.catch(() => undefined).then(() => this.#run(ask, signal));
    this.#last = mine;
    return mine;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread?.terminate();
    await this.#last.catch(() => undefined);
  }

  #ready(): Worker {
    if (this.#thread !== null) return this.#thread;
    // The built console has the same two files side by side as .js.
    const thread = new Worker(new URL(`./fill-thread${extname(import.meta.url)}`, import.meta.url));
    const gone = (): void => { if (this.#thread === thread) this.#thread = null; };
    thread.on('error', gone).on('exit', gone).unref();
    this.#thread = thread;
    return thread;
  }

  async #run(ask: Omit<FillAsk, 'stop'>, signal: AbortSignal): Promise<Filled> {
    if (this.#isClosed || signal.aborted) return null;
    const thread = this.#ready();
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const over = Promise.withResolvers<Filled>();
    const gone = (): void => { over.resolve(null); };
    const end = { timer: undefined as ReturnType<typeof setTimeout> | undefined };
    const callOff = (): void => {
      Atomics.store(stop, 0, 1);
      // Inside a step of the solver nothing looks at the flag.
      end.timer ??= setTimeout(() => { void thread.terminate(); }, GRACE_MS);
    };
    const timer = setTimeout(callOff, ask.ms);
    signal.addEventListener('abort', callOff);
    thread.on('message', over.resolve).on('error', over.reject).on('exit', gone).ref();
    thread.postMessage({ ...ask, stop } satisfies FillAsk);
    try {
      return await over.promise;
    } finally {
      clearTimeout(timer);
      clearTimeout(end.timer);
      signal.removeEventListener('abort', callOff);
      thread.off('message', over.resolve).off('error', over.reject).off('exit', gone).unref();
    }
  }
}
