import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseRoot } from '../../contract/cases.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import { allRows, blobToId, idToBlob, type Database } from '../../db/database.ts';
import { readCaseOf, readParts } from '../../db/stores/cases.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { lead, openDesk, T0, type Desk } from './support.ts';

const openOf = (db: Database, id: Id): number => allRows<{ is_open: number }>(db, 'SELECT is_open FROM issue WHERE id=?', idToBlob(id))[0]?.is_open ?? -1;
const merge = (desk: Desk, id: Id, parentId: Id): void => { desk.mutate(lead, 'issue.merge', { id, parentId, edgeId: newId(T0), note: '' }); };
const edgesOf = (desk: Desk, id: Id): Id[] => (readIssue(desk.db, id)?.issue.merges ?? []).map(edge => edge.edgeId);

test('a record that another stands for is nobody’s to act on; split, it is open again', () => {
  const desk = openDesk();
  const [a, b, c] = [desk.receive(), desk.receive(), desk.receive()];
  merge(desk, a, b);
  merge(desk, b, c);
  expect([a, b, c].map(id => [readCaseOf(desk.db, id), openOf(desk.db, id)])).toEqual([[c, 0], [c, 0], [null, 1]]);
  expect(readParts(desk.db, c)).toEqual([a, b].sort());
  // A note leaves it where it is.
  desk.mutate(lead, 'issue.note', { id: a, note: 'Cùng một chỗ' });
  expect(openOf(desk.db, a)).toBe(0);
  desk.mutate(lead, 'issue.split', { id: b, edgeIds: edgesOf(desk, b), note: 'Hai chỗ khác nhau' });
  expect([a, b, c].map(id => [readCaseOf(desk.db, id), openOf(desk.db, id)])).toEqual([[b, 0], [null, 1], [null, 1]]);
  desk.close();
});

test('one that ends otherwise than closed stands for nobody: what was merged into it is to be acted on again', () => {
  const desk = openDesk();
  const [a, b, late] = [desk.receive(), desk.receive(), desk.receive()];
  merge(desk, a, b);
  desk.mutate(lead, 'issue.outOfScope', { id: b, reason: 'Ngoài địa bàn', advisedBody: 'Tỉnh bạn', reply: 'Đã hướng dẫn' });
  expect([a, b].map(id => openOf(desk.db, id))).toEqual([1, 0]);
  expect(() => { merge(desk, late, b); }).toThrow(expect.objectContaining({ code: 'issue/wrong-state' }));
  expect(() => { merge(desk, late, newId(T0)); }).toThrow(expect.objectContaining({ code: 'issue/bad-value' }));
  expect(openOf(desk.db, late)).toBe(1);
  desk.close();
});

test('a new call is not hidden by a closed case that one of its own parts was merged into before', () => {
  const [one, two] = [openDesk(), openDesk()];
  // The oldest stands for a case that leads to two.
  const [b, a, c] = [one.receive(), one.receive(), one.receive()].sort() as [Id, Id, Id];
  const of = (id: Id): Issue => readIssue(one.db, id)!.issue;
  const take = (seq: number, ...issues: Issue[]): void => { two.call('sync.applyPage', { rows: issues.map((data, i) => ({ kind: 'issue', id: data.id, seq: seq + i, deleted: false, data: { ...data } })), cursor: `c${seq}`, verdicts: [], atMs: T0 }); };
  const edge = (parentId: Id, atMs: number) => ({ edgeId: newId(T0), parentId, byId: lead.personId, atMs });
  const closed: Issue = { ...of(b), state: 'closed', history: [{ atMs: T0 + 20, byId: lead.personId, deviceId: lead.personId, action: 'issue.close', to: 'closed' }] };
  const part: Issue = { ...of(a), merges: [edge(b, T0 + 10)] };
  take(10, closed, part, of(c));
  expect([a, b, c].map(id => [readCaseOf(two.db, id), openOf(two.db, id)])).toEqual([[b, 0], [null, 0], [null, 1]]);
  take(20, { ...part, merges: [...part.merges!, edge(c, T0 + 30)] });
  expect([a, b, c].map(id => [readCaseOf(two.db, id), openOf(two.db, id)])).toEqual([[null, 1], [null, 0], [null, 1]]);
  one.close();
  two.close();
});

test('the case that comes later is joined when it comes, and what goes away leaves the others on their own', () => {
  const [one, two] = [openDesk(), openDesk()];
  const [a, b] = [one.receive(), one.receive()];
  merge(one, a, b);
  const rowOf = (id: Id, seq: number) => ({ kind: 'issue', id, seq, deleted: false, data: { ...readIssue(one.db, id)!.issue } as Record<string, unknown> });
  const take = (rows: ReturnType<typeof rowOf>[], cursor: string): void => { two.call('sync.applyPage', { rows, cursor, verdicts: [], atMs: T0 }); };
  take([rowOf(a, 10)], 'ten');
  expect([readCaseOf(two.db, a), openOf(two.db, a)]).toEqual([null, 1]);
  take([rowOf(b, 11)], 'eleven');
  expect([readCaseOf(two.db, a), openOf(two.db, a)]).toEqual([b, 0]);
  two.call('sync.applyPage', { rows: [{ kind: 'issue', id: b, seq: 12, deleted: true, data: {} }], cursor: 'twelve', verdicts: [], atMs: T0 });
  expect([readCaseOf(two.db, a), openOf(two.db, a)]).toEqual([null, 1]);
  one.close();
  two.close();
});

test('whatever is merged and split in whatever order, each record says the case that its edges give', () => {
  const step = fc.record({ child: fc.nat(5), parent: fc.nat(5), split: fc.boolean() });
  fc.assert(fc.property(fc.array(step, { maxLength: 25 }), steps => {
    const desk = openDesk();
    const ids = Array.from({ length: 6 }, () => desk.receive());
    for (const { child, parent, split } of steps) {
      const id = ids[child]!;
      try {
        if (split) desk.mutate(lead, 'issue.split', { id, edgeIds: edgesOf(desk, id), note: 'khác' });
        else merge(desk, id, ids[parent]!);
      } catch { /* nothing to split, or joined already */ }
    }
    const rows = ids.map(id => readIssue(desk.db, id)?.issue as Issue);
    const edges = rows.flatMap(row => (row.merges ?? []).map(edge => ({ child: row.id, parent: edge.parentId })));
    expect(allRows<{ child: Uint8Array; parent: Uint8Array }>(desk.db, 'SELECT * FROM issue_merge').map(row => `${blobToId(row.child)} ${blobToId(row.parent)}`).sort())
      .toEqual([...new Set(edges.map(edge => `${edge.child} ${edge.parent}`))].sort());
    for (const id of ids) {
      const members = new Set([id]);
      for (const member of members) for (const edge of edges) if (edge.child === member || edge.parent === member) members.add(edge.child).add(edge.parent);
      const root = caseRoot([...members], edges);
      expect(readCaseOf(desk.db, id)).toBe(root === id ? null : root);
      expect(openOf(desk.db, id)).toBe(root === id ? 1 : 0);
    }
    desk.close();
  }), { numRuns: 40 });
});
