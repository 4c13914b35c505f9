import type { Id } from './ids.ts';
import type { PatternShift, RosterPlan } from './roster.ts';
import { DUTY_DESKS, type DutyDesk } from './roster-desks.ts';
import { instantOf, VIETNAM_OFFSET_MS } from './time.ts';

const MINUTE_MS = 60_000, HOUR = 60, DAY = 1_440;
const two = (n: number): string => String(n).padStart(2, '0');
const MONTHS = 12;
/** Numbers of months go by three desks at a time, over a hundred years. */
const DESKS_EACH = 3, MONTHS_IN_ALL = 1_200;

/**
 * The id of a desk's published month at a site: whoever publishes it, wherever, means the same row, and the province decides between two. It is the
 * site's own id but for its version digit (8: made by a rule) and its last four digits, which say month and desk.
 */
export function rosterId(siteId: Id, service: DutyDesk, month: string): Id {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const at = DUTY_DESKS.indexOf(service), month0 = (year - 2000) * MONTHS + number - 1;
  const which = Math.floor(at / DESKS_EACH) * DESKS_EACH * MONTHS_IN_ALL + month0 * DESKS_EACH + at % DESKS_EACH;
  const last = Number.parseInt(siteId.slice(-4), 16) ^ which;
  return `${siteId.slice(0, 14)}8${siteId.slice(15, -4)}${last.toString(16).padStart(4, '0')}`;
}

/** When the shift of a cell begins, ms. @param day from 0 @param cell a shift of the pattern, the first being 1 */
export function shiftStartMs({ month, shifts }: Pick<RosterPlan, 'month' | 'shifts'>, day: number, cell: number): number {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return instantOf(year, number, day + 1) + shifts[cell - 1]!.fromMin * MINUTE_MS;
}

/** When it ends, ms: of a night's, on the day after. */
export function shiftEndMs(plan: Pick<RosterPlan, 'month' | 'shifts'>, day: number, cell: number): number {
  return shiftStartMs(plan, day, cell) + plan.shifts[cell - 1]!.minutes * MINUTE_MS;
}

/** The month of an instant in Vietnam, yyyy-MM, and its day from 0. */
export function monthDayOf(atMs: number): { month: string; day: number } {
  const civil = new Date(atMs + VIETNAM_OFFSET_MS);
  return { month: civil.toISOString().slice(0, 7), day: civil.getUTCDate() - 1 };
}

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
