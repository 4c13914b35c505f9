import { attachmentPath } from '../../contract/attachment.ts';
import { AppError } from '../../contract/errors.ts';
import type { BlobWriter, Written } from './blob-file.ts';
import type { BlobStore } from './blob-store.ts';
import type { BlobPlace, PieceSize, Road } from './road.ts';

/** One file on its way down, in ranges. What has come lies encrypted on the disk, and a new process goes on from there. */
export class Fetcher {
  readonly place: BlobPlace;
  readonly bytes: number;
  readonly isThumb: boolean;
  readonly #road: Road;
  readonly #store: BlobStore;
  readonly #size: PieceSize;
  #file: BlobWriter | null = null;
  #running: Promise<unknown> = Promise.resolve();
  #isGivenUp = false;

  constructor(parts: { road: Road; store: BlobStore; size: PieceSize }, wanted: BlobPlace & { bytes: number; isThumb: boolean }) {
    this.#road = parts.road;
    this.#store = parts.store;
    this.#size = parts.size;
    this.place = { issueId: wanted.issueId, sha256: wanted.sha256 };
    this.bytes = wanted.bytes;
    this.isThumb = wanted.isThumb;
  }

  get done(): number {
    return this.#file?.bytes ?? 0;
  }

  /**
   * Fetches the next piece. @returns what lies on the disk once all of it is here, or null
   *
   * @throws {AppError} 'attachment/damaged' when what came is not what the record names; it is thrown away
   */
  async step(signal: AbortSignal): Promise<Written | null> {
    const step = this.#step(signal);
    this.#running = step.catch(() => undefined);
    return step;
  }

  async #step(signal: AbortSignal): Promise<Written | null> {
    const file = this.#file ??= await this.#store.resume(this.#name);
    if (file.bytes < this.bytes) await this.#fetchPiece(file, signal);
    return file.bytes < this.bytes ? null : this.#finish(file);
  }

  get isGivenUp(): boolean {
    return this.#isGivenUp;
  }

  /** After the piece that is under way; what has come lies there for whoever goes on. */
  async close(): Promise<void> {
    this.#isGivenUp = true;
    await this.#running;
    await this.#file?.close();
    this.#file = null;
  }

  get #name(): string {
    return `get-${this.place.sha256}`;
  }

  async #fetchPiece(file: BlobWriter, signal: AbortSignal): Promise<void> {
    const from = file.bytes;
    const to = Math.min(from + this.#size.bytes, this.bytes) - 1;
    const came: Uint8Array[] = [];
    const room = { left: to - from + 1 };
    const startedMs = performance.now();
    try {
      await this.#road.fetch(attachmentPath(this.place.issueId, this.place.sha256), {
        fromByte: from, toByte: to, signal,
        onBytes: bytes => {
          room.left -= bytes.length;
          if (room.left < 0) throw new AppError('link/foreign-answer', { reason: 'too-large' });
          came.push(bytes);
        },
      });
      this.#size.note(to - from + 1, performance.now() - startedMs);
    } catch (error) {
      this.#size.halve();
      throw error;
    } finally {
      if (room.left >= 0) for (const bytes of came) await file.append(bytes);
    }
    if (room.left > 0) throw new AppError('link/unreachable', { reason: 'CUT_SHORT' });
  }

  async #finish(file: BlobWriter): Promise<Written> {
    this.#file = null;
    const written = await file.finish();
    if (written.sha256 !== this.place.sha256 || written.bytes !== this.bytes) {
      await this.#store.discard(this.#name);
      throw new AppError('attachment/damaged');
    }
    await this.#store.adopt(this.#name, written);
    return written;
  }
}
