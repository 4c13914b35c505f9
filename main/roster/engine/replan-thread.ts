import { parentPort, workerData } from 'node:worker_threads';
import { loadHighs } from './highs.ts';
import { rehearse } from './rehearsal.ts';
import { replan, type Replanned, type ReplanAsk } from './replan.ts';

/** What a thread is begun with: `wanted[0]` is set to 1 when something is asked, which ends the rehearsal; `diveTurns` as `replan` takes them. */
export interface ReplanThread { wanted: Int32Array; diveTurns: readonly number[] }
/** What it is asked; `stop[0]` is set to 1 when it is to end with what it has. */
export interface ReplanTold { ask: ReplanAsk; stop: Int32Array }
/** A better answer, or the last one. */
export interface ReplanSays { replanned: Replanned; isOver: boolean }

const { wanted, diveTurns } = workerData as ReplanThread;
const say = (says: ReplanSays): void => { parentPort?.postMessage(says); };

parentPort?.on('message', ({ ask, stop }: ReplanTold) => {
  void replan(ask, loadHighs, { diveTurns, shouldStop: () => Atomics.load(stop, 0) !== 0, onBetter: replanned => { say({ replanned, isOver: false }); } }).then(replanned => { say({ replanned, isOver: true }); });
});
await rehearse(await loadHighs(), () => Atomics.load(wanted, 0) !== 0);
