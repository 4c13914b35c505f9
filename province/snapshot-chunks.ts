import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { ROW_KINDS, type RowKind, type SnapshotChunk } from '../contract/province.ts';
import type { StoredRow } from './store.ts';

export interface Chunk { bytes: Buffer; sha256: string; rows: number }

/**
 * Large enough for like to find like: chunks of a third of this size come to 15 % more in all. A cut costs little either
 * way, since a chunk goes on from any byte.
 */
const TARGET_BYTES = 176 * 1024;
export const MAX_CHUNK_BYTES = 256 * 1024;
/** What these rows shrink to; corrected by each chunk that is made. */
const FIRST_RATIO = 0.08;

/**
 * How hard to try. `quick` is for someone who waits: some 5 % more bytes in a third of the time while the copy is small,
 * 20 % more in a fiftieth when it is large. `dense` is for copies made ahead, one chunk at a time, so that the machine
 * stays free for what is asked now.
 */
export type Effort = 'quick' | 'dense';
const LEVELS = { dense: 19, quickSmall: 16, quickLarge: 9 } as const;
const SMALL_ROWS = 3_000;
const QUICK_AT_ONCE = 2;

interface Packer { ratio: number; level: number; atOnce: number }

const compress = promisify(zstdCompress);

/** Rows of one kind, column by column. A field that a row does not have is null there. */
export function columnar(kind: RowKind, rows: readonly StoredRow[]): SnapshotChunk {
  const fields = [...new Set(rows.flatMap(row => Object.keys(row.data)))];
  return {
    kind, ids: rows.map(row => row.id), seqs: rows.map(row => row.seq),
    columns: Object.fromEntries(fields.map(field => [field, rows.map(row => row.data[field] ?? null)])),
  };
}

/**
 * The rows as chunks, compressed on other threads: a snapshot is made once and fetched over slow links
 * many times.
 *
 * @param rows in the order in which they are to be loaded
 */
export async function packChunks(rows: readonly StoredRow[], effort: Effort): Promise<Chunk[]> {
  const packer: Packer = effort === 'dense' ? { ratio: FIRST_RATIO, level: LEVELS.dense, atOnce: 1 }
    : { ratio: FIRST_RATIO, level: rows.length <= SMALL_ROWS ? LEVELS.quickSmall : LEVELS.quickLarge, atOnce: QUICK_AT_ONCE };
  const chunks: Chunk[] = [];
  for (const kind of ROW_KINDS) {
    const ofKind = rows.filter(row => row.kind === kind);
    for (let from = 0; from < ofKind.length;) {
      const parts = Array.from({ length: packer.atOnce }, () => {
        const part = nextPart(ofKind, from, TARGET_BYTES / packer.ratio);
        from += part.length;
        return part;
      }).filter(part => part.length > 0);
      const packed = await Promise.all(parts.map(part => packPart(kind, part, packer)));
      chunks.push(...packed.flat());
    }
  }
  return chunks;
}

function nextPart(rows: readonly StoredRow[], from: number, wantedBytes: number): StoredRow[] {
  let bytes = 0;
  let to = from;
  for (; to < rows.length && bytes < wantedBytes; to += 1) bytes += Buffer.byteLength(JSON.stringify(rows[to]?.data));
  return rows.slice(from, to);
}

async function packPart(kind: RowKind, rows: readonly StoredRow[], packer: Packer): Promise<Chunk[]> {
  const plain = Buffer.from(JSON.stringify(columnar(kind, rows)));
  const bytes = await compress(plain, { params: { [constants.ZSTD_c_compressionLevel]: packer.level } });
  packer.ratio = Math.max(0.02, bytes.length / plain.length);
  if (bytes.length <= MAX_CHUNK_BYTES || rows.length === 1) return [{ bytes, sha256: createHash('sha256').update(bytes).digest('hex'), rows: rows.length }];
  const middle = rows.length >> 1;
  return [...await packPart(kind, rows.slice(0, middle), packer), ...await packPart(kind, rows.slice(middle), packer)];
}
