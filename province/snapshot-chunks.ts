import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { ROW_KINDS } from '../contract/province.ts';
import { isKnown } from '../contract/words.ts';
import { snapshotChunkOf } from '../contract/snapshot.ts';
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
export type Effort = 'quick' | 'dense';
const LEVELS = { dense: 19, quick: 16 } as const;
const QUICK_AT_ONCE = 2;

interface Packer { ratio: number; level: number; atOnce: number }

const compress = promisify(zstdCompress);

/**
 * The rows as chunks, compressed on other threads: a snapshot is made once and fetched over slow links
 * many times. References come before what refers to them; kinds of a later version, which has been here before us, at the end.
 *
 * @param rows like beside like within a kind: by id, so by time
 */
export async function packChunks(rows: readonly StoredRow[], effort: Effort): Promise<Chunk[]> {
  const packer: Packer = { ratio: FIRST_RATIO, level: LEVELS[effort], atOnce: effort === 'dense' ? 1 : QUICK_AT_ONCE };
  const ordered = [...ROW_KINDS.flatMap(kind => rows.filter(row => row.kind === kind)), ...rows.filter(row => !isKnown(ROW_KINDS, row.kind))];
  const chunks: Chunk[] = [];
  for (let from = 0; from < ordered.length;) {
    const parts = Array.from({ length: packer.atOnce }, () => {
      const part = nextPart(ordered, from, TARGET_BYTES / packer.ratio);
      from += part.length;
      return part;
    }).filter(part => part.length > 0);
    const packed = await Promise.all(parts.map(part => packPart(part, packer)));
    chunks.push(...packed.flat());
  }
  return chunks;
}

function nextPart(rows: readonly StoredRow[], from: number, wantedBytes: number): StoredRow[] {
  let bytes = 0;
  let to = from;
  for (; to < rows.length && bytes < wantedBytes; to += 1) bytes += jsonBytes(rows[to]);
  return rows.slice(from, to);
}

function jsonBytes(row: StoredRow | undefined): number { return Buffer.byteLength(JSON.stringify(row?.data)); }

async function packPart(rows: readonly StoredRow[], packer: Packer): Promise<Chunk[]> {
  await setImmediate();                     // requests get their turn between two parts
  const bytes = await compress(snapshotChunkOf(rows), { params: { [constants.ZSTD_c_compressionLevel]: packer.level } });
  packer.ratio = Math.max(LEAST_RATIO, bytes.length / rows.reduce((sum, row) => sum + jsonBytes(row), 0));
  if (bytes.length <= MAX_CHUNK_BYTES || rows.length === 1) return [{ bytes, sha256: createHash('sha256').update(bytes).digest('hex'), rows: rows.length }];
  const middle = rows.length >> 1;
  return [...await packPart(rows.slice(0, middle), packer), ...await packPart(rows.slice(middle), packer)];
}
