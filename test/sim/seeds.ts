import { FaultCounts } from './faults.ts';
import type { Outcome } from './oracle.ts';
import { simulate } from './run.ts';
import { openStage } from './stage.ts';

/** What many runs come to. */
export interface Tally { runs: number; failed: { seed: number; why: string }[]; outcome: Outcome; faults: Record<string, number> }

export function emptyTally(): Tally {
  return { runs: 0, failed: [], outcome: { mutations: 0, applied: 0, merged: 0, conflict: 0, rejected: 0, rows: 0 }, faults: new FaultCounts().all() };
}

/** The sum of two tallies. */
export function joined(a: Tally, b: Tally): Tally {
  const faults = new FaultCounts();
  faults.add(a.faults);
  faults.add(b.faults);
  const outcome = Object.fromEntries(Object.entries(a.outcome).map(([name, count]) => [name, count + b.outcome[name as keyof Outcome]])) as unknown as Outcome;
  return { runs: a.runs + b.runs, failed: [...a.failed, ...b.failed], outcome, faults: faults.all() };
}

/** Runs the seeds one after the other on one stage. A seed that fails does not stop the others. */
export async function runSeeds(seeds: Iterable<number>, told: (tally: Tally) => void = () => undefined): Promise<Tally> {
  const stage = await openStage();
  let all = emptyTally();
  try {
    for (const seed of seeds) {
      const one = await simulate({ ...stage.options, seed }).then(
        ({ outcome, faults }): Tally => ({ runs: 1, failed: [], outcome, faults }),
        (error: unknown): Tally => ({ ...emptyTally(), runs: 1, failed: [{ seed, why: error instanceof Error ? error.message : String(error) }] }));
      all = joined(all, one);
      told(one);
    }
  } finally {
    await stage.close();
  }
  return all;
}

/** How to see one run again. */
export function replayOf(seed: number): string {
  return `npm run sim -- --seeds ${seed}..${seed}`;
}
