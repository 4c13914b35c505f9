import { afterEach, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { daysOf, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { loadHighs } from '../../../main/roster/engine/highs.ts';
import { solveRoster } from '../../../main/roster/engine/solve.ts';
import { elsewhereOf, restBeside } from '../../../main/roster/elsewhere.ts';
import { groundOf } from '../../../main/roster/ground.ts';
import { capacityOf, problemOf } from '../../../main/roster/model.ts';
import { BARE, checkPlan, linePlanOf } from '../../../main/roster/plan-check.ts';
import { lookAt } from '../../../main/roster/plan-look.ts';
import { createRosters } from '../../../main/roster/rosters.ts';
import { testDesk } from '../issues/desk.ts';
import { sessionWith, SITES, T0 } from '../issues/support.ts';
import { after, silent } from './problems.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const [A, B] = [newId(T0), newId(T0)];
const HOUR = 60, DAY = 1_440;
const OFFICE = { code: 'H', fromMin: 7 * HOUR + 30, minutes: 9 * HOUR + 30, isNight: false, breakMin: 90 };

/** A month in which both work what is said on the days that are said, and are off on all others. */
const monthOf = (service: RosterPlan['service'], month: string, lines: readonly Readonly<Record<number, number>>[], some: Partial<RosterPlan> = {}): RosterPlan => ({
  service, month, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], ...some,
  members: lines.map((cells, at) => ({ personId: [A, B][at]!, name: `Mẫu ${at}`, cells: Array.from({ length: daysOf(month) }, (_, day) => cells[day] ?? OFF) })),
});
const told = (plan: RosterPlan, others: RosterPlan[]) => checkPlan(plan, { ...BARE, elsewhere: elsewhereOf(plan, others) }).broken.filter(({ rule }) => rule === 'elsewhere' || rule === 'minutes' || rule === 'leave');

describe('duty at another desk', () => {
  const office = monthOf('ioc', '2027-09', [{ 4: 1 }], { shifts: [OFFICE] });

  test('is known by the person, in minutes of the month that is planned; breaks do not count', () => {
    const plan = monthOf('115', '2027-09', [{}, {}]);
    expect(elsewhereOf(plan, [office])).toEqual([[{ desk: 'ioc', day: 4, fromMin: 4 * DAY + 450, toMin: 4 * DAY + 1_020, minutes: 480 }], []]);
    const [before, next] = [monthOf('ioc', '2027-08', [{ 30: 3 }]), monthOf('ioc', '2027-10', [{ 0: 1 }])];
    expect(elsewhereOf(plan, [before, next])[0]!.map(({ day, fromMin, toMin }) => [day, fromMin, toMin])).toEqual([[-1, -2 * HOUR, 6 * HOUR], [30, 30 * DAY + 6 * HOUR, 30 * DAY + 14 * HOUR]]);
    const nameless = { ...plan, members: plan.members.map(member => ({ ...member, personId: null })) };
    expect(elsewhereOf(nameless, [office])).toEqual([[], []]);
  });

  test('is a breach where the hours overlap or the rest is less than the profile of whoever works has; with as much rest as that it is none', () => {
    // The office sits 07:30 to 17:00 of the fifth; the morning is 06:00 to 14:00, the night begins at 22:00.
    expect(told(monthOf('115', '2027-09', [{ 4: 1 }]), [office])).toEqual([{ member: 0, rule: 'elsewhere', day: 4, is: -6.5 * HOUR, allowed: 12 * HOUR, binds: 'law', limit: 'restMinutes' }]);
    expect(told(monthOf('115', '2027-09', [{ 4: 3 }]), [office])).toEqual([{ member: 0, rule: 'elsewhere', day: 4, is: 5 * HOUR, allowed: 12 * HOUR, binds: 'law', limit: 'restMinutes' }]);
    expect(told(monthOf('115', '2027-09', [{ 3: 3 }]), [office])).toEqual([{ member: 0, rule: 'elsewhere', day: 3, is: 1.5 * HOUR, allowed: 12 * HOUR, binds: 'law', limit: 'restMinutes' }]);
    expect(told(monthOf('115', '2027-09', [{ 3: 1, 5: 1 }, { 4: 1 }]), [office])).toEqual([]);
    const police = monthOf('115', '2027-09', [{ 4: 3 }]);
    police.members[0]!.profile = 'CAND';
    expect(told(police, [office]).map(({ binds }) => binds)).toEqual(['house']);
  });

  test('of the months beside it counts for the rest over the border, not for the hours', () => {
    const plan = monthOf('115', '2027-09', [{ 0: 1, 29: 3 }]);
    const beside = [monthOf('ioc', '2027-08', [{ 30: 3 }]), monthOf('ioc', '2027-10', [{ 0: 1 }])];
    expect(told(plan, beside).map(({ day, is }) => [day, is])).toEqual([[0, 0], [29, 0]]);
    expect(capacityOf(linePlanOf(plan, { ...BARE, elsewhere: elsewhereOf(plan, beside) }))).toEqual(capacityOf(linePlanOf(plan)));
  });

  test('takes of the hours that somebody may work, and the breach of those is told with the hours there', () => {
    const days = Array.from({ length: 20 }, (_, day) => day);
    const busy = monthOf('ioc', '2027-09', [Object.fromEntries(days.map(day => [day, 1]))], { shifts: [OFFICE] });
    const plan = monthOf('115', '2027-09', [Object.fromEntries([22, 23, 24, 25, 26, 27, 28].map(day => [day, 1])), {}]);
    const ground = { ...BARE, elsewhere: elsewhereOf(plan, [busy]) };
    // Thirty days: 205 hours and 26 days of duty at most, twenty of them at the other desk.
    expect(capacityOf(linePlanOf(plan, ground))).toMatchObject({ able: 5 + 25 });
    expect(told(plan, [busy])).toEqual([{ member: 0, rule: 'minutes', day: null, is: 27 * 480, allowed: Math.floor(2_880 * 30 / 7), binds: 'law', limit: 'weekMinutes' }]);
    expect(problemOf(linePlanOf(plan, { ...BARE, elsewhere: elsewhereOf(plan, [busy, busy]) })).people[0]!.maxMinutes).toBe(0);
  });

  test('is told before it is done, and no search puts anybody there', async () => {
    const plan = monthOf('115', '2027-09', [{}, {}]);
    const others = [monthOf('ioc', '2027-09', [{ 2: 1, 9: 1, 16: 1 }], { shifts: [OFFICE] }), monthOf('camera', '2027-09', [{ 20: 3 }, { 6: 2 }])];
    const ground = { ...BARE, elsewhere: elsewhereOf(plan, others) };
    expect(lookAt(plan, 0, 2, ground).choices.map(({ cell, breaks }) => [cell, breaks.map(({ rule }) => rule)])).toEqual([[0, []], [1, ['elsewhere']], [2, ['elsewhere']], [3, ['elsewhere']]]);
    const line = linePlanOf(plan, ground);
    const { roster } = solveRoster(problemOf(line), await loadHighs(), { seed: 1, shouldStop: after(30), ...silent });
    for (const [member, cells] of roster!.entries()) {
      for (const [day, cell] of cells.entries()) if (cell > 0) expect(restBeside(THREE_SHIFTS[cell - 1]!, day, ground.elsewhere[member]!) ?? Infinity).toBeGreaterThanOrEqual(12 * HOUR);
      expect(cells.some(cell => cell > 0)).toBe(true);
    }
  });

  test('is read from what the other desks of the site have published, with what has been changed since', async () => {
    const made = await testDesk();
    ends.push(() => made.close());
    const { handlers, close } = createRosters({ reader: made.reader, writer: made.writer, linkIsUp: () => true, correctedNowMs: () => made.now.ms, nowMs: () => made.now.ms, station: () => made.station, log: { error: () => undefined }, onNews: () => undefined });
    ends.push(close);
    const lead = { session: sessionWith({ roles: ['ca_truong'] }), signal: new AbortController().signal };
    const plan = monthOf('115', '2027-09', [{ 0: 1, 4: 1 }]);
    await handlers.save({ plan: office }, lead);
    const rules = async () => (await handlers.check(plan, lead)).broken.filter(({ rule }) => rule === 'elsewhere').map(({ day, is }) => [day, is]);
    expect(await rules()).toEqual([]);
    for (const one of [office, monthOf('ioc', '2027-08', [{ 30: 3 }])]) await handlers.publish({ plan: one, from: { edition: 0, approved: 0 }, reason: 'thử' }, lead);
    expect(await rules()).toEqual([[0, 0], [4, -6.5 * HOUR]]);
    expect(groundOf(made.reader, SITES[0], plan).brought).toEqual([{ run: 1, shift: 2, same: 1 }]);
    await expect((async () => handlers.publish({ plan: { ...plan, seats: 1 }, from: { edition: 0, approved: 0 }, reason: 'thử' }, lead))()).resolves.toMatchObject({ roster: { accepted: { broken: expect.arrayContaining([expect.objectContaining({ rule: 'elsewhere', day: 4 })]) as unknown } } });
  });
});
