import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { QueueFilter, type ChoiceStep } from '../../../contract/queue.ts';
import { createIssueQueries } from '../../../db/stores/issue-queries.ts';
import { Selection } from '../../../main/issues/selection.ts';
import { RidSet } from '../../../main/issues/rid-set.ts';
import { Sheet } from '../../../main/issues/sheet.ts';
import { Views } from '../../../main/issues/views.ts';
import { issueWith, PEOPLE, sessionWith, testDatabase, type TestDatabase } from './support.ts';

const open: TestDatabase[] = [];
afterEach(() => { for (const db of open.splice(0)) db.close(); });
const viewer = sessionWith();
const BY_DUE = { by: 'dueAt', descending: false } as const;
const ALL = QueueFilter.parse({ open: null });

async function queueOf(count: number) {
  const db = testDatabase();
  open.push(db);
  for (let i = 0; i < count; i++) db.write(issueWith({ dueAtMs: (i * 7_919) % 101, severity: i % 2 === 0 ? 'P2' : 'P4' }));
  const sheet = new Sheet(createIssueQueries(db.reader));
  await sheet.load(new AbortController().signal);
  const views = new Views({ sheet, text: { textRids: () => new Int32Array(), textRidsAmong: () => [] }, clock: { nowMs: () => 0 }, surveyWindowMs: () => 0 });
  return { db, sheet, views };
}

const aStep: fc.Arbitrary<ChoiceStep> = fc.record({ from: fc.nat(45), to: fc.nat(60), chosen: fc.boolean() });

test('ranges chosen and let go are what a plain set of places says, in the order of the list', async () => {
  const { views } = await queueOf(40);
  fc.assert(fc.property(fc.array(fc.array(aStep, { maxLength: 4 }), { maxLength: 8 }), fc.nat(50), (calls, limit) => {
    const view = views.open(ALL, BY_DUE, viewer);
    const { rids } = views.page(view.viewId, viewer, 0, 40);
    const places = new Set<number>();
    for (const steps of calls) {
      for (const { from, to, chosen } of steps) for (let at = from; at <= Math.min(to, 39); at++) if (chosen) places.add(at); else places.delete(at);
      expect(views.choose(view.viewId, viewer, steps)).toBe(places.size);
    }
    const inOrder = rids.filter((_, at) => places.has(at));
    expect(views.chosen(view.viewId, viewer, limit)).toEqual({ count: places.size, rids: inOrder.slice(0, limit) });
    expect(views.page(view.viewId, viewer, 3, 20).chosen).toEqual(rids.slice(3, 20).map((_, i) => places.has(i + 3)));
  }), { numRuns: 300 });
});

test('the whole list is chosen in one step, however long; a new list of the same person keeps what still stands in it', async () => {
  const { db, sheet, views } = await queueOf(30);
  const first = views.open(ALL, BY_DUE, viewer);
  expect(views.choose(first.viewId, viewer, [{ from: 0, to: Number.MAX_SAFE_INTEGER, chosen: true }])).toBe(30);
  const late = db.write(issueWith({ severity: 'P2' })).issueRids!;
  sheet.apply(late);
  views.noteChange(late);
  const next = views.open(QueueFilter.parse({ open: null, severities: ['P2'] }), BY_DUE, viewer, { keepChosenOf: first.viewId });
  expect([next.total, next.chosen]).toEqual([16, 15]);
  expect(views.chosen(next.viewId, viewer, 100).rids).not.toContain(late[0]);
  expect(views.open(ALL, BY_DUE, sessionWith({ personId: PEOPLE[1] }), { keepChosenOf: first.viewId }).chosen).toBe(0);
  expect(views.open(ALL, BY_DUE, viewer).chosen).toBe(0);
});

test('what is done is let go of in every list of the person, and in nobody else’s', async () => {
  const { views } = await queueOf(6);
  const other = sessionWith({ personId: PEOPLE[1] });
  const [mine, again, theirs] = [views.open(ALL, BY_DUE, viewer), views.open(ALL, { by: 'service', descending: true }, viewer), views.open(ALL, BY_DUE, other)];
  const all = [{ from: 0, to: 9, chosen: true }];
  for (const [view, who] of [[mine, viewer], [again, viewer], [theirs, other]] as const) views.choose(view.viewId, who, all);
  views.letGo(viewer.personId, views.page(mine.viewId, viewer, 1, 5).rids);
  expect([views.choose(mine.viewId, viewer, []), views.choose(again.viewId, viewer, []), views.choose(theirs.viewId, other, [])]).toEqual([2, 2, 6]);
  expect(() => views.choose(mine.viewId, other, all)).toThrow('queue/view-gone');
});

test('a set tells all its rids, rising, also beyond the size that it was made with', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat(5_000)), rids => {
    expect(new RidSet(rids, 8).all()).toEqual(rids.toSorted((a, b) => a - b));
    const selection = new Selection();
    selection.set(rids, true);
    selection.set(rids, true);
    expect(selection.count).toBe(rids.length);
  }));
});
