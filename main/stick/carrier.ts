import { AppError, type AppErrorData } from '../../contract/errors.ts';
import type { Database } from '../../db/open.ts';
import { nextToSend } from '../../db/stores/stick.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';

export interface CarrierDeps {
  reader: Database; writer: Writer; clock: Clock; log: Log;
  linkIsUp: () => boolean;
  /** Hands a file to the province. */
  relay: (file: Uint8Array) => Promise<{ answer: Uint8Array; name: string }>;
}

/** After trouble of the link the next try waits this long; a new file or a press of "try again" does not. */
const AGAIN_MS = 30_000;

/** Sends what is carried for other workstations to the province, one file after the other, whenever the link is up. */
export class Carrier {
  readonly #deps: CarrierDeps;
  #running: Promise<void> | null = null;
  #notBeforeMs = 0;
  #closed = false;

  constructor(deps: CarrierDeps) {
    this.#deps = deps;
  }

  /** A file has come in or is to be sent once more: now is the time, if the link is up. */
  now(): void {
    this.#notBeforeMs = 0;
    this.look();
  }

  /** The link may be up: carries on where there is something to carry. */
  look(): void {
    if (this.#closed || this.#running !== null || performance.now() < this.#notBeforeMs || !this.#deps.linkIsUp()) return;
    this.#running = this.#run()
      .catch((error: unknown) => {
        this.#notBeforeMs = performance.now() + AGAIN_MS;
        this.#deps.log.warn({ error: String(error) }, 'a carried file could not be sent');
      })
      .finally(() => { this.#running = null; });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const { reader, writer, clock } = this.#deps;
    for (let next = nextToSend(reader); next !== null && !this.#closed; next = nextToSend(reader)) {
      const end = await this.#sent(next.file);
      await writer.call('stick.carriedEnd', { id: next.id, end, atMs: clock.nowMs() });
    }
  }

  /** @throws what is no judgement of the file: the link, the province's own trouble */
  async #sent(file: Uint8Array): Promise<{ answer: { name: string; bytes: Uint8Array } } | { error: AppErrorData }> {
    try {
      const { answer, name } = await this.#deps.relay(file);
      return { answer: { name, bytes: answer } };
    } catch (error) {
      if (error instanceof AppError && isJudgement(error)) return { error: { code: error.code, facts: error.facts } };
      throw error;
    }
  }
}

function isJudgement({ code }: AppError): boolean {
  return (code.startsWith('stick/') && code !== 'stick/too-many') || code.startsWith('input/');
}
