import type { Contact, Duty, FocalPoint, Unit } from './org.ts';
import { specialDay, type WorkingCalendar } from './policy/calendar.ts';
import { civilParts } from './time.ts';

/**
 * Whom to call at a unit, and why it is that person. `reason`, who it is: `unit` its own number, nobody by name; `gap` nobody is there to
 * take the focal point's place. `focal`, how the focal point stands: `none` the unit has none, or the one it has named is not in effect
 * yet. `name` is empty for the unit's own number; `phone` null: the directory has none.
 */
export type Reach = { name: string; phone: string | null } & (
  | { reason: 'in-hours'; focal: 'on-duty' }
  | { reason: 'deputy' | 'head' | 'unit' | 'gap'; focal: 'off-duty' | 'no-number' | 'none' });

type Reachable = Pick<Unit, 'focalPoint' | 'head' | 'phone'>;

const MONDAY = 1, SUNDAY = 7;

/** A holiday has the hours of a Sunday, a day worked instead (làm bù) those of a Monday. */
function dutyWeekday(calendar: WorkingCalendar, atMs: number): number {
  const isWorked = specialDay(calendar, atMs);
  if (isWorked === undefined) return civilParts(atMs).weekday;
  return isWorked ? MONDAY : SUNDAY;
}

/**
 * Whether someone with these hours is on duty at `atMs`; a span holds from its first minute to before its last. Hours that are not
 * given, or in a way that only a later version knows, keep nobody from being called.
 */
export function isOnDuty(duty: Duty | null | undefined, atMs: number, calendar: WorkingCalendar): boolean {
  if (duty?.kind !== 'weekly') return true;
  const weekday = dutyWeekday(calendar, atMs);
  const { hour, minute } = civilParts(atMs);
  const now = hour * 60 + minute;
  return duty.spans.some(({ weekdays, fromMin, toMin }) => weekdays.includes(weekday) && now >= fromMin && now < toMin);
}

/** The focal point that is in effect at `atMs`; null where there is none. */
export function focalAt({ focalPoint }: Pick<Unit, 'focalPoint'>, atMs: number): FocalPoint | null {
  return focalPoint === null || (focalPoint.effectiveFromMs ?? -Infinity) > atMs ? null : focalPoint;
}

/**
 * Whom to call at the unit at `atMs` (Q13.5): the focal point within its hours, else its deputy, else the head of the unit, else the
 * unit's own number. Whoever has no number is passed over. Where all that leaves nobody, the focal point's number is given outside its
 * hours: `gap`, and better than none.
 *
 * @param calendar the policy's, for its holidays
 */
export function reachOf(unit: Reachable, atMs: number, calendar: WorkingCalendar): Reach {
  const point = focalAt(unit, atMs);
  if (point !== null && canBeCalled(point) && isOnDuty(point.duty, atMs, calendar)) return { reason: 'in-hours', focal: 'on-duty', name: point.name, phone: point.phone };
  const focal = point === null ? 'none' : point.phone === '' ? 'no-number' : 'off-duty';
  const call = (reason: 'deputy' | 'head' | 'gap', { name, phone }: Contact): Reach => ({ reason, focal, name, phone });
  if (point !== null && canBeCalled(point.deputy)) return call('deputy', point.deputy);
  if (canBeCalled(unit.head)) return call('head', unit.head);
  if (unit.phone !== '') return { reason: 'unit', focal, name: '', phone: unit.phone };
  return point !== null && canBeCalled(point) ? call('gap', point) : { reason: 'gap', focal, name: '', phone: null };
}

function canBeCalled(contact: Contact | null | undefined): contact is Contact {
  return contact !== null && contact !== undefined && contact.phone !== '';
}

/** Asked, the unit has named nobody; of what the directory does not say, nothing is held against it. */
function isNobody(contact: Contact | null | undefined): boolean {
  return contact === null || (contact !== undefined && contact.name === '' && contact.phone === '');
}

/**
 * Whether the unit has nobody whom a record could go to: no focal point in effect at `atMs`, and it has said that no head is
 * named, to whom the record would fall (Q13.5).
 */
export function hasNobody(unit: Partial<Pick<Unit, 'focalPoint' | 'head'>>, atMs: number): boolean {
  const { focalPoint, head } = unit;
  return focalPoint !== undefined && focalAt({ focalPoint }, atMs) === null && isNobody(head);
}

/** What Q13.5 asks a handling unit for and it has not given: a focal point, or of the one it has the deputy or the hours. */
export const FOCAL_GAPS = ['focal', 'deputy', 'hours'] as const;
export type FocalGap = (typeof FOCAL_GAPS)[number];

/** What is missing at the unit at `atMs`, the worst of it; null when nothing is, or when it takes no records (Q3.6) and needs none. */
export function focalGap(unit: Pick<Unit, 'focalPoint' | 'handling'>, atMs: number): FocalGap | null {
  if (!unit.handling) return null;
  const point = focalAt(unit, atMs);
  if (point === null) return 'focal';
  if (isNobody(point.deputy)) return 'deputy';
  return point.hours === '' && (point.duty === undefined || point.duty === null) ? 'hours' : null;
}
