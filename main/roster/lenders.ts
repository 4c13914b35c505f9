import type { Id } from '../../contract/ids.ts';
import { OFF, type RosterPlan } from '../../contract/roster.ts';
import { desksAt, type DutyDesk } from '../../contract/roster-desks.ts';
import { shiftEndMs, shiftStartMs } from '../../contract/roster-days.ts';
import { isAway, workMinutes } from '../../contract/roster-seats.ts';
import type { Site } from '../../contract/org.ts';
import { capacityOf, mostMinutes } from './model.ts';
import { BARE, canBePlanned, linePlanOf, type Ground } from './plan-check.ts';
import { valuesOf } from './rules.ts';

const MINUTE_MS = 60_000;
const DAYS_NEAR = [-1, 0, 1];

/** A desk's month as it is in force or planned; null: nobody has touched it. */
export type MonthOf = (desk: DutyDesk) => RosterPlan | null;

/**
 * Who of the other desks of a site might be lent for a shift: whoever is in their month, on no leave that day, and rests long enough before and after it. People who are in this plan already are
 * not among them.
 *
 * @param shift of the pattern, from 0
 */
export function lendersOf(plan: RosterPlan, day: number, shift: number, { site, monthOf, rules }: { site: Pick<Site, 'tier'>; monthOf: MonthOf; rules: Ground['rules'] }): { desk: DutyDesk; name: string }[] {
  if (plan.shifts[shift] === undefined) return [];
  const [fromMs, toMs] = [shiftStartMs(plan, day, shift + 1), shiftEndMs(plan, day, shift + 1)];
  const ours = new Set<Id | string>(plan.members.map(({ personId, name }) => personId ?? name));
  return desksAt(site.tier).filter(desk => desk !== plan.service).flatMap(desk => {
    const month = monthOf(desk);
    if (month === null) return [];
    return month.members.filter(member => {
      if (ours.has(member.personId ?? member.name) || isAway(member.cells[day] ?? OFF)) return false;
      const restMs = valuesOf(rules[member.profile ?? month.profile]).restMinutes * MINUTE_MS;
      return DAYS_NEAR.every(by => {
        const cell = member.cells[day + by] ?? OFF;
        return cell <= OFF || shiftEndMs(month, day + by, cell) + restMs <= fromMs || toMs + restMs <= shiftStartMs(month, day + by, cell);
      });
    }).map(({ name }) => ({ desk, name }));
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
