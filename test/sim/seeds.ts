import { MUTATION_NAMES } from '../../contract/mutations/payloads.ts';
import { FaultCounts } from './faults.ts';
import type { Outcome } from './oracle.ts';
import { simulate } from './run.ts';
import { openStage } from './stage.ts';

/** What many runs come to. */
export interface Tally { runs: number; failed: { seed: number; why: string }[]; outcome: Outcome; faults: Record<string, number> }

export function emptyTally(): Tally {
  return { runs: 0, failed: [], outcome: { mutations: 0, applied: 0, merged: 0, conflict: 0, rejected: 0, rows: 0, intents: {} }, faults: new FaultCounts().all() };
}

const FIGURES = ['mutations', 'applied', 'merged', 'conflict', 'rejected', 'rows'] as const;

/** The sum of two tallies. */
export function joined(a: Tally, b: Tally): Tally {
  const faults = new FaultCounts();
  faults.add(a.faults);
  faults.add(b.faults);
  const outcome = { ...a.outcome, intents: { ...a.outcome.intents } };
  for (const name of FIGURES) outcome[name] += b.outcome[name];
  for (const name of MUTATION_NAMES) {
    const [one, other] = [a.outcome.intents[name], b.outcome.intents[name]];
    if (other !== undefined) outcome.intents[name] = { taken: (one?.taken ?? 0) + other.taken, refused: (one?.refused ?? 0) + other.refused };
  }
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
/** Intents that the world's people have to take: erasing persons is an administrator's, who does not sit at these desks (it is tried and refused). */
export const TAKEN_INTENTS = MUTATION_NAMES.filter(name => name !== 'issue.erasePersonal');

export function replayOf(seed: number): string {
  return `npm run sim -- --seeds ${seed}..${seed}`;
}
