import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { evenDays } from './even-days.ts';
import { loadHighs } from './highs.ts';
import { solveFlow } from './flow-model.ts';
import { rosterCost, type Line, type Roster, type RosterProblem } from './problem.ts';
import { solveRoster } from './solve.ts';

/** What a thread is begun with; `stop[0]` is set to 1 when it is to end. `isBehind`: somebody works at this machine meanwhile, whose programs come first. */
interface Begun { stop: Int32Array; isBehind: boolean }
export interface ThreadData extends Begun { way: 'columns' | 'flow'; problem: RosterProblem; turns: readonly Line[]; seed: number }
/** Or with a roster whose days are made more even. */
export interface EvenData extends Begun { way: 'even'; problem: RosterProblem; roster: Roster }

/** What it says: a better roster, a better bound, whose line cannot be found, one that costs the same with more even days, and that it has nothing more to try. */
export type ThreadSays = { better: Roster; cost: number } | { bound: number } | { without: readonly number[] } | { evened: Roster; cost: number } | { ended: true };

/** Between two bounds that are told. */
const TOLD_EVERY_MS = 200;

async function serve(data: ThreadData | EvenData, say: (message: ThreadSays) => void): Promise<void> {
  if (data.way === 'even') {
    const evened = evenDays(data.problem, data.roster, () => Atomics.load(data.stop, 0) !== 0);
    say({ evened, cost: rosterCost(data.problem, evened) });
    return;
  }
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

// Linux alone sets it for a thread by itself; elsewhere it would be that of the whole core.
if (parentPort !== null && process.platform === 'linux' && (workerData as Begun).isBehind) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
if (parentPort !== null) await serve(workerData as ThreadData | EvenData, message => { parentPort?.postMessage(message); });
