import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { snapshotChunkOf } from '../contract/snapshot.ts';
import type { EFFORTS } from './snapshot-store.ts';
import type { StoredRow } from './store.ts';

export interface Chunk { bytes: Buffer; sha256: string; rows: number }

/**
 * Chunks of twice this size come to 8 % less in all, but a station loads one while the next arrives, and the last one alone.
 * A cut costs little either way, since a chunk goes on from any byte.
 */
const TARGET_BYTES = 176 * 1024;
export const MAX_CHUNK_BYTES = 256 * 1024;
/** What these rows shrink to, against their JSON; corrected by each chunk that is made. */
const FIRST_RATIO = 0.035;
const LEAST_RATIO = 0.02;

/**
 * How hard to try. `quick` is for someone who waits: 1 % more bytes in less than half of the time. `dense` is for copies
 * made ahead, one chunk at a time, so that the machine stays free for what is asked now.
 */
export type Effort = (typeof EFFORTS)[number];
const HOW = { dense: { level: 19, atOnce: 1 }, quick: { level: 16, atOnce: 2 } } as const;

/** May be changed between two chunks. */
export interface Pace { effort: Effort }
interface Part { rows: StoredRow[]; jsonBytes: number }
interface Packer { ratio: number; pace: Readonly<Pace> }

const compress = promisify(zstdCompress);

/**
 * The rows as chunks, as they come: no more of them are held than what the chunks under way are made of. Compressed on other
 * threads: a snapshot is made once and fetched over slow links many times.
 *
 * @param pages rows in the order in which they are to be loaded, like beside like: by id, so by time
 */
export async function* packChunks(pages: AsyncIterable<StoredRow[]> | Iterable<StoredRow[]>, pace: Readonly<Pace>): AsyncGenerator<Chunk> {
  const packer: Packer = { ratio: FIRST_RATIO, pace };
  const underWay: Promise<Chunk[]>[] = [];
  for await (const part of partsOf(pages, packer)) {
    const packed = packPart(part, packer);
    packed.catch(() => undefined);            // told in its turn
    underWay.push(packed);
    while (underWay.length >= HOW[pace.effort].atOnce) yield* await underWay.shift() ?? [];
  }
  for (const packed of underWay) yield* await packed;
}

async function* partsOf(pages: AsyncIterable<StoredRow[]> | Iterable<StoredRow[]>, packer: Packer): AsyncGenerator<Part> {
  let part: Part = { rows: [], jsonBytes: 0 };
  for await (const page of pages) {
    for (const row of page) {
      part.rows.push(row);
      part.jsonBytes += jsonBytes(row);
      if (part.jsonBytes < TARGET_BYTES / packer.ratio) continue;
      yield part;
      part = { rows: [], jsonBytes: 0 };
    }
  }
  if (part.rows.length > 0) yield part;
}

function jsonBytes(row: StoredRow): number { return Buffer.byteLength(JSON.stringify(row.data)); }

async function packPart({ rows, jsonBytes: whole }: Part, packer: Packer): Promise<Chunk[]> {
  await setImmediate();                     // requests get their turn between two parts
  const bytes = await compress(snapshotChunkOf(rows), { params: { [constants.ZSTD_c_compressionLevel]: HOW[packer.pace.effort].level } });
  packer.ratio = Math.max(LEAST_RATIO, bytes.length / whole);
  if (bytes.length <= MAX_CHUNK_BYTES || rows.length === 1) return [{ bytes, sha256: createHash('sha256').update(bytes).digest('hex'), rows: rows.length }];
  const middle = rows.length >> 1;
  return [...await packPart(partOf(rows.slice(0, middle)), packer), ...await packPart(partOf(rows.slice(middle)), packer)];
}

function partOf(rows: StoredRow[]): Part {
  return { rows, jsonBytes: rows.reduce((sum, row) => sum + jsonBytes(row), 0) };
}
