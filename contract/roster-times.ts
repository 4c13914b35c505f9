import type { PatternShift } from './roster.ts';

const HOUR = 60, DAY = 1_440;
const two = (n: number): string => String(n).padStart(2, '0');

/** When a shift begins and ends on the clock, "22:00" and "06:00"; `daysLater`: on which day after its own it ends. */
export function shiftTimes({ fromMin, minutes }: Pick<PatternShift, 'fromMin' | 'minutes'>): { from: string; to: string; daysLater: number } {
  const clock = (min: number): string => `${two(Math.floor(min / HOUR) % 24)}:${two(min % HOUR)}`;
  const end = fromMin + minutes;
  return { from: clock(fromMin), to: clock(end), daysLater: Math.floor(end / DAY) - Math.floor(fromMin / DAY) };
}

/** "08/2026" of a month yyyy-MM. */
export function monthName(month: string): string {
  return `${month.slice(5)}/${month.slice(0, 4)}`;
}
