import { expect, test } from 'vitest';
import { replayOf, runSeeds, TAKEN_INTENTS, type Tally } from './seeds.ts';

/** Intents that so few runs need not hold: what comes at the end of a life is seldom. */
const SELDOM = 8;

/** A test of many runs; those that fail are named, with how to see each again. Seeds in `again` are run a second time, to the same result. */
export function describeSeeds(from: number, to: number, again: readonly number[]): void {
  test(`seeds ${from} to ${to} keep every promise, meet every fault, and take nearly every intent; ${again.join(' and ')} give the same run again`, async () => {
    const seeds = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    const runs: Tally[] = [];
    const tally = await runSeeds([...seeds, ...again], run => { runs.push(run); });
    expect(tally.failed.map(({ seed, why }) => `${replayOf(seed)}: ${why}`)).toEqual([]);
    expect(Object.entries(tally.faults).filter(([, count]) => count === 0)).toEqual([]);
    for (const [at, seed] of again.entries()) {
      const first = runs[seeds.indexOf(seed)];
      expect(runs[seeds.length + at]).toEqual(first);
      expect(Object.values(first?.faults ?? {}).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10);
    }
    const untaken = TAKEN_INTENTS.filter(name => (tally.outcome.intents[name]?.taken ?? 0) === 0);
    expect(untaken.length, untaken.join(', ')).toBeLessThanOrEqual(SELDOM);
    const { mutations, applied, merged, conflict, rejected } = tally.outcome;
    expect(applied + merged + conflict + rejected).toBe(mutations);
    expect(Math.min(applied, merged, conflict, rejected)).toBeGreaterThan(0);
  }, 900_000);
}
