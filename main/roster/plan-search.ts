import type { Log } from '../platform/log.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { RosterJob, RosterPlan } from '../../contract/roster.ts';
import { isAway } from '../../contract/roster-seats.ts';
import { planRoster } from './engine/planner.ts';
import { problemOf, turnLines } from './model.ts';
import { BARE, linePlanOf, pinned, type Ground } from './plan-check.ts';

export interface PlanSearchDeps { nowMs: () => number; log: Pick<Log, 'error'>; onNews: () => void }

interface Running { job: RosterJob; stop: AbortController; over: Promise<void> }

/** One search for a roster at a time, in threads of the engine's own; a new one ends the one before. What the last one found is kept until then. */
export class PlanSearch {
  readonly #deps: PlanSearchDeps;
  #current: Running | null = null;

  constructor(deps: PlanSearchDeps) {
    this.#deps = deps;
  }

  /** Begins a search around the leave and the pins of a plan. @returns how it stands, at once */
  begin(plan: RosterPlan, seconds: number, ground: Ground = BARE): RosterJob {
    this.#current?.stop.abort();
    const stop = new AbortController();
    const job: RosterJob = { id: newId(this.#deps.nowMs()), state: 'running', cost: null, bound: null, isProven: false, isCalledOff: false, afterMs: 0, bestAfterMs: 0, without: [], cells: null };
    const running: Running = { job, stop, over: this.#run(job, { plan, ground, seconds }, stop.signal) };
    this.#current = running;
    return job;
  }

  job(id: Id): RosterJob | null {
    return this.#current?.job.id === id ? this.#current.job : null;
  }

  /** Ends a search; the best that it has found is kept. */
  callOff(id: Id): void {
    if (this.#current?.job.id !== id || this.#current.job.state !== 'running') return;
    this.#current.job.isCalledOff = true;
    this.#current.stop.abort();
  }

  async close(): Promise<void> {
    this.#current?.stop.abort();
    await this.#current?.over;
  }

  async #run(job: RosterJob, { plan, ground, seconds }: { plan: RosterPlan; ground: Ground; seconds: number }, signal: AbortSignal): Promise<void> {
    const line = pinned(linePlanOf(plan, ground), plan);
    try {
      const { roster, cost, bound, isProven, bestAfterMs, without } = await planRoster(problemOf(line), {
        seconds, seed: 1, turns: turnLines(line), signal, isBehind: true,
        onProgress: progress => {
          Object.assign(job, { cost: Number.isFinite(progress.cost) ? progress.cost : null, bound: progress.bound, afterMs: Math.round(progress.afterMs) });
          this.#deps.onNews();
        },
      });
      const cells = roster?.map((found, member) => plan.members[member]!.cells.map((cell, day) => (isAway(cell) ? cell : found[day]!))) ?? null;
      Object.assign(job, { state: 'ended', cost: roster === null ? null : cost, bound, isProven, bestAfterMs: Math.round(bestAfterMs), without: [...without], cells });
    } catch (error) {
      this.#deps.log.error({ error: String(error) }, 'the search for a roster failed');
      job.state = 'failed';
    }
    this.#deps.onNews();
  }
}
