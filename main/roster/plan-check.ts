import { daysOf, firstWeekdayOf, OFF, type RosterBroken, type RosterCheck, type RosterPlan } from '../../contract/roster.ts';
import { isAway, seatsAt, seatsOfMonth, workMinutes } from '../../contract/roster-seats.ts';
import { countsOf, type Carry } from './carry.ts';
import { gapsOf, lackingOf } from '../../contract/documents/duty-roster.ts';
import { brokenBy } from './engine/evaluate.ts';
import { restBeside, spentElsewhere, type OtherShift } from './elsewhere.ts';
import type { Before, Line, Roster, RosterProblem } from './engine/problem.ts';
import { capacityOf, leastDaysOff, mostBy, problemOf, restBetween, type LinePlan } from './model.ts';
import { limitBehind, PROPOSED_RULES, valuesOf, type RuleBook, type RuleValues } from './rules.ts';

const WEEK_DAYS = 7;

/** What members bring from the month before, in their order; a member beyond its end brings nothing. */
export type Brought = readonly Before[];
export const NOTHING: Before = { run: 0, shift: null };

/** What a plan stands on besides itself: what members bring, the rules in force, and, member by member, how far from an even share they have come before and what they work at other desks. */
export interface Ground { brought: Brought; rules: RuleBook; carry?: readonly Carry[]; elsewhere?: readonly (readonly OtherShift[])[] }
/** Nothing is known of before, and the rules are those that are proposed. */
export const BARE: Ground = { brought: [], rules: PROPOSED_RULES };

/** The plan as the engine's model takes it; a member is named by their place. */
export function linePlanOf(plan: RosterPlan, { brought, rules, carry, elsewhere }: Ground = BARE): LinePlan {
  const { month, shifts, profile, members, needs } = plan;
  const days = daysOf(month);
  return {
    days, firstWeekday: firstWeekdayOf(month), shifts, need: Int32Array.from({ length: days * shifts.length }, (_, at) => seatsAt(plan, Math.floor(at / shifts.length), at % shifts.length)),
    ...needs !== undefined && { needs }, ...plan.holidays !== undefined && { holidays: plan.holidays },
    members: members.map((member, at) => ({
      code: String(at), rules: valuesOf(rules[member.profile ?? profile]), leave: member.cells.flatMap((cell, day) => (isAway(cell) ? [day] : [])), before: brought[at] ?? NOTHING,
      ...member.offSite === true && { isOffSite: true }, ...member.wishes !== undefined && { wishes: member.wishes }, ...member.skills !== undefined && { skills: member.skills },
      ...carry?.[at] !== undefined && { carry: carry[at] }, ...elsewhere?.[at] !== undefined && { elsewhere: elsewhere[at] },
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

/** What is to be said of a plan: what the line needs and can give, where seats are empty or somebody with a skill lacks, whose limits are broken, and what each has to work. */
export function checkPlan(plan: RosterPlan, ground: Ground = BARE): RosterCheck {
  if (!canBePlanned(plan)) return { capacity: null, gaps: [], lacking: [], broken: [], shares: [] };
  const line = linePlanOf(plan, ground);
  const problem = problemOf(line);
  const roster = rosterOf(plan);
  return {
    capacity: { ...capacityOf(line), weekMinutes: weekMinutesOf(plan), weekMost: valuesOf(ground.rules[plan.profile]).weekMinutes },
    gaps: gapsOf(plan), lacking: lackingOf(plan), shares: roster.map(cells => shareOf(line, cells)),
    broken: roster.flatMap((cells, member) => brokenOf({ plan, problem, ...ground }, member, cells)),
  };
}

/** Minutes of work a week of whoever has most to do where all of the month is shared out as evenly as whole shifts can be. */
function weekMinutesOf(plan: RosterPlan): number {
  const seated = plan.members.filter(one => one.offSite !== true).length;
  return Math.round(Math.ceil(seatsOfMonth(plan) / Math.max(1, seated)) * workMinutes(plan.shifts[0]!) / daysOf(plan.month) * WEEK_DAYS);
}

/** A plan, the same as a problem, and the rules that bind, with what they are judged against. */
export interface Judged extends Pick<Ground, 'rules' | 'elsewhere'> { plan: RosterPlan; problem: RosterProblem }

/** What a member's month breaks, whatever is in its cells; the day off that leave is counts as no break of it. Duty at other desks counts in. Hours a week and days off are told each by itself. */
export function brokenOf({ plan, problem, rules, elsewhere }: Judged, member: number, cells: Line): RosterBroken[] {
  // Of shifts by day as many in a row as days in a row: that is told once.
  const some = brokenBy(problem, member, cells).filter(({ limit, day }) => limit !== 'maxRunOf' || (day !== null && plan.shifts[cells[day]! - 1]?.isNight === true));
  const one = plan.members[member], limits = rules[one?.profile ?? plan.profile];
  const values = valuesOf(limits), there = elsewhere?.[member] ?? [];
  const ofDays = tooFewDaysOff(cells, there, values).map((few): RosterBroken => ({ member, ...few, ...limitBehind('daysOff', limits) }));
  return some.flatMap(({ limit, day, is, allowed }): RosterBroken[] => {
    const isLeave = day === null || one?.offSite === true || isAway(one?.cells[day] ?? OFF);
    const rule = limit !== 'allowed' ? limit : isLeave ? 'leave' : 'elsewhere', behind = limitBehind(rule, limits);
    // The evaluator names the two shifts; what is too short is the time between them.
    if (rule === 'notNext') return [{ member, rule, day, is: restBetween(plan.shifts[allowed]!, plan.shifts[is]!), allowed: values.restMinutes, ...behind }];
    if (rule === 'elsewhere' && day !== null) return [{ member, rule, day, is: restBeside(plan.shifts[cells[day]! - 1]!, day, there) ?? 0, allowed: values.restMinutes, ...behind }];
    if (rule !== 'minutes') return [{ member, rule, day, is, allowed, ...behind }];
    // The evaluator has one figure of both limits of hours.
    const minutesThere = spentElsewhere(problem.days, there).minutes, all = is + minutesThere, most = mostBy({ days: problem.days, shifts: plan.shifts }, values).weekMinutes;
    if (all > most) return [{ member, rule, day, is: all, allowed: most, ...behind }];
    return ofDays.length > 0 ? [] : [{ member, rule, day, is: all, allowed: allowed + minutesThere, binds: 'house' }];
  }).concat(ofDays);
}

/** Days on which nobody works, here or at another desk, where those are fewer than they have to be. */
function tooFewDaysOff(cells: Line, there: readonly OtherShift[], values: RuleValues): Pick<RosterBroken, 'rule' | 'day' | 'is' | 'allowed'>[] {
  const busy = new Set(there.map(({ day }) => day));
  const is = cells.reduce((sum, cell, day) => sum + Number(cell === OFF && !busy.has(day)), 0), least = leastDaysOff(cells.length, values);
  return is < least ? [{ rule: 'daysOff', day: null, is, allowed: least }] : [];
}

/** The days that a breach is of, both with it; of the whole month all. Nights in a row are told on the last of them, other runs on the first. */
function spanOf({ rule, day, is }: RosterBroken): [number, number] {
  if (day === null) return [0, Infinity];
  return rule === 'maxRunOf' ? [day - is + 1, day] : rule === 'maxRun' || rule === 'minRun' || rule === 'minRest' ? [day, day + is - 1] : [day, day];
}

/** How far a month is beyond a limit; leave is one or not. */
const beyond = ({ rule, is, allowed }: RosterBroken): number => (rule === 'leave' ? 1 : Math.abs(is - allowed));

/** Whether two breaches of one month are of the same thing: the same rule, and where it is of days some of the same ones. */
function isSameBreach(one: RosterBroken, other: RosterBroken): boolean {
  const [[from, to], [otherFrom, otherTo]] = [spanOf(one), spanOf(other)];
  return one.member === other.member && one.rule === other.rule && from <= otherTo && otherFrom <= to;
}

/** Of nights in a row each beyond the limit is a breach; of a comparison the whole run is one. */
function wholeRuns(broken: readonly RosterBroken[]): RosterBroken[] {
  const isPartOf = (one: RosterBroken, other: RosterBroken): boolean => other.rule === 'maxRunOf' && other.member === one.member && other.is > one.is && spanOf(other)[0] === spanOf(one)[0];
  return broken.filter(one => one.rule !== 'maxRunOf' || !broken.some(other => isPartOf(one, other)));
}

/** What a change breaks: what was not broken before, or not by as much. A run that moves or falls apart, and a sum that falls, are nothing new. */
export function newlyBroken(after: readonly RosterBroken[], before: readonly RosterBroken[]): RosterBroken[] {
  return wholeRuns(after).filter(one => !before.some(other => isSameBreach(one, other) && beyond(other) >= beyond(one)));
}

/** What a change mends: what is gone altogether. What is only broken by less is not. */
export function mendedIn(before: readonly RosterBroken[], after: readonly RosterBroken[]): RosterBroken[] {
  return wholeRuns(before).filter(one => !after.some(other => isSameBreach(one, other)));
}

/** What a month has in it: minutes, shifts, nights, shifts on Saturdays and Sundays. */
export function shareOf(line: LinePlan, cells: Line): RosterCheck['shares'][number] {
  const { holidays: _, ...share } = countsOf({ shifts: [...line.shifts] }, cells, line.firstWeekday);
  return share;
}
