import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { SEVERITIES, STATES, type Issue } from '../../contract/issue.ts';
import { SERVICES } from '../../contract/org.ts';
import { Seal, sealOf } from '../../db/seal.ts';
import { fromRow, NO_DUE_AT, toRow } from '../../db/stores/issues.ts';
import { readAttempts, readSession, readVerifier } from '../../db/stores/auth.ts';
import { readDraft, readDrafts } from '../../db/stores/drafts.ts';
import { readAreas, readNames, readPeople, readPerson, readSites, readUnitInForce, readUnits } from '../../db/stores/org.ts';
import { readSettings } from '../../db/stores/station.ts';
import { AREA, DESK, DEVICE, FOCAL, KEY, LEAD, openDesk, orgRows, personRow, SITE, T0, UNIT, unitRow } from './support.ts';

const id = fc.uuid();
const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const at = fc.integer({ min: 0, max: 4_000_000_000_000 });
const anyIssue: fc.Arbitrary<Issue> = fc.record({
  id, class: fc.constantFrom('incident' as const, 'issue' as const), service: fc.constantFrom(...SERVICES), siteId: id, stationId: id, authorId: id,
  channel: fc.constantFrom('phone' as const, 'import' as const), sourceRef: fc.option(text), provisionalNo: text, displayNo: fc.option(text),
  occurredAtMs: fc.option(at), receivedAtMs: at, state: fc.constantFrom(...STATES), severity: fc.constantFrom(...SEVERITIES), category: text, description: text,
  place: fc.record({ text, areaId: fc.option(id), landmark: text, lat: fc.option(fc.double({ min: -90, max: 90, noNaN: true })), lon: fc.option(fc.double({ min: -180, max: 180, noNaN: true })) }),
  reporter: fc.record({ anonymous: fc.boolean(), name: text, phone: text, relation: text }),
  victims: fc.array(fc.record({ who: text, conscious: fc.constant('yes' as const), breathing: fc.constant('no' as const), bleeding: fc.constant('unknown' as const) }), { maxLength: 2 }),
  dueAtMs: fc.option(at), verification: fc.option(fc.record({ method: fc.constant('camera' as const), note: text, byId: id, atMs: at })), falseProposal: fc.constant(null),
  leadUnitId: fc.option(id), coUnitIds: fc.array(id, { maxLength: 3 }), forwardedAtMs: fc.option(at), resolvedById: fc.option(id), result: fc.option(text),
  outcome: fc.option(fc.constant('fixed' as const)), reply: fc.option(text), original: fc.option(fc.dictionary(text, text)),
  history: fc.array(fc.record({ atMs: at, byId: id, deviceId: id, action: text }), { maxLength: 3 }), version: fc.nat(),
});

describe('records as rows', () => {
  test('every record comes back from its row exactly as it was, unknown fields included', () => {
    const { db, close } = openDesk();
    const select = db.prepare('SELECT json(?)').pluck();
    fc.assert(fc.property(anyIssue, fc.dictionary(fc.constantFrom('newer1', 'newer2'), fc.jsonValue()), (issue, newer) => {
      const whole = JSON.parse(JSON.stringify({ ...issue, ...newer })) as Issue;
      const row = toRow(sealOf(db), whole, 1);
      expect(() => select.get(row.rest)).not.toThrow();
      expect(JSON.parse(JSON.stringify(fromRow(sealOf(db), row)))).toEqual(whole);
    }), { numRuns: 200 });
    close();
  });

  test('a record without a deadline sorts after all others, and a newer version’s state comes back as it was', () => {
    const issue = fc.sample(anyIssue, 1)[0]!;
    const seal = new Seal(KEY);
    expect(toRow(seal, { ...issue, dueAtMs: null }, 0).due_at).toBe(NO_DUE_AT);
    const newer = { ...issue, state: 'elsewhere' as Issue['state'] };
    expect(fromRow(seal, toRow(seal, newer, 0)).state).toBe('elsewhere');
  });

  test('what a phone is searched by stands for its digits, whatever is between them', () => {
    const { db, receive, close } = openDesk();
    receive();
    expect(db.prepare('SELECT DISTINCT phone FROM issue').pluck().all()).toEqual([sealOf(db).phone('0271555418')]);
    close();
  });
});

describe('people, directory, settings', () => {
  test('the directory is read by kind, id and name', () => {
    const { db, close } = openDesk();
    expect(readSites(db)).toEqual([orgRows[0]!.data]);
    expect(readAreas(db)).toEqual([orgRows[1]!.data]);
    expect(readUnits(db)).toEqual([unitRow]);
    expect(readPeople(db)).toEqual([personRow]);
    expect(readPerson(db, DESK)).toEqual(personRow);
    expect(readPerson(db, LEAD)).toBeNull();
    expect(readNames(db, [DESK, UNIT, AREA, SITE, DEVICE, FOCAL])).toEqual({
      [DESK]: 'Trần Minh Họa', [UNIT]: 'Đội cấp nước Đồng Xoài', [AREA]: 'Phường Tân Phú', [SITE]: 'IOC Đồng Xoài', [DEVICE]: 'Bàn trực 1',
    });
    close();
  });

  test('a unit is in force from its first day to before its last instant', () => {
    const { db, call, close } = openDesk();
    call('sync.applyPage', { rows: [{ kind: 'unit', id: UNIT, seq: 2, deleted: false, data: { ...unitRow, effectiveFromMs: 10, effectiveToMs: 20 } }], cursor: 'c', verdicts: [], atMs: T0 });
    expect([9, 10, 19, 20].map(ms => readUnitInForce(db, UNIT, ms) !== undefined)).toEqual([false, true, true, false]);
    close();
  });

  test('five wrong passwords in a row lock a login for 15 minutes; a right one starts the count again', () => {
    const { db, call, close } = openDesk();
    const wrong = (atMs: number) => call('auth.attempt', { login: 'hoa', ok: false, atMs });
    expect([1, 2, 3, 4].map(i => wrong(T0 + i).failures)).toEqual([1, 2, 3, 4]);
    expect(call('auth.attempt', { login: 'Hoa', ok: true, atMs: T0 })).toEqual({ failures: 0, lockedUntilMs: null });
    for (let i = 0; i < 4; i++) wrong(T0);
    expect(wrong(T0)).toEqual({ failures: 5, lockedUntilMs: T0 + 900_000 });
    expect(call('auth.attempt', { login: 'hoa', ok: true, atMs: T0 + 899_999 })).toEqual({ failures: 5, lockedUntilMs: T0 + 900_000 });
    expect(readAttempts(db, 'hoa')).toEqual({ failures: 5, lockedUntilMs: T0 + 900_000 });
    expect(wrong(T0 + 900_000)).toEqual({ failures: 1, lockedUntilMs: null });
    expect(readAttempts(db, 'nguoi-khac')).toEqual({ failures: 0, lockedUntilMs: null });
    close();
  });

  test('session, verifier and settings are kept and replaced', () => {
    const { db, call, close } = openDesk();
    expect([readSession(db), readVerifier(db, 'hoa'), readSettings(db)]).toEqual([null, null, { language: 'vi', theme: 'auto', scale: 1 }]);
    const session = {
      personId: DESK, name: 'Trần Minh Họa', title: 'Trực ban', roles: ['truc_ban' as const], siteId: SITE, unitId: null, scope: { siteIds: [SITE], services: null },
      signedInAtMs: T0, offline: false, locked: false,
    };
    call('session.save', session);
    expect(readSession(db)).toEqual(session);
    call('session.save', null);
    expect(readSession(db)).toBe(null);
    const verifier = { personId: DESK, login: 'hoa', salt: 's', hash: 'h', validUntilMs: T0 };
    call('auth.saveVerifier', verifier);
    call('auth.saveVerifier', { ...verifier, hash: 'h2' });
    expect(readVerifier(db, 'HOA')).toEqual({ ...verifier, hash: 'h2' });
    call('audit.add', { atMs: T0, personId: DESK, action: 'reporter.reveal', subject: 'x' });
    expect(db.prepare('SELECT action FROM audit').pluck().all()).toEqual(['reporter.reveal']);
    close();
  });

  test('a draft is its writer’s own, newest first, and has an end', () => {
    const { db, call, close } = openDesk();
    const one = call('draft.start', { personId: DESK, service: '113', atMs: T0 });
    const two = call('draft.start', { personId: DESK, service: '114', atMs: T0 + 1 });
    expect(readDrafts(db, DESK).map(draft => draft.id)).toEqual([two.id, one.id]);
    const change = { id: one.id, service: '115' as const, fields: { description: 'đang gõ' }, atMs: T0 + 2 };
    expect(() => call('draft.save', { ...change, personId: LEAD })).toThrow(expect.objectContaining({ code: 'draft/not-found' }));
    expect(call('draft.save', { ...change, personId: DESK })).toEqual({ savedAtMs: T0 + 2 });
    expect(() => call('draft.save', { ...change, personId: DESK, fields: { text: 'x'.repeat(70_000) } })).toThrow(expect.objectContaining({ code: 'draft/too-long' }));
    expect(readDraft(db, one.id, DESK)).toMatchObject({ service: '115', fields: { description: 'đang gõ' }, provisionalNo: one.provisionalNo });
    expect(readDraft(db, one.id, LEAD)).toBe(null);
    call('draft.remove', { id: one.id, personId: LEAD });
    call('draft.remove', { id: two.id, personId: DESK });
    expect(readDrafts(db, DESK).map(draft => draft.id)).toEqual([one.id]);
    expect(newId(T0)).not.toBe(one.id);
    close();
  });
});
