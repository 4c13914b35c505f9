import { expect, test } from 'vitest';
import { firstOf } from '../../../main/sync/push.ts';

const note = (n: number, length: number) => ({ n, name: 'issue.note', actorId: 'a', atMs: 0, payload: { note: 'x'.repeat(length) }, issueId: 'only here' });

test('a push holds as much as fits, in order, at least one, and nothing that only this machine knows', () => {
  const pending = [note(1, 100), note(2, 100), note(3, 100)];
  expect(firstOf(pending, 10_000).map(({ n }) => n)).toEqual([1, 2, 3]);
  expect(firstOf(pending, 350).map(({ n }) => n)).toEqual([1, 2]);
  expect(firstOf(pending, 10).map(({ n }) => n)).toEqual([1]);
  expect(firstOf([], 10)).toEqual([]);
  expect(firstOf(pending, 10_000)[0]).toEqual({ n: 1, name: 'issue.note', actorId: 'a', atMs: 0, payload: { note: 'x'.repeat(100) } });
});
