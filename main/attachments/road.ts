import type { IncomingHttpHeaders } from 'node:http';
import type { Id } from '../../contract/ids.ts';
import type { Offered } from '../../contract/province.ts';

/** Which bytes of which record are meant. */
export interface BlobPlace { issueId: Id; sha256: string }

/** The way to the province, as files use it: behind everything else. */
export interface Road {
  /** Whether nothing more urgent is to go; asked anew before every piece. */
  isFree(): boolean;
  offer(place: BlobPlace): Promise<Offered>;
  exchange(path: string, request: { method: string; headers: Record<string, string>; body: Buffer | null; signal: AbortSignal; mark: string }): Promise<{ status: number; headers: IncomingHttpHeaders }>;
  /** Bytes of a file, both ends included, as they come. */
  fetch(path: string, range: { fromByte: number; toByte: number; signal: AbortSignal; onBytes: (bytes: Uint8Array) => void }): Promise<void>;
}

const MIN_PIECE_BYTES = 16 * 1024;
const MAX_PIECE_BYTES = 256 * 1024;
const FIRST_PIECE_BYTES = 64 * 1024;
const AIM_MS = 1_500;

/**
 * How much goes at once: about a second and a half at the measured speed, so that a record that is written meanwhile does not
 * wait for longer, and a cut costs little.
 */
export class PieceSize {
  #bytes = FIRST_PIECE_BYTES;

  get bytes(): number {
    return this.#bytes;
  }

  /** A piece went through. */
  note(bytes: number, elapsedMs: number): void {
    if (bytes < this.#bytes) return;              // the end of a file says nothing of the line
    const fits = bytes / Math.max(elapsedMs, 1) * AIM_MS;
    this.#bytes = Math.round(Math.min(MAX_PIECE_BYTES, this.#bytes * 2, Math.max(MIN_PIECE_BYTES, fits)));
  }

  /** A piece was lost. */
  halve(): void {
    this.#bytes = Math.max(MIN_PIECE_BYTES, Math.floor(this.#bytes / 2));
  }
}
