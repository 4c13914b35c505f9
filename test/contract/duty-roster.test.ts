import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyIntent, INTENT_PAYLOADS, type DocumentIntent, type IntentPayload } from '../../contract/documents/apply.ts';
import { approvedOf, DUTY_PAYLOADS, dutyPlan, gapsOf, hasToAcknowledge, isOpenAsk, type DutyRoster } from '../../contract/documents/duty-roster.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Role } from '../../contract/org.ts';
import { daysOf, LEAVE, OFF, ROSTER_LINES, type RosterPlan } from '../../contract/roster.ts';
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
const ACCEPTED = { reason: 'thiếu người', gaps: [], broken: [] };

interface Did { by: Id; roles?: Role[]; services?: string[] | null; atMs?: number }
/** Does one thing to the roster. @throws {AppError} the refusal */
function did(row: DutyRoster | undefined, name: keyof typeof DUTY_PAYLOADS, payload: Record<string, unknown>, { by, roles = by === LEAD ? ['ca_truong'] : ['truc_ban'], services = null, atMs = T }: Did): DutyRoster {
  const actor = person({ personId: by, roles, scope: { siteIds: [SITE], services: services as never } });
  return applyIntent(name as DocumentIntent, row, INTENT_PAYLOADS[name].parse({ id: ROSTER, ...payload }) as IntentPayload<DocumentIntent>, factsFor(actor, { atMs })).row as DutyRoster;
}
const refused = (call: () => unknown): string => {
  try { call(); } catch (error) { if (error instanceof AppError) return error.code; throw error; }
  return 'done';
};
const published = (plan = FIRST): DutyRoster => did(undefined, 'roster.publish', { siteId: SITE, plan, from: { edition: 0, approved: 0 }, accepted: ACCEPTED }, { by: LEAD });
const ask = (row: DutyRoster, personId: Id, day: number, some: object = {}, by = personId): DutyRoster => did(row, 'roster.ask', { askId: ASKS[row.asks.length], personId, day, toId: null, theirDay: null, reason: '', ...some }, { by });
const [A, B, C, D] = STAFF as [Id, Id, Id, Id];

describe('publishing', () => {
  test('two who publish the same month apart: the second is told, and nothing of the first is touched', () => {
    const first = published();
    expect(first).toMatchObject({ edition: 1, lines: ['115'], accepted: { byId: LEAD } });
    expect(refused(() => did(first, 'roster.publish', { siteId: SITE, plan: NEXT, from: { edition: 0, approved: 0 }, accepted: ACCEPTED }, { by: LEAD }))).toBe('roster/changed');
    const second = did(first, 'roster.publish', { siteId: SITE, plan: NEXT, from: { edition: 1, approved: 0 }, accepted: ACCEPTED }, { by: LEAD });
    expect([second.edition, second.plan]).toEqual([2, NEXT]);
    expect(second.changedIn).toEqual([{ personId: B, edition: 1 }, { personId: C, edition: 1 }, { personId: D, edition: 1 }, { personId: A, edition: 2 }]);
  });

  test('nobody publishes over a change between people that they have not seen', () => {
    const row = did(did(ask(published(), A, 0), 'roster.take', { askId: ASKS[0], personId: D }, { by: D }), 'roster.approve', { askId: ASKS[0] }, { by: LEAD });
    const again = (approved: number): string => refused(() => did(row, 'roster.publish', { siteId: SITE, plan: NEXT, from: { edition: 1, approved }, accepted: ACCEPTED }, { by: LEAD }));
    expect([again(0), again(1)]).toEqual(['roster/changed', 'done']);
  });

  test('what lacks people is not published without a reason; nor twice the same; nor under another id; nor for a line that is not theirs', () => {
    const from = { edition: 0, approved: 0 };
    expect(refused(() => did(undefined, 'roster.publish', { siteId: SITE, plan: FIRST, from, accepted: null }, { by: LEAD }))).toBe('roster/reason-needed');
    expect(refused(() => did(published(), 'roster.publish', { siteId: SITE, plan: FIRST, from: { edition: 1, approved: 0 }, accepted: ACCEPTED }, { by: LEAD }))).toBe('issue/nothing-changed');
    expect(refused(() => did(undefined, 'roster.publish', { id: newId(T), siteId: SITE, plan: FIRST, from, accepted: ACCEPTED }, { by: LEAD }))).toBe('input/invalid');
    expect(refused(() => did(undefined, 'roster.publish', { siteId: SITE, plan: FIRST, from, accepted: ACCEPTED }, { by: LEAD, services: ['113'] }))).toBe('issue/outside-scope');
    expect(refused(() => did(undefined, 'roster.publish', { siteId: SITE, plan: FIRST, from, accepted: ACCEPTED }, { by: A }))).toBe('auth/forbidden');
  });

  test('who is touched acknowledges the edition that is shown to them, and is asked again only when their month changes', () => {
    const first = published();
    expect([A, B, LEAD].map(id => hasToAcknowledge(first, id))).toEqual([true, true, false]);
    const seen = did(did(first, 'roster.acknowledge', { edition: 1 }, { by: A }), 'roster.acknowledge', { edition: 1 }, { by: B });
    expect([A, B].map(id => hasToAcknowledge(seen, id))).toEqual([false, false]);
    const second = did(seen, 'roster.publish', { siteId: SITE, plan: NEXT, from: { edition: 1, approved: 0 }, accepted: ACCEPTED }, { by: LEAD });
    expect([A, B].map(id => hasToAcknowledge(second, id))).toEqual([true, false]);
    expect(refused(() => did(second, 'roster.acknowledge', { edition: 1 }, { by: A }))).toBe('roster/changed');
    expect(refused(() => did(second, 'roster.acknowledge', { edition: 2 }, { by: LEAD }))).toBe('roster/not-in-it');
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
    const late = (atMs: number): string => refused(() => did(row, 'roster.ask', { askId: ASKS[0], personId: A, day: 0, toId: null, theirDay: null, reason: '' }, { by: A, atMs }));
    expect([late(begins - 1), late(begins)]).toEqual(['done', 'roster/begun']);
    expect(refused(() => ask(row, A, 0, {}, B))).toBe('roster/not-yours');
    expect(refused(() => ask(row, A, 0, {}, LEAD))).toBe('done');
  });

  test('one wish for a shift at a time; who took an open one may let it go, and it stands open again', () => {
    const row = ask(published(), A, 0);
    expect(refused(() => ask(row, A, 0))).toBe('roster/asked-already');
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
    expect(dutyPlan(did(row, 'roster.approve', { askId: ASKS[0] }, { by: LEAD })).members[3]!.cells[0]).toBe(1);
    expect(refused(() => did(ask(published(), A, 0), 'roster.approve', { askId: ASKS[0] }, { by: LEAD }))).toBe('roster/nobody-takes');
  });
});

const one = fc.oneof(
  fc.record({ name: fc.constant('roster.publish' as const), payload: fc.record({ siteId: fc.constant(SITE), plan: fc.constantFrom(FIRST, NEXT), from: fc.record({ edition: fc.integer({ min: 0, max: 3 }), approved: fc.integer({ min: 0, max: 2 }) }), accepted: fc.constant(ACCEPTED) }) }),
  fc.record({ name: fc.constant('roster.acknowledge' as const), payload: fc.record({ edition: fc.integer({ min: 1, max: 3 }) }) }),
  fc.record({ name: fc.constant('roster.ask' as const), payload: fc.record({ askId: fc.constantFrom(...ASKS), personId: fc.constantFrom(...STAFF), day: fc.nat(3), toId: fc.constantFrom(null, null, null, ...STAFF), theirDay: fc.constantFrom(null, null, 0, 1, 2), reason: fc.constant('') }) }),
  fc.record({ name: fc.constant('roster.take' as const), payload: fc.record({ askId: fc.constantFrom(...ASKS), personId: fc.constantFrom(...STAFF) }) }),
  fc.record({ name: fc.constantFrom('roster.approve' as const, 'roster.approve' as const, 'roster.end' as const), payload: fc.record({ askId: fc.constantFrom(...ASKS) }) }),
);

test('whatever is tried: no shift is gained or lost, nobody works on leave, a shift is asked for once, editions rise by one, and what is over stays as it is', () => {
  const done = new Map<string, number>();
  fc.assert(fc.property(fc.array(fc.record({ try: one, by: fc.constantFrom(null, null, LEAD, ...STAFF), isLead: fc.boolean() }), { minLength: 30, maxLength: 90 }), tries => {
    let row = published();
    for (const { try: { name, payload }, by: anybody, isLead } of tries) {
      const by = anybody ?? ('personId' in payload ? payload.personId : LEAD);
      const before = row;
      try {
        row = did(row, name, payload, { by, roles: isLead ? ['ca_truong'] : ['truc_ban'] });
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
      const open = row.asks.filter(isOpenAsk).map(({ personId, day }) => `${personId} ${day}`);
      expect(new Set(open).size).toBe(open.length);
      for (const over of before.asks.filter(ask => !isOpenAsk(ask))) expect(row.asks).toContainEqual(over);
      for (const ask of row.asks) if (ask.state === 'approved') expect([ask.personId, ask.taken?.personId]).not.toContain(ask.ended?.byId);
    }
  }), { numRuns: 300, seed: 11 });
  expect([...done.keys()].sort()).toEqual(Object.keys(DUTY_PAYLOADS).sort());
  expect(Math.min(...done.values())).toBeGreaterThan(20);
});

describe('days and ids', () => {
  test('each line and month of a site has an id of its own, that is one, and no site’s', () => {
    const months = Array.from({ length: 1_200 }, (_, at) => `${2000 + Math.floor(at / 12)}-${String(at % 12 + 1).padStart(2, '0')}`);
    const ids = months.flatMap(month => ROSTER_LINES.map(line => rosterId(SITE, line, month)));
    expect(new Set([SITE, ...ids]).size).toBe(ids.length + 1);
    for (const id of ids) expect(DUTY_PAYLOADS['roster.acknowledge'].shape.id.safeParse(id).success).toBe(true);
  });

  test('a night of the last day ends in the next month, in Vietnam, whatever zone the machine is in', () => {
    expect(new Date(shiftStartMs(FIRST, 30, 3)).toISOString()).toBe('2026-12-31T15:00:00.000Z');
    expect(monthDayOf(shiftEndMs(FIRST, 30, 3))).toEqual({ month: '2027-01', day: 0 });
    expect(shiftEndMs(FIRST, 30, 3) - shiftStartMs(FIRST, 30, 3)).toBe(DAY_MS / 3);
  });
});
