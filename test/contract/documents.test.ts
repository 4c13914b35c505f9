import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyIntent, DOCUMENT_INTENTS, INTENT_PAYLOADS, kindOf, type Document, type DocumentIntent, type IntentName, type IntentPayload } from '../../contract/documents/apply.ts';
import type { Handover } from '../../contract/documents/handover.ts';
import { extendedDue, requestDue, type DataRequest } from '../../contract/documents/request.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, PROVINCE_ITSELF, type Id } from '../../contract/ids.ts';
import { rosterId } from '../../contract/roster-days.ts';
import { ROLES, SERVICES, type Role } from '../../contract/org.ts';
import { addWorking, isWorkingDay, minutesOfDay, workingBetween } from '../../contract/policy/calendar.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { factsFor, person } from './records.ts';

const T = Date.UTC(2026, 10, 24, 2), DAY_MS = 86_400_000;
const [SITE, OTHER] = [newId(T), newId(T)];
const PEOPLE = [...Array.from({ length: 4 }, () => newId(T)), PROVINCE_ITSELF];
const DIGEST = 'a'.repeat(64);
const content = { lines: ['115', '113'], shiftName: 'Ca đêm', fromMs: T - 8 * 3_600_000, toMs: T, figures: [], records: [], recordsLeft: 0, warnings: [], faults: [], instructions: '', notes: '' };

const ASKS = [newId(T), newId(T)];
const member = (by: number, cells: number[]) => ({ personId: PEOPLE[by]!, name: `Người Mẫu ${by}`, cells: [...cells, ...Array.from({ length: 29 }, () => 0)] });
const PLAN = { service: '115', month: '2026-12', seats: 1, profile: 'LAB48', shifts: [{ code: 'S', fromMin: 360, minutes: 480, isNight: false }], members: [member(0, [1, 0]), member(1, [0, 1]), member(2, [0, 0])] };
const OTHER_PLAN = { ...PLAN, members: [member(0, [0, 1]), member(1, [1, 0]), member(2, [0, 0])] };

interface Try { by: number; roles: Role[]; site: boolean; services: string[] | null; name: DocumentIntent; atMs: number; payload: Record<string, unknown> }
const PAYLOAD: Readonly<Record<DocumentIntent, fc.Arbitrary<Record<string, unknown>>>> = {
  'view.share': fc.record({ siteId: fc.constant(SITE), body: fc.record({ name: fc.constantFrom('Cháy', 'Chờ lâu'), filter: fc.constant({}), sort: fc.constant({ by: 'urgency', descending: false }), columns: fc.constant([]) }), from: fc.constantFrom(null, T, T + 1, T + 2) }),
  'view.unshare': fc.constant({}), 'view.restore': fc.constant({}),
  'handover.give': fc.record({ siteId: fc.constant(SITE), content: fc.constant(content), digest: fc.constant(DIGEST) }),
  'handover.take': fc.record({ digest: fc.constantFrom(DIGEST, 'b'.repeat(64)), remark: fc.constantFrom('', 'đủ') }),
  'handover.refuse': fc.constant({ reason: 'thiếu bộ đàm' }), 'handover.withdraw': fc.constant({ reason: '' }), 'handover.remark': fc.constant({ text: 'bổ sung' }), 'handover.read': fc.constant({}),
  'request.receive': fc.record({ siteId: fc.constant(SITE), kind: fc.constantFrom('access', 'erase'), subject: fc.constant({ name: 'Trần Minh Họa', phone: '', address: '' }), identified: fc.constantFrom('not_yet', 'in_person'), words: fc.constantFrom('', 'xin xem'), issueIds: fc.constant([]), receivedAtMs: fc.constantFrom(T, T + 10 ** 9) }),
  'request.identify': fc.record({ identified: fc.constantFrom('not_yet', 'call_back') }), 'request.note': fc.constant({ text: 'ghi' }),
  'request.extend': fc.record({ untilMs: fc.constantFrom(T, T + 5 * DAY_MS, T + 6 * DAY_MS, T + 30 * DAY_MS), reason: fc.constant('chờ hồ sơ') }), 'request.answer': fc.constant({ words: 'đã gửi' }), 'request.refuse': fc.constant({ words: 'không có', basis: 'Điều 1' }), 'request.erasePersonal': fc.constant({}),
  'roster.publish': fc.record({ siteId: fc.constant(SITE), plan: fc.constantFrom(PLAN, OTHER_PLAN), from: fc.record({ edition: fc.integer({ min: 0, max: 2 }), approved: fc.integer({ min: 0, max: 1 }) }), accepted: fc.constantFrom(null, { reason: 'thiếu người', gaps: [], broken: [], more: 0 }) }),
  'roster.acknowledge': fc.record({ changedAtMs: fc.integer({ min: T, max: T + 50 }) }),
  'roster.ask': fc.record({ askId: fc.constantFrom(...ASKS), personId: fc.constantFrom(...PEOPLE.slice(0, 3)), day: fc.constantFrom(0, 1), cell: fc.constant(1), toId: fc.constantFrom(null, ...PEOPLE.slice(0, 3)), theirDay: fc.constantFrom(null, 1), theirCell: fc.constantFrom(null, 1), reason: fc.constant('việc nhà') }),
  'roster.take': fc.record({ askId: fc.constantFrom(...ASKS), personId: fc.constantFrom(...PEOPLE.slice(0, 3)), cell: fc.constant(1), theirCell: fc.constantFrom(null, 1) }),
  'roster.approve': fc.record({ askId: fc.constantFrom(...ASKS), cell: fc.constant(1), theirCell: fc.constantFrom(null, 1) }), 'roster.end': fc.record({ askId: fc.constantFrom(...ASKS) }),
  'roster.attend': fc.record({ attendId: fc.constantFrom(...ASKS), personId: fc.constantFrom(...PEOPLE.slice(0, 3)), day: fc.constantFrom(0, 1), cell: fc.constant(1), source: fc.constantFrom('signIn', 'handover', 'planner'), fromMs: fc.constantFrom(null, T), toMs: fc.constantFrom(null, T + 5), reason: fc.constantFrom('', 'bổ sung') }),
  'roster.takeOver': fc.record({ attendId: fc.constantFrom(...ASKS), personId: fc.constantFrom(...PEOPLE.slice(0, 3)), day: fc.constantFrom(0, 1), cell: fc.constant(1), reason: fc.constantFrom('', 'ốm') }),
};
const oneTry: fc.Arbitrary<Try> = fc.constantFrom(...DOCUMENT_INTENTS).chain(name => fc.record({
  by: fc.integer({ min: 0, max: 4 }), roles: fc.subarray([...ROLES], { minLength: 1, maxLength: 2 }), site: fc.boolean(), services: fc.constantFrom(null, ['115'], ['115', '113'], ['114']), name: fc.constant(name),
  atMs: fc.integer({ min: T, max: T + 50 }), payload: PAYLOAD[name],
}));

/** Applies a try to the row of its kind, as console and province do. @returns the row after it, or the code of the refusal */
function apply(rows: Map<string, Document>, ids: ReadonlyMap<string, Id>, one: Try): string | null {
  const kind = kindOf(one.name);
  const parsed = INTENT_PAYLOADS[one.name].safeParse({ id: ids.get(kind), ...one.payload });
  if (!parsed.success) return 'payload';
  const actor = person({ personId: PEOPLE[one.by]!, roles: one.roles, scope: { siteIds: [one.site ? SITE : OTHER], services: one.services as never } });
  try {
    rows.set(kind, applyIntent(one.name, rows.get(kind), parsed.data as IntentPayload<IntentName>, factsFor(actor, { atMs: one.atMs })).row as Document);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const ids = new Map([['view', newId(T)], ['handover', newId(T)], ['request', newId(T)], ['roster', rosterId(SITE, '115', '2026-12')]]);

test('what a newer console has signed stays whole at one that does not know all of it', () => {
  const record = { id: newId(T), no: '115-2026-000001', service: '115', severity: 'P1', state: 'received', words: 'Khó thở', place: '', dueAtMs: null, reason: 'urgent', unsent: false, next: '', newer: 'gì đó' };
  const signed = { ...content, newer: { a: 1 }, records: [record], figures: [{ service: '115', open: 1, overdue: 0, urgent: 1, waiting: 0, received: 0, closed: 0, newer: 2 }], beside: { open: 0, overdue: 0, elsewhere: 0, newer: 3 }, faults: [{ kind: 'typed', text: '', count: null, sinceMs: null, newer: 4 }] };
  expect(INTENT_PAYLOADS['handover.give'].parse({ id: newId(T), siteId: SITE, content: signed, digest: DIGEST }).content).toEqual(signed);
});

test('a handover is refused by whoever comes, not by who gave it', () => {
  const rows = new Map<string, Document>();
  const tried = (by: number, name: DocumentIntent, payload: Record<string, unknown>) => apply(rows, ids, { by, roles: ['ca_truong'], site: true, services: null, name, atMs: T, payload });
  const refusal = { reason: 'thiếu bộ đàm' };
  expect([tried(0, 'handover.give', { siteId: SITE, content, digest: DIGEST }), tried(0, 'handover.refuse', refusal), tried(1, 'handover.refuse', refusal)]).toEqual([null, 'handover/same-person', null]);
});

describe('documents, whatever is tried on them', () => {
  test('a handover is taken over once, never by who gave it, never with other words, and its content never changes', () => {
    fc.assert(fc.property(fc.array(oneTry, { maxLength: 60 }), tries => {
      const rows = new Map<string, Document>();
      for (const one of tries) {
        const before = rows.get('handover') as Handover | undefined;
        const refused = apply(rows, ids, one);
        const after = rows.get('handover') as Handover | undefined;
        if (refused !== null) expect(after).toBe(before);
        if (before === undefined || after === undefined) continue;
        expect([after.content, after.digest, after.given]).toEqual([before.content, before.digest, before.given]);
        if (before.taken !== null) expect(after.taken).toBe(before.taken);
        if (before.state !== 'offered') expect(after.state).toBe(before.state);
        if (after.state === 'received') expect(after.taken?.byId).not.toBe(after.given.byId);
        if (before.state === 'offered' && after.state === 'received') expect(one.services === null || content.lines.every(line => one.services?.includes(line))).toBe(true);
        expect(after.remarks.slice(0, before.remarks.length)).toEqual(before.remarks);
        expect(new Set(after.readBy.map(reader => reader.byId)).size).toBe(after.readBy.length);
        expect(after.readBy.some(reader => reader.byId === after.given.byId)).toBe(false);
      }
    }), { numRuns: 120 });
  });

  test('whoever sees neither site nor line, or lacks the right, changes nothing', () => {
    const allowed: Readonly<Record<string, Role[]>> = { view: ['ca_truong', 'quan_tri'], handover: ['truc_ban', 'ca_truong', 'lanh_dao_ioc', 'kiem_tra', 'quan_tri'], request: ['ca_truong', 'lanh_dao_ioc', 'quan_tri'], roster: ['truc_ban', 'ca_truong', 'lanh_dao_ioc', 'kiem_tra', 'quan_tri'] };
    fc.assert(fc.property(fc.array(oneTry, { maxLength: 40 }), tries => {
      const rows = new Map<string, Document>();
      for (const one of tries) {
        const kind = kindOf(one.name);
        const before = rows.get(kind);
        apply(rows, ids, one);
        // The province is at no site and asks nobody's leave.
        if (rows.get(kind) === before || one.name === 'request.erasePersonal') continue;
        expect(one.site).toBe(true);
        expect(one.roles.some(role => allowed[kind]!.includes(role))).toBe(true);
        if (kind === 'handover') expect(one.services === null || one.services.some(service => content.lines.includes(service))).toBe(true);
      }
    }), { numRuns: 120 });
  });

  test('a request ends once, is answered only to somebody who is known, and put off once', () => {
    fc.assert(fc.property(fc.array(oneTry, { maxLength: 60 }), tries => {
      const rows = new Map<string, Document>();
      for (const one of tries) {
        const before = rows.get('request') as DataRequest | undefined;
        apply(rows, ids, one);
        const after = rows.get('request') as DataRequest | undefined;
        if (after === undefined) continue;
        if (after.state === 'answered') expect(after.identified).not.toBe('not_yet');
        expect((after.state === 'open') === (after.ended === null)).toBe(true);
        if (before === undefined) continue;
        if (one.name === 'request.erasePersonal' && after !== before) {
          expect([PEOPLE[one.by], before.state === 'open', before.personalErasedAtMs]).toEqual([PROVINCE_ITSELF, false, undefined]);
          expect(JSON.stringify(after)).not.toMatch(/Trần Minh Họa|xin xem|ghi"|chờ hồ sơ|đã gửi|không có/);
          expect([after.state, after.ended?.byId, after.ended?.basis, after.dueAtMs, after.notes.length]).toEqual([before.state, before.ended?.byId, before.ended?.basis, before.dueAtMs, before.notes.length]);
          continue;
        }
        if (before.state !== 'open') expect(after).toBe(before);
        if (before.extended !== null) expect(after.extended).toEqual(before.extended);
        if (after.dueAtMs !== before.dueAtMs) expect([after.extended === before.extended, after.dueAtMs! <= extendedDue(before, DEFAULT_PACK)!]).toEqual([false, true]);
        expect([after.words, after.subject, after.receivedAtMs]).toEqual([before.words, before.subject, before.receivedAtMs]);
      }
    }), { numRuns: 120 });
  });

  test('every try that can be made is made by some run: none of the above holds for lack of cases', () => {
    const done = new Set<string>();
    fc.assert(fc.property(fc.array(oneTry, { minLength: 60, maxLength: 60 }), tries => {
      const rows = new Map<string, Document>();
      for (const one of tries) if (apply(rows, ids, one) === null) done.add(one.name);
    }), { numRuns: 900, seed: 2 });
    // Rosters have tries of their own (duty-roster.test.ts): theirs follow upon one another.
    const others = (names: Iterable<string>): string[] => [...names].filter(name => kindOf(name) !== 'roster').sort();
    expect(others(done)).toEqual(others(DOCUMENT_INTENTS));
  });
});

describe('the clock of a request', () => {
  const pack = DEFAULT_PACK;

  test('is two working days: over a weekend, over Tết, from outside office hours', () => {
    const at = (iso: string): number => Date.parse(`${iso}+07:00`);
    const due = (iso: string): string => new Date((requestDue(at(iso), pack) ?? 0) + 7 * 3_600_000).toISOString().slice(0, 16);
    expect([due('2026-11-24T10:00'), due('2026-11-26T10:00'), due('2026-11-28T10:00')]).toEqual(['2026-11-26T10:00', '2026-11-30T10:00', '2026-12-01T17:00']);
    expect(due('2026-02-13T15:00')).toBe('2026-02-24T15:00');
  });

  test('has exactly two days of work in it, and ends in one', () => {
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 9, 1) }), receivedAtMs => {
      const due = requestDue(receivedAtMs, pack) ?? 0;
      expect(workingBetween(pack.calendar, receivedAtMs, due)).toBe(2 * minutesOfDay(pack.calendar) * 60_000);
      expect(isWorkingDay(pack.calendar, due)).toBe(true);
      expect(addWorking(pack.calendar, receivedAtMs, 2 * minutesOfDay(pack.calendar) * 60_000)).toBe(due);
    }));
  });
});

test('a request that came on paper runs from when it came: not from ahead, nor from more than 30 days ago', () => {
  const receive = (receivedAtMs: number): string | null => apply(new Map(), ids, { by: 0, roles: ['ca_truong'], site: true, services: null, name: 'request.receive', atMs: T, payload: { siteId: SITE, kind: 'access', subject: { name: 'Trần Minh Họa', phone: '', address: '' }, identified: 'document', words: 'xin xem', issueIds: [], receivedAtMs } });
  expect([T, T - 3 * DAY_MS, T - 30 * DAY_MS].map(receive)).toEqual([null, null, null]);
  expect([T + 1, T - 30 * DAY_MS - 1].map(receive)).toEqual(['request/received-when', 'request/received-when']);
});

describe('what puts a request off', () => {
  const pack = DEFAULT_PACK;
  const dueMs = requestDue(T, pack)!, latestMs = extendedDue({ dueAtMs: dueMs }, pack)!;
  const lead = person({ roles: ['ca_truong'], scope: { siteIds: [SITE], services: null } });
  const did = (name: DocumentIntent, row: Document | undefined, payload: Record<string, unknown>, atMs = T): DataRequest =>
    applyIntent(name, row, INTENT_PAYLOADS[name].parse({ id: ids.get('request'), ...payload }) as IntentPayload<IntentName>, factsFor(lead, { atMs })).row as DataRequest;
  const received = did('request.receive', undefined, { siteId: SITE, kind: 'access', subject: { name: 'Trần Minh Họa', phone: '', address: '' }, identified: 'not_yet', words: 'xin xem', issueIds: [], receivedAtMs: T });
  const extend = (untilMs: number, atMs = T, row = received): DataRequest => did('request.extend', row, { untilMs, reason: 'chờ hồ sơ' }, atMs);

  test('does so by no more than the first span again', () => {
    expect([extend(latestMs).dueAtMs, extend(dueMs + 1).dueAtMs]).toEqual([latestMs, dueMs + 1]);
    for (const untilMs of [dueMs, latestMs + 1, Date.UTC(2099, 0, 1)]) expect(() => extend(untilMs)).toThrow(expect.objectContaining({ code: 'issue/bad-value' }));
    expect(() => extend(T + DAY_MS, T, { ...received, dueAtMs: null })).toThrow(expect.objectContaining({ code: 'issue/bad-value' }));
  });

  test('does so before it is late, and once, whatever time there would be', () => {
    expect(extend(latestMs, dueMs).dueAtMs).toBe(latestMs);
    for (const atMs of [dueMs + 1, dueMs + 90 * DAY_MS]) expect(() => extend(latestMs, atMs)).toThrow(expect.objectContaining({ code: 'request/overdue' }));
    const once = extend(dueMs + 1);
    expect(() => extend(dueMs + 2, T, once)).toThrow(expect.objectContaining({ code: 'request/extended-before' }));
  });
});

test('a name says the kind, an unknown one is a record’s', () => {
  expect(['issue.note', 'handover.take', 'view.share', 'request.answer', 'sync.gone', 'patrol.publish', ''].map(kindOf)).toEqual(['issue', 'handover', 'view', 'request', 'issue', 'issue', 'issue']);
  expect(SERVICES.length).toBeLessThan(32);
});
