import type { Id } from './ids.ts';
import { ROSTER_LINES, type RosterLine, type RosterPlan } from './roster.ts';
import { instantOf, VIETNAM_OFFSET_MS } from './time.ts';

const MINUTE_MS = 60_000;
const MONTHS = 12;

/**
 * The id of a line's published month at a site: whoever publishes it, wherever, means the same row, and the province decides between two. It is the
 * site's own id but for its version digit (8: made by a rule) and its last four digits, which say month and line.
 */
export function rosterId(siteId: Id, service: RosterLine, month: string): Id {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const which = ((year - 2000) * MONTHS + number - 1) * ROSTER_LINES.length + ROSTER_LINES.indexOf(service);
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
