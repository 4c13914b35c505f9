import type { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import type { PullOutput, RestartReason } from '../../contract/province.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import { nextPageRows } from './engine.ts';
import type { ProvinceLine } from './line.ts';

type Page = z.infer<typeof PullOutput>;
interface Asked { cursor: string; rows: number; ackedN: number; coversSeq: number; page: Promise<{ page: Page; size: number }> }

export interface PagesOptions {
  line: ProvinceLine; writer: Writer; clock: Clock; signal: AbortSignal;
  /** The province has forgotten mutations that it had judged: it knows none after `lastN`. */
  onForgotten: (lastN: number) => Promise<void>;
}

/**
 * The stream of changed rows, page by page; the next page travels while the former is written. Knows up to which seq
 * it has seen everything, so that a signal about one's own push costs no further look.
 */
export class Pages {
  readonly #options: PagesOptions;
  #ahead: Asked | null = null;
  #seenSeq = 0;
  #newsSeq = 0;

  constructor(options: PagesOptions) {
    this.#options = options;
  }

  /** A signal that there is something up to `seq`. @returns whether a look is needed */
  news(seq: number): boolean {
    this.#newsSeq = Math.max(this.#newsSeq, seq);
    return this.behind;
  }

  /** Whether a signal came that no look has covered yet. */
  get behind(): boolean {
    return this.#newsSeq > this.#seenSeq;
  }

  /** The province started again: its numbers say nothing any more. */
  restart(): void {
    this.#ahead = null;
    this.#seenSeq = 0;
    this.#newsSeq = 0;
  }

  /** Asks for the page after `cursor` before anybody needs it. */
  lookAhead(at: { cursor: string; rows: number; ackedN: number }): void {
    this.#ahead = this.#ask(at);
  }

  /** Brings one page in. @returns whether there are further rows, and how many to ask for next time */
  async next(at: { cursor: string; rows: number; ackedN: number }): Promise<{ more: boolean; size: number }> {
    const asked = this.#ahead?.cursor === at.cursor ? this.#ahead : this.#ask(at);
    this.#ahead = null;
    const { page, size } = await asked.page;
    if (page.lastN < asked.ackedN) {
      await this.#options.onForgotten(page.lastN);
      throw new AppError('sync/restart', { reason: 'ahead' satisfies RestartReason });
    }
    if (page.more && asked.rows > 0 && page.cursor !== at.cursor) this.#ahead = this.#ask({ cursor: page.cursor, rows: size, ackedN: at.ackedN });
    const nothing = page.rows.length === 0 && page.verdicts.length === 0 && page.cursor === at.cursor;
    // An idle look writes nothing: every transaction is a flush to the disk.
    if (!nothing) {
      await this.#options.writer.call('sync.applyPage', { rows: page.rows, cursor: page.cursor, verdicts: page.verdicts, atMs: this.#options.clock.nowMs() });
    }
    if (!page.more) this.#seenSeq = page.rows.reduce((seq, row) => Math.max(seq, row.seq), Math.max(this.#seenSeq, asked.coversSeq));
    return { more: page.more, size };
  }

  #ask(at: { cursor: string; rows: number; ackedN: number }): Asked {
    const page = this.#request(at);
    page.catch(() => undefined);              // told to whoever takes it
    return { cursor: at.cursor, rows: at.rows, ackedN: at.ackedN, coversSeq: this.#newsSeq, page };
  }

  async #request(at: { cursor: string; rows: number; ackedN: number }): Promise<{ page: Page; size: number }> {
    const { line, signal } = this.#options;
    const token = await line.open();
    let exchange = { downBytes: 0, elapsedMs: 0 };
    const call = line.client.sync.pull({ cursor: at.cursor, limit: at.rows, ackedN: at.ackedN },
      { context: { token, measured: found => { exchange = found; } }, signal });
    const page = await line.timed(call);
    return { page, size: nextPageRows(at.rows, { rows: page.rows.length, bytes: exchange.downBytes, elapsedMs: exchange.elapsedMs }) };
  }
}

/** Whether a restart begins anew in the same order of changes: no seq has been given twice. */
export function keepsOrder({ facts }: AppError): boolean {
  const reason = facts['reason'] as RestartReason;
  return reason === 'scope' || reason === 'horizon';
}
