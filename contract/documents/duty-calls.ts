import { z } from 'zod';
import { Empty, needs } from '../call-rights.ts';
import { Id } from '../ids.ts';
import { RosterBroken, RosterPlan } from '../roster.ts';
import { DutyDesk } from '../roster-desks.ts';
import { SyncState } from '../queue.ts';
import { RunningShift } from './duty-attend-calls.ts';
import { DUTY_LIMITS, DUTY_PAYLOADS, DutyRoster } from './duty-roster.ts';

/**
 * A published month as a screen shows it: `duty` is who works when with every approved change in it, `breaks` what an open wish would break (by its
 * id), `names` everybody who is named in it.
 */
export const DutyView = z.object({
  roster: DutyRoster, duty: RosterPlan, approved: z.number().int(), sync: SyncState, names: z.record(z.string(), z.string()), breaks: z.record(z.string(), z.array(RosterBroken)),
  mustAcknowledge: z.boolean(), waitingFor: z.array(Id).describe('who has not said yet that they know their month'),
});
export type DutyView = z.infer<typeof DutyView>;

/** A shift and who works it; `names` empty: nobody. `seats`: how many there should be; `running`: of one that runs, who is there. */
export const BoardShift = z.object({ code: z.string(), fromMs: z.number(), toMs: z.number(), isNight: z.boolean(), names: z.array(z.string()), seats: z.number().int(), running: RunningShift.optional() });
export type BoardShift = z.infer<typeof BoardShift>;
/** The board of a line: the shifts that are on duty (two where they overlap), those that begin next, and the week from Monday. `week` null: no month of it is published; `isPublished`: this day's is. */
export const BoardLine = z.object({ service: DutyDesk, now: z.array(BoardShift), next: z.array(BoardShift), isPublished: z.boolean(), week: z.array(z.object({ dayMs: z.number(), shifts: z.array(BoardShift) })).nullable() });
export type BoardLine = z.infer<typeof BoardLine>;

const Place = z.strictObject({ service: DutyDesk, month: RosterPlan.shape.month });
const { from } = DUTY_PAYLOADS['roster.publish'].shape;

/** What screens can ask of published rosters. */
export const DUTY_CALLS = {
  /** The desks of this site that whoever asks may see. */
  desks: needs('roster.read').input(Empty).output(z.object({ desks: z.array(DutyDesk) })),
  published: needs('roster.read').input(Place).output(DutyView.nullable()),
  /** `reason`: why it is published although it lacks people or breaks rules; null where there is nothing to accept. */
  publish: needs('roster.plan').input(z.strictObject({ plan: RosterPlan, from, reason: z.string().trim().max(DUTY_LIMITS.reason).nullable() })).output(DutyView),
  acknowledge: needs('roster.read').input(DUTY_PAYLOADS['roster.acknowledge']).output(DutyView),
  ask: needs('roster.read').input(DUTY_PAYLOADS['roster.ask'].omit({ askId: true })).output(DutyView),
  take: needs('roster.read').input(DUTY_PAYLOADS['roster.take']).output(DutyView),
  approve: needs('roster.plan').input(DUTY_PAYLOADS['roster.approve']).output(DutyView),
  end: needs('roster.read').input(DUTY_PAYLOADS['roster.end']).output(DutyView),
  /** Đang trực – ca sau – tuần này. */
  board: needs('roster.read').input(Empty).output(z.object({ lines: z.array(BoardLine) })),
  /** What of the months from now on waits for whoever asks: to be acknowledged, taken or answered, approved. */
  news: needs('roster.read').input(Empty).output(z.object({ acknowledge: z.number().int(), answer: z.number().int(), decide: z.number().int(), places: z.array(z.object({ service: DutyDesk, month: RosterPlan.shape.month, n: z.number().int() })) })),
};
