import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { COMP, daysOf, firstWeekdayOf, LEAVE, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { carryOf, levelled, workedIn } from '../../../main/roster/carry.ts';
import { loadHighs } from '../../../main/roster/engine/highs.ts';
import { solveRoster } from '../../../main/roster/engine/solve.ts';
import { groundOf } from '../../../main/roster/ground.ts';
import { problemOf, WEIGHTS } from '../../../main/roster/model.ts';
import { createRosters } from '../../../main/roster/rosters.ts';
import { linePlan } from '../../bench/roster-lines.ts';
import { testDesk } from '../issues/desk.ts';
import { sessionWith, SITES, T0 } from '../issues/support.ts';
import { checkRoster } from './check.ts';
import { silent } from './problems.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const [A, B, C] = [newId(T0), newId(T0), newId(T0)];

/** A month whose first days are as said, everybody off after them. */
const monthOf = (month: string, lines: Readonly<Record<string, number[]>>, some: Partial<RosterPlan> = {}): RosterPlan => ({
  service: '115', month, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], ...some,
  members: Object.entries(lines).map(([personId, cells]) => ({ personId, name: personId, cells: [...cells, ...Array.from({ length: daysOf(month) - cells.length }, () => OFF)] })),
});
const worked = (plan: RosterPlan) => workedIn(plan, firstWeekdayOf(plan.month));
const carried = (plans: RosterPlan[], ids: string[]) => carryOf(plans.map(worked), ids.map(personId => ({ personId, name: personId })));

describe('what somebody carries from the months before', () => {
  test('is what they worked beyond an even share: hours, nights, weekends and holidays', () => {
    // August 2026 begins on a Saturday.
    const august = monthOf('2026-08', { [A]: [1, 3, 3, 1], [B]: [OFF, 2] }, { holidays: [1] });
    expect(worked(august).map(one => one.worked)).toEqual([{ minutes: 4 * 480, nights: 2, weekends: 2, holidays: 1 }, { minutes: 480, nights: 0, weekends: 1, holidays: 1 }]);
    expect(carried([august], [B, A])).toEqual([{ minutes: -720, nights: -1, weekends: -0.5, holidays: 0 }, { minutes: 720, nights: 1, weekends: 0.5, holidays: 0 }]);
  });

  test('is no debt of leave, nor of a month that they were not in; who has no seat takes no part', () => {
    const august = monthOf('2026-08', { [A]: Array.from({ length: 31 }, () => LEAVE), [B]: [1, 1, 1, 1] });
    expect(carried([august], [A, B, C]).map(({ minutes }) => minutes)).toEqual([0, 0, 0]);
    const half = monthOf('2026-08', { [A]: [1, 1, ...Array.from({ length: 15 }, () => COMP)], [B]: [2] });
    expect(carried([half], [A])[0]!.minutes).toBeCloseTo(960 - 1_440 * 16 / 47, 6);
    const office = monthOf('2026-08', { [A]: [1], [B]: [1], [C]: [] });
    office.members[2]!.offSite = true;
    expect(carried([office], [A, B, C]).map(({ minutes }) => minutes)).toEqual([0, 0, 0]);
  });

  test('adds up over the months, to nothing over everybody', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.array(fc.integer({ min: COMP, max: 3 }), { minLength: 30, maxLength: 30 }), { minLength: 3, maxLength: 3 }), { maxLength: 3 }), months => {
      const plans = months.map(lines => monthOf('2026-09', { [A]: lines[0]!, [B]: lines[1]!, [C]: lines[2]! }));
      const all = carried(plans, [A, B, C]);
      for (const count of ['minutes', 'nights', 'weekends', 'holidays'] as const) {
        expect(all.reduce((sum, one) => sum + one[count], 0)).toBeCloseTo(0, 6);
        expect(all[0]![count]).toBeCloseTo(plans.reduce((sum, plan) => sum + carried([plan], [A])[0]![count], 0), 6);
      }
    }), { numRuns: 60 });
  });

  test('is read from the published months before', async () => {
    const made = await testDesk();
    ends.push(() => made.close());
    const { handlers, close } = createRosters({ reader: made.reader, writer: made.writer, linkIsUp: () => true, correctedNowMs: () => made.now.ms, nowMs: () => made.now.ms, station: () => made.station, log: { error: () => undefined }, onNews: () => undefined });
    ends.push(close);
    const lead = { session: sessionWith({ roles: ['ca_truong'] }), signal: new AbortController().signal };
    for (const [month, cells] of [['2027-05', [1, 1]], ['2027-06', [1, 1]], ['2027-07', [3, 3]], ['2027-08', [1, 1]]] as const) {
      await handlers.publish({ plan: monthOf(month, { [A]: [...cells], [B]: [] }), from: { edition: 0, approved: 0 }, reason: 'thử' }, lead);
    }
    // Three months before September, and no more; one that is only planned does not count.
    await handlers.save({ plan: monthOf('2027-09', { [A]: [1, 1, 1, 1], [B]: [] }) }, lead);
    const carry = (month: string): unknown => groundOf(made.reader, SITES[0], monthOf(month, { [B]: [], [A]: [] })).carry?.map(({ minutes, nights }) => [minutes, nights]);
    expect(carry('2027-09')).toEqual([[-3 * 480, -1], [3 * 480, 1]]);
    expect(carry('2027-10')).toEqual([[-2 * 480, -1], [2 * 480, 1]]);
    expect(carry('2027-05')).toEqual([[0, 0], [0, 0]]);
  });
});

describe('shares that level what people carry', () => {
  test('are what there is in all, none below nothing or beyond what somebody can, everybody else at one level', () => {
    const person = fc.record({ carry: fc.integer({ min: -12, max: 12 }), most: fc.integer({ min: 0, max: 20 }) });
    fc.assert(fc.property(fc.integer({ min: 0, max: 120 }), fc.array(person, { minLength: 1, maxLength: 8 }), (all, people) => {
      const shares = levelled(all, people);
      const can = people.reduce((sum, { most }) => sum + most, 0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(Math.min(all, can), 6);
      for (const [at, { carry, most }] of people.entries()) {
        const share = shares[at]!;
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(most);
        // Nobody is asked for anything while another who can still give has come to less.
        for (const [other, two] of people.entries()) if (share > 1e-6 && shares[other]! < two.most - 1e-6) expect(carry + share).toBeLessThanOrEqual(two.carry + shares[other]! + 1e-6);
      }
    }), { numRuns: 500 });
  });

  test('are what each is weighed by: who has come to more works less, and the roster that does so costs nothing', async () => {
    const plan = linePlan(1, 4, undefined, 14);
    const nothing = { minutes: 0, nights: 0, weekends: 0, holidays: 0 };
    const members = plan.members.map((member, at) => ({ ...member, carry: { ...nothing, minutes: [720, 0, 0, -720][at]!, nights: [0, 2, -2, 0][at]! } }));
    const problem = problemOf({ ...plan, members });
    const wanted = problem.people.map(({ balance }) => ({ units: [balance!.units!.low, balance!.units!.high], nights: [balance!.kind!.low, balance!.kind!.high] }));
    expect(wanted).toEqual([{ units: [9, 9], nights: [3, 4] }, { units: [10, 11], nights: [1, 2] }, { units: [10, 11], nights: [5, 6] }, { units: [12, 12], nights: [3, 4] }]);
    expect(problemOf(plan).people.map(({ balance }) => balance!.units)).toEqual(Array.from({ length: 4 }, () => ({ low: 10, high: 11, weight: WEIGHTS.share })));
    const best = { cost: Infinity };
    const { roster, cost } = solveRoster(problem, await loadHighs(), { seed: 1, shouldStop: () => best.cost < WEIGHTS.share, ...silent, onBetter: (_, now) => { best.cost = now; } });
    expect(checkRoster(problem, roster!)).toEqual({ objective: cost, violations: [] });
    for (const [at, line] of roster!.entries()) {
      for (const [is, [low, high]] of [[line.filter(cell => cell > 0).length, wanted[at]!.units], [line.filter(cell => cell === 3).length, wanted[at]!.nights]] as const) expect([is >= low!, is <= high!]).toEqual([true, true]);
    }
  });

  test('leave the desk its people: who cannot work is asked for nothing, and the others for the more', () => {
    const plan = linePlan(1, 4, undefined, 28);
    const away = { ...plan, members: plan.members.map((member, at) => ({ ...member, leave: at === 0 ? Array.from({ length: 20 }, (_, day) => day) : [] })) };
    expect(problemOf(away).people.map(({ balance }) => balance!.units!.low)).toEqual([8, 24, 24, 24]);
  });
});
