import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { isOpen, SEVERITIES, STATES, type Issue } from '../../../contract/issue.ts';
import { inScope, SERVICES } from '../../../contract/org.ts';
import { QueueFilter, type QueueSort } from '../../../contract/queue.ts';
import { createIssueQueries, isAnsweredEarly } from '../../../db/stores/issue-queries.ts';
import { queueCounts, type Viewer } from '../../../main/issues/filter.ts';
import { Sheet } from '../../../main/issues/sheet.ts';
import { Views } from '../../../main/issues/views.ts';
import { AREAS, CATEGORIES, issueFrom, issueWith, PEOPLE, sessionWith, SITES, T0, testDatabase, UNITS, type TestDatabase } from './support.ts';

const open: TestDatabase[] = [];
afterEach(() => { for (const db of open.splice(0)) db.close(); });
const NOW = T0 + 200_000;
/** So short that some of the closed records below have waited longer for their survey. */
const WINDOW_MS = 60_000;
const noText = { textRids: () => new Int32Array(), textRidsAmong: () => [] };

function queue() {
  const db = testDatabase();
  open.push(db);
  const queries = createIssueQueries(db.reader);
  const sheet = new Sheet(queries);
  return { db, queries, sheet, views: new Views({ sheet, text: noText, clock: { nowMs: () => NOW }, surveyWindowMs: () => WINDOW_MS }) };
}

/** The queue as plainly as it can be said: filter, then a comparison sort. */
function oracle(issues: readonly Issue[], filter: QueueFilter, sort: QueueSort, viewer: Viewer): string[] {
  const due = (i: Issue) => i.dueAtMs ?? Number.MAX_SAFE_INTEGER;
  const keys: Record<QueueSort['by'], (i: Issue) => number[]> = {
    urgency: i => [SEVERITIES.indexOf(i.severity), due(i)], receivedAt: i => [i.receivedAtMs], dueAt: i => [due(i)],
    state: i => [STATES.indexOf(i.state)], service: i => [SERVICES.indexOf(i.service)],
  };
  return issues.map((issue, arrival) => ({ issue, arrival })).filter(({ issue }) => matches(issue, filter, viewer)).sort((a, b) => {
    const [x, y] = [keys[sort.by](a.issue), keys[sort.by](b.issue)];
    const at = x.findIndex((value, i) => value !== y[i]);
    return at < 0 ? a.arrival - b.arrival : (x[at]! - y[at]!) * (sort.descending ? -1 : 1);
  }).map(({ issue }) => issue.id);
}

function matches(i: Issue, f: QueueFilter, viewer: Viewer): boolean {
  const isMine = i.authorId === viewer.personId || (viewer.unitId !== null && i.leadUnitId === viewer.unitId);
  return inScope(viewer.scope, i) && (f.open === null || isOpen(i.state) === f.open)
    && (f.services.length === 0 || f.services.includes(i.service)) && (f.states.length === 0 || f.states.includes(i.state))
    && (f.severities.length === 0 || f.severities.includes(i.severity)) && (f.siteId === null || i.siteId === f.siteId)
    && (f.areaId === null || i.place.areaId === f.areaId) && (f.categories.length === 0 || f.categories.includes(i.category))
    && (f.receivedFromMs === null || i.receivedAtMs >= f.receivedFromMs) && (f.receivedToMs === null || i.receivedAtMs < f.receivedToMs)
    && (f.leadUnitId === null || i.leadUnitId === f.leadUnitId) && (!f.mine || isMine)
    && (!f.overdue || (isOpen(i.state) && i.dueAtMs !== null && i.dueAtMs < NOW))
    && (!f.toSurvey || (i.state === 'closed' && i.dueAtMs !== null && NOW <= i.dueAtMs + WINDOW_MS));
}

const anIssue = fc.array(fc.nat(40), { minLength: 10, maxLength: 10 });
const aFilter = fc.record({
  open: fc.constantFrom(true, false, null), services: fc.subarray([...SERVICES]), states: fc.subarray([...STATES]), severities: fc.subarray([...SEVERITIES]),
  siteId: fc.constantFrom(null, ...SITES), leadUnitId: fc.constantFrom(null, null, ...UNITS), mine: fc.boolean(), overdue: fc.boolean(), toSurvey: fc.boolean(),
  areaId: fc.constantFrom(null, null, ...AREAS), categories: fc.subarray([...CATEGORIES]),
  receivedFromMs: fc.constantFrom(null, null, T0, T0 + 2_000), receivedToMs: fc.constantFrom(null, null, T0 + 1_000, T0 + 4_000),
}).map(filter => QueueFilter.parse(filter));
const aSort: fc.Arbitrary<QueueSort> = fc.record({ by: fc.constantFrom('urgency', 'receivedAt', 'dueAt', 'state', 'service'), descending: fc.boolean() });
const aViewer: fc.Arbitrary<Viewer> = fc.record({
  roles: fc.constant<Viewer['roles']>(['truc_ban']), personId: fc.constantFrom(...PEOPLE), unitId: fc.constantFrom(null, ...UNITS),
  scope: fc.record({ siteIds: fc.constantFrom(null, [SITES[0]], []), services: fc.option(fc.subarray([...SERVICES])) }),
});

test('a list is what filter, scope and sort say, page by page, from the sheet and from the table alike', async () => {
  const { db, queries, sheet, views } = queue();
  await sheet.load(new AbortController().signal);
  const stored: Issue[] = [];
  const idsOf = (rids: readonly number[]) => {
    const ids = new Map(queries.pageRows(rids).map(row => [row[0], row[1]]));
    return rids.map(rid => ids.get(rid)!.toLowerCase());
  };
  const bare = (ids: readonly string[]) => ids.map(id => id.replaceAll('-', ''));
  fc.assert(fc.property(fc.array(anIssue, { maxLength: 8 }), aFilter, aSort, aViewer, fc.nat(6), (more, filter, sort, viewer, pageSize) => {
    for (const numbers of more) {
      const issue = issueWith(issueFrom(numbers));
      sheet.apply(db.write(issue).issueRids!);
      stored.push(issue);
    }
    const expected = bare(oracle(stored, filter, sort, viewer));
    const view = views.open(filter, sort, viewer);
    expect(view.total).toBe(expected.length);
    const start = Math.floor(expected.length / 2);
    const page = views.page(view.viewId, viewer, start, start + pageSize);
    expect(idsOf(page.rids)).toEqual(expected.slice(start, start + pageSize));
    expect(idsOf(views.page(view.viewId, viewer, 0, expected.length + 9).rids)).toEqual(expected);
    if (isAnsweredEarly(filter, sort)) {
      expect(idsOf([...queries.openRids(filter, sort.descending, viewer, NOW)])).toEqual(expected);
    }
  }), { numRuns: 200 });
});

test('counts are those of a count by hand, and only of what the scope shows', async () => {
  const { db, sheet } = queue();
  const stored = Array.from({ length: 90 }, (_, i) => issueWith(issueFrom([i, i >> 1, i, i >> 2, i, i >> 3, i, i])));
  for (const issue of stored) db.write(issue);
  const viewer: Viewer = { roles: [], personId: PEOPLE[0], unitId: UNITS[0], scope: { siteIds: [SITES[0]], services: ['115', 'field'] } };
  expect(queueCounts(sheet, viewer, { nowMs: () => NOW, windowMs: WINDOW_MS })).toBeNull();
  await sheet.load(new AbortController().signal);
  const count = (some: Partial<QueueFilter>) => stored.filter(i => matches(i, QueueFilter.parse(some), viewer)).length;
  expect(queueCounts(sheet, viewer, { nowMs: () => NOW, windowMs: WINDOW_MS })).toEqual({
    open: count({}), mine: count({ mine: true }), overdue: count({ overdue: true }), toVerify: count({ states: ['received', 'verifying'] }), toSurvey: count({ open: null, toSurvey: true }),
    byService: Object.fromEntries(SERVICES.map(s => [s, count({ services: [s] })])),
    byState: Object.fromEntries(STATES.map(s => [s, count({ open: null, states: [s] })])),
  });
  expect(count({ services: ['115'] })).toBeGreaterThan(0);
  expect(queueCounts(sheet, viewer, { nowMs: () => NOW, windowMs: WINDOW_MS })!.byService['113']).toBe(0);
});

test('rows never move: what comes is counted, what stops matching keeps its place with a mark, until a new list is asked for', async () => {
  const { db, queries, sheet, views } = queue();
  const viewer = sessionWith();
  const issues = [issueWith({ severity: 'P2' }), issueWith({ severity: 'P3' }), issueWith({ severity: 'P3' })];
  for (const issue of issues) db.write(issue);
  await sheet.load(new AbortController().signal);
  const sort: QueueSort = { by: 'urgency', descending: false };
  const view = views.open(QueueFilter.parse({}), sort, viewer);
  const before = views.page(view.viewId, viewer, 0, 10).rids;
  const note = (rids: number[] | null) => { sheet.apply(rids!); views.noteChange(rids); };

  note(db.write(issueWith({ severity: 'P1' })).issueRids);
  note(db.write({ ...issues[1]!, state: 'closed' }).issueRids);
  note(db.remove(issues[2]!.id).issueRids);
  expect(views.freshCounts()).toEqual({ [view.viewId]: 1 });
  expect(views.page(view.viewId, viewer, 0, 10)).toEqual({ rids: before, gone: [false, true, true], chosen: [false, false, false] });
  expect(views.position(view.viewId, viewer, queries.rid(issues[1]!.id)!)).toBe(1);

  note(db.write({ ...issues[1]!, state: 'verifying' }).issueRids);
  expect(views.page(view.viewId, viewer, 0, 10).gone).toEqual([false, false, true]);
  expect(views.freshCounts()).toEqual({ [view.viewId]: 1 });
  const next = views.open(QueueFilter.parse({}), sort, viewer);
  expect(next.total).toBe(3);
  expect(views.freshCounts()).toEqual({ [view.viewId]: 1, [next.viewId]: 0 });
  views.close(view.viewId, viewer);
  expect(() => views.page(view.viewId, viewer, 0, 1)).toThrow('queue/view-gone');
});

test('news of one operator do not count records that another scope holds', async () => {
  const { db, sheet, views } = queue();
  await sheet.load(new AbortController().signal);
  const of115 = sessionWith({ scope: { siteIds: null, services: ['115'] } });
  const view = views.open(QueueFilter.parse({}), { by: 'receivedAt', descending: true }, of115);
  for (const service of ['113', '115', 'field'] as const) {
    const { issueRids } = db.write(issueWith({ service, class: service === 'field' ? 'issue' : 'incident' }));
    sheet.apply(issueRids!);
    views.noteChange(issueRids);
  }
  expect(views.freshCounts()).toEqual({ [view.viewId]: 1 });
  expect(() => views.page(view.viewId, sessionWith({ personId: PEOPLE[1] }), 0, 1)).toThrow('queue/view-gone');
});

test('only the sixteen lists last used stay open', async () => {
  const { sheet, views } = queue();
  await sheet.load(new AbortController().signal);
  const viewer = sessionWith();
  const ids = Array.from({ length: 20 }, () => views.open(QueueFilter.parse({}), { by: 'dueAt', descending: false }, viewer).viewId);
  expect(Object.keys(views.freshCounts())).toEqual(ids.slice(-16));
});
