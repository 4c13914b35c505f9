import type { Id } from '../../contract/ids.ts';
import { digits } from '../../contract/text.ts';
import { allRows, blobToId, idToBlob, nullableBlobToId, type Database } from '../database.ts';

/** A record as far as its likeness to another is judged by; codes are numbers as columns keep them. */
export interface Candidate {
  rid: number; id: Id; class: number; service: number; siteId: Id; lines: number; category: string; areaId: Id | null; lat: number | null; lon: number | null;
  phone: string; description: string; place: string; receivedAtMs: number; isOpen: boolean; caseId: Id | null;
}
interface Row {
  rid: number; id: Uint8Array; class: number; service: number; site_id: Uint8Array; lines: number; category: string; area_id: Uint8Array | null; lat: number | null; lon: number | null;
  phone: string; description: string; place_text: string; received_at: number; is_open: number; case_id: Uint8Array | null;
}

const COLUMNS = 'rid, id, class, service, site_id, lines, category, area_id, lat, lon, phone, substr(description, 1, 1000) AS description, place_text, received_at, is_open, case_id';
/** More of one place in one span than anybody looks through: the newest are taken. */
const MOST = 400;
const REVERSED_PHONE = Array.from({ length: 10 }, (_, i) => `substr(phone,-${i + 1},1)`).join('||');

function candidate(row: Row): Candidate {
  return {
    rid: row.rid, id: blobToId(row.id), class: row.class, service: row.service, siteId: blobToId(row.site_id), lines: row.lines, category: row.category, areaId: nullableBlobToId(row.area_id), lat: row.lat, lon: row.lon,
    phone: row.phone, description: row.description, place: row.place_text, receivedAtMs: row.received_at, isOpen: row.is_open === 1, caseId: nullableBlobToId(row.case_id),
  };
}

/** The newest records of these communes received in a span of time. */
export function nearbyCandidates(db: Database, areaIds: readonly Id[], fromMs: number, toMs: number): Candidate[] {
  return areaIds.flatMap(id => allRows<Row>(db, `SELECT ${COLUMNS} FROM issue INDEXED BY ix_area_geo WHERE area_id = ? AND received_at BETWEEN ? AND ? ORDER BY received_at DESC LIMIT ${MOST}`, idToBlob(id), fromMs, toMs).map(candidate));
}

/** Records without a commune that lie in a box, received in a span of time. */
export function placelessCandidates(db: Database, box: { south: number; north: number; west: number; east: number }, fromMs: number, toMs: number): Candidate[] {
  return allRows<Row>(db, `SELECT ${COLUMNS} FROM issue INDEXED BY ix_area_geo WHERE area_id IS NULL AND received_at BETWEEN ? AND ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? ORDER BY received_at DESC LIMIT ${MOST}`,
    fromMs, toMs, box.south, box.north, box.west, box.east).map(candidate);
}

/** Records that came from the same telephone in a span of time; shorter numbers than six digits are nobody's. */
export function samePhoneCandidates(db: Database, phone: string, fromMs: number, toMs: number): Candidate[] {
  const end = digits(phone);
  if (end.length < 6) return [];
  // Nine: what comes before them is 0 or the code of the country.
  const reversed = [...end.slice(-9)].reverse().join('');
  return allRows<Row>(db, `SELECT ${COLUMNS} FROM issue INDEXED BY ix_phone_rev WHERE ${REVERSED_PHONE} >= ? AND ${REVERSED_PHONE} < ? AND received_at BETWEEN ? AND ? ORDER BY received_at DESC LIMIT ${MOST}`,
    reversed, `${reversed}:`, fromMs, toMs).map(candidate);
}
