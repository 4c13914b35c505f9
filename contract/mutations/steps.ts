import { AppError, type ErrorCode, type ErrorFacts } from '../errors.ts';
import type { Id } from '../ids.ts';
import { attachmentsOf, isOpen, type HistoryEntry, type Issue, type IssueState, type Resource } from '../issue.ts';
import { inScope, type Service } from '../org.ts';
import { withCalled } from './asked.ts';
import { isErased, redacted, withoutPersons, WORDS_TAKEN } from './erase.ts';
import type { Facts } from './facts.ts';
import type { MutationName, PayloadOf } from './payloads.ts';
import { lacksEvidence } from '../policy/evidence.ts';
import { roundBegins } from '../policy/ladder.ts';
import { classOf, isUntaken, needsShiftLead } from './workflow.ts';

const DAY_MS = 86_400_000;

export function refuse(code: ErrorCode, facts: ErrorFacts = {}): never {
  throw new AppError(code, facts);
}

/** A line of the history, by whoever acts. */
export function entryOf(facts: Facts, action: string, more: Partial<HistoryEntry>): HistoryEntry {
  const arrived = facts.arrivedAtMs === null ? {} : { arrivedAtMs: facts.arrivedAtMs };
  return { atMs: facts.atMs, byId: facts.actor.personId, deviceId: facts.deviceId, action, ...more, ...arrived };
}

type Step<N extends MutationName> = (row: Issue, payload: PayloadOf<N>, facts: Facts) => Issue;

/** What a step changes, and its line of history; `to` moves the record. */
function changed(row: Issue, facts: Facts, action: MutationName, fields: Partial<Issue>, line: Partial<HistoryEntry> = {}): Issue {
  const { note, ...rest } = line;
  return {
    ...row, ...fields, ...(rest.to === undefined ? {} : { state: rest.to }),
    history: [...row.history, entryOf(facts, action, note === undefined || note === '' ? rest : { ...rest, note })],
  };
}

function moved(row: Issue, to: IssueState, action: MutationName, facts: Facts, note: string, fields: Partial<Issue> = {}, line: Partial<HistoryEntry> = {}): Issue {
  return changed(row, facts, action, fields, { to, note, ...line });
}

/** Ended, it is offered to nobody and stands no more. */
const ENDING: Partial<Issue> = { handOff: null, pause: null };

const proof = (p: { method: NonNullable<Issue['verification']>['method']; note: string }, facts: Facts) => ({ method: p.method, note: p.note, byId: facts.actor.personId, atMs: facts.atMs });

/** Where a record stands once it has been verified: one that is with its unit already goes on there. */
function verifiedState({ state }: Issue): IssueState | null {
  if (state === 'verifying') return 'verified';
  return state === 'unverified_forwarded' ? 'forwarded' : null;
}

function toUnits(row: Issue, p: PayloadOf<'issue.forward'>, facts: Facts, action: 'issue.forward' | 'issue.dispatch', to: IssueState, note: string): Issue {
  for (const unitId of [p.leadUnitId, ...p.coUnitIds]) {
    const unit = facts.unit(unitId);
    if (unit === undefined) refuse('issue/unit-unknown');
    if (!unit.handling) refuse('issue/unit-not-handling');     // Q3.6
    const pack = facts.policy.of(row.policyId, row.receivedAtMs);
    if (unitId === p.leadUnitId && needsShiftLead(row, unit, { ...facts, pack })) refuse('issue/no-focal-point');   // Q13.5
  }
  const coUnitIds = [...new Set(p.coUnitIds)].filter(id => id !== p.leadUnitId);
  return moved(row, to, action, facts, note, { leadUnitId: p.leadUnitId, coUnitIds, forwardedAtMs: facts.atMs, pause: null, cancelProposal: null }, { unitId: p.leadUnitId });
}

const offeredTo = ({ handOff }: Issue): string[] => (handOff === null || handOff === undefined ? [] : [handOff.to]);
const withoutLine = (row: Issue, line: Service): Service[] => (row.lines ?? []).filter(one => one !== line);

export type StepName = Exclude<MutationName, 'issue.receive' | 'issue.edit'>;

/** What each step does to a record whose state, rights and guards (workflow.ts) have been looked at. */
export const STEPS: { [N in StepName]: Step<N> } = {
  // Who has taken it up first stays so: a line called later answers for itself (asked.ts).
  'issue.acknowledge': (row, _p, facts) => changed(row, facts, 'issue.acknowledge', isUntaken(row) ? { acknowledged: { byId: facts.actor.personId, deviceId: facts.deviceId, atMs: facts.atMs } } : {}),
  'issue.note': (row, p, facts) => changed(row, facts, 'issue.note', {}, { note: p.note }),
  'issue.correct': (row, p, facts) => changed(row, facts, 'issue.correct', {}, { note: p.note }),
  'issue.startVerification': (row, _p, facts) => moved(row, 'verifying', 'issue.startVerification', facts, ''),
  'issue.verify': (row, p, facts) => {
    const to = verifiedState(row);
    return changed(row, facts, 'issue.verify', { verification: proof(p, facts), falseProposal: null, cancelProposal: null }, to === null ? { note: p.note } : { to, note: p.note });
  },
  'issue.proposeFalse': (row, p, facts) => changed(row, facts, 'issue.proposeFalse', { falseProposal: proof(p, facts) }, { note: p.note }),
  'issue.confirmFalse': (row, p, facts) => moved(row, 'false_report', 'issue.confirmFalse', facts, p.note, { ...ENDING, verification: row.falseProposal }),
  'issue.outOfScope': (row, p, facts) => {
    // Whoever reported is told where to turn (domain, §5.2). Looked at here and not by the payload's shape: an older console that leaves it empty is told what is missing.
    const missing = (['advisedBody', 'reply'] as const).find(field => p[field] === '');
    if (missing !== undefined) refuse('issue/field-required', { field: missing });
    return moved(row, 'out_of_scope', 'issue.outOfScope', facts, p.reason, { ...ENDING, reply: p.reply, advisedBody: p.advisedBody });
  },
  'issue.proposeCancel': (row, p, facts) => changed(row, facts, 'issue.proposeCancel', { cancelProposal: { reason: p.reason, byId: facts.actor.personId, atMs: facts.atMs } }, { note: p.reason }),
  'issue.confirmCancel': (row, p, facts) => moved(row, 'cancelled', 'issue.confirmCancel', facts, p.note, ENDING),
  'issue.forward': (row, p, facts) => toUnits(row, p, facts, 'issue.forward', row.verification === null ? 'unverified_forwarded' : 'forwarded', p.note),
  // Life first: the class rule that allows it is in the pack, the reason is the operator's.
  'issue.dispatch': (row, { reason, ...p }, facts) => toUnits(row, p, facts, 'issue.dispatch', 'unverified_forwarded', [reason, p.note].filter(text => text !== '').join(' · ')),
  'issue.accept': (row, p, facts) => moved(row, 'accepted', 'issue.accept', facts, p.note),
  'issue.return': (row, p, facts) => {
    const unitId = row.leadUnitId ?? '';
    const returned = { times: (row.returned?.times ?? 0) + 1, unitId, reason: p.reason, suggestedUnitId: p.suggestedUnitId, atMs: facts.atMs };
    return moved(row, 'returned', 'issue.return', facts, p.reason, { returned, leadUnitId: null }, { unitId });
  },
  'issue.start': (row, p, facts) => moved(row, 'in_progress', 'issue.start', facts, p.note),
  'issue.askInfo': (row, p, facts) => moved(row, 'awaiting_info', 'issue.askInfo', facts, p.question, { pause: { kind: 'info', reason: p.question, untilMs: p.untilMs, byId: facts.actor.personId, atMs: facts.atMs } }),
  'issue.hold': (row, p, facts) => moved(row, 'on_hold', 'issue.hold', facts, p.reason, { pause: { kind: 'hold', reason: p.reason, untilMs: p.untilMs, byId: facts.actor.personId, atMs: facts.atMs } }),
  'issue.resume': (row, p, facts) => moved(row, 'in_progress', 'issue.resume', facts, p.note, { pause: null }),
  // Q13.4: the unit tells the IOC how it stands. What it says stays in the history, also when the record is reopened.
  'issue.resolve': (row, p, facts) => {
    const lacks = lacksEvidence(row, facts.policy.of(row.policyId, row.receivedAtMs));
    const noEvidence = p.noEvidence ?? '';
    if (lacks && noEvidence === '') refuse('issue/evidence-needed');
    return moved(row, 'resolved', 'issue.resolve', facts, p.result, { result: p.result, resolvedById: facts.actor.personId }, lacks ? { noEvidence } : {});
  },
  'issue.close': (row, p, facts) => moved(row, 'closed', 'issue.close', facts, p.reply, { ...ENDING, outcome: p.outcome, reply: p.reply }, { fields: [p.outcome] }),
  'issue.reopen': (row, p, facts) => {
    if (p.by === 'reporter' && facts.policy.of(row.policyId, row.receivedAtMs).reopening.by === 'staff') refuse('issue/no-reopening');
    return moved(row, 'reopened', 'issue.reopen', facts, p.reason, { reopenings: (row.reopenings ?? 0) + 1, outcome: null, result: null, resolvedById: null }, { fields: [p.by] });
  },
  'issue.handOff': (row, p, facts) => {
    if (p.to === row.service || row.lines?.includes(p.to) === true) refuse('issue/nothing-changed');
    return changed(row, facts, 'issue.handOff', { handOff: { to: p.to, byId: facts.actor.personId, atMs: facts.atMs, note: p.note } }, { note: p.note, fields: [p.to] });
  },
  'issue.takeOver': (row, p, facts) => {
    const service = row.handOff?.to ?? row.service;
    // Whoever was asked to work it as well meanwhile has it alone now.
    const lines = row.lines?.includes(service) === true ? { lines: withoutLine(row, service) } : {};
    return changed(row, facts, 'issue.takeOver', { service, ...lines, class: classOf(service), handOff: null, acknowledged: { byId: facts.actor.personId, deviceId: facts.deviceId, atMs: facts.atMs } }, { note: p.note, service });
  },
  'issue.refuseHandOff': (row, p, facts) => changed(row, facts, 'issue.refuseHandOff', { handOff: null }, { note: p.reason, fields: offeredTo(row) }),
  'issue.withdrawHandOff': (row, p, facts) => changed(row, facts, 'issue.withdrawHandOff', { handOff: null }, { note: p.note, fields: offeredTo(row) }),
  'issue.join': (row, p, facts) => {
    const called = [...new Set(p.lines)].filter(line => line !== row.service && row.lines?.includes(line) !== true && classOf(line) === 'incident');
    if (called.length === 0) refuse('issue/nothing-changed');
    return changed(row, facts, 'issue.join', { lines: [...row.lines ?? [], ...called].sort(), asked: withCalled(row.asked, called, facts) }, { note: p.note, fields: p.lines });
  },
  'issue.leave': (row, p, facts) => {
    const { services } = facts.actor.scope;
    if (services !== null && !services.includes(row.service) && !services.includes(p.line)) refuse('issue/outside-scope');
    const lines = withoutLine(row, p.line);
    if (lines.length === (row.lines ?? []).length) refuse('issue/nothing-changed');
    return changed(row, facts, 'issue.leave', { lines }, { note: p.note, fields: [p.line] });
  },
  'issue.sendResource': (row, p, facts) => {
    const unit = facts.unit(p.unitId);
    if (unit === undefined) refuse('issue/unit-unknown');
    if ((row.resources ?? []).some(one => one.id === p.resourceId)) refuse('issue/nothing-changed');
    const sent: Resource = { id: p.resourceId, unitId: p.unitId, name: p.name, dispatchedAtMs: facts.atMs, enRouteAtMs: null, arrivedAtMs: null, clearedAtMs: null };
    return changed(row, facts, 'issue.sendResource', { resources: inOrder([...row.resources ?? [], sent]) }, { unitId: p.unitId, note: p.name });
  },
  'issue.resourceStep': (row, p, facts) => {
    const one = row.resources?.find(({ id }) => id === p.resourceId);
    if (one === undefined) refuse('issue/not-found');
    // The first who tells a time is right: two who tell the same step do not take it from each other.
    if (one[p.step] !== null) refuse('issue/nothing-changed');
    const resources = (row.resources ?? []).map(other => (other === one ? { ...one, [p.step]: p.atMs } : other));
    return changed(row, facts, 'issue.resourceStep', { resources }, { unitId: one.unitId, fields: [p.step] });
  },
  'issue.merge': (row, p, facts) => {
    const parent = p.parentId === row.id ? undefined : facts.record(p.parentId);
    if (parent === undefined || !inScope(facts.actor.scope, parent)) refuse('issue/bad-value', { field: 'parentId' });
    // What has ended otherwise than closed stands for nothing; of what is closed, reopening is the way.
    if (!isOpen(parent.state)) refuse('issue/wrong-state', { state: parent.state, action: 'issue.merge' });
    const edges = row.merges ?? [];
    if (edges.some(edge => edge.edgeId === p.edgeId || edge.parentId === p.parentId)) refuse('issue/nothing-changed');
    const edge = { edgeId: p.edgeId, parentId: p.parentId, byId: facts.actor.personId, atMs: facts.atMs };
    return changed(row, facts, 'issue.merge', { merges: inOrder([...edges, edge].map(one => ({ ...one, id: one.edgeId }))).map(({ id: _, ...one }) => one) }, { note: p.note, otherId: p.parentId });
  },
  'issue.split': (row, p, facts) => {
    const named = (row.merges ?? []).filter(edge => p.edgeIds.includes(edge.edgeId));
    if (named.length === 0) refuse('issue/nothing-changed');
    const days = facts.policy.of(row.policyId, row.receivedAtMs).dedupe.splitDays;
    const gone = named.filter(edge => facts.atMs <= edge.atMs + days * DAY_MS);
    if (gone.length === 0) refuse('issue/too-late-to-split', { days });
    return changed(row, facts, 'issue.split', { merges: (row.merges ?? []).filter(edge => !gone.includes(edge)) }, { note: p.note, otherId: gone[0]!.parentId });
  },
  'issue.remind': (row, p, facts) => {
    if (p.unitId !== row.leadUnitId && !row.coUnitIds.includes(p.unitId)) refuse('issue/unit-unknown');
    // A step of the ladder is taken once per forwarding or reopening, whichever console takes it.
    const since = roundBegins(row);
    if (p.level > 0 && (row.reminders ?? []).some(one => one.level === p.level && one.unitId === p.unitId && one.atMs >= since)) refuse('issue/nothing-changed');
    return changed(row, facts, 'issue.remind', { reminders: [...row.reminders ?? [], { unitId: p.unitId, level: p.level, byId: facts.actor.personId, atMs: facts.atMs }] }, { note: p.note, unitId: p.unitId });
  },
  'issue.survey': (row, { id: _, ...p }, facts) => {
    if (p.answered !== (p.score !== null)) refuse('issue/field-required', { field: 'score' });
    return changed(row, facts, 'issue.survey', { survey: { ...p, byId: facts.actor.personId, atMs: facts.atMs } }, { note: p.comment });
  },
  'issue.erasePersonal': (row, p, facts) => {
    if (isErased(row) && p.words.length === 0) refuse('issue/nothing-changed');
    return changed(withoutPersons(row, p.words), facts, 'issue.erasePersonal', { personalErasedAtMs: row.personalErasedAtMs ?? facts.atMs }, { note: redacted(p.reason, p.words), fields: p.words.length === 0 ? [p.basis] : [p.basis, WORDS_TAKEN] });
  },
  'issue.attach': (row, { attachment }, facts) => {
    const held = attachmentsOf(row);
    if (held.some(other => other.id === attachment.id || other.sha256 === attachment.sha256)) refuse('attachment/already-attached');
    return changed(row, facts, 'issue.attach', { attachments: inOrder([...held, { ...attachment, byId: facts.actor.personId, atMs: facts.atMs }]) }, { file: attachment.name });
  },
  'issue.detach': (row, { attachmentId, reason }, facts) => {
    const held = attachmentsOf(row);
    const removed = held.find(({ id }) => id === attachmentId);
    if (removed === undefined) refuse('attachment/not-found');
    return changed(row, facts, 'issue.detach', { attachments: held.filter(other => other !== removed) }, { file: removed.name, note: reason });
  },
};

/** Kept in the order of ids, so that two who add at the same time end with the same list whoever came first. */
function inOrder<T extends { id: Id }>(list: readonly T[]): T[] {
  return list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
