import { z } from 'zod';
import { Empty, needs } from './call-rights.ts';
import { Id } from './ids.ts';
import { DUTY_LIMIT_NAMES, DutyPolicy } from './policy/rosters.ts';
import { DutyDesk, RuleProfile } from './roster-desks.ts';
import { SaveOn } from './roster-save.ts';
import { wordOf } from './words.ts';

/** The most that a plan holds. */
export const ROSTER_LIMITS = { members: 60, seats: 9, name: 80, agency: 160, skills: 6, skill: 40, wishes: 62, seconds: 120 } as const;

const Minute = z.number().int().min(0).max(1_440);
/**
 * A shift of the pattern: when it begins, minutes after midnight in Vietnam, and how long it is, minutes, with a break that does not count as work. A night's hours are shared out evenly by
 * themselves. `seats`: how many it needs, where that is not what the others do.
 */
export const PatternShift = z.strictObject({
  code: z.string().min(1).max(3), fromMin: Minute, minutes: Minute, isNight: z.boolean(), breakMin: Minute.optional(), seats: z.number().int().min(0).max(ROSTER_LIMITS.seats).optional(),
}).refine(({ minutes, breakMin }) => (breakMin ?? 0) <= minutes);
export type PatternShift = z.infer<typeof PatternShift>;

/** What is in a cell: off, leave (nghỉ phép), time off in lieu (nghỉ bù), or a shift of the pattern, the first being 1. */
export const OFF = 0, LEAVE = -1, COMP = -2;
export const Cell = z.number().int().min(COMP).max(6);
/** A day of the month, from 0. */
export const MonthDay = z.number().int().min(0).max(30);
const Skill = z.string().trim().min(1).max(ROSTER_LIMITS.skill);

/** What somebody would like on a day, or would not: a shift of the pattern, or to be off. */
export const RosterWish = z.strictObject({ day: MonthDay, cell: Cell.min(OFF), likes: z.boolean() });
export type RosterWish = z.infer<typeof RosterWish>;

/**
 * Somebody of the desk and their month, a cell for each day. `personId` null: a name that the directory does not have. People serve beside their post (kiêm nhiệm, Đ.7.1): `agency` is the
 * home agency, `profile` the rules that bind them where they are not the plan's. `offSite`: of the establishment, but without a seat (Đ.8.3). `pins`: days that no search changes.
 */
export const RosterMember = z.strictObject({
  personId: Id.nullable(), name: z.string().min(1).max(ROSTER_LIMITS.name), cells: z.array(Cell).min(28).max(31),
  agency: z.string().max(ROSTER_LIMITS.agency).optional(), profile: RuleProfile.optional(), skills: z.array(Skill).max(ROSTER_LIMITS.skills).optional(), offSite: z.boolean().optional(),
  pins: z.array(MonthDay).max(31).optional(), wishes: z.array(RosterWish).max(ROSTER_LIMITS.wishes).optional(),
});
export type RosterMember = z.infer<typeof RosterMember>;

/**
 * A month of a desk's duty as it is being planned at this workstation. `openOn`: on which weekdays (1 Monday … 7) the desk is staffed, and on no public holiday; absent: always. `holidays`: the
 * public holidays of the month, as they were known when it was begun. `needs`: how many of each shift's people have to have a skill.
 */
export const RosterPlan = z.strictObject({
  service: DutyDesk, month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/), seats: z.number().int().min(1).max(ROSTER_LIMITS.seats),
  profile: RuleProfile, shifts: z.array(PatternShift).min(1).max(6), members: z.array(RosterMember).max(ROSTER_LIMITS.members),
  openOn: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(), holidays: z.array(MonthDay).max(31).optional(),
  needs: z.array(z.strictObject({ skill: Skill, seats: z.number().int().min(1).max(ROSTER_LIMITS.seats) })).max(ROSTER_LIMITS.skills).optional(),
}).refine(({ month, shifts, members }) => members.every(({ cells }) => cells.length === daysOf(month) && cells.every(cell => cell <= shifts.length)), 'each member has a cell for each day, and none beyond the pattern');
export type RosterPlan = z.infer<typeof RosterPlan>;

/** How many days a month has. @param month yyyy-MM */
export function daysOf(month: string): number {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}

/** The weekday of a month's first day, 0 for Monday. */
export function firstWeekdayOf(month: string): number {
  return (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** The month before or after. */
export function monthBeside(month: string, by: 1 | -1): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** Limits of a rule profile; `elsewhere`: the rest between a shift and one at another desk of the site, in minutes, below nothing where they overlap; `daysOff`: days off in the month. Plans published before told too few of those as `minutes`, in minutes. */
export const ROSTER_RULES = ['minutes', 'notNext', 'maxRun', 'maxRunOf', 'leave', 'maxOf', 'minRun', 'minRest', 'maxWeekends', 'elsewhere', 'daysOff'] as const;
export const RosterRule = wordOf(ROSTER_RULES);

/**
 * A limit that a member's month does not hold: seen on which day (from 0; null: over the month), how much it is, what it may be (of rest and of hours: minutes), and whether law or a rule
 * of the house says so. `limit`: which of the policy's limits it is; absent: none of them.
 */
export const RosterBroken = z.object({
  member: z.number().int(), rule: RosterRule, day: z.number().int().nullable(), is: z.number(), allowed: z.number(), binds: wordOf(['law', 'house']).optional(), limit: wordOf(DUTY_LIMIT_NAMES).optional(),
});
export type RosterBroken = z.infer<typeof RosterBroken>;

/** What a line needs and what its people can give, in shifts: arithmetic alone. `people`: how many would be enough; `eachMost`: shifts that one of them may work. */
export const RosterCapacity = z.object({ needed: z.number(), able: z.number(), missing: z.number(), missingMinutes: z.number(), people: z.number(), eachMost: z.number(), weekMinutes: z.number(), weekMost: z.number() });
export type RosterCapacity = z.infer<typeof RosterCapacity>;

/** A shift with too few or too many people. */
export const RosterGap = z.object({ day: z.number().int(), shift: z.number().int(), is: z.number().int(), need: z.number().int() });
export type RosterGap = z.infer<typeof RosterGap>;
/** A shift of whose people fewer have a skill than have to. */
export const RosterLack = RosterGap.extend({ skill: z.string() });
export type RosterLack = z.infer<typeof RosterLack>;
/** A member's share: minutes, nights, shifts on Saturdays and Sundays. */
export const RosterShare = z.object({ minutes: z.number(), shifts: z.number().int(), nights: z.number().int(), weekends: z.number().int() });
export type RosterShare = z.infer<typeof RosterShare>;
/** What a member has worked in the published months before, up to three (`months` of them they were in): as a share, and shifts that began on public holidays; `holidaysNow`: those of this month. */
export const RosterLedger = RosterShare.extend({ months: z.number().int(), holidays: z.number().int(), holidaysNow: z.number().int() });
export type RosterLedger = z.infer<typeof RosterLedger>;

/** What the one evaluator says of a plan, whoever has filled it. `capacity` null: nobody is in it yet. `rules`: what policy has in force for the month, with the source of each value; `ledger`: by member, where it was asked for. */
export const RosterCheck = z.object({ capacity: RosterCapacity.nullable(), gaps: z.array(RosterGap), lacking: z.array(RosterLack), broken: z.array(RosterBroken), shares: z.array(RosterShare), rules: DutyPolicy.optional(), ledger: z.array(RosterLedger).optional() });
export type RosterCheck = z.infer<typeof RosterCheck>;

/** What a roster lacks, counted: seats that nobody sits on, shifts of several left to nobody, people with a skill, people too many, shifts and nights away from an even share, wishes. */
export const RosterParts = z.object({ under: z.number().int(), empty: z.number().int(), skill: z.number().int(), over: z.number().int(), share: z.number().int(), wish: z.number().int() });
export type RosterParts = z.infer<typeof RosterParts>;

/**
 * A search for a roster. `cost` null: none yet; `parts`: the same in what people count; `bound`: what no roster can be below, null until something is proven; `without`: members that have no
 * month at all that holds their limits. `isOvertaken`: another search has ended it. `cells`: the best months so far, once it has ended.
 */
export const RosterJob = z.object({
  id: Id, state: z.enum(['running', 'ended', 'failed']), cost: z.number().nullable(), bound: z.number().nullable(), isProven: z.boolean(), isCalledOff: z.boolean(), isOvertaken: z.boolean(), parts: RosterParts.nullable(), afterMs: z.number(), bestAfterMs: z.number(),
  without: z.array(z.number().int()), cells: z.array(z.array(Cell)).nullable(),
});
export type RosterJob = z.infer<typeof RosterJob>;

/** What one choice for a cell would do: what it would break and mend of its member's month, who would be where on that day, and which of its shifts would lack a skill. */
export const RosterChoice = z.object({ cell: Cell, breaks: z.array(RosterBroken), mends: z.array(RosterBroken), gaps: z.array(RosterGap), lacking: z.array(RosterLack) });
export type RosterChoice = z.infer<typeof RosterChoice>;

/** Somebody who might take a shift of a day: what that would break, which shift of theirs would miss somebody (`empties`), and how much they work already. The fewest of both first, of equals who is free, then who works least. */
export const RosterCandidate = z.object({ member: z.number().int(), was: Cell, breaks: z.array(RosterBroken), empties: z.number().int().nullable(), share: RosterShare });
export type RosterCandidate = z.infer<typeof RosterCandidate>;

/** A cell that replanning changes. */
export const RosterChange = z.object({ member: z.number().int(), day: z.number().int(), was: Cell, is: Cell });
export type RosterChange = z.infer<typeof RosterChange>;

/**
 * What is made of a plan when somebody is absent: everybody's cells, those changed besides the days that were lost, which of the lost seats stay empty, and where somebody with a skill is
 * lacking whom the absence has taken; what was empty or lacking before is not asked for. `isOver`: nothing better is sought any more; `isProven`: no roster leaves fewer empty, nor as few with fewer changes. `kept`: whose months break limits already, and stay as they are.
 */
export const RosterReplanned = z.object({ id: Id, isOver: z.boolean(), cells: z.array(z.array(Cell)), changes: z.array(RosterChange), gaps: z.array(RosterGap), lacking: z.array(RosterLack), isProven: z.boolean(), kept: z.array(z.number().int()) });
export type RosterReplanned = z.infer<typeof RosterReplanned>;

const Spot = z.strictObject({ plan: RosterPlan, member: z.number().int().min(0), day: MonthDay });
const Place = z.strictObject({ service: DutyDesk, month: RosterPlan.shape.month });
/** A plan as it is kept here; `savedAtMs` null, and `revision` too: it has not been touched, and is what the regulation and the directory say. `revision`: another one each time it is saved. */
export const KeptRoster = z.object({ plan: RosterPlan, savedAtMs: z.number().nullable(), savedBy: z.string(), revision: z.string().nullable() });
export type KeptRoster = z.infer<typeof KeptRoster>;

/** A month as a file: `xlsx`, all of it; `ics`, the calendar of one member, by their place; `timesheet`, what was worked of the published one (bảng công). */
export const RosterFileOrder = z.strictObject({ plan: RosterPlan, format: z.enum(['xlsx', 'ics', 'timesheet']), member: z.number().int().min(0).nullable() })
  .refine(({ plan, format, member }) => format !== 'ics' || (member !== null && plan.members[member] !== undefined), 'a calendar is of a member of the plan');
export type RosterFileOrder = z.infer<typeof RosterFileOrder>;

/** What screens can ask of duty rosters. */
export const ROSTER_CALLS = {
  open: needs('roster.plan').input(Place).output(KeptRoster),
  save: needs('roster.plan').input(SaveOn.extend({ plan: RosterPlan })).output(z.object({ savedAtMs: z.number() })),
  /** What the regulation and the directory say of a month, whatever is kept here. */
  first: needs('roster.plan').input(Place).output(RosterPlan),
  check: needs('roster.read').input(RosterPlan).output(RosterCheck),
  /** Before anything is done: what each choice for a cell would do, and, where the cell has a shift, who else might take it. */
  look: needs('roster.plan').input(Spot).output(z.object({ choices: z.array(RosterChoice), candidates: z.array(RosterCandidate) })),
  /** Seeks a better roster around the leave that the plan has, in threads of its own. One search at a time: another one ends it. */
  solve: needs('roster.plan').input(z.strictObject({ plan: RosterPlan, seconds: z.number().int().min(1).max(ROSTER_LIMITS.seconds) })).output(RosterJob),
  job: needs('roster.plan').input(z.strictObject({ id: Id })).output(RosterJob.nullable()),
  /** The month as it is shown, whether it is kept or not. */
  file: needs('roster.read').input(RosterFileOrder).output(z.object({ name: z.string(), base64: z.string() })),
  /**
   * Somebody is absent from one day to another, both with it: the fewest seats empty, then the fewest cells changed, nothing before the first of these days. What there is soon is told; whether
   * something better is found goes on behind it, until another is begun. `callOff` ends that too.
   */
  replan: needs('roster.plan').input(z.strictObject({ plan: RosterPlan, member: z.number().int().min(0), from: MonthDay, to: MonthDay })).output(RosterReplanned),
  /** How an absence is replanned by now; null: another has been begun since. */
  replanned: needs('roster.plan').input(z.strictObject({ id: Id })).output(RosterReplanned.nullable()),
  callOff: needs('roster.plan').input(z.strictObject({ id: Id })).output(Empty),
};
