import { parentPort } from 'node:worker_threads';
import { fillSeats, type Filled } from './fill.ts';
import { loadHighs } from './highs.ts';
import type { Line, RosterProblem } from './problem.ts';

/** What it is asked; `stop[0]` is set to 1 when nobody waits for the answer any more. */
export interface FillAsk { problem: RosterProblem; turns: readonly Line[]; ms: number; stop: Int32Array }

const highs = await loadHighs();
parentPort?.on('message', ({ problem, turns, ms, stop }: FillAsk) => {
  const filled: Filled = fillSeats(problem, highs, { ms, turns, shouldStop: () => Atomics.load(stop, 0) !== 0 });
  parentPort?.postMessage(filled);
});
