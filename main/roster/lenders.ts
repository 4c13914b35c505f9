import { OFF, type RosterBroken, type RosterPlan } from '../../contract/roster.ts';
import { MOST_WAYS } from '../../contract/roster-explain.ts';
import type { DutyDesk } from '../../contract/roster-desks.ts';
import { isAway, workMinutes } from '../../contract/roster-seats.ts';
import { isSame } from './carry.ts';
import { restBeside, shiftsOf } from './elsewhere.ts';
import { BARE, type Ground } from './plan-check.ts';
import { valuesOf } from './rules.ts';
import { whyNot } from './why-not.ts';

/** Months of the site's other desks: of this month as they are in force or planned, and what is in force of those beside it. */
export interface OtherMonths { now: readonly RosterPlan[]; beside: readonly RosterPlan[] }

/**
 * Who of the other desks of a site might be lent for a shift: whoever is in their month, has a seat, is on no leave that day, and rests long enough before and after it, whatever desk it is at. People
 * who are in this plan already are not among them. Whom the directory does not have is known at one desk only.
 *
 * @param shift of the pattern, from 0
 */
export function lendersOf(plan: RosterPlan, day: number, shift: number, { others: { now, beside }, rules }: { others: OtherMonths; rules: Ground['rules'] }): { desk: DutyDesk; name: string }[] {
  const wanted = plan.shifts[shift];
  if (wanted === undefined) return [];
  return now.flatMap(month => {
    const nearby = [...now, ...beside];
    return month.members.filter(member => {
      if (member.offSite === true || isAway(member.cells[day] ?? OFF) || plan.members.some(one => isSame(one, member))) return false;
      const known = member.personId === null ? nearby.filter(({ service }) => service === month.service) : nearby;
      return (restBeside(wanted, day, shiftsOf(plan.month, member, known)) ?? Infinity) >= valuesOf(rules[member.profile ?? month.profile]).restMinutes;
    }).map(({ name }) => ({ desk: month.service, name }));
  });
}

/** Limits of hours: what may be broken by overtime, and nothing else. */
const OF_HOURS: readonly RosterBroken['rule'][] = ['minutes', 'daysOff'];

/**
 * Who might take one empty seat if hours were no matter, each alone, who works least first: whoever is free on that day and would break nothing but limits of hours. Nobody where somebody can take it
 * within them. `minutes`: what they would work in the month; `above`: of the one shift.
 *
 * @param shift of the pattern, from 0
 */
export function overtimeOf(plan: RosterPlan, day: number, shift: number, ground: Ground = BARE): { member: number; minutes: number; above: number }[] {
  const free = whyNot(plan, day, shift, ground).filter(({ was, isOffSite }) => was === OFF && !isOffSite);
  if (free.some(({ reasons }) => reasons.length === 0)) return [];
  const above = plan.shifts[shift] === undefined ? 0 : workMinutes(plan.shifts[shift]);
  return free.filter(({ reasons }) => reasons.every(({ rule }) => OF_HOURS.includes(rule))).map(({ member, share }) => ({ member, minutes: share.minutes + above, above }))
    .sort((a, b) => a.minutes - b.minutes || a.member - b.member).slice(0, MOST_WAYS);
}
