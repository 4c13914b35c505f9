import { expect, test } from 'vitest';
import { FOUND } from './found.ts';
import { replayOf, runSeeds } from './seeds.ts';

/** A test of many runs, without those that have a test of their own; those that fail are named, with how to see each again. */
export function describeSeeds(from: number, to: number): void {
  test(`seeds ${from} to ${to} keep every promise, and meet every fault`, async () => {
    const seeds = Array.from({ length: to - from + 1 }, (_, at) => from + at).filter(seed => !FOUND.some(([found]) => found === seed));
    const tally = await runSeeds(seeds);
    expect(tally.failed.map(({ seed, why }) => `${replayOf(seed)}: ${why}`)).toEqual([]);
    expect(Object.entries(tally.faults).filter(([, count]) => count === 0)).toEqual([]);
    const { mutations, applied, merged, conflict, rejected } = tally.outcome;
    expect(applied + merged + conflict + rejected).toBe(mutations);
    expect(Math.min(applied, merged, conflict, rejected)).toBeGreaterThan(0);
  }, 900_000);
}
