import { civilParts, instantOf, startOfDay, VIETNAM_OFFSET_MS } from '../time.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Further than this nobody looks: a calendar that gives no time in so many days gives none. */
const MAX_DAYS = 4_000;

/** Hours of a working day, minutes from midnight; spans do not touch each other and rise. */
export interface WorkingSpan { fromMin: number; toMin: number }
/** A day that is not what its weekday says: a holiday (nghỉ lễ), or a day worked instead (làm bù). `date` is yyyy-MM-dd in Vietnam. */
export interface SpecialDay { date: string; name: string; working: boolean }
/** Office hours as data; weekdays are 1 for Monday … 7 for Sunday. */
export interface WorkingCalendar { weekdays: readonly number[]; spans: readonly WorkingSpan[]; days: readonly SpecialDay[] }

/** yyyy-MM-dd of an instant in Vietnam. */
export function civilDate(atMs: number): string {
  const { year, month, day } = civilParts(atMs);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The first instant of a yyyy-MM-dd in Vietnam, ms. */
export function dayOfDate(date: string): number {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return instantOf(year, month, day);
}

/** Special days of a calendar by the number of the day: a clock asks for every day that it runs over. */
const SPECIALS = new WeakMap<WorkingCalendar, ReadonlyMap<number, boolean>>();

function specialsOf(calendar: WorkingCalendar): ReadonlyMap<number, boolean> {
  const known = SPECIALS.get(calendar);
  if (known !== undefined) return known;
  const made = new Map(calendar.days.map(({ date, working }) => [dayNumber(dayOfDate(date)), working]));
  SPECIALS.set(calendar, made);
  return made;
}

/** Days since 1 January 1970, a Thursday, in Vietnam. */
function dayNumber(atMs: number): number {
  return Math.floor((atMs + VIETNAM_OFFSET_MS) / DAY_MS);
}

/** Whether the civil day that `atMs` falls on is worked, where the calendar names it as a special day. */
export function specialDay(calendar: WorkingCalendar, atMs: number): boolean | undefined {
  return specialsOf(calendar).get(dayNumber(atMs));
}

/** Whether the civil day that `atMs` falls on is worked. */
export function isWorkingDay(calendar: WorkingCalendar, atMs: number): boolean {
  return specialDay(calendar, atMs) ?? calendar.weekdays.includes((dayNumber(atMs) + 3) % 7 + 1);
}

/** Minutes of work in one working day: what "một ngày làm việc" is worth. */
export function minutesOfDay(calendar: WorkingCalendar): number {
  return calendar.spans.reduce((sum, { fromMin, toMin }) => sum + toMin - fromMin, 0);
}

/** The worked spans of the civil day that begins at `dayMs`, as instants. */
function spansOn(calendar: WorkingCalendar, dayMs: number): { fromMs: number; toMs: number }[] {
  if (!isWorkingDay(calendar, dayMs)) return [];
  return calendar.spans.map(({ fromMin, toMin }) => ({ fromMs: dayMs + fromMin * MINUTE_MS, toMs: dayMs + toMin * MINUTE_MS }));
}

/**
 * The instant at which `spanMs` of working time have gone by since `fromMs`. The last instant of a span counts as its end, not as the
 * beginning of the next; nothing to wait for gives `fromMs` itself.
 *
 * @returns null where the calendar has no such time
 */
export function addWorking(calendar: WorkingCalendar, fromMs: number, spanMs: number): number | null {
  if (spanMs <= 0) return fromMs;
  let left = spanMs;
  let dayMs = startOfDay(fromMs);
  for (let day = 0; day < MAX_DAYS; day += 1, dayMs += DAY_MS) {
    for (const { fromMs: begin, toMs } of spansOn(calendar, dayMs)) {
      const start = Math.max(begin, fromMs);
      if (start >= toMs) continue;
      if (left <= toMs - start) return start + left;
      left -= toMs - start;
    }
  }
  return null;
}

/** Working time between two instants, ms; 0 when they do not rise. */
export function workingBetween(calendar: WorkingCalendar, fromMs: number, toMs: number): number {
  let sum = 0;
  for (let dayMs = startOfDay(fromMs); dayMs < toMs; dayMs += DAY_MS) {
    for (const span of spansOn(calendar, dayMs)) sum += Math.max(0, Math.min(span.toMs, toMs) - Math.max(span.fromMs, fromMs));
  }
  return sum;
}
