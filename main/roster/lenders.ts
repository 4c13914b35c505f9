import { OFF, type RosterPlan } from '../../contract/roster.ts';
import type { DutyDesk } from '../../contract/roster-desks.ts';
import { isAway, workMinutes } from '../../contract/roster-seats.ts';
import { isSame } from './carry.ts';
import { restBeside, shiftsOf } from './elsewhere.ts';
import { capacityOf, mostMinutes } from './model.ts';
import { BARE, canBePlanned, linePlanOf, type Ground } from './plan-check.ts';
import { valuesOf } from './rules.ts';

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

/** Minutes that each member with a seat would work if the month's seats were shared out as evenly as can be, and how much of that is above what they may; only whom that is above. */
export function overtimeOf(plan: RosterPlan, ground: Ground = BARE): { member: number; minutes: number; above: number }[] {
  if (!canBePlanned(plan)) return [];
  const line = linePlanOf(plan, ground);
  const { needed, missing } = capacityOf(line);
  const each = workMinutes(plan.shifts[0]!);
  if (missing === 0 || line.shifts.some(shift => workMinutes(shift) !== each)) return [];
  const people = line.members.map((one, member) => ({ member, days: one.isOffSite === true ? 0 : line.days - one.leave.length, may: Math.floor(mostMinutes(line, one) / each), shifts: 0 }));
  for (let left = needed; left > 0; left--) {
    const next = people.filter(({ shifts, days }) => shifts < days).reduce<(typeof people)[number] | null>((least, one) => (least === null || one.shifts < least.shifts ? one : least), null);
    if (next === null) break;
    next.shifts += 1;
  }
  return people.flatMap(({ member, shifts, may }) => (shifts > may ? [{ member, minutes: shifts * each, above: (shifts - may) * each }] : []));
}
