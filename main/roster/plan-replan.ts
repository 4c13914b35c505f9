import { LEAVE, type RosterPlan, type RosterReplanned } from '../../contract/roster.ts';
import { replanRoster } from './engine/planner.ts';
import { workedOf, type RosterProblem } from './engine/problem.ts';
import { problemOf } from './model.ts';
import { linePlanOf, rosterOf } from './plan-check.ts';

/** It may take so long, s; then what is best by then is taken, unproven. */
const SECONDS = 20;

/** A member and the days of their absence, both with it. */
export interface PlanAbsence { member: number; from: number; to: number }

/** Whether the plan has such a member and such days. */
export function isAbsence({ members }: RosterPlan, { member, from, to }: PlanAbsence): boolean {
  const days = members[member]?.cells.length ?? 0;
  return from <= to && to < days;
}

/** Replans a month after an absence, in a thread of the engine's: each lost seat is asked for again, as few cells as can be change, nothing before the first day of the absence. */
export async function replanPlan(plan: RosterPlan, absence: PlanAbsence, signal: AbortSignal): Promise<RosterReplanned> {
  const { member, from, to } = absence;
  const away: RosterPlan = { ...plan, members: plan.members.map((one, row) => (row === member ? { ...one, cells: one.cells.map((cell, day) => (day >= from && day <= to ? LEAVE : cell)) } : one)) };
  const problem = lostOnly(problemOf(linePlanOf(away)), plan);
  const found = await replanRoster({ problem, roster: rosterOf(plan), absence: { person: member, from, to }, frozenDays: from }, { seconds: SECONDS, signal });
  const roster = found?.roster ?? rosterOf(away);
  const cells = away.members.map((one, row) => one.cells.map((cell, day) => (cell === LEAVE ? LEAVE : roster[row]![day]!)));
  const kinds = plan.shifts.length;
  return {
    cells, isProven: found?.isProven ?? false, kept: [...found?.kept ?? []],
    changes: away.members.flatMap((one, row) => one.cells.flatMap((was, day) => (cells[row]![day] === was ? [] : [{ member: row, day, was, is: cells[row]![day]! }]))),
    gaps: Array.from(workedOf(problem, roster)).flatMap((is, at) => (is >= problem.cover.need[at]! ? [] : [{ day: Math.floor(at / kinds), shift: at % kinds, is, need: plan.seats }])),
  };
}

/** The problem with no more people wanted in a shift than sat there before: what was empty already is not what the absence has made. */
function lostOnly(problem: RosterProblem, plan: RosterPlan): RosterProblem {
  const before = workedOf(problem, rosterOf(plan));
  return { ...problem, cover: { ...problem.cover, need: problem.cover.need.map((need, at) => Math.min(need, before[at]!)) } };
}
