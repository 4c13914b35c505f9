import type { Worker } from 'node:worker_threads';
import { GRACE_MS } from './planner.ts';

/** One question to the thread. */
export interface Asking<Says, Answer> {
  /** What is posted; `stop[0]` is set to 1 when the time is over or it is called off. */
  tell: (stop: Int32Array) => unknown;
  /** The answer, where it is the last word; null: more comes. */
  hear: (says: Says) => { answer: Answer } | null;
  /** What there is where no last word comes. */
  best: () => Answer;
  ms: number; signal?: AbortSignal | undefined;
}

interface Waiting { hear: (says: unknown) => void; gone: () => void; failed: (error: unknown) => void }

/** A thread that is kept with what it has loaded, and asked one question after another: each a fresh thread would pay for that anew. It keeps no process alive. */
export class WarmThread {
  readonly #begin: () => Worker;
  #thread: Worker | null = null;
  #waiting: Waiting | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(begin: () => Worker) {
    this.#begin = begin;
  }

  /** Begins the thread, so that the first question finds it ready. */
  warm(): void {
    this.#ready();
  }

  /**
   * @returns the last word, or the best there is where it was called off before, did not end in time, or the thread has been ended
   * @throws {Error} what ended the thread
   */
  async ask<Says, Answer>(asking: Asking<Says, Answer>): Promise<Answer> {
    const mine = this.#last.catch(() => undefined).then(() => this.#run(asking));
    this.#last = mine;
    return mine;
  }

  /** Ends the thread, and what runs in it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread?.terminate();
    await this.#last.catch(() => undefined);
  }

  #ready(): Worker {
    if (this.#thread !== null) return this.#thread;
    const thread = this.#begin();
    // What comes of a thread whose place another one has taken is nobody's any more.
    const end = (tell: (waiting: Waiting) => void): void => {
      if (this.#thread !== thread) return;
      this.#thread = null;
      if (this.#waiting !== null) tell(this.#waiting);
    };
    thread.on('message', (says: unknown) => { if (this.#thread === thread) this.#waiting?.hear(says); });
    thread.on('error', error => { end(waiting => { waiting.failed(error); }); });
    thread.on('exit', () => { end(waiting => { waiting.gone(); }); });
    thread.unref();
    this.#thread = thread;
    return thread;
  }

  /** Ends a thread that does not look any more. What it still says is heard by nobody, and the next question has another one. */
  #drop(thread: Worker): void {
    if (this.#thread === thread) {
      this.#thread = null;
      this.#waiting?.gone();
    }
    void thread.terminate();
  }

  async #run<Says, Answer>({ tell, hear, best, ms, signal }: Asking<Says, Answer>): Promise<Answer> {
    if (this.#isClosed || signal?.aborted === true) return best();
    const thread = this.#ready();
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const end = { timer: undefined as ReturnType<typeof setTimeout> | undefined };
    const callOff = (): void => {
      Atomics.store(stop, 0, 1);
      // Inside a step of the solver nothing looks at the flag.
      end.timer ??= setTimeout(() => { this.#drop(thread); }, GRACE_MS);
    };
    const timer = setTimeout(callOff, ms);
    signal?.addEventListener('abort', callOff);
    const over = Promise.withResolvers<Answer>();
    this.#waiting = { hear: says => { const last = hear(says as Says); if (last !== null) over.resolve(last.answer); }, gone: () => { over.resolve(best()); }, failed: over.reject };
    thread.ref();
    thread.postMessage(tell(stop));
    try {
      return await over.promise;
    } finally {
      clearTimeout(timer);
      clearTimeout(end.timer);
      signal?.removeEventListener('abort', callOff);
      this.#waiting = null;
      // Whoever closes it waits for its end.
      if (!this.#isClosed) thread.unref();
    }
  }
}
