import { OFF, type RosterBroken, type RosterPlan } from '../../contract/roster.ts';
import type { RosterReason, WhyNot } from '../../contract/roster-explain.ts';
import { isAway, seatsAt } from '../../contract/roster-seats.ts';
import { workedOf, type Line, type RosterPerson, type RosterProblem } from './engine/problem.ts';
import { problemOf } from './model.ts';
import { BARE, brokenOf, canBePlanned, linePlanOf, newlyBroken, rosterOf, shareOf, type Ground } from './plan-check.ts';

/** A breach with what a sentence of it needs: of too short a rest, the shifts before and after it. */
function reasonOf(cells: Line, { before }: RosterPerson, broken: RosterBroken): RosterReason {
  const { rule, day } = broken;
  if (rule !== 'notNext' || day === null) return { ...broken, last: null, next: null, isBefore: false };
  return { ...broken, last: day === 0 ? before.shift : cells[day - 1]! - 1, next: cells[day]! - 1, isBefore: day === 0 };
}

/** What of the limits somebody's month would break in a shift that it does not break now; leave is one of the reasons. */
function reasonsFor(plan: RosterPlan, problem: RosterProblem, { ground, member, day, cell }: { ground: Ground; member: number; day: number; cell: number }): RosterReason[] {
  const now = rosterOf({ members: [plan.members[member]!] })[0]!, then = now.with(day, cell);
  const judged = { plan, problem, ...ground };
  return newlyBroken(brokenOf(judged, member, then), brokenOf(judged, member, now)).map(broken => reasonOf(then, problem.people[member]!, broken));
}

/**
 * Why each member who is not in a shift of a day cannot take it: every limit that their month would break and does not break now, with its figures, and whose seat would be empty for it. Whoever
 * has no reason against them first, of equals who works least.
 *
 * @param shift of the pattern, from 0
 */
export function whyNot(plan: RosterPlan, day: number, shift: number, ground: Ground = BARE): WhyNot[] {
  if (!canBePlanned(plan) || plan.shifts[shift] === undefined || plan.members[0]?.cells[day] === undefined) return [];
  const line = linePlanOf(plan, ground), problem = problemOf(line), roster = rosterOf(plan);
  const worked = workedOf(problem, roster), kinds = plan.shifts.length;
  const empties = (cell: number): number | null => (cell > OFF && worked[day * kinds + cell - 1]! <= seatsAt(plan, day, cell - 1) ? cell : null);
  return plan.members.flatMap((member, at): WhyNot[] => {
    const was = member.cells[day]!;
    if (was === shift + 1) return [];
    const reasons = reasonsFor(plan, problem, { ground, member: at, day, cell: shift + 1 });
    return [{ member: at, was, share: shareOf(line, roster[at]!), reasons, empties: isAway(was) ? null : empties(was), isOffSite: member.offSite === true }];
  }).sort((a, b) => weightOf(a) - weightOf(b) || a.share.minutes - b.share.minutes || a.member - b.member);
}

const weightOf = ({ reasons, empties, isOffSite }: WhyNot): number => reasons.length + Number(empties !== null) + Number(isOffSite);
