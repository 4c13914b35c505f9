import { isDeepStrictEqual } from 'node:util';
import { maskPeople } from '../../contract/personal.ts';
import { digits } from '../../contract/text.ts';
import type { Id } from '../../contract/ids.ts';
import { CLASSES, isOpen, linesOf, SEVERITIES, STATES, type Issue, type Place } from '../../contract/issue.ts';
import { SERVICES, type Scope, type Service } from '../../contract/org.ts';
import { isKnown } from '../../contract/words.ts';
import { allRows, blobToId, getRow, idToBlob, nullableBlobToId, nullableIdToBlob, run, type Database } from '../database.ts';
import { isSameText, removeText, searchText, writeText, type SearchText } from '../full-text.ts';
import { sealOf, type Seal } from '../seal.ts';
import type { Work } from '../work.ts';
import { followMerges, forgetMerges, readCaseOf } from './cases.ts';
import { NEWER, numberOf, wordAt } from './words.ts';

/** Where a row's changes are: with the province, waiting here, or turned down. */
export const SENT = 0, PENDING = 1, REFUSED = 2;
export type SyncFlag = 0 | 1 | 2;

/** `due_at` of a record without a deadline: the last instant that a date can hold. */
export const NO_DUE_AT = 8_640_000_000_000_000;

/** A row as it lies in the table, without `rid`. */
export interface IssueRow {
  id: Uint8Array; display_no: string | null; provisional_no: string; class: number; service: number; site_id: Uint8Array;
  area_id: Uint8Array | null; state: number; severity: number; category: string; description: string; place_text: string;
  lat: number | null; lon: number | null; phone: string; lead_unit_id: Uint8Array | null; author_id: Uint8Array;
  received_at: number; due_at: number; is_open: 0 | 1; sync: SyncFlag; version: number; rest: string;
  /** Bits of the lines beside its own that see it. */
  lines: number;
  /** `Persons`, sealed; null when the record tells of none. `rest` has them masked, `phone` stands for the digits. */
  persons: Uint8Array | null;
}

const COLUMNS = [
  'id', 'display_no', 'provisional_no', 'class', 'service', 'site_id', 'area_id', 'state', 'severity', 'category', 'description',
  'place_text', 'lat', 'lon', 'phone', 'lead_unit_id', 'author_id', 'received_at', 'due_at', 'is_open', 'sync', 'version', 'rest', 'lines', 'persons',
] as const satisfies readonly (keyof IssueRow)[];

export const INSERT_ISSUE = `INSERT INTO issue(${COLUMNS.join(',')}) VALUES (${COLUMNS.map(() => '?').join(',')})`;
/** Does nothing where the record is here already. */
const ADD_ISSUE = `${INSERT_ISSUE} ON CONFLICT(id) DO NOTHING`;
const SELECT_ISSUE = `SELECT rid, ${COLUMNS.join(',')} FROM issue`;

/** The words of a record that columns keep as numbers, and their lists. */
const WORDS = { class: CLASSES, service: SERVICES, state: STATES, severity: SEVERITIES } as const;
type Words = Pick<Issue, keyof typeof WORDS>;

const FIELDS = Object.keys(WORDS) as (keyof Words)[];

/** Those of them that only a newer version of the program knows: what is sorted, counted and done by them is not ours to judge. Null when there is none. */
export function newerWords(issue: Words): Partial<Words> | null {
  if (FIELDS.every(field => isKnown(WORDS[field], issue[field]))) return null;
  return Object.fromEntries(FIELDS.filter(field => !isKnown(WORDS[field], issue[field])).map(field => [field, issue[field]]));
}

/** One bit for each line beside the own one that works the record or is offered it. */
export function lineBits(issue: Pick<Issue, 'service' | 'lines' | 'handOff'>): number {
  if ((issue.lines ?? []).length === 0 && (issue.handOff ?? null) === null) return 0;
  return linesOf(issue).reduce((bits, line) => (line === issue.service ? bits : bits | 1 << SERVICES.indexOf(line)), 0);
}

/** Who reported, who was hurt, and the words of an import's source: what is kept sealed. */
type Persons = Pick<Issue, 'reporter' | 'victims' | 'original'>;

/**
 * What of a record is sealed (null: nothing of it is hidden), and what of it stays in the row beside: as lists show it, and nothing of the source's
 * words. @param before what was sealed of it until now, kept where it says the same
 */
export function withSeal(seal: Seal, persons: Persons, before: Uint8Array | null = null): { sealed: Uint8Array | null; shown: Persons } {
  const shown: Persons = { ...maskPeople(persons), original: null };
  if (isDeepStrictEqual(shown, persons)) return { sealed: null, shown };
  const text = JSON.stringify(persons);
  return { sealed: before !== null && seal.open(before).trimEnd() === text ? before : seal.close(text), shown };
}

/**
 * The record as a row: columns for what is searched and sorted, persons sealed, JSON for the rest, unknown fields included.
 * @param before its row until now
 */
export function toRow(seal: Seal, issue: Issue, sync: SyncFlag, before?: Pick<IssueRow, 'persons'>): IssueRow {
  const {
    id, displayNo, provisionalNo, class: kind, service, siteId, state, severity, category, description, place,
    leadUnitId, authorId, receivedAtMs, dueAtMs, version, reporter, victims, original, ...others
  } = issue;
  const { sealed, shown } = withSeal(seal, { reporter, victims, original }, before?.persons);
  const { text, areaId, lat, lon, ...placeOthers } = place;
  return {
    id: idToBlob(id), display_no: displayNo, provisional_no: provisionalNo,
    class: numberOf(CLASSES, kind), service: numberOf(SERVICES, service), site_id: idToBlob(siteId),
    area_id: nullableIdToBlob(areaId), state: numberOf(STATES, state), severity: numberOf(SEVERITIES, severity),
    category, description, place_text: text, lat, lon, phone: seal.phone(digits(reporter.phone)),
    lead_unit_id: nullableIdToBlob(leadUnitId), author_id: idToBlob(authorId), received_at: receivedAtMs,
    due_at: dueAtMs ?? NO_DUE_AT, is_open: isOpen(state) ? 1 : 0, sync, version,
    lines: lineBits(issue), persons: sealed,
    rest: JSON.stringify(Object.assign(others, newerWords(issue), shown, { place: placeOthers })),
  };
}

type Rest = Omit<Issue, 'place'> & { place: Omit<Place, 'text' | 'areaId' | 'lat' | 'lon'> };

/** What of a row was sealed; null when nothing is. */
export function openPersons(seal: Seal, sealed: Uint8Array | null): Persons | null {
  return sealed === null ? null : JSON.parse(seal.open(sealed)) as Persons;
}

export function fromRow(seal: Seal, row: IssueRow): Issue {
  const rest = JSON.parse(row.rest) as Rest;
  const word = <F extends keyof Words>(field: F): Words[F] => wordAt<Words[F]>(WORDS[field] as unknown as readonly Words[F][], row[field] === NEWER ? rest[field] : row[field]);
  return {
    ...rest, ...openPersons(seal, row.persons),
    id: blobToId(row.id), displayNo: row.display_no, provisionalNo: row.provisional_no,
    class: word('class'), service: word('service'), siteId: blobToId(row.site_id),
    state: word('state'), severity: word('severity'), category: row.category, description: row.description,
    place: { ...rest.place, text: row.place_text, areaId: nullableBlobToId(row.area_id), lat: row.lat, lon: row.lon },
    leadUnitId: nullableBlobToId(row.lead_unit_id), authorId: blobToId(row.author_id), receivedAtMs: row.received_at,
    dueAtMs: row.due_at === NO_DUE_AT ? null : row.due_at, version: row.version,
  };
}

/** A row's values in the order of `INSERT_ISSUE`. */
export function rowValues(row: IssueRow): unknown[] {
  return COLUMNS.map(column => row[column]);
}

/** A record with its local row number and where its changes are. */
export interface StoredIssue { issue: Issue; sync: SyncFlag; rid: number }

function stored(seal: Seal, row: IssueRow & { rid: number }): StoredIssue {
  return { issue: fromRow(seal, row), sync: row.sync, rid: row.rid };
}

export function readIssue(db: Database, id: Id): StoredIssue | null {
  const row = getRow<IssueRow & { rid: number }>(db, `${SELECT_ISSUE} WHERE id=?`, idToBlob(id));
  return row === undefined ? null : stored(sealOf(db), row);
}

/** The ids of the records between two, in their order; the first is in it, the second not. */
export function readIdsBetween(db: Database, from: Id, before: Id): Id[] {
  return allRows<{ id: Uint8Array }>(db, 'SELECT id FROM issue WHERE id >= ? AND id < ? ORDER BY id', idToBlob(from), idToBlob(before)).map(row => blobToId(row.id));
}

interface TextRow { rid: number; display_no: string | null; provisional_no: string; description: string; place_text: string; landmark: string | null; persons: Uint8Array | null }
const LANDMARK = "rest ->> '$.place.landmark' AS landmark";
const SELECT_TEXT = `SELECT rid, display_no, provisional_no, description, place_text, ${LANDMARK}, persons FROM issue`;
const SELECT_WHOLE = `SELECT rid, ${COLUMNS.join(',')}, ${LANDMARK} FROM issue`;

function textOf(seal: Seal, row: TextRow): SearchText {
  return searchText({
    description: row.description, placeText: row.place_text, landmark: row.landmark ?? '', reporterName: openPersons(seal, row.persons)?.reporter.name ?? '',
    displayNo: row.display_no, provisionalNo: row.provisional_no,
  });
}

/** The words by which a record is found. */
export function issueText(issue: Issue): SearchText {
  return searchText({
    description: issue.description, placeText: issue.place.text, landmark: issue.place.landmark, reporterName: issue.reporter.name,
    displayNo: issue.displayNo, provisionalNo: issue.provisionalNo,
  });
}

/** The words of up to `limit` records from row `fromRid` on, in the order of rows. */
export function readTexts(db: Database, fromRid: number, limit: number): { rid: number; text: SearchText }[] {
  const seal = sealOf(db);
  return allRows<TextRow>(db, `${SELECT_TEXT} WHERE rid >= ? ORDER BY rid LIMIT ?`, fromRid, limit).map(row => ({ rid: row.rid, text: textOf(seal, row) }));
}

/** The record of that number, final or provisional; null when there is none here. */
export function idOfNumber(db: Database, no: string): Id | null {
  const row = getRow<{ id: Uint8Array }>(db, 'SELECT id FROM issue WHERE display_no=:no UNION ALL SELECT id FROM issue WHERE provisional_no=:no LIMIT 1', { no });
  return row === undefined ? null : blobToId(row.id);
}

/** The highest local row number, 0 when there are no records. */
export function newestRid(db: Database): number {
  return getRow<{ rid: number | null }>(db, 'SELECT max(rid) AS rid FROM issue')?.rid ?? 0;
}

/** Whether a column holds the same. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || (a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0);
}

/** Writes the columns that are no longer as they were: each that is set has SQLite write every index it is in, and those are most of the work. */
function updateRow(work: Work, rid: number, old: IssueRow, row: IssueRow): void {
  const changed = COLUMNS.filter(column => !isSame(old[column], row[column]));
  if (changed.length === 0) return;
  run(work.db, `UPDATE issue SET ${changed.map(column => `${column}=?`).join(',')} WHERE rid=?`, ...changed.map(column => row[column]), rid);
}

/** Writes a record, new or known: of a known one what has changed, and its full text only when its words have. @returns the local row number */
export function writeIssue(work: Work, issue: Issue, sync: SyncFlag): number {
  const seal = sealOf(work.db);
  // In a first copy nearly every record is new, and its words come later.
  if (work.textLater) {
    const added = run(work.db, ADD_ISSUE, ...rowValues(toRow(seal, issue, sync)));
    if (added.changes === 1) {
      work.touchIssue(Number(added.lastInsertRowid));
      followMerges(work, issue);
      return Number(added.lastInsertRowid);
    }
  }
  const old = getRow<IssueRow & TextRow>(work.db, `${SELECT_WHOLE} WHERE id=?`, idToBlob(issue.id));
  const row = toRow(seal, issue, sync, old);
  let rid: number;
  if (old === undefined) {
    rid = Number(run(work.db, INSERT_ISSUE, ...rowValues(row)).lastInsertRowid);
  } else {
    rid = old.rid;
    // A record that another stands for is nobody's to act on.
    if (row.is_open === 1 && readCaseOf(work.db, issue.id) !== null) row.is_open = 0;
    updateRow(work, rid, old, row);
  }
  const text = issueText(issue);
  if (old === undefined || !isSameText(textOf(seal, old), text)) writeText(work.db, rid, text);
  work.touchIssue(rid);
  followMerges(work, issue);
  return rid;
}

/** Changes only where the row's changes are said to be. */
export function setSync(work: Work, id: Id, sync: SyncFlag): void {
  const row = getRow<{ rid: number; sync: SyncFlag }>(work.db, 'SELECT rid, sync FROM issue WHERE id=?', idToBlob(id));
  if (row === undefined || row.sync === sync) return;
  run(work.db, 'UPDATE issue SET sync=? WHERE rid=?', sync, row.rid);
  work.touchIssue(row.rid);
}

/** Forgets the row here; what the province has is not touched. */
export function removeIssue(work: Work, id: Id): void {
  const row = getRow<{ rid: number }>(work.db, 'SELECT rid FROM issue WHERE id=?', idToBlob(id));
  if (row === undefined) return;
  run(work.db, 'DELETE FROM issue WHERE rid=?', row.rid);
  forgetMerges(work, id);
  removeText(work.db, row.rid);
  work.touchIssue(row.rid);
}

/** The bits of these lines. */
export function maskOf(services: readonly Service[]): number {
  return services.reduce((mask, service) => (isKnown(SERVICES, service) ? mask | 1 << SERVICES.indexOf(service) : mask), 0);
}

/** SQL for what lies outside a scope, and its parameters; null where nothing can. */
export function outside(scope: Scope): { where: string; params: unknown[] } | null {
  const parts: string[] = [];
  const params: unknown[] = [];
  const unless = (column: string, allowed: unknown[]): void => {
    parts.push(`${column} NOT IN (${allowed.map(() => '?').join(',')})`);
    params.push(...allowed);
  };
  if (scope.siteIds !== null) unless('site_id', scope.siteIds.map(idToBlob));
  if (scope.services !== null) {
    parts.push('((CASE WHEN service < 32 THEN 1 << service ELSE 0 END) | lines) & ? = 0');
    params.push(maskOf(scope.services));
  }
  return parts.length === 0 ? null : { where: `(${parts.join(' OR ')})`, params };
}

/** The first records of the province that lie outside the scope, -1 for all; those that it does not have yet stay to be judged. */
export function idsOutside(db: Database, scope: Scope, limit: number): Id[] {
  const found = outside(scope);
  if (found === null) return [];
  return allRows<{ id: Uint8Array }>(db, `SELECT id FROM issue WHERE version > 0 AND ${found.where} LIMIT ?`, ...found.params, limit).map(row => blobToId(row.id));
}

/** Whether the province has given any record yet. */
export function hasReplicatedIssues(db: Database): boolean {
  return getRow(db, 'SELECT 1 FROM issue WHERE version > 0 LIMIT 1') !== undefined;
}
