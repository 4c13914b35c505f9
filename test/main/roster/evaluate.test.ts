import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brokenBy } from '../../../main/roster/engine/evaluate.ts';
import { checkRoster } from './check.ts';
import { smallProblem } from './problems.ts';

test('what an edit breaks is what another evaluator finds broken, limit by limit', () => {
  const met = new Set<string>();
  fc.assert(fc.property(smallProblem({ days: 9, people: 1, kinds: 2 }), fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 9, maxLength: 9 }), (problem, choices) => {
    const line = Int8Array.from(choices);
    const limits = (list: readonly string[]): string[] => [...new Set(list)].sort();
    const broken = brokenBy(problem, 0, line);
    for (const { limit } of broken) met.add(limit);
    expect(limits(broken.map(({ limit }) => limit))).toEqual(limits(checkRoster(problem, [line]).violations.map(({ rule }) => rule)));
  }), { numRuns: 1_500 });
  expect(met.size).toBe(9);
});
