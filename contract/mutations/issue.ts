import { type Issue, RECORD_LIMITS } from '../issue.ts';
import { inScope, type Service } from '../org.ts';
import { may } from '../permissions.ts';
import { nextDue } from '../policy/clocks.ts';
import type { PolicyPack } from '../policy/pack.ts';
import { withoutAnswered } from './asked.ts';
import { isErased } from './erase.ts';
import type { Actor, Applied, Facts, LostValue } from './facts.ts';
import { changedValue, namedPart } from './named-part.ts';
import { EDITABLE, EDITABLE_FIELDS, MUTATION_NAMES, type EditableField, type MutationName, type PayloadOf } from './payloads.ts';
import { entryOf, refuse, STEPS, type StepName } from './steps.ts';
import { isBetterLeft, MUTATION_PERMISSION, WORKFLOW, type Refusal } from './workflow.ts';

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
  const pack = facts.policy.of(row.policyId, row.receivedAtMs);
  if (!works(facts.actor, row, name)) refuse('issue/outside-scope');
  const { from, guard } = WORKFLOW[name];
  if (from !== null && !from.includes(row.state)) refuse('issue/wrong-state', { state: row.state, action: name });
  const refusal = guard?.(row, { actor: facts.actor, pack, atMs: facts.atMs }) ?? null;
  if (refusal !== null) refuse(refusal.code, refusal.facts);
  // Steps end by themselves; these would go on for ever, and a record comes down whole with each of them.
  if (ENDLESS.includes(name)) refuseFullHistory(row);
  const { row: next, lost } = name === 'issue.edit' ? edit(row, payload as PayloadOf<'issue.edit'>, facts) : { row: STEPS[name as StepName](row, payload as never, facts), lost: [] };
  return { row: next === row ? row : clocked(withoutAnswered(next, name, facts.actor), pack), lost };
}

const ENDLESS: readonly MutationName[] = ['issue.note', 'issue.correct', 'issue.edit', 'issue.attach', 'issue.detach', 'issue.merge', 'issue.split', 'issue.handOff', 'issue.join', 'issue.leave',
  'issue.proposeFalse', 'issue.proposeCancel', 'issue.return', 'issue.reopen', 'issue.remind', 'issue.sendResource', 'issue.resourceStep'];

function refuseFullHistory({ history }: Issue): void {
  if (history.length >= RECORD_LIMITS.history) refuse('issue/history-full', { limit: RECORD_LIMITS.history });
}

/** Steps of a line to which a record is only offered. */
const OF_OFFERED: readonly MutationName[] = ['issue.takeOver', 'issue.refuseHandOff', 'issue.note'];

/** Whether the actor works at a line that has the record, or answers to its being offered. */
function works({ scope }: Actor, row: Issue, name: MutationName): boolean {
  return inScope(scope, { siteId: row.siteId, service: row.service, lines: row.lines }) || (OF_OFFERED.includes(name) && inScope(scope, row));
}

/**
 * The record with what its clocks say: which runs out next and when. Derived from its history alone (policy/clocks.ts), so that it can
 * be told again at any time.
 */
export function clocked(row: Issue, pack: PolicyPack): Issue {
  const next = nextDue(row, pack);
  return { ...row, dueAtMs: next?.dueAtMs ?? null, warnAtMs: next?.warnAtMs ?? null, dueClock: next?.name ?? null };
}

const INCIDENT_SERVICES: readonly Service[] = ['113', '114', '115', '112'];

function receive(existing: Issue | undefined, p: PayloadOf<'issue.receive'>, facts: Facts): Issue {
  if (existing !== undefined) refuse('issue/already-exists');
  if (!inScope(facts.actor.scope, p)) refuse('issue/outside-scope');
  if ((p.class === 'incident') !== INCIDENT_SERVICES.includes(p.service)) refuse('issue/wrong-class', { service: p.service });
  if (p.description.trim() === '') refuse('issue/field-required', { field: 'description' });
  if (p.place.text.trim() === '' && (p.place.lat === null || p.place.lon === null)) refuse('issue/field-required', { field: 'place' });
  if (!p.reporter.anonymous && p.reporter.name.trim() === '' && p.reporter.phone.trim() === '') refuse('issue/field-required', { field: 'reporter' });
  const pack = facts.policy.at(p.receivedAtMs);
  return clocked({
    ...p, stationId: facts.deviceId, authorId: facts.actor.personId,
    provisionalNo: facts.provisionalNo, displayNo: facts.nextDisplayNo,
    state: 'received', dueAtMs: null,
    verification: null, falseProposal: null, leadUnitId: null, coUnitIds: [], forwardedAtMs: null,
    resolvedById: null, result: null, outcome: null, reply: null, policyId: pack.id,
    history: [entryOf(facts, 'issue.receive', { to: 'received', severity: p.severity, service: p.service })],
    version: 0,
  }, pack);
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
  // What was erased stays so, however long an edit was on its way.
  if (isErased(row) && (p.fields.reporter !== undefined || p.fields.victims !== undefined)) refuse('issue/personal-erased');
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
  const level = changed.includes('severity') ? { severity: edited.severity } : {};
  return { row: { ...edited, history: [...row.history, entryOf(facts, 'issue.edit', { fields: changed, ...level })] }, lost };
}

/** What of the facts says what is possible now. */
export interface Possible { actor: Actor; atMs: number; policy: Facts['policy'] }

/** Why this actor cannot try the intent on the record now; null when nothing is against it as far as the record alone tells. */
export function refusalOf(name: MutationName, row: Issue, { actor, atMs, policy }: Possible): Refusal {
  const permission = MUTATION_PERMISSION[name];
  if (!may(actor.roles, permission)) return { code: 'auth/forbidden', facts: { permission } };
  if (!works(actor, row, name)) return { code: 'issue/outside-scope' };
  const { from, guard } = WORKFLOW[name];
  if (from !== null && !from.includes(row.state)) return { code: 'issue/wrong-state', facts: { state: row.state, action: name } };
  return guard?.(row, { actor, atMs, pack: policy.of(row.policyId, row.receivedAtMs) }) ?? null;
}

/** The intents that this actor could try on the record now; the screen offers these and no others. */
export function possibleActions(row: Issue, possible: Possible): MutationName[] {
  return MUTATION_NAMES.filter(name => name !== 'issue.receive' && refusalOf(name, row, possible) === null && !isBetterLeft(name, row));
}
