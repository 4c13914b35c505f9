import { z } from 'zod';
import { Empty, needs } from './call-rights.ts';
import { BINDINGS, DUTY_LIMIT_NAMES } from './policy/rosters.ts';
import { isAway } from './roster-seats.ts';
import { Cell, MonthDay, OFF, RosterBroken, RosterChange, RosterPlan, RosterRule, RosterShare } from './roster.ts';
import { DutyDesk } from './roster-desks.ts';
import { Id } from './ids.ts';
import { CopyName, SaveOn } from './roster-save.ts';
import { wordOf } from './words.ts';

/** What may keep a month from being filled, each for everybody at once: a limit of the profiles, or what the planner has entered (leave and time off in lieu, pins). */
export const RULE_GROUPS = [...DUTY_LIMIT_NAMES, 'leave', 'pins'] as const;
export type RuleGroup = (typeof RULE_GROUPS)[number];

/** A group as it is told: the limit of the plan's own profile, or of another one of its people's (null: it is no figure), its source, and whether it is law for somebody, a rule of the house, or entered. */
export const ConflictRule = z.object({ group: wordOf(RULE_GROUPS), value: z.number().nullable(), source: z.string().nullable(), binds: wordOf([...BINDINGS, 'entered']) });
export type ConflictRule = z.infer<typeof ConflictRule>;

/**
 * Rules that cannot hold together while every seat is filled, and can as soon as one of them is dropped; none: not even without any rule. `able`: where arithmetic alone says so, how many of the
 * `needed` shifts these rules leave room for. `isLeast` false: whether fewer of them would do was not decided in time.
 */
export const RosterConflict = z.object({ rules: z.array(ConflictRule), isLeast: z.boolean(), needed: z.number().int(), able: z.number().int().nullable() });
export type RosterConflict = z.infer<typeof RosterConflict>;

/**
 * Why a month cannot be filled. `none`: it can, with every rule held. Where law and what was entered conflict by themselves, no rule of the house is named. `isComplete` false: there may be
 * more conflicts than are listed. `undecided`: whether it can was not decided in time.
 */
export const RosterConflicts = z.object({ state: wordOf(['none', 'conflict', 'undecided']), conflicts: z.array(RosterConflict), isComplete: z.boolean() });
export type RosterConflicts = z.infer<typeof RosterConflicts>;

/** So many ways out are told of each breach or empty seat. */
export const MOST_WAYS = 3;
/** What is done: somebody is off; works another shift, or one that was empty; somebody's shift is given to another. */
export const WAY_KINDS = ['off', 'put', 'take', 'give'] as const;
/** Cells that mend a breach, or fill a seat, without another breach or an empty seat; of a breach of several steps all of them. */
export const RosterWay = z.object({ kind: wordOf(WAY_KINDS), changes: z.array(RosterChange).min(1) });
export type RosterWay = z.infer<typeof RosterWay>;

/** What is to be mended: a breach, by whose, which rule and where; or an empty seat. */
export const ToMend = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('broken'), member: z.number().int().min(0), rule: RosterRule, day: MonthDay.nullable() }),
  z.strictObject({ kind: z.literal('gap'), day: MonthDay, shift: z.number().int().min(0).max(5) }),
]);
export type ToMend = z.infer<typeof ToMend>;

/** Somebody of another desk of the site who has no shift near a seat that is empty. */
export const Lender = z.object({ desk: DutyDesk, name: z.string() });
/** Somebody who might take an empty seat but for their hours: minutes that they would work in the month, and how many of them (`above`) that one seat needs. */
export const Overtime = z.object({ member: z.number().int(), minutes: z.number().int(), above: z.number().int() });
export type Overtime = z.infer<typeof Overtime>;

/**
 * Why somebody cannot take a shift: a breach with its figures. Of too short a rest, between which shifts of the pattern (from 0); `isBefore`: the first of them on the last day of the month before.
 */
export const RosterReason = RosterBroken.extend({ last: z.number().int().nullable(), next: z.number().int().nullable(), isBefore: z.boolean() });
export type RosterReason = z.infer<typeof RosterReason>;

/** Somebody who is not in a shift, and everything that keeps them from it. `empties`: the shift of theirs that would miss somebody; `isOffSite`: they have no seat (Đ.8.3). */
export const WhyNot = z.object({ member: z.number().int(), was: Cell, share: RosterShare, reasons: z.array(RosterReason), empties: z.number().int().nullable(), isOffSite: z.boolean() });
export type WhyNot = z.infer<typeof WhyNot>;

/** What is compared of two ways to plan a month: empty seats, breaches of law and of the house, minutes and nights between who works most and least. */
export const RosterFigures = z.object({ empty: z.number().int(), law: z.number().int(), house: z.number().int(), minutesApart: z.number(), nightsApart: z.number().int() });
export type RosterFigures = z.infer<typeof RosterFigures>;
/** A copy of a month (phương án) beside its draft. */
export const RosterCopy = z.object({ name: z.string(), plan: RosterPlan, savedAtMs: z.number(), savedBy: z.string(), revision: z.string(), figures: RosterFigures });
export type RosterCopy = z.infer<typeof RosterCopy>;

const Place = z.strictObject({ service: DutyDesk, month: RosterPlan.shape.month });

/** The plan with nothing in it but what a conflict hangs on: leave and pins. Shifts that are typed change no answer. */
export function withoutShifts(plan: RosterPlan): RosterPlan {
  return { ...plan, members: plan.members.map(member => ({ ...member, cells: member.cells.map((cell, day) => (isAway(cell) || member.pins?.includes(day) === true ? cell : OFF)) })) };
}

/** What screens can ask to have explained. */
export const EXPLAIN_CALLS = {
  /** Another plan ends it, which is then not decided. Sought for some seconds at most, in a thread of its own. */
  conflicts: needs('roster.plan').input(RosterPlan).output(RosterConflicts),
  /** Ways out, the one that changes least first; of a gap also who might be lent, and who might take it with overtime, each alone. */
  waysOut: needs('roster.plan').input(z.strictObject({ plan: RosterPlan, of: ToMend })).output(z.object({ ways: z.array(RosterWay), lenders: z.array(Lender), overtime: z.array(Overtime) })),
  /** "Vì sao không xếp được?": everybody who is not in a shift of a day, who could take it first. */
  whyNot: needs('roster.plan').input(z.strictObject({ plan: RosterPlan, day: MonthDay, shift: z.number().int().min(0).max(5) })).output(z.array(WhyNot)),
  copies: needs('roster.plan').input(Place).output(z.array(RosterCopy)),
  saveCopy: needs('roster.plan').input(SaveOn.extend({ name: CopyName, plan: RosterPlan })).output(z.object({ savedAtMs: z.number() })),
  /** `page`: only where that page has saved it last. */
  removeCopy: needs('roster.plan').input(Place.extend({ name: CopyName, page: Id.optional() })).output(Empty),
  /** What would be compared of a plan that is no copy. */
  figures: needs('roster.plan').input(RosterPlan).output(RosterFigures),
};
