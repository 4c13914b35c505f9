import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { FILE_PIECE_BYTES } from '../../../contract/console.ts';
import type { ExportPiece } from '../../../contract/export.ts';

const pack = promisify(deflate);
/** Plain text goes to the screen in a tenth of its size, packed beside this thread: the way costs this thread as much as the reading otherwise. */
const FASTEST = 1;

/** Counts of a list on its way out. */
export interface Progress { rowsDone: number; left: number }

/** A file that is made one piece ahead of what is asked for; what is not fetched is not read either. */
export class Job {
  readonly #bytes: AsyncGenerator<Uint8Array>;
  readonly #progress: Progress;
  readonly #packs: boolean;
  #rest: Uint8Array = new Uint8Array();
  #ended = false;
  #next = 0;
  #ahead: Promise<ExportPiece> | null = null;

  /** @param packs whether the bytes are worth packing on their way */
  constructor(bytes: AsyncGenerator<Uint8Array>, progress: Progress, packs: boolean) {
    this.#bytes = bytes;
    this.#progress = progress;
    this.#packs = packs;
  }

  /** Which piece comes next. */
  get next(): number { return this.#next; }

  /** The next bytes, as many as go in one answer. The one after it is made while this one is on its way. */
  async piece(): Promise<ExportPiece> {
    this.#next += 1;
    const piece = await (this.#ahead ?? this.#make());
    if (!piece.done) {
      this.#ahead = this.#make();
      // Told when it is asked for.
      this.#ahead.catch(() => undefined);
    }
    return piece;
  }

  /** Ends the reading behind it. */
  async close(): Promise<void> {
    this.#ended = true;
    await this.#ahead?.catch(() => undefined);
    await this.#bytes.return(undefined);
  }

  async #make(): Promise<ExportPiece> {
    const parts = [this.#rest];
    let length = this.#rest.length;
    while (!this.#ended && length < FILE_PIECE_BYTES) {
      const { value, done } = await this.#bytes.next();
      this.#ended ||= done === true;
      if (value === undefined) continue;
      parts.push(value);
      length += value.length;
    }
    const all = Buffer.concat(parts);
    const out = all.subarray(0, FILE_PIECE_BYTES);
    this.#rest = all.subarray(out.length);
    const facts = { ...this.#progress, packed: this.#packs, done: this.#ended && this.#rest.length === 0 };
    const sent = this.#packs ? await pack(out, { level: FASTEST }) : out;
    return { base64: sent.toString('base64'), ...facts };
  }
}
