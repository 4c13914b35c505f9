import { expect, test } from 'vitest';
import { pendingCounts, pendingMutations } from '../../db/outbox.ts';
import { readAttention } from '../../db/stores/attention.ts';
import { readIssue } from '../../db/stores/issues.ts';
import type { Row } from '../../contract/province.ts';
import { desk, openDesk, T0 } from './support.ts';

/** A desk with one record of the province, number 1022-2026-000007, on which a note waits. */
function withNote() {
  const on = openDesk();
  const id = on.receive();
  const issue = { ...readIssue(on.db, id)!.issue, displayNo: '1022-2026-000007', version: 10 };
  const row: Row = { kind: 'issue', id, seq: 10, deleted: false, data: { ...issue } };
  on.call('sync.applyPage', { rows: [row], cursor: 'a', verdicts: [{ n: 1, status: 'applied', seq: 10 }], atMs: T0 });
  on.mutate(desk, 'issue.note', { id, note: 'Đã gọi lại cho người báo' });
  const left: Row = { kind: 'issue', id, seq: 12, deleted: true, left: true, data: {} };
  return { on, id, row, left };
}

test('a record that has left goes at once; what waits for it is still sent, and refused with the record’s words', () => {
  const { on, id, left } = withNote();
  on.call('sync.applyPage', { rows: [left], cursor: 'b', verdicts: [], atMs: T0 });
  expect(readIssue(on.db, id)).toBe(null);
  expect(pendingMutations(on.db, 10).map(mutation => [mutation.n, mutation.name])).toEqual([[2, 'issue.note']]);
  on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'rejected', seq: 12, error: { code: 'issue/outside-scope', facts: {} } }], atMs: T0 + 1 });
  expect(readIssue(on.db, id)).toBe(null);
  expect(pendingCounts(on.db)).toMatchObject({ pending: 0, refused: 1 });
  expect(readAttention(on.db).map(({ attention }) => attention)).toMatchObject([{
    n: 2, issueId: id, issueNo: '1022-2026-000007', description: 'Vỡ ống nước trước cổng trường', error: { code: 'issue/outside-scope' }, payload: { note: 'Đã gọi lại cho người báo' },
  }]);
  on.close();
});

test('a record that comes back while something waits is whole again, with what waits on top', () => {
  const { on, id, row, left } = withNote();
  on.call('sync.applyPage', { rows: [left], cursor: 'b', verdicts: [], atMs: T0 });
  on.call('sync.applyPage', { rows: [{ ...row, seq: 15 }], cursor: 'c', verdicts: [], atMs: T0 });
  expect(readIssue(on.db, id)).toMatchObject({ sync: 1, issue: { displayNo: '1022-2026-000007', version: 15 } });
  expect(readIssue(on.db, id)?.issue.history.at(-1)?.note).toBe('Đã gọi lại cho người báo');
  on.close();
});
