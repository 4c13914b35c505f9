import { z } from 'zod';
import { Attachment } from '../attachment.ts';
import { Id } from '../ids.ts';
import { Channel, ERASURE_BASES, Instant, Issue, IssueClass, LIMITS, Outcome, Place, RECORD_LIMITS, REOPENED_BY, Reporter, RESOURCE_STEPS, Severity, SURVEY_CHANNELS, VerifyMethod, Victim } from '../issue.ts';
import { Service } from '../org.ts';

const Ref = z.object({ id: Id });
const Note = z.string().trim().max(LIMITS.note).default('');
const Words = z.string().trim().min(1).max(LIMITS.note);
const Units = { leadUnitId: Id, coUnitIds: z.array(Id).max(12).default([]) };
const Answer = z.enum(['yes', 'no', 'unknown']);

/** A field that people edit, with its value before and after: before ≠ the row's value means that someone came first. */
export const EDITABLE = {
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
  'issue.acknowledge': Ref,
  'issue.edit': Ref.extend({
    fields: z.object({
      description: Change(EDITABLE.description), severity: z.object({ from: EDITABLE.severity, to: Severity }).optional(), category: Change(EDITABLE.category),
      place: Change(EDITABLE.place), victims: Change(EDITABLE.victims),
      reporter: Change(EDITABLE.reporter),
      occurredAtMs: z.object({ from: EDITABLE.occurredAtMs, to: Instant.nullable() }).optional(),
    }),
  }),
  'issue.note': Ref.extend({ note: Words }),
  // Who took it in and when are facts: they are corrected by what is added, never written over.
  'issue.correct': Ref.extend({ note: Words }),
  'issue.startVerification': Ref,
  'issue.verify': Ref.extend({ method: VerifyMethod, note: Note }),
  'issue.proposeFalse': Ref.extend({ method: VerifyMethod, note: Words }),
  'issue.confirmFalse': Ref.extend({ note: Note }),
  'issue.outOfScope': Ref.extend({ reason: Words, advisedBody: z.string().trim().max(LIMITS.placeText).default(''), reply: Note }),
  'issue.proposeCancel': Ref.extend({ reason: Words }),
  'issue.confirmCancel': Ref.extend({ note: Note }),
  'issue.forward': Ref.extend({ ...Units, note: Note }),
  'issue.dispatch': Ref.extend({ ...Units, reason: Note, note: Note }),
  'issue.accept': Ref.extend({ note: Note }),
  'issue.return': Ref.extend({ reason: Words, suggestedUnitId: Id.nullable().default(null) }),
  'issue.start': Ref.extend({ note: Note }),
  'issue.askInfo': Ref.extend({ question: Words, untilMs: Instant.nullable().default(null) }),
  'issue.hold': Ref.extend({ reason: Words, untilMs: Instant }),
  'issue.resume': Ref.extend({ note: Note }),
  // Life first: where there is no evidence to show, it is said why.
  'issue.resolve': Ref.extend({ result: Words, noEvidence: z.string().trim().max(LIMITS.note).optional() }),
  'issue.close': Ref.extend({ outcome: Outcome, reply: Note }),
  'issue.reopen': Ref.extend({ reason: Words, by: z.enum(REOPENED_BY) }),
  'issue.handOff': Ref.extend({ to: Service, note: Words }),
  'issue.takeOver': Ref.extend({ note: Note }),
  'issue.refuseHandOff': Ref.extend({ reason: Words }),
  'issue.withdrawHandOff': Ref.extend({ note: Note }),
  'issue.join': Ref.extend({ lines: z.array(Service).min(1).max(5), note: Note }),
  'issue.leave': Ref.extend({ line: Service, note: Words }),
  'issue.sendResource': Ref.extend({ resourceId: Id, unitId: Id, name: z.string().trim().max(LIMITS.name).default('') }),
  'issue.resourceStep': Ref.extend({ resourceId: Id, step: z.enum(RESOURCE_STEPS), atMs: Instant }),
  'issue.merge': Ref.extend({ edgeId: Id, parentId: Id, note: Note }),
  'issue.split': Ref.extend({ edgeIds: z.array(Id).min(1).max(40), note: Words }),
  'issue.remind': Ref.extend({ unitId: Id, level: z.number().int().min(0).max(3), note: Note }),
  'issue.survey': Ref.extend({
    channel: z.enum(SURVEY_CHANNELS), answered: z.boolean(), score: z.number().int().min(1).max(5).nullable(),
    onTime: Answer, rightResult: Answer, attitude: Answer, comment: Note,
  }),
  // Who erases names the words of free texts that tell of a person; they are not kept with the intent once it has been judged.
  'issue.erasePersonal': Ref.extend({ basis: z.enum(ERASURE_BASES), reason: Words, words: z.array(z.string().trim().min(3).max(LIMITS.name)).max(20).default([]) }),
  'issue.attach': Ref.extend({ attachment: Attachment }),
  // Corrected by appending: who removed what, and why, stays in the history.
  'issue.detach': Ref.extend({ attachmentId: Id, reason: Words }),
} as const;
export type MutationName = keyof typeof PAYLOADS;
export type PayloadOf<N extends MutationName> = z.infer<(typeof PAYLOADS)[N]>;
export const MUTATION_NAMES = Object.keys(PAYLOADS) as MutationName[];
