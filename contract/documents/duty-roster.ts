import { z } from 'zod';
import { Id } from '../ids.ts';
import type { Facts } from '../mutations/facts.ts';
import { may } from '../permissions.ts';
import { daysOf, OFF, RosterBroken, RosterGap, RosterLack, RosterPlan } from '../roster.ts';
import { deskLines } from '../roster-desks.ts';
import { isAway, seatsAt, skilledAt } from '../roster-seats.ts';
import { rosterId, shiftStartMs } from '../roster-days.ts';
import { wordOf } from '../words.ts';
import { DOCUMENT, documentEntry, refuse, sees } from './document.ts';
import { ATTEND_LIMITS, Attended } from './duty-attendance.ts';

export const DUTY_LIMITS = { reason: 500, asks: 200, lines: 1_000, entries: 100, seen: 100 } as const;

/** How a wish to change a shift stands: asked of somebody or of all, taken by one, decided by who plans; `moved`: a later edition took the shift away. */
export const ASK_STATES = ['asked', 'taken', 'approved', 'declined', 'refused', 'withdrawn', 'moved'] as const;
export type AskState = (typeof ASK_STATES)[number];

const Done = z.object({ byId: Id, atMs: z.number(), reason: z.string().max(DUTY_LIMITS.reason) });

/**
 * Somebody's shift that another is to work: given to one person, or to whoever takes it (`toId` null); against a shift of theirs on `theirDay`, or for
 * nothing. Days run from 0. `edition`: of which it was approved, and as the how manieth change of it.
 */
export const ShiftAsk = z.object({
  id: Id, personId: Id, day: z.number().int(), cell: z.number().int(), toId: Id.nullable(), theirDay: z.number().int().nullable(), theirCell: z.number().int().nullable(),
  reason: z.string().max(DUTY_LIMITS.reason), state: wordOf(ASK_STATES), byId: Id, atMs: z.number(),
  taken: Done.extend({ personId: Id }).nullable(), ended: Done.nullable(), edition: z.number().int().nullable(), order: z.number().int().nullable(),
});
export type ShiftAsk = z.infer<typeof ShiftAsk>;

/** What was published although it lacks people, or those with a skill, or breaks rules: rule, value and limit of each, why, and who approved it. `more`: how many breaches there was no room for. */
export const Accepted = z.object({ reason: z.string().trim().min(1).max(DUTY_LIMITS.reason), gaps: z.array(RosterGap).max(DUTY_LIMITS.lines), lacking: z.array(RosterLack).max(DUTY_LIMITS.lines).optional(), broken: z.array(RosterBroken).max(DUTY_LIMITS.lines), more: z.number().int().min(0) });
export type Accepted = z.infer<typeof Accepted>;

/** A line's month of duty as it is published (lịch trực đã công bố): the plan of its newest edition, who has seen it, and what has been changed between people since. */
export const DutyRoster = z.object({
  ...DOCUMENT, plan: RosterPlan, edition: z.number().int().min(1), published: z.object({ byId: Id, atMs: z.number() }),
  accepted: Accepted.extend({ byId: Id }).nullable(),
  changedIn: z.array(z.object({ personId: Id, edition: z.number().int(), atMs: z.number() })).max(DUTY_LIMITS.seen).describe('of which edition, and when, a person\'s month was last changed without them'),
  seen: z.array(z.object({ personId: Id, changedAtMs: z.number(), atMs: z.number() })).max(DUTY_LIMITS.seen).describe('who knows of which change'),
  asks: z.array(ShiftAsk).max(DUTY_LIMITS.asks),
  attended: z.array(Attended).max(ATTEND_LIMITS.entries).optional().describe('what was worked; absent: nothing is known of it'),
});
export type DutyRoster = z.infer<typeof DutyRoster>;

const Reason = z.string().trim().max(DUTY_LIMITS.reason);
const Day = z.number().int().min(0).max(30);
const Shift = z.number().int().min(1).max(6);
export const DUTY_PAYLOADS = {
  /** `from`: the edition that it is made from and how many changes between people it has seen approved; 0 and 0 for the first. */
  'roster.publish': z.object({ id: Id, siteId: Id, plan: RosterPlan, from: z.object({ edition: z.number().int().min(0), approved: z.number().int().min(0) }), accepted: Accepted.nullable() }),
  /** `changedAtMs`: the change that they have seen. */
  'roster.acknowledge': z.object({ id: Id, changedAtMs: z.number() }),
  /** `cell` and `theirCell`: the shifts as they were seen; where they are others by then, nobody has agreed to those. */
  'roster.ask': z.object({ id: Id, askId: Id, personId: Id, day: Day, cell: Shift, toId: Id.nullable(), theirDay: Day.nullable(), theirCell: Shift.nullable(), reason: Reason }),
  'roster.take': z.object({ id: Id, askId: Id, personId: Id, cell: Shift, theirCell: Shift.nullable() }),
  'roster.approve': z.object({ id: Id, askId: Id, cell: Shift, theirCell: Shift.nullable(), reason: Reason.default('') }),
  'roster.end': z.object({ id: Id, askId: Id, reason: Reason.default('') }),
} as const;
type Payload<N extends keyof typeof DUTY_PAYLOADS> = z.infer<(typeof DUTY_PAYLOADS)[N]>;

export function isOpenAsk({ state }: Pick<ShiftAsk, 'state'>): boolean {
  return state === 'asked' || state === 'taken';
}

/** How many changes between people the newest edition has. */
export function approvedOf({ asks, edition }: Pick<DutyRoster, 'asks' | 'edition'>): number {
  return asks.filter(ask => ask.state === 'approved' && ask.edition === edition).length;
}

type Members = RosterPlan['members'];

/** The months after a shift has gone over, and another back for it; null where one of them works or is on leave on a day that they would get. */
export function exchanged(members: Members, { personId, day, theirDay }: Pick<ShiftAsk, 'personId' | 'day' | 'theirDay'>, toId: Id): Members | null {
  const [from, to] = [personId, toId].map(id => members.find(one => one.personId === id)?.cells);
  if (from === undefined || to === undefined || personId === toId) return null;
  const cell = from[day] ?? OFF, back = theirDay === null ? OFF : to[theirDay] ?? OFF;
  if (cell <= OFF || (theirDay !== null && back <= OFF)) return null;
  const [fromNext, toNext] = [[...from], [...to]];
  fromNext[day] = OFF;
  if (theirDay !== null) toNext[theirDay] = OFF;
  if (toNext[day] !== OFF || (theirDay !== null && fromNext[theirDay] !== OFF)) return null;
  toNext[day] = cell;
  if (theirDay !== null) fromNext[theirDay] = back;
  return members.map(one => (one.personId === personId ? { ...one, cells: fromNext } : one.personId === toId ? { ...one, cells: toNext } : one));
}

/** Who works when: the plan of the newest edition with what people have changed between them since. The one answer to it for screens, outputs and notices. */
export function dutyPlan({ plan, asks, edition }: Pick<DutyRoster, 'plan' | 'asks' | 'edition'>): RosterPlan {
  const members = asks.filter(ask => ask.state === 'approved' && ask.edition === edition).sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .reduce<Members>((now, ask) => exchanged(now, ask, ask.taken?.personId ?? ask.toId ?? ask.personId) ?? now, plan.members);
  return { ...plan, members };
}

/** Seats that nobody sits on, and those too many. */
export function gapsOf(plan: RosterPlan): z.infer<typeof RosterGap>[] {
  const { members, shifts, month } = plan;
  return Array.from({ length: daysOf(month) * shifts.length }, (_, at) => {
    const day = Math.floor(at / shifts.length), shift = at % shifts.length;
    return { day, shift, is: members.filter(({ cells }) => cells[day] === shift + 1).length, need: seatsAt(plan, day, shift) };
  }).filter(({ is, need }) => is !== need);
}

/** Shifts that fewer people with a skill sit in than have to. */
export function lackingOf(plan: RosterPlan): RosterLack[] {
  const { members, shifts, month, needs = [] } = plan;
  return Array.from({ length: daysOf(month) * shifts.length }, (_, at) => at).flatMap(at => needs.map(({ skill, seats }) => {
    const day = Math.floor(at / shifts.length), shift = at % shifts.length;
    return { day, shift, skill, is: members.filter(({ cells, skills }) => cells[day] === shift + 1 && skills?.includes(skill) === true).length, need: skilledAt(plan, seats, day, shift) };
  })).filter(({ is, need }) => is < need);
}

/** What somebody has on a day, from 0, of a plan; off where they are not in it. */
export const cellOf = (plan: RosterPlan, personId: Id | null, day: number | null): number => (day === null ? OFF : plan.members.find(one => one.personId === personId)?.cells[day] ?? OFF);

const moved = (ask: ShiftAsk, { actor, atMs }: Facts): ShiftAsk => ({ ...ask, state: 'moved', ended: { byId: actor.personId, atMs, reason: '' } });
const hoursOf = ({ shifts }: RosterPlan, cell: number): string => `${shifts[cell - 1]?.fromMin} ${shifts[cell - 1]?.minutes}`;

/** People whose month is not what it was; those who are no longer in it too. */
function changedPeople(before: RosterPlan | null, after: RosterPlan): Id[] {
  const texts = (plan: RosterPlan | null): Map<Id, string> => new Map((plan?.members ?? []).flatMap(one => (one.personId === null ? [] : [[one.personId, one.cells.map(cell => JSON.stringify(plan!.shifts[cell - 1] ?? cell)).join()]])));
  const [was, is] = [texts(before), texts(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter(id => was.get(id) !== is.get(id));
}

/** The approved changes of the newest edition that hold and that a plan does not have: published, it takes them back. One that a later change has taken on is not among them. */
export function undoneBy(plan: RosterPlan, roster: Pick<DutyRoster, 'plan' | 'asks' | 'edition'>): ShiftAsk[] {
  const duty = dutyPlan(roster);
  const holds = (now: RosterPlan, { taken, personId, day, cell }: ShiftAsk): boolean => cellOf(now, taken?.personId ?? null, day) === cell && cellOf(now, personId, day) !== cell;
  return roster.asks.filter(ask => ask.state === 'approved' && ask.edition === roster.edition && holds(duty, ask) && !holds(plan, ask));
}

/**
 * A wish goes with its shift as long as that is the person's on that day; else it is over. Whoever took a shift did not take one of other hours.
 */
function followed(ask: ShiftAsk, before: RosterPlan, plan: RosterPlan, facts: Facts): ShiftAsk {
  if (!isOpenAsk(ask)) return ask;
  const cell = cellOf(plan, ask.personId, ask.day), theirCell = ask.theirDay === null ? null : cellOf(plan, ask.toId ?? ask.taken?.personId ?? null, ask.theirDay);
  const isThere = cell > OFF && (theirCell === null || theirCell > OFF) && (ask.taken === null || exchanged(plan.members, ask, ask.taken.personId) !== null);
  if (!isThere) return moved(ask, facts);
  const isSame = hoursOf(before, ask.cell) === hoursOf(plan, cell) && (theirCell === null || hoursOf(before, ask.theirCell ?? OFF) === hoursOf(plan, theirCell));
  return { ...ask, cell, theirCell, ...!isSame && { state: 'asked' as const, taken: null } };
}

/** The row with some fields changed, and who did it in its history. */
export const changed = (row: DutyRoster, facts: Facts, action: string, fields: Partial<DutyRoster>): DutyRoster => ({ ...row, ...fields, history: [...row.history, documentEntry(facts, action)].slice(-DUTY_LIMITS.entries) });

/** Whether whoever acts plans duty. */
export const plans = ({ actor }: Facts): boolean => may(actor.roles, 'roster.plan');

/** @throws {AppError} `document/not-found`, `issue/outside-scope` */
export function found(row: DutyRoster | undefined, facts: Facts): DutyRoster {
  if (row === undefined) refuse('document/not-found');
  if (!sees(facts.actor, row)) refuse('issue/outside-scope');
  return row;
}

/** An open wish, by whoever may have a say in changes of shifts. */
function opened(row: DutyRoster | undefined, askId: Id, facts: Facts): { roster: DutyRoster; ask: ShiftAsk } {
  const roster = found(row, facts);
  if (!may(facts.actor.roles, 'roster.swap') && !plans(facts)) refuse('auth/forbidden', { permission: 'roster.swap' });
  const ask = roster.asks.find(one => one.id === askId);
  if (ask === undefined) refuse('document/not-found');
  if (!isOpenAsk(ask)) refuse('roster/ask-over', { state: ask.state });
  return { roster, ask };
}

/** The wishes, the oldest that is over left out where there are as many as there may be. */
function withRoom({ asks, edition }: DutyRoster): ShiftAsk[] {
  if (asks.length < DUTY_LIMITS.asks) return asks;
  const oldest = asks.findIndex(ask => !isOpenAsk(ask) && !(ask.state === 'approved' && ask.edition === edition));
  return asks.filter((_, at) => at !== oldest);
}

const withAsk = (row: DutyRoster, facts: Facts, action: string, ask: ShiftAsk): DutyRoster => changed(row, facts, action, { asks: row.asks.map(one => (one.id === ask.id ? ask : one)) });

/** That the month of some people has changed without them: each has to hear of it, and says so. */
export function toldOf({ changedIn, seen, edition }: DutyRoster, people: readonly Id[], { atMs }: Facts): Pick<DutyRoster, 'changedIn' | 'seen'> {
  return {
    changedIn: [...changedIn.filter(one => !people.includes(one.personId)), ...people.map(personId => ({ personId, edition, atMs }))].slice(-DUTY_LIMITS.seen), seen: seen.filter(one => !people.includes(one.personId)),
  };
}

/** Whether the two shifts of a wish are still ahead and the other one free for it: whoever takes or approves it can. */
export function canChange(plan: RosterPlan, ask: ShiftAsk, toId: Id, atMs: number): boolean {
  const isAhead = (personId: Id, day: number): boolean => { const cell = cellOf(plan, personId, day); return cell > OFF && shiftStartMs(plan, day, cell) > atMs; };
  return isAhead(ask.personId, ask.day) && (ask.theirDay === null || isAhead(toId, ask.theirDay)) && exchanged(plan.members, ask, toId) !== null;
}

/** @throws {AppError} `roster/changed` when the shifts are others than were seen, `roster/no-shift`, `roster/begun`, `roster/busy` */
function refuseChange(plan: RosterPlan, ask: ShiftAsk, { toId, seen }: { toId: Id; seen: Pick<ShiftAsk, 'cell' | 'theirCell'> }, facts: Facts): void {
  if (seen.cell !== ask.cell || seen.theirCell !== ask.theirCell) refuse('roster/changed');
  refuseGone(plan, ask.personId, ask.day, facts);
  if (ask.theirDay !== null) refuseGone(plan, toId, ask.theirDay, facts);
  if (exchanged(plan.members, ask, toId) === null) refuse('roster/busy');
}

/** @throws {AppError} `roster/no-shift`, `roster/begun` */
function refuseGone(plan: RosterPlan, personId: Id, day: number, facts: Facts): void {
  const cell = cellOf(plan, personId, day);
  if (cell <= OFF) refuse('roster/no-shift', { isLeave: isAway(cell) });
  if (shiftStartMs(plan, day, cell) <= facts.atMs) refuse('roster/begun');
}

/** Whether a plan takes the ground from what has been worked: a shift that somebody came to has other hours in it, or whoever came to a shift of theirs is no longer there. */
function takesWorked({ attended = [] }: DutyRoster, before: RosterPlan, plan: RosterPlan): boolean {
  const isMember = (id: Id): boolean => plan.members.some(one => one.personId === id);
  return attended.some(({ personId, day, cell, fromMs }) => fromMs !== null && (hoursOf(before, cell) !== hoursOf(plan, cell) || (cellOf(before, personId, day) === cell && !isMember(personId))));
}

/** What an intent does to a published roster. @throws {AppError} the refusal; `roster/changed`: another edition, or a change between people, came first */
export const DUTY_STEPS = {
  'roster.publish': (row: DutyRoster | undefined, p: Payload<'roster.publish'>, facts: Facts): DutyRoster => {
    const place = { siteId: p.siteId, lines: deskLines(p.plan.service) };
    if (!sees(facts.actor, row ?? place) || !sees(facts.actor, place)) refuse('issue/outside-scope');
    if (!plans(facts)) refuse('auth/forbidden', { permission: 'roster.plan' });
    if (p.id !== rosterId(p.siteId, p.plan.service, p.plan.month)) refuse('input/invalid', { field: 'id' });
    if (p.from.edition !== (row?.edition ?? 0) || p.from.approved !== (row === undefined ? 0 : approvedOf(row))) refuse('roster/changed');
    if (p.plan.members.length === 0) refuse('roster/nobody');
    const known = p.plan.members.flatMap(({ personId }) => (personId === null ? [] : [personId]));
    if (new Set(known).size < known.length) refuse('input/invalid', { field: 'members' });
    if (p.accepted === null && (gapsOf(p.plan).some(({ is, need }) => is < need) || lackingOf(p.plan).length > 0)) refuse('roster/reason-needed');
    const before = row === undefined ? null : dutyPlan(row);
    if (row !== undefined && before !== null && takesWorked(row, before, p.plan)) refuse('roster/worked');
    const people = changedPeople(before, p.plan);
    const undone = row === undefined ? [] : undoneBy(p.plan, row);
    if (row !== undefined && people.length === 0 && JSON.stringify(before) === JSON.stringify(p.plan)) refuse('issue/nothing-changed');
    const edition = p.from.edition + 1;
    const old: DutyRoster = row ?? { id: p.id, ...place, plan: p.plan, edition, published: { byId: facts.actor.personId, atMs: facts.atMs }, accepted: null, changedIn: [], seen: [], asks: [], history: [], version: 0 };
    return changed(old, facts, 'roster.publish', {
      plan: p.plan, edition, published: { byId: facts.actor.personId, atMs: facts.atMs }, accepted: p.accepted === null ? null : { ...p.accepted, byId: facts.actor.personId },
      ...toldOf({ ...old, edition }, people, facts), asks: before === null ? [] : old.asks.map(ask => (undone.includes(ask) ? moved(ask, facts) : followed(ask, before, p.plan, facts))),
    });
  },
  'roster.acknowledge': (row: DutyRoster | undefined, p: Payload<'roster.acknowledge'>, facts: Facts): DutyRoster => {
    const roster = found(row, facts);
    const { personId } = facts.actor;
    const change = roster.changedIn.find(one => one.personId === personId);
    if (change === undefined) refuse('roster/not-in-it');
    if (change.atMs !== p.changedAtMs) refuse('roster/changed');
    return changed(roster, facts, 'roster.acknowledge', { seen: [...roster.seen.filter(one => one.personId !== personId), { personId, changedAtMs: p.changedAtMs, atMs: facts.atMs }].slice(-DUTY_LIMITS.seen) });
  },
  'roster.ask': (row: DutyRoster | undefined, p: Payload<'roster.ask'>, facts: Facts): DutyRoster => {
    const roster = found(row, facts);
    if (!plans(facts) && (!may(facts.actor.roles, 'roster.swap') || facts.actor.personId !== p.personId)) refuse('roster/not-yours');
    if (roster.asks.some(one => one.id === p.askId)) refuse('issue/already-exists');
    const kept = p.reason === '' ? refuse('roster/why-needed') : withRoom(roster);
    if (kept.length >= DUTY_LIMITS.asks) refuse('issue/too-many', { limit: DUTY_LIMITS.asks });
    const plan = dutyPlan(roster);
    refuseGone(plan, p.personId, p.day, facts);
    if (p.toId === null && p.theirDay !== null) refuse('input/invalid', { field: 'theirDay' });
    if (p.toId !== null && p.theirDay !== null) refuseGone(plan, p.toId, p.theirDay, facts);
    if (p.cell !== cellOf(plan, p.personId, p.day) || p.theirCell !== (p.theirDay === null ? null : cellOf(plan, p.toId, p.theirDay))) refuse('roster/changed');
    if (p.toId !== null && exchanged(plan.members, p, p.toId) === null) refuse('roster/busy');
    const taken = roster.asks.filter(isOpenAsk).flatMap(one => [`${one.personId} ${one.day}`, `${one.toId ?? ''} ${one.theirDay ?? ''}`]);
    if (taken.includes(`${p.personId} ${p.day}`) || (p.theirDay !== null && taken.includes(`${p.toId ?? ''} ${p.theirDay}`))) refuse('roster/asked-already');
    const ask: ShiftAsk = {
      id: p.askId, personId: p.personId, day: p.day, cell: p.cell, toId: p.toId, theirDay: p.theirDay, theirCell: p.theirCell,
      reason: p.reason, state: 'asked', byId: facts.actor.personId, atMs: facts.atMs, taken: null, ended: null, edition: null, order: null,
    };
    return changed(roster, facts, 'roster.ask', { asks: [...kept, ask] });
  },
  'roster.take': (row: DutyRoster | undefined, p: Payload<'roster.take'>, facts: Facts): DutyRoster => {
    const { roster, ask } = opened(row, p.askId, facts);
    if (ask.state !== 'asked') refuse('roster/ask-over', { state: ask.state });
    if ((p.personId !== facts.actor.personId && !plans(facts)) || (ask.toId !== null && ask.toId !== p.personId)) refuse('roster/not-yours');
    refuseChange(dutyPlan(roster), ask, { toId: p.personId, seen: p }, facts);
    return withAsk(roster, facts, 'roster.take', { ...ask, state: 'taken', taken: { personId: p.personId, byId: facts.actor.personId, atMs: facts.atMs, reason: '' } });
  },
  'roster.approve': (row: DutyRoster | undefined, p: Payload<'roster.approve'>, facts: Facts): DutyRoster => {
    const { roster, ask } = opened(row, p.askId, facts);
    if (!plans(facts)) refuse('auth/forbidden', { permission: 'roster.plan' });
    const toId = ask.taken?.personId ?? ask.toId;
    if (toId === null) refuse('roster/nobody-takes');
    // Nobody approves a change of their own shift.
    if ([ask.personId, toId].includes(facts.actor.personId)) refuse('issue/same-person');
    refuseChange(dutyPlan(roster), ask, { toId, seen: p }, facts);
    // Whoever was asked has not said yes: who approves in their stead says why.
    const done = ask.taken === null && p.reason === '' ? refuse('roster/why-needed') : { byId: facts.actor.personId, atMs: facts.atMs };
    // Whoever has neither asked nor taken it themselves has to hear of it.
    const untold = [...ask.byId === ask.personId ? [] : [ask.personId], ...ask.taken?.byId === toId ? [] : [toId]];
    return withAsk({ ...roster, ...toldOf(roster, untold, facts) }, facts, 'roster.approve', { ...ask, state: 'approved', edition: roster.edition, order: approvedOf(roster) + 1, taken: ask.taken ?? { personId: toId, ...done, reason: '' }, ended: { ...done, reason: p.reason } });
  },
  'roster.end': (row: DutyRoster | undefined, p: Payload<'roster.end'>, facts: Facts): DutyRoster => {
    const { roster, ask } = opened(row, p.askId, facts);
    const me = facts.actor.personId;
    const state: AskState | null = me === ask.personId || me === ask.byId ? 'withdrawn' : me === ask.toId || me === ask.taken?.personId ? 'declined' : plans(facts) ? 'refused' : null;
    if (state === null) refuse('roster/not-yours');
    // Whoever took an open shift and lets it go again leaves it to the others.
    const isOpenAgain = state === 'declined' && ask.toId === null;
    const ended = { byId: me, atMs: facts.atMs, reason: p.reason };
    return withAsk(roster, facts, 'roster.end', isOpenAgain ? { ...ask, state: 'asked', taken: null } : { ...ask, state, ended });
  },
} as const;

/** Whether someone has yet to say that they know their month: it was last changed by something else than they last saw. */
export function hasToAcknowledge({ changedIn, seen }: Pick<DutyRoster, 'changedIn' | 'seen'>, personId: Id): boolean {
  return changedIn.some(change => change.personId === personId && seen.find(one => one.personId === personId)?.changedAtMs !== change.atMs);
}
