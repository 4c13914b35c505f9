import { setImmediate as breath, setTimeout as pause } from 'node:timers/promises';
import { clearUp } from '../../db/memory.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { Log } from '../platform/log.ts';

/** After trouble of this machine (a full disk, say) the words are tried again so much later. */
const AGAIN_MS = 30_000;

/** Has the words of the first copy's records written once these are in, some at a time: what a person writes goes between. */
export class TextFollower {
  readonly #writer: Writer;
  readonly #log: Log;
  readonly #onDone: () => void;
  readonly #againMs: number;
  readonly #stop = new AbortController();
  #running: Promise<void> | null = null;

  /** @param onDone no words are missing any more */
  constructor({ writer, log }: { writer: Writer; log: Log }, onDone: () => void, againMs = AGAIN_MS) {
    this.#onDone = onDone;
    this.#writer = writer;
    this.#log = log;
    this.#againMs = againMs;
  }

  /** Goes on until no words are missing; does nothing where it is at it already. */
  start(): void {
    this.#running ??= this.#run().finally(() => { this.#running = null; });
  }

  /** Ends after the piece that is under way; what is left is written after the next start. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        while (!signal.aborted && (await this.#writer.call('sync.textNext', null)).more) await breath();
        if (!signal.aborted) this.#onDone();
        clearUp();
        return;
      } catch (error) {
        this.#log.warn({ error: String(error) }, 'the words of the first copy could not be written yet');
        await pause(this.#againMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
