import { AppError } from '../../../../contract/errors.ts';
import { DEFAULT_PACK } from '../../../../contract/policy/default-pack.ts';
import { mapRecord, type MapContext } from '../../../../main/issues/import/map.ts';
import { readRecords } from '../../../../main/issues/import/read-records.ts';
import type { BrokenRecord, SourceRecord } from '../../../../main/issues/import/records.ts';
import { AREA } from '../desk.ts';
import { SITES, T0 } from '../support.ts';

export const context: MapContext = { siteId: SITES[0], nowMs: T0, categories: DEFAULT_PACK.categories, areasNamed: words => (words === 'Tân Bình' ? [{ id: AREA.id, label: 'Phường Tân Bình' }] : []) };

/** The bytes in pieces of a size, as a file or a browser gives them. */
export async function* inPieces(content: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export interface ReadFile { records: SourceRecord[]; broken: BrokenRecord[]; error: AppError | null; format: string | null }

/** Everything that a file holds; trouble of the whole file as `error`. */
export async function readAll(content: string | Uint8Array, size?: number): Promise<ReadFile> {
  const all: ReadFile = { records: [], broken: [], error: null, format: null };
  try {
    for await (const piece of readRecords(inPieces(content, size))) {
      all.records.push(...piece.records);
      all.broken.push(...piece.broken);
      all.format = piece.format;
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    all.error = error;
  }
  return all;
}

export function map(fields: Record<string, string>) {
  const item = mapRecord({ line: 1, fields, warnings: [] }, context);
  return { ...item, payload: item.payload as ReturnType<typeof Object.assign> as MappedPayload };
}
type MappedPayload = import('../../../../contract/mutations/payloads.ts').PayloadOf<'issue.receive'>;
