import { z } from 'zod';
import { Attachment, ATTACHMENT_LIMITS } from '../attachment.ts';
import { AppError, type ErrorCode, type ErrorFacts } from '../errors.ts';
import { Id } from '../ids.ts';
import { attachmentsOf, Channel, Instant, Issue, IssueClass, LIMITS, Outcome, Place, RECORD_LIMITS, Reporter, Severity, VerifyMethod, Victim, type HistoryEntry, type IssueState } from '../issue.ts';
import { inScope, Service, type Role, type Scope } from '../org.ts';
import { may, type Permission } from '../permissions.ts';
import { POLICY } from '../policy.ts';
import { changedValue, namedPart } from './named-part.ts';

/** Who acts, as both sides know it when they judge: the author is bound at write, so this never changes on the way. */
export interface Actor { personId: Id; unitId: Id | null; roles: readonly Role[]; scope: Scope }

/** What a mutation may know beside the row and its payload. Console and province fill it from their own data. */
export interface Facts {
  actor: Actor;
  deviceId: Id;
  /** The device's time of writing, corrected by the last known server offset, ms. */
  atMs: number;
  /** Told to the caller when the record is made; given by the device. */
  provisionalNo: string;
  /** The final number; only the province gives one, the console passes null. */
  nextDisplayNo: string | null;
  /** The unit of that id, if the directory has it and it is in force. */
  unit: (id: Id) => { handling: boolean } | undefined;
}

/** A value that lost: another change came first. Both are kept for a person to choose. */
export interface LostValue { field: string; mine: unknown; theirs: unknown }

/** `lost` is empty unless an edit met a newer value. */
export interface Applied { row: Issue; lost: LostValue[] }

const Ref = z.object({ id: Id });
const Note = z.string().trim().max(LIMITS.note).default('');

/** A field that people edit, with its value before and after: before ≠ the row's value means that someone came first. */
const EDITABLE = {
  description: Issue.shape.description, severity: Issue.shape.severity, category: Issue.shape.category,
  place: Place, occurredAtMs: Issue.shape.occurredAtMs, victims: Issue.shape.victims,
  reporter: Reporter,
} as const;
export type EditableField = keyof typeof EDITABLE;
export const EDITABLE_FIELDS = Object.keys(EDITABLE) as EditableField[];

const Change = <T extends z.ZodType>(value: T) => z.object({ from: value, to: value }).optional();

const Original = z.record(z.string(), z.string()).refine(words => {
  const all = Object.entries(words);
  return all.length <= RECORD_LIMITS.originalKeys && all.reduce((sum, [key, value]) => sum + key.length + value.length, 0) <= RECORD_LIMITS.originalChars;
});

/** Intents and their payloads. The name and its shape are versioned together: a new shape is a new name. */
export const PAYLOADS = {
  'issue.receive': z.object({
    id: Id, class: IssueClass, service: Service, siteId: Id, channel: Channel,
    sourceRef: z.string().max(LIMITS.sourceRef).nullable().default(null),
    occurredAtMs: Instant.nullable().default(null), receivedAtMs: Instant,
    severity: Severity, category: z.string().max(40).default('unknown'),
    description: z.string().max(LIMITS.description), place: Place, reporter: Reporter,
    victims: z.array(Victim).max(LIMITS.victims).default([]),
    original: Original.nullable().default(null),
  }),
  'issue.edit': Ref.extend({
    fields: z.object({
      description: Change(EDITABLE.description), severity: z.object({ from: EDITABLE.severity, to: Severity }).optional(), category: Change(EDITABLE.category),
      place: Change(EDITABLE.place), victims: Change(EDITABLE.victims),
      reporter: Change(EDITABLE.reporter),
      occurredAtMs: z.object({ from: EDITABLE.occurredAtMs, to: Instant.nullable() }).optional(),
    }),
  }),
  'issue.note': Ref.extend({ note: z.string().trim().min(1).max(LIMITS.note) }),
  'issue.startVerification': Ref,
  'issue.verify': Ref.extend({ method: VerifyMethod, note: Note }),
  'issue.proposeFalse': Ref.extend({ method: VerifyMethod, note: z.string().trim().min(1).max(LIMITS.note) }),
  'issue.confirmFalse': Ref.extend({ note: Note }),
  'issue.forward': Ref.extend({ leadUnitId: Id, coUnitIds: z.array(Id).max(12).default([]), note: Note }),
  'issue.accept': Ref.extend({ note: Note }),
  'issue.start': Ref.extend({ note: Note }),
  'issue.resolve': Ref.extend({ result: z.string().trim().min(1).max(LIMITS.note) }),
  'issue.close': Ref.extend({ outcome: Outcome, reply: Note }),
  'issue.attach': Ref.extend({ attachment: Attachment }),
  // Corrected by appending: who removed what, and why, stays in the history.
  'issue.detach': Ref.extend({ attachmentId: Id, reason: z.string().trim().min(1).max(LIMITS.note) }),
} as const;
export type MutationName = keyof typeof PAYLOADS;
export type PayloadOf<N extends MutationName> = z.infer<(typeof PAYLOADS)[N]>;
export const MUTATION_NAMES = Object.keys(PAYLOADS) as MutationName[];

/** The right that each intent needs; checked on both sides by `applyIssueMutation`. */
export const MUTATION_PERMISSION: Readonly<Record<MutationName, Permission>> = {
  'issue.receive': 'issue.receive', 'issue.edit': 'issue.edit', 'issue.note': 'issue.note',
  'issue.startVerification': 'issue.verify', 'issue.verify': 'issue.verify', 'issue.proposeFalse': 'issue.verify',
  'issue.confirmFalse': 'issue.confirmFalse', 'issue.forward': 'issue.forward', 'issue.accept': 'issue.accept',
  'issue.start': 'issue.resolve', 'issue.resolve': 'issue.resolve', 'issue.close': 'issue.close',
  'issue.attach': 'issue.attach', 'issue.detach': 'issue.detach',
};

/** From which states an intent may start; null = any. `issue.receive` starts from nothing. */
export const MUTATION_FROM: Readonly<Record<MutationName, readonly IssueState[] | null>> = {
  'issue.receive': [], 'issue.edit': ['received', 'verifying', 'verified', 'forwarded', 'accepted', 'in_progress', 'resolved'],
  'issue.note': null,
  'issue.startVerification': ['received'], 'issue.verify': ['verifying'], 'issue.proposeFalse': ['verifying'],
  'issue.confirmFalse': ['verifying'], 'issue.forward': ['verified'], 'issue.accept': ['forwarded'],
  'issue.start': ['accepted'], 'issue.resolve': ['in_progress'], 'issue.close': ['resolved'],
  'issue.attach': null, 'issue.detach': null,
};

function refuse(code: ErrorCode, facts: ErrorFacts = {}): never {
  throw new AppError(code, facts);
}

/**
 * When the state must have been left, in ms, or null for no limit. Counted around the clock from `sinceMs`
 * (working calendars come with the policy pack). The values are proposals: the decision gives none (`POLICY.clocks`).
 */
export function dueAtMs(issue: Pick<Issue, 'class' | 'severity'>, state: IssueState, sinceMs: number): number | null {
  const rule = POLICY.clocks.find(c => c.class === issue.class && c.severity === issue.severity);
  if (rule === undefined) return null;
  const minutes = {
    received: rule.receivedMin, verifying: rule.receivedMin, verified: rule.verifiedMin, forwarded: rule.forwardedMin,
    accepted: rule.resolveMin, in_progress: rule.resolveMin, resolved: null, closed: null, false_report: null,
  }[state];
  return minutes === null ? null : sinceMs + minutes * 60_000;
}

/**
 * What one intent does to one record: the single rule that console and province both run. Pure: same row, payload and
 * facts give the same result everywhere.
 *
 * @param row the record before, undefined when there is none
 * @param payload already parsed by `PAYLOADS[name]`
 * @throws {AppError} the refusal, with its code and the field or state it is about
 */
export function applyIssueMutation<N extends MutationName>(name: N, row: Issue | undefined, payload: PayloadOf<N>, facts: Facts): Applied {
  if (!may(facts.actor.roles, MUTATION_PERMISSION[name])) refuse('auth/forbidden', { permission: MUTATION_PERMISSION[name] });
  if (name === 'issue.receive') return { row: receive(row, payload as PayloadOf<'issue.receive'>, facts), lost: [] };
  if (row === undefined) refuse('issue/not-found');
  if (!inScope(facts.actor.scope, row)) refuse('issue/outside-scope');
  const from = MUTATION_FROM[name];
  if (from !== null && !from.includes(row.state)) refuse('issue/wrong-state', { state: row.state, action: name });
  // Steps end by themselves; these would go on for ever, and a record comes down whole with each of them.
  if (ENDLESS.includes(name)) refuseFullHistory(row);
  if (name === 'issue.edit') return edit(row, payload as PayloadOf<'issue.edit'>, facts);
  return { row: STEPS[name as StepName](row, payload as never, facts), lost: [] };
}

const ENDLESS: readonly MutationName[] = ['issue.note', 'issue.edit', 'issue.attach', 'issue.detach'];

function refuseFullHistory({ history }: Issue): void {
  if (history.length >= RECORD_LIMITS.history) refuse('issue/history-full', { limit: RECORD_LIMITS.history });
}

const INCIDENT_SERVICES: readonly Service[] = ['113', '114', '115', '112'];

function receive(existing: Issue | undefined, p: PayloadOf<'issue.receive'>, facts: Facts): Issue {
  if (existing !== undefined) refuse('issue/already-exists');
  if (!inScope(facts.actor.scope, p)) refuse('issue/outside-scope');
  if ((p.class === 'incident') !== INCIDENT_SERVICES.includes(p.service)) refuse('issue/wrong-class', { service: p.service });
  if (p.description.trim() === '') refuse('issue/field-required', { field: 'description' });
  if (p.place.text.trim() === '' && (p.place.lat === null || p.place.lon === null)) refuse('issue/field-required', { field: 'place' });
  if (!p.reporter.anonymous && p.reporter.name.trim() === '' && p.reporter.phone.trim() === '') refuse('issue/field-required', { field: 'reporter' });
  return {
    ...p, stationId: facts.deviceId, authorId: facts.actor.personId,
    provisionalNo: facts.provisionalNo, displayNo: facts.nextDisplayNo,
    state: 'received', dueAtMs: dueAtMs(p, 'received', p.receivedAtMs),
    verification: null, falseProposal: null, leadUnitId: null, coUnitIds: [], forwardedAtMs: null,
    resolvedById: null, result: null, outcome: null, reply: null,
    history: [{ atMs: facts.atMs, byId: facts.actor.personId, deviceId: facts.deviceId, action: 'issue.receive', to: 'received' }],
    version: 0,
  };
}

/** A field's value in the form in which an edit must name it as the one that it started from. */
export function editableValue(row: Issue, field: EditableField): unknown {
  return EDITABLE[field].parse(row[field]);
}

/** Same value, structurally; rows on both sides come from JSON, so key order is normalised by the schema. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function edit(row: Issue, p: PayloadOf<'issue.edit'>, facts: Facts): Applied {
  const lost: LostValue[] = [];
  const next: Record<string, unknown> = { ...row };
  const changed: string[] = [];
  for (const field of EDITABLE_FIELDS) {
    const change = p.fields[field];
    if (change === undefined) continue;
    const current = editableValue(row, field);
    if (same(namedPart(current, change), change.to)) continue;
    if (!same(namedPart(current, change), change.from)) { lost.push({ field, mine: change.to, theirs: current }); continue; }
    if (field === 'description' && String(change.to).trim() === '') refuse('issue/field-required', { field });
    next[field] = changedValue(row[field], change, same);
    changed.push(field);
  }
  if (changed.length === 0) {
    if (lost.length === 0) refuse('issue/nothing-changed');
    return { row, lost };
  }
  const edited = next as Issue;
  if (changed.includes('severity')) {
    const since = row.history.findLast(h => h.to !== undefined)?.atMs ?? row.receivedAtMs;
    edited.dueAtMs = dueAtMs(edited, row.state, since);
  }
  edited.history = [...row.history, entry(facts, 'issue.edit', { fields: changed })];
  return { row: edited, lost };
}

function entry(facts: Facts, action: string, more: Partial<HistoryEntry>): HistoryEntry {
  return { atMs: facts.atMs, byId: facts.actor.personId, deviceId: facts.deviceId, action, ...more };
}

/** The record moved to another state, with the line of history that says so. */
function moved(row: Issue, to: IssueState, action: MutationName, facts: Facts, note: string, fields: Partial<Issue> = {}): Issue {
  return {
    ...row, ...fields, state: to, dueAtMs: dueAtMs(row, to, facts.atMs),
    history: [...row.history, entry(facts, action, note === '' ? { to } : { to, note })],
  };
}

type StepName = Exclude<MutationName, 'issue.receive' | 'issue.edit'>;
const STEPS: { [N in StepName]: (row: Issue, payload: PayloadOf<N>, facts: Facts) => Issue } = {
  'issue.note': (row, p, facts) => ({ ...row, history: [...row.history, entry(facts, 'issue.note', { note: p.note })] }),
  'issue.startVerification': (row, _p, facts) => moved(row, 'verifying', 'issue.startVerification', facts, ''),
  // Q15.5, Q17.6, Q18.2: what is not verified is not forwarded, and the verifier is named.
  'issue.verify': (row, p, facts) => moved(row, 'verified', 'issue.verify', facts, p.note, { verification: verification(p, facts), falseProposal: null }),
  'issue.proposeFalse': (row, p, facts) => ({
    ...row, falseProposal: verification(p, facts),
    history: [...row.history, entry(facts, 'issue.proposeFalse', { note: p.note })],
  }),
  'issue.confirmFalse': (row, p, facts) => {
    const proposal = row.falseProposal;
    if (proposal === null) refuse('issue/no-proposal');
    if (facts.actor.personId === proposal.byId || facts.actor.personId === row.authorId) refuse('issue/same-person');
    return moved(row, 'false_report', 'issue.confirmFalse', facts, p.note, { verification: proposal });
  },
  'issue.forward': (row, p, facts) => {
    for (const unitId of [p.leadUnitId, ...p.coUnitIds]) {
      const unit = facts.unit(unitId);
      if (unit === undefined) refuse('issue/unit-unknown');
      if (!unit.handling) refuse('issue/unit-not-handling');     // Q3.6
    }
    const coUnitIds = [...new Set(p.coUnitIds)].filter(id => id !== p.leadUnitId);
    return moved(row, 'forwarded', 'issue.forward', facts, p.note, { leadUnitId: p.leadUnitId, coUnitIds, forwardedAtMs: facts.atMs });
  },
  'issue.accept': (row, p, facts) => moved(ofLeadUnit(row, facts), 'accepted', 'issue.accept', facts, p.note),
  'issue.start': (row, p, facts) => moved(ofLeadUnit(row, facts), 'in_progress', 'issue.start', facts, p.note),
  // Q13.4: the unit tells the IOC how it stands.
  'issue.resolve': (row, p, facts) => moved(ofLeadUnit(row, facts), 'resolved', 'issue.resolve', facts, '', { result: p.result, resolvedById: facts.actor.personId }),
  'issue.close': (row, p, facts) => {
    if (row.verification === null) refuse('issue/not-verified');                       // Q18.2
    if (facts.actor.personId === row.resolvedById) refuse('issue/same-person');
    return moved(row, 'closed', 'issue.close', facts, '', { outcome: p.outcome, reply: p.reply });
  },
  'issue.attach': (row, p, facts) => attach(row, p, facts),
  'issue.detach': (row, p, facts) => detach(row, p, facts),
};

/** Kept in the order of ids, so that two who add at the same time end with the same list whoever came first. */
function attach(row: Issue, { attachment }: PayloadOf<'issue.attach'>, facts: Facts): Issue {
  const held = attachmentsOf(row);
  if (held.length >= ATTACHMENT_LIMITS.perIssue) refuse('attachment/too-many', { limit: ATTACHMENT_LIMITS.perIssue });
  if (held.some(other => other.id === attachment.id || other.sha256 === attachment.sha256)) refuse('attachment/already-attached');
  const added = { ...attachment, byId: facts.actor.personId, atMs: facts.atMs };
  return {
    ...row, attachments: [...held, added].sort((a, b) => (a.id < b.id ? -1 : 1)),
    history: [...row.history, entry(facts, 'issue.attach', { file: attachment.name })],
  };
}

function detach(row: Issue, { attachmentId, reason }: PayloadOf<'issue.detach'>, facts: Facts): Issue {
  const held = attachmentsOf(row);
  const removed = held.find(({ id }) => id === attachmentId);
  if (removed === undefined) refuse('attachment/not-found');
  return {
    ...row, attachments: held.filter(other => other !== removed),
    history: [...row.history, entry(facts, 'issue.detach', { file: removed.name, note: reason })],
  };
}

function verification(p: { method: z.infer<typeof VerifyMethod>; note: string }, facts: Facts) {
  return { method: p.method, note: p.note, byId: facts.actor.personId, atMs: facts.atMs };
}

/** Only people of the lead unit (chủ trì) act for it. */
function ofLeadUnit(row: Issue, facts: Facts): Issue {
  if (row.leadUnitId === null || facts.actor.unitId !== row.leadUnitId) refuse('issue/outside-scope');
  return row;
}

/** The intents that this actor could try on the record now; the screen offers these and no others. */
export function possibleActions(row: Issue, facts: Omit<Facts, 'atMs' | 'provisionalNo' | 'nextDisplayNo' | 'unit'>): MutationName[] {
  return MUTATION_NAMES.filter(name => {
    if (name === 'issue.receive' || !may(facts.actor.roles, MUTATION_PERMISSION[name]) || !inScope(facts.actor.scope, row)) return false;
    const from = MUTATION_FROM[name];
    if (from !== null && !from.includes(row.state)) return false;
    if (name === 'issue.accept' || name === 'issue.start' || name === 'issue.resolve') return facts.actor.unitId === row.leadUnitId;
    if (name === 'issue.close') return facts.actor.personId !== row.resolvedById;
    if (name === 'issue.confirmFalse') {
      return row.falseProposal !== null && facts.actor.personId !== row.falseProposal.byId && facts.actor.personId !== row.authorId;
    }
    if (name === 'issue.proposeFalse') return row.falseProposal === null;
    if (name === 'issue.attach') return attachmentsOf(row).length < ATTACHMENT_LIMITS.perIssue;
    if (name === 'issue.detach') return attachmentsOf(row).length > 0;
    return true;
  });
}
