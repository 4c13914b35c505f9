import { daysOf, firstWeekdayOf, OFF, type RosterBroken, type RosterCheck, type RosterPlan } from '../../contract/roster.ts';
import { isAway, seatsAt, seatsOfMonth, workMinutes } from '../../contract/roster-seats.ts';
import { gapsOf } from '../../contract/documents/duty-roster.ts';
import { brokenBy } from './engine/evaluate.ts';
import type { Before, Line, Roster, RosterProblem } from './engine/problem.ts';
import { capacityOf, mostBy, problemOf, restBetween, type LinePlan } from './model.ts';
import { limitBehind, PROPOSED_RULES, valuesOf, type RuleBook } from './rules.ts';

const WEEK_DAYS = 7;
const SATURDAY = 5;

/** What members bring from the month before, in their order; a member beyond its end brings nothing. */
export type Brought = readonly Before[];
export const NOTHING: Before = { run: 0, shift: null };

/** What a plan stands on besides itself: what members bring, and the rules in force. */
export interface Ground { brought: Brought; rules: RuleBook }
/** Nothing is known of before, and the rules are those that are proposed. */
export const BARE: Ground = { brought: [], rules: PROPOSED_RULES };

/** The plan as the engine's model takes it; a member is named by their place. */
export function linePlanOf(plan: RosterPlan, { brought, rules }: Ground = BARE): LinePlan {
  const { month, shifts, profile, members } = plan;
  const days = daysOf(month);
  return {
    days, firstWeekday: firstWeekdayOf(month), shifts, need: Int32Array.from({ length: days * shifts.length }, (_, at) => seatsAt(plan, Math.floor(at / shifts.length), at % shifts.length)),
    members: members.map((member, at) => ({
      code: String(at), rules: valuesOf(rules[member.profile ?? profile]), leave: member.cells.flatMap((cell, day) => (isAway(cell) ? [day] : [])), before: brought[at] ?? NOTHING,
      ...member.offSite === true && { isOffSite: true }, ...member.wishes !== undefined && { wishes: member.wishes },
    })),
  };
}

/** The model with the days fixed that no search may change; what a person edits by hand is not held to them. */
export function pinned(line: LinePlan, { members }: RosterPlan): LinePlan {
  return { ...line, members: line.members.map((one, at) => ({ ...one, pins: new Map((members[at]?.pins ?? []).map(day => [day, Math.max(OFF, members[at]!.cells[day] ?? OFF)])) })) };
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
export function checkPlan(plan: RosterPlan, ground: Ground = BARE): RosterCheck {
  if (!canBePlanned(plan)) return { capacity: null, gaps: [], broken: [], shares: [] };
  const line = linePlanOf(plan, ground);
  const problem = problemOf(line);
  const roster = rosterOf(plan);
  return {
    capacity: { ...capacityOf(line), weekMinutes: weekMinutesOf(plan), weekMost: valuesOf(ground.rules[plan.profile]).weekMinutes },
    gaps: gapsOf(plan), shares: roster.map(cells => shareOf(line, cells)),
    broken: roster.flatMap((cells, member) => brokenOf({ plan, problem, rules: ground.rules }, member, cells)),
  };
}

/** Minutes of work a week for each with a seat, where all of the month is shared out evenly. */
function weekMinutesOf(plan: RosterPlan): number {
  const seated = plan.members.filter(one => one.offSite !== true).length;
  return Math.round(seatsOfMonth(plan) * workMinutes(plan.shifts[0]!) / daysOf(plan.month) * WEEK_DAYS / Math.max(1, seated));
}

/** A plan, the same as a problem, and the rules that bind. */
export interface Judged { plan: RosterPlan; problem: RosterProblem; rules: RuleBook }

/** What a member's month breaks, whatever is in its cells; the day off that leave is counts as no break of it. */
export function brokenOf({ plan, problem, rules }: Judged, member: number, cells: Line): RosterBroken[] {
  // Of shifts by day as many in a row as days in a row: that is told once.
  const some = brokenBy(problem, member, cells).filter(({ limit, day }) => limit !== 'maxRunOf' || (day !== null && plan.shifts[cells[day]! - 1]?.isNight === true));
  const limits = rules[plan.members[member]?.profile ?? plan.profile];
  const values = valuesOf(limits), most = mostBy({ days: daysOf(plan.month), shifts: plan.shifts }, values);
  return some.map(({ limit, day, is, allowed }): RosterBroken => {
    const rule = limit === 'allowed' ? 'leave' : limit;
    const behind = limitBehind({ rule, is }, limits, most);
    // The evaluator names the two shifts; what is too short is the time between them.
    if (rule === 'notNext') return { member, rule, day, is: restBetween(plan.shifts[allowed]!, plan.shifts[is]!), allowed: values.restMinutes, ...behind };
    return { member, rule, day, is, allowed: behind.limit === 'weekMinutes' || behind.limit === 'daysOff' ? most[behind.limit] : allowed, ...behind };
  });
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
    const shift = shifts[cell - 1]!, { isNight } = shift;
    share.minutes += workMinutes(shift);
    share.shifts += 1;
    share.nights += isNight ? 1 : 0;
    share.weekends += (firstWeekday + day) % WEEK_DAYS >= SATURDAY ? 1 : 0;
  }
  return share;
}
