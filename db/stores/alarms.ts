import type { Ringing } from '../../contract/alarms.ts';
import type { Id } from '../../contract/ids.ts';
import { CLASSES, isOpen, SEVERITIES, STATES, type AskedLine, type Severity } from '../../contract/issue.ts';
import { SERVICES } from '../../contract/org.ts';
import { allRows, blobToId, nullableBlobToId, type Database } from '../database.ts';
import { NEWER, wordAt, wordColumn } from './words.ts';

/** More than these nobody would hear one by one: the newest of the most urgent ones come first. */
const MOST = 500;
/** A form may have been open for so long before its record was saved. */
const LONG_FORM_MS = 7 * 86_400_000;

/** A record that may ring, and what is shown of it. */
export interface RingingRecord extends Ringing { id: Id; no: string; category: string; areaId: Id | null }

interface Row {
  id: Uint8Array; no: string; class: number | string; service: number | string; site_id: Uint8Array; area_id: Uint8Array | null; severity: number | string; state: number | string;
  category: string; since: number; lines: number; station: Id; acknowledged: 0 | 1; imported: 0 | 1; hand_to: RingingRecord['service'] | null; hand_at: number | null; hand_by: Id | null; asked: string | null;
}

/** SQL for the last moment that a list of a record's tells of. */
const latest = (list: string, where: string): string => `(SELECT max(entry.value ->> '$.atMs') FROM json_each(${list}) AS entry${where})`;
/** Since when it waits: what the history says last of its level, which its receipt also does. */
const SINCE = `max(received_at, coalesce(${latest(`issue.rest, '$.history'`, ` WHERE entry.value ->> '$.severity' IS NOT NULL`)}, 0))`;
const COLUMNS = `id, coalesce(display_no, provisional_no) AS no, ${wordColumn('class')} AS class, ${wordColumn('service')} AS service, site_id, area_id,
  ${wordColumn('severity')} AS severity, ${wordColumn('state')} AS state, category, ${SINCE} AS since, lines,
  rest ->> '$.stationId' AS station, rest ->> '$.acknowledged' IS NOT NULL AS acknowledged, rest ->> '$.channel' = 'import' AS imported, rest ->> '$.handOff.to' AS hand_to, rest ->> '$.handOff.atMs' AS hand_at, rest ->> '$.handOff.byId' AS hand_by, rest -> '$.asked' AS asked`;
/** What rings without end, and what came lately: what no longer rings takes no place of what does. */
const UNTAKEN = `issue.state = 0 AND rest ->> '$.acknowledged' IS NULL AND (received_at > ? OR issue.severity IN (${[SEVERITIES.indexOf('P1'), SEVERITIES.indexOf('P2'), NEWER].join(',')}) AND rest ->> '$.channel' <> 'import')`;
const FIRST = `ORDER BY issue.severity, received_at DESC LIMIT ${MOST}`;
/** The record that stands for a part was done with before the part was joined to it, or nobody can say: the part was joined with it by another's edge. */
const DONE_BEFORE = `root.state = ${STATES.indexOf('resolved')} AND coalesce(${latest(`root.rest, '$.history'`, ` WHERE entry.value ->> '$.to' = 'resolved'`)} < ${latest(`issue.rest, '$.merges'`, '')}, 1)`;
/** Nobody acts on a part: while its case is worked as something less urgent, or was done with before. One that is closed has been looked at with it (`answeredBy`). */
const UNANSWERED = `EXISTS (SELECT 1 FROM issue AS root WHERE root.id = issue.case_id AND root.is_open = 1 AND (root.severity > issue.severity OR ${DONE_BEFORE}))`;

/** Of an offer or a call: the record has not ended. Made before it was joined to another by somebody apart, it stands on a part, and whoever is called has to answer there. */
const WAITS_STILL = `(is_open = 1 OR case_id IS NOT NULL AND state NOT IN (${STATES.flatMap((state, code) => (isOpen(state) ? [] : [code])).join(', ')}))`;

/**
 * Records that wait for a person: new ones of these levels (and of levels that only a newer version knows) that nobody has acknowledged, also as part of a case of less
 * urgency; those that a line offers to another; and those to which a line has been called that has not answered. Each comes from an index that holds only few rows.
 *
 * @param sinceMs of what does not ring without end, what has waited longer is not asked for
 */
export function readRinging(db: Database, severities: readonly Severity[], sinceMs: number): RingingRecord[] {
  const levels = [...severities.map(one => SEVERITIES.indexOf(one)), NEWER].join(',');
  const fresh = allRows<Row>(db, `SELECT ${COLUMNS} FROM issue INDEXED BY ix_waiting WHERE is_open = 1 AND issue.severity IN (${levels}) AND ${UNTAKEN} ${FIRST}`, sinceMs - LONG_FORM_MS);
  const parts = allRows<Row>(db, `SELECT ${COLUMNS} FROM issue INDEXED BY ix_waiting_part WHERE case_id IS NOT NULL AND issue.severity IN (${levels}) AND ${UNTAKEN} AND ${UNANSWERED} ${FIRST}`, sinceMs - LONG_FORM_MS);
  const offered = allRows<Row>(db, `SELECT ${COLUMNS} FROM issue INDEXED BY ix_offered WHERE ${WAITS_STILL} AND lines <> 0 AND rest ->> '$.handOff.to' IS NOT NULL ORDER BY issue.severity LIMIT ${MOST}`);
  const called = allRows<Row>(db, `SELECT ${COLUMNS} FROM issue INDEXED BY ix_asked WHERE ${WAITS_STILL} AND rest ->> '$.asked[0].line' IS NOT NULL ORDER BY issue.severity LIMIT ${MOST}`);
  return [...new Map([...called, ...offered, ...fresh, ...parts].map(row => [blobToId(row.id), toRecord(row)])).values()];
}

function toRecord(row: Row): RingingRecord {
  return {
    id: blobToId(row.id), no: row.no, class: wordAt(CLASSES, row.class), service: wordAt(SERVICES, row.service), siteId: blobToId(row.site_id), areaId: nullableBlobToId(row.area_id),
    severity: wordAt(SEVERITIES, row.severity), state: wordAt(STATES, row.state), category: row.category, sinceMs: row.since, stationId: row.station,
    lines: SERVICES.filter((_, bit) => (row.lines & 1 << bit) !== 0), acknowledged: row.acknowledged === 1, imported: row.imported === 1,
    handOff: row.hand_to === null || row.hand_at === null ? null : { to: row.hand_to, atMs: row.hand_at, byId: row.hand_by ?? '' },
    asked: row.asked === null ? [] : JSON.parse(row.asked) as AskedLine[],
  };
}
