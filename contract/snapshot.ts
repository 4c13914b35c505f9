import { decodeColumns } from './columns/decode.ts';
import { encodeColumns } from './columns/encode.ts';
import { AppError } from './errors.ts';
import { Id } from './ids.ts';
import { KIND_FORM, ROW_KINDS, type Row } from './province.ts';

export type SnapshotRow = Pick<Row, 'kind' | 'id' | 'seq' | 'data'>;

/**
 * The bytes of a chunk, before they are compressed. Rows of several kinds may be in one: they share what they name.
 * A row is `{ issue: data }`, with its id and its seq beside where `data` itself does not say them.
 */
export function snapshotChunkOf(rows: readonly SnapshotRow[]): Uint8Array {
  return encodeColumns(rows.map(({ kind, id, seq, data }) => ({
    ...(data['id'] === id ? {} : { id }), ...(data['version'] === seq ? {} : { seq }), [kind]: data,
  })));
}

/**
 * The rows of a chunk, one at a time, in the order in which they were put in; of a kind of a later version as well.
 *
 * @param bytes once decompressed
 * @throws {AppError} `sync/damaged-chunk`, at any row, when it is no chunk
 */
export function* rowsOfSnapshotChunk(bytes: Uint8Array): Generator<Row, void, undefined> {
  for (const row of decodeColumns(bytes)) {
    const kind = ROW_KINDS.find(name => Object.hasOwn(row, name)) ?? Object.keys(row).find(name => KIND_FORM.test(name) && isRecord(row[name]));
    const data = kind === undefined ? undefined : row[kind];
    if (kind === undefined || !isRecord(data)) throw new AppError('sync/damaged-chunk');
    const id = Id.safeParse(row['id'] ?? data['id']);
    const seq = row['seq'] ?? data['version'];
    if (!id.success || typeof seq !== 'number' || !Number.isSafeInteger(seq)) throw new AppError('sync/damaged-chunk');
    yield { kind, id: id.data, seq, deleted: false, data };
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
