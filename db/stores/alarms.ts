import type { Ringing } from '../../contract/alarms.ts';
import type { Id } from '../../contract/ids.ts';
import { CLASSES, SEVERITIES, STATES, type Severity } from '../../contract/issue.ts';
import { SERVICES } from '../../contract/org.ts';
import { allRows, blobToId, nullableBlobToId, type Database } from '../database.ts';
import { wordAt, wordColumn } from './words.ts';

/** More than these nobody would hear one by one. */
const MOST = 500;

/** A record that may ring, and what is shown of it. */
export interface RingingRecord extends Ringing { id: Id; no: string; category: string; areaId: Id | null }

interface Row {
  id: Uint8Array; no: string; class: number | string; service: number | string; site_id: Uint8Array; area_id: Uint8Array | null; severity: number | string; state: number | string; category: string; received_at: number;
  lines: number; station: Id; acknowledged: 0 | 1; hand_to: RingingRecord['service'] | null; hand_at: number | null;
}

const COLUMNS = `id, coalesce(display_no, provisional_no) AS no, ${wordColumn('class')} AS class, ${wordColumn('service')} AS service, site_id, area_id,
  ${wordColumn('severity')} AS severity, ${wordColumn('state')} AS state, category, received_at, lines,
  rest ->> '$.stationId' AS station, rest ->> '$.acknowledged' IS NOT NULL AS acknowledged, rest ->> '$.handOff.to' AS hand_to, rest ->> '$.handOff.atMs' AS hand_at`;

/**
 * Open records that wait for a person: new ones of these levels that nobody has acknowledged, and those that a line offers to another, each received or offered
 * since `sinceMs`; the most urgent 500. Both come from an index that holds only few rows.
 */
export function readRinging(db: Database, severities: readonly Severity[], sinceMs: number): RingingRecord[] {
  const levels = severities.map(one => SEVERITIES.indexOf(one)).join(',');
  const fresh = severities.length === 0 ? [] : allRows<Row>(db, `SELECT ${COLUMNS} FROM issue INDEXED BY ix_waiting
    WHERE is_open = 1 AND issue.state = 0 AND issue.severity IN (${levels}) AND received_at > ? AND rest ->> '$.acknowledged' IS NULL ORDER BY issue.severity, received_at LIMIT ${MOST}`, sinceMs);
  const offered = allRows<Row>(db, `SELECT ${COLUMNS} FROM issue INDEXED BY ix_offered
    WHERE is_open = 1 AND lines <> 0 AND rest ->> '$.handOff.atMs' > ? ORDER BY issue.severity LIMIT ${MOST}`, sinceMs);
  const known = new Set(offered.map(row => blobToId(row.id)));
  return [...offered, ...fresh.filter(row => !known.has(blobToId(row.id)))].map(toRecord);
}

function toRecord(row: Row): RingingRecord {
  return {
    id: blobToId(row.id), no: row.no, class: wordAt(CLASSES, row.class), service: wordAt(SERVICES, row.service), siteId: blobToId(row.site_id), areaId: nullableBlobToId(row.area_id),
    severity: wordAt(SEVERITIES, row.severity), state: wordAt(STATES, row.state), category: row.category, receivedAtMs: row.received_at, stationId: row.station,
    lines: SERVICES.filter((_, bit) => (row.lines & 1 << bit) !== 0), acknowledged: row.acknowledged === 1,
    handOff: row.hand_to === null || row.hand_at === null ? null : { to: row.hand_to, atMs: row.hand_at },
  };
}
