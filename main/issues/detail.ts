import type { Attention, CaseLine, IssueDetail, Session } from '../../contract/console.ts';
import type { OnDuty } from '../../contract/duty.ts';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import { actorOf } from '../../contract/mutations/facts.ts';
import { possibleActions, type Possible } from '../../contract/mutations/issue.ts';
import type { MutationName } from '../../contract/mutations/payloads.ts';
import { inScope } from '../../contract/org.ts';
import { MASK, maskPeople, maskText, type PersonalAccess, type PersonalReader } from '../../contract/personal.ts';
import type { StoredIssue } from '../../db/stores/issues.ts';
import { syncState } from '../platform/sync-state.ts';
import { meaningOf, plainName, type Meaning } from './import/fields.ts';
import { openCode } from './survey/codes.ts';

/** What a refusal says about persons: only its author reads it. */
export const PERSONAL_FIELDS: readonly string[] = ['reporter', 'victims', 'original'];
/**
 * What a source's field may mean to be shown without the reporter: numbers, kinds, places of a map, times and states. Whatever else a table brings
 * may tell who reported, under any name that its makers have thought of; an address may be where that person lives.
 */
const HARMLESS: readonly (Meaning | undefined)[] = ['ref', 'jurisdiction', 'serviceName', 'serviceCode', 'service', 'areaName', 'lat', 'lon', 'receivedAt', 'occurredAt', 'status', 'severity'];
/** Fields (plain names) that are kept word for word and tell of no person. */
const HARMLESS_KEPT: readonly string[] = ['agency responsible', 'updated datetime', 'expected datetime', 'stt', 'no'];

/** Who reads, as the rule of personal data asks. */
export function readerOf({ personId, unitId, roles, scope, signedInAtMs, signedInCorrectedMs }: Session, onDuty: OnDuty): PersonalReader {
  return { personId, unitId, roles, scope, onDuty: onDuty({ personId, scope, signedInAtMs, signedInCorrectedMs }) };
}

function hasPersonalData(issue: Issue): boolean {
  return [issue.reporter.name, issue.reporter.phone, issue.reporter.relation, ...issue.victims.map(v => v.who)].some(text => text.trim() !== '')
    || Object.entries(issue.original ?? {}).some(([key, value]) => isPersonal(key) && value.trim() !== '');
}

const isPersonal = (key: string): boolean => !HARMLESS.includes(meaningOf(key)) && !HARMLESS_KEPT.includes(plainName(key));

/** The record without what tells who reported it or who was hurt. */
export function maskPersons(issue: Issue): Issue {
  return {
    ...issue, ...maskPeople(issue),
    original: issue.original === null ? null
      : Object.fromEntries(Object.entries(issue.original).map(([key, value]) => [key, isPersonal(key) ? maskText(value) : value])),
  };
}

/** Every id in the record that a person wants to read as a name. */
export function idsIn(issue: Issue): Id[] {
  const ids = [
    issue.siteId, issue.stationId, issue.authorId, issue.place.areaId, issue.leadUnitId, ...issue.coUnitIds, issue.resolvedById,
    issue.verification?.byId, issue.falseProposal?.byId, issue.cancelProposal?.byId, issue.acknowledged?.byId, issue.pause?.byId, issue.handOff?.byId, issue.survey?.byId,
    issue.returned?.unitId, issue.returned?.suggestedUnitId, ...(issue.resources ?? []).map(one => one.unitId), ...(issue.reminders ?? []).flatMap(one => [one.unitId, one.byId]),
    ...(issue.merges ?? []).map(one => one.byId), ...issue.history.flatMap(h => [h.byId, h.deviceId, h.unitId]),
  ];
  return [...new Set(ids.filter(id => id !== null && id !== undefined))];
}

/** A refusal without what it says about persons; the record's other values stay readable. */
export function maskRefusal(refusal: Attention): Attention {
  const hide = (fields: Record<string, unknown>) => Object.fromEntries(Object.entries(fields).filter(([key]) => !PERSONAL_FIELDS.includes(key)));
  const { fields, ...payload } = hide(refusal.payload);
  return {
    ...refusal,
    payload: typeof fields === 'object' && fields !== null ? { ...payload, fields: hide({ ...fields }) } : payload,
    lost: refusal.lost.map(value => (PERSONAL_FIELDS.includes(value.field) ? { ...value, mine: MASK, theirs: MASK, present: MASK } : value)),
  };
}

/** The case of a record: the one that stands for it, and the others that it stands for itself. */
export interface CaseOf { root: Id | null; parts: Id[] }

/** A record as one line of a case. */
export function caseLine({ id, service, displayNo, provisionalNo, severity, state, description, place, receivedAtMs }: Issue): CaseLine {
  return { id, service, displayNo, provisionalNo, severity, state, description, place: place.text, receivedAtMs };
}

interface DetailParts {
  names: (ids: readonly Id[]) => Record<Id, string>; refusals: (issue: Id) => Attention[]; isLinkUp: boolean; revealed: boolean; access: PersonalAccess;
  now: Pick<Possible, 'atMs' | 'policy'>; caseOf: CaseOf; line: (id: Id) => CaseLine | null;
  /** Whether the reporter's survey has been held of another record of the case. */
  isAnsweredBeside: boolean;
}

/**
 * What is still done to a record for which another stands: everything else is done there. An offer or a force that came apart from the merging is of this record
 * alone, and is answered or called back here.
 */
const OF_PART: readonly MutationName[] = ['issue.note', 'issue.correct', 'issue.split', 'issue.edit', 'issue.attach', 'issue.detach', 'issue.survey', 'issue.refuseHandOff', 'issue.withdrawHandOff', 'issue.resourceStep'];

/** @throws {AppError} `issue/not-found` when there is none, or none that this session may see: the difference is not told */
export function requireVisible(stored: StoredIssue | null, session: Session): StoredIssue {
  if (stored === null || !inScope(session.scope, stored.issue)) throw new AppError('issue/not-found');
  return stored;
}

/**
 * What the detail panel shows of a record.
 *
 * @throws {AppError} `issue/not-found`, as `requireVisible`
 */
export function issueDetail(stored: StoredIssue | null, session: Session, parts: DetailParts): IssueDetail {
  const { issue, sync } = requireVisible(stored, session);
  const masked = !parts.revealed && hasPersonalData(issue);
  const { root } = parts.caseOf;
  const lines = (ids: readonly Id[]): CaseLine[] => ids.flatMap(id => parts.line(id) ?? []);
  return {
    issue: masked ? maskPersons(issue) : issue,
    sync: syncState(sync, parts.isLinkUp),
    names: parts.names(idsIn(issue)),
    actions: possibleActions(issue, { actor: actorOf(session), ...parts.now }).filter(action => (root === null || OF_PART.includes(action)) && !(action === 'issue.survey' && parts.isAnsweredBeside)),
    caseRoot: root === null ? null : lines([root])[0] ?? null, parts: lines(parts.caseOf.parts),
    reporterMasked: masked, personal: { access: parts.access.is, lacks: parts.access.is === 'reason' ? [...parts.access.lacks] : [] }, surveyCode: parts.isAnsweredBeside ? null : openCode(issue, parts.now),
    refusals: parts.revealed ? parts.refusals(issue.id) : parts.refusals(issue.id).map(maskRefusal),
  };
}
