import type { Id } from '../../contract/ids.ts';
import { digits } from '../../contract/text.ts';
import { allRows, blobToId, idToBlob, nullableBlobToId, type Database } from '../database.ts';
import { sealOf } from '../seal.ts';

/** Where and when a record is: what an index alone says of it. */
export interface Spot { rid: number; receivedAtMs: number; lat: number | null; lon: number | null }

/** A record as far as its likeness to another is judged by; codes are numbers as columns keep them. */
export interface Candidate {
  rid: number; id: Id; class: number; service: number; siteId: Id; lines: number; category: string; areaId: Id | null; lat: number | null; lon: number | null;
  /** `phoneSign` of it. */
  phone: string; description: string; place: string; receivedAtMs: number; isOpen: boolean; caseId: Id | null;
}
interface Row {
  rid: number; id: Uint8Array; class: number; service: number; site_id: Uint8Array; lines: number; category: string; area_id: Uint8Array | null; lat: number | null; lon: number | null;
  phone: string; description: string; place_text: string; received_at: number; is_open: number; case_id: Uint8Array | null;
}

const COLUMNS = 'rid, id, class, service, site_id, lines, category, area_id, lat, lon, phone, substr(description, 1, 1000) AS description, place_text, received_at, is_open, case_id';
const SPOT = 'rid, received_at AS receivedAtMs, lat, lon';
const REVERSED_PHONE = Array.from({ length: 10 }, (_, i) => `substr(phone,-${i + 1},1)`).join('||');
/** A telephone with more records than this is a switchboard's, or stands for none. */
const MANY_OF_A_PHONE = 500;

/** A telephone as `Candidate` has it: equal endings are equal, and no digit is to be read. */
export function phoneSign(db: Database, phone: string): string {
  return sealOf(db).phone(digits(phone));
}

/** Every record of these communes received in a span of time, from the index alone: a microsecond each. */
export function spotsOfAreas(db: Database, areaIds: readonly Id[], fromMs: number, toMs: number): Spot[] {
  return areaIds.flatMap(id => allRows<Spot>(db, `SELECT ${SPOT} FROM issue INDEXED BY ix_area_geo WHERE area_id = ? AND received_at BETWEEN ? AND ?`, idToBlob(id), fromMs, toMs));
}

/** Records without a commune that lie in a box, received in a span of time, from the index alone. */
export function placelessSpots(db: Database, box: { south: number; north: number; west: number; east: number }, fromMs: number, toMs: number): Spot[] {
  return allRows<Spot>(db, `SELECT ${SPOT} FROM issue INDEXED BY ix_area_geo WHERE area_id IS NULL AND received_at BETWEEN ? AND ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?`,
    fromMs, toMs, box.south, box.north, box.west, box.east);
}

/**
 * Records that came from one telephone: `inSpan` those received in the span of time, `everRids` those of any time, null where they
 * are too many to name. Shorter numbers than six digits are nobody's. Two indexes are laid over each other; the records
 * themselves are read only for a telephone with very many, and then no more than the span holds.
 */
export function spotsOfPhone(db: Database, phone: string, fromMs: number, toMs: number): { inSpan: Spot[]; everRids: readonly number[] | null } {
  const end = phoneSign(db, phone);
  if (end.length < 6) return { inSpan: [], everRids: [] };
  // Nine: what comes before them is 0 or the code of the country.
  const reversed = [...end.slice(-9)].reverse().join('');
  const range = [reversed, `${reversed}:`] as const;
  const rids = allRows<{ rid: number }>(db, `SELECT rid FROM issue INDEXED BY ix_phone_rev WHERE ${REVERSED_PHONE} >= ? AND ${REVERSED_PHONE} < ? LIMIT ${MANY_OF_A_PHONE + 1}`, ...range).map(row => row.rid);
  if (rids.length > MANY_OF_A_PHONE) {
    const inSpan = allRows<Spot>(db, `SELECT ${SPOT} FROM issue INDEXED BY ix_cover WHERE received_at BETWEEN ? AND ? AND ${REVERSED_PHONE} >= ? AND ${REVERSED_PHONE} < ?`, fromMs, toMs, ...range);
    return { inSpan, everRids: null };
  }
  const inSpan = rids.length === 0 ? [] : allRows<Spot>(db, `SELECT ${SPOT} FROM issue WHERE rid IN (SELECT rid FROM issue INDEXED BY ix_cover WHERE received_at BETWEEN ? AND ? AND rid IN (SELECT value FROM json_each(?)))`, fromMs, toMs, JSON.stringify(rids));
  return { inSpan, everRids: rids };
}

/**
 * For each word the records between two row numbers whose folded text holds it, the newest first and no more than `limit`.
 *
 * @param words folded, letters and digits of ASCII only: the index would take others apart
 */
export function* ridsByWord(db: Database, words: Iterable<string>, { fromRid, toRid, limit }: { fromRid: number; toRid: number; limit: number }): Generator<number[]> {
  // Whole numbers come to SQLite as floating ones, and of those the full-text index takes no notice: it would go through the word's whole list.
  const postings = db.prepare<unknown[], number>('SELECT rowid FROM fo WHERE fo MATCH ? AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER) ORDER BY rowid DESC LIMIT ?').pluck();
  for (const word of words) yield postings.all(`"${word}"`, fromRid, toRid, limit);
}

/** The records with these row numbers, in no order. */
export function readCandidates(db: Database, rids: readonly number[]): Candidate[] {
  return allRows<Row>(db, `SELECT ${COLUMNS} FROM issue WHERE rid IN (SELECT value FROM json_each(?))`, JSON.stringify(rids)).map(row => ({
    rid: row.rid, id: blobToId(row.id), class: row.class, service: row.service, siteId: blobToId(row.site_id), lines: row.lines, category: row.category, areaId: nullableBlobToId(row.area_id), lat: row.lat, lon: row.lon,
    phone: row.phone, description: row.description, place: row.place_text, receivedAtMs: row.received_at, isOpen: row.is_open === 1, caseId: nullableBlobToId(row.case_id),
  }));
}
