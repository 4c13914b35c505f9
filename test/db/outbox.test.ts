import { describe, expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import { LIMITS, type Issue } from '../../contract/issue.ts';
import type { Row, Verdict } from '../../contract/province.ts';
import { pendingCounts, pendingMutations } from '../../db/outbox.ts';
import { readAttention, readAttentionFor, readHeld } from '../../db/stores/attention.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readParkedRows, readSyncState } from '../../db/stores/sync.ts';
import { createRunner } from '../../db/runner.ts';
import { desk, DESK, lead, openDesk, report, STATION, T0, UNIT, unitRow } from './support.ts';

type TestDesk = ReturnType<typeof openDesk>;

function page(on: TestDesk, rows: Row[], verdicts: Verdict[] = []): void {
  on.call('sync.applyPage', { rows, cursor: `at ${rows.at(-1)?.seq ?? 0}`, verdicts, atMs: T0 + 1_000 });
}

const rowOf = (issue: Issue | Record<string, unknown>, seq: number, more: object = {}): Row =>
  ({ kind: 'issue', id: (issue as Issue).id, seq, deleted: false, data: { ...issue, version: seq, ...more } });

/** A record that both sides know at seq 10. */
function known(on: TestDesk): Id {
  const id = on.receive();
  page(on, [rowOf(issue(on, id), 10, { displayNo: 'DX-26-000010' })], [{ n: 1, status: 'applied', seq: 10 }]);
  return id;
}

function issue(on: TestDesk, id: Id): Issue {
  const stored = readIssue(on.db, id);
  if (stored === null) throw new Error('gone');
  return stored.issue;
}

const left = (on: TestDesk) => ['outbox', 'base_row'].map(table => on.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
const edit = (id: Id, field: string, from: unknown, to: unknown) => ({ id, fields: { [field]: { from, to } } });

describe('pages and what is pending', () => {
  test('a page changes what others changed and keeps what is pending here', () => {
    const on = openDesk();
    const id = known(on), base = issue(on, id);
    on.mutate(desk, 'issue.edit', edit(id, 'category', 'unknown', 'water'));
    page(on, [rowOf({ ...base, severity: 'P1' }, 11)]);
    expect(readIssue(on.db, id)).toMatchObject({ sync: 1, issue: { category: 'water', severity: 'P1', version: 11 } });
    on.close();
  });

  test('a verdict before its row: the screen keeps the value until the row is there', () => {
    const on = openDesk();
    const id = known(on), base = issue(on, id);
    on.mutate(desk, 'issue.edit', edit(id, 'category', 'unknown', 'water'));
    on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'applied', seq: 12 }], atMs: T0 });
    expect(readIssue(on.db, id)).toMatchObject({ sync: 0, issue: { category: 'water' } });
    expect(pendingMutations(on.db, 10)).toEqual([]);
    page(on, [rowOf({ ...base, severity: 'P2' }, 11)]);
    expect(issue(on, id)).toMatchObject({ category: 'water', severity: 'P2' });
    page(on, [rowOf({ ...issue(on, id), category: 'water', severity: 'P2' }, 12)]);
    expect(issue(on, id)).toMatchObject({ category: 'water', severity: 'P2', version: 12 });
    expect(left(on)).toEqual([0, 0]);
    on.close();
  });

  test('a row before its verdict: nothing is shown twice', () => {
    const on = openDesk();
    const id = known(on);
    on.mutate(desk, 'issue.note', { id, note: 'đã gọi lại' });
    page(on, [rowOf(issue(on, id), 11)]);
    expect(issue(on, id).history.filter(h => h.action === 'issue.note')).toHaveLength(1);
    expect(readIssue(on.db, id)?.sync).toBe(1);
    on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'applied', seq: 11 }], atMs: T0 });
    expect(readIssue(on.db, id)?.sync).toBe(0);
    expect(left(on)).toEqual([0, 0]);
    on.close();
  });

  test('a pending step that no longer applies is not shown, but stays to be judged', () => {
    const on = openDesk();
    const id = known(on);
    on.mutate(desk, 'issue.startVerification', { id });
    page(on, [rowOf({ ...issue(on, id), state: 'false_report' }, 11)]);
    expect(issue(on, id).state).toBe('false_report');
    expect(pendingMutations(on.db, 10)).toMatchObject([{ n: 2, name: 'issue.startVerification' }]);
    on.close();
  });

  test('the same page or verdict again changes nothing', () => {
    const on = openDesk();
    const id = known(on);
    on.mutate(desk, 'issue.note', { id, note: 'một' });
    const verdicts: Verdict[] = [{ n: 2, status: 'rejected', seq: 11, error: { code: 'issue/outside-scope', facts: {} } }];
    for (let i = 0; i < 3; i++) on.call('sync.applyVerdicts', { verdicts, atMs: T0 + i });
    expect(readAttention(on.db).map(a => a.attention)).toMatchObject([{ n: 2, judgedAtMs: T0 }]);
    const before = issue(on, id);
    for (let i = 0; i < 3; i++) page(on, [rowOf(before, 10)]);
    expect(issue(on, id)).toEqual(before);
    on.close();
  });

  test('a row that leaves takes its record away; the pending change is still sent and judged', () => {
    const on = openDesk();
    const id = known(on);
    on.mutate(desk, 'issue.note', { id, note: 'một' });
    page(on, [{ kind: 'issue', id, seq: 12, deleted: true, data: {} }]);
    expect(readIssue(on.db, id)).toBe(null);
    expect(pendingMutations(on.db, 10)).toHaveLength(1);
    on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'rejected', seq: 13, error: { code: 'issue/outside-scope', facts: {} } }], atMs: T0 });
    expect(readAttentionFor(on.db, id)).toMatchObject([{ n: 2, payload: { note: 'một' } }]);
    expect(readIssue(on.db, id)).toBe(null);
    on.close();
  });
});

describe('verdicts that are not plain success', () => {
  test('a rejected change is rolled back, listed with its payload, and the ones after it go on', () => {
    const on = openDesk();
    const id = known(on);
    on.mutate(desk, 'issue.edit', edit(id, 'category', 'unknown', 'water'));
    on.mutate(desk, 'issue.note', { id, note: 'sau đó' });
    on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'rejected', seq: 11, error: { code: 'issue/wrong-state', facts: { state: 'closed' } } }], atMs: T0 + 5 });
    expect(readIssue(on.db, id)).toMatchObject({ sync: 2, issue: { category: 'unknown' } });
    expect(issue(on, id).history.at(-1)).toMatchObject({ action: 'issue.note', note: 'sau đó' });
    expect(readAttention(on.db).map(a => a.attention)).toMatchObject([{
      n: 2, name: 'issue.edit', issueId: id, issueNo: 'DX-26-000010', status: 'rejected', error: { code: 'issue/wrong-state', facts: { state: 'closed' } },
      payload: edit(id, 'category', 'unknown', 'water'), byName: 'Trần Minh Họa', judgedAtMs: T0 + 5,
    }]);
    expect(pendingCounts(on.db)).toMatchObject({ pending: 1, refused: 1 });
    on.call('attention.dismiss', { n: 2, personId: DESK, atMs: T0 + 9 });
    expect(readAttention(on.db)).toEqual([]);
    expect(readIssue(on.db, id)?.sync).toBe(1);
    on.close();
  });

  test('a refused receiving keeps its record until dismissed; its payload is kept even then', () => {
    const on = openDesk();
    const id = on.receive();
    on.mutate(desk, 'issue.startVerification', { id });
    const refusal = { status: 'rejected' as const, seq: 3, error: { code: 'issue/outside-scope' as const, facts: {} } };
    on.call('sync.applyVerdicts', { verdicts: [{ n: 1, ...refusal }], atMs: T0 });
    expect(readIssue(on.db, id)).toMatchObject({ sync: 2, issue: { state: 'verifying' } });
    on.call('sync.applyVerdicts', { verdicts: [{ n: 2, ...refusal }], atMs: T0 });
    expect(readIssue(on.db, id)).toMatchObject({ sync: 2, issue: { state: 'received' } });
    page(on, []);
    expect(readIssue(on.db, id)).not.toBe(null);
    on.call('attention.dismiss', { n: 1, personId: DESK, atMs: T0 });
    expect(readIssue(on.db, id)).toBe(null);
    expect(readAttention(on.db).map(a => a.attention)).toMatchObject([{ n: 2 }]);
    expect(on.db.prepare('SELECT payload FROM attention WHERE n=1').pluck().get()).toContain('Vỡ ống nước');
    expect(on.db.prepare('SELECT count(*) FROM fo_docsize').pluck().get()).toBe(0);
    on.close();
  });

  test('a refused receiving of a record that the province has after all shows the province’s', () => {
    const on = openDesk();
    const id = on.receive();
    const mine = issue(on, id);
    on.call('sync.applyVerdicts', { verdicts: [{ n: 1, status: 'rejected', seq: 3, error: { code: 'issue/already-exists', facts: {} } }], atMs: T0 });
    page(on, [rowOf({ ...mine, description: 'Bản của tỉnh' }, 4)]);
    on.call('attention.dismiss', { n: 1, personId: DESK, atMs: T0 });
    expect(readIssue(on.db, id)).toMatchObject({ sync: 0, issue: { description: 'Bản của tỉnh', version: 4 } });
    expect(left(on)).toEqual([0, 0]);
    on.close();
  });

  test('a verdict of a change that everything since has come without goes: its row is none of this desk any more', () => {
    const on = openDesk();
    const id = known(on), other = { ...issue(on, id), id: newId(T0) };
    on.mutate(desk, 'issue.edit', edit(id, 'category', 'unknown', 'water'));
    page(on, [rowOf(other, 13)]);
    on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'applied', seq: 12 }], atMs: T0 });
    expect([issue(on, id).category, ...left(on)]).toEqual(['unknown', 0, 0]);
    on.close();
  });

  test('a verdict of the very seq that came last stays until its own row is there: that commit may be in only in part', () => {
    const on = openDesk();
    const id = known(on), base = issue(on, id);
    on.mutate(desk, 'issue.edit', edit(id, 'category', 'unknown', 'water'));
    page(on, [rowOf({ ...base, id: newId(T0) }, 12)]);
    on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'applied', seq: 12 }], atMs: T0 });
    expect([issue(on, id).category, ...left(on)]).toEqual(['water', 1, 1]);
    page(on, [rowOf({ ...base, category: 'water' }, 12)]);
    expect([issue(on, id).category, ...left(on)]).toEqual(['water', 0, 0]);
    on.close();
  });

  test('a verdict whose row is in already ends the change at once', () => {
    const on = openDesk();
    const id = known(on);
    on.mutate(desk, 'issue.edit', edit(id, 'category', 'unknown', 'water'));
    page(on, [rowOf(issue(on, id), 12)]);
    on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'applied', seq: 12 }], atMs: T0 });
    expect([issue(on, id).category, ...left(on)]).toEqual(['water', 0, 0]);
    on.close();
  });

  test('a lost value is kept, and the one that won is shown at once', () => {
    const on = openDesk();
    const id = known(on);
    on.mutate(desk, 'issue.edit', edit(id, 'severity', 'P3', 'P1'));
    on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'conflict', seq: 12, lost: [{ field: 'severity', mine: 'P1', theirs: 'P2' }] }], atMs: T0 });
    expect(issue(on, id).severity).toBe('P2');
    expect(readAttention(on.db).map(a => a.attention)).toMatchObject([{ n: 2, status: 'conflict', lost: [{ field: 'severity', mine: 'P1', theirs: 'P2' }] }]);
    expect(left(on)).toEqual([0, 0]);
    on.close();
  });

  test('merged: the part that was taken stays in view until the row comes, the part that lost is listed', () => {
    const on = openDesk();
    const id = known(on);
    on.mutate(desk, 'issue.edit', { id, fields: { severity: { from: 'P3', to: 'P1' }, category: { from: 'unknown', to: 'water' } } });
    on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'merged', seq: 12, lost: [{ field: 'severity', mine: 'P1', theirs: 'P2' }] }], atMs: T0 });
    expect(issue(on, id)).toMatchObject({ severity: 'P2', category: 'water' });
    page(on, [rowOf({ ...issue(on, id), severity: 'P2', category: 'water' }, 12)]);
    expect(left(on)).toEqual([0, 0]);
    on.close();
  });

  test('the actor of a pending step is who wrote it, whatever that person may do later', () => {
    const on = openDesk();
    const id = known(on);
    on.mutate(desk, 'issue.startVerification', { id });
    on.mutate(desk, 'issue.verify', { id, method: 'camera' });
    on.mutate(desk, 'issue.forward', { id, leadUnitId: UNIT });
    page(on, [
      { kind: 'unit', id: UNIT, seq: 11, deleted: false, data: { ...unitRow, effectiveToMs: T0 + 5_000 } },
      rowOf({ ...issue(on, id), state: 'received', verification: null, leadUnitId: null, severity: 'P1', history: [] }, 11),
    ]);
    expect(issue(on, id)).toMatchObject({ state: 'forwarded', severity: 'P1', verification: { byId: DESK } });
    on.close();
  });
});

describe('where the desk stands', () => {
  test('ackedN tells how far verdicts are known', () => {
    const on = openDesk();
    expect(readSyncState(on.db)).toMatchObject({ ackedN: 0, cursor: 'start', snapshot: null, offsetMs: null, lastSyncAtMs: T0 });
    for (let i = 0; i < 3; i++) on.receive();
    on.call('sync.applyVerdicts', { verdicts: [{ n: 1, status: 'applied', seq: 5 }], atMs: T0 });
    expect(readSyncState(on.db).ackedN).toBe(1);
    on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'applied', seq: 6 }, { n: 3, status: 'applied', seq: 7 }], atMs: T0 });
    expect(readSyncState(on.db).ackedN).toBe(3);
    on.call('sync.noteOffset', { offsetMs: -1_500, measuredAtMs: T0, roundTripMs: 20 });
    on.call('sync.forgetCursor', { sameOrder: false });
    expect(readSyncState(on.db)).toMatchObject({ cursor: null, offsetMs: -1_500, offsetMeasuredAtMs: T0 });
    on.close();
  });

  test('fields and words of a newer version are kept; a row that cannot be understood is parked, and taken in once it can', () => {
    const on = openDesk();
    const id = newId(T0), strange = newId(T0), escalated = newId(T0);
    const whole = { ...issue(on, on.receive()), history: [] };
    page(on, [
      rowOf({ ...whole, id, newerField: { deep: [1, 2] }, place: { ...whole.place, w3w: 'ba.từ.này' } }, 20),
      rowOf({ ...whole, id: strange, description: 'x'.repeat(LIMITS.description + 1) }, 21),
      rowOf({ ...whole, id: escalated, state: 'escalated', severity: 'P0' } as unknown as Issue, 22),
    ]);
    expect(issue(on, id)).toMatchObject({ newerField: { deep: [1, 2] }, place: { w3w: 'ba.từ.này' } });
    on.mutate(lead, 'issue.edit', edit(id, 'category', 'unknown', 'water'));
    expect(issue(on, id)).toMatchObject({ newerField: { deep: [1, 2] }, category: 'water', place: { w3w: 'ba.từ.này' } });
    expect(readIssue(on.db, strange)).toBe(null);
    expect(readParkedRows(on.db)).toMatchObject([{ id: strange }, { id: escalated, data: { state: 'escalated' } }]);
    expect(issue(on, escalated)).toMatchObject({ state: 'escalated', severity: 'P0', version: 22 });
    // As a newer program would read them.
    on.db.prepare(`UPDATE parked_row SET data = json_set(data, '$.state', 'closed', '$.severity', 'P1', '$.description', 'x')`).run();
    createRunner(on.db);
    expect(issue(on, strange)).toMatchObject({ state: 'closed', version: 21 });
    expect(issue(on, escalated)).toMatchObject({ state: 'closed', severity: 'P1', version: 22 });
    expect(readParkedRows(on.db)).toEqual([]);
    on.close();
  });

  test('a change that the province does not know is held with its reason, whatever version said so, and takes a new number for a newer one', () => {
    const on = openDesk();
    const id = known(on);
    on.mutate(desk, 'issue.note', { id, note: 'một' });
    on.mutate(desk, 'issue.note', { id, note: 'hai' });
    on.call('sync.applyVerdicts', { atMs: T0, verdicts: [
      { n: 2, status: 'rejected', seq: 0, error: { code: 'input/invalid', facts: { field: 'name' } } },
      { n: 3, status: 'rejected', seq: 0, error: { code: 'input/invalid', facts: { field: 'color', protocol: 2 } } },
    ] });
    expect(readHeld(on.db).map(({ attention }) => attention.error)).toEqual([1, 2].map(protocol => ({ code: 'sync/unknown-change', facts: { protocol } })));
    expect(readAttention(on.db)).toEqual([]);
    page(on, [rowOf(issue(on, id), 30, { history: [] })]);
    expect(pendingMutations(on.db, 10)).toEqual([]);
    expect(issue(on, id).history.map(line => line.note)).toEqual(['một', 'hai']);
    expect(on.call('sync.releaseUnknown', { protocol: 1 })).toEqual({ released: 0 });
    expect(on.call('sync.releaseUnknown', { protocol: 2 })).toEqual({ released: 1 });
    expect(on.call('sync.releaseUnknown', { protocol: 3 })).toEqual({ released: 1 });
    expect(pendingMutations(on.db, 10)).toMatchObject([{ n: 4, payload: { note: 'một' } }, { n: 5, payload: { note: 'hai' } }]);
    on.close();
  });

  test('another workstation’s identity cannot take this one’s numbers over', () => {
    const on = openDesk();
    expect(() => on.call('station.save', { ...STATION, deviceId: newId(T0) })).toThrow(expect.objectContaining({ code: 'enrol/already-enrolled' }));
    on.call('station.save', { ...STATION, stationName: 'Tên mới' });
    expect(() => on.mutate(desk, 'issue.receive', report(newId(T0)))).not.toThrow();
    on.close();
  });
});

test('an edit of which one value lost and the other agreed leaves nothing waiting, and shows both at once', () => {
  const on = openDesk();
  const id = known(on);
  on.mutate(desk, 'issue.edit', { id, fields: { severity: { from: 'P3', to: 'P1' }, category: { from: 'unknown', to: 'water' } } });
  on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'conflict', seq: 12, lost: [{ field: 'severity', mine: 'P1', theirs: 'P2' }] }], atMs: T0 });
  expect(issue(on, id)).toMatchObject({ severity: 'P2', category: 'water' });
  expect(left(on)).toEqual([0, 0]);
  on.close();
});
