import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { FILE_PIECE_BYTES } from '../../../contract/console.ts';
import type { ExportPiece } from '../../../contract/export.ts';

const pack = promisify(deflate);
/** Plain text goes to the screen in a tenth of its size, packed beside this thread: the way costs this thread as much as the reading otherwise. */
const FASTEST = 1;

/** Counts of a list on its way out. */
export interface Progress { rowsDone: number; left: number }

/** Bytes of a piece as they stand in the file, and how far the list is with them. */
interface Read extends Progress { out: Uint8Array; done: boolean }

/** A file that is made one piece ahead of what is asked for, and read one more ahead; what is not fetched is not read either. */
export class Job {
  readonly #bytes: AsyncGenerator<Uint8Array>;
  readonly #progress: Progress;
  readonly #packs: boolean;
  #rest: Uint8Array = new Uint8Array();
  #ended = false;
  #next = 0;
  #ahead: Promise<ExportPiece> | null = null;
  #reading: Promise<Read> | null = null;

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
    await this.#reading?.catch(() => undefined);
    await this.#bytes.return(undefined);
  }

  /** The next one is read while this one is packed, which is done beside this thread. */
  async #make(): Promise<ExportPiece> {
    const { out, ...facts } = await (this.#reading ?? this.#read());
    this.#reading = facts.done ? null : this.#read();
    this.#reading?.catch(() => undefined);
    const sent = this.#packs ? await pack(out, { level: FASTEST }) : Buffer.from(out.buffer, out.byteOffset, out.length);
    return { base64: sent.toString('base64'), ...facts, packed: this.#packs };
  }

  async #read(): Promise<Read> {
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
    return { out, ...this.#progress, done: this.#ended && this.#rest.length === 0 };
  }
}
