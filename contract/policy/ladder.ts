import { REMINDED_STATES, type ClockName, type Issue } from '../issue.ts';
import { clocksOf, runningClocks, type Clocked, type RunningClock } from './clocks.ts';
import type { LadderStep, PolicyPack } from './pack.ts';

/** What of a record says how far its unit has been reminded. */
export type Laddered = Clocked & Pick<Issue, 'state' | 'leadUnitId' | 'forwardedAtMs' | 'reminders'>;

/** Where a record stands on the ladder of reminders (thang đôn đốc). */
export interface Ladder {
  /** The highest step that is on record since the unit was given the record or it was reopened, with its time, ms. */
  recorded: { level: number; atMs: number } | null;
  /** The level that the unit's clocks have come to since then; 0: none. */
  reached: number;
  /** The step to record now. */
  due: LadderStep | null;
  /** When the step after that is due, ms, if nobody acts; null: none will be. */
  nextAtMs: number | null;
}

/** Clocks that the lead unit has to keep (Q15.6, Q17.7): the others are the IOC's own. */
const KEPT_BY_UNIT: readonly ClockName[] = ['accept', 'resolve'];

const OFF: Ladder = { recorded: null, reached: 0, due: null, nextAtMs: null };

/**
 * The ladder of a record at an instant (Q15.6, Q17.7; values of the pack): the same on every machine, with a link or without.
 *
 * - Only the highest step that has been reached is due. What is lower than a step on record, or than the one due, is passed over: whom it
 *   names would be told in the same minute, of nothing that the higher step does not say.
 * - A clock that stands brings nobody a reminder; what it had come to before is due when it goes on, or has stood as long as it may.
 * - Given to another unit, or to the same again, or reopened, a record begins at the bottom: neither what was recorded nor what was reached before counts against
 *   who has it now. That its unit overran its time before a reopening does: it is the same unit and the same record.
 *
 * @param atMs no earlier than the record's last change
 */
export function ladderOf(issue: Laddered, pack: PolicyPack, atMs: number): Ladder {
  if (issue.leadUnitId === null || !REMINDED_STATES.includes(issue.state)) return OFF;
  const recorded = recordedOf(issue);
  const moments = momentsOf(issue, pack);
  const reachedNow = moments.filter(moment => moment.atMs <= atMs);
  const open = reachedNow.filter(({ step, clock }) => step.level > (recorded?.level ?? 0) && clock.standsUntil(atMs) === null);
  const due = open.reduce<LadderStep | null>((highest, { step }) => (highest === null || step.level > highest.level ? step : highest), null);
  const above = due?.level ?? recorded?.level ?? 0;
  const later = moments.filter(({ step }) => step.level > above).map(moment => Math.max(moment.atMs, moment.clock.standsUntil(atMs) ?? 0));
  const nextAtMs = Math.min(...later, Infinity);
  return { recorded, reached: Math.max(0, ...reachedNow.map(({ step }) => step.level)), due, nextAtMs: nextAtMs === Infinity ? null : nextAtMs };
}

/** When the round that the record's unit is in began, ms: it was given the record then, or had it opened again (domain, §5.5). Each round has its own steps. */
export function roundBegins({ forwardedAtMs, history }: Pick<Laddered, 'forwardedAtMs' | 'history'>): number {
  return Math.max(forwardedAtMs ?? 0, history.findLast(entry => entry.to === 'reopened')?.atMs ?? 0);
}

interface Moment { step: LadderStep; clock: RunningClock; atMs: number }

/** When each clock of the unit comes to each step: those that it came to before the unit was given the record left out. */
function momentsOf(issue: Laddered, pack: PolicyPack): Moment[] {
  const [sinceMs, givenAtMs] = [roundBegins(issue), issue.forwardedAtMs ?? 0];
  const overrun = clocksOf(issue, pack).filter(({ name, breach, stoppedAtMs }) => KEPT_BY_UNIT.includes(name) && breach === 'late' && (stoppedAtMs ?? 0) > givenAtMs).length;
  return runningClocks(issue, pack, KEPT_BY_UNIT)
    .flatMap(clock => pack.ladder.map(step => ({ step, clock, atMs: momentOf(step, clock, overrun) })))
    .filter(({ atMs }) => atMs >= sinceMs && atMs !== Infinity);
}

/** When the clock comes to the step, ms; Infinity: never. @param overrun clocks that the unit has overrun before */
function momentOf({ atShare, orOverdue }: LadderStep, clock: RunningClock, overrun: number): number {
  const byShareMs = clock.atShare(atShare) ?? Infinity;
  return orOverdue !== undefined && overrun + 1 >= orOverdue ? Math.min(byShareMs, clock.dueAtMs ?? Infinity) : byShareMs;
}

function recordedOf(issue: Laddered): Ladder['recorded'] {
  const { leadUnitId, reminders = [] } = issue;
  const sinceMs = roundBegins(issue);
  const taken = reminders.filter(({ unitId, level, atMs }) => level > 0 && unitId === leadUnitId && atMs >= sinceMs);
  return taken.reduce<Ladder['recorded']>((highest, { level, atMs }) => (highest === null || level > highest.level ? { level, atMs } : highest), null);
}
