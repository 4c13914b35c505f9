import { z } from 'zod';
import { Id } from '../ids.ts';
import { SEVERITIES, STATES } from '../issue.ts';
import type { Facts } from '../mutations/facts.ts';
import { SERVICES, type Service } from '../org.ts';
import { may } from '../permissions.ts';
import { wordOf } from '../words.ts';
import { DOCUMENT, documentEntry, ordered, refuse, sees, worksAll } from './document.ts';

/** Why a record is in a handover, the most pressing first; one record stands there once. */
export const HANDOVER_REASONS = ['alarm', 'overdue', 'urgent', 'offered', 'waiting', 'dueSoon'] as const;
export type HandoverReason = (typeof HANDOVER_REASONS)[number];

export const HANDOVER_LIMITS = {
  records: 150, text: 4_000, next: 300, remarks: 40, readers: 100, shiftName: 40,
  /** A box of lines holds so many characters: one line of that length, or so many that each has one, beside what the machine says. */
  fault: 2_000, faults: 1_100,
} as const;

/** A record as it stood when the shift was handed over. Its words are those of the list: nothing of a reporter. What a newer console writes in it stays in it, here and below: it is signed. */
export const HandoverRecord = z.looseObject({
  id: Id, no: z.string().max(60), service: wordOf(SERVICES), severity: wordOf(SEVERITIES), state: wordOf(STATES),
  words: z.string().max(200), place: z.string().max(200), dueAtMs: z.number().nullable(), reason: wordOf(HANDOVER_REASONS), unsent: z.boolean(),
  next: z.string().max(HANDOVER_LIMITS.next).describe('việc phải làm tiếp, as who goes has written it'),
  site: z.string().max(200).optional().describe('whose record it is, where it is another site\'s'),
});
export type HandoverRecord = z.infer<typeof HandoverRecord>;

/** One line's figures: what is open, and what the shift has taken in and closed. */
export const HandoverFigures = z.looseObject({
  service: wordOf(SERVICES), open: z.number().int(), overdue: z.number().int(), urgent: z.number().int(), waiting: z.number().int(),
  received: z.number().int(), closed: z.number().int(),
});
export type HandoverFigures = z.infer<typeof HandoverFigures>;

/** Open records that are worked here and that no line's figures count, for they are another line's or another site's, whose figures count them. */
export const HandoverBeside = z.looseObject({ open: z.number().int(), overdue: z.number().int(), elsewhere: z.number().int().describe('how many of the open ones are another site\'s') });
export type HandoverBeside = z.infer<typeof HandoverBeside>;

/** What the machine itself says of its state, as codes for the screen to word; `typed` is what a person has written. */
export const FAULT_KINDS = ['typed', 'link-down', 'clock-off', 'sound-not-heard', 'refused-changes', 'unsent-changes'] as const;
export const HandoverFault = z.looseObject({ kind: wordOf(FAULT_KINDS), text: z.string().max(HANDOVER_LIMITS.fault), count: z.number().int().nullable(), sinceMs: z.number().nullable() });
export type HandoverFault = z.infer<typeof HandoverFault>;

/** What is handed over, as it is signed: it never changes again. */
export const HandoverContent = z.looseObject({
  lines: DOCUMENT.lines, shiftName: z.string().trim().max(HANDOVER_LIMITS.shiftName), fromMs: z.number(), toMs: z.number(),
  figures: z.array(HandoverFigures).max(SERVICES.length), beside: HandoverBeside.optional().describe('absent: other sites\' records were left out'), records: z.array(HandoverRecord).max(HANDOVER_LIMITS.records),
  recordsLeft: z.number().int().min(0).describe('how many more there were, for which there was no room'),
  warnings: z.array(z.string().max(HANDOVER_LIMITS.fault)).max(HANDOVER_LIMITS.faults), faults: z.array(HandoverFault).max(HANDOVER_LIMITS.faults),
  instructions: z.string().max(HANDOVER_LIMITS.text).describe('ý kiến chỉ đạo'), notes: z.string().max(HANDOVER_LIMITS.text),
});
export type HandoverContent = z.infer<typeof HandoverContent>;

/** Whose sign-in stands for the signature: confirmed with the person's own password at that workstation. */
export const Signature = z.object({ byId: Id, deviceId: Id, atMs: z.number() });
export type Signature = z.infer<typeof Signature>;

export const HANDOVER_STATES = ['offered', 'received', 'refused', 'withdrawn'] as const;
export type HandoverState = (typeof HANDOVER_STATES)[number];

/** A shift handover (bàn giao ca): signed by who goes and by who comes; what is added afterwards stands beside it. */
export const Handover = z.object({
  ...DOCUMENT, content: HandoverContent,
  digest: z.string().regex(/^[0-9a-f]{64}$/).describe('SHA-256 of the content as `handoverText` writes it: what both have signed'),
  state: wordOf(HANDOVER_STATES), given: Signature,
  taken: Signature.extend({ remark: z.string().max(HANDOVER_LIMITS.text) }).nullable(),
  ended: Signature.extend({ reason: z.string().max(HANDOVER_LIMITS.text) }).nullable().describe('refused by who comes, or withdrawn by who goes'),
  remarks: z.array(z.object({ byId: Id, atMs: z.number(), text: z.string().max(HANDOVER_LIMITS.text) })).max(HANDOVER_LIMITS.remarks),
  readBy: z.array(z.object({ byId: Id, atMs: z.number() })).max(HANDOVER_LIMITS.readers),
});
export type Handover = z.infer<typeof Handover>;

const Words = z.string().trim().min(1).max(HANDOVER_LIMITS.text);
const Digest = Handover.shape.digest;

export const HANDOVER_PAYLOADS = {
  'handover.give': z.object({ id: Id, siteId: Id, content: HandoverContent, digest: Digest }),
  'handover.take': z.object({ id: Id, digest: Digest, remark: z.string().trim().max(HANDOVER_LIMITS.text).default('') }),
  'handover.refuse': z.object({ id: Id, reason: Words }),
  'handover.withdraw': z.object({ id: Id, reason: z.string().trim().max(HANDOVER_LIMITS.text).default('') }),
  'handover.remark': z.object({ id: Id, text: Words }),
  'handover.read': z.object({ id: Id }),
} as const;
type Payload<N extends keyof typeof HANDOVER_PAYLOADS> = z.infer<(typeof HANDOVER_PAYLOADS)[N]>;

/** The text whose SHA-256 is the digest: JSON with the keys of every object in their order, so that it is the same wherever the content has been. */
export function handoverText(content: HandoverContent): string {
  return JSON.stringify(content, (_key, value: unknown) =>
    (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value));
}

const signed = (facts: Facts): Signature => ({ byId: facts.actor.personId, deviceId: facts.deviceId, atMs: facts.atMs });

function found(row: Handover | undefined, facts: Facts): Handover {
  if (row === undefined) refuse('document/not-found');
  if (!sees(facts.actor, row)) refuse('issue/outside-scope');
  return row;
}

function offered(row: Handover | undefined, facts: Facts): Handover {
  const handover = found(row, facts);
  refuseUnsigning(facts);
  if (handover.state !== 'offered') refuse('handover/wrong-state', { state: handover.state });
  return handover;
}

function refuseUnsigning({ actor }: Facts): void {
  if (!may(actor.roles, 'handover.sign')) refuse('auth/forbidden', { permission: 'handover.sign' });
}

const changed = (row: Handover, facts: Facts, action: string, fields: Partial<Handover>): Handover => ({ ...row, ...fields, history: [...row.history, documentEntry(facts, action)] });

/** What an intent does to a handover. @throws {AppError} the refusal */
export const HANDOVER_STEPS = {
  'handover.give': (row: Handover | undefined, p: Payload<'handover.give'>, facts: Facts): Handover => {
    if (row !== undefined) refuse('issue/already-exists');
    refuseUnsigning(facts);
    const lines = ordered(p.content.lines as Service[]);
    // Nobody hands over a line that is not theirs.
    if (lines.length === 0 || !worksAll(facts.actor, { siteId: p.siteId, lines })) refuse('issue/outside-scope');
    if (p.content.toMs < p.content.fromMs) refuse('issue/bad-value', { field: 'toMs' });
    return {
      id: p.id, siteId: p.siteId, lines, content: p.content, digest: p.digest, state: 'offered', given: signed(facts), taken: null, ended: null, remarks: [], readBy: [],
      history: [documentEntry(facts, 'handover.give')], version: 0,
    };
  },
  'handover.take': (row: Handover | undefined, p: Payload<'handover.take'>, facts: Facts): Handover => {
    const handover = offered(row, facts);
    if (facts.actor.personId === handover.given.byId) refuse('handover/same-person');
    // A line that nobody of who comes works would be handed over to nobody.
    if (!worksAll(facts.actor, handover)) refuse('handover/not-all-lines');
    if (p.digest !== handover.digest) refuse('handover/changed');
    return changed(handover, facts, 'handover.take', { state: 'received', taken: { ...signed(facts), remark: p.remark }, readBy: withReader(handover, facts) });
  },
  'handover.refuse': (row: Handover | undefined, p: Payload<'handover.refuse'>, facts: Facts): Handover => {
    const handover = offered(row, facts);
    if (facts.actor.personId === handover.given.byId) refuse('handover/same-person');
    return changed(handover, facts, 'handover.refuse', { state: 'refused', ended: { ...signed(facts), reason: p.reason } });
  },
  'handover.withdraw': (row: Handover | undefined, p: Payload<'handover.withdraw'>, facts: Facts): Handover => {
    const handover = offered(row, facts);
    if (facts.actor.personId !== handover.given.byId && !facts.actor.roles.includes('ca_truong')) refuse('handover/not-yours');
    return changed(handover, facts, 'handover.withdraw', { state: 'withdrawn', ended: { ...signed(facts), reason: p.reason } });
  },
  'handover.remark': (row: Handover | undefined, p: Payload<'handover.remark'>, facts: Facts): Handover => {
    const handover = found(row, facts);
    refuseUnsigning(facts);
    if (handover.remarks.length >= HANDOVER_LIMITS.remarks) refuse('issue/too-many', { limit: HANDOVER_LIMITS.remarks });
    return changed(handover, facts, 'handover.remark', { remarks: [...handover.remarks, { byId: facts.actor.personId, atMs: facts.atMs, text: p.text }] });
  },
  'handover.read': (row: Handover | undefined, _p: Payload<'handover.read'>, facts: Facts): Handover => {
    const handover = found(row, facts);
    if (!may(facts.actor.roles, 'handover.read')) refuse('auth/forbidden', { permission: 'handover.read' });
    const readBy = withReader(handover, facts);
    return readBy === handover.readBy ? handover : changed(handover, facts, 'handover.read', { readBy });
  },
} as const;

function withReader({ readBy, given }: Handover, { actor, atMs }: Facts): Handover['readBy'] {
  const isKnown = actor.personId === given.byId || readBy.some(one => one.byId === actor.personId);
  return isKnown || readBy.length >= HANDOVER_LIMITS.readers ? readBy : [...readBy, { byId: actor.personId, atMs }];
}

/** Whether someone who works these lines still has to read it: it is of the shift before theirs, and neither theirs nor read by them. */
export function isUnread(handover: Handover, personId: Id): boolean {
  return (handover.state === 'offered' || handover.state === 'received') && handover.given.byId !== personId && !handover.readBy.some(one => one.byId === personId);
}
