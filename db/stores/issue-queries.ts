import type { Id } from '../../contract/ids.ts';
import { isOpen, SEVERITIES, STATES } from '../../contract/issue.ts';
import { SERVICES, type Scope } from '../../contract/org.ts';
import type { QueueFilter, QueueSort } from '../../contract/queue.ts';
import { idToBlob, type Database } from '../database.ts';
import { maskOf } from './issues.ts';
import { numberOf, wordColumn } from './words.ts';

/** What the sheet keeps of a record: rid, received, state, service, severity, due, open, then site, area, lead unit, author as hex, category. */
export type SheetRow = [
  rid: number, receivedAtMs: number, state: number, service: number, severity: number, dueAtMs: number, open: number,
  siteHex: string, areaHex: string | null, unitHex: string | null, authorHex: string, lines: number, category: string,
];

/** A run of rows in the order of `ix_cover`, and where the next one starts. */
export interface SheetSlice {
  rows: SheetRow[]; last: boolean;
  fromMs: number;
  /** Not null while going through more rows of one instant than a slice holds, by rid. */
  tieAfterRid: number | null;
}

/** A line of the queue: words are numbers, or themselves where only a newer version knows them; the last column is the site as hex, for the scope. */
export type PageRow = [
  rid: number, idHex: string, service: number | string, displayNo: string | null, provisionalNo: string, severity: number | string, state: number | string,
  description: string, place: string, receivedAtMs: number, dueAtMs: number, sync: number, siteHex: string, lines: number, warnAtMs: number | null, isPart: number,
];

/** What a page brings beside its lines when it is asked to: rid, category, area, lead unit and author as hex. */
export type ExtraRow = [rid: number, category: string, areaHex: string | null, unitHex: string | null, authorHex: string];

/** Some 10 ms of work between two turns of the event loop. */
const SLICE_ROWS = 5_000;
const MARKS = 100;
const SHEET_COLUMNS = `rid, received_at, state, service, severity, due_at, is_open, hex(site_id), hex(area_id), hex(lead_unit_id), hex(author_id), lines, category`;
const PAGE_COLUMNS = `rid, hex(id), ${wordColumn('service')}, display_no, provisional_no, ${wordColumn('severity')}, ${wordColumn('state')}, substr(description, 1, 240),
  CASE WHEN place_text <> '' THEN place_text WHEN lat IS NOT NULL THEN printf('%.5f, %.5f', lat, lon) ELSE '' END,
  received_at, due_at, sync, hex(site_id), lines, rest ->> '$.warnAtMs', case_id IS NOT NULL`;
const marks = Array.from({ length: MARKS }, () => '?').join(',');

/** 32 hex digits, as SQLite's `hex()` writes a blob, in the canonical form of an id. */
export function hexToId(hex: string): Id {
  const h = hex.toLowerCase();
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

/** Every read of a queue that is about many records; all of it answers from the reader's connection. */
export type IssueQueries = ReturnType<typeof createIssueQueries>;

export function createIssueQueries(db: Database) {
  const raw = <Row>(sql: string) => db.prepare<unknown[], Row>(sql).raw();
  // Without INDEXED BY the planner sometimes takes a narrow index and looks every row up in the table: 20 times slower.
  const sliceFrom = raw<SheetRow>(`SELECT ${SHEET_COLUMNS} FROM issue INDEXED BY ix_cover WHERE received_at >= ? ORDER BY received_at LIMIT ${SLICE_ROWS}`);
  const sliceOfTie = raw<SheetRow>(`SELECT ${SHEET_COLUMNS} FROM issue INDEXED BY ix_cover WHERE received_at = ? AND rid > ? ORDER BY rid LIMIT ${SLICE_ROWS}`);
  const sheetRowsOf = raw<SheetRow>(`SELECT ${SHEET_COLUMNS} FROM issue WHERE rid IN (${marks})`);
  const pageRowsOf = raw<PageRow>(`SELECT ${PAGE_COLUMNS} FROM issue WHERE rid IN (${marks})`);
  const extraRowsOf = raw<ExtraRow>(`SELECT rid, category, hex(area_id), hex(lead_unit_id), hex(author_id) FROM issue WHERE rid IN (${marks})`);
  const ridOfId = db.prepare<unknown[], number>('SELECT rid FROM issue WHERE id = ?').pluck();
  const idsOf = raw<[number, string]>(`SELECT rid, hex(id) FROM issue WHERE rid IN (${marks})`);
  const largest = db.prepare<unknown[], number | null>('SELECT max(rid) FROM issue').pluck();
  const textsOf = db.prepare<unknown[], string>(`SELECT description || ' ' || place_text FROM issue WHERE rid BETWEEN ? AND ?`).pluck();

  return {
    /** The largest rid that is in use, 0 when there is none. */
    largestRid: (): number => largest.get() ?? 0,

    /** The next 5,000 rows of the sheet; null asks for the first. */
    slice(after: SheetSlice | null): SheetSlice {
      if (after !== null && after.tieAfterRid !== null) {
        const rows = sliceOfTie.all(after.fromMs, after.tieAfterRid);
        if (rows.length < SLICE_ROWS) return { rows, last: false, fromMs: after.fromMs + 1, tieAfterRid: null };
        return { rows, last: false, fromMs: after.fromMs, tieAfterRid: rows.at(-1)![0] };
      }
      const rows = sliceFrom.all(after === null ? Number.MIN_SAFE_INTEGER : after.fromMs);
      const [first, end] = [rows[0]?.[1] ?? 0, rows.at(-1)?.[1] ?? 0];
      // Rows of the last instant are read again with the next slice: that costs nothing and loses none.
      return { rows, last: rows.length < SLICE_ROWS, fromMs: end, tieAfterRid: rows.length === SLICE_ROWS && first === end ? 0 : null };
    },

    /** The sheet's fields of these records, in any order; those that are gone are left out. */
    sheetRows: (rids: readonly number[]): SheetRow[] => inHundreds(rids, some => sheetRowsOf.all(...some)),

    /** The queue's lines of these records, in any order; those that are gone are left out. */
    pageRows: (rids: readonly number[]): PageRow[] => inHundreds(rids, some => pageRowsOf.all(...some)),

    /** Category and ids of these records, in any order; those that are gone are left out. */
    extraRows: (rids: readonly number[]): ExtraRow[] => inHundreds(rids, some => extraRowsOf.all(...some)),

    /** Rids of open records in the order of urgency, straight from the table: what is shown before the sheet is loaded. */
    openRids(filter: QueueFilter, descending: boolean, viewer: OpenViewer, nowMs: number): Int32Array {
      const conditions = openConditions(filter, viewer, nowMs);
      if (conditions === null) return new Int32Array();
      const { where, params } = conditions;
      const way = descending ? 'DESC' : 'ASC';
      const rids = db.prepare<unknown[], number>(
        `SELECT rid FROM issue INDEXED BY ix_open_prio_due WHERE ${where} ORDER BY severity ${way}, due_at ${way}, rid`,
      ).pluck().all(...params);
      return Int32Array.from(rids);
    },

    rid: (id: Id): number | null => ridOfId.get(idToBlob(id)) ?? null,

    /** Ids of these records, in any order. */
    ids: (rids: readonly number[]): Id[] => inHundreds(rids, some => idsOf.all(...some)).map(([, hex]) => hexToId(hex)),

    /** The id of each of these records that is still here, by its rid. */
    idsByRid: (rids: readonly number[]): Map<number, Id> => new Map(inHundreds(rids, some => idsOf.all(...some)).map(([rid, hex]) => [rid, hexToId(hex)])),

    /** Description and place of the records with rids in this range: to learn words from. */
    texts: (fromRid: number, toRid: number): string[] => textsOf.all(fromRid, toRid),
  };
}

/** Whose records, for the filter's `mine` and the scope. */
export interface OpenViewer { personId: Id; unitId: Id | null; scope: Scope }

/** One prepared statement for any number of rids: a list shorter than a hundred is filled up with a rid that does not exist. */
function inHundreds<Row>(rids: readonly number[], read: (hundred: number[]) => Row[]): Row[] {
  const found: Row[] = [];
  for (let at = 0; at < rids.length; at += MARKS) {
    const some = rids.slice(at, at + MARKS);
    while (some.length < MARKS) some.push(-1);
    for (const row of read(some)) found.push(row);
  }
  return found;
}

/** Whether `openRids` can answer: open records in the order of urgency, narrowed by what its index holds. */
export function isAnsweredEarly(filter: QueueFilter, sort: QueueSort): boolean {
  return filter.open === true && !filter.toSurvey && sort.by === 'urgency' && filter.categories.length === 0 && filter.receivedFromMs === null && filter.receivedToMs === null;
}

/** Null when no record can match: SQLite finds no plan for an empty IN list with INDEXED BY. */
function openConditions(filter: QueueFilter, viewer: OpenViewer, nowMs: number): { where: string; params: unknown[] } | null {
  const states = filter.states.filter(isOpen);
  if (viewer.scope.siteIds?.length === 0 || viewer.scope.services?.length === 0 || (filter.states.length > 0 && states.length === 0)) return null;
  const where = ['is_open = 1'];
  const params: unknown[] = [];
  const oneOf = <T extends string>(column: string, all: readonly T[], some: readonly T[] | null) => {
    if (some !== null) where.push(`${column} IN (${some.map(code => numberOf(all, code)).join(',')})`);
  };
  const is = (column: string, id: Id | null) => {
    if (id === null) return;
    where.push(`${column} = ?`);
    params.push(idToBlob(id));
  };
  const orAll = <T>(some: readonly T[]): readonly T[] | null => (some.length === 0 ? null : some);
  oneOf('service', SERVICES, orAll(filter.services));
  if (viewer.scope.services !== null) where.push(`((1 << service) | lines) & ${maskOf(viewer.scope.services)} <> 0`);
  oneOf('state', STATES, orAll(states));
  oneOf('severity', SEVERITIES, orAll(filter.severities));
  is('site_id', filter.siteId);
  is('area_id', filter.areaId);
  is('lead_unit_id', filter.leadUnitId);
  if (viewer.scope.siteIds !== null) {
    where.push(`site_id IN (${viewer.scope.siteIds.map(() => '?').join(',')})`);
    params.push(...viewer.scope.siteIds.map(idToBlob));
  }
  if (filter.mine) {
    where.push('(author_id = ? OR lead_unit_id = ?)');
    params.push(idToBlob(viewer.personId), viewer.unitId === null ? null : idToBlob(viewer.unitId));
  }
  if (filter.overdue) {
    where.push('due_at < ?');
    params.push(nowMs);
  }
  return { where: where.join(' AND '), params };
}
