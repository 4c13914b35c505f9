import { setImmediate as breath } from 'node:timers/promises';
import type { Writer } from '../../db/writer-api.ts';
import type { Log } from '../platform/log.ts';

/** Has the words of the first copy's records written once these are in, some at a time: what a person writes goes between. */
export class TextFollower {
  readonly #writer: Writer;
  readonly #log: Log;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor({ writer, log }: { writer: Writer; log: Log }) {
    this.#writer = writer;
    this.#log = log;
  }

  /** Goes on until no words are missing; does nothing where it is at it already. */
  start(): void {
    this.#running ??= this.#run().finally(() => { this.#running = null; });
  }

  /** Ends after the piece that is under way; what is left is written after the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (!this.#stopped && (await this.#writer.call('sync.textNext', null)).more) await breath();
    } catch (error) {
      this.#log.warn({ error: String(error) }, 'the words of the first copy could not be written yet');
    }
  }
}
