import { parentPort, workerData } from 'node:worker_threads';
import { loadHighs } from './highs.ts';
import { solveFlow } from './flow-model.ts';
import type { Line, Roster, RosterProblem } from './problem.ts';
import { solveRoster } from './solve.ts';

/** What a thread is begun with; `stop[0]` is set to 1 when it is to end. */
export interface ThreadData { stop: Int32Array; way: 'columns' | 'flow'; problem: RosterProblem; turns: readonly Line[]; seed: number }

/** What it says: a better roster, a better bound, whose line cannot be found, and that it has nothing more to try. */
export type ThreadSays = { better: Roster; cost: number } | { bound: number } | { without: readonly number[] } | { ended: true };

/** Between two bounds that are told. */
const TOLD_EVERY_MS = 200;

async function serve(data: ThreadData, say: (message: ThreadSays) => void): Promise<void> {
  const told = { bound: -Infinity, atMs: 0 };
  const shouldStop = (): boolean => Atomics.load(data.stop, 0) !== 0;
  const onBetter = (roster: Roster, cost: number): void => { say({ better: roster, cost }); };
  const onBound = (bound: number): void => {
    if (bound <= told.bound || performance.now() - told.atMs < TOLD_EVERY_MS) return;
    Object.assign(told, { bound, atMs: performance.now() });
    say({ bound });
  };
  const { problem, turns, way, seed } = data;
  const highs = await loadHighs();
  if (way === 'flow') {
    const { roster, cost, bound } = solveFlow(problem, highs, { shouldStop, onBetter, onBound });
    if (roster !== null) say({ better: roster, cost });
    if (Number.isFinite(bound)) say({ bound });
  } else {
    const { bound, without } = solveRoster(problem, highs, { seed, shouldStop, onBetter, onBound, turns });
    if (without.length > 0) say({ without });
    if (Number.isFinite(bound)) say({ bound });
  }
  say({ ended: true });
}

if (parentPort !== null) await serve(workerData as ThreadData, message => { parentPort?.postMessage(message); });
