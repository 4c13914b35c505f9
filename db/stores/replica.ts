import { createHash } from 'node:crypto';
import { PLACED_KINDS } from '../../contract/documents/apply.ts';
import { BUCKETS, bucketOf, ORGANISATION } from '../../contract/digest.ts';
import type { Id } from '../../contract/ids.ts';
import { isKnown } from '../../contract/words.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';
import { documentsHere } from './documents.ts';
import { readParkedHeld } from './sync.ts';

/** A row of the province as far as comparing goes. */
export interface Held { kind: string; id: Id; version: number }
/** Of each bucket of a place how many rows are here, and their digest (contract/digest.ts); sums wrap around by themselves. */
export interface PlaceSums { rows: Uint32Array; digests: BigUint64Array }

const SLICE_ROWS = 2_000;
const NOTHING = new Uint8Array();

export function rowDigest(id: Id, version: number): bigint {
  return createHash('md5').update(`${id}:${version}`).digest().readBigUInt64BE(0);
}

/** Rows of the province that this program does not understand, by where they are counted: a kind that it does not know counts as organisation. */
function parkedIn(db: Database): Map<Id, { row: Held; place: string }> {
  return new Map(readParkedHeld(db).map(({ siteId, ...row }) => [row.id, { row, place: isKnown(PLACED_KINDS, row.kind) ? String(siteId) : ORGANISATION }]));
}

/**
 * Sums what is here of the province, place by place, in slices: between two of them others may read. What someone writes
 * meanwhile is not seen whole; the caller looks whether anyone has.
 */
export function* sumsByPlace(db: Database): Generator<void, Map<string, PlaceSums>> {
  const places = new Map<string, PlaceSums>();
  const parked = parkedIn(db);
  const add = (place: string, { id, version }: Pick<Held, 'id' | 'version'>): void => {
    let sums = places.get(place);
    if (sums === undefined) places.set(place, sums = { rows: new Uint32Array(BUCKETS), digests: new BigUint64Array(BUCKETS) });
    const bucket = bucketOf(id);
    sums.rows[bucket] = (sums.rows[bucket] ?? 0) + 1;
    sums.digests[bucket] = (sums.digests[bucket] ?? 0n) + rowDigest(id, version);
  };
  for (const { row, place } of parked.values()) add(place, row);
  for (const row of organisationHere(db)) if (!parked.has(row.id)) add(ORGANISATION, row);
  for (const row of documentsHere(db, null)) if (!parked.has(row.id)) add(row.siteId, row);
  let [site, id]: [Uint8Array, Uint8Array] = [NOTHING, NOTHING];
  for (;;) {
    const slice = allRows<{ site_id: Uint8Array; id: Uint8Array; version: number }>(db,
      'SELECT site_id, id, version FROM issue WHERE (site_id, id) > (?, ?) ORDER BY site_id, id LIMIT ?', site, id, SLICE_ROWS);
    for (const row of slice) {
      const held = { id: blobToId(row.id), version: row.version };
      if (row.version > 0 && !parked.has(held.id)) add(blobToId(row.site_id), held);
    }
    const last = slice.at(-1);
    if (last === undefined || slice.length < SLICE_ROWS) return places;
    [site, id] = [last.site_id, last.id];
    yield;
  }
}

function organisationHere(db: Database): Held[] {
  return allRows<{ kind: string; id: Uint8Array; version: number }>(db, 'SELECT kind, id, version FROM org_row').map(row => ({ kind: row.kind, id: blobToId(row.id), version: row.version }));
}

/** The province's rows here that are in these buckets of a place. */
export function heldIn(db: Database, place: string, buckets: ReadonlySet<number>): Held[] {
  const parked = parkedIn(db);
  const rows: Held[] = place === ORGANISATION ? organisationHere(db) : [...documentsHere(db, place), ...allRows<{ id: Uint8Array; version: number }>(db, 'SELECT id, version FROM issue WHERE site_id = ? AND version > 0', idToBlob(place)).map(row => ({ kind: 'issue', id: blobToId(row.id), version: row.version }))];
  return [...rows.filter(row => !parked.has(row.id)), ...[...parked.values()].filter(one => one.place === place).map(one => one.row)].filter(row => buckets.has(bucketOf(row.id)));
}

/** Whether changes made here wait on the record. */
export function hasWaiting(db: Database, id: Id): boolean {
  const blob = idToBlob(id);
  return getRow(db, 'SELECT 1 FROM outbox WHERE issue_id = ? UNION ALL SELECT 1 FROM base_row WHERE issue_id = ? LIMIT 1', blob, blob) !== undefined;
}

/** The province does not have it any more: it goes once nothing waits on it. */
export function markOneGone(work: Work, id: Id): void {
  run(work.db, 'UPDATE base_row SET gone = 1 WHERE issue_id = ? AND refused = 0 AND data IS NOT NULL', idToBlob(id));
}

export interface Repair { place: string; buckets: readonly number[]; added: number; changed: number; removed: number }

export function logRepair(work: Work, { place, buckets, added, changed, removed }: Repair, atMs: number): void {
  run(work.db, 'INSERT INTO repair_log(at_ms, place, buckets, added, changed, removed) VALUES (?,?,?,?,?,?)', atMs, place, buckets.join(' '), added, changed, removed);
  work.touch('sync');
}

/** How many rows were ever found to differ from the province's and were mended. */
export function readRepairedRows(db: Database): number {
  return getRow<{ rows: number | null }>(db, 'SELECT sum(added + changed + removed) AS rows FROM repair_log')?.rows ?? 0;
}
