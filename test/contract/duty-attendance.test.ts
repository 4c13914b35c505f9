import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { applyIntent, DOCUMENT_SCHEMAS, INTENT_PAYLOADS, type DocumentIntent, type IntentPayload } from '../../contract/documents/apply.ts';
import { entryOf, isThere, type Attended } from '../../contract/documents/duty-attendance.ts';
import { onDutyIn, reckon } from '../../contract/duty-hours.ts';
import { dutyPlan, hasToAcknowledge, type DutyRoster } from '../../contract/documents/duty-roster.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Role } from '../../contract/org.ts';
import { daysOf, OFF, type RosterPlan } from '../../contract/roster.ts';
import { rosterId } from '../../contract/roster-days.ts';
import { THREE_SHIFTS } from '../../contract/roster-presets.ts';
import { instantOf } from '../../contract/time.ts';
import { factsFor, person } from './records.ts';

const T = instantOf(2026, 11, 24, 9), MIN = 60_000, HOUR = 60 * MIN;
const SITE = newId(T), ROSTER = rosterId(SITE, '115', '2026-12');
const [LEAD, A, B, C, OUT] = Array.from({ length: 5 }, () => newId(T)) as [Id, Id, Id, Id, Id];
/** On 1 December A has the morning, B the afternoon; on the last day C has the night, into the next year. */
const PLAN: RosterPlan = {
  service: '115', month: '2026-12', seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS],
  members: [A, B, C].map((personId, at) => ({ personId, name: `Người Mẫu ${at + 1}`, cells: Array.from({ length: daysOf('2026-12') }, (_, day) => (day === 0 ? [1, 2, OFF][at]! : day === 30 && at === 2 ? 3 : OFF)) })),
};
const BEGIN = instantOf(2026, 12, 1, 6), END = instantOf(2026, 12, 1, 14), NIGHT = instantOf(2026, 12, 31, 22), DAWN = instantOf(2027, 1, 1, 6);

interface Did { by: Id; roles?: Role[]; sites?: Id[]; services?: string[] | null; atMs: number }
function did(row: DutyRoster | undefined, name: DocumentIntent, payload: Record<string, unknown>, { by, roles = by === LEAD ? ['ca_truong'] : ['truc_ban'], sites = [SITE], services = null, atMs }: Did): DutyRoster {
  const actor = person({ personId: by, roles, scope: { siteIds: sites, services: services as never } });
  return applyIntent(name, row, INTENT_PAYLOADS[name].parse({ id: ROSTER, ...payload }) as IntentPayload<DocumentIntent>, factsFor(actor, { atMs })).row as DutyRoster;
}
const refused = (call: () => unknown): string => {
  try { call(); } catch (error) { if (error instanceof AppError) return error.code; throw error; }
  return 'done';
};
const published = (): DutyRoster => did(undefined, 'roster.publish', { siteId: SITE, plan: PLAN, from: { edition: 0, approved: 0 }, accepted: { reason: 'x', gaps: [], broken: [], more: 0 } }, { by: LEAD, atMs: T });
const SPOT = { personId: A, day: 0, cell: 1 };
const attend = (row: DutyRoster, some: object, who: Did): DutyRoster => did(row, 'roster.attend', { attendId: newId(T), ...SPOT, source: 'signIn', fromMs: who.atMs, toMs: null, ...some }, who);
const takeOver = (row: DutyRoster, who: Did, some: object = {}): DutyRoster => did(row, 'roster.takeOver', { attendId: newId(T), ...SPOT, reason: 'bận đột xuất', ...some }, who);
const of = (row: DutyRoster, personId: Id = A, spot: object = {}): Attended | undefined => entryOf(row.attended, { ...SPOT, ...spot, personId });

describe('own presence, by signing in', () => {
  test('from an hour before the shift until its end, never ahead of the clock', () => {
    const at = (fromMs: number, atMs = fromMs): string => refused(() => attend(published(), { fromMs }, { by: A, atMs }));
    expect([at(BEGIN - HOUR - 1), at(BEGIN - HOUR), at(BEGIN), at(END - 1), at(END)]).toEqual(['roster/not-running', 'done', 'done', 'done', 'roster/not-running']);
    expect([at(BEGIN + 1, BEGIN), at(BEGIN, END), at(BEGIN, END - 1), at(BEGIN - HOUR - 1, BEGIN)]).toEqual(['roster/future', 'roster/not-running', 'done', 'roster/not-running']);
    const night = (fromMs: number): string => refused(() => attend(published(), { personId: C, day: 30, cell: 3, fromMs }, { by: C, atMs: fromMs }));
    expect([night(NIGHT), night(DAWN - 1), night(DAWN)]).toEqual(['done', 'done', 'roster/not-running']);
  });

  test('is of one\'s own shift alone, by who may see rosters', () => {
    const who = (some: object, more: Partial<Did> & { by: Id }): string => refused(() => attend(published(), some, { atMs: BEGIN, ...more }));
    expect([who({}, { by: B }), who({ personId: B }, { by: B }), who({ cell: 4 }, { by: A }), who({ day: 30 }, { by: A })]).toEqual(['roster/not-yours', 'roster/no-shift', 'roster/no-shift', 'roster/no-shift']);
    expect([who({}, { by: A, roles: ['dau_moi'] }), who({}, { by: A, sites: [newId(T)] }), who({}, { by: A, services: ['113'] })]).toEqual(['auth/forbidden', 'issue/outside-scope', 'issue/outside-scope']);
    expect([who({ fromMs: null }, { by: A }), who({ toMs: BEGIN }, { by: A })]).toEqual(['input/invalid', 'input/invalid']);
  });

  test('told again changes nothing; of two the earlier holds; nothing that a person has entered is overwritten', () => {
    const first = attend(published(), {}, { by: A, atMs: BEGIN + 5 * MIN });
    expect(attend(first, {}, { by: A, atMs: BEGIN + 9 * MIN })).toBe(first);
    expect(of(attend(first, { fromMs: BEGIN - 9 * MIN }, { by: A, atMs: BEGIN + 9 * MIN }))).toMatchObject({ id: of(first)!.id, fromMs: BEGIN - 9 * MIN, atMs: BEGIN + 5 * MIN });
    const absent = attend(published(), { source: 'planner', fromMs: null, reason: 'ốm' }, { by: LEAD, atMs: BEGIN });
    expect(attend(absent, {}, { by: A, atMs: BEGIN + 1 })).toBe(absent);
  });

  test('a roster that was stored before there was attendance is one still', () => {
    const { attended: _attended, ...old } = attend(published(), {}, { by: A, atMs: BEGIN });
    expect(DOCUMENT_SCHEMAS.roster.parse(old)).toEqual(old);
    expect(of(attend(old, {}, { by: A, atMs: BEGIN }))).toMatchObject({ fromMs: BEGIN, toMs: null, source: 'signIn', byId: A });
  });
});

describe('a signed handover', () => {
  const goes = (row: DutyRoster, toMs: number, some: object = {}, who: Partial<Did> = {}): DutyRoster => attend(row, { source: 'handover', fromMs: BEGIN, toMs, ...some }, { by: B, atMs: toMs, ...who });
  test('says until when who goes has been there, also after the end of the shift, told by who comes', () => {
    const there = attend(published(), {}, { by: A, atMs: BEGIN - 5 * MIN });
    expect(of(goes(there, END + 7 * MIN))).toMatchObject({ fromMs: BEGIN, toMs: END + 7 * MIN, source: 'handover', byId: B });
    // Who has taken it over before its begin, which another has signed, has had it since.
    const took = attend(published(), { source: 'handover' }, { by: A, atMs: BEGIN - 5 * MIN });
    expect(of(goes(took, END + 7 * MIN))).toMatchObject({ fromMs: BEGIN - 5 * MIN, toMs: END + 7 * MIN });
    const at = (toMs: number, atMs = toMs): string => refused(() => goes(there, toMs, {}, { atMs }));
    expect([at(BEGIN - 5 * MIN), at(BEGIN - 5 * MIN + 1), at(END + 4 * HOUR), at(END + 4 * HOUR + 1), at(END, END - 1)]).toEqual(['roster/not-running', 'done', 'done', 'roster/not-running', 'roster/future']);
    // Who never signed in was there since the handover says so; who has no shift was not.
    expect(of(goes(published(), END))).toMatchObject({ fromMs: BEGIN, toMs: END });
    expect(refused(() => goes(published(), END, { personId: C }))).toBe('roster/no-shift');
    expect(refused(() => goes(there, END, {}, { roles: ['lanh_dao_ioc'] }))).toBe('auth/forbidden');
    // What was signed first holds, and what whoever plans has entered.
    const gone = goes(there, END);
    expect(goes(gone, END + 9 * MIN)).toBe(gone);
    const entered = attend(there, { source: 'planner', fromMs: BEGIN, reason: 'quên đăng nhập' }, { by: LEAD, atMs: END });
    expect(goes(entered, END + 1)).toBe(entered);
  });

  test('says from when who comes has the shift, whenever they signed in', () => {
    const spot = { personId: B, cell: 2 };
    const comes = (row: DutyRoster, atMs: number): DutyRoster => attend(row, { ...spot, source: 'handover' }, { by: B, atMs });
    const early = attend(published(), spot, { by: B, atMs: END - 20 * MIN });
    const come = comes(early, END + 2 * MIN);
    expect(of(come, B, spot)).toMatchObject({ id: of(early, B, spot)!.id, fromMs: END + 2 * MIN, source: 'handover' });
    expect(comes(come, END + 9 * MIN)).toBe(come);
    expect([refused(() => comes(published(), END - HOUR - 1)), refused(() => comes(published(), END + 8 * HOUR))]).toEqual(['roster/not-running', 'roster/not-running']);
  });
});

describe('what whoever plans enters', () => {
  const enter = (some: object, who: Partial<Did> = {}, row = published()): DutyRoster => attend(row, { source: 'planner', fromMs: BEGIN, toMs: END, reason: 'theo sổ trực', ...some }, { by: LEAD, atMs: END + 9 * HOUR, ...who });
  test('is of anybody, afterwards too, with a reason, and takes the place of what was there', () => {
    const there = attend(published(), {}, { by: A, atMs: BEGIN });
    expect(of(enter({ toMs: END - HOUR }, {}, there))).toMatchObject({ id: of(there)!.id, toMs: END - HOUR, source: 'planner', byId: LEAD, reason: 'theo sổ trực' });
    expect(of(enter({ personId: OUT, insteadOfId: A }), OUT)).toMatchObject({ insteadOfId: A });
    expect(of(enter({ fromMs: null, toMs: null }))).toMatchObject({ fromMs: null });
    expect([refused(() => enter({ reason: ' ' })), refused(() => enter({}, { by: A })), refused(() => enter({ personId: OUT, fromMs: null, toMs: null }))]).toEqual(['roster/attend-reason', 'auth/forbidden', 'roster/no-shift']);
    expect(refused(() => enter({}, {}, enter({})))).toBe('issue/nothing-changed');
    // Nobody enters their own hours, whatever they may plan.
    expect(refused(() => enter({}, { by: A, roles: ['ca_truong'] }))).toBe('issue/same-person');
  });

  test('is never ahead of the clock, and near its shift', () => {
    const at = (some: object, atMs = END + 24 * HOUR): string => refused(() => enter(some, { atMs }));
    expect([at({ fromMs: null, toMs: null }, BEGIN - 1), at({ fromMs: null, toMs: null }, BEGIN), at({}, END - 1), at({}, END), at({ toMs: null }, BEGIN - 1), at({ toMs: null }, BEGIN)]).toEqual(['roster/future', 'done', 'roster/future', 'done', 'roster/future', 'done']);
    expect([at({ toMs: BEGIN }), at({ toMs: BEGIN + 1 }), at({ fromMs: END, toMs: null }), at({ fromMs: END - 1, toMs: null })]).toEqual(['input/invalid', 'done', 'roster/not-running', 'done']);
    expect([at({ fromMs: BEGIN - 12 * HOUR }), at({ fromMs: BEGIN - 12 * HOUR - 1 }), at({ toMs: END + 12 * HOUR }), at({ toMs: END + 12 * HOUR + 1 })]).toEqual(['done', 'roster/not-running', 'done', 'roster/not-running']);
    expect([at({ insteadOfId: A }), at({ insteadOfId: B }), at({ personId: OUT, insteadOfId: B }), at({ personId: OUT, insteadOfId: A })]).toEqual(['input/invalid', 'input/invalid', 'input/invalid', 'done']);
  });
});

describe('taking a running shift over', () => {
  test('is from now on, tells who is relieved, and leaves the plan as it is', () => {
    const there = did(attend(published(), {}, { by: A, atMs: BEGIN }), 'roster.acknowledge', { changedAtMs: T }, { by: A, atMs: BEGIN });
    const after = takeOver(there, { by: C, atMs: BEGIN + HOUR }, { reason: 'A bị ốm' });
    expect([of(after), of(after, C)]).toMatchObject([{ fromMs: BEGIN, toMs: BEGIN + HOUR }, { fromMs: BEGIN + HOUR, toMs: null, insteadOfId: A, source: 'takeOver', reason: 'A bị ốm' }]);
    expect([hasToAcknowledge(there, A), hasToAcknowledge(after, A), dutyPlan(after)]).toEqual([false, true, PLAN]);
    expect(after.changedIn.find(one => one.personId === A)).toEqual({ personId: A, edition: 1, atMs: BEGIN + HOUR });
    // And further, from who has it now; not from who has gone, and not back by who is in the shift.
    const further = takeOver(after, { by: OUT, atMs: BEGIN + 2 * HOUR }, { personId: C });
    expect([of(further, C)!.toMs, of(further, OUT)!.insteadOfId]).toEqual([BEGIN + 2 * HOUR, C]);
    expect([refused(() => takeOver(after, { by: OUT, atMs: BEGIN + 2 * HOUR })), refused(() => takeOver(after, { by: C, atMs: BEGIN + 2 * HOUR }, { personId: C }))]).toEqual(['roster/taken-over', 'roster/in-shift']);
    expect(refused(() => takeOver(there, { by: C, atMs: BEGIN + HOUR }, { reason: ' ' }))).toBe('roster/why-needed');
  });

  test('is taken back the same way by whoever was relieved: they go on, without the time between; who had it is told', () => {
    const after = takeOver(attend(published(), {}, { by: A, atMs: BEGIN }), { by: C, atMs: BEGIN + HOUR });
    const back = takeOver(after, { by: A, atMs: BEGIN + 3 * HOUR }, { personId: C, reason: 'nhận nhầm' });
    expect([of(back), of(back, C)]).toMatchObject([{ fromMs: BEGIN, toMs: null, insteadOfId: null, reason: 'nhận nhầm' }, { fromMs: BEGIN + HOUR, toMs: BEGIN + 3 * HOUR }]);
    expect(hasToAcknowledge(back, C)).toBe(true);
    expect(onDutyIn(back, 0, 1, BEGIN + 4 * HOUR).map(one => one.personId)).toEqual([A]);
    const [month] = reckon([{ roster: back, holidays: [], norm: { LAB48: 2_880, CC40: 2_400, CAND: 2_880, YTE24: 2_880 } }], END);
    expect(month!.people.map(({ actual }) => actual.minutes)).toEqual([360, 0, 120]);
    expect(month!.cover.find(({ day, shift }) => day === 0 && shift === 0)).toMatchObject({ there: 2, staffed: 480, short: 0 });
    // Who never signed in is in it from then on; who has handed it on further is not who gives it back; what whoever plans has said holds.
    expect(of(takeOver(takeOver(published(), { by: C, atMs: BEGIN + HOUR }), { by: A, atMs: BEGIN + 3 * HOUR }, { personId: C }))).toMatchObject({ fromMs: BEGIN + 3 * HOUR, toMs: null, insteadOfId: null });
    const further = takeOver(after, { by: OUT, atMs: BEGIN + 2 * HOUR }, { personId: C });
    expect(refused(() => takeOver(further, { by: A, atMs: BEGIN + 3 * HOUR }, { personId: OUT }))).toBe('roster/in-shift');
    const absent = attend(after, { source: 'planner', fromMs: null, reason: 'bỏ ca' }, { by: LEAD, atMs: BEGIN + 2 * HOUR });
    expect(refused(() => takeOver(absent, { by: A, atMs: BEGIN + 3 * HOUR }, { personId: C }))).toBe('roster/in-shift');
    expect(of(takeOver(back, { by: OUT, atMs: BEGIN + 4 * HOUR }), OUT)).toMatchObject({ insteadOfId: A, toMs: null });
  });

  test('only while it runs, by who may change shifts or plans, and is not in it', () => {
    const at = (atMs: number): string => refused(() => takeOver(published(), { by: C, atMs }));
    expect([at(BEGIN - 1), at(BEGIN), at(END - 1), at(END)]).toEqual(['roster/not-running', 'done', 'done', 'roster/not-running']);
    const by = (who: Partial<Did> & { by: Id }, some: object = {}): string => refused(() => takeOver(published(), { atMs: BEGIN, ...who }, some));
    expect([by({ by: A }), by({ by: B }), by({ by: LEAD }), by({ by: LEAD, roles: ['lanh_dao_ioc'] }), by({ by: C, roles: ['kiem_tra'] }), by({ by: C, services: ['114'] })]).toEqual(['roster/in-shift', 'done', 'done', 'done', 'auth/forbidden', 'issue/outside-scope']);
    expect([by({ by: C }, { personId: B }), by({ by: C }, { cell: 5 }), by({ by: C }, { personId: OUT })]).toEqual(['roster/no-shift', 'roster/no-shift', 'roster/no-shift']);
    // An absent colleague's too; two who do it apart: the first holds.
    const absent = attend(published(), { source: 'planner', fromMs: null, reason: 'không liên lạc được' }, { by: LEAD, atMs: BEGIN });
    const one = takeOver(absent, { by: C, atMs: BEGIN + 1 });
    expect([of(one)!.fromMs, of(one, C)!.fromMs]).toEqual([null, BEGIN + 1]);
    expect(refused(() => takeOver(one, { by: B, atMs: BEGIN + 2 }))).toBe('roster/taken-over');
    // Nor once more, when who took it has handed it on: the shift is another's by then.
    const further = takeOver(one, { by: OUT, atMs: BEGIN + HOUR }, { personId: C });
    expect(refused(() => takeOver(further, { by: B, atMs: BEGIN + 2 * HOUR }))).toBe('roster/taken-over');
  });

  test('comes to the same whether a sign-in from before it arrives before it or after', () => {
    const signedIn = (row: DutyRoster): DutyRoster => attend(row, { fromMs: BEGIN }, { by: A, atMs: BEGIN + 5 * HOUR });
    const late = signedIn(takeOver(published(), { by: C, atMs: BEGIN + 4 * HOUR })), usual = takeOver(attend(published(), {}, { by: A, atMs: BEGIN }), { by: C, atMs: BEGIN + 4 * HOUR });
    expect([of(late), of(usual)].map(one => [one!.fromMs, one!.toMs])).toEqual([[BEGIN, BEGIN + 4 * HOUR], [BEGIN, BEGIN + 4 * HOUR]]);
  });
});

describe('another edition', () => {
  test('leaves what has been worked its ground: shifts that somebody came to keep their hours, and who came stays', () => {
    const worked = attend(published(), {}, { by: A, atMs: BEGIN });
    const publish = (row: DutyRoster, plan: RosterPlan): string => refused(() => did(row, 'roster.publish', { siteId: SITE, plan, from: { edition: 1, approved: 0 }, accepted: { reason: 'x', gaps: [], broken: [], more: 0 } }, { by: LEAD, atMs: BEGIN + HOUR }));
    const later = (kind: number): RosterPlan => ({ ...PLAN, shifts: PLAN.shifts.map((shift, at) => (at === kind ? { ...shift, fromMin: shift.fromMin + 30 } : shift)) });
    const without = (id: Id): RosterPlan => ({ ...PLAN, members: PLAN.members.filter(one => one.personId !== id) });
    expect([publish(worked, later(0)), publish(worked, without(A)), publish(worked, later(1)), publish(worked, without(C)), publish(published(), later(0))]).toEqual(['roster/worked', 'roster/worked', 'done', 'done', 'done']);
    const absent = attend(published(), { source: 'planner', fromMs: null, reason: 'ốm' }, { by: LEAD, atMs: BEGIN });
    expect(publish(absent, without(A))).toBe('done');
  });
});

test('whatever is tried: one entry for each person, day and shift, none ends before it begins, none is of the future, and of each shift one at most is there for another', () => {
  const people = [A, B, C, OUT, LEAD];
  const oneTry = fc.record({
    name: fc.constantFrom('roster.attend', 'roster.takeOver'), by: fc.constantFrom(...people), who: fc.constantFrom(null, ...people), day: fc.constantFrom(0, 0, 0, 30), cell: fc.constantFrom(1, 1, 2, 3), after: fc.integer({ min: 0, max: 90 }),
    source: fc.constantFrom('signIn', 'handover', 'planner'), from: fc.option(fc.integer({ min: -2, max: 200 }), { freq: 9 }), to: fc.option(fc.integer({ min: -2, max: 100 }), { freq: 1 }), insteadOfId: fc.constantFrom(null, null, A), reason: fc.constantFrom('', 'x', 'x'),
  });
  const done = new Set<string>();
  fc.assert(fc.property(fc.array(oneTry, { maxLength: 30 }), tries => {
    let row = published(), atMs = BEGIN - 90 * MIN;
    for (const { name, by, who, from, to, after, ...some } of tries) {
      atMs += after * MIN;
      const p = { ...some, personId: who ?? by };
      const payload = name === 'roster.takeOver' ? { attendId: newId(T), ...p } : { attendId: newId(T), ...p, fromMs: from === null ? null : atMs - from * MIN, toMs: to === null ? null : atMs - to * MIN };
      const before = row;
      if (refused(() => { row = did(row, name as DocumentIntent, payload, { by, atMs }); }) === 'done') done.add(name === 'roster.takeOver' ? name : p.source);
      const entries = row.attended ?? [];
      expect(new Set(entries.map(one => `${one.personId} ${one.day} ${one.cell}`)).size).toBe(entries.length);
      for (const one of entries) expect([(one.fromMs ?? 0) <= atMs, (one.toMs ?? 0) <= atMs, one.toMs === null || one.toMs >= one.fromMs!]).toEqual([true, true, true]);
      if (name === 'roster.takeOver' && row !== before) expect(entries.filter(one => one.insteadOfId === p.personId && one.day === p.day && one.cell === p.cell && one.source === 'takeOver' && isThere(one, atMs)).length).toBe(1);
    }
  }), { numRuns: 300, seed: 3 });
  expect([...done].sort()).toEqual(['handover', 'planner', 'roster.takeOver', 'signIn']);
});
