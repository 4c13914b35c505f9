import type { Id } from '../../contract/ids.ts';
import { CLASSES, SEVERITIES, STATES, type Issue } from '../../contract/issue.ts';
import { SERVICES } from '../../contract/org.ts';
import { allRows, blobToId, type Database } from '../database.ts';
import { hexToId } from './issue-queries.ts';
import { NO_DUE_AT, openPersons } from './issues.ts';
import { sealOf, type Seal } from '../seal.ts';
import { wordAt, wordColumn } from './words.ts';

/** What lists tell of a record: everything but its history, its files and who verified. */
export type ListRow = Pick<Issue,
  'id' | 'displayNo' | 'provisionalNo' | 'class' | 'service' | 'siteId' | 'state' | 'severity' | 'category' | 'description' | 'channel' | 'sourceRef' | 'occurredAtMs' | 'receivedAtMs' | 'dueAtMs'
  | 'forwardedAtMs' | 'leadUnitId' | 'coUnitIds' | 'result' | 'outcome' | 'reply' | 'authorId' | 'reporter' | 'victims' | 'original' | 'lines' | 'warnAtMs' | 'policyId'> & {
    place: Pick<Issue['place'], 'text' | 'landmark' | 'areaId' | 'lat' | 'lon'>; closedAtMs: number | null };

type Text = string | null;
type Row = [
  rid: number, id: string, displayNo: Text, provisionalNo: string, kind: number | string, service: number | string, site: string, area: Text, state: number | string, severity: number | string,
  category: string, description: string, place: string, lat: number | null, lon: number | null, unit: Text, author: string, receivedAtMs: number, dueAtMs: number, landmark: Text, channel: string,
  sourceRef: Text, occurredAtMs: number | null, forwardedAtMs: number | null, coUnits: Text, result: Text, outcome: Text, reply: Text, name: Text, phone: Text, relation: Text, anonymous: number | null,
  closedAtMs: number | null, lines: number, warnAtMs: number | null, policyId: Text, victims: Text, persons: Uint8Array | null,
];

const MARKS = 50;
/** Much cheaper than reading the JSON here: a record's history is two thirds of it, and all of it would be garbage. */
const SELECT = `SELECT rid, hex(id), display_no, provisional_no, ${wordColumn('class')}, ${wordColumn('service')}, hex(site_id), hex(area_id), ${wordColumn('state')}, ${wordColumn('severity')},
  category, description, place_text, lat, lon, hex(lead_unit_id), hex(author_id), received_at, due_at, rest ->> '$.place.landmark', rest ->> '$.channel',
  rest ->> '$.sourceRef', rest ->> '$.occurredAtMs', rest ->> '$.forwardedAtMs', rest ->> '$.coUnitIds', rest ->> '$.result', rest ->> '$.outcome', rest ->> '$.reply',
  rest ->> '$.reporter.name', rest ->> '$.reporter.phone', rest ->> '$.reporter.relation', rest ->> '$.reporter.anonymous',
  CASE WHEN rest ->> '$.history[#-1].to' = 'closed' THEN rest ->> '$.history[#-1].atMs'
    WHEN state = ${STATES.indexOf('closed')} THEN (SELECT max(entry.value ->> '$.atMs') FROM json_each(issue.rest, '$.history') AS entry WHERE entry.value ->> '$.to' = 'closed') END, lines, rest ->> '$.warnAtMs'`;
const PERSONAL = `, rest ->> '$.policyId', rest ->> '$.victims', persons`;
const FROM = ` FROM issue WHERE rid IN (${Array.from({ length: MARKS }, () => '?').join(',')})`;

/**
 * Reads records for a list by their rids: in the order asked for, null for one that is no longer here. A few tens at a time: what
 * is read should be forgotten before it grows old.
 *
 * @param withPersons who reported and was hurt and the words of an import's source are opened, and the policy pack read; masked and left empty otherwise
 */
export function listRows(db: Database, withPersons: boolean): (rids: readonly number[]) => (ListRow | null)[] {
  const seal = sealOf(db);
  const read = db.prepare<unknown[], Row>(`${SELECT}${withPersons ? PERSONAL : `, NULL, rest ->> '$.victims', NULL`}${FROM}`).raw();
  return rids => {
    if (rids.length > MARKS) throw new Error(`${rids.length} records at a time`);
    const found = new Map(read.all(...rids, ...Array.from({ length: MARKS - rids.length }, () => -1)).map(row => [row[0], row]));
    return rids.map(rid => {
      const row = found.get(rid);
      return row === undefined ? null : toListRow(seal, row);
    });
  };
}

function toListRow(seal: Seal, row: Row): ListRow {
  const [
    , id, displayNo, provisionalNo, kind, service, site, area, state, severity, category, description, place, lat, lon, unit, author, receivedAtMs, dueAtMs, landmark, channel,
    sourceRef, occurredAtMs, forwardedAtMs, coUnits, result, outcome, reply, name, phone, relation, anonymous, closedAtMs, lines, warnAtMs, policyId, victims, persons,
  ] = row;
  return {
    id: hexToId(id), displayNo, provisionalNo, class: wordAt(CLASSES, kind), service: wordAt(SERVICES, service), siteId: hexToId(site), state: wordAt(STATES, state), severity: wordAt(SEVERITIES, severity),
    category, description, place: { text: place, landmark: landmark ?? '', areaId: nullable(area), lat, lon }, channel: channel as Issue['channel'], sourceRef, occurredAtMs, receivedAtMs,
    dueAtMs: dueAtMs === NO_DUE_AT ? null : dueAtMs, forwardedAtMs, leadUnitId: nullable(unit), coUnitIds: fromJson<Id[]>(coUnits) ?? [], result, outcome: outcome as Issue['outcome'], reply, authorId: hexToId(author),
    reporter: { anonymous: anonymous === 1, name: name ?? '', phone: phone ?? '', relation: relation ?? '' }, victims: fromJson<Issue['victims']>(victims) ?? [], original: null, ...openPersons(seal, persons), closedAtMs, lines: SERVICES.filter((_line, bit) => (lines >> bit) % 2 === 1), warnAtMs, ...policyId !== null && { policyId },
  };
}

/** `hex()` of nothing is an empty text. */
function nullable(hex: Text): Id | null {
  return hex === null || hex === '' ? null : hexToId(hex);
}

function fromJson<T>(text: Text): T | null {
  return text === null || text === '[]' ? null : JSON.parse(text) as T;
}

/** Every name of the directory by its id: small tables, read once for many records. */
export function allNames(db: Database): ReadonlyMap<Id, string> {
  return new Map(allRows<{ id: Uint8Array; name: string | null }>(db, `SELECT id, data ->> '$.name' AS name FROM org_row`).map(row => [blobToId(row.id), row.name ?? '']));
}
