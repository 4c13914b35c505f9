import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { solveFlow } from '../../../main/roster/engine/flow-model.ts';
import { loadHighs } from '../../../main/roster/engine/highs.ts';
import { LineSearch, Room } from '../../../main/roster/engine/line-search.ts';
import { unitOf, type Line, type RosterPerson, type RosterProblem, type Wanted } from '../../../main/roster/engine/problem.ts';
import { solveRoster } from '../../../main/roster/engine/solve.ts';
import { checkRoster } from './check.ts';
import { after, silent, smallProblem } from './problems.ts';

const solver = {} as { highs: Awaited<ReturnType<typeof loadHighs>> };
beforeAll(async () => { solver.highs = await loadHighs(); });

/** The whole program, the slower way, takes one in so many of the thousand instances; `ROSTER_RANDOM=all`: every one, and each change is tried on more of them. */
const [EVERY, CHANGES] = process.env['ROSTER_RANDOM'] === 'all' ? [1, 400] as const : [8, 30] as const;
/** For a busy machine, and for all of them. */
const timeout = 600_000;
const SEED = 113_114_115;
const WEEK = 7;

const sizes = fc.record({ days: fc.integer({ min: 7, max: 10 }), people: fc.integer({ min: 1, max: 4 }), kinds: fc.integer({ min: 1, max: 2 }) });
const instance = sizes.chain(smallProblem);

const wholly = (problem: RosterProblem): ReturnType<typeof solveFlow> => solveFlow(problem, solver.highs, { shouldStop: () => false, ...silent });

/** What the cheapest roster costs, Infinity where there is none: by lines, and where they leave it open by the whole program. */
function optimum(problem: RosterProblem): number {
  const { cost, isProven } = solveRoster(problem, solver.highs, { seed: 1, shouldStop: after(60), ...silent });
  return isProven ? cost : wholly(problem).cost;
}

describe('of a thousand random instances', { timeout }, () => {
  test('every roster holds its limits and costs what another evaluator says, no bound is above it, and both ways to the cheapest agree', () => {
    const met = { runs: 0, solved: 0, proven: 0, agreed: 0, skilled: 0 };
    fc.assert(fc.property(instance, problem => {
      const whole = met.runs++ % EVERY === 0 ? wholly(problem) : null;
      const { roster, cost, bound, isProven } = solveRoster(problem, solver.highs, { seed: 1, shouldStop: after(60), ...silent });
      if (roster === null) { expect(whole?.roster ?? null).toBeNull(); return; }
      met.solved++;
      expect(checkRoster(problem, roster)).toEqual({ objective: cost, violations: [] });
      expect(bound).toBeLessThanOrEqual(cost + 1e-6);
      if (isProven) met.proven++;
      if (problem.cover.also !== undefined) met.skilled++;
      if (whole === null) return;
      expect(checkRoster(problem, whole.roster!)).toEqual({ objective: whole.cost, violations: [] });
      expect(whole.bound).toBeGreaterThan(whole.cost - 1);
      expect(bound).toBeLessThanOrEqual(whole.cost + 1e-6);
      if (isProven) { met.agreed++; expect(cost).toBe(whole.cost); } else expect(cost).toBeGreaterThanOrEqual(whole.cost);
    }), { numRuns: 1_000, seed: SEED });
    expect(met.solved).toBeGreaterThan(500);
    expect(met.proven).toBeGreaterThan(300);
    expect(met.skilled).toBeGreaterThan(300);
    expect(met.agreed).toBeGreaterThan(300 / EVERY);
  });
});

describe('the cheapest roster', { timeout }, () => {
  /** Tries a change on instances that have a roster: what it costs before is told. */
  const tried = (change: (problem: RosterProblem, cost: number, random: number) => void): void => {
    fc.assert(fc.property(instance, fc.nat(), (problem, random) => {
      const cost = optimum(problem);
      fc.pre(cost < Infinity);
      change(problem, cost, random);
    }), { numRuns: CHANGES, seed: SEED });
  };

  test('does not hang on how people are called or in which order they stand', () => {
    tried((problem, cost, random) => {
      const from = random % problem.people.length;
      const turned = [...problem.people.keys()].map(at => (at + from) % problem.people.length).reverse();
      expect(optimum({ ...problem, people: turned.map(at => ({ ...problem.people[at]!, code: `khác ${at}` })), cover: withSkills(problem, who => turned.map(at => who[at]!)) })).toBe(cost);
    });
  });

  test('is the same when it is made whole weeks later, be they counted in the weekday or passed at rest', () => {
    tried((problem, _, random) => {
      const weeks = 1 + random % 3;
      const rested = { ...problem, people: problem.people.map(person => ({ ...person, before: { run: -9, shift: null } })) };
      const cost = optimum(rested);
      expect(optimum({ ...rested, firstWeekday: rested.firstWeekday + weeks * WEEK })).toBe(cost);
      expect(optimum(led(rested, rested.people.map(() => new Int8Array(weeks * WEEK))))).toBe(cost);
    });
  });

  test('is the same whether what comes before it is told or worked: nights, runs and rest reach over the border of a month', () => {
    const met = { working: 0, solved: 0 };
    tried((given, _, random) => {
      // A weekend that the border parts would be counted on both sides of it.
      const problem = { ...given, firstWeekday: given.firstWeekday % 6 };
      const lines = problem.people.map((__, person) => leadOf(problem, person, random + person));
      const people = problem.people.map((person, i) => ({ ...person, before: endOf(lines[i]!) }));
      const cost = optimum({ ...problem, people });
      expect(optimum(led({ ...problem, people }, lines))).toBe(cost);
      if (people.some(({ before }) => before.run > 0)) met.working++;
      if (cost < Infinity) met.solved++;
    });
    expect(met.working).toBeGreaterThan(CHANGES / 2);
    expect(met.solved).toBeGreaterThan(CHANGES / 4);
  });

  test('does not get dearer for another person whose share is not weighed', () => {
    tried((problem, cost, random) => {
      const { balance: _, ...like } = problem.people[random % problem.people.length]!, width = problem.kinds.length + 1;
      const idle = { ...like, code: 'thêm', minMinutes: 0, allowed: like.allowed.map((may, at) => (at % width === 0 ? 1 : may)), before: { run: 0, shift: null }, cost: new Float64Array(like.cost.length) };
      expect(optimum({ ...problem, people: [...problem.people, idle], cover: withSkills(problem, who => [...who, random % 2]) })).toBeLessThanOrEqual(cost);
    });
  });

  test('does not get cheaper for leave', () => {
    const met = { dearer: 0 };
    tried((problem, cost, random) => {
      const away = random % problem.people.length, day = random % problem.days, width = problem.kinds.length + 1;
      const people = problem.people.map((person, i) => (i === away ? { ...person, allowed: person.allowed.map((is, at) => (at > day * width && at < (day + 2) * width && at % width > 0 ? 0 : is)) } : person));
      const then = optimum({ ...problem, people });
      expect(then).toBeGreaterThanOrEqual(cost);
      if (then > cost) met.dearer++;
    });
    expect(met.dearer).toBeGreaterThan(0);
  });
});

/** The cover of a problem whose people are others: who of them has which skill. */
function withSkills({ cover: { also, ...cover } }: RosterProblem, whoOf: (who: Uint8Array) => number[]): RosterProblem['cover'] {
  return { ...cover, ...also !== undefined && { also: also.map(one => ({ ...one, who: Uint8Array.from(whoOf(one.who)) })) } };
}

/** A week that holds what a person may work in a row and after what, off on its first day; else any. */
function leadOf(problem: RosterProblem, person: number, random: number): Line {
  const { balance: _, ...one } = problem.people[person]!;
  const width = problem.kinds.length + 1, before = { run: 0, shift: null };
  const allowed = Uint8Array.from({ length: WEEK * width }, (__, at) => (at < width && at > 0 ? 0 : 1));
  const free: RosterPerson = { ...one, allowed, before, minMinutes: 0, maxMinutes: WEEK * 720, maxOf: problem.kinds.map(() => WEEK), maxWeekends: WEEK };
  const price = Float64Array.from({ length: WEEK * width }, (__, at) => (Math.imul(random + 1, 2_654_435_761) >>> (at % 24)) % 7 - (at % width > 0 ? 3 : 0));
  return new LineSearch({ ...problem, days: WEEK, people: [free] }, 0, new Room()).cheapest(price)!.line;
}

/** What a line ends with, as the days before another one are told. */
function endOf(line: Line): RosterPerson['before'] {
  const last = line.at(-1)!;
  const since = (is: (choice: number) => boolean): number => line.length - 1 - line.findLastIndex(choice => !is(choice));
  if (last > 0) return { run: since(choice => choice > 0), shift: last - 1, same: since(choice => choice === last) };
  return { run: -since(choice => choice === 0), shift: null };
}

/** The problem with days before it in which everybody works what is given: it costs nothing, and is added to what may be worked. */
function led(problem: RosterProblem, lines: readonly Line[]): RosterProblem {
  const { kinds, cover } = problem;
  const before = lines[0]!.length, width = kinds.length + 1;
  const more = (wanted: Wanted, by: number): Wanted => ({ ...wanted, low: wanted.low + by, high: wanted.high + by });
  const people = problem.people.map((person, i): RosterPerson => {
    const line = lines[i]!, { balance } = person;
    const allowed = Uint8Array.from({ length: before * width }, (_, at) => (line[Math.floor(at / width)] === at % width ? 1 : 0));
    const minutes = line.reduce((sum, choice) => sum + (kinds[choice - 1]?.minutes ?? 0), 0);
    const weekends = new Set([...line].flatMap((choice, day) => { const weekday = problem.firstWeekday + day; return choice > 0 && weekday % WEEK >= 5 ? [Math.floor(weekday / WEEK)] : []; })).size;
    const times = kinds.map((_, kind) => line.filter(choice => choice === kind + 1).length);
    return {
      ...person, allowed: Uint8Array.from([...allowed, ...person.allowed]), cost: Float64Array.from([...new Float64Array(before * width), ...person.cost]), before: { run: 0, shift: null },
      minMinutes: person.minMinutes + minutes, maxMinutes: person.maxMinutes + minutes, maxOf: person.maxOf.map((most, kind) => most + times[kind]!), maxWeekends: person.maxWeekends + weekends,
      ...balance !== undefined && { balance: {
        units: balance.units && more(balance.units, minutes / unitOf(problem)), weekends: balance.weekends && more(balance.weekends, weekends),
        kind: balance.kind && { ...balance.kind, ...more(balance.kind, times[balance.kind.kind]!) },
      } },
    };
  });
  const places = before * kinds.length;
  const late = (weights: Float64Array): Float64Array => Float64Array.from([...new Float64Array(places), ...weights]);
  const lateNeed = (need: Int32Array): Int32Array => Int32Array.from([...new Int32Array(places), ...need]);
  const also = cover.also?.map(one => ({ ...one, need: lateNeed(one.need), under: late(one.under) }));
  return { ...problem, days: problem.days + before, people, cover: { need: lateNeed(cover.need), under: late(cover.under), over: late(cover.over), ...cover.empty !== undefined && { empty: late(cover.empty) }, ...also !== undefined && { also } } };
}
