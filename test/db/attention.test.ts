import { describe, expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { Row, Verdict } from '../../contract/province.ts';
import { pendingBytes, pendingMutations } from '../../db/outbox.ts';
import { readAttention, readHeld } from '../../db/stores/attention.ts';
import { readDrafts } from '../../db/stores/drafts.ts';
import { readForms } from '../../db/stores/form-texts.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { desk, DESK, lead, LEAD, openDesk, report, T0, type Desk } from './support.ts';

const verdicts = (on: Desk, ...list: Verdict[]): void => { on.call('sync.applyVerdicts', { verdicts: list, atMs: T0 + 1_000 }); };
const page = (on: Desk, ...rows: Row[]): void => { on.call('sync.applyPage', { rows, cursor: 'c', verdicts: [], atMs: T0 + 1_000 }); };
const rowOf = (issue: Issue, seq: number, more: Partial<Issue> = {}): Row => ({ kind: 'issue', id: issue.id, seq, deleted: false, data: { ...issue, ...more, version: seq } });
const ended = (on: Desk, n: number) => on.db.prepare('SELECT done_how, done_n FROM attention WHERE n=?').raw().get(n);
const sent = (on: Desk) => pendingMutations(on.db, 50).map(({ n, name, payload }) => ({ n, name, payload }));
const audited = (on: Desk) => on.db.prepare('SELECT action FROM audit ORDER BY seq DESC LIMIT 1').pluck().get();

function issueOf(on: Desk, id: Id): Issue {
  const stored = readIssue(on.db, id);
  if (stored === null) throw new Error('gone');
  return stored.issue;
}

const THEIRS = { severity: 'P1' as const, category: 'road', description: 'Bản của người khác' };
const MINE = { severity: 'P2' as const, category: 'water', description: 'Bản của tôi' };

/** Three fields of a record edited here, of which someone else had changed `lost` before, at a known time. */
function conflicted(lost: readonly (keyof typeof MINE)[]): { on: Desk; id: Id } {
  const on = openDesk();
  const id = on.receive();
  const start = issueOf(on, id);
  page(on, rowOf(start, 10, { displayNo: 'DX-26-000010' }));
  verdicts(on, { n: 1, status: 'applied', seq: 10 });
  const fields = Object.fromEntries((['severity', 'category', 'description'] as const).map(field => [field, { from: start[field], to: MINE[field] }]));
  on.mutate(desk, 'issue.edit', { id, fields });
  verdicts(on, { n: 2, status: lost.length === 3 ? 'conflict' : 'merged', seq: 12, lost: lost.map(field => ({ field, mine: MINE[field], theirs: THEIRS[field] })) });
  const now = { ...MINE, ...Object.fromEntries(lost.map(field => [field, THEIRS[field]])) };
  const history = [...start.history, { atMs: T0 + 77, byId: DESK, deviceId: start.stationId, action: 'issue.edit', fields: [...lost] }];
  page(on, rowOf(start, 12, { ...now, history, displayNo: 'DX-26-000010' }));
  return { on, id };
}

describe('a value that lost', () => {
  test('stands beside what the record has now, with who put it there and when', () => {
    const { on, id } = conflicted(['severity']);
    const [entry] = readAttention(on.db);
    expect(entry?.attention.lost).toEqual([{ field: 'severity', mine: 'P2', theirs: 'P1', present: 'P1', presentBy: 'Trần Minh Họa', presentAtMs: T0 + 77 }]);
    const later = issueOf(on, id);
    page(on, rowOf(later, 13, { severity: 'P4', history: [...later.history, { atMs: T0 + 99, byId: DESK, deviceId: later.stationId, action: 'issue.edit', fields: ['severity'] }] }));
    expect(readAttention(on.db)[0]?.attention.lost).toMatchObject([{ theirs: 'P1', present: 'P4', presentAtMs: T0 + 99 }]);
    on.close();
  });

  const ALL = ['severity', 'category', 'description'] as const;
  const subsets = [1, 2, 3, 4, 5, 6, 7].map(bits => ALL.filter((_, i) => (bits >> i & 1) === 1));
  test.each(subsets.flatMap(lost => subsets.filter(kept => kept.every(field => lost.includes(field))).map(kept => [lost.join('+'), kept.join('+'), lost, kept] as const)))(
    'of %s lost, keeping %s is one new edit over the present values and nothing else', (_l, _k, lost, kept) => {
      const { on, id } = conflicted(lost);
      on.call('attention.keepMine', { n: 2, fields: [...kept], actor: desk, atMs: T0 + 500 });
      expect(sent(on)).toEqual([{ n: 3, name: 'issue.edit', payload: { id, fields: Object.fromEntries(kept.map(field => [field, { from: THEIRS[field], to: MINE[field] }])) } }]);
      const want = Object.fromEntries(ALL.map(field => [field, !lost.includes(field) || kept.includes(field) ? MINE[field] : THEIRS[field]]));
      expect(issueOf(on, id)).toMatchObject(want);
      expect([readAttention(on.db), ended(on, 2)]).toEqual([[], ['mine', 3]]);
      expect(() => on.call('attention.keepMine', { n: 2, fields: [...kept], actor: desk, atMs: T0 + 501 })).toThrow('attention/done');
      expect(sent(on)).toHaveLength(1);
      on.close();
    });

  test('that the record has meanwhile needs no edit; the entry ends all the same', () => {
    const { on, id } = conflicted(['severity']);
    page(on, rowOf(issueOf(on, id), 13, { severity: 'P2' }));
    expect(on.call('attention.keepMine', { n: 2, fields: ['severity'], actor: desk, atMs: T0 + 500 })).toEqual({ n: null });
    expect([sent(on), ended(on, 2)]).toEqual([[], ['mine', null]]);
    on.close();
  });

  test('cannot be kept once the record is closed: the entry stays, and nothing is written', () => {
    const { on, id } = conflicted(['severity']);
    page(on, rowOf(issueOf(on, id), 13, { state: 'closed' }));
    expect(() => on.call('attention.keepMine', { n: 2, fields: ['severity'], actor: desk, atMs: T0 + 500 })).toThrow('issue/wrong-state');
    expect([sent(on), readAttention(on.db)]).toMatchObject([[], [{ attention: { n: 2 } }]]);
    on.close();
  });

  test('given up for theirs is on record, and can be taken back', () => {
    const { on, id } = conflicted(['severity']);
    on.call('attention.dismiss', { n: 2, personId: LEAD, atMs: T0 + 5, theirs: true });
    expect([readAttention(on.db), ended(on, 2), audited(on), issueOf(on, id).severity]).toEqual([[], ['theirs', null], 'attention.takeTheirs', 'P1']);
    on.call('attention.restore', { n: 2, personId: LEAD, atMs: T0 + 6 });
    expect([readAttention(on.db), audited(on)]).toMatchObject([[{ attention: { n: 2, lost: [{ mine: 'P2' }] } }], 'attention.restore']);
    on.close();
  });
});

describe('what was refused', () => {
  const REFUSED = { status: 'rejected' as const, seq: 3, error: { code: 'issue/outside-scope' as const, facts: {} } };

  test('a receiving put away by mistake comes back with its record', () => {
    const on = openDesk();
    const id = on.receive();
    const before = issueOf(on, id);
    verdicts(on, { n: 1, ...REFUSED });
    on.call('attention.dismiss', { n: 1, personId: DESK, atMs: T0 });
    expect(readIssue(on.db, id)).toBe(null);
    on.call('attention.restore', { n: 1, personId: DESK, atMs: T0 });
    expect(readIssue(on.db, id)).toMatchObject({ issue: before, sync: 2 });
    on.call('attention.dismiss', { n: 1, personId: DESK, atMs: T0 });
    expect(readIssue(on.db, id)).toBe(null);
    on.close();
  });

  test('a receiving is corrected in a draft under the number that was told, and sending that ends the entry and the old record', () => {
    const on = openDesk();
    const id = on.receive();
    const { provisionalNo } = issueOf(on, id);
    verdicts(on, { n: 1, ...REFUSED });
    const again = () => on.call('attention.again', { n: 1, action: 'issue.receive', fields: { description: 'Vỡ ống' }, personId: DESK, atMs: T0 });
    const { draftId } = again();
    if (draftId === null) throw new Error('no draft');
    on.call('draft.save', { id: draftId, personId: DESK, service: '1022', fields: { description: 'Vỡ ống, đã sửa' }, atMs: T0 });
    expect(again()).toEqual({ draftId });
    expect(readDrafts(on.db, DESK)).toMatchObject([{ provisionalNo, fields: { description: 'Vỡ ống, đã sửa' } }]);
    on.call('issue.mutate', { actor: desk, name: 'issue.receive', payload: report(draftId), atMs: T0, draftId });
    expect(sent(on)).toMatchObject([{ n: 2, name: 'issue.receive', payload: { id: draftId } }]);
    expect([readAttention(on.db), ended(on, 1), readDrafts(on.db, DESK), readIssue(on.db, id)]).toEqual([[], ['again', 2], [], null]);
    expect(issueOf(on, draftId).provisionalNo).toBe(provisionalNo);
    on.close();
  });

  test('a draft refused by the rules here leaves the entry and the draft as they were', () => {
    const on = openDesk();
    on.receive();
    verdicts(on, { n: 1, ...REFUSED });
    const { draftId } = on.call('attention.again', { n: 1, action: 'issue.receive', fields: {}, personId: DESK, atMs: T0 });
    if (draftId === null) throw new Error('no draft');
    expect(() => on.call('issue.mutate', { actor: desk, name: 'issue.receive', payload: report(draftId, { description: ' ' }), atMs: T0, draftId })).toThrow('issue/field-required');
    expect([readAttention(on.db).length, readDrafts(on.db, DESK).length, sent(on)]).toEqual([1, 1, []]);
    on.close();
  });

  function refusedStep(): { on: Desk; id: Id } {
    const on = openDesk();
    const id = on.receive();
    verdicts(on, { n: 1, status: 'applied', seq: 2 });
    on.mutate(desk, 'issue.note', { id, note: 'đã gọi lại' });
    verdicts(on, { n: 2, ...REFUSED });
    return { on, id };
  }

  test('a step goes back into its form, over nothing that is being written there; sent again it is one new mutation', () => {
    const { on, id } = refusedStep();
    const place = { personId: DESK, issueId: id, action: 'issue.note' as const };
    const again = (n = 2) => on.call('attention.again', { n, action: 'issue.note', fields: { text: 'đã gọi lại' }, personId: DESK, atMs: T0 });
    on.call('form.save', { ...place, fields: { text: 'đang viết việc khác' }, atMs: T0 });
    expect(() => again()).toThrow('attention/form-begun');
    expect(readForms(on.db, DESK, id)).toMatchObject([{ fields: { text: 'đang viết việc khác' } }]);
    on.call('form.remove', place);
    again();
    on.call('form.save', { ...place, fields: { text: 'đã gọi lại lúc 10:05' }, atMs: T0 });
    again();
    expect(readForms(on.db, DESK, id)).toMatchObject([{ fields: { text: 'đã gọi lại lúc 10:05' } }]);
    on.mutate(desk, 'issue.note', { id, note: 'đã gọi lại lúc 10:05' });
    expect(sent(on)).toEqual([{ n: 3, name: 'issue.note', payload: { id, note: 'đã gọi lại lúc 10:05' } }]);
    expect([readAttention(on.db), ended(on, 2), readForms(on.db, DESK, id)]).toEqual([[], ['again', 3], []]);
    on.mutate(desk, 'issue.note', { id, note: 'việc mới' });
    expect(ended(on, 2)).toEqual(['again', 3]);
    on.close();
  });

  test('two people who correct the same one: the first wins, the second is told and nothing is sent twice', () => {
    const { on, id } = refusedStep();
    for (const personId of [DESK, LEAD]) on.call('attention.again', { n: 2, action: 'issue.note', fields: { text: 'x' }, personId, atMs: T0 });
    on.mutate(lead, 'issue.note', { id, note: 'của ca trưởng' });
    expect(() => on.mutate(desk, 'issue.note', { id, note: 'của trực ban' })).toThrow('attention/done');
    expect(sent(on)).toHaveLength(1);
    expect(readForms(on.db, DESK, id)).toHaveLength(1);
    on.close();
  });

  test('one whose place another has taken does not come back when a restored province judges it again', () => {
    const { on, id } = refusedStep();
    on.call('attention.again', { n: 2, action: 'issue.note', fields: { text: 'x' }, personId: DESK, atMs: T0 });
    on.mutate(desk, 'issue.note', { id, note: 'lần nữa' });
    verdicts(on, { n: 3, status: 'applied', seq: 9 });
    on.call('sync.provinceRestored', { lastN: 1 });
    expect(sent(on).map(({ n }) => n)).toEqual([2, 3]);
    verdicts(on, { n: 2, ...REFUSED }, { n: 3, status: 'applied', seq: 4 });
    expect([readAttention(on.db), ended(on, 2)]).toEqual([[], ['again', 3]]);
    on.close();
  });
});

test('what waits for its record after a restore is listed, and how much is unsent is always what the outbox has', () => {
  const on = openDesk();
  const id = newId(T0);
  const size = () => on.db.prepare('SELECT coalesce(sum(octet_length(payload)), 0) FROM outbox WHERE acked_seq IS NULL AND n > 0').pluck().get();
  const same = (): void => { expect(pendingBytes(on.db)).toBe(size()); };
  page(on, { kind: 'issue', id, seq: 5, deleted: false, data: { ...issueLike(on, id), version: 5 } });
  on.mutate(desk, 'issue.note', { id, note: 'giữ lại' });
  same();
  verdicts(on, { n: 2, status: 'applied', seq: 9 });
  same();
  on.call('sync.provinceRestored', { lastN: 1 });
  expect(pendingBytes(on.db)).toBeGreaterThan(30);
  same();
  verdicts(on, { n: 2, status: 'rejected', seq: 1, error: { code: 'issue/not-found', facts: {} } });
  expect(pendingBytes(on.db)).toBe(0);
  same();
  expect(readHeld(on.db)).toMatchObject([{ actorId: DESK, attention: { status: 'held', name: 'issue.note', issueId: id, payload: { note: 'giữ lại' }, byName: 'Trần Minh Họa' } }]);
  page(on, { kind: 'issue', id, seq: 6, deleted: false, data: { ...issueLike(on, id), version: 6 } });
  expect(readHeld(on.db)).toEqual([]);
  same();
  expect(sent(on)).toMatchObject([{ payload: { note: 'giữ lại' } }]);
  on.close();
});

/** A record as another workstation received it. */
function issueLike(on: Desk, id: Id): Issue {
  const stored = readIssue(on.db, id);
  if (stored !== null) return stored.issue;
  const other = openDesk();
  other.mutate(desk, 'issue.receive', report(id));
  const issue = issueOf(other, id);
  other.close();
  on.mutate(desk, 'issue.receive', report(newId(T0)));
  verdicts(on, { n: 1, status: 'applied', seq: 1 });
  return issue;
}
