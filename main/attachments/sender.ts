import type { Offered } from '../../contract/province.ts';
import { UPLOADS_PATH } from '../../contract/attachment.ts';
import { AppError } from '../../contract/errors.ts';
import type { KeptBlob } from '../../db/writer-api.ts';
import type { BlobStore } from './blob-store.ts';
import type { BlobPlace, PieceSize, Road } from './road.ts';

const TUS = { 'tus-resumable': '1.0.0' } as const;
const MARK = 'tus-resumable';
const PIECE_TYPE = 'application/offset+octet-stream';

/** One file on its way up, by tus 1.0: where it goes on is asked of the province after whatever went wrong. */
export class Sender {
  readonly #road: Road;
  readonly #store: BlobStore;
  readonly #size: PieceSize;
  readonly #place: BlobPlace;
  readonly #blob: KeptBlob;
  #uploadId = '';
  #offset: number | null = null;

  constructor(parts: { road: Road; store: BlobStore; size: PieceSize }, place: BlobPlace, blob: KeptBlob) {
    this.#road = parts.road;
    this.#store = parts.store;
    this.#size = parts.size;
    this.#place = place;
    this.#blob = blob;
  }

  /** Bytes that the province is known to have. */
  get done(): number {
    return this.#offset ?? 0;
  }

  /** Sends the next piece. @returns whether the province has all of it */
  async step(signal: AbortSignal): Promise<boolean> {
    try {
      if (this.#offset === null && await this.#begin(signal)) return true;
      return await this.#sendPiece(this.#offset ?? 0, signal);
    } catch (error) {
      this.#offset = null;
      this.#size.halve();
      throw error;
    }
  }

  /** @returns whether nothing needs to be sent */
  async #begin(signal: AbortSignal): Promise<boolean> {
    const offered: Offered = await this.#road.offer(this.#place);
    if (offered.stored) return true;
    this.#uploadId = offered.uploadId;
    if (offered.offset === null) await this.#create(signal);
    this.#offset = offered.offset ?? 0;
    return false;
  }

  async #create(signal: AbortSignal): Promise<void> {
    const metadata = `id ${Buffer.from(this.#uploadId).toString('base64')}`;
    const { status } = await this.#road.exchange(UPLOADS_PATH, {
      method: 'POST', headers: { ...TUS, 'upload-length': String(this.#blob.bytes), 'upload-metadata': metadata }, body: null, signal, mark: MARK,
    });
    if (status !== 201) throw new AppError('link/server-error', { status });
  }

  async #sendPiece(from: number, signal: AbortSignal): Promise<boolean> {
    const body = await this.#store.read(this.#blob, { from, count: this.#size.bytes });
    const startedMs = performance.now();
    const { status, headers } = await this.#road.exchange(`${UPLOADS_PATH}/${this.#uploadId}`, {
      method: 'PATCH', headers: { ...TUS, 'upload-offset': String(from), 'content-type': PIECE_TYPE }, body, signal, mark: MARK,
    });
    // Another offset, or an upload that has gone: where it goes on is asked anew.
    if (status !== 204) throw new AppError('link/server-error', { status });
    this.#size.note(body.length, performance.now() - startedMs);
    this.#offset = Number(headers['upload-offset']);
    return this.#offset >= this.#blob.bytes;
  }
}
