import { ATTACHMENT_LIMITS } from '../attachment.ts';
import type { ErrorCode, ErrorFacts } from '../errors.ts';
import { hasNobody } from '../focal.ts';
import { AT_UNIT_STATES, attachmentsOf, isOpen, MAX_MERGES, MAX_REMINDERS, MAX_RESOURCES, REMINDED_STATES, type Issue, type IssueState } from '../issue.ts';
import type { Service } from '../org.ts';
import type { Permission } from '../permissions.ts';
import type { PolicyPack } from '../policy/pack.ts';
import { isAsked } from '../policy/survey.ts';
import { isCalled } from './asked.ts';
import { MUTATION_NAMES, type MutationName } from './payloads.ts';
import type { Actor, RoutableUnit } from './facts.ts';

const DAY_MS = 86_400_000;

/** What a guard may look at beside the record. */
export interface Seen { actor: Actor; pack: PolicyPack; atMs: number }
/** Why a step is not possible now; null when it is. */
export type Refusal = { code: ErrorCode; facts?: ErrorFacts } | null;

/** One line of the workflow: who, from which states (null: any), and what must hold beside. `receive` starts from nothing. */
interface Line { permission: Permission; from: readonly IssueState[] | null; guard?: (row: Issue, seen: Seen) => Refusal }

const EARLY: readonly IssueState[] = ['received', 'verifying', 'verified'];
const OPEN: readonly IssueState[] = [...EARLY, ...AT_UNIT_STATES, 'returned', 'resolved', 'reopened'];
/** Life first: an incident may be with a unit before anyone has verified it, and is verified then. */
const UNVERIFIED: readonly IssueState[] = ['verifying', 'unverified_forwarded', 'accepted', 'in_progress', 'on_hold', 'returned', 'resolved'];

const refused = (code: ErrorCode, facts: ErrorFacts = {}): Refusal => ({ code, facts });
const unless = (holds: boolean, code: ErrorCode, facts: ErrorFacts = {}): Refusal => (holds ? null : { code, facts });

/** Only people of the lead unit (chủ trì) act for it. */
const ofLeadUnit = (row: Issue, { actor }: Seen): Refusal => unless(row.leadUnitId !== null && actor.unitId === row.leadUnitId, 'issue/outside-scope');
const unverified = (row: Issue): Refusal => unless(row.verification === null, 'issue/nothing-changed');
/** Who offers it to another line, and who works there: a record that is offered goes on where it is. */
const atOwnLine = (row: Issue, { actor }: Seen): Refusal =>
  unless(actor.scope.services === null || actor.scope.services.includes(row.service), 'issue/outside-scope');
const atOtherLine = (row: Issue, { actor }: Seen): Refusal => {
  if (row.handOff === null || row.handOff === undefined) return refused('issue/no-hand-off');
  return unless(actor.scope.services === null || actor.scope.services.includes(row.handOff.to), 'issue/outside-scope');
};
/** Whether it rings as new: nobody has taken it up or begun with it. */
export const isUntaken = (row: Issue): boolean => row.state === 'received' && (row.acknowledged ?? null) === null;
/** The kind of record that a line works. */
export const classOf = (service: Service): Issue['class'] => (service === '1022' || service === 'field' ? 'issue' : 'incident');
/**
 * With the line the class may change, and with it what must come before what: only while nothing has been done yet that the other class does not know. What went out unverified would
 * otherwise run on as a report that nobody has to verify, and an emergency stand and wait for an answer (Q15.5, Q17.6).
 */
const classStillOpen = (row: Issue): Refusal => unless(EARLY.includes(row.state) || row.handOff === null || row.handOff === undefined || classOf(row.handOff.to) === row.class, 'issue/class-settled');
/** Life first: what is sent out before anything else is settled. */
const isLifeFirst = (row: Pick<Issue, 'class' | 'severity'>, pack: PolicyPack): boolean => row.class === 'incident' && pack.dispatchFirst.severities.includes(row.severity);
const pausesSoFar = (row: Issue, to: IssueState): number => row.history.filter(entry => entry.to === to).length;

/** Verdict of two persons: neither who took it in nor who proposed it confirms. */
const bySecondPerson = (row: Issue, { actor }: Seen, proposal: { byId: string } | null | undefined): Refusal => {
  if (proposal === null || proposal === undefined) return refused('issue/no-proposal');
  return unless(actor.personId !== proposal.byId && actor.personId !== row.authorId, 'issue/same-person');
};

/** No record ends, and none disappears behind another, over forces that are still out: nobody would call them back. */
const forcesBack = (row: Issue): Refusal => unless(row.resources?.some(one => one.clearedAtMs === null) !== true, 'issue/forces-out');
/** One person alone does not send an emergency away: whoever took it in has it looked at by another. */
const bySecondIfIncident = (row: Issue, { actor }: Seen): Refusal => unless(row.class !== 'incident' || actor.personId !== row.authorId, 'issue/same-person');

/**
 * The workflow (domain, §5.2–5.3), as console and province both judge by it. Guards that need the payload stand with the step itself
 * (steps.ts).
 */
export const WORKFLOW: Readonly<Record<MutationName, Line>> = {
  'issue.receive': { permission: 'issue.receive', from: [] },
  'issue.acknowledge': { permission: 'issue.acknowledge', from: OPEN, guard: (row, { actor }) => unless(isUntaken(row) || isCalled(row, actor), 'issue/nothing-changed') },
  'issue.edit': { permission: 'issue.edit', from: OPEN },
  'issue.note': { permission: 'issue.note', from: null },
  'issue.correct': { permission: 'issue.correct', from: null },
  'issue.startVerification': { permission: 'issue.verify', from: ['received'] },
  // Q15.5, Q17.6, Q18.2: what is not verified is not forwarded, and the verifier is named. An incident may be verified after it went out.
  'issue.verify': { permission: 'issue.verify', from: UNVERIFIED, guard: row => (row.state === 'verifying' ? null : unverified(row)) },
  'issue.proposeFalse': { permission: 'issue.verify', from: UNVERIFIED, guard: row => (row.falseProposal !== null ? refused('issue/nothing-changed') : row.state === 'verifying' ? null : unverified(row)) },
  'issue.confirmFalse': { permission: 'issue.confirmFalse', from: UNVERIFIED, guard: (row, seen) => bySecondPerson(row, seen, row.falseProposal) ?? forcesBack(row) },
  'issue.outOfScope': { permission: 'issue.verify', from: EARLY, guard: (row, seen) => bySecondIfIncident(row, seen) ?? forcesBack(row) },
  'issue.proposeCancel': { permission: 'issue.verify', from: EARLY, guard: row => unless(row.cancelProposal === null || row.cancelProposal === undefined, 'issue/nothing-changed') },
  'issue.confirmCancel': { permission: 'issue.confirmFalse', from: EARLY, guard: (row, seen) => bySecondPerson(row, seen, row.cancelProposal) ?? forcesBack(row) },
  'issue.forward': {
    permission: 'issue.forward', from: ['verified', 'returned', 'reopened'],
    guard: (row, { actor, pack }) => {
      // What went out before it was verified and came back may go out so again.
      if (row.verification === null && row.class === 'issue') return refused('issue/not-verified');
      // Chống đùn đẩy: after so many returns a shift lead decides.
      const times = row.returned?.times ?? 0;
      return unless(row.state !== 'returned' || times <= pack.returns.limit || actor.roles.includes('ca_truong'), 'issue/returned-too-often', { times });
    },
  },
  'issue.dispatch': {
    permission: 'issue.forward', from: ['received', 'verifying'],
    guard: (row, { pack }) => unless(isLifeFirst(row, pack), 'issue/not-verified'),
  },
  'issue.accept': { permission: 'issue.accept', from: ['forwarded', 'unverified_forwarded', 'reopened'], guard: ofLeadUnit },
  'issue.return': { permission: 'issue.accept', from: ['forwarded', 'unverified_forwarded', 'accepted', 'reopened'], guard: ofLeadUnit },
  'issue.start': { permission: 'issue.resolve', from: ['accepted'], guard: ofLeadUnit },
  'issue.askInfo': {
    permission: 'issue.resolve', from: ['in_progress'],
    guard: (row, seen) => ofLeadUnit(row, seen) ?? (row.class === 'incident' ? refused('issue/wrong-class', { service: row.service })
      : unless(pausesSoFar(row, 'awaiting_info') < seen.pack.pauses.infoTimes, 'issue/paused-too-often', { limit: seen.pack.pauses.infoTimes })),
  },
  'issue.hold': {
    permission: 'issue.hold', from: ['accepted', 'in_progress'],
    guard: (row, seen) => ofLeadUnit(row, seen) ?? unless(pausesSoFar(row, 'on_hold') < seen.pack.pauses.holdTimes, 'issue/paused-too-often', { limit: seen.pack.pauses.holdTimes }),
  },
  'issue.resume': { permission: 'issue.resolve', from: ['awaiting_info', 'on_hold'], guard: ofLeadUnit },
  'issue.resolve': { permission: 'issue.resolve', from: ['in_progress'], guard: ofLeadUnit },
  'issue.close': {
    permission: 'issue.close', from: ['resolved'],
    guard: (row, { actor }) => {
      if (row.verification === null) return refused('issue/not-verified');                       // Q18.2
      return forcesBack(row) ?? unless(actor.personId !== row.resolvedById, 'issue/same-person');
    },
  },
  'issue.reopen': {
    permission: 'issue.reopen', from: ['resolved', 'closed'],
    guard: (row, { pack, atMs }) => {
      if (pack.reopening.by === 'none') return refused('issue/no-reopening');
      const endedMs = row.history.findLast(entry => entry.to === 'closed' || entry.to === 'resolved')?.atMs ?? row.receivedAtMs;
      return unless(atMs <= endedMs + pack.reopening.days * DAY_MS, 'issue/too-late-to-reopen', { days: pack.reopening.days });
    },
  },
  'issue.handOff': {
    permission: 'issue.handOff', from: EARLY,
    guard: (row, seen) => (row.handOff !== null && row.handOff !== undefined ? refused('issue/handed-off') : atOwnLine(row, seen)),
  },
  'issue.takeOver': { permission: 'issue.handOff', from: OPEN, guard: (row, seen) => atOtherLine(row, seen) ?? unless(seen.actor.personId !== row.handOff?.byId, 'issue/same-person') ?? classStillOpen(row) },
  'issue.refuseHandOff': { permission: 'issue.handOff', from: null, guard: atOtherLine },
  'issue.withdrawHandOff': { permission: 'issue.handOff', from: null, guard: (row, seen) => (row.handOff === null || row.handOff === undefined ? refused('issue/no-hand-off') : atOwnLine(row, seen)) },
  'issue.join': { permission: 'issue.handOff', from: OPEN, guard: row => unless(row.class === 'incident', 'issue/wrong-class', { service: row.service }) },
  'issue.leave': { permission: 'issue.handOff', from: OPEN, guard: row => unless((row.lines ?? []).length > 0, 'issue/nothing-changed') },
  'issue.sendResource': { permission: 'issue.resource', from: [...EARLY, ...AT_UNIT_STATES, 'returned', 'reopened', 'resolved'], guard: row => unless((row.resources ?? []).length < MAX_RESOURCES, 'issue/too-many', { limit: MAX_RESOURCES }) },
  'issue.resourceStep': { permission: 'issue.resource', from: null, guard: row => unless((row.resources ?? []).length > 0, 'issue/nothing-changed') },
  'issue.merge': {
    permission: 'issue.merge', from: OPEN,
    // Nobody acts on what another record stands for: an offer or a call to another line would ring nowhere, and a force be called back by nobody.
    guard: row => unless((row.merges ?? []).length < MAX_MERGES, 'issue/too-many', { limit: MAX_MERGES })
      ?? unless((row.handOff ?? null) === null && (row.asked ?? []).length === 0, 'issue/unanswered') ?? forcesBack(row),
  },
  'issue.split': { permission: 'issue.merge', from: null, guard: row => unless((row.merges ?? []).length > 0, 'issue/nothing-changed') },
  'issue.remind': {
    permission: 'issue.remind', from: REMINDED_STATES,
    guard: row => ((row.reminders ?? []).length < MAX_REMINDERS ? unless(row.leadUnitId !== null, 'issue/unit-unknown') : refused('issue/too-many', { limit: MAX_REMINDERS })),
  },
  'issue.survey': {
    permission: 'issue.survey', from: ['closed'],
    guard: (row, { pack }) => {
      if (row.survey !== null && row.survey !== undefined) return refused('issue/nothing-changed');
      return unless(isAsked(row, pack), 'issue/no-survey');
    },
  },
  // Of an ended record, or of one that another stands for: who works on a record has to reach who reported it.
  'issue.erasePersonal': { permission: 'personal.erase', from: null, guard: row => unless(!isOpen(row.state) || (row.merges ?? []).length > 0, 'issue/wrong-state', { state: row.state, action: 'issue.erasePersonal' }) },
  'issue.attach': { permission: 'issue.attach', from: null, guard: row => unless(attachmentsOf(row).length < ATTACHMENT_LIMITS.perIssue, 'attachment/too-many', { limit: ATTACHMENT_LIMITS.perIssue }) },
  'issue.detach': { permission: 'issue.detach', from: null, guard: row => unless(attachmentsOf(row).length > 0, 'attachment/not-found') },
};

/**
 * Whether the shift lead has to send the record to this lead unit (domain, §5.3; Q13.5): it has neither a focal point nor a head named,
 * so nobody there would take it. Where life comes first nothing waits for that.
 */
export function needsShiftLead(row: Pick<Issue, 'class' | 'severity'>, unit: RoutableUnit, { actor, pack, atMs }: { actor: Pick<Actor, 'roles'>; pack: PolicyPack; atMs: number }): boolean {
  return hasNobody(unit, atMs) && !isLifeFirst(row, pack) && !actor.roles.includes('ca_truong');
}

/** Intents that a screen does not offer though the rules would take them: another is the better one. */
export function isBetterLeft(name: MutationName, row: Issue): boolean {
  return name === 'issue.survey' && isOpen(row.state);
}

/** The right that each intent needs. */
export const MUTATION_PERMISSION: Readonly<Record<MutationName, Permission>> = Object.fromEntries(MUTATION_NAMES.map(name => [name, WORKFLOW[name].permission])) as Record<MutationName, Permission>;
/** From which states an intent may start; null = any. */
export const MUTATION_FROM: Readonly<Record<MutationName, readonly IssueState[] | null>> = Object.fromEntries(MUTATION_NAMES.map(name => [name, WORKFLOW[name].from])) as Record<MutationName, readonly IssueState[] | null>;
