import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Line, Roster, RosterProblem } from './problem.ts';
import type { EvenData, ThreadData, ThreadSays } from './roster-thread.ts';

/** How far it has come: the best roster (null: none yet) and its cost, what no roster can be cheaper than (null: nothing is proven yet), and since when, ms after the start. */
export interface Progress { roster: Roster | null; cost: number; bound: number | null; afterMs: number }

export interface PlanOptions {
  seconds: number; seed: number; signal?: AbortSignal;
  /** Somebody works at this machine meanwhile: on processors that are wanted the search waits for the window. */
  isBehind?: boolean;
  /** As `solveRoster` takes them. */
  turns?: readonly Line[];
  onProgress?: (progress: Progress) => void;
}

/** How a search ended. `roster` null: `without` names the people that have no line that holds their limits. */
export interface Planned { roster: Roster | null; cost: number; bound: number | null; isProven: boolean; bestAfterMs: number; without: readonly number[] }

/** Up to so many choices in all the whole program is tried beside column generation: it proves what that leaves open. */
const FLOW_CHOICES = 2_500;
/** A thread that was told to stop may finish its step so long, ms; then it is ended, and what it has told is kept. */
export const GRACE_MS = 500;
/** Days are made more even for so long, ms. */
const EVEN_MS = 1_000;

/**
 * Seeks a roster in two threads until it is proven to be the cheapest, the time is over, or it is called off; the best so far is kept however it ends. Where it has not been called off, its days are made
 * more even at last.
 *
 * @throws {Error} what ended a thread before it had told anything
 */
export async function planRoster(problem: RosterProblem, { seconds, seed, signal, turns = [], isBehind = false, onProgress }: PlanOptions): Promise<Planned> {
  const begun = performance.now();
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const best: Planned = { roster: null, cost: Infinity, bound: null, isProven: false, bestAfterMs: 0, without: [] };
  const end = (): void => { Atomics.store(stop, 0, 1); };
  const hear = (says: ThreadSays): void => {
    if ('ended' in says) return;
    if ('evened' in says) { Object.assign(best, { roster: says.evened, cost: says.cost }); return; }
    if ('without' in says) { best.without = says.without; end(); return; }
    const afterMs = performance.now() - begun;
    if ('better' in says && says.cost < best.cost) Object.assign(best, { roster: says.better, cost: says.cost, bestAfterMs: afterMs });
    if ('bound' in says && says.bound > (best.bound ?? -Infinity)) best.bound = says.bound;
    best.isProven = best.bound !== null && best.cost < Math.ceil(best.bound - 1e-6) + 1;
    if (best.isProven) end();
    onProgress?.({ roster: best.roster, cost: best.cost, bound: best.bound, afterMs });
  };
  const choices = problem.people.length * problem.days * (problem.kinds.length + 1);
  const ways: { way: 'columns' | 'flow'; seed: number }[] = [{ way: 'columns', seed }, choices <= FLOW_CHOICES ? { way: 'flow', seed } : { way: 'columns', seed: seed + 1_000 }];
  const timer = setTimeout(end, seconds * 1000);
  signal?.addEventListener('abort', end);
  if (signal?.aborted === true) end();
  try {
    const failed = (await Promise.allSettled(ways.map(one => running({ problem, turns, stop, isBehind, ...one }, hear, end)))).find(one => one.status === 'rejected');
    if (failed !== undefined && best.roster === null) throw failed.reason;
    // What is found is kept also where a thread has ended on it, and it is no less even than it was.
    if (problem.even !== undefined && best.roster !== null && signal?.aborted !== true) await evened({ problem, roster: best.roster, isBehind }, hear, signal).catch(() => undefined);
    return best;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

async function evened(data: Pick<EvenData, 'problem' | 'roster' | 'isBehind'>, hear: (says: ThreadSays) => void, signal: AbortSignal | undefined): Promise<void> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const end = (): void => { Atomics.store(stop, 0, 1); };
  const timer = setTimeout(end, EVEN_MS);
  signal?.addEventListener('abort', end);
  try {
    await running({ way: 'even', ...data, stop }, hear, end);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

/** Runs a thread to its end, or until it has been told to stop and `GRACE_MS` are over. Column generation with nothing more to try ends all; a proof that ends without one does not. */
async function running(data: ThreadData | EvenData, hear: (says: ThreadSays) => void, end: () => void): Promise<void> {
  // The built console has the same two files side by side as .js.
  const thread = new Worker(new URL(`./roster-thread${extname(import.meta.url)}`, import.meta.url), { workerData: data });
  const told = { stopAtMs: Infinity };
  const watch = setInterval(() => {
    if (Atomics.load(data.stop, 0) !== 0) told.stopAtMs = Math.min(told.stopAtMs, performance.now());
    if (performance.now() - told.stopAtMs <= GRACE_MS) return;
    clearInterval(watch);
    void thread.terminate();
  }, 50);
  try {
    await new Promise<void>((resolve, reject) => {
      thread.on('message', (says: ThreadSays) => { hear(says); if ('ended' in says && data.way === 'columns') end(); });
      thread.on('error', reject);
      thread.on('exit', () => { resolve(); });
    });
  } catch (error) {
    end();
    throw error;
  } finally {
    clearInterval(watch);
  }
}
