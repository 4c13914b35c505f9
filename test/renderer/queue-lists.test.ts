import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QueueFilter } from '../../contract/queue.ts';
import { QUEUE_COLUMNS, type ViewColumn } from '../../contract/saved-view.ts';
import { formatDate, instantOf, nextDay, parseDate } from '../../contract/time.ts';
import { completeGiven, previewGiven, toldUntilMs } from '../../renderer/screens/queue/bulk/bulk-words.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { BULK, BULK_ACTIONS, BULK_LIMITS, type BulkJob } from '../../contract/bulk.ts';
import { ALWAYS, chooserRows, DEFAULT_COLUMNS, extrasOf, moved, shownColumns, toggled, widened, withWidth } from '../../renderer/screens/queue/columns/column-list.ts';
import { chipsOf } from '../../renderer/screens/queue/filter/chips.ts';
import { extendSteps, type Run } from '../../renderer/screens/queue/mark-run.ts';
import { NO_NARROWING, type Narrowing } from '../../renderer/screens/queue/tabs.ts';

const someNarrowing: fc.Arbitrary<Narrowing> = fc.record({
  services: fc.subarray(['113', '115', '1022'] as const), states: fc.subarray(['received', 'verifying', 'closed'] as const), severities: fc.subarray(['P1', 'P2'] as const),
  categories: fc.subarray(['waste', 'of-next-year']), areaId: fc.constantFrom(null, '00000000-0000-7000-8000-000000000001'), leadUnitId: fc.constantFrom(null, '00000000-0000-7000-8000-000000000002'),
  receivedFromMs: fc.constantFrom(null, instantOf(2026, 11, 1)), receivedToMs: fc.constantFrom(null, instantOf(2026, 12, 1)), mine: fc.boolean(), overdue: fc.boolean(), text: fc.constantFrom('', 'cháy'),
}).map(part => QueueFilter.parse({ ...part, open: part.states.length === 0 ? true : null }));

describe('what narrows a list', () => {
  test('is told piece by piece; each taken off alone leaves the others, all of them leave nothing', () => {
    fc.assert(fc.property(someNarrowing, start => {
      const kinds = chipsOf(start).map(({ kind, value }) => `${kind} ${value}`);
      for (const [i, chip] of chipsOf(start).entries()) {
        expect(chipsOf({ ...start, ...chip.without }).map(({ kind, value }) => `${kind} ${value}`)).toEqual(kinds.toSpliced(i, 1));
      }
      let rest = start;
      for (let chip = chipsOf(rest)[0]; chip !== undefined; chip = chipsOf(rest)[0]) rest = { ...rest, ...chip.without };
      expect(rest).toEqual(NO_NARROWING);
    }));
  });

  test('tells the last day as the one that is still in', () => {
    const n = { ...NO_NARROWING, receivedFromMs: instantOf(2026, 11, 1), receivedToMs: nextDay(instantOf(2026, 11, 24)) };
    expect(chipsOf(n).map(({ kind, value }) => [kind, value])).toEqual([['from', '01/11/2026'], ['to', '24/11/2026']]);
  });
});

test('the result of a bulk action goes by itself after half a minute, unless it can be taken back or has something to look at', () => {
  const job: BulkJob = { id: '00000000-0000-7000-8000-000000000001', action: 'classify', undoOf: '00000000-0000-7000-8000-000000000002', status: 'done', total: 2, done: 2, unchanged: 0, refused: 0, partly: 0, error: null, startedAtMs: 0, endedAtMs: 5, undoUntilMs: null };
  expect(toldUntilMs(job)).toBe(30_005);
  expect([{ undoUntilMs: 9 }, { done: 1, refused: 1 }, { partly: 1 }, { done: 1 }].map(part => toldUntilMs({ ...job, ...part }))).toEqual(Array(4).fill(5 + BULK_LIMITS.undoMs));
  expect(toldUntilMs({ ...job, endedAtMs: null })).toBe(Infinity);
});

test('a day is read as it is written, and only if there is one', () => {
  fc.assert(fc.property(fc.integer({ min: instantOf(1990, 1, 1), max: instantOf(2080, 1, 1) }), atMs => {
    expect(formatDate(parseDate(formatDate(atMs)) ?? 0)).toBe(formatDate(atMs));
  }));
  expect([parseDate('1/2/2026'), parseDate(' 01-02-2026 '), parseDate('01.02.2026')]).toEqual(Array.from({ length: 3 }, () => instantOf(2026, 2, 1)));
  expect(['29/02/2026', '31/04/2026', '0/1/2026', '24/11/26', '24/11', 'hôm nay', ''].map(parseDate)).toEqual(Array.from({ length: 7 }, () => null));
});

describe('the columns of a list', () => {
  const aColumn: fc.Arbitrary<ViewColumn> = fc.record({ id: fc.constantFrom(...QUEUE_COLUMNS, 'weather' as 'due'), width: fc.constantFrom(null, 40, 300) });
  test('are always known ones, each once, with those that tell rows apart, whatever is done to them', () => {
    fc.assert(fc.property(fc.array(aColumn, { maxLength: 20 }), fc.array(fc.tuple(fc.nat(3), fc.constantFrom(...QUEUE_COLUMNS), fc.constantFrom(-1 as const, 1 as const)), { maxLength: 12 }), (start, acts) => {
      let columns: readonly ViewColumn[] = start;
      for (const [act, id, way] of acts) {
        columns = [toggled(columns, id), moved(columns, id, way), widened(columns, id, way, 200), withWidth(columns, id, way * 5_000)][act] ?? columns;
        const ids = shownColumns(columns).map(column => column.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.every(known => QUEUE_COLUMNS.includes(known)) && ALWAYS.every(needed => ids.includes(needed))).toBe(true);
        expect(chooserRows(columns).map(row => row.column.id).toSorted()).toEqual([...QUEUE_COLUMNS].toSorted());
        expect(shownColumns(columns).every(({ width }) => width === null || (width >= 24 && width <= 1_200))).toBe(true);
      }
    }));
  });

  test('ask a page only for what it does not bring anyway', () => {
    expect(extrasOf(DEFAULT_COLUMNS)).toEqual([]);
    expect(extrasOf(toggled(toggled(DEFAULT_COLUMNS, 'received'), 'unit'))).toEqual(['unitName']);
  });

  test('move one place at a time and stop at the ends', () => {
    const ids = (columns: readonly ViewColumn[]) => columns.map(column => column.id).join(' ');
    expect(ids(moved(DEFAULT_COLUMNS, 'due', -1))).toBe('severity number content due state sync');
    expect(ids(moved(DEFAULT_COLUMNS, 'severity', -1))).toBe(ids(DEFAULT_COLUMNS));
    expect(ids(moved(DEFAULT_COLUMNS, 'author', 1))).toBe(ids(DEFAULT_COLUMNS));
  });
});

test('a run of marks that is drawn out and in again holds what lies between its beginning and its end, as a plain set says', () => {
  fc.assert(fc.property(fc.nat(30), fc.array(fc.nat(30), { minLength: 1 }), (from, ends) => {
    const marked = new Set([from]);
    let run: Run = { from, to: from };
    for (const to of ends) {
      for (const step of extendSteps(run, to)) for (let at = step.from; at <= step.to; at++) if (step.chosen) marked.add(at); else marked.delete(at);
      run = { from, to };
      const [low, high] = [Math.min(from, to), Math.max(from, to)];
      expect([...marked].sort((a, b) => a - b)).toEqual(Array.from({ length: high - low + 1 }, (_, i) => low + i));
    }
  }));
});

test('what is filled in for a bulk action is complete exactly when the action takes it', () => {
  const id = '00000000-0000-7000-8000-000000000003';
  const full = { classify: { severity: 'P1', category: '' }, startVerification: {}, forward: { leadUnitId: id }, note: { note: 'Đã gọi' }, link: { parentId: id }, remind: {} } as const;
  const known = { categories: DEFAULT_PACK.categories, atMs: 0 };
  for (const action of BULK_ACTIONS) {
    expect(() => BULK[action].payloads(completeGiven(action, full[action]), known)).not.toThrow();
    expect(() => BULK[action].payloads(previewGiven(action, full[action]), known)).not.toThrow();
  }
  expect([completeGiven('classify', { severity: '', category: '' }), completeGiven('forward', {}), completeGiven('note', { note: '  ' }), previewGiven('forward', { note: 'gấp' })]).toEqual([null, null, null, null]);
});
