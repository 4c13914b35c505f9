import { monthDayOf } from '../../../contract/roster-days.ts';
import { useMinute } from '../../ui/clock.ts';

/** The day of a month that it is, from 0; null in another month. */
export function useToday(month: string): number | null {
  const now = monthDayOf(useMinute());
  return now.month === month ? now.day : null;
}
