import type { AccessLine } from '../../contract/access-log.ts';
import { AppError } from '../../contract/errors.ts';
import type { Database } from '../../db/database.ts';
import { readUnsentAccess } from '../../db/stores/access-log.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { Log } from '../platform/log.ts';
import { Pause } from '../platform/pause.ts';

/** The way to the province, as the log uses it. */
export interface AccessSending { isFree(): boolean; send(lines: readonly AccessLine[]): Promise<void> }

const BATCH = 200;
const LOOK_EVERY_MS = 500;
const FIRST_PAUSE_MS = 1_000;
const LAST_PAUSE_MS = 60_000;
/** A province of before this log does not become another one soon. */
const OLDER_PAUSE_MS = 15 * 60_000;

/** Lines of the access log on their way to the province: behind everything else, until each is there, for as many days as there is no link. */
export class AccessLane {
  readonly #deps: { reader: Database; writer: Writer; log: Log; road: AccessSending; lookEveryMs?: number };
  readonly #abort = new AbortController();
  readonly #pause = new Pause(this.#abort.signal);
  #failures = 0;
  #running: Promise<void> | null = null;

  constructor(deps: { reader: Database; writer: Writer; log: Log; road: AccessSending; lookEveryMs?: number }) {
    this.#deps = deps;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  /** There may be a line to send. A pause after trouble goes on. */
  nudge(): void {
    if (this.#failures === 0) this.#pause.wake();
  }

  async #run(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      const lines = readUnsentAccess(this.#deps.reader, BATCH);
      if (lines.length === 0) await this.#pause.wait(null);
      else if (!this.#deps.road.isFree()) await this.#pause.wait(this.#deps.lookEveryMs ?? LOOK_EVERY_MS);
      else await this.#send(lines);
    }
  }

  async #send(lines: readonly AccessLine[]): Promise<void> {
    try {
      await this.#deps.road.send(lines);
      await this.#deps.writer.call('access.sent', { ids: lines.map(({ id }) => id) });
      this.#failures = 0;
    } catch (cause) {
      if (this.#abort.signal.aborted) return;
      this.#failures += 1;
      const error = cause instanceof AppError ? cause : new AppError('internal/unexpected', {}, { cause });
      this.#deps.log.warn({ code: error.code, ...error.facts, ...(cause instanceof AppError ? {} : { error: String(cause) }) }, 'the access log could not be sent');
      const pauseMs = error.facts['status'] === 404 ? OLDER_PAUSE_MS : Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1)) * (0.5 + Math.random() / 2);
      await this.#pause.wait(pauseMs);
    }
  }
}
