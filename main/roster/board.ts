import type { BoardLine, BoardShift } from '../../contract/documents/duty-calls.ts';
import { dutyPlan, type DutyRoster } from '../../contract/documents/duty-roster.ts';
import { onDutyIn } from '../../contract/duty-hours.ts';
import type { RosterPlan } from '../../contract/roster.ts';
import type { DutyDesk } from '../../contract/roster-desks.ts';
import { monthDayOf, shiftEndMs, shiftStartMs } from '../../contract/roster-days.ts';
import { seatsAt } from '../../contract/roster-seats.ts';
import { civilParts, startOfDay } from '../../contract/time.ts';

const DAY_MS = 86_400_000, WEEK_DAYS = 7;

/** Every shift that begins on a civil day of Vietnam, with who works it. Null: the month is not published. */
function shiftsOn(dayMs: number, planOf: (month: string) => RosterPlan | null): BoardShift[] | null {
  const { month, day } = monthDayOf(dayMs);
  const plan = planOf(month);
  if (plan === null) return null;
  return plan.shifts.map(({ code, isNight }, kind) => ({
    code, isNight, fromMs: shiftStartMs(plan, day, kind + 1), toMs: shiftEndMs(plan, day, kind + 1), seats: seatsAt(plan, day, kind),
    names: plan.members.filter(({ cells }) => cells[day] === kind + 1).map(({ name }) => name),
  })).sort((a, b) => a.fromMs - b.fromMs);
}

/**
 * The board of a line: who is on duty at this moment, also in a night that began yesterday or last month, who comes next, and the week from Monday.
 *
 * @param planOf who works when in a month (yyyy-MM); null when it is not published
 */
export function boardLine(service: DutyDesk, nowMs: number, planOf: (month: string) => RosterPlan | null): BoardLine {
  const known = new Map<string, RosterPlan | null>();
  const once = (month: string): RosterPlan | null => {
    if (!known.has(month)) known.set(month, planOf(month));
    return known.get(month)!;
  };
  const today = startOfDay(nowMs);
  const around = [-1, 0, 1].flatMap(by => shiftsOn(today + by * DAY_MS, once) ?? []);
  const nextMs = Math.min(...around.map(({ fromMs }) => fromMs).filter(fromMs => fromMs > nowMs));
  const monday = today - (civilParts(nowMs).weekday - 1) * DAY_MS;
  const week = Array.from({ length: WEEK_DAYS }, (_, by) => ({ dayMs: monday + by * DAY_MS, shifts: shiftsOn(monday + by * DAY_MS, once) }));
  return {
    service, isPublished: once(monthDayOf(nowMs).month) !== null, now: around.filter(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs), next: around.filter(({ fromMs }) => fromMs === nextMs),
    week: week.every(({ shifts }) => shifts === null) ? null : week.map(({ dayMs, shifts }) => ({ dayMs, shifts: shifts ?? [] })),
  };
}

/** Where a shift of the board stands in its month: a pattern's shift may begin at 24:00 of the day that it is of. */
function spotOf({ code, fromMs }: BoardShift, plan: RosterPlan): { code: string; day: number; cell: number } | undefined {
  const { day: today } = monthDayOf(fromMs);
  return [today, today - 1].flatMap(day => plan.shifts.map((one, kind) => ({ code: one.code, day, cell: kind + 1 }))).find(one => one.day >= 0 && one.code === code && shiftStartMs(plan, one.day, one.cell) === fromMs);
}

/** A shift that runs, with who is there at this moment: whoever has come instead of another is in their place. @param nameOf of whoever is not in the plan */
export function asItRuns(shift: BoardShift, roster: DutyRoster | null, nowMs: number, nameOf: (id: string) => string): BoardShift {
  if (roster === null) return shift;
  const plan = dutyPlan(roster), at = spotOf(shift, plan);
  if (at === undefined) return shift;
  const nameIn = (id: string): string => plan.members.find(one => one.personId === id)?.name ?? nameOf(id);
  const people = onDutyIn(roster, at.day, at.cell, nowMs).map(({ personId, name, insteadOfId, isKnown }) => ({ personId, isKnown, name: personId === null ? name : nameIn(personId), insteadOf: insteadOfId === null ? '' : nameIn(insteadOfId) }));
  return { ...shift, names: people.map(({ name }) => name), running: { id: roster.id, ...at, fromMs: shift.fromMs, toMs: shift.toMs, people } };
}

/** A shift of the week: one that runs has the names that it has above; in one that is over whoever took it over stands in the place of who was relieved, the last of several. */
export function asItWas(shift: BoardShift, roster: DutyRoster | null, nowMs: number, nameOf: (id: string) => string): BoardShift {
  if (roster === null || shift.fromMs > nowMs) return shift;
  if (nowMs < shift.toMs) return { ...shift, names: asItRuns(shift, roster, nowMs, nameOf).names };
  const plan = dutyPlan(roster), at = spotOf(shift, plan);
  if (at === undefined) return shift;
  const here = (roster.attended ?? []).filter(one => one.day === at.day && one.cell === at.cell && one.fromMs !== null);
  const lastOf = (personId: string): string => {
    const taker = here.find(one => one.insteadOfId === personId && (one.toMs === null || here.some(next => next.insteadOfId === one.personId)));
    return taker === undefined ? personId : lastOf(taker.personId);
  };
  const names = plan.members.filter(({ cells }) => cells[at.day] === at.cell).map(({ personId, name }) => {
    const last = personId === null ? null : lastOf(personId);
    return last === null || last === personId ? name : plan.members.find(one => one.personId === last)?.name ?? nameOf(last);
  });
  return { ...shift, names };
}
