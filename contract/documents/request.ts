import { z } from 'zod';
import { Id, PROVINCE_ITSELF } from '../ids.ts';
import { Instant } from '../issue.ts';
import { isErased } from '../mutations/erase.ts';
import type { Facts } from '../mutations/facts.ts';
import { SERVICES } from '../org.ts';
import { may } from '../permissions.ts';
import { addWorking, minutesOfDay } from '../policy/calendar.ts';
import type { PolicyPack } from '../policy/pack.ts';
import { wordOf } from '../words.ts';
import { DOCUMENT, documentEntry, refuse, sees } from './document.ts';

/** What somebody may ask of data about themselves (Luật 91/2025/QH15): to see, correct, erase or restrict it, to object, to withdraw consent, or to complain. */
export const REQUEST_KINDS = ['access', 'correct', 'erase', 'restrict', 'object', 'withdraw', 'complain'] as const;
/** How it was made sure who asks: an answer to somebody else would be a breach by itself. */
export const IDENTIFIED = ['in_person', 'call_back', 'document', 'proxy', 'not_yet'] as const;
export const REQUEST_STATES = ['open', 'answered', 'refused'] as const;
export const REQUEST_LIMITS = { text: 4_000, name: 80, phone: 20, records: 20, notes: 60 } as const;
/** A letter that is typed later than this after its receipt is no slip of a weekend: its date is looked at again. */
const RECEIVED_BACK_MS = 30 * 86_400_000;

const Text = z.string().trim().max(REQUEST_LIMITS.text);
const Words = Text.min(1);

/** Who asks: personal data, shown to whoever may handle requests. */
export const Subject = z.object({ name: z.string().trim().max(REQUEST_LIMITS.name), phone: z.string().trim().max(REQUEST_LIMITS.phone), address: z.string().trim().max(200) });

const By = z.object({ byId: Id, atMs: z.number() });

/** A request of a data subject (yêu cầu của chủ thể dữ liệu), with its clock of working days. */
export const DataRequest = z.object({
  ...DOCUMENT, kind: wordOf(REQUEST_KINDS), subject: Subject, identified: wordOf(IDENTIFIED), words: Text, issueIds: z.array(Id).max(REQUEST_LIMITS.records),
  receivedAtMs: z.number(), dueAtMs: z.number().nullable().describe('null where the calendar has no such time'), policyId: Id,
  state: wordOf(REQUEST_STATES), extended: By.extend({ reason: Text, fromMs: z.number().nullable() }).nullable(),
  ended: By.extend({ words: Text, basis: z.string().max(300) }).nullable(),
  notes: z.array(By.extend({ text: Text })).max(REQUEST_LIMITS.notes),
  personalErasedAtMs: z.number().nullish().describe('since when nothing here tells of a person any more'),
});
export type DataRequest = z.infer<typeof DataRequest>;

export const REQUEST_PAYLOADS = {
  'request.receive': z.object({
    id: Id, siteId: Id, kind: z.enum(REQUEST_KINDS), subject: Subject, identified: z.enum(IDENTIFIED), words: Words, issueIds: z.array(Id).max(REQUEST_LIMITS.records), receivedAtMs: Instant,
  }),
  'request.identify': z.object({ id: Id, identified: z.enum(IDENTIFIED) }),
  'request.note': z.object({ id: Id, text: Words }),
  'request.extend': z.object({ id: Id, untilMs: Instant, reason: Words }),
  'request.answer': z.object({ id: Id, words: Words }),
  'request.refuse': z.object({ id: Id, words: Words, basis: z.string().trim().min(1).max(300).describe('the clause that the refusal rests on') }),
  'request.erasePersonal': z.object({ id: Id }),
} as const;
type Payload<N extends keyof typeof REQUEST_PAYLOADS> = z.infer<(typeof REQUEST_PAYLOADS)[N]>;

/** When a request is to be answered: so many working days after its receipt (NĐ 356/2025/NĐ-CP: 2), by the pack in force then. */
export function requestDue(receivedAtMs: number, pack: Pick<PolicyPack, 'calendar' | 'personalData'>): number | null {
  return addWorking(pack.calendar, receivedAtMs, pack.personalData.requestWorkingDays * minutesOfDay(pack.calendar) * 60_000);
}

/** The new time of a request that is extended: as many working days again, from its present one; null where the calendar has none. */
export function extendedDue({ dueAtMs }: Pick<DataRequest, 'dueAtMs'>, pack: Pick<PolicyPack, 'calendar' | 'personalData'>): number | null {
  return dueAtMs === null ? null : requestDue(dueAtMs, pack);
}

function refuseOthers({ actor }: Facts): void {
  if (!may(actor.roles, 'request.handle')) refuse('auth/forbidden', { permission: 'request.handle' });
}

function open(row: DataRequest | undefined, facts: Facts): DataRequest {
  if (row === undefined) refuse('document/not-found');
  if (!sees(facts.actor, row)) refuse('issue/outside-scope');
  refuseOthers(facts);
  if (row.state !== 'open') refuse('request/ended', { state: row.state });
  return row;
}

const by = ({ actor, atMs }: Facts) => ({ byId: actor.personId, atMs });
const changed = (row: DataRequest, facts: Facts, action: string, fields: Partial<DataRequest>): DataRequest => ({ ...row, ...fields, history: [...row.history, documentEntry(facts, action)] });

/** What an intent does to a request. @throws {AppError} the refusal; `request/not-identified`: nothing is told to somebody who may be anybody */
export const REQUEST_STEPS = {
  'request.receive': (row: DataRequest | undefined, p: Payload<'request.receive'>, facts: Facts): DataRequest => {
    if (row !== undefined) refuse('issue/already-exists');
    refuseOthers(facts);
    if (p.subject.name === '' && p.subject.phone === '') refuse('issue/field-required', { field: 'reporter' });
    if (p.receivedAtMs > facts.atMs || p.receivedAtMs < facts.atMs - RECEIVED_BACK_MS) refuse('request/received-when');
    const pack = facts.policy.at(p.receivedAtMs);
    const fresh: DataRequest = {
      ...p, lines: [...SERVICES], dueAtMs: requestDue(p.receivedAtMs, pack), policyId: pack.id, state: 'open', extended: null, ended: null, notes: [], history: [documentEntry(facts, 'request.receive')], version: 0,
    };
    if (!sees(facts.actor, fresh)) refuse('issue/outside-scope');
    return fresh;
  },
  'request.identify': (row: DataRequest | undefined, p: Payload<'request.identify'>, facts: Facts): DataRequest => {
    const request = open(row, facts);
    return request.identified === p.identified ? request : changed(request, facts, 'request.identify', { identified: p.identified });
  },
  'request.note': (row: DataRequest | undefined, p: Payload<'request.note'>, facts: Facts): DataRequest => {
    const request = open(row, facts);
    if (request.notes.length >= REQUEST_LIMITS.notes) refuse('issue/too-many', { limit: REQUEST_LIMITS.notes });
    return changed(request, facts, 'request.note', { notes: [...request.notes, { ...by(facts), text: p.text }] });
  },
  'request.extend': (row: DataRequest | undefined, p: Payload<'request.extend'>, facts: Facts): DataRequest => {
    const request = open(row, facts);
    // Once: a clock that can be put off for ever is none.
    if (request.extended !== null) refuse('request/extended-before');
    const { dueAtMs } = request;
    // What is late stays late: nothing makes an answer timely afterwards.
    if (dueAtMs !== null && facts.atMs > dueAtMs) refuse('request/overdue');
    const latestMs = extendedDue(request, facts.policy.of(request.policyId, request.receivedAtMs));
    if (dueAtMs === null || latestMs === null || p.untilMs <= dueAtMs || p.untilMs > latestMs) refuse('issue/bad-value', { field: 'untilMs' });
    return changed(request, facts, 'request.extend', { dueAtMs: p.untilMs, extended: { ...by(facts), reason: p.reason, fromMs: request.dueAtMs } });
  },
  'request.answer': (row: DataRequest | undefined, p: Payload<'request.answer'>, facts: Facts): DataRequest => {
    const request = open(row, facts);
    if (request.identified === 'not_yet') refuse('request/not-identified');
    return changed(request, facts, 'request.answer', { state: 'answered', ended: { ...by(facts), words: p.words, basis: '' } });
  },
  'request.refuse': (row: DataRequest | undefined, p: Payload<'request.refuse'>, facts: Facts): DataRequest =>
    changed(open(row, facts), facts, 'request.refuse', { state: 'refused', ended: { ...by(facts), words: p.words, basis: p.basis } }),
  // By nobody's hand: the province does it when the time of keeping is over. That somebody asked, for what, when, and by whom it was ended stays.
  'request.erasePersonal': (row: DataRequest | undefined, _p: Payload<'request.erasePersonal'>, facts: Facts): DataRequest => {
    if (row === undefined) refuse('document/not-found');
    if (facts.actor.personId !== PROVINCE_ITSELF) refuse('auth/forbidden', { permission: 'personal.erase' });
    if (row.state === 'open') refuse('issue/wrong-state', { state: row.state, action: 'request.erasePersonal' });
    if (isErased(row)) return row;
    const { extended, ended, notes } = row;
    return changed(row, facts, 'request.erasePersonal', {
      subject: { name: '', phone: '', address: '' }, words: '', notes: notes.map(note => ({ ...note, text: '' })), personalErasedAtMs: facts.atMs,
      extended: extended === null ? null : { ...extended, reason: '' }, ended: ended === null ? null : { ...ended, words: '' },
    });
  },
} as const;
