import type { Handover } from '../../contract/documents/handover.ts';
import type { Id } from '../../contract/ids.ts';
import { establishmentOf, type Establishment } from '../../contract/policy/rosters.ts';
import { monthBeside } from '../../contract/roster.ts';
import { deskLines, type DutyDesk } from '../../contract/roster-desks.ts';
import { monthDayOf, shiftStartMs } from '../../contract/roster-days.ts';
import { isEmptyShift, isThinShift, workedIn } from '../../contract/duty-hours.ts';
import { dutyPlan } from '../../contract/documents/duty-roster.ts';
import { lengthOf } from '../../contract/spans.ts';
import type { Database } from '../../db/database.ts';
import { readDocuments } from '../../db/stores/documents.ts';
import { packOfMonth } from './ground.ts';
import { reckonSite, type ReckonedMonth } from './hours.ts';

const DAY_MS = 86_400_000, WEEK_DAYS = 7;

/** A part of a whole; the report prints the counts themselves where the whole is small. */
export interface Ratio { part: number; of: number }

/**
 * A desk's line of report table 1 (trực ca): shifts that begin in the period and are over. `plannedShifts` and `workedShifts`: by the plan with its swaps, and as it was; `unknownShifts` of these are taken to have
 * been worked as planned, since nothing is known. `coverage`: minutes of seats staffed of those required; `emptyShifts`: nobody there, `thinShifts`: for longer than a lateness fewer than are needed. `perWeek`: minutes of all
 * who work there, of so many person-weeks, those to come not with them. `accepted`: breaches of rules that whoever published has answered for. `handovers`: signed by both, of those offered and not withdrawn.
 */
export interface DutyFigures {
  desk: DutyDesk; establishment: number; present: number; plannedShifts: number; workedShifts: number; unknownShifts: number; coverage: Ratio; emptyShifts: number; thinShifts: number;
  perWeek: { minutes: number; weeks: number }; accepted: number; handovers: Ratio;
}

/** Of a desk in a period, ms, the end not with it, as far as it is over: `months` are its published ones around it, as they were worked until `nowMs`. */
export interface FiguresOf { establishment: Establishment; months: readonly ReckonedMonth[]; handovers: readonly Pick<Handover, 'state' | 'lines' | 'given'>[]; fromMs: number; toMs: number; nowMs: number }

/** The figures of report table 1 for one desk. Pure. */
export function dutyFigures({ establishment: { desk, people }, months, handovers, fromMs, toMs, nowMs }: FiguresOf): DutyFigures {
  const isIn = (atMs: number): boolean => fromMs <= atMs && atMs < toMs;
  const shifts = months.flatMap(({ roster, reckoned }) => reckoned.cover.filter(({ day, shift }) => isIn(shiftStartMs(roster.plan, day, shift + 1))));
  const sum = (of: (shift: (typeof shifts)[number]) => number): number => shifts.reduce((all, one) => all + of(one), 0);
  const workers = new Set(months.flatMap(monthWorkers(isIn)));
  const signed = handovers.filter(({ state, lines, given }) => state !== 'withdrawn' && isIn(given.atMs) && deskLines(desk).some(line => lines.includes(line)));
  return {
    desk, establishment: people, present: workers.size, plannedShifts: sum(one => one.planned), workedShifts: sum(one => one.there), unknownShifts: sum(one => one.there - one.known),
    coverage: { part: sum(one => one.staffed), of: sum(one => one.required) }, emptyShifts: shifts.filter(isEmptyShift).length, thinShifts: shifts.filter(isThinShift).length,
    perWeek: { minutes: sum(one => one.worked), weeks: workers.size * Math.max(0, Math.min(toMs, nowMs) - fromMs) / DAY_MS / WEEK_DAYS }, accepted: months.reduce((all, one) => all + acceptedIn(one, isIn), 0),
    handovers: { part: signed.filter(({ state }) => state === 'received').length, of: signed.length },
  };
}

/** Who has worked a shift that begins in the period, or had one of which nothing is known. */
function monthWorkers(isIn: (atMs: number) => boolean): (month: ReckonedMonth) => string[] {
  return ({ roster, reckoned }) => {
    const plan = dutyPlan(roster);
    const isOver = (day: number, cell: number): boolean => reckoned.cover.some(one => one.day === day && one.shift === cell - 1) && isIn(shiftStartMs(plan, day, cell));
    const marked = reckoned.marks.filter(one => one.mark === 'unknown' && isOver(one.day, one.cell)).map(one => one.personId);
    const known = (roster.attended ?? []).filter(one => isOver(one.day, one.cell) && lengthOf(workedIn(plan, one, Number.POSITIVE_INFINITY)) > 0).map(one => one.personId);
    const unnamed = plan.members.filter(({ personId, cells }) => personId === null && cells.some((cell, day) => cell > 0 && isOver(day, cell))).map(({ name }) => name);
    return [...marked, ...known, ...unnamed];
  };
}

/** Breaches of a month count on their day; those of the whole month, and those for which there was no room, on its first. */
function acceptedIn({ roster: { accepted, plan } }: ReckonedMonth, isIn: (atMs: number) => boolean): number {
  if (accepted === null) return 0;
  const dayMs = (day: number): number => shiftStartMs({ month: plan.month, shifts: [{ ...plan.shifts[0]!, fromMin: 0 }] }, day, 1);
  return accepted.broken.filter(({ day }) => isIn(dayMs(day ?? 0))).length + (isIn(dayMs(0)) ? accepted.more : 0);
}

/** Report table 1 of a site over a period, ms, the end not with it; desks without a published month in it have no seats required. */
export function readDutyFigures(reader: Database, siteId: Id, { desks, fromMs, toMs, nowMs }: { desks: readonly DutyDesk[]; fromMs: number; toMs: number; nowMs: number }): DutyFigures[] {
  const months = [monthDayOf(fromMs).month];
  for (const last = monthDayOf(toMs - 1).month; months.at(-1)! < last;) months.push(monthBeside(months.at(-1)!, 1));
  const handovers = readDocuments(reader, 'handover', { scope: { siteIds: [siteId], services: null }, sinceMs: fromMs }).map(({ document }) => document);
  const reckoned = reckonSite(reader, siteId, months, nowMs);
  return desks.map(desk => dutyFigures({
    establishment: establishmentOf(packOfMonth(reader, months[0]!), desk), handovers, fromMs, toMs, nowMs, months: reckoned.filter(({ roster }) => roster.plan.service === desk),
  }));
}
