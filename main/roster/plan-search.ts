import type { Log } from '../platform/log.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { RosterJob, RosterPlan } from '../../contract/roster.ts';
import { isAway } from '../../contract/roster-seats.ts';
import { planRoster } from './engine/planner.ts';
import { problemOf, turnLines } from './model.ts';
import { partsOf } from './plan-parts.ts';
import { BARE, linePlanOf, pinned, type Ground } from './plan-check.ts';

export interface PlanSearchDeps { nowMs: () => number; log: Pick<Log, 'error'>; onNews: () => void }

/** So many of the last searches are kept with what they found. */
const KEPT = 12;

interface Running { job: RosterJob; stop: AbortController; over: Promise<void> }

/** One search for a roster at a time, in threads of the engine's own; a new one ends the one before. What the last ones found is kept. */
export class PlanSearch {
  readonly #deps: PlanSearchDeps;
  /** The latest one last. */
  readonly #kept: Running[] = [];

  constructor(deps: PlanSearchDeps) {
    this.#deps = deps;
  }

  /** Begins a search around the leave and the pins of a plan. @returns how it stands, at once */
  begin(plan: RosterPlan, seconds: number, ground: Ground = BARE): RosterJob {
    const before = this.#kept.at(-1);
    if (before?.job.state === 'running') {
      before.job.isOvertaken = true;
      before.stop.abort();
    }
    const stop = new AbortController();
    const job: RosterJob = { id: newId(this.#deps.nowMs()), state: 'running', cost: null, bound: null, isProven: false, isCalledOff: false, isOvertaken: false, parts: null, afterMs: 0, bestAfterMs: 0, without: [], cells: null };
    this.#kept.push({ job, stop, over: this.#run(job, { plan, ground, seconds }, stop.signal) });
    this.#kept.splice(0, this.#kept.length - KEPT);
    return job;
  }

  /** @returns null for one that is not known, or no more */
  job(id: Id): RosterJob | null {
    return this.#kept.find(({ job }) => job.id === id)?.job ?? null;
  }

  /** Ends a search; the best that it has found is kept. */
  callOff(id: Id): void {
    const one = this.#kept.find(({ job }) => job.id === id);
    if (one?.job.state !== 'running') return;
    one.job.isCalledOff = true;
    one.stop.abort();
  }

  async close(): Promise<void> {
    for (const { stop } of this.#kept) stop.abort();
    await Promise.all(this.#kept.map(({ over }) => over));
  }

  async #run(job: RosterJob, { plan, ground, seconds }: { plan: RosterPlan; ground: Ground; seconds: number }, signal: AbortSignal): Promise<void> {
    const line = pinned(linePlanOf(plan, ground), plan);
    const problem = problemOf(line);
    try {
      const { roster, cost, bound, isProven, bestAfterMs, without } = await planRoster(problem, {
        seconds, seed: 1, turns: turnLines(line), signal, isBehind: true,
        onProgress: progress => {
          if (progress.roster !== null && progress.cost !== job.cost) job.parts = partsOf(problem, progress.roster);
          Object.assign(job, { cost: Number.isFinite(progress.cost) ? progress.cost : null, bound: progress.bound, afterMs: Math.round(progress.afterMs) });
          this.#deps.onNews();
        },
      });
      const cells = roster?.map((found, member) => plan.members[member]!.cells.map((cell, day) => (isAway(cell) ? cell : found[day]!))) ?? null;
      Object.assign(job, { state: 'ended', cost: roster === null ? null : cost, parts: roster === null ? null : partsOf(problem, roster), bound, isProven, bestAfterMs: Math.round(bestAfterMs), without: [...without], cells });
    } catch (error) {
      this.#deps.log.error({ error: String(error) }, 'the search for a roster failed');
      job.state = 'failed';
    }
    this.#deps.onNews();
  }
}
