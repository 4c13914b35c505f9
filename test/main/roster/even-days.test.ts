import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evenDays } from '../../../main/roster/engine/even-days.ts';
import { loadHighs } from '../../../main/roster/engine/highs.ts';
import { planRoster } from '../../../main/roster/engine/planner.ts';
import { rosterCost, type EvenDays, type Roster, type RosterProblem } from '../../../main/roster/engine/problem.ts';
import { solveRoster } from '../../../main/roster/engine/solve.ts';
import { problemOf, turnLines } from '../../../main/roster/model.ts';
import { linePlan } from '../../bench/roster-lines.ts';
import { checkRoster } from './check.ts';
import { after, silent, smallProblem } from './problems.ts';

const DAYS = 8, PEOPLE = 3;
const never = () => false;

/** Seats of a kind that stay empty in each week. */
function lackingIn({ days, kinds, cover }: RosterProblem, roster: Roster, kind: number): number[] {
  return Array.from({ length: Math.ceil(days / 7) }, (_, week) => Array.from({ length: Math.min(7, days - week * 7) }, (_day, by) => week * 7 + by)
    .reduce((sum, day) => sum + Math.max(0, cover.need[day * kinds.length + kind]! - roster.filter(line => line[day] === kind + 1).length), 0));
}

/** How uneven it is: the squares of how far each is above their part, of whoever takes part, and of the empty seats of each kind and week. */
function uneven(problem: RosterProblem, roster: Roster): number {
  const { people, even = [] } = problem;
  return problem.kinds.reduce((sum, _, kind) => sum + lackingIn(problem, roster, kind).reduce((all, lacks) => all + lacks ** 2, 0), 0) + even.reduce((sum, { counts, above }) => sum + people.reduce((all, { balance }, person) => all + (balance === undefined ? 0 : (above[person]! + roster[person]!.filter((choice, day) => choice > 0 && counts[day] === 1).length) ** 2), 0), 0);
}

const evenOf = fc.array(fc.record({ counts: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: DAYS, maxLength: DAYS }), above: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: PEOPLE, maxLength: PEOPLE }) }), { minLength: 1, maxLength: 2 })
  .map(some => some.map(({ counts, above }): EvenDays => ({ counts: Uint8Array.from(counts), above: Float64Array.from(above) })));

/** Four people on turns, a seat a shift: who brings weekends from before. */
const brings = (weekends: readonly number[], holidays?: { days: number[]; of: readonly number[] }) => {
  const plan = linePlan(1, weekends.length);
  return problemOf({ ...plan, ...holidays !== undefined && { holidays: holidays.days }, members: plan.members.map((one, at) => ({ ...one, carry: { minutes: 0, nights: 0, weekends: weekends[at]!, holidays: holidays?.of[at] ?? 0 } })) });
};
const workedOn = (problem: RosterProblem, roster: Roster, which: 0 | 1): number[] => roster.map(line => line.filter((choice, day) => choice > 0 && problem.even![which]!.counts[day] === 1).length);

describe('days that weigh on people', () => {
  test('become no less even, while no limit is broken that was held and the roster is no dearer', async () => {
    const highs = await loadHighs();
    const seen = { better: 0 };
    fc.assert(fc.property(smallProblem({ days: DAYS, people: PEOPLE, kinds: 2 }), evenOf, fc.integer({ min: 1, max: 9 }), (bare, even, seed) => {
      // Of people who are all alike and wish for nothing there is more that costs nothing.
      const people = seed % 2 === 0 ? bare.people : bare.people.map(({ code }) => ({ ...bare.people[0]!, code, cost: new Float64Array(bare.people[0]!.cost.length), balance: { units: null, weekends: null, kind: null } }));
      const problem = { ...bare, people, even };
      const { roster } = solveRoster(problem, highs, { ...silent, seed, shouldStop: after(40) });
      if (roster === null) return;
      const found = evenDays(problem, roster, after(15));
      expect(checkRoster(problem, found).violations).toEqual([]);
      expect(rosterCost(problem, found)).toBeLessThanOrEqual(rosterCost(problem, roster));
      expect(uneven(problem, found)).toBeLessThanOrEqual(uneven(problem, roster) + 1e-9);
      seen.better += Number(uneven(problem, found) < uneven(problem, roster) - 1e-9);
    }), { numRuns: 150, seed: 5 });
    expect(seen.better).toBeGreaterThan(8);
  });

  test('go to whoever has worked fewer of them in the months before', async () => {
    const problem = brings([4, 0, 0, -4]);
    const { roster, cost, isProven } = await planRoster(problem, { seconds: 30, seed: 1, turns: turnLines(linePlan(1, 4)) });
    expect(checkRoster(problem, roster!)).toEqual({ objective: cost, violations: [] });
    expect(isProven).toBe(true);
    const [most, , , fewest] = workedOn(problem, roster!, 0);
    expect(fewest! - most!).toBeGreaterThanOrEqual(3);
  });

  test('and so do public holidays, beside them; nobody is behind who brings nothing', async () => {
    const problem = brings([0, 0, 0, 0, 0], { days: [3, 4, 5], of: [2, 0, 0, 0, -2] });
    const { roster } = await planRoster(problem, { seconds: 3, seed: 1, turns: turnLines(linePlan(1, 5)) });
    const [most, , , , fewest] = workedOn(problem, roster!, 1), weekends = workedOn(problem, roster!, 0);
    expect(fewest! - most!).toBeGreaterThanOrEqual(1);
    expect(Math.max(...weekends) - Math.min(...weekends)).toBeLessThanOrEqual(3);
  });

  test('and seats that stay empty go round: no kind of shift is left to one person, or to nobody, for weeks', () => {
    const each = { maxOf: [14, 14, 14], minMinutes: 0, maxMinutes: 14 * 480, minRun: 1, maxRun: 14, minRest: 1, maxWeekends: 14, before: { run: 0, shift: null }, balance: { units: null, weekends: null, kind: null } };
    const problem: RosterProblem = {
      days: 14, firstWeekday: 0, kinds: ['A', 'B', 'C'].map(code => ({ code, minutes: 480, notNext: [false, false, false] })), people: ['P', 'Q'].map(code => ({ ...each, code, allowed: new Uint8Array(56).fill(1), cost: new Float64Array(56) })),
      cover: { need: new Int32Array(42).fill(1), under: new Float64Array(42).fill(1_000), over: new Float64Array(42) }, even: [],
    };
    const found = evenDays(problem, [new Int8Array(14).fill(1), new Int8Array(14).fill(2)], never);
    expect(checkRoster(problem, found)).toEqual({ objective: 14_000, violations: [] });
    for (const week of [0, 1]) expect([0, 1, 2].map(kind => lackingIn(problem, found, kind)[week]).toSorted()).toEqual([2, 2, 3]);
  });

  test('what was found is kept where that cannot be done', async () => {
    const { roster, cost } = await planRoster({ ...brings([0, 0, 0, 0]), even: [{} as EvenDays] }, { seconds: 30, seed: 1, turns: turnLines(linePlan(1, 4)) });
    expect([roster?.length, cost]).toEqual([4, 0]);
  });

  test('are left when the search is called off', async () => {
    // Called off once a first roster is there, it ends with what it had told.
    const stop = new AbortController(), told: Roster[] = [];
    const { roster: kept } = await planRoster(brings([4, 0, 0, -4]), { seconds: 30, seed: 1, signal: stop.signal, onProgress: progress => { if (progress.roster === null) return; told.push(progress.roster); stop.abort(); } });
    expect(kept).toEqual(told.at(-1));
  });

  test('are left where nobody asks for it, or there is no time', () => {
    const problem = brings([4, 0, 0, -4]);
    const roster = problem.people.map((_, person) => Int8Array.from({ length: problem.days }, (_day, day) => (day + person) % 4));
    expect(evenDays(problem, roster, never)).not.toEqual(roster);
    expect(evenDays(problem, roster, () => true)).toEqual(roster);
    const { even: _, ...bare } = problem;
    expect(evenDays(bare, roster, never)).toBe(roster);
  });
});
