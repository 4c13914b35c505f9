import { z } from 'zod';
import { needs } from '../call-rights.ts';
import { WORK_MARKS } from '../duty-hours.ts';
import { Id } from '../ids.ts';
import { RosterPlan } from '../roster.ts';
import { DutyDesk } from '../roster-desks.ts';
import { ATTEND_PAYLOADS, Attended } from './duty-attendance.ts';

const Minutes = z.number().int();
const Work = z.object({ shifts: z.number().int(), minutes: Minutes });

/** Time off in lieu (nghỉ bù) of a year at this site, minutes: what was left before the month, what it has earned and taken, what is left. */
export const CompLedger = z.object({ opening: Minutes, earned: Minutes, taken: Minutes, balance: Minutes });
export type CompLedger = z.infer<typeof CompLedger>;

/** Somebody's month as it was worked (see `WorkedMonth`); counts are of shifts, all else minutes. */
export const WorkedPerson = z.object({
  personId: Id.nullable(), name: z.string(), planned: Work, swapped: Work, actual: Work, night: Minutes, holiday: Minutes, overtime: Minutes, beside: Minutes, absent: z.number().int(), late: Minutes, unknown: z.number().int(), comp: CompLedger,
});
export type WorkedPerson = z.infer<typeof WorkedPerson>;

/** Who is on duty in a shift; `isKnown`: it is known that they have come. */
export const OnDutyPerson = z.object({ personId: Id.nullable(), name: z.string(), insteadOf: z.string(), isKnown: z.boolean() });
export type OnDutyPerson = z.infer<typeof OnDutyPerson>;
/** A shift of who would take another over, and the rest between the two, minutes; below nothing: they overlap. */
const BesideShift = z.object({ desk: DutyDesk, code: z.string(), fromMs: z.number(), toMs: z.number(), minutes: Minutes });
const Limit = z.object({ minutes: Minutes, isLaw: z.boolean() });
/** What a running shift would mean for whoever looks, did they take it over from now on: their shifts before and after, and the minutes of their week; null: none, or no limit. */
export const TakerLook = z.object({ before: BesideShift.nullable(), after: BesideShift.nullable(), week: Minutes, rest: Limit.nullable(), most: Limit.nullable() });
export type TakerLook = z.infer<typeof TakerLook>;
/** A shift that runs, and where it stands: of which published month, which day and cell; `taker`: of whoever looks and is not in it. */
export const RunningShift = z.object({ id: Id, day: z.number().int(), cell: z.number().int(), code: z.string(), fromMs: z.number(), toMs: z.number(), people: z.array(OnDutyPerson), taker: TakerLook.optional() });
export type RunningShift = z.infer<typeof RunningShift>;

/** A published month as it was worked: people, cells that are marked, shifts that lacked people and for how long (`short`), entries, and who is named in it. */
export const AttendanceView = z.object({
  people: z.array(WorkedPerson), marks: z.array(z.object({ personId: Id, day: z.number().int(), cell: z.number().int(), mark: z.enum(WORK_MARKS) })),
  left: z.array(z.object({ day: z.number().int(), shift: z.number().int(), there: z.number().int(), need: z.number().int(), short: Minutes })), entries: z.array(Attended), names: z.record(z.string(), z.string()),
});
export type AttendanceView = z.infer<typeof AttendanceView>;

const Place = z.strictObject({ service: DutyDesk, month: RosterPlan.shape.month });

/** What screens can ask of what was worked. */
export const ATTEND_CALLS = {
  /** Null: the month is not published, or none of theirs. */
  attendance: needs('roster.read').input(Place).output(AttendanceView.nullable()),
  /** Whoever plans enters what somebody worked, or that they did not come. */
  attend: needs('roster.plan').input(ATTEND_PAYLOADS['roster.attend'].omit({ attendId: true, source: true })).output(AttendanceView),
  takeOver: needs('roster.read').input(ATTEND_PAYLOADS['roster.takeOver'].omit({ attendId: true })).output(AttendanceView),
};
