import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { pendingCounts, pendingMutations } from '../../db/outbox.ts';
import { readDrafts } from '../../db/stores/drafts.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { AREA, desk, DESK, focal, lead, openDesk, report, SITE, T0, tempFile, UNIT, unitRow } from './support.ts';
import { closeWriter, openDatabase } from '../../db/open.ts';
import { createRunner } from '../../db/runner.ts';

const count = (db: ReturnType<typeof openDesk>['db'], table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

describe('one door for writes', () => {
  test('a received report is a row, a numbered mutation and an audit line', () => {
    const { db, mutate, close } = openDesk();
    const id = newId(T0);
    const output = mutate(desk, 'issue.receive', report(id));
    expect(output).toEqual({ id, provisionalNo: 'TẠM-DX01-261124-01', n: 1 });
    expect(readIssue(db, id)).toMatchObject({ sync: 1, issue: { id, state: 'received', provisionalNo: output.provisionalNo, displayNo: null, authorId: DESK, version: 0 } });
    expect(pendingMutations(db, 10)).toMatchObject([{ n: 1, name: 'issue.receive', actorId: DESK, issueId: id, provisionalNo: output.provisionalNo, payload: { id, category: 'unknown' } }]);
    expect(db.prepare('SELECT action, subject FROM audit').all()).toEqual([{ action: 'issue.receive', subject: id }]);
    close();
  });

  test('a refusal changes nothing at all, not even the counters', () => {
    const { db, call, mutate, close } = openDesk();
    const refusals: [string, () => unknown][] = [
      ['issue/field-required', () => mutate(desk, 'issue.receive', report(newId(T0), { description: '  ' }))],
      ['issue/wrong-class', () => mutate(desk, 'issue.receive', report(newId(T0), { class: 'incident' }))],
      ['issue/bad-value', () => mutate(desk, 'issue.receive', report(newId(T0), { severity: 'P9' }))],
      ['issue/not-found', () => mutate(desk, 'issue.startVerification', { id: newId(T0) })],
      ['auth/forbidden', () => mutate(focal, 'issue.receive', report(newId(T0)))],
    ];
    for (const [code, attempt] of refusals) expect(attempt).toThrow(expect.objectContaining({ code }));
    for (const table of ['issue', 'outbox', 'base_row', 'audit', 'counter']) expect(count(db, table)).toBe(0);
    expect(mutate(desk, 'issue.receive', report(newId(T0)))).toMatchObject({ n: 1, provisionalNo: 'TẠM-DX01-261124-01' });
    expect(call('upkeep', null)).toBe(null);
    close();
  });

  test('a workstation that is not enrolled writes nothing', () => {
    const file = tempFile();
    const db = openDatabase({ file, keyHex: 'a1'.repeat(32), role: 'writer' });
    const runner = createRunner(db);
    expect(() => runner.run('issue.mutate', { actor: desk, name: 'issue.receive', payload: report(newId(T0)), atMs: T0, draftId: null }))
      .toThrow(expect.objectContaining({ code: 'enrol/not-enrolled' }));
    closeWriter(db, file);
  });

  test('provisional numbers count per Vietnamese day, mutations for ever', () => {
    const { mutate, close } = openDesk();
    const beforeMidnight = Date.UTC(2026, 10, 24, 16, 59, 59, 999);
    const numbers = [T0, beforeMidnight, beforeMidnight + 1, beforeMidnight + 2].map(atMs => mutate(desk, 'issue.receive', report(newId(atMs)), atMs));
    expect(numbers.map(o => o.provisionalNo)).toEqual(['TẠM-DX01-261124-01', 'TẠM-DX01-261124-02', 'TẠM-DX01-261125-01', 'TẠM-DX01-261125-02']);
    expect(numbers.map(o => o.n)).toEqual([1, 2, 3, 4]);
    close();
  });

  test('the number told while the form was open is the record’s, and the draft goes with the record’s coming', () => {
    const { db, call, close } = openDesk();
    const draft = call('draft.start', { personId: DESK, service: '1022', atMs: T0 });
    expect(draft).toMatchObject({ provisionalNo: 'TẠM-DX01-261124-01', fields: {}, service: '1022' });
    call('draft.save', { id: draft.id, personId: DESK, service: '1022', fields: { description: 'đang gõ' }, atMs: T0 + 5 });
    expect(readDrafts(db, DESK)).toEqual([{ ...draft, fields: { description: 'đang gõ' }, savedAtMs: T0 + 5 }]);
    const received = call('issue.mutate', { actor: desk, name: 'issue.receive', payload: report(newId(T0)), atMs: T0 + 9, draftId: draft.id });
    expect(received.provisionalNo).toBe(draft.provisionalNo);
    expect(readDrafts(db, DESK)).toEqual([]);
    close();
  });

  test('a refused report leaves its draft where it was', () => {
    const { db, call, close } = openDesk();
    const draft = call('draft.start', { personId: DESK, service: '1022', atMs: T0 });
    expect(() => call('issue.mutate', { actor: desk, name: 'issue.receive', payload: report(newId(T0), { place: { text: '', areaId: null, lat: null, lon: null } }), atMs: T0, draftId: draft.id }))
      .toThrow(expect.objectContaining({ code: 'issue/field-required' }));
    expect(readDrafts(db, DESK)).toEqual([draft]);
    close();
  });

  test('text is stored in NFC however it was typed', () => {
    const { db, receive, close } = openDesk();
    const id = receive({ description: 'Đường Hoà Bình'.normalize('NFD') });
    expect(readIssue(db, id)?.issue.description).toBe('Đường Hoà Bình'.normalize('NFC'));
    expect(pendingMutations(db, 1)[0]?.payload['description']).toBe('Đường Hoà Bình'.normalize('NFC'));
    close();
  });

  test('what goes to a unit with neither focal point nor head is sent by the shift lead alone (Q13.5)', () => {
    const { call, mutate, receive, close } = openDesk();
    call('sync.applyPage', { rows: [{ kind: 'unit', id: UNIT, seq: 2, deleted: false, data: { ...unitRow, head: null } }], cursor: 'later', verdicts: [], atMs: T0 });
    const id = receive();
    mutate(desk, 'issue.startVerification', { id });
    mutate(desk, 'issue.verify', { id, method: 'call_back' });
    expect(() => mutate(desk, 'issue.forward', { id, leadUnitId: UNIT })).toThrow(expect.objectContaining({ code: 'issue/no-focal-point' }));
    expect(mutate(lead, 'issue.forward', { id, leadUnitId: UNIT }).n).toBe(4);
    close();
  });

  test('the whole way of a record, each step by whoever may do it', () => {
    const { db, mutate, receive, close } = openDesk();
    const id = receive();
    mutate(desk, 'issue.startVerification', { id });
    mutate(desk, 'issue.verify', { id, method: 'call_back' });
    expect(() => mutate(desk, 'issue.forward', { id, leadUnitId: AREA })).toThrow(expect.objectContaining({ code: 'issue/unit-unknown' }));
    mutate(desk, 'issue.forward', { id, leadUnitId: UNIT });
    mutate(focal, 'issue.accept', { id });
    mutate(focal, 'issue.start', { id });
    mutate(focal, 'issue.resolve', { id, result: 'Đã thay ống' });
    mutate(lead, 'issue.close', { id, outcome: 'fixed' });
    expect(readIssue(db, id)?.issue).toMatchObject({ state: 'closed', leadUnitId: UNIT, siteId: SITE, result: 'Đã thay ống' });
    expect(pendingMutations(db, 100).map(m => m.n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(pendingCounts(db)).toMatchObject({ pending: 8, refused: 0 });
    close();
  });

  test('numbers stay without gaps whatever is refused in between', () => {
    const { db, mutate, close } = openDesk();
    const id = newId(T0);
    mutate(desk, 'issue.receive', report(id));
    fc.assert(fc.property(fc.array(fc.constantFrom('issue.note', 'issue.startVerification', 'issue.verify', 'issue.edit', 'issue.accept'), { maxLength: 12 }), names => {
      for (const name of names as ('issue.note')[]) {
        try {
          mutate(desk, name, { id, note: 'x', method: 'call_back', fields: { category: { from: 'unknown', to: 'road' } } } as Record<string, unknown>);
        } catch (error) {
          expect(error).toMatchObject({ name: 'AppError' });
        }
      }
      const numbers = pendingMutations(db, 1_000_000).map(m => m.n);
      expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    }), { numRuns: 40 });
    expect(pendingCounts(db).pending).toBeGreaterThan(10);
    close();
  });
});
