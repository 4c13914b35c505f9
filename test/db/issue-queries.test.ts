import { afterEach, expect, test } from 'vitest';
import { allRows, type Database } from '../../db/database.ts';
import { createIssueQueries, type SheetSlice } from '../../db/stores/issue-queries.ts';
import { createIssueSearch } from '../../db/stores/issue-search.ts';
import { sealOf } from '../../db/seal.ts';
import { INSERT_ISSUE, rowValues, toRow } from '../../db/stores/issues.ts';
import { QueueFilter } from '../../contract/queue.ts';
import { issueWith, PEOPLE, SITES, T0, testDatabase, type TestDatabase } from '../main/issues/support.ts';

const open: TestDatabase[] = [];
afterEach(() => { for (const db of open.splice(0)) db.close(); });

function database(): TestDatabase {
  const db = testDatabase();
  open.push(db);
  return db;
}

/** Rows without full text: many at once. */
function insertMany(db: TestDatabase, count: number, receivedAtMs: (i: number) => number): void {
  const insert = db.writer.prepare(INSERT_ISSUE);
  db.writer.transaction(() => {
    for (let i = 0; i < count; i++) insert.run(...rowValues(toRow(sealOf(db.writer), issueWith({ receivedAtMs: receivedAtMs(i) }), 0)));
  })();
}

function allSlices(db: TestDatabase): { rids: Set<number>; largest: number; slices: number } {
  const queries = createIssueQueries(db.reader);
  const rids = new Set<number>();
  let slice: SheetSlice | null = null;
  let largest = 0;
  let slices = 0;
  do {
    slice = queries.slice(slice);
    for (const row of slice.rows) rids.add(row[0]);
    largest = Math.max(largest, slice.rows.length);
    slices++;
  } while (!slice.last && slices < 50);
  return { rids, largest, slices };
}

test('slices of the sheet hold every row, also when more rows than a slice have one instant', () => {
  const db = database();
  insertMany(db, 14_000, i => (i < 1_000 ? T0 + i : i < 12_000 ? T0 + 5_000 : T0 + 9_000 + i));
  const { rids, largest, slices } = allSlices(db);
  expect([rids.size, largest]).toEqual([14_000, 5_000]);
  expect(slices).toBeLessThan(10);
}, 60_000);

test('an empty table is one last slice without rows', () => {
  expect(createIssueQueries(database().reader).slice(null)).toMatchObject({ rows: [], last: true });
});

function plan(db: Database, sql: string): string {
  return allRows<{ detail: string }>(db, `EXPLAIN QUERY PLAN ${sql}`).map(row => row.detail).join('; ');
}

test('the sheet, the first page and phones are read from their indexes alone', () => {
  const { reader } = database();
  expect(plan(reader, 'SELECT rid, received_at, state, service, severity, due_at, is_open, hex(site_id), hex(area_id), hex(lead_unit_id), hex(author_id) FROM issue INDEXED BY ix_cover WHERE received_at >= 1 ORDER BY received_at LIMIT 10'))
    .toBe('SEARCH issue USING COVERING INDEX ix_cover (received_at>?)');
  expect(plan(reader, 'SELECT rid FROM issue INDEXED BY ix_open_prio_due WHERE is_open = 1 AND service IN (2) AND state IN (0) AND site_id = 1 AND author_id = 1 ORDER BY severity ASC, due_at ASC, rid'))
    .toBe('SCAN issue USING COVERING INDEX ix_open_prio_due; USE TEMP B-TREE FOR LAST TERM OF ORDER BY');
  expect(plan(reader, `SELECT rid FROM issue INDEXED BY ix_phone_rev WHERE ${Array.from({ length: 10 }, (_, i) => `substr(phone,-${i + 1},1)`).join('||')} >= '8'`)).toContain('INDEX ix_phone_rev (<expr>>?)');
});

test('pages hold any number of rows, in one statement per hundred, and leave out those that are gone', () => {
  const db = database();
  insertMany(db, 250, i => T0 + i);
  const queries = createIssueQueries(db.reader);
  const rids = Array.from({ length: 250 }, (_, i) => i + 1);
  expect(queries.pageRows(rids).map(row => row[0]).sort((a, b) => a - b)).toEqual(rids);
  expect(queries.pageRows([250, 9_999, 3]).map(row => row[0]).sort((a, b) => a - b)).toEqual([3, 250]);
  expect(queries.pageRows([])).toEqual([]);
  expect([queries.largestRid(), queries.ids([1, 9_999]).length]).toEqual([250, 1]);
});

test('a place without words is told by its point', () => {
  const db = database();
  db.write(issueWith({ place: { text: '', areaId: null, landmark: '', lat: 11.5, lon: 106.9 } }));
  expect(createIssueQueries(db.reader).pageRows([1])[0]![8]).toBe('11.50000, 106.90000');
});

test('a scope of nothing, or closed states among open records, finds nothing and is no error', () => {
  const db = database();
  db.write(issueWith());
  const { openRids } = createIssueQueries(db.reader);
  const viewer = { personId: PEOPLE[0], unitId: null };
  const scopes = [{ siteIds: [], services: null }, { siteIds: null, services: [] }, { siteIds: [SITES[1]], services: null }];
  for (const scope of scopes) expect([...openRids(QueueFilter.parse({}), false, { ...viewer, scope }, T0)]).toEqual([]);
  expect([...openRids(QueueFilter.parse({ states: ['closed'] }), false, { ...viewer, scope: { siteIds: null, services: null } }, T0)]).toEqual([]);
});

test('whether single records match is the same one by one and as a range', () => {
  const db = database();
  for (let i = 0; i < 120; i++) db.write(issueWith({ description: i % 3 === 0 ? 'đèn hỏng' : 'ngập nước' }));
  const search = createIssueSearch(db.reader);
  const rids = Array.from({ length: 120 }, (_, i) => i + 1);
  const expected = rids.filter(rid => (rid - 1) % 3 === 0);
  expect(search.matchingAmong('"den" AND "hong"', rids)).toEqual(expected);
  expect(rids.filter(rid => search.matchingAmong('"den"', [rid]).length === 1)).toEqual(expected);
  expect([...search.matchingRids('"den"')].sort((a, b) => a - b)).toEqual(expected);
  expect(search.matchesBefore('fo', '"den"', 118, 3)).toEqual([115, 112, 109]);
});

test('series of final numbers are found by a few steps through the index', () => {
  const db = database();
  for (const displayNo of ['113-2026-000001', '113-2026-000009', '115-2025-000001', 'field-2026-000002', null]) db.write(issueWith({ displayNo }));
  expect(createIssueSearch(db.reader).numberSeries()).toEqual(['113-2026-', '115-2025-', 'field-2026-']);
});
