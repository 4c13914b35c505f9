import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answeredBy, caseRoot, type Edge } from '../../contract/cases.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import { applyIssueMutation } from '../../contract/mutations/issue.ts';
import { AppError } from '../../contract/errors.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { factsFor, person, receive } from './records.ts';

const [A, B, C, D] = [newId(1_000), newId(2_000), newId(3_000), newId(4_000)] as [Id, Id, Id, Id];
const ALL = [A, B, C, D];
const edge = (child: Id, parent: Id): Edge => ({ child, parent });

describe('the record that stands for a case', () => {
  test('is the one to which the others lead, also when it is the younger', () => {
    expect(caseRoot([A, B], [edge(A, B)])).toBe(B);
    expect(caseRoot([A, B, C], [edge(A, B), edge(B, C)])).toBe(C);
  });
  test('is the oldest where two stations merged A into B and B into A, or one into two', () => {
    expect(caseRoot([A, B], [edge(A, B), edge(B, A)])).toBe(A);
    expect(caseRoot([A, B, C], [edge(C, A), edge(C, B)])).toBe(A);
    expect(caseRoot([A, B, C], [edge(A, B), edge(B, C), edge(C, A)])).toBe(A);
  });
  test('does not depend on records that are not here', () => {
    expect(caseRoot([A, B], [edge(A, B), edge(B, D)])).toBe(B);
  });
  test('is one of them, the same whatever the order of records and edges', () => {
    const edges = fc.array(fc.tuple(fc.constantFrom(...ALL), fc.constantFrom(...ALL)).map(([child, parent]) => edge(child, parent)), { maxLength: 8 });
    fc.assert(fc.property(edges, fc.shuffledSubarray(ALL, { minLength: 1 }), fc.integer(), (some, members, seed) => {
      const root = caseRoot(members, some);
      expect(members).toContain(root);
      const shuffled = some.map((one, at) => [one, Math.imul(at + 1, seed)] as const).sort((a, b) => a[1] - b[1]).map(([one]) => one);
      expect(caseRoot(members.toReversed(), shuffled)).toBe(root);
    }));
  });
});

test('a record that stands for a case answers while it is open, and once closed for what was joined before; ended otherwise, for nothing', () => {
  const root = (state: Issue['state'], atMs = 100) => ({ state, history: [{ atMs, byId: A, deviceId: B, action: 'issue.close', to: state }] });
  const joined = (...moments: number[]) => ({ merges: moments.map((atMs, n) => ({ edgeId: newId(n), parentId: A, byId: B, atMs })) });
  const does = (one: ReturnType<typeof root>, ...moments: number[]) => answeredBy(A, one, [{ id: A }, { id: B, ...joined(...moments) }]).has(B);
  expect([does(root('resolved'), 200), does(root('closed'), 100), does(root('closed'), 50, 101), does(root('cancelled'), 50)]).toEqual([true, true, false, false]);
});

test('a closed case answers for nothing that came to it by another of its parts after it was closed, in whichever direction that was joined', () => {
  const root = { state: 'closed' as const, history: [{ atMs: 100, byId: A, deviceId: B, action: 'issue.close', to: 'closed' as const }] };
  const to = (parentId: Id, atMs: number) => ({ edgeId: newId(atMs), parentId, byId: B, atMs });
  // B was joined with A before A was closed, D with B; then B was joined with C, which nobody has looked at.
  const members = [{ id: A }, { id: B, merges: [to(A, 50), to(C, 150)] }, { id: C }, { id: D, merges: [to(B, 60)] }];
  expect([...answeredBy(A, root, members)].sort()).toEqual([A, D].sort());
  expect([...answeredBy(A, root, [{ id: A }, { id: B, merges: [to(A, 50)] }, { id: C, merges: [to(B, 150)] }])].sort()).toEqual([A, B].sort());
  expect(answeredBy(A, { ...root, state: 'resolved' }, members).size).toBe(4);
});

test('what was joined is parted again within the days of the policy pack, and not after', () => {
  const DAY = 86_400_000, days = DEFAULT_PACK.dedupe.splitDays;
  const part = applyIssueMutation('issue.merge', receive({ id: A }), { id: A, edgeId: C, parentId: B, note: '' }, factsFor(person(), { atMs: 0 })).row;
  const split = (atMs: number) => applyIssueMutation('issue.split', part, { id: A, edgeIds: [C], note: 'khác' }, factsFor(person(), { atMs })).row.merges;
  expect(split(days * DAY)).toEqual([]);
  expect(() => split(days * DAY + 1)).toThrow(expect.objectContaining({ code: 'issue/too-late-to-split', facts: { days } }));
  // Of two that are named, the one that is too old stays.
  const twice = applyIssueMutation('issue.merge', part, { id: A, edgeId: D, parentId: C, note: '' }, factsFor(person(), { atMs: DAY })).row;
  const left = applyIssueMutation('issue.split', twice, { id: A, edgeIds: [C, D], note: 'khác' }, factsFor(person(), { atMs: days * DAY + 1 })).row.merges;
  expect(left?.map(one => one.edgeId)).toEqual([C]);
});

test('nothing is joined to a record that whoever joins it may not see', () => {
  const join = (service: Issue['service']) => () => applyIssueMutation('issue.merge', receive({ id: A }), { id: A, edgeId: C, parentId: B, note: '' },
    factsFor(person({ scope: { siteIds: null, services: ['114'] } }), { record: () => receive({ id: B, service }) }));
  expect(join('114')).not.toThrow();
  expect(join('113')).toThrow(expect.objectContaining({ code: 'issue/bad-value', facts: { field: 'parentId' } }));
});

interface Step { who: number; child: number; parent: number; split: boolean }
const steps = fc.array(fc.record({ who: fc.nat(1), child: fc.nat(3), parent: fc.nat(3), split: fc.boolean() }), { maxLength: 14 });

/** What two consoles that do not hear each other do, as intents with their edges' ids. */
function intents(all: readonly Step[]) {
  const own = [0, 1].map(() => new Map(ALL.map(id => [id, receive({ id })])));
  return all.flatMap((step, n) => {
    const [id, parentId] = [ALL[step.child]!, ALL[step.parent]!];
    const rows = own[step.who]!;
    const row = rows.get(id)!;
    const edgeIds = (row.merges ?? []).map(one => one.edgeId);
    const run = step.split
      ? (before: Issue) => applyIssueMutation('issue.split', before, { id, edgeIds, note: 'khác' }, factsFor(person(), { atMs: n })).row
      : (before: Issue) => applyIssueMutation('issue.merge', before, { id, edgeId: newId(10_000 + n), parentId, note: '' }, factsFor(person(), { atMs: n })).row;
    const after = taken(row, step.split && edgeIds.length === 0 ? null : run);
    if (after === null) return [];
    rows.set(id, after);
    return [{ id, who: step.who, run }];
  });
}

function taken(row: Issue, run: ((row: Issue) => Issue) | null): Issue | null {
  try {
    return run === null ? null : run(row);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** The case of every record once all has been judged in an order that keeps each console's own. */
function judged(all: ReturnType<typeof intents>, choose: (n: number) => boolean): Map<Id, Id> {
  const rows = new Map(ALL.map(id => [id, receive({ id })]));
  const queues = [0, 1].map(who => all.filter(one => one.who === who));
  for (let n = 0; queues[0]!.length + queues[1]!.length > 0; n += 1) {
    const queue = queues[0]!.length === 0 ? queues[1]! : queues[1]!.length === 0 || choose(n) ? queues[0]! : queues[1]!;
    const { id, run } = queue.shift()!;
    rows.set(id, taken(rows.get(id)!, run) ?? rows.get(id)!);
  }
  const edges = [...rows.values()].flatMap(row => (row.merges ?? []).map(one => edge(row.id, one.parentId)));
  return new Map(ALL.map(id => {
    const members = new Set([id]);
    for (const member of members) for (const one of edges) if (one.child === member || one.parent === member) members.add(one.child).add(one.parent);
    return [id, caseRoot([...members], edges)];
  }));
}

test('merging and splitting apart commute: whoever’s changes come first, the cases are the same', () => {
  fc.assert(fc.property(steps, fc.infiniteStream(fc.boolean()), (all, order) => {
    const given = intents(all);
    const picks: boolean[] = [];
    const pick = (n: number): boolean => { while (picks.length <= n) picks.push(order.next().value as boolean); return picks[n]!; };
    expect(judged(given, pick)).toEqual(judged(given, () => true));
    expect(judged(given, n => n % 2 === 0)).toEqual(judged(given, () => false));
  }), { numRuns: 400 });
});

test('what was merged can be split again, and is then as if it had never been', () => {
  const row = receive({ id: A });
  const merged = applyIssueMutation('issue.merge', row, { id: A, edgeId: newId(9), parentId: B, note: '' }, factsFor(person())).row;
  expect(merged.merges).toHaveLength(1);
  const split = applyIssueMutation('issue.split', merged, { id: A, edgeIds: [newId(9)].map(() => merged.merges![0]!.edgeId), note: 'Hai đám cháy' }, factsFor(person())).row;
  expect({ ...split, history: [] }).toEqual({ ...row, merges: [], history: [] });
  expect(split.history.map(entry => entry.action)).toEqual(['issue.receive', 'issue.merge', 'issue.split']);
});
