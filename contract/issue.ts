import { z } from 'zod';
import { Attached, ATTACHMENT_LIMITS } from './attachment.ts';
import { Id } from './ids.ts';
import { SERVICES, type Service } from './org.ts';
import { wordOf } from './words.ts';

/** sự cố khẩn cấp (113/114/115/112) or phản ánh, kiến nghị: one state machine, two classes. */
export const CLASSES = ['incident', 'issue'] as const;
export const IssueClass = z.enum(CLASSES);
export type IssueClass = z.infer<typeof IssueClass>;

/** Columns keep them by their place in this list: new ones go to its end. */
export const STATES = [
  'received', 'verifying', 'verified', 'false_report', 'forwarded', 'accepted', 'in_progress', 'resolved', 'closed',
  'unverified_forwarded', 'out_of_scope', 'returned', 'awaiting_info', 'on_hold', 'reopened', 'cancelled',
] as const;
export const IssueState = z.enum(STATES);
export type IssueState = z.infer<typeof IssueState>;

/** States in which someone still has to act. */
export const OPEN_STATES: readonly IssueState[] = [
  'received', 'verifying', 'verified', 'unverified_forwarded', 'forwarded', 'accepted', 'returned', 'in_progress', 'awaiting_info', 'on_hold', 'resolved', 'reopened',
];
/** States in which a unit has the record: its lead unit is to act, or says why it does not. */
export const AT_UNIT_STATES: readonly IssueState[] = ['forwarded', 'unverified_forwarded', 'accepted', 'in_progress', 'awaiting_info', 'on_hold'];
/** States in which the lead unit may be reminded (đôn đốc, Q15.6, Q17.7). */
export const REMINDED_STATES: readonly IssueState[] = [...AT_UNIT_STATES, 'reopened'];
const ENDED_STATES: readonly IssueState[] = ['false_report', 'out_of_scope', 'cancelled', 'closed'];

export const SEVERITIES = ['P1', 'P2', 'P3', 'P4'] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

export const Channel = z.enum(['phone', 'field_report', 'public_service', 'camera', 'app', 'import']);
export type Channel = z.infer<typeof Channel>;

export const VerifyMethod = z.enum(['call_back', 'camera', 'force_on_site', 'unit_confirms', 'second_source']);
export type VerifyMethod = z.infer<typeof VerifyMethod>;

/** Clocks of a record (policy/pack.ts has their rules). */
export const CLOCK_NAMES = ['ack', 'verify', 'forward', 'accept', 'reroute', 'resolve', 'confirm', 'reply', 'survey', 'handOff'] as const;
export type ClockName = (typeof CLOCK_NAMES)[number];

export const Outcome = z.enum(['fixed', 'partly_fixed', 'no_action_needed', 'explained', 'handed_to_112', 'handed_to_other_province']);
export type Outcome = z.infer<typeof Outcome>;

/** Length limits in UTF-16 units after NFC; the forms count down to them and never cut silently. */
export const LIMITS = { description: 4_000, placeText: 300, landmark: 200, name: 80, phone: 20, note: 2_000, sourceRef: 120, victims: 20 } as const;

/** What keeps a record small enough to travel: words of an import's source in all, and lines of history from which notes and edits end. */
export const RECORD_LIMITS = { originalKeys: 200, originalChars: 64_000, history: 1_000 } as const;

/** A moment that a record may tell of, ms: from 1970 to the end of 2099. A clock beyond that is no clock. */
export const Instant = z.number().int().min(0).max(4_102_444_799_999);

export const Place = z.object({
  text: z.string().max(LIMITS.placeText),
  areaId: Id.nullable(),
  landmark: z.string().max(LIMITS.landmark).default(''),
  lat: z.number().min(-90).max(90).nullable(),
  lon: z.number().min(-180).max(180).nullable(),
});
export type Place = z.infer<typeof Place>;

/** The person who reports (người báo tin): personal data, masked in lists and opened with a log entry. */
export const Reporter = z.object({
  anonymous: z.boolean(),
  name: z.string().max(LIMITS.name),
  phone: z.string().max(LIMITS.phone),
  relation: z.string().max(LIMITS.name),
});
export type Reporter = z.infer<typeof Reporter>;

const Answer = wordOf(['yes', 'no', 'unknown']);
export const Victim = z.object({
  who: z.string().max(LIMITS.name), conscious: Answer, breathing: Answer, bleeding: Answer,
});
export type Victim = z.infer<typeof Victim>;

/** One line of the record's history: who did what, when (device time corrected by the last known server offset). */
export const HistoryEntry = z.object({
  atMs: z.number(), byId: Id, deviceId: Id, action: z.string(),
  to: wordOf(STATES).optional(), note: z.string().optional(), fields: z.array(z.string()).optional(),
  file: z.string().optional().describe('name of the file that was added or removed'),
  severity: wordOf(SEVERITIES).optional().describe('the level from here on'), service: wordOf(SERVICES).optional().describe('the line from here on'),
  unitId: Id.optional().describe('whom it was about: who returned it, was reminded, went out'), otherId: Id.optional().describe('the other record of a link'),
  noEvidence: z.string().optional().describe('why the result is told without the evidence that its kind of case asks for'),
  arrivedAtMs: z.number().optional().describe('when the province had it, by its own clock; absent until then'),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const Verification = z.object({
  method: wordOf(VerifyMethod.options), note: z.string().max(LIMITS.note), byId: Id, atMs: z.number(),
});
export type Verification = z.infer<typeof Verification>;

/** A report that is of the same event as another: an edge from this record to one that it belongs to (trùng lặp, gộp). Edges only come and go whole. */
export const MergeEdge = z.object({ edgeId: Id, parentId: Id, byId: Id, atMs: z.number() });
export type MergeEdge = z.infer<typeof MergeEdge>;

/** A line called to work a record as well, by whom and when: it rings there until somebody of it has answered. */
export const AskedLine = z.object({ line: wordOf(SERVICES), byId: Id, atMs: z.number() });
export type AskedLine = z.infer<typeof AskedLine>;

/** A force sent out (lực lượng), with the times that its control room needs; null = not yet. */
export const RESOURCE_STEPS = ['dispatchedAtMs', 'enRouteAtMs', 'arrivedAtMs', 'clearedAtMs'] as const;
export type ResourceStep = (typeof RESOURCE_STEPS)[number];
const At = z.number().nullable();
export const Resource = z.object({
  id: Id, unitId: Id, name: z.string().max(LIMITS.name), dispatchedAtMs: At, enRouteAtMs: At, arrivedAtMs: At, clearedAtMs: At,
});
export type Resource = z.infer<typeof Resource>;

/** How a survey was asked for (Q13.10, Q16.5). */
export const SURVEY_CHANNELS = ['call_back', 'paper', 'link'] as const;
export const Survey = z.object({
  channel: wordOf(SURVEY_CHANNELS), answered: z.boolean(), score: z.number().int().min(1).max(5).nullable(),
  onTime: Answer, rightResult: Answer, attitude: Answer, comment: z.string().max(LIMITS.note), byId: Id, atMs: z.number(),
});
export type Survey = z.infer<typeof Survey>;

/** A reminder to a unit (đôn đốc lần n, Q15.6, Q17.7); `level` of the ladder, 0 when a person chose to. */
export const Reminder = z.object({ unitId: Id, level: z.number().int().min(0).max(3), byId: Id, atMs: z.number() });
export type Reminder = z.infer<typeof Reminder>;

/** On what ground personal data are erased: their time is over, the person asks for it, an authority orders it. */
export const ERASURE_BASES = ['retention', 'request', 'order'] as const;
export const REOPENED_BY = ['reporter', 'ioc', 'inspector'] as const;
export const MAX_REMINDERS = 100, MAX_RESOURCES = 40, MAX_MERGES = 40;

/** A record as it replicates; its words may be a newer version's (words.ts). `version` is the province's seq of its last change, 0 before the province knows it. */
export const Issue = z.object({
  id: Id, class: wordOf(CLASSES), service: wordOf(SERVICES), siteId: Id,
  stationId: Id, authorId: Id,
  channel: wordOf(Channel.options), sourceRef: z.string().max(LIMITS.sourceRef).nullable(),
  provisionalNo: z.string(), displayNo: z.string().nullable(),
  occurredAtMs: z.number().nullable(), receivedAtMs: z.number(),
  state: wordOf(STATES), severity: wordOf(SEVERITIES), category: z.string().max(40),
  description: z.string().max(LIMITS.description),
  place: Place, reporter: Reporter, victims: z.array(Victim).max(LIMITS.victims),
  dueAtMs: z.number().nullable(),
  verification: Verification.nullable(),
  falseProposal: Verification.nullable(),
  leadUnitId: Id.nullable(), coUnitIds: z.array(Id).max(12), forwardedAtMs: z.number().nullable(),
  resolvedById: Id.nullable(), result: z.string().max(LIMITS.note).nullable(),
  outcome: wordOf(Outcome.options).nullable(), reply: z.string().max(LIMITS.note).nullable(),
  /** What an imported source said that no field of ours understood, word for word. */
  original: z.record(z.string(), z.string()).nullable(),
  /** In the order of their ids. A record that never had any may lack the field: read it by `attachmentsOf`. */
  attachments: z.array(Attached).max(ATTACHMENT_LIMITS.perIssue).optional(),
  /** The policy pack in force when it was received. Records of before packs travelled lack this and all that follows. */
  policyId: Id.optional(),
  /** The clock that `dueAtMs` is of, and from when it is soon due. */
  dueClock: wordOf(CLOCK_NAMES).nullable().optional(), warnAtMs: z.number().nullable().optional(),
  /** The resolve clock stands: what is asked, of whom, until when. */
  pause: z.object({ kind: wordOf(['info', 'hold']), reason: z.string(), untilMs: z.number().nullable(), byId: Id, atMs: z.number() }).nullable().optional(),
  acknowledged: z.object({ byId: Id, deviceId: Id, atMs: z.number() }).nullable().optional(),
  returned: z.object({ times: z.number().int(), unitId: Id, reason: z.string(), suggestedUnitId: Id.nullable(), atMs: z.number() }).optional(),
  reopenings: z.number().int().optional(),
  cancelProposal: z.object({ reason: z.string(), byId: Id, atMs: z.number() }).nullable().optional(),
  /** What body the reporter was advised to ask instead. */
  advisedBody: z.string().optional(),
  /** Other lines that work it as well (vụ việc liên lĩnh vực). */
  lines: z.array(wordOf(SERVICES)).max(SERVICES.length).optional(),
  /** Those of them that have not answered yet, in the order of lines. Lines called before this was kept are not in it: they do not begin to ring. */
  asked: z.array(AskedLine).max(SERVICES.length).optional(),
  /** Offered to another line, which has not taken it over yet: it stays where it is until then. */
  handOff: z.object({ to: wordOf(SERVICES), byId: Id, atMs: z.number(), note: z.string() }).nullable().optional(),
  resources: z.array(Resource).max(MAX_RESOURCES).optional(),
  merges: z.array(MergeEdge).max(MAX_MERGES).optional(),
  reminders: z.array(Reminder).max(MAX_REMINDERS).optional(),
  survey: Survey.nullable().optional(),
  /** Reporter, victims and the source's words were erased, and do not come back (Law 91/2025/QH15). */
  personalErasedAtMs: z.number().nullish(),
  history: z.array(HistoryEntry),
  version: z.number(),
});
export type Issue = z.infer<typeof Issue>;

/** The files of a record. */
export function attachmentsOf(issue: Pick<Issue, 'attachments'>): readonly Attached[] {
  return issue.attachments ?? [];
}

/** The final number that people read aloud: 115-2026-000123; field reports (phản ánh hiện trường) are HT-2026-000123. */
export function displayNumber(service: Service, year: number, n: number): string {
  return `${service === 'field' ? 'HT' : service}-${year}-${String(n).padStart(6, '0')}`;
}

/** Every line that sees the record: its own, those that work it too, and the one that it is offered to. */
export function linesOf({ service, lines, handOff }: Pick<Issue, 'service' | 'lines' | 'handOff'>): Service[] {
  const all = new Set<Service>([service, ...lines ?? [], ...(handOff === null || handOff === undefined ? [] : [handOff.to])]);
  return SERVICES.filter(one => all.has(one));
}

/** Whether someone still has to act on the record. */
export function isOpen(state: IssueState): boolean {
  return !ENDED_STATES.includes(state);
}
