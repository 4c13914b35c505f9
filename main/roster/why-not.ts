import { OFF, type RosterBroken, type RosterPlan } from '../../contract/roster.ts';
import type { RosterReason, WhyNot } from '../../contract/roster-explain.ts';
import { isAway, seatsAt } from '../../contract/roster-seats.ts';
import { workedOf, type RosterProblem } from './engine/problem.ts';
import { problemOf } from './model.ts';
import { BARE, brokenOf, canBePlanned, linePlanOf, newlyBroken, rosterOf, shareOf, type Ground } from './plan-check.ts';
import { valuesOf } from './rules.ts';

const DAY_MINUTES = 1_440;

/** A breach with the figures that a sentence needs: of too short a rest, how long it is and has to be. */
function reasonOf(plan: RosterPlan, { rules }: Ground, broken: RosterBroken): RosterReason {
  const bare = { ...broken, restMinutes: null, least: null, isBefore: false };
  if (broken.rule !== 'notNext') return bare;
  const [last, next] = [plan.shifts[broken.allowed], plan.shifts[broken.is]];
  if (last === undefined || next === undefined) return bare;
  return { ...bare, restMinutes: DAY_MINUTES + next.fromMin - last.fromMin - last.minutes, least: valuesOf(rules[plan.members[broken.member]?.profile ?? plan.profile]).restMinutes, isBefore: broken.day === 0 };
}

/** What of the limits somebody's month would break in a shift that it does not break now; leave is one of the reasons. */
function breaksWith(plan: RosterPlan, problem: RosterProblem, { ground, member, day, cell }: { ground: Ground; member: number; day: number; cell: number }): RosterBroken[] {
  const now = rosterOf({ members: [plan.members[member]!] })[0]!;
  const judged = { plan, problem, rules: ground.rules };
  return newlyBroken(brokenOf(judged, member, now.with(day, cell)), brokenOf(judged, member, now));
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
    const reasons = breaksWith(plan, problem, { ground, member: at, day, cell: shift + 1 }).map(broken => reasonOf(plan, ground, broken));
    return [{ member: at, was, share: shareOf(line, roster[at]!), reasons, empties: isAway(was) ? null : empties(was), isOffSite: member.offSite === true }];
  }).sort((a, b) => weightOf(a) - weightOf(b) || a.share.minutes - b.share.minutes || a.member - b.member);
}

const weightOf = ({ reasons, empties, isOffSite }: WhyNot): number => reasons.length + Number(empties !== null) + Number(isOffSite);
