import { COMP, daysOf, firstWeekdayOf, OFF, type PatternShift, type RosterPlan } from './roster.ts';

const WEEK_DAYS = 7;

/** Minutes of a shift that count as work: a break in the middle does not. */
export function workMinutes({ minutes, breakMin }: Pick<PatternShift, 'minutes' | 'breakMin'>): number {
  return minutes - (breakMin ?? 0);
}

/** Whether the desk is staffed on a day of the month, from 0: always, or on its weekdays that are no public holidays. */
export function isOpenOn({ month, openOn, holidays }: Pick<RosterPlan, 'month' | 'openOn' | 'holidays'>, day: number): boolean {
  return openOn === undefined || (openOn.includes((firstWeekdayOf(month) + day) % WEEK_DAYS + 1) && holidays?.includes(day) !== true);
}

/** How many people a shift needs on a day. @param kind of the pattern, from 0 @param day from 0 */
export function seatsAt(plan: Pick<RosterPlan, 'month' | 'openOn' | 'holidays' | 'shifts' | 'seats'>, day: number, kind: number): number {
  return isOpenOn(plan, day) ? plan.shifts[kind]?.seats ?? plan.seats : 0;
}

/** How many of a shift's people have to have a skill: never more than sit there. @param seats how many have to have it where there are as many @param day from 0 */
export function skilledAt(plan: Parameters<typeof seatsAt>[0], seats: number, day: number, kind: number): number {
  return Math.min(seats, seatsAt(plan, day, kind));
}

/** Seats of the whole month. */
export function seatsOfMonth(plan: Pick<RosterPlan, 'month' | 'openOn' | 'holidays' | 'shifts' | 'seats'>): number {
  let sum = 0;
  for (let day = 0; day < daysOf(plan.month); day++) for (let kind = 0; kind < plan.shifts.length; kind++) sum += seatsAt(plan, day, kind);
  return sum;
}

/** Whether a cell keeps somebody away from any shift: leave (nghỉ phép) or time off in lieu (nghỉ bù). */
export function isAway(cell: number): boolean {
  return cell < OFF && cell >= COMP;
}
