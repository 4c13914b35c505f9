import { expect, test } from 'vitest';
import { replayOf, runSeeds, TAKEN_INTENTS } from './seeds.ts';

/** Intents that so few runs need not hold: what comes at the end of a life is seldom. */
const SELDOM = 8;

/** A test of many runs; those that fail are named, with how to see each again. */
export function describeSeeds(from: number, to: number): void {
  test(`seeds ${from} to ${to} keep every promise, meet every fault, and take nearly every intent`, async () => {
    const seeds = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    const tally = await runSeeds(seeds);
    expect(tally.failed.map(({ seed, why }) => `${replayOf(seed)}: ${why}`)).toEqual([]);
    expect(Object.entries(tally.faults).filter(([, count]) => count === 0)).toEqual([]);
    const untaken = TAKEN_INTENTS.filter(name => (tally.outcome.intents[name]?.taken ?? 0) === 0);
    expect(untaken.length, untaken.join(', ')).toBeLessThanOrEqual(SELDOM);
    const { mutations, applied, merged, conflict, rejected } = tally.outcome;
    expect(applied + merged + conflict + rejected).toBe(mutations);
    expect(Math.min(applied, merged, conflict, rejected)).toBeGreaterThan(0);
  }, 900_000);
}
