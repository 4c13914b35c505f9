import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyIntent, INTENT_PAYLOADS, type DocumentIntent, type IntentPayload } from '../../contract/documents/apply.ts';
import { approvedOf, canChange, DUTY_PAYLOADS, dutyPlan, gapsOf, hasToAcknowledge, isOpenAsk, undoneBy, type DutyRoster } from '../../contract/documents/duty-roster.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Role } from '../../contract/org.ts';
import { daysOf, LEAVE, OFF, type RosterPlan } from '../../contract/roster.ts';
import { DUTY_DESKS } from '../../contract/roster-desks.ts';
import { monthDayOf, rosterId, shiftEndMs, shiftStartMs } from '../../contract/roster-days.ts';
import { THREE_SHIFTS } from '../../contract/roster-presets.ts';
import { factsFor, person } from './records.ts';

const MONTH = '2026-12', T = Date.UTC(2026, 10, 24, 2), DAY_MS = 86_400_000;
const SITE = newId(T);
const [LEAD, ...STAFF] = Array.from({ length: 5 }, () => newId(T)) as [Id, ...Id[]];
const ROSTER = rosterId(SITE, '115', MONTH);
const ASKS = Array.from({ length: 4 }, () => newId(T));

/** A month whose first days are as said, everybody off after them. */
const planOf = (cells: number[][], some: Partial<RosterPlan> = {}): RosterPlan => ({
  service: '115', month: MONTH, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS],
  members: cells.map((line, at) => ({ personId: STAFF[at]!, name: `Người Mẫu ${at + 1}`, cells: [...line, ...Array.from({ length: daysOf(MONTH) - line.length }, () => OFF)] })), ...some,
});
const FIRST = planOf([[1, OFF, 3, OFF], [2, 1, OFF, LEAVE], [OFF, 2, 1, OFF], [OFF, OFF, OFF, 1]]);
const NEXT = planOf([[1, OFF, OFF, 3], [2, 1, OFF, LEAVE], [OFF, 2, 1, OFF], [OFF, OFF, OFF, 1]]);
const ACCEPTED = { reason: 'thiếu người', gaps: [], broken: [], more: 0 };

interface Did { by: Id; roles?: Role[]; services?: string[] | null; sites?: Id[]; atMs?: number }
/** The shifts as a screen has them, where a try does not say others. */
function seen(row: DutyRoster | undefined, name: string, p: Record<string, unknown>): Record<string, unknown> {
  if (row === undefined || 'cell' in p) return p;
  const cellOf = (id: unknown, day: unknown): number | null => (typeof day !== 'number' ? null : dutyPlan(row).members.find(one => one.personId === id)?.cells[day] || 1);
  if (name === 'roster.ask') return { ...p, cell: Math.max(1, cellOf(p['personId'], p['day']) ?? 1), theirCell: p['theirDay'] === null ? null : Math.max(1, cellOf(p['toId'], p['theirDay']) ?? 1) };
  const ask = row.asks.find(one => one.id === p['askId']);
  return name === 'roster.take' || name === 'roster.approve' ? { ...p, cell: ask?.cell ?? 1, theirCell: ask?.theirCell ?? null } : p;
}
/** Does one thing to the roster. @throws {AppError} the refusal */
function did(row: DutyRoster | undefined, name: keyof typeof DUTY_PAYLOADS, payload: Record<string, unknown>, { by, roles = by === LEAD ? ['ca_truong'] : ['truc_ban'], services = null, sites = [SITE], atMs = T }: Did): DutyRoster {
  const actor = person({ personId: by, roles, scope: { siteIds: sites, services: services as never } });
  return applyIntent(name as DocumentIntent, row, INTENT_PAYLOADS[name].parse({ id: ROSTER, ...seen(row, name, payload) }) as IntentPayload<DocumentIntent>, factsFor(actor, { atMs })).row as DutyRoster;
}
const refused = (call: () => unknown): string => {
  try { call(); } catch (error) { if (error instanceof AppError) return error.code; throw error; }
  return 'done';
};
const published = (plan = FIRST): DutyRoster => did(undefined, 'roster.publish', { siteId: SITE, plan, from: { edition: 0, approved: 0 }, accepted: ACCEPTED }, { by: LEAD });
const ask = (row: DutyRoster, personId: Id, day: number, some: object = {}, by = personId): DutyRoster => did(row, 'roster.ask', { askId: ASKS[row.asks.length], personId, day, toId: null, theirDay: null, reason: 'việc nhà', ...some }, { by });
const [A, B, C, D] = STAFF as [Id, Id, Id, Id];

describe('publishing', () => {
  test('two who publish the same month apart: the second is told, and nothing of the first is touched', () => {
    const first = published();
    expect(first).toMatchObject({ edition: 1, lines: ['115'], accepted: { byId: LEAD } });
    expect(refused(() => did(first, 'roster.publish', { siteId: SITE, plan: NEXT, from: { edition: 0, approved: 0 }, accepted: ACCEPTED }, { by: LEAD }))).toBe('roster/changed');
    const second = did(first, 'roster.publish', { siteId: SITE, plan: NEXT, from: { edition: 1, approved: 0 }, accepted: ACCEPTED }, { by: LEAD });
    expect([second.edition, second.plan]).toEqual([2, NEXT]);
    expect(second.changedIn).toEqual([...[B, C, D].map(personId => ({ personId, edition: 1, atMs: T })), { personId: A, edition: 2, atMs: T }]);
  });

  test('nobody publishes over a change between people that they have not seen', () => {
    const row = did(did(ask(published(), A, 0), 'roster.take', { askId: ASKS[0], personId: D }, { by: D }), 'roster.approve', { askId: ASKS[0] }, { by: LEAD });
    const again = (approved: number): string => refused(() => did(row, 'roster.publish', { siteId: SITE, plan: NEXT, from: { edition: 1, approved }, accepted: ACCEPTED }, { by: LEAD }));
    expect([again(0), again(1)]).toEqual(['roster/changed', 'done']);
  });

  test('what lacks people is not published without a reason; nor twice the same; nor under another id; nor for a line that is not theirs', () => {
    const from = { edition: 0, approved: 0 };
    expect(refused(() => did(undefined, 'roster.publish', { siteId: SITE, plan: FIRST, from, accepted: null }, { by: LEAD }))).toBe('roster/reason-needed');
    const all = planOf([Array.from({ length: daysOf(MONTH) }, () => 1)], { shifts: [THREE_SHIFTS[0]!] });
    const skilled = (skills: string[]): RosterPlan => ({ ...all, needs: [{ skill: 'cấp cứu', seats: 2 }], members: all.members.map(member => ({ ...member, skills })) });
    expect(['cấp cứu', 'lái xe'].map(skill => refused(() => did(undefined, 'roster.publish', { siteId: SITE, plan: skilled([skill]), from, accepted: null }, { by: LEAD })))).toEqual(['done', 'roster/reason-needed']);
    expect(refused(() => did(published(), 'roster.publish', { siteId: SITE, plan: FIRST, from: { edition: 1, approved: 0 }, accepted: ACCEPTED }, { by: LEAD }))).toBe('issue/nothing-changed');
    expect(refused(() => did(undefined, 'roster.publish', { id: newId(T), siteId: SITE, plan: FIRST, from, accepted: ACCEPTED }, { by: LEAD }))).toBe('input/invalid');
    expect(refused(() => did(undefined, 'roster.publish', { siteId: SITE, plan: FIRST, from, accepted: ACCEPTED }, { by: LEAD, services: ['113'] }))).toBe('issue/outside-scope');
    expect(refused(() => did(undefined, 'roster.publish', { siteId: SITE, plan: FIRST, from, accepted: ACCEPTED }, { by: A }))).toBe('auth/forbidden');
  });

  test('who is touched acknowledges the edition that is shown to them, and is asked again only when their month changes', () => {
    const first = published();
    expect([A, B, LEAD].map(id => hasToAcknowledge(first, id))).toEqual([true, true, false]);
    const known = did(did(first, 'roster.acknowledge', { changedAtMs: T }, { by: A }), 'roster.acknowledge', { changedAtMs: T }, { by: B });
    expect([A, B].map(id => hasToAcknowledge(known, id))).toEqual([false, false]);
    const second = did(known, 'roster.publish', { siteId: SITE, plan: NEXT, from: { edition: 1, approved: 0 }, accepted: ACCEPTED }, { by: LEAD, atMs: T + 5 });
    expect(second.published.atMs).toBe(T + 5);
    expect([A, B].map(id => hasToAcknowledge(second, id))).toEqual([true, false]);
    expect(refused(() => did(second, 'roster.acknowledge', { changedAtMs: T }, { by: A }))).toBe('roster/changed');
    expect(hasToAcknowledge(did(second, 'roster.acknowledge', { changedAtMs: T + 5 }, { by: A }), A)).toBe(false);
    // Of an edition that has not touched them it says nothing that they have to say again, also where they said it before that came.
    expect(refused(() => did(second, 'roster.acknowledge', { changedAtMs: T }, { by: C }))).toBe('done');
    expect(refused(() => did(second, 'roster.acknowledge', { changedAtMs: T + 5 }, { by: LEAD }))).toBe('roster/not-in-it');
    // Who is in it no more has to know that, too.
    const third = did(second, 'roster.publish', { siteId: SITE, plan: { ...NEXT, members: NEXT.members.slice(1) }, from: { edition: 2, approved: 0 }, accepted: ACCEPTED }, { by: LEAD, atMs: T + 9 });
    expect(hasToAcknowledge(third, A)).toBe(true);
    expect(hasToAcknowledge(did(third, 'roster.acknowledge', { changedAtMs: T + 9 }, { by: A }), A)).toBe(false);
  });
});

describe('changing shifts between people', () => {
  test('one for another: asked, taken, approved by somebody else; both months are changed and every shift stays as full as it was', () => {
    const row = ask(published(), A, 0, { toId: C, theirDay: 1 });
    expect(refused(() => did(row, 'roster.take', { askId: ASKS[0], personId: B }, { by: B }))).toBe('roster/not-yours');
    const taken = did(row, 'roster.take', { askId: ASKS[0], personId: C }, { by: C });
    expect(refused(() => did(taken, 'roster.approve', { askId: ASKS[0] }, { by: C, roles: ['ca_truong'] }))).toBe('issue/same-person');
    const done = did(taken, 'roster.approve', { askId: ASKS[0] }, { by: LEAD });
    expect(dutyPlan(done).members.map(({ cells }) => cells.slice(0, 4))).toEqual([[OFF, 2, 3, OFF], [2, 1, OFF, LEAVE], [1, OFF, 1, OFF], [OFF, OFF, OFF, 1]]);
    expect(done.plan).toEqual(FIRST);
    expect(gapsOf(dutyPlan(done))).toEqual(gapsOf(FIRST));
  });

  test('only with a shift that is there and has not begun, and with one who is free', () => {
    const row = published();
    expect(refused(() => ask(row, A, 1))).toBe('roster/no-shift');
    expect(refused(() => ask(row, B, 3))).toBe('roster/no-shift');
    expect(refused(() => ask(row, A, 0, { toId: B }))).toBe('roster/busy');
    expect(refused(() => ask(row, D, 3, { toId: B }))).toBe('roster/busy');
    const begins = shiftStartMs(FIRST, 0, 1);
    const late = (atMs: number): string => refused(() => did(row, 'roster.ask', { askId: ASKS[0], personId: A, day: 0, toId: null, theirDay: null, reason: 'việc nhà' }, { by: A, atMs }));
    expect([late(begins - 1), late(begins)]).toEqual(['done', 'roster/begun']);
    expect(refused(() => ask(row, A, 0, {}, B))).toBe('roster/not-yours');
    expect(refused(() => ask(row, A, 0, {}, LEAD))).toBe('done');
  });

  test('one wish for a shift at a time; who took an open one may let it go, and it stands open again', () => {
    const row = ask(published(), A, 0);
    expect([refused(() => ask(published(), A, 0, { reason: ' ' })), refused(() => ask(row, A, 0))]).toEqual(['roster/why-needed', 'roster/asked-already']);
    expect(refused(() => ask(row, D, 3, { toId: A, theirDay: 0 }))).toBe('roster/asked-already');
    const taken = did(row, 'roster.take', { askId: ASKS[0], personId: D }, { by: D });
    expect(refused(() => did(taken, 'roster.take', { askId: ASKS[0], personId: C }, { by: C }))).toBe('roster/ask-over');
    expect(did(taken, 'roster.end', { askId: ASKS[0] }, { by: D }).asks[0]).toMatchObject({ state: 'asked', taken: null });
    expect(did(taken, 'roster.end', { askId: ASKS[0] }, { by: A }).asks[0]).toMatchObject({ state: 'withdrawn' });
    expect(did(taken, 'roster.end', { askId: ASKS[0], reason: 'không được' }, { by: LEAD }).asks[0]).toMatchObject({ state: 'refused', ended: { reason: 'không được' } });
    expect(refused(() => did(taken, 'roster.end', { askId: ASKS[0] }, { by: B }))).toBe('roster/not-yours');
  });

  test('a wish goes with its shift into the next edition, and is over where the shift went to somebody else', () => {
    const both = ask(ask(published(), A, 0), A, 2);
    const next = did(both, 'roster.publish', { siteId: SITE, plan: { ...NEXT, members: NEXT.members.map((one, at) => (at === 0 ? { ...one, cells: one.cells.with(0, 3) } : one)) }, from: { edition: 1, approved: 0 }, accepted: ACCEPTED }, { by: LEAD });
    expect(next.asks.map(({ state, cell }) => [state, cell])).toEqual([['asked', 3], ['moved', 3]]);
  });

  test('whoever plans acts for one who is away: asks, and approves with the one who was asked', () => {
    const row = ask(published(), A, 0, { toId: D }, LEAD);
    expect(refused(() => did(row, 'roster.approve', { askId: ASKS[0], reason: ' ' }, { by: LEAD }))).toBe('roster/why-needed');
    const done = did(row, 'roster.approve', { askId: ASKS[0], reason: 'D đang nghỉ, đã báo điện thoại' }, { by: LEAD });
    expect([dutyPlan(done).members[3]!.cells[0], done.asks[0]!.ended!.reason]).toEqual([1, 'D đang nghỉ, đã báo điện thoại']);
    expect(refused(() => did(ask(published(), A, 0), 'roster.approve', { askId: ASKS[0] }, { by: LEAD }))).toBe('roster/nobody-takes');
  });
});

describe('who may do what', () => {
  const open = ask(published(), A, 0), taken = did(open, 'roster.take', { askId: ASKS[0], personId: D }, { by: D });
  const direct = ask(published(), A, 0, { toId: D });
  const publish = { siteId: SITE, plan: NEXT, from: { edition: 1, approved: 0 }, accepted: ACCEPTED };
  const table: [string, DutyRoster, keyof typeof DUTY_PAYLOADS, Record<string, unknown>, Did, string][] = [
    ['an operator approves', taken, 'roster.approve', { askId: ASKS[0] }, { by: B }, 'auth/forbidden'],
    ['an operator publishes', open, 'roster.publish', publish, { by: B }, 'auth/forbidden'],
    ['a lead of another line publishes', open, 'roster.publish', publish, { by: LEAD, services: ['113'] }, 'issue/outside-scope'],
    ['a lead of another site publishes', open, 'roster.publish', publish, { by: LEAD, sites: [newId(T)] }, 'issue/outside-scope'],
    ['nobody is left in it', open, 'roster.publish', { ...publish, plan: { ...NEXT, members: [] } }, { by: LEAD }, 'roster/nobody'],
    ['one person stands in it twice', open, 'roster.publish', { ...publish, plan: { ...NEXT, members: [...NEXT.members, NEXT.members[0]] } }, { by: LEAD }, 'input/invalid'],
    ['somebody of another line takes', open, 'roster.take', { askId: ASKS[0], personId: D }, { by: D, services: ['114'] }, 'issue/outside-scope'],
    ['an operator takes for another', open, 'roster.take', { askId: ASKS[0], personId: D }, { by: B }, 'roster/not-yours'],
    ['a reader takes', open, 'roster.take', { askId: ASKS[0], personId: D }, { by: D, roles: ['kiem_tra'] }, 'auth/forbidden'],
    ['a lead takes for another', open, 'roster.take', { askId: ASKS[0], personId: D }, { by: LEAD }, 'done'],
    ['somebody takes who works that day', open, 'roster.take', { askId: ASKS[0], personId: B }, { by: B }, 'roster/busy'],
    ['another than who was asked takes', direct, 'roster.take', { askId: ASKS[0], personId: C }, { by: C }, 'roster/not-yours'],
    ['a shift is taken that was another when it was seen', open, 'roster.take', { askId: ASKS[0], personId: D, cell: 2, theirCell: null }, { by: D }, 'roster/changed'],
    ['a shift is approved that was another when it was seen', taken, 'roster.approve', { askId: ASKS[0], cell: 2, theirCell: null }, { by: LEAD }, 'roster/changed'],
    ['a shift is asked for that was another when it was seen', published(), 'roster.ask', { askId: ASKS[0], personId: A, day: 0, cell: 2, toId: null, theirDay: null, theirCell: null, reason: 'việc nhà' }, { by: A }, 'roster/changed'],
    ['a day in return is asked of nobody', published(), 'roster.ask', { askId: ASKS[0], personId: A, day: 0, toId: null, theirDay: 1, theirCell: 2, cell: 1, reason: 'việc nhà' }, { by: A }, 'input/invalid'],
    ['it is taken when it has begun', open, 'roster.take', { askId: ASKS[0], personId: D }, { by: D, atMs: shiftStartMs(FIRST, 0, 1) }, 'roster/begun'],
    ['it is approved when it has begun', taken, 'roster.approve', { askId: ASKS[0] }, { by: LEAD, atMs: shiftStartMs(FIRST, 0, 1) }, 'roster/begun'],
    ['an operator acknowledges from another line', published(), 'roster.acknowledge', { changedAtMs: T }, { by: A, services: ['113'] }, 'issue/outside-scope'],
    ['whoever asked for somebody withdraws it', ask(published(), A, 0, {}, LEAD), 'roster.end', { askId: ASKS[0] }, { by: LEAD }, 'done'],
  ];
  test.each(table)('%s', (_says, row, name, payload, who, end) => { expect(refused(() => did(row, name, payload, who))).toBe(end); });

  test('the day in return must not have begun either, when it is taken and when it is approved', () => {
    const row = ask(published(), A, 2, { toId: B, theirDay: 1 });
    const began = shiftStartMs(FIRST, 1, 1);
    expect(refused(() => did(row, 'roster.take', { askId: ASKS[0], personId: B }, { by: B, atMs: began }))).toBe('roster/begun');
    const agreed = did(row, 'roster.take', { askId: ASKS[0], personId: B }, { by: B });
    expect([began - 1, began].map(atMs => refused(() => did(agreed, 'roster.approve', { askId: ASKS[0] }, { by: LEAD, atMs })))).toEqual(['done', 'roster/begun']);
    expect([began - 1, began].map(atMs => canChange(FIRST, agreed.asks[0]!, B, atMs))).toEqual([true, false]);
  });

  test('approvals hold in the order in which they were given, whatever the clocks of who gave them say', () => {
    const first = did(taken, 'roster.approve', { askId: ASKS[0] }, { by: LEAD, atMs: T + 600_000 });
    const on = did(first, 'roster.ask', { askId: ASKS[1], personId: D, day: 0, toId: C, theirDay: null, reason: 'việc nhà' }, { by: D });
    const second = did(did(on, 'roster.take', { askId: ASKS[1], personId: C }, { by: C }), 'roster.approve', { askId: ASKS[1] }, { by: LEAD, atMs: T + 300_000 });
    expect(dutyPlan(second).members.map(({ cells }) => cells[0])).toEqual([OFF, 2, 1, OFF]);
  });

  test('whoever gave or got a shift without a word of theirs has to acknowledge it; who asked or took does not', () => {
    const known = [A, B, C, D].reduce((row, by) => did(row, 'roster.acknowledge', { changedAtMs: T }, { by }), published());
    const both = did(ask(known, A, 0, { toId: D }, LEAD), 'roster.approve', { askId: ASKS[0], reason: 'D đã báo' }, { by: LEAD, atMs: T + 1 });
    expect([A, B, D].map(id => hasToAcknowledge(both, id))).toEqual([true, false, true]);
    const own = did(did(ask(known, A, 0), 'roster.take', { askId: ASKS[0], personId: D }, { by: D }), 'roster.approve', { askId: ASKS[0] }, { by: LEAD, atMs: T + 1 });
    expect([A, D].map(id => hasToAcknowledge(own, id))).toEqual([false, false]);
  });

  test('an edition: who took a shift did not take one of other hours; a change that it does not have is over', () => {
    const night = (plan: RosterPlan): RosterPlan => ({ ...plan, members: plan.members.map((one, at) => (at === 0 ? { ...one, cells: one.cells.with(0, 3) } : one)) });
    const next = (row: DutyRoster, plan: RosterPlan, approved = 0): DutyRoster => did(row, 'roster.publish', { siteId: SITE, plan, from: { edition: 1, approved }, accepted: ACCEPTED }, { by: LEAD });
    expect(next(taken, night(FIRST)).asks[0]).toMatchObject({ state: 'asked', cell: 3, taken: null });
    expect(next(taken, NEXT).asks[0]).toMatchObject({ state: 'taken' });
    const done = did(taken, 'roster.approve', { askId: ASKS[0] }, { by: LEAD });
    expect(next(done, NEXT, 1).asks[0]).toMatchObject({ state: 'moved' });
    expect(next(done, { ...dutyPlan(done), seats: 2 }, 1).asks[0]).toMatchObject({ state: 'approved' });
    // Who is where it says since the change is not told that anything has changed for them.
    expect(next(done, { ...dutyPlan(done), members: dutyPlan(done).members.map((one, at) => (at === 2 ? { ...one, cells: one.cells.with(20, 1) } : one)) }, 1).changedIn.filter(({ edition }) => edition === 2).map(({ personId }) => personId)).toEqual([C]);
  });

  test('a change that a later one has taken on is not taken back by an edition that has both; those of editions before stay as they ended', () => {
    const first = did(taken, 'roster.approve', { askId: ASKS[0] }, { by: LEAD });
    const on = did(did(first, 'roster.ask', { askId: ASKS[1], personId: D, day: 0, toId: C, theirDay: null, reason: 'việc nhà' }, { by: D }), 'roster.take', { askId: ASKS[1], personId: C }, { by: C });
    const both = did(on, 'roster.approve', { askId: ASKS[1] }, { by: LEAD });
    const publish = (row: DutyRoster, plan: RosterPlan, edition: number, approved: number): DutyRoster => did(row, 'roster.publish', { siteId: SITE, plan, from: { edition, approved }, accepted: ACCEPTED }, { by: LEAD });
    const kept = { ...dutyPlan(both), seats: 2 };
    expect([undoneBy(kept, both), undoneBy(FIRST, both).map(({ id }) => id)]).toEqual([[], [ASKS[1]]]);
    const second = publish(both, kept, 1, 2);
    expect(second.asks.map(({ state }) => state)).toEqual(['approved', 'approved']);
    expect(publish(second, FIRST, 2, 0).asks.map(({ state }) => state)).toEqual(['approved', 'approved']);
    expect(publish(both, FIRST, 1, 2).asks.map(({ state }) => state)).toEqual(['approved', 'moved']);
  });

  test('two hundred wishes have room; of more the oldest that is over makes some', () => {
    const many = Array.from({ length: 200 }, () => newId(T)).reduce((row, askId) => did(did(row, 'roster.ask', { askId, personId: A, day: 0, toId: null, theirDay: null, reason: 'việc nhà' }, { by: A }), 'roster.end', { askId }, { by: A }), published());
    expect(many.asks).toHaveLength(200);
    const more = did(many, 'roster.ask', { askId: ASKS[0], personId: A, day: 0, toId: null, theirDay: null, reason: 'việc nhà' }, { by: A });
    expect([more.asks.length, more.asks.at(-1)?.id, more.asks[0]?.id === many.asks[0]?.id]).toEqual([200, ASKS[0], false]);
    expect(more.history.length).toBeLessThanOrEqual(100);
  });
});

const one = fc.oneof(
  fc.record({ name: fc.constant('roster.publish' as const), payload: fc.record({ siteId: fc.constant(SITE), plan: fc.constantFrom(FIRST, NEXT), from: fc.record({ edition: fc.integer({ min: 0, max: 3 }), approved: fc.integer({ min: 0, max: 2 }) }), accepted: fc.constant(ACCEPTED) }) }),
  fc.record({ name: fc.constant('roster.acknowledge' as const), payload: fc.record({ changedAtMs: fc.constantFrom(T, T + 1, T + 2) }) }),
  fc.record({ name: fc.constant('roster.ask' as const), payload: fc.record({ askId: fc.constantFrom(...ASKS), personId: fc.constantFrom(...STAFF), day: fc.nat(3), toId: fc.constantFrom(null, null, null, ...STAFF), theirDay: fc.constantFrom(null, null, 0, 1, 2), reason: fc.constantFrom('', 'x', 'x', 'x', 'x') }) }),
  fc.record({ name: fc.constant('roster.take' as const), payload: fc.record({ askId: fc.constantFrom(...ASKS), personId: fc.constantFrom(...STAFF) }) }),
  fc.record({ name: fc.constantFrom('roster.approve' as const, 'roster.approve' as const, 'roster.end' as const), payload: fc.record({ askId: fc.constantFrom(...ASKS), reason: fc.constantFrom('', 'x', 'x') }) }),
);

test('whatever is tried: no shift is gained or lost, nobody works on leave, a shift is asked for once, editions rise by one, and what is over stays as it is', () => {
  const done = new Map<string, number>();
  fc.assert(fc.property(fc.array(fc.record({ try: one, by: fc.constantFrom(null, null, LEAD, ...STAFF), isLead: fc.boolean(), late: fc.integer({ min: -2, max: 2 }) }), { minLength: 30, maxLength: 90 }), tries => {
    let row = published();
    for (const { try: { name, payload }, by: anybody, isLead, late } of tries) {
      const by = anybody ?? ('personId' in payload ? payload.personId : LEAD);
      const before = row;
      try {
        row = did(row, name, payload, { by, roles: isLead ? ['ca_truong'] : ['truc_ban'], atMs: T + late });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        continue;
      }
      done.set(name, (done.get(name) ?? 0) + 1);
      expect(row.edition - before.edition).toBe(name === 'roster.publish' ? 1 : 0);
      const duty = dutyPlan(row);
      expect(gapsOf(duty)).toEqual(gapsOf(row.plan));
      expect(duty.members[1]!.cells[3]).toBe(LEAVE);
      if (name === 'roster.approve') expect(approvedOf(row)).toBe(approvedOf(before) + 1);
      for (const { personId, taken, day, cell, edition } of row.asks.filter(one => one.state === 'approved' && one.edition === row.edition)) {
        // What was approved holds, until a later change takes it on.
        const isTakenOn = row.asks.some(later => later.edition === edition && later.state === 'approved' && (later.order ?? 0) > 1 && (later.personId === taken?.personId || later.taken?.personId === taken?.personId || later.personId === personId || later.taken?.personId === personId));
        if (!isTakenOn) expect(duty.members.find(one => one.personId === taken?.personId)?.cells[day]).toBe(cell);
      }
      if (name === 'roster.approve') {
        const done = row.asks.find(ask => ask.id === payload.askId)!;
        expect(duty.members.find(one => one.personId === done.taken?.personId)?.cells[done.day]).toBe(done.cell);
        for (const told of [done.personId, done.taken!.personId]) if (![done.byId, done.taken!.byId].includes(told)) expect(hasToAcknowledge(row, told)).toBe(true);
      }
      const open = row.asks.filter(isOpenAsk).map(({ personId, day }) => `${personId} ${day}`);
      expect(new Set(open).size).toBe(open.length);
      for (const over of before.asks.filter(ask => !isOpenAsk(ask))) if (name !== 'roster.publish' || over.state !== 'approved') expect(row.asks).toContainEqual(over);
      for (const ask of row.asks) if (ask.state === 'approved') expect([ask.personId, ask.taken?.personId]).not.toContain(ask.ended?.byId);
    }
  }), { numRuns: 400, seed: 11 });
  expect([...done.keys()].sort()).toEqual(Object.keys(DUTY_PAYLOADS).sort());
  expect(Math.min(...done.values())).toBeGreaterThan(20);
});

describe('days and ids', () => {
  test('each line and month of a site has an id of its own, that is one, and no site’s', () => {
    const months = Array.from({ length: 1_200 }, (_, at) => `${2000 + Math.floor(at / 12)}-${String(at % 12 + 1).padStart(2, '0')}`);
    const ids = months.flatMap(month => DUTY_DESKS.map(line => rosterId(SITE, line, month)));
    expect(new Set([SITE, ...ids]).size).toBe(ids.length + 1);
    for (const id of ids) expect(DUTY_PAYLOADS['roster.acknowledge'].shape.id.safeParse(id).success).toBe(true);
  });

  test('a night of the last day ends in the next month, in Vietnam, whatever zone the machine is in', () => {
    expect(new Date(shiftStartMs(FIRST, 30, 3)).toISOString()).toBe('2026-12-31T15:00:00.000Z');
    expect(monthDayOf(shiftEndMs(FIRST, 30, 3))).toEqual({ month: '2027-01', day: 0 });
    expect(shiftEndMs(FIRST, 30, 3) - shiftStartMs(FIRST, 30, 3)).toBe(DAY_MS / 3);
  });
});
