import { eventIterator, type ContractProcedure, type InferContractRouterInputs, type InferContractRouterOutputs, type InferSchemaOutput } from '@orpc/contract';
import { z } from 'zod';
import { AccessAnswer, AccessOrder } from './access-log.ts';
import { AlarmState } from './alarms.ts';
import { Diagnosis } from './diagnosis.ts';
import { Attached, ATTACHMENT_LIMITS } from './attachment.ts';
import { BulkGiven, BulkJob, BulkPreview, BulkRefused, BulkRequest } from './bulk.ts';
import { anyone, Empty, needs, signedIn } from './call-rights.ts';
import { INTENT_NAMES } from './documents/apply.ts';
import { HANDOVER_CALLS, REQUEST_CALLS } from './documents/calls.ts';
import { AppErrorData } from './errors.ts';
import { ExportJob, ExportOrder, ExportPiece } from './export.ts';
import { Id } from './ids.ts';
import { ATTEND_CALLS } from './documents/duty-attend-calls.ts';
import { DUTY_CALLS } from './documents/duty-calls.ts';
import { ROSTER_CALLS } from './roster.ts';
import { EXPLAIN_CALLS } from './roster-explain.ts';
import { ImportJob, ImportLine } from './imports.ts';
import { Issue, SEVERITIES, STATES } from './issue.ts';
import { MapBox, MapPack, MapPoint, MapShelf, NEIGHBOUR_LIMIT, Neighbours } from './map.ts';
import { MUTATION_NAMES } from './mutations/payloads.ts';
import { Area, Person, Role, Scope, Service, SERVICES, Site, Unit } from './org.ts';
import { LACKS, REASON_CHARS } from './personal.ts';
import { POLICY_CALLS } from './policy/calls.ts';
import { PolicyPack } from './policy/pack.ts';
import { SimilarInput, SimilarRecord } from './similar.ts';
import { StickDownload, StickExport, StickReceived, StickState } from './stick-desk.ts';
import { Turn } from './turn.ts';
import { wordOf } from './words.ts';
import { ChoiceStep, ExtraColumn, QueueCounts, QueueFilter, QueuePage, QueueSort, QueueView, SEARCH_CHARS, SearchHit, SyncState } from './queue.ts';
import { Wallboard } from './wallboard.ts';
import { SavedView, SavedViews, ViewBody } from './saved-view.ts';

export const Session = z.object({
  personId: Id, name: z.string(), title: z.string(), roles: z.array(Role), siteId: Id, unitId: Id.nullable(),
  scope: Scope, signedInAtMs: z.number().describe('by the machine’s own clock'), offline: z.boolean(), locked: z.boolean(),
  signedInCorrectedMs: z.number().optional().describe('the same moment by the time that dates what people write; none in a session that an earlier version has kept'),
});
export type Session = z.infer<typeof Session>;

/** A name on the sign-in screen; `known`: has signed in on this machine before, so can also without a link. */
export const PersonTile = z.object({ login: z.string(), name: z.string(), title: z.string(), known: z.boolean() });

export const ConsoleState = z.object({
  enrolled: z.boolean(), stationCode: z.string(), stationName: z.string(), site: Site.nullable(), provinceName: z.string(),
  session: Session.nullable(), people: z.array(PersonTile), version: z.string(), lockAfterMs: z.number(),
  demo: z.boolean().describe('the province is a sample with invented data'),
});
export type ConsoleState = z.infer<typeof ConsoleState>;

/** One kind of exchange that fails while others may work. */
export const Trouble = z.object({ error: AppErrorData, failures: z.number().int() });
export type Trouble = z.infer<typeof Trouble>;

export const LinkStatus = z.object({
  link: z.enum(['up', 'down', 'never']), sinceMs: z.number().nullable(), lastSyncAtMs: z.number().nullable(),
  pending: z.number().int(), refused: z.number().int(), oldestPendingAtMs: z.number().nullable(),
  serverOffsetMs: z.number().nullable(), offsetMeasuredAtMs: z.number().nullable(),
  /** Share of the first copy that has arrived, 0…1; null when it is complete. */
  loading: z.number().min(0).max(1).nullable(),
  textBehind: z.boolean().describe('records of the first copy are not yet found by their words'),
  repairedRows: z.number().int().optional().describe('rows that once differed from the province’s and were mended by themselves'),
  parkedRows: z.number().int().optional().describe('rows of a newer province that this program keeps without understanding all of them'),
  lastError: AppErrorData.nullable(), pushTrouble: Trouble.nullable(), pullTrouble: Trouble.nullable(), nextTryAtMs: z.number().nullable(), provinceAddress: z.string(),
});
export type LinkStatus = z.infer<typeof LinkStatus>;

/**
 * A value that lost: `theirs` is what stood at the province then; `present` what the record has now, by whom and since when
 * (`presentAtMs` null: the record is not here any more, nothing is known of now).
 */
export const LostField = z.object({
  field: z.string(), mine: z.unknown(), theirs: z.unknown(), present: z.unknown(), presentBy: z.string(), presentAtMs: z.number().nullable(),
});
export type LostField = z.infer<typeof LostField>;

/**
 * A mutation that the province refused, or an edit of which a value lost; kept until a person has seen it. `held`: a restored
 * province does not have its record yet, (`sync/unknown-change`) is too old to know such a change, or (`sync/author-away`) was restored to before its author
 * first signed in here; it goes out by itself.
 */
export const Attention = z.object({
  n: z.number().int(), name: z.string(), issueId: Id.nullable(), issueNo: z.string(), description: z.string(), status: z.enum(['rejected', 'merged', 'conflict', 'held']),
  error: AppErrorData.nullable(), lost: z.array(LostField),
  payload: z.record(z.string(), z.unknown()), byName: z.string(), atMs: z.number(), judgedAtMs: z.number(),
});
export type Attention = z.infer<typeof Attention>;

/** An entry as one person sees it: whether they wrote it, and the mutation in whose form it can be corrected and sent again. */
export const AttentionEntry = Attention.extend({ isMine: z.boolean(), again: z.enum(MUTATION_NAMES as [string, ...string[]]).nullable() });
export type AttentionEntry = z.infer<typeof AttentionEntry>;

/** Another record of the same case, as a line beside: nothing of its reporter. */
export const CaseLine = z.object({
  id: Id, service: wordOf(SERVICES), displayNo: z.string().nullable(), provisionalNo: z.string(), severity: wordOf(SEVERITIES), state: wordOf(STATES),
  description: z.string(), place: z.string(), receivedAtMs: z.number(),
});
export type CaseLine = z.infer<typeof CaseLine>;

/** What the detail panel needs of a record: names beside ids, reporter masked unless revealed. */
export const IssueDetail = z.object({
  issue: Issue, sync: SyncState, names: z.record(z.string(), z.string()).describe('id → name of every person, unit, area and device in it'),
  actions: z.array(z.enum(MUTATION_NAMES as [string, ...string[]])), reporterMasked: z.boolean(),
  personal: z.object({ access: z.enum(['open', 'reason', 'closed']), lacks: z.array(z.enum(LACKS)) }).describe('whether this person may read who reported: at once, with a written reason, or not at all'),
  refusals: z.array(Attention),
  caseRoot: CaseLine.nullable().describe('the record that stands for its case, when it is another'), parts: z.array(CaseLine).describe('records that this one stands for'),
  surveyCode: z.string().nullable().optional().describe('by which the answer to its survey is entered; null where none is waited for'),
});
export type IssueDetail = z.infer<typeof IssueDetail>;

/** An intake form as far as it has been typed: any text is allowed, nothing is judged before it is received. */
export const Draft = z.object({ id: Id, service: Service, fields: z.record(z.string(), z.unknown()), provisionalNo: z.string(), savedAtMs: z.number() });
export type Draft = z.infer<typeof Draft>;

/** The form of a step on a record or a document as far as it has been written, unjudged like a draft; `action` is the intent that it will become. */
export const FormText = z.strictObject({ action: z.string(), fields: z.record(z.string(), z.unknown()), savedAtMs: z.number() });
export type FormText = z.infer<typeof FormText>;
/** One form of one record or document. `personId` is who wrote in it: refused when meanwhile someone else is signed in. */
const FormPlace = z.strictObject({ id: Id, action: z.enum(INTENT_NAMES as [string, ...string[]]), personId: Id, turn: Turn.optional() });

/**
 * Where a file of a record is: `waiting` and `sending` on their way up; `sent` here and at the province; `absent` at the
 * province only; `loading` on its way down; `failed` with what stops it, until someone tries again.
 */
export const TRANSFERS = ['waiting', 'sending', 'sent', 'absent', 'loading', 'failed'] as const;
export const Transfer = z.enum(TRANSFERS);
export type Transfer = z.infer<typeof Transfer>;

/** A file of a record as the screen shows it; `share` 0…1 of what is under way, `here` when it can be opened at once. */
export const AttachmentLine = Attached.extend({
  byName: z.string(), transfer: Transfer, share: z.number().min(0).max(1), here: z.boolean(), thumbHere: z.boolean(), error: AppErrorData.nullable(),
});
export type AttachmentLine = z.infer<typeof AttachmentLine>;

/** A piece of a file on its way between core and screen, before base64. */
export const FILE_PIECE_BYTES = 256 * 1024;
const Base64 = z.string().max(360_000);
const FilePlace = z.strictObject({ issueId: Id, attachmentId: Id });

/** "Ask again": tables whose rows changed, records among them (empty = too many to name), and news per open view. */
export const ChangeEvent = z.object({
  tables: z.array(z.enum(['issue', 'org', 'sync', 'attention', 'session', 'draft', 'import', 'settings', 'attachment', 'bulk', 'view', 'document', 'alarm', 'access', 'roster'])),
  issueIds: z.array(Id), fresh: z.record(z.string(), z.number().int()).describe('viewId → matching records that are not in the list yet'),
});
export type ChangeEvent = z.infer<typeof ChangeEvent>;

export const Settings = z.object({
  language: z.enum(['vi', 'en']), theme: z.enum(['auto', 'light', 'dark']), scale: z.number().min(1).max(2),
  screenReader: z.boolean().optional().describe('lists page by page, in the order in which they are read out'),
});
export type Settings = z.infer<typeof Settings>;

/** The most that one call of a screen may bring along, as JSON in UTF-8; a piece of an upload fits with room to spare. */
export const MAX_INPUT_BYTES = 1024 * 1024;
export const LAST_WORDS_BYTES = 60 * 1024;   // of the 64 KB that a browser still sends for a page that goes

/** What screens can ask of the core. Uploads go in pieces of at most 256 KB, base64. */
export const consoleContract = {
  station: {
    state: anyone.input(Empty).output(ConsoleState),
    enrol: anyone.input(z.object({ address: z.url().max(300), code: z.string().trim().min(6).max(20), stationName: z.string().trim().min(1).max(60) })).output(ConsoleState),
    enrolAgain: anyone.input(z.object({ code: z.string().trim().min(6).max(20) })).output(ConsoleState),
    settings: anyone.input(Empty).output(Settings),
    saveSettings: anyone.input(Settings).output(Settings),
  },
  auth: {
    signIn: anyone.input(z.object({ login: z.string().trim().min(1).max(40), password: z.string().min(1).max(200) })).output(Session),
    signOut: anyone.input(Empty).output(Empty),
    lock: anyone.input(Empty).output(Empty),
    unlock: anyone.input(z.object({ password: z.string().min(1).max(200) })).output(Session),
    touch: signedIn.input(Empty).output(Empty),
  },
  directory: {
    sites: signedIn.input(Empty).output(z.array(Site)),
    areas: signedIn.input(Empty).output(z.array(Area)),
    units: signedIn.input(z.object({ text: z.string().max(100).default(''), handlingOnly: z.boolean().default(false), service: Service.nullable().default(null) })).output(z.array(Unit)),
    people: needs('directory.read').input(Empty).output(z.array(Person)),
    policies: signedIn.input(Empty).output(z.array(PolicyPack)),
  },
  policy: POLICY_CALLS,
  rosters: { ...ROSTER_CALLS, ...DUTY_CALLS, ...ATTEND_CALLS, ...EXPLAIN_CALLS },
  issues: {
    openView: needs('queue.read').input(z.object({ filter: QueueFilter, sort: QueueSort, keepChosenOf: z.string().optional().describe('the view whose chosen rows stay chosen') })).output(QueueView),
    page: needs('queue.read').input(z.object({ viewId: z.string(), start: z.number().int().min(0), end: z.number().int().min(0), columns: z.array(ExtraColumn).max(8).optional() })).output(QueuePage),
    positionOf: needs('queue.read').input(z.object({ viewId: z.string(), id: Id })).output(z.object({ position: z.number().int().nullable() })),
    closeView: needs('queue.read').input(z.object({ viewId: z.string() })).output(Empty),
    choose: needs('queue.read').input(z.strictObject({ viewId: z.string(), steps: z.array(ChoiceStep).max(4) })).output(z.object({ chosen: z.number().int() })),
    counts: needs('queue.read').input(Empty).output(QueueCounts),
    /** For the screen on the wall: goes on while the desk is locked; refused when nobody is signed in. */
    wallboard: anyone.input(Empty).output(Wallboard),
    search: needs('queue.read').input(z.object({ text: z.string().max(SEARCH_CHARS), limit: z.number().int().min(1).max(100) })).output(z.array(SearchHit)),
    get: needs('queue.read').input(z.object({ id: Id })).output(IssueDetail),
    similar: needs('queue.read').input(SimilarInput).output(z.array(SimilarRecord)),
    /** Who reported, in clear; each look is on record. `reason` where `personal.access` asks for one, else it is left aside. */
    reveal: needs('reporter.reveal').input(z.object({ id: Id, reason: z.string().trim().max(REASON_CHARS.most).optional() })).output(IssueDetail),
    /** The record of a survey code as it was typed or scanned, and why its answer cannot be entered; null: it can. */
    bySurveyCode: needs('issue.survey').input(z.strictObject({ text: z.string().max(300) })).output(z.object({ id: Id, refusal: AppErrorData.nullable() })),
    mutate: signedIn.input(z.object({ name: z.enum(MUTATION_NAMES as [string, ...string[]]), payload: z.record(z.string(), z.unknown()), draftId: Id.nullable().default(null),
      andThen: z.array(z.object({ name: z.enum(MUTATION_NAMES as [string, ...string[]]), payload: z.record(z.string(), z.unknown()) })).max(3).optional().describe('steps on the same record, all with the first or none') }))
      .output(z.object({ id: Id, provisionalNo: z.string() })),
    startDraft: needs('issue.receive').input(z.object({ service: Service })).output(Draft),
    saveDraft: needs('issue.receive').input(z.object({ id: Id, service: Service, fields: z.record(z.string(), z.unknown()), turn: Turn.optional() })).output(z.object({ savedAtMs: z.number() })),
    removeDraft: needs('issue.receive').input(z.object({ id: Id })).output(Empty),
    drafts: needs('issue.receive').input(Empty).output(z.array(Draft)),
    forms: needs('queue.read').input(z.strictObject({ id: Id })).output(z.array(FormText)),
    saveForm: needs('queue.read').input(FormPlace.extend({ fields: z.record(z.string().max(40), z.unknown()) })).output(z.object({ savedAtMs: z.number() })),
    removeForm: needs('queue.read').input(FormPlace).output(Empty),
  },
  /** Who has read personal data. */
  accessLog: {
    list: needs('audit.read').input(AccessOrder).output(AccessAnswer),
  },
  alarms: {
    /** Also over a lock and before anybody has signed in: an alarm is for whoever is there. */
    state: anyone.input(Empty).output(AlarmState),
    heard: anyone.input(z.strictObject({ beat: z.number().int().min(0) })).output(Empty),
    noteTest: signedIn.input(z.strictObject({ heard: z.boolean() })).output(AlarmState),
  },
  bulk: {
    given: needs('queue.read').input(Empty).output(BulkGiven),
    keep: needs('queue.read').input(BulkRequest.extend({ turn: Turn.optional() })).output(z.object({ savedAtMs: z.number() })),
    preview: needs('queue.read').input(z.strictObject({ viewId: z.string(), request: BulkRequest })).output(BulkPreview),
    start: needs('queue.read').input(z.strictObject({ viewId: z.string(), request: BulkRequest })).output(BulkJob),
    cancel: needs('queue.read').input(z.strictObject({ id: Id })).output(BulkJob),
    undo: needs('queue.read').input(z.strictObject({ id: Id })).output(BulkJob),
    current: needs('queue.read').input(Empty).output(BulkJob.nullable()),
    refused: needs('queue.read').input(z.strictObject({ id: Id, start: z.number().int().min(0), end: z.number().int().min(0) })).output(BulkRefused),
  },
  savedViews: {
    list: needs('queue.read').input(Empty).output(SavedViews),
    save: needs('queue.read').input(z.strictObject({ id: Id.nullable(), body: ViewBody, from: z.number().nullable().describe('when the view was saved that the screen started from; null for a new one') })).output(SavedView),
    share: needs('view.share').input(z.strictObject({ id: Id })).output(SavedView),
    remove: needs('queue.read').input(z.strictObject({ id: Id })).output(Empty),
    restore: needs('queue.read').input(z.strictObject({ id: Id })).output(Empty),
    setDefault: needs('queue.read').input(z.strictObject({ id: Id.nullable() })).output(Empty),
  },
  handovers: HANDOVER_CALLS,
  requests: REQUEST_CALLS,
  attachments: {
    list: needs('attachment.read').input(z.strictObject({ issueId: Id })).output(z.array(AttachmentLine)),
    begin: needs('issue.attach').input(z.strictObject({ issueId: Id, name: z.string().max(1_000), bytes: z.number().int().min(0) })).output(z.object({ uploadId: Id })),
    piece: needs('issue.attach').input(z.strictObject({ uploadId: Id, base64: Base64 })).output(z.object({ bytes: z.number().int() })),
    finish: needs('issue.attach').input(z.strictObject({ uploadId: Id, thumb: z.string().max(Math.ceil(ATTACHMENT_LIMITS.thumbBytes / 3) * 4).nullable() })).output(z.object({ attachmentId: Id })),
    cancel: needs('issue.attach').input(z.strictObject({ uploadId: Id })).output(Empty),
    fetch: needs('attachment.read').input(FilePlace).output(Empty),
    stop: needs('attachment.read').input(FilePlace).output(Empty),
    retry: needs('attachment.read').input(FilePlace).output(Empty),
    read: needs('attachment.read').input(FilePlace.extend({ part: z.enum(['file', 'thumb']), from: z.number().int().min(0) })).output(z.object({ base64: z.string(), bytes: z.number().int() })),
  },
  map: {
    pack: signedIn.input(Empty).output(MapShelf),
    /** At most one piece of the pack; less where it ends. */
    read: signedIn.input(z.strictObject({ key: MapPack.shape.key, from: z.number().int().min(0), count: z.number().int().min(1).max(FILE_PIECE_BYTES) })).output(z.object({ base64: z.string(), bytes: z.number().int() })),
    neighbours: needs('queue.read').input(z.strictObject({ box: MapBox, near: MapPoint.nullable(), exceptId: Id.nullable(), limit: z.number().int().min(1).max(NEIGHBOUR_LIMIT) })).output(Neighbours),
  },
  imports: {
    begin: needs('import.run').input(z.object({ fileName: z.string().max(255), bytes: z.number().int().positive() })).output(ImportJob),
    piece: needs('import.run').input(z.object({ id: Id, base64: z.string().max(360_000) })).output(ImportJob),
    run: needs('import.run').input(z.object({ id: Id })).output(ImportJob),
    cancel: needs('import.run').input(z.object({ id: Id })).output(ImportJob),
    get: needs('import.run').input(z.object({ id: Id })).output(ImportJob),
    list: needs('import.run').input(Empty).output(z.array(ImportJob)),
    lines: needs('import.run').input(z.object({ id: Id, status: ImportLine.shape.status.nullable(), start: z.number().int().min(0), end: z.number().int() })).output(z.object({ total: z.number(), lines: z.array(ImportLine) })),
  },
  exports: {
    begin: needs('issue.export').input(ExportOrder).output(ExportJob),
    /** In their order: `n` from 0. */
    piece: needs('issue.export').input(z.strictObject({ id: Id, n: z.number().int().min(0) })).output(ExportPiece),
    cancel: needs('issue.export').input(z.strictObject({ id: Id })).output(Empty),
  },
  stick: {
    state: needs('stick.use').input(Empty).output(StickState),
    exportFile: needs('stick.use').input(Empty).output(StickExport.extend(StickDownload.shape).extend({ left: z.number().int().describe('changes for which this file had no room') })),
    /** One file at a time, in pieces in their order; the first names no id. */
    piece: needs('stick.use').input(z.object({ id: Id.nullable(), base64: z.base64().max(360_000), bytes: z.number().int().nonnegative() })).output(z.object({ id: Id, bytes: z.number().int() })),
    receive: needs('stick.use').input(z.object({ id: Id })).output(StickReceived),
    answerFile: needs('stick.use').input(z.object({ id: Id })).output(StickDownload),
    sendAgain: needs('stick.use').input(z.object({ id: Id })).output(Empty),
    drop: needs('stick.use').input(z.object({ id: Id })).output(Empty),
  },
  sync: {
    status: anyone.input(Empty).output(LinkStatus),
    tryNow: anyone.input(Empty).output(LinkStatus),
    diagnosis: needs('sync.read').input(Empty).output(Diagnosis),
    diagnose: needs('sync.read').input(Empty).output(Diagnosis),
    /** Lets exactly this copy, of `sync/mass-removal`, take so many rows away. */
    approveRemoval: needs('sync.approveRemoval').input(z.object({ copy: z.string().max(120), rows: z.number().int().positive() })).output(LinkStatus),
    attention: needs('sync.read').input(Empty).output(z.array(AttentionEntry)),
    dismiss: needs('attention.dismiss').input(z.object({ n: z.number().int(), theirs: z.boolean().default(false) })).output(Empty),
    restore: needs('attention.dismiss').input(z.object({ n: z.number().int() })).output(Empty),
    keepMine: needs('attention.dismiss').input(z.object({ n: z.number().int(), fields: z.array(z.string().max(40)).min(1).max(20) })).output(Empty),
    again: needs('attention.dismiss').input(z.object({ n: z.number().int(), fields: z.record(z.string().max(40), z.unknown()) })).output(z.object({ draftId: Id.nullable() })),
    noteExport: needs('sync.read').input(z.object({ ns: z.array(z.number().int()).min(1).max(10_000) })).output(Empty),
  },
  changes: anyone.input(Empty).output(eventIterator(ChangeEvent)),
};

export type ConsoleInputs = InferContractRouterInputs<typeof consoleContract>;
export type ConsoleOutputs = InferContractRouterOutputs<typeof consoleContract>;

type Calls = Omit<typeof consoleContract, 'changes'>;
/** Inputs as handlers get them: parsed, with the schemas' defaults filled in. */
export type ConsoleParsedInputs = {
  [Part in keyof Calls]: { [Name in keyof Calls[Part]]: Calls[Part][Name] extends ContractProcedure<infer Input, infer _Output, infer _Errors, infer _Meta> ? InferSchemaOutput<Input> : never };
};
