import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { MAX_STICK_BYTES, tooLarge } from '../../contract/stick-file.ts';

interface Coming { id: Id; pieces: Buffer[]; bytes: number; expected: number }

/** A file on its way in from the page, piece by piece: one at a time, in memory, never larger than a file may be. */
export class Upload {
  #now: Coming | null = null;

  /** Begins with a piece that names no id; a file that was begun before is forgotten. @throws {AppError} `stick/too-large` */
  add(piece: { id: Id | null; base64: string; bytes: number }, nowMs: number): { id: Id; bytes: number } {
    if (piece.bytes > MAX_STICK_BYTES) throw tooLarge();
    if (piece.id === null) this.#now = { id: newId(nowMs), pieces: [], bytes: 0, expected: piece.bytes };
    const now = this.#of(piece.id ?? this.#now?.id ?? null);
    const bytes = Buffer.from(piece.base64, 'base64');
    now.bytes += bytes.length;
    if (now.bytes > now.expected) throw tooLarge();
    now.pieces.push(bytes);
    return { id: now.id, bytes: now.bytes };
  }

  /** The whole file, which is forgotten here. @throws {AppError} `stick/not-found`, `stick/damaged` when pieces are missing */
  take(id: Id): Uint8Array {
    const now = this.#of(id);
    this.#now = null;
    if (now.bytes !== now.expected) throw new AppError('stick/damaged');
    return Buffer.concat(now.pieces);
  }

  #of(id: Id | null): Coming {
    if (this.#now === null || this.#now.id !== id) throw new AppError('stick/not-found');
    return this.#now;
  }
}
