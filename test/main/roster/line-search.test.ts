import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSearch, Room } from '../../../main/roster/engine/line-search.ts';
import type { Line, RosterProblem } from '../../../main/roster/engine/problem.ts';
import { checkRoster } from './check.ts';
import { smallProblem } from './problems.ts';

/** Every line that there is, tried one by one. */
function* lines(days: number, width: number): Generator<Line> {
  for (let n = 0; n < width ** days; n++) yield Int8Array.from({ length: days }, (_, day) => Math.floor(n / width ** day) % width);
}

function best(problem: RosterProblem): number {
  const { also: _, ...cover } = problem.cover;
  const nothing = { ...problem, cover: { ...cover, need: new Int32Array(problem.cover.need.length), over: new Float64Array(problem.cover.need.length) } };
  let least = Infinity;
  for (const line of lines(problem.days, problem.kinds.length + 1)) {
    const { objective, violations } = checkRoster(nothing, [line]);
    if (violations.length === 0) least = Math.min(least, objective);
  }
  return least;
}

test('a line that is found holds every limit; its bound is never above the cheapest of all lines, and meets it where one kind at most has to be counted', () => {
  fc.assert(fc.property(smallProblem({ days: 6, people: 1, kinds: 2 }), problem => {
    const person = problem.people[0]!;
    const found = new LineSearch(problem, 0, new Room()).cheapest(person.cost);
    const least = best(problem);
    if (found === null) { expect(least === Infinity || person.maxOf.every(limit => limit > 0 && limit < problem.days)).toBe(true); return; }
    expect(checkRoster(problem, [found.line]).violations).toEqual([]);
    expect(found.bound).toBeLessThanOrEqual(least);
    const limited = [0, 1].filter(kind => person.maxOf[kind]! > 0 && person.maxOf[kind]! < problem.days);
    if (limited.length === 0 || (limited.length === 1 && (person.balance?.kind ?? null) === null)) expect(found.value).toBe(least);
  }), { numRuns: 250 });
});

test('weekends that begin on a Sunday of day 0 count, and two kinds with limits are both held', () => {
  fc.assert(fc.property(smallProblem({ days: 8, people: 1, kinds: 3 }), problem => {
    const found = new LineSearch(problem, 0, new Room()).cheapest(problem.people[0]!.cost);
    if (found !== null) expect(checkRoster(problem, [found.line]).violations).toEqual([]);
  }), { numRuns: 400 });
});
