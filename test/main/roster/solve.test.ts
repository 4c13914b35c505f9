import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { solveFlow } from '../../../main/roster/engine/flow-model.ts';
import { loadHighs } from '../../../main/roster/engine/highs.ts';
import { planRoster } from '../../../main/roster/engine/planner.ts';
import { rosterCost, type Roster, type RosterProblem } from '../../../main/roster/engine/problem.ts';
import { solveRoster } from '../../../main/roster/engine/solve.ts';
import { checkRoster } from './check.ts';
import { after, silent, smallProblem } from './problems.ts';

const solver = {} as { highs: Awaited<ReturnType<typeof loadHighs>> };
beforeAll(async () => { solver.highs = await loadHighs(); });
const SMALL = { days: 5, people: 2, kinds: 2 };

/** The cheapest of all rosters that hold their limits, tried one by one: the lines of one person, then every pair. */
function cheapest(problem: RosterProblem): number {
  const width = problem.kinds.length + 1, count = width ** problem.days;
  const alone = (person: number): Int8Array[] => Array.from({ length: count }, (_, n) => Int8Array.from({ length: problem.days }, (_day, day) => Math.floor(n / width ** day) % width))
    .filter(line => checkRoster({ ...problem, people: [problem.people[person]!] }, [line]).violations.length === 0);
  const [first, second] = [alone(0), alone(1)];
  return Math.min(Infinity, ...first.map(one => Math.min(Infinity, ...second.map(other => rosterCost(problem, [one, other])))));
}

describe('a roster', () => {
  test('of two people is never cheaper than the cheapest of all, and is that one where it says that it is proven; both ways to it agree', () => {
    const met = { proven: 0 };
    fc.assert(fc.property(smallProblem(SMALL), problem => {
      const least = cheapest(problem);
      const flow = solveFlow(problem, solver.highs, { shouldStop: () => false, ...silent });
      expect(flow.cost).toBe(least);
      const { roster, cost, bound, isProven } = solveRoster(problem, solver.highs, { seed: 1, shouldStop: after(300), ...silent });
      if (roster === null) return;
      expect(checkRoster(problem, roster)).toEqual({ objective: cost, violations: [] });
      expect(bound).toBeLessThanOrEqual(least + 1e-6);
      expect(cost).toBeGreaterThanOrEqual(least);
      if (isProven) { met.proven++; expect(cost).toBe(least); }
    }), { numRuns: 60 });
    expect(met.proven).toBeGreaterThan(10);
  });

  test('of several people holds every limit at whatever moment it is stopped, costs what an evaluator of its own says, and only gets cheaper', () => {
    fc.assert(fc.property(smallProblem({ days: 14, people: 5, kinds: 3 }), fc.integer({ min: 0, max: 400 }), (problem, questions) => {
      const told: number[] = [];
      const check = (roster: Roster, cost: number): void => { expect(checkRoster(problem, roster)).toEqual({ objective: cost, violations: [] }); told.push(cost); };
      const { roster, cost, bound } = solveRoster(problem, solver.highs, { seed: 7, shouldStop: after(questions), onBetter: check, onBound: () => undefined });
      if (roster === null) return;
      check(roster, cost);
      expect(told).toEqual([...told].sort((a, b) => b - a));
      expect(bound).toBeLessThanOrEqual(cost + 1e-6);
    }), { numRuns: 60 });
  });

  test('is not made where somebody has no line that holds their limits, and who that is is told', () => {
    const [problem] = fc.sample(smallProblem(SMALL), { numRuns: 1, seed: 1 }) as [RosterProblem];
    const people = problem.people.map(person => ({ ...person, minMinutes: 0 }));
    const impossible = { ...people[1]!, minMinutes: 1_000_000, maxMinutes: 1_000_000 };
    expect(solveRoster({ ...problem, people: [people[0]!, impossible] }, solver.highs, { seed: 1, shouldStop: after(10), ...silent })).toMatchObject({ roster: null, without: [1] });
  });
});

describe('two threads', () => {
  const busy = (): RosterProblem => {
    const days = 28, width = 4, person = { maxOf: [28, 28, 28], minMinutes: 0, maxMinutes: 20 * 480, minRun: 2, maxRun: 5, minRest: 2, maxWeekends: 3, before: { run: 0, shift: null } };
    return {
      days, firstWeekday: 2, kinds: ['S', 'C', 'Đ'].map((code, kind) => ({ code, minutes: 480, notNext: [0, 1, 2].map(next => next < kind) })),
      people: Array.from({ length: 14 }, (_, i) => ({ ...person, code: `P${i}`, allowed: new Uint8Array(days * width).fill(1), cost: Float64Array.from({ length: days * width }, (_cost, at) => (at * 7 + i * 13) % 5) })),
      cover: { need: new Int32Array(days * 3).fill(3), under: new Float64Array(days * 3).fill(100), over: new Float64Array(days * 3).fill(1) },
    };
  };

  test('end with what they agree on: the cheapest, proven', async () => {
    const problem = fc.sample(smallProblem(SMALL), { numRuns: 20, seed: 5 }).find(one => cheapest(one) < Infinity)!;
    const planned = await planRoster(problem, { seconds: 60, seed: 1 });
    expect(planned).toMatchObject({ isProven: true, cost: cheapest(problem) });
  });

  test('called off, keep the best that there was by then', async () => {
    const problem = busy();
    const calledOff = new AbortController();
    const planned = await planRoster(problem, { seconds: 60, seed: 1, signal: calledOff.signal, onProgress: ({ cost }) => { if (cost < Infinity) calledOff.abort(); } });
    expect(planned.roster).not.toBeNull();
    expect(checkRoster(problem, planned.roster!)).toEqual({ objective: planned.cost, violations: [] });
  });

  test('called off before they begin, have nothing and end', async () => {
    expect(await planRoster(busy(), { seconds: 60, seed: 1, signal: AbortSignal.abort() })).toMatchObject({ isProven: false });
  });
});
