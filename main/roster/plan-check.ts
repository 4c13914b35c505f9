import { daysOf, firstWeekdayOf, LEAVE, OFF, type RosterBroken, type RosterCheck, type RosterPlan } from '../../contract/roster.ts';
import { gapsOf } from '../../contract/documents/duty-roster.ts';
import { brokenBy } from './engine/evaluate.ts';
import type { Before, Line, Roster, RosterProblem } from './engine/problem.ts';
import { capacityOf, problemOf, type LinePlan } from './model.ts';
import { PROFILES } from './rules.ts';

const WEEK_DAYS = 7;
const SATURDAY = 5;

/** What members bring from the month before, in their order; a member beyond its end brings nothing. */
export type Brought = readonly Before[];
export const NOTHING: Before = { run: 0, shift: null };

/** The plan as the engine's model takes it; a member is named by their place. */
export function linePlanOf({ month, seats, shifts, profile, members }: RosterPlan, brought: Brought = []): LinePlan {
  return {
    days: daysOf(month), firstWeekday: firstWeekdayOf(month), shifts, seats, rules: PROFILES[profile],
    members: members.map(({ cells }, at) => ({ code: String(at), leave: cells.flatMap((cell, day) => (cell === LEAVE ? [day] : [])), before: brought[at] ?? NOTHING })),
  };
}

/** The cells of a plan as the engine's lines: leave is a day off. */
export function rosterOf({ members }: Pick<RosterPlan, 'members'>): Roster {
  return members.map(({ cells }) => Int8Array.from(cells, cell => Math.max(OFF, cell)));
}

/** Whether anybody can be planned at all, and for what. */
export function canBePlanned({ members, shifts }: RosterPlan): boolean {
  return members.length > 0 && shifts.length > 0;
}

/** What is to be said of a plan: what the line needs and can give, where seats are empty, whose limits are broken, and what each has to work. */
export function checkPlan(plan: RosterPlan, brought: Brought = []): RosterCheck {
  if (!canBePlanned(plan)) return { capacity: null, gaps: [], broken: [], shares: [] };
  const line = linePlanOf(plan, brought);
  const problem = problemOf(line);
  const roster = rosterOf(plan);
  return {
    capacity: { ...capacityOf(line), weekMinutes: Math.round(plan.shifts.reduce((sum, { minutes }) => sum + minutes, 0) * plan.seats * WEEK_DAYS / plan.members.length), weekMost: line.rules.weekMinutes },
    gaps: gapsOf(plan), broken: roster.flatMap((cells, member) => brokenOf(plan, problem, member, cells)), shares: roster.map(cells => shareOf(line, cells)),
  };
}

/** What a member's month breaks, whatever is in its cells; the day off that leave is counts as no break of it. */
export function brokenOf(plan: RosterPlan, problem: RosterProblem, member: number, cells: Line): RosterBroken[] {
  // Of shifts by day as many in a row as days in a row: that is told once.
  const some = brokenBy(problem, member, cells).filter(({ limit, day }) => limit !== 'maxRunOf' || (day !== null && plan.shifts[cells[day]! - 1]?.isNight === true));
  return some.map(({ limit, day, is, allowed }) => ({ member, rule: limit === 'allowed' ? 'leave' : limit, day, is, allowed }));
}

const keyOf = ({ rule, day, is }: RosterBroken): string => `${rule} ${day ?? ''} ${is}`;

/** What of the first is not in the second: what a change breaks, or, the other way round, mends. */
export function newlyBroken(after: readonly RosterBroken[], before: readonly RosterBroken[]): RosterBroken[] {
  const known = new Set(before.map(keyOf));
  return after.filter(one => !known.has(keyOf(one)));
}

/** What a month has in it: minutes, shifts, nights, shifts on Saturdays and Sundays. */
export function shareOf({ shifts, firstWeekday }: LinePlan, cells: Line): RosterCheck['shares'][number] {
  const share = { minutes: 0, shifts: 0, nights: 0, weekends: 0 };
  for (const [day, cell] of cells.entries()) {
    if (cell === OFF) continue;
    const { minutes, isNight } = shifts[cell - 1]!;
    share.minutes += minutes;
    share.shifts += 1;
    share.nights += isNight ? 1 : 0;
    share.weekends += (firstWeekday + day) % WEEK_DAYS >= SATURDAY ? 1 : 0;
  }
  return share;
}
