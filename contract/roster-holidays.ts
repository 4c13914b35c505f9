import { dayOfDate, type SpecialDay } from './policy/calendar.ts';
import { monthDayOf } from './roster-days.ts';
import type { RosterPlan } from './roster.ts';

/** The public holidays of a plan's month by day, from 0, each with its name in the calendar, '' where it has none; a month that names no holidays has those of the calendar. */
export function publicHolidays({ month, holidays }: Pick<RosterPlan, 'month' | 'holidays'>, days: readonly SpecialDay[]): ReadonlyMap<number, string> {
  const known = new Map(days.filter(({ working }) => !working).map(({ date, name }) => ({ ...monthDayOf(dayOfDate(date)), name })).filter(one => one.month === month).map(({ day, name }) => [day, name]));
  return holidays === undefined ? known : new Map(holidays.map(day => [day, known.get(day) ?? '']));
}
