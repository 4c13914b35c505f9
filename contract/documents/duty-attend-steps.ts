import type { z } from 'zod';
import type { Id } from '../ids.ts';
import type { Facts } from '../mutations/facts.ts';
import { may } from '../permissions.ts';
import { daysOf, type RosterPlan } from '../roster.ts';
import { shiftEndMs, shiftStartMs } from '../roster-days.ts';
import { refuse } from './document.ts';
import { ATTEND_LIMITS, EARLY_MS, entryOf, isThere, NEAR_MS, STAYS_MS, type ATTEND_PAYLOADS, type Attended } from './duty-attendance.ts';
import { cellOf, changed, dutyPlan, found, plans, toldOf, type DutyRoster } from './duty-roster.ts';

type Attend = z.infer<(typeof ATTEND_PAYLOADS)['roster.attend']>;
type TakeOver = z.infer<(typeof ATTEND_PAYLOADS)['roster.takeOver']>;

/** A shift on a day, what is known of somebody in it, whether it is theirs by the plan, and when others took it over from them. */
interface Judged { plan: RosterPlan; fromMs: number; toMs: number; before: Attended | undefined; isOwn: boolean; facts: Facts; relieved: readonly number[] }

/** @throws {AppError} `roster/no-shift` where the pattern or the month has none such */
function judged(roster: DutyRoster, p: Attend | TakeOver, facts: Facts): Judged {
  const plan = dutyPlan(roster);
  if (plan.shifts[p.cell - 1] === undefined || p.day >= daysOf(plan.month)) refuse('roster/no-shift', { isLeave: false });
  return {
    plan, facts, relieved: (roster.attended ?? []).flatMap(one => (one.insteadOfId === p.personId && one.day === p.day && one.cell === p.cell && one.fromMs !== null ? [one.fromMs] : [])), fromMs: shiftStartMs(plan, p.day, p.cell), toMs: shiftEndMs(plan, p.day, p.cell), before: entryOf(roster.attended, p), isOwn: cellOf(plan, p.personId, p.day) === p.cell,
  };
}

/** Until when somebody had the shift who came at a moment, where somebody took it over from them that is known of already: the two may arrive in either order. */
function untilRelieved(fromMs: number, { relieved }: Judged): number | null {
  const later = relieved.filter(atMs => atMs > fromMs);
  return later.length === 0 ? null : Math.min(...later);
}

const entry = ({ attendId, personId, day, cell, source, fromMs, toMs, insteadOfId, reason }: Attend, { before, facts }: Judged): Attended =>
  ({ id: before?.id ?? attendId, personId, day, cell, fromMs, toMs, insteadOfId, source, byId: facts.actor.personId, atMs: facts.atMs, reason });

/** The entries with some of them new, each in the place of the one before it of that person, day and shift. */
function withEntries(roster: DutyRoster, facts: Facts, action: string, some: readonly Attended[], more: Partial<DutyRoster> = {}): DutyRoster {
  const before = roster.attended ?? [];
  const attended = [...before.filter(one => entryOf(some, one) === undefined), ...some];
  if (attended.length > ATTEND_LIMITS.entries) refuse('issue/too-many', { limit: ATTEND_LIMITS.entries });
  return changed(roster, facts, action, { ...more, attended });
}

/** Own presence, told by a sign-in: the earliest that is told of a shift holds, and nothing that a person has entered is overwritten. */
function bySignIn(p: Attend, now: Judged): Attended {
  if (p.fromMs === null || p.toMs !== null || p.insteadOfId !== null) refuse('input/invalid', { field: 'fromMs' });
  refuseOthers(p, p.fromMs, now);
  const { before } = now;
  if (before === undefined) return { ...entry(p, now), toMs: untilRelieved(p.fromMs, now) };
  return before.source === 'signIn' && before.fromMs !== null && p.fromMs < before.fromMs ? { ...before, fromMs: p.fromMs } : before;
}

/** @throws {AppError} where it is not their own shift, or not from an hour before it until its end */
function refuseOthers(p: Attend, fromMs: number, now: Judged): void {
  const { facts: { actor, atMs }, isOwn, before } = now;
  if (p.personId !== actor.personId) refuse('roster/not-yours');
  if (!may(actor.roles, 'roster.read')) refuse('auth/forbidden', { permission: 'roster.read' });
  if (!isOwn && before === undefined) refuse('roster/no-shift', { isLeave: false });
  if (fromMs > atMs) refuse('roster/future');
  if (fromMs < now.fromMs - EARLY_MS || atMs < now.fromMs - EARLY_MS || fromMs >= now.toMs || atMs >= now.toMs) refuse('roster/not-running');
}

/** Since when somebody had a shift that they hand over: that they signed in before it tells of no work before it, and who takes it over does not sign that it does. */
const sinceOf = ({ source }: Attended, fromMs: number, toMs: number, now: Judged): number => (source === 'signIn' && now.fromMs < toMs ? Math.max(fromMs, now.fromMs) : fromMs);

/** A signed handover: from when who comes has the shift, or until when who goes has had it. What was signed first holds; so does what whoever plans has entered. */
function byHandover(p: Attend, now: Judged): Attended {
  const { before, facts: { actor, atMs }, isOwn } = now;
  if (p.insteadOfId !== null || p.fromMs === null) refuse('input/invalid', { field: 'fromMs' });
  if (p.toMs === null) {
    refuseOthers(p, p.fromMs, now);
    if (before === undefined) return { ...entry(p, now), toMs: untilRelieved(p.fromMs, now) };
    return before.source === 'signIn' && before.toMs === null ? { ...entry(p, now), insteadOfId: before.insteadOfId } : before;
  }
  // Both have signed it: who comes may say when who goes has gone.
  if (!may(actor.roles, 'handover.sign')) refuse('auth/forbidden', { permission: 'handover.sign' });
  if (!isOwn && before === undefined) refuse('roster/no-shift', { isLeave: false });
  if (p.toMs > atMs) refuse('roster/future');
  // Who was there before their shift has not worked in it yet.
  const fromMs = before === undefined ? Math.max(p.fromMs, p.toMs > now.fromMs ? now.fromMs : now.fromMs - EARLY_MS) : before.fromMs;
  if (fromMs === null || before?.source === 'planner' || (before !== undefined && before.toMs !== null)) return before!;
  if (p.toMs <= fromMs || p.toMs > now.toMs + STAYS_MS) refuse('roster/not-running');
  return before === undefined ? { ...entry(p, now), fromMs } : { ...before, fromMs: sinceOf(before, fromMs, p.toMs, now), toMs: p.toMs, source: before.source === 'takeOver' ? 'takeOver' : 'handover', byId: actor.personId, atMs };
}

/** What whoever plans enters: of anybody, also afterwards, with a reason; it takes the place of all that was known. */
function byPlanner(p: Attend, now: Judged): Attended {
  const { before, isOwn, plan, facts } = now;
  if (!plans(facts)) refuse('auth/forbidden', { permission: 'roster.plan' });
  // Nobody enters hours of their own, which are paid for.
  if (p.personId === facts.actor.personId) refuse('issue/same-person');
  if (p.reason === '') refuse('roster/attend-reason');
  if (p.fromMs === null) {
    if (p.toMs !== null || p.insteadOfId !== null) refuse('input/invalid', { field: 'toMs' });
    if (!isOwn && before === undefined) refuse('roster/no-shift', { isLeave: false });
    if (facts.atMs < now.fromMs) refuse('roster/future');
  } else {
    if (p.fromMs > facts.atMs || (p.toMs ?? 0) > facts.atMs) refuse('roster/future');
    if (p.toMs !== null && p.toMs <= p.fromMs) refuse('input/invalid', { field: 'toMs' });
    if (p.fromMs < now.fromMs - NEAR_MS || p.fromMs >= now.toMs + NEAR_MS || (p.toMs ?? 0) > now.toMs + NEAR_MS || (p.toMs === null && p.fromMs >= now.toMs)) refuse('roster/not-running');
    if (p.insteadOfId !== null && (p.insteadOfId === p.personId || cellOf(plan, p.insteadOfId, p.day) !== p.cell)) refuse('input/invalid', { field: 'insteadOfId' });
  }
  if (before !== undefined && before.fromMs === p.fromMs && before.toMs === p.toMs && before.insteadOfId === p.insteadOfId) refuse('issue/nothing-changed');
  return entry(p, now);
}

const HOW = { signIn: bySignIn, handover: byHandover, planner: byPlanner } as const;

/** Whether somebody takes their own shift back from who has it in their place: they were relieved or nothing was known of them, and whoever plans has said nothing else. */
const takesBack = (own: Attended | undefined, before: Attended | undefined, me: Id): boolean => before?.insteadOfId === me && (own === undefined || (own.fromMs !== null && own.toMs !== null && own.source !== 'planner'));

/** The entries of a take-over: who takes from now on, and who is relieved until now; who takes their own shift back goes on in it. @throws {AppError} the refusal */
function takenOver(roster: DutyRoster, p: TakeOver, now: Judged): Attended[] {
  const { facts: { actor, atMs }, plan, before, isOwn } = now;
  const of = (personId: Id): Attended | undefined => entryOf(roster.attended, { ...p, personId });
  if (atMs < now.fromMs || atMs >= now.toMs) refuse('roster/not-running');
  const holds = before !== undefined && isThere(before, atMs);
  if (!isOwn && !holds) refuse('roster/no-shift', { isLeave: false });
  if (p.reason === '') refuse('roster/why-needed');
  const own = of(actor.personId);
  if (holds && takesBack(own, before, actor.personId)) {
    const again: Attended = own ?? { id: p.attendId, personId: actor.personId, day: p.day, cell: p.cell, fromMs: atMs, toMs: null, insteadOfId: null, source: 'takeOver', byId: actor.personId, atMs, reason: p.reason };
    return [{ ...before, toMs: atMs }, { ...again, toMs: null, source: 'takeOver', byId: actor.personId, atMs, reason: p.reason }];
  }
  if (p.personId === actor.personId || cellOf(plan, actor.personId, p.day) === p.cell || own !== undefined) refuse('roster/in-shift');
  // Who is in it again after they took it back can be relieved once more.
  if (!holds && roster.attended?.some(one => one.insteadOfId === p.personId && one.day === p.day && one.cell === p.cell && one.fromMs !== null && one.fromMs <= atMs) === true) refuse('roster/taken-over');
  const taker: Attended = { id: p.attendId, personId: actor.personId, day: p.day, cell: p.cell, fromMs: atMs, toMs: null, insteadOfId: p.personId, source: 'takeOver', byId: actor.personId, atMs, reason: p.reason };
  return holds ? [{ ...before, toMs: atMs }, taker] : [taker];
}

/** What was worked, beside what was planned. @throws {AppError} the refusal */
export const ATTEND_STEPS = {
  'roster.attend': (row: DutyRoster | undefined, p: Attend, facts: Facts): DutyRoster => {
    const roster = found(row, facts);
    const now = judged(roster, p, facts);
    const next = HOW[p.source](p, now);
    return next === now.before ? roster : withEntries(roster, facts, 'roster.attend', [next]);
  },
  'roster.takeOver': (row: DutyRoster | undefined, p: TakeOver, facts: Facts): DutyRoster => {
    const roster = found(row, facts);
    if (!may(facts.actor.roles, 'roster.swap') && !plans(facts)) refuse('auth/forbidden', { permission: 'roster.swap' });
    return withEntries(roster, facts, 'roster.takeOver', takenOver(roster, p, judged(roster, p, facts)), toldOf(roster, [p.personId], facts));
  },
} as const;
