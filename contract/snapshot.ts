import { z } from 'zod';
import { decodeColumns } from './columns/decode.ts';
import { encodeColumns } from './columns/encode.ts';
import { AppError } from './errors.ts';
import { Id } from './ids.ts';
import { ROW_KINDS, type Row } from './province.ts';

/** Rows as a chunk holds them: `{ issue: data }`, with the id and the seq beside where `data` itself does not say them. */
const ChunkRow = z.object({ id: Id.optional(), seq: z.number().int().optional() }).catchall(z.record(z.string(), z.unknown()));
const InData = z.object({ id: Id.optional(), version: z.number().int().optional() });

export type SnapshotRow = Pick<Row, 'kind' | 'id' | 'seq' | 'data'>;

/** The bytes of a chunk, before they are compressed. Rows of several kinds may be in one: they share what they name. */
export function snapshotChunkOf(rows: readonly SnapshotRow[]): Uint8Array {
  return encodeColumns(rows.map(({ kind, id, seq, data }) => ({
    ...(data['id'] === id ? {} : { id }), ...(data['version'] === seq ? {} : { seq }), [kind]: data,
  })));
}

/**
 * The rows of a chunk, in the order in which they were put in.
 *
 * @param bytes once decompressed
 * @throws {AppError} `sync/damaged-chunk` when it is no chunk
 */
export function rowsOfSnapshotChunk(bytes: Uint8Array): Row[] {
  return decodeColumns(bytes).map(decoded => {
    const kind = ROW_KINDS.find(name => Object.hasOwn(decoded, name));
    const row = ChunkRow.safeParse(decoded);
    const data = kind === undefined ? undefined : row.data?.[kind];
    const own = InData.safeParse(data);
    const id = row.data?.id ?? own.data?.id;
    const seq = row.data?.seq ?? own.data?.version;
    if (kind === undefined || data === undefined || id === undefined || seq === undefined) throw new AppError('sync/damaged-chunk');
    return { kind, id, seq, deleted: false, data };
  });
}
