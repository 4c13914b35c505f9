import { LEAVE, type RosterGap, type RosterPlan, type RosterReplanned } from '../../contract/roster.ts';
import { isAway, seatsAt, skilledAt } from '../../contract/roster-seats.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Log } from '../platform/log.ts';
import { countedOf, type Roster, type RosterProblem } from './engine/problem.ts';
import type { Replanned, ReplanAsk } from './engine/replan.ts';
import { Replanner } from './engine/replanner.ts';
import { problemOf } from './model.ts';
import { BARE, linePlanOf, pinned, rosterOf, type Ground } from './plan-check.ts';

/** It may take so long, s; then what is best by then is taken, unproven. */
const SECONDS = 20;
/** So long an answer waits for the proof, ms; then the best there is is given. */
export const ANSWER_MS = 450;

/** A member and the days of their absence, both with it. */
export interface PlanAbsence { member: number; from: number; to: number }

/** Whether the plan has such a member and such days. */
export function isAbsence({ members }: RosterPlan, { member, from, to }: PlanAbsence): boolean {
  const days = members[member]?.cells.length ?? 0;
  return from <= to && to < days;
}

export interface PlanReplansDeps { nowMs: () => number; log: Pick<Log, 'error'>; onNews: () => void }

interface Running { id: Id; now: RosterReplanned | null; stop: AbortController; over: Promise<void> }

/**
 * Replans months after absences: each lost seat and skill is asked for again, as few cells as can be change, none that is pinned and nothing before the first day of the absence. One at a time; what the last one found is kept
 * until then.
 */
export class PlanReplans {
  readonly #deps: PlanReplansDeps;
  readonly #replanner = new Replanner();
  #current: Running | null = null;

  constructor(deps: PlanReplansDeps) {
    this.#deps = deps;
  }

  /** Makes ready for the first one. */
  warm(): void {
    this.#replanner.warm();
  }

  /** @returns what there is when it is over or `ANSWER_MS` have passed, as soon as there is something */
  async begin(plan: RosterPlan, absence: PlanAbsence, ground: Ground = BARE): Promise<RosterReplanned> {
    this.#current?.stop.abort();
    const id = newId(this.#deps.nowMs()), stop = new AbortController(), first = Promise.withResolvers<undefined>(), late = Promise.withResolvers<undefined>();
    const running: Running = { id, now: null, stop, over: Promise.resolve() };
    const timer = setTimeout(() => { late.resolve(undefined); }, ANSWER_MS);
    running.over = this.#run(running, asked(plan, absence, ground), first.resolve);
    this.#current = running;
    await Promise.race([running.over, Promise.all([first.promise, late.promise])]);
    clearTimeout(timer);
    if (running.now === null) throw new AppError('internal/unexpected');
    return running.now;
  }

  now(id: Id): RosterReplanned | null {
    return this.#current?.id === id ? this.#current.now : null;
  }

  /** Ends it; the best that it has found is kept. */
  callOff(id: Id): void {
    if (this.#current?.id === id) this.#current.stop.abort();
  }

  async close(): Promise<void> {
    this.#current?.stop.abort();
    await this.#replanner.close();
    await this.#current?.over;
  }

  async #run(running: Running, { ask, tell }: Asked, onFirst: (nothing: undefined) => void): Promise<void> {
    const take = (found: Replanned | null, isOver: boolean): void => {
      running.now = { id: running.id, isOver, ...tell(found) };
      onFirst(undefined);
      this.#deps.onNews();
    };
    try {
      take(await this.#replanner.replan(ask, { seconds: SECONDS, signal: running.stop.signal, onBetter: better => { take(better, false); } }), true);
    } catch (error) {
      this.#deps.log.error({ error: String(error) }, 'replanning after an absence failed');
      if (running.now !== null) running.now = { ...running.now, isOver: true };
      this.#deps.onNews();
    }
  }
}

interface Asked { ask: ReplanAsk; tell: (found: Replanned | null) => Omit<RosterReplanned, 'id' | 'isOver'> }

/** An absence as the engine is asked, and how what it finds is told of the plan. */
function asked(plan: RosterPlan, { member, from, to }: PlanAbsence, ground: Ground): Asked {
  const away: RosterPlan = { ...plan, members: plan.members.map((one, row) => (row === member ? { ...one, cells: one.cells.map((cell, day) => (day >= from && day <= to ? LEAVE : cell)) } : one)) };
  const problem = lostOnly(problemOf(pinned(linePlanOf(away, ground), away)), plan);
  return {
    ask: { problem, roster: rosterOf(plan), absence: { person: member, from, to }, frozenDays: from },
    tell: found => {
      const roster = found?.roster ?? rosterOf(away);
      const cells = away.members.map((one, row) => one.cells.map((cell, day) => (isAway(cell) ? cell : roster[row]![day]!)));
      return {
        cells, isProven: found?.isProven ?? false, kept: [...found?.kept ?? []],
        changes: away.members.flatMap((one, row) => one.cells.flatMap((was, day) => (cells[row]![day] === was ? [] : [{ member: row, day, was, is: cells[row]![day]! }]))),
        ...missing(problem, roster, plan),
      };
    },
  };
}

/** Which of the seats that are asked for nobody sits on, and where somebody with a skill is lacking who is asked for; told with what the plan itself needs there. */
function missing(problem: RosterProblem, roster: Roster, plan: RosterPlan): Pick<RosterReplanned, 'gaps' | 'lacking'> {
  const counted = countedOf(problem, roster), { need, also = [] } = problem.cover, kinds = plan.shifts.length;
  const short = (wanted: Int32Array, row: number, needAt: (day: number, shift: number) => number): RosterGap[] => Array.from(wanted).flatMap((asked, at) => {
    const is = counted[row * need.length + at]!, day = Math.floor(at / kinds), shift = at % kinds;
    return is >= asked ? [] : [{ day, shift, is, need: needAt(day, shift) }];
  });
  return {
    gaps: short(need, 0, (day, shift) => seatsAt(plan, day, shift)),
    lacking: (plan.needs ?? []).flatMap(({ skill, seats }, at) => short(also[at]!.need, at + 1, (day, shift) => skilledAt(plan, seats, day, shift)).map(one => ({ ...one, skill }))),
  };
}

/** The problem with no more people wanted in a shift, nor with a skill, than sat there before: what was empty or lacking already is not what the absence has made. */
function lostOnly(problem: RosterProblem, plan: RosterPlan): RosterProblem {
  const before = countedOf(problem, rosterOf(plan)), { need, also } = problem.cover;
  const lost = (wanted: Int32Array, row: number): Int32Array => wanted.map((one, at) => Math.min(one, before[row * need.length + at]!));
  return { ...problem, cover: { ...problem.cover, need: lost(need, 0), ...also !== undefined && { also: also.map((one, skill) => ({ ...one, need: lost(one.need, skill + 1) })) } } };
}
