import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { COMP, daysOf, LEAVE, OFF, type RosterMember, type RosterPlan } from '../../../contract/roster.ts';
import { THREE_SHIFTS, withPreset } from '../../../contract/roster-presets.ts';
import { loadHighs } from '../../../main/roster/engine/highs.ts';
import { rosterCost } from '../../../main/roster/engine/problem.ts';
import { solveRoster } from '../../../main/roster/engine/solve.ts';
import { capacityOf, problemOf, WEIGHTS } from '../../../main/roster/model.ts';
import { checkPlan, linePlanOf, pinned } from '../../../main/roster/plan-check.ts';
import { PlanReplans } from '../../../main/roster/plan-replan.ts';
import { PlanSearch } from '../../../main/roster/plan-search.ts';
import { linePlan } from '../../bench/roster-lines.ts';
import { T0 } from '../issues/support.ts';
import { checkRoster } from './check.ts';
import { after, silent } from './problems.ts';

const solver = {} as { highs: Awaited<ReturnType<typeof loadHighs>> };
beforeAll(async () => { solver.highs = await loadHighs(); });
const deps = { nowMs: () => T0, log: { error: () => undefined }, onNews: () => undefined };
const search = new PlanSearch(deps), replans = new PlanReplans(deps);
afterAll(() => Promise.all([search.close(), replans.close()]));
const IDS = Array.from({ length: 6 }, () => newId(T0));
const MONTH = '2027-02', DAYS = daysOf(MONTH);

/** A month of February 2027, which begins on a Monday, with so many people who are off on all days that are not said. */
const monthOf = (people: number, some: Partial<RosterPlan> = {}, each: (at: number) => Partial<RosterMember> & { first?: number[] } = () => ({})): RosterPlan => ({
  service: '115', month: MONTH, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], ...some,
  members: Array.from({ length: people }, (_, at) => { const { first = [], ...member } = each(at); return { personId: IDS[at]!, name: `Mẫu ${at}`, cells: [...first, ...Array.from({ length: DAYS - first.length }, () => OFF)], ...member }; }),
});
const solved = (plan: RosterPlan, questions = 20) => {
  const problem = problemOf(pinned(linePlanOf(plan), plan));
  return { problem, ...solveRoster(problem, solver.highs, { seed: 1, shouldStop: after(questions), ...silent }) };
};
/** The search of the console, called off at its first roster. */
async function searched(plan: RosterPlan) {
  const { id } = search.begin(plan, 60);
  await expect.poll(() => { const job = search.job(id); return job?.state !== 'running' || job.cost !== null; }, { timeout: 30_000 }).toBe(true);
  search.callOff(id);
  await expect.poll(() => search.job(id)?.state, { timeout: 10_000 }).not.toBe('running');
  return search.job(id)!;
}
/** What is made of an absence once nothing better is sought: the first answer does not wait for it. */
async function replanned(...[plan, absence]: Parameters<typeof replans.begin>) {
  const { id } = await replans.begin(plan, absence);
  await expect.poll(() => replans.now(id)?.isOver, { timeout: 30_000 }).toBe(true);
  return replans.now(id)!;
}

describe('pins', () => {
  test('stay as they are in whatever a search finds', () => {
    const pins = fc.array(fc.record({ member: fc.integer({ min: 0, max: 3 }), day: fc.integer({ min: 0, max: DAYS - 1 }), cell: fc.integer({ min: COMP, max: 3 }) }), { maxLength: 5 });
    const met = { found: 0, kept: 0 };
    fc.assert(fc.property(pins, some => {
      const plan = monthOf(4);
      for (const { member, day, cell } of some) { plan.members[member]!.cells[day] = cell; plan.members[member]!.pins = [...plan.members[member]!.pins ?? [], day]; }
      const { roster, problem, cost, without } = solved(plan);
      if (roster === null) { expect(without.length).toBeGreaterThan(0); return; }
      met.found++;
      expect(checkRoster(problem, roster)).toEqual({ objective: cost, violations: [] });
      for (const [at, { pins: days = [], cells }] of plan.members.entries()) for (const day of days) { expect(roster[at]![day]).toBe(Math.max(OFF, cells[day]!)); met.kept++; }
    }), { numRuns: 25 });
    expect(Math.min(met.found, met.kept)).toBeGreaterThan(10);
  });

  test('stay in the cells that the console takes over, leave that is pinned too', async () => {
    const plan = monthOf(4, {}, at => ({ first: [[3, LEAVE, COMP], [OFF, 2], [], []][at]!, pins: [[0, 1, 2], [0, 1], [], []][at]! }));
    const { cells } = await searched(plan);
    expect([cells![0]!.slice(0, 3), cells![1]!.slice(0, 2)]).toEqual([[3, LEAVE, COMP], [OFF, 2]]);
    expect(cells!.flat().filter(cell => cell > OFF).length).toBeGreaterThan(40);
  });

  test('that nobody could work are told by name, and nothing falls over', async () => {
    const plan = monthOf(3, {}, at => ({ ...at === 1 && { first: [3, 1], pins: [0, 1] } }));
    expect(await searched(plan)).toMatchObject({ state: 'ended', cells: null, without: [1] });
  });

  test('are not moved by an absence: another stands in, or nobody; the days of the absence itself are lost', async () => {
    // Whoever is off and pinned works least and would be asked first.
    const plan = monthOf(3, {}, at => ({ first: [[1], [OFF], [OFF, 1, 1]][at]!, ...at === 1 && { pins: [0] } }));
    expect((await replanned(plan, { member: 0, from: 0, to: 0 })).changes).toEqual([{ member: 2, day: 0, was: OFF, is: 1 }]);
    const all = { ...plan, members: plan.members.map(member => ({ ...member, pins: [0, 1, 2] })) };
    const told = await replanned(all, { member: 0, from: 0, to: 0 });
    expect([told.changes, told.gaps, told.cells[0]![0]]).toEqual([[], [{ day: 0, shift: 0, is: 0, need: 1 }], LEAVE]);
  });

  test('do not keep a hand from a cell', () => {
    const plan = monthOf(1, {}, () => ({ first: [OFF], pins: [0] }));
    plan.members[0]!.cells[0] = 2;
    expect(checkPlan(plan).broken).toEqual([]);
  });
});

describe('wishes', () => {
  test('of two rosters that are equal else, the one that meets them is the cheaper by what they weigh; the search and the evaluator say the same', () => {
    const plan = monthOf(2, { openOn: [1], shifts: [THREE_SHIFTS[0]!] }, at => ({ ...at === 0 && { wishes: [{ day: 0, cell: OFF, likes: true }, { day: 7, cell: 1, likes: true }, { day: 14, cell: 1, likes: false }] } }));
    const problem = problemOf(linePlanOf(plan));
    const lines = (of: (day: number) => 0 | 1): Int8Array[] => [0, 1].map(at => Int8Array.from({ length: DAYS }, (_, day) => (day % 7 === 0 && of(day) === at ? 1 : 0)));
    const [met, against] = [lines(day => (day === 7 || day === 21 ? 0 : 1)), lines(day => (day === 0 || day === 14 ? 0 : 1))];
    expect([rosterCost(problem, met), rosterCost(problem, against)]).toEqual([0, 3 * WEIGHTS.wish]);
    expect([checkRoster(problem, met).objective, checkRoster(problem, against).objective]).toEqual([0, 3 * WEIGHTS.wish]);
    const { roster, cost, isProven } = solved(plan, 500);
    expect([cost, isProven, ...[0, 7, 14].map(day => roster![0]![day])]).toEqual([0, true, 0, 1, 0]);
  });

  test('weigh less than an even share, and less than a seat', () => {
    expect(WEIGHTS.wish).toBeLessThan(WEIGHTS.share);
    const plan = monthOf(1, { openOn: [1], shifts: [THREE_SHIFTS[0]!] }, () => ({ wishes: [0, 7, 14, 21].map(day => ({ day, cell: OFF, likes: true })) }));
    const { roster, cost } = solved(plan, 200);
    expect([[0, 7, 14, 21].map(day => roster![0]![day]), cost]).toEqual([[1, 1, 1, 1], 4 * WEIGHTS.wish]);
  });
});

describe('who has rules, a seat or days of their own', () => {
  test('is held to their own profile: hours and rest, and whether law says so', () => {
    const days = Array.from({ length: 24 }, () => 1), late = [{ code: 'C', fromMin: 14 * 60, minutes: 480, isNight: false }, { code: 'S', fromMin: 9 * 60, minutes: 480, isNight: false }];
    const plan = monthOf(2, { profile: 'CC40' }, at => ({ first: days, ...at === 1 && { profile: 'LAB48' as const } }));
    const hours = checkPlan(plan).broken.filter(({ rule }) => rule === 'minutes');
    expect(hours).toEqual([{ member: 0, rule: 'minutes', day: null, is: 24 * 480, allowed: 160 * 60, binds: 'law', limit: 'weekMinutes' }]);
    const tired = monthOf(2, { shifts: late }, at => ({ first: [1, 2], ...at === 1 && { profile: 'CAND' as const } }));
    expect(checkPlan(tired).broken.map(({ member, rule, binds }) => [member, rule, binds])).toEqual([[0, 'notNext', 'law'], [1, 'notNext', 'house']]);
  });

  test('without a seat is never sat, adds nothing to what the desk can give, and is told where a hand has put them', () => {
    const plan = monthOf(4, {}, at => ({ ...at === 3 && { offSite: true } }));
    expect(checkPlan(plan).capacity).toMatchObject({ able: 3 * 24, missing: 84 - 72 });
    const { roster } = solved(plan);
    expect([...roster![3]!].every(cell => cell === OFF)).toBe(true);
    expect(roster![0]!.some(cell => cell > OFF)).toBe(true);
    plan.members[3]!.cells[5] = 1;
    expect(checkPlan(plan).broken).toMatchObject([{ member: 3, rule: 'leave', day: 5 }]);
  });

  test('on time off in lieu is kept from every shift as on leave, by search, replanning and turns', async () => {
    const plan = monthOf(4, {}, at => ({ first: at === 0 ? [COMP, LEAVE, COMP] : [] }));
    const { cells } = await searched(plan);
    expect(cells![0]!.slice(0, 3)).toEqual([COMP, LEAVE, COMP]);
    expect(withPreset(plan, 'fast').members[0]!.cells.slice(0, 4)).toEqual([COMP, LEAVE, COMP, OFF]);
    const short = monthOf(3, {}, at => ({ first: [[1], [COMP], [OFF, 1, 1]][at]! }));
    const told = await replanned(short, { member: 0, from: 0, to: 0 });
    expect([told.changes, told.cells[1]![0]]).toEqual([[{ member: 2, day: 0, was: OFF, is: 1 }], COMP]);
    const line = linePlanOf(plan);
    expect(capacityOf(line)).toEqual(capacityOf(linePlanOf({ ...plan, members: plan.members.map((one, at) => (at === 0 ? { ...one, cells: one.cells.map(cell => (cell === COMP ? LEAVE : cell)) } : one)) })));
  });
});

describe('a desk', () => {
  test('that is closed is staffed on none of those days, and a seat too many is told there', () => {
    const plan = monthOf(3, { openOn: [1, 2, 3, 4, 5], holidays: [0, 10], shifts: [THREE_SHIFTS[0]!] });
    const { roster, cost } = solved(plan, 300);
    const open = Array.from({ length: DAYS }, (_, day) => day % 7 < 5 && day !== 0 && day !== 10);
    expect(Array.from({ length: DAYS }, (_, day) => roster!.filter(line => line[day]! > 0).length)).toEqual(open.map(Number));
    expect(cost).toBeLessThan(WEIGHTS.over);
    plan.members[0]!.cells[0] = 1;
    expect(checkPlan(plan).gaps.filter(({ day }) => day === 0)).toEqual([{ day: 0, shift: 0, is: 1, need: 0 }]);
  });

  test('has as many seats in each shift as that says, and the others as the plan does', () => {
    const plan = monthOf(5, { seats: 2, shifts: [THREE_SHIFTS[0]!, { ...THREE_SHIFTS[1]!, seats: 1 }, { ...THREE_SHIFTS[2]!, seats: 0 }] });
    expect(checkPlan(plan).capacity).toMatchObject({ needed: 3 * DAYS });
    const { roster, cost } = solved(plan, 40);
    expect(cost).toBeLessThan(WEIGHTS.under);
    for (let day = 0; day < DAYS; day++) expect([1, 2].map(kind => roster!.filter(line => line[day] === kind).length)).toEqual([2, 1].map(need => expect.toSatisfy((is: number) => is >= need) as unknown));
    expect(roster!.flatMap(line => [...line]).filter(cell => cell === 3)).toEqual([]);
  });

  test('counts no break as work: in hours, in what a person may work, and in their share', () => {
    const shift = { code: 'H', fromMin: 450, minutes: 570, isNight: false, breakMin: 90 };
    const plan = monthOf(1, { shifts: [shift], profile: 'CC40' }, () => ({ first: Array.from({ length: 20 }, (_, day) => (day % 7 < 5 ? 1 : OFF)) }));
    const { shares, broken, capacity } = checkPlan(plan);
    expect([shares[0]!.minutes, broken, capacity!.eachMost]).toEqual([15 * 480, [], 20]);
    expect(checkPlan({ ...plan, shifts: [{ ...shift, breakMin: 0 }] }).capacity!.eachMost).toBe(Math.floor(160 * 60 / 570));
    // The rest between two shifts is reckoned from their ends, breaks or not.
    expect(problemOf({ ...linePlan(1, 1), shifts: [{ ...shift, minutes: 800 }] }).people[0]!.notNext).toEqual([[true]]);
  });
});
