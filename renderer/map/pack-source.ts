import type { RangeResponse, Source } from 'pmtiles';
import { FILE_PIECE_BYTES } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import type { MapPack } from '../../contract/map.ts';
import { bytesOf } from '../ui/base64.ts';

export type ReadPiece = (place: { key: string; from: number; count: number }) => Promise<{ base64: string; bytes: number }>;

/** No tile and no directory of a sound pack is larger. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A map pack for the `pmtiles` reader, out of pieces that come over the wire. What goes wrong is told once, in the wire's own words. */
export class PackSource implements Source {
  readonly #pack: MapPack;
  readonly #read: ReadPiece;
  readonly #onTrouble: (error: unknown) => void;

  constructor(pack: MapPack, read: ReadPiece, onTrouble: (error: unknown) => void) {
    this.#pack = pack;
    this.#read = read;
    this.#onTrouble = onTrouble;
  }

  get name(): string {
    return this.#pack.name;
  }

  getKey(): string {
    return this.#pack.key;
  }

  /**
   * @param length in bytes; fewer come where the file ends, as when its beginning is asked for without knowing how long it is
   * @throws {AppError} `map/pack-damaged`, or what the core says
   */
  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    const end = Math.min(offset + length, this.#pack.bytes);
    const starts = Array.from({ length: Math.min(MOST_BYTES / FILE_PIECE_BYTES, Math.max(1, Math.ceil((end - offset) / FILE_PIECE_BYTES))) }, (_, i) => offset + i * FILE_PIECE_BYTES);
    try {
      if (length > MOST_BYTES) throw new AppError('map/pack-damaged', { file: this.#pack.name });
      const pieces = await Promise.all(starts.map(from => this.#read({ key: this.#pack.key, from, count: Math.max(1, Math.min(FILE_PIECE_BYTES, end - from)) })));
      const parts = pieces.map(({ base64 }) => bytesOf(base64));
      const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      parts.reduce((at, part) => { whole.set(part, at); return at + part.length; }, 0);
      return { data: whole.buffer, etag: this.#pack.key };
    } catch (error) {
      this.#onTrouble(error);
      throw error;
    }
  }
}
