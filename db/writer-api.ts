import type { AccessLine } from '../contract/access-log.ts';
import type { BulkJob, BulkRequest } from '../contract/bulk.ts';
import type { Draft, Session, Settings } from '../contract/console.ts';
import type { ImportJob, ImportLine } from '../contract/imports.ts';
import type { StickCarriedFile, StickExport } from '../contract/stick-desk.ts';
import type { AppErrorData } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import type { Actor } from '../contract/mutations/facts.ts';
import type { DocumentIntent, IntentName } from '../contract/documents/apply.ts';
import type { MutationName } from '../contract/mutations/payloads.ts';
import type { Scope, Service, Site } from '../contract/org.ts';
import type { RosterPlan } from '../contract/roster.ts';
import type { DutyDesk } from '../contract/roster-desks.ts';
import type { SaveOn } from '../contract/roster-save.ts';
import type { PolicyDraft } from '../contract/policy/draft.ts';
import type { Row, SnapshotManifest, Verdict } from '../contract/province.ts';
import type { SavedView } from '../contract/saved-view.ts';
import type { Turn } from '../contract/turn.ts';
import type { StickKeys } from '../contract/stick-file.ts';

/** A month of duty, or a copy of it, to be kept. */
export interface RosterSave extends SaveOn { plan: RosterPlan; personId: Id; atMs: number }
/** `isRefused`: somebody else's window has saved since; `aside`: the copy that it is kept as then, where it named one. */
export interface RosterSaved { savedAtMs: number; isRefused: boolean; aside: string | null }

/** What this workstation is, once enrolled. One row in the local database. */
export interface StationRecord {
  deviceId: Id; stationCode: string; stationName: string; site: Site; scope: Scope;
  provinceId: Id; provinceName: string; address: string;
  /** The province holds invented data. */
  sample: boolean;
  /** Ed25519 private key, PKCS#8, base64: it lies only in the encrypted database. */
  privateKey: string;
  /** Its scope has become narrower, and not every record outside it has been forgotten yet. */
  leaving?: boolean;
}

/** What lets a person sign in here without a link: a scrypt hash of the password, for `validUntilMs`. */
export interface OfflineVerifier {
  personId: Id; login: string; salt: string; hash: string; validUntilMs: number;
}

export interface MutateInput {
  actor: Actor; name: MutationName; payload: Record<string, unknown>;
  /** Device time corrected by the last known server offset, ms. */
  atMs: number; draftId: Id | null;
  /** Further steps on the same record: all of them are written, or none. */
  andThen?: readonly { name: MutationName; payload: Record<string, unknown> }[];
}
export interface MutateOutput { id: Id; provisionalNo: string; n: number }

/** A file's bytes as they lie on this machine, encrypted under a key of their own. */
export interface KeptBlob { sha256: string; bytes: number; salt: Uint8Array }

/** One line of an import: what to receive, under which source key (so that the same file twice imports nothing twice). */
export interface ImportItem { line: number; ref: string; sourceKey: string; payload: Record<string, unknown>; warnings: string[] }

/** Some records of a bulk action: `line` is the record's place in the whole of it. */
export interface BulkBatch {
  job: BulkJob; actor: Actor; atMs: number; items: { line: number; id: Id }[];
  /** What is done to each; null where the job takes another one back. */
  request: BulkRequest | null;
}
/** How one record fared; `unchanged` needed nothing. */
export interface BulkLine { line: number; id: Id; end: 'done' | 'unchanged' | 'refused'; error: AppErrorData | null }

/** An X25519 pair: SPKI and PKCS#8, base64. */
export interface KeyPair { publicKey: string; privateKey: string }

/** A stick file of another workstation, as it is kept here; only the province can read it. */
export interface CarriedFile extends Omit<StickCarriedFile, 'status' | 'answerName' | 'error' | 'endedAtMs' | 'bytes'> { sha256: string; file: Uint8Array }

/**
 * Everything that changes the local database, by name: [input, output]. One writer connection runs them, each in one
 * transaction (row + mutation + audit line, or nothing). Refusals and trouble are thrown as `AppError`.
 */
export interface WriterCommands {
  'station.save': [StationRecord, null];
  'settings.save': [Settings, null];
  'session.save': [Session | null, null];
  'auth.saveVerifier': [OfflineVerifier, null];
  /** Counts wrong passwords per login: 5 in a row lock it for 15 minutes. */
  'auth.attempt': [{ login: string; ok: boolean; atMs: number }, { failures: number; lockedUntilMs: number | null }];
  /** The latest moment that this machine is known to have reached. */
  'auth.keepTime': [{ atMs: number }, null];
  'audit.add': [{ atMs: number; personId: Id | null; action: string; subject: string }, null];
  /** Someone reads personal data: a line for the province, and one of this workstation's journal. */
  'access.add': [Omit<AccessLine, 'id'> & { action: string; subject: string }, null];
  /** The province has these lines. */
  'access.sent': [{ ids: Id[] }, null];
  'issue.mutate': [MutateInput, MutateOutput];
  /** Row + intent + audit line of a document beside records; `dropForm`: what had been typed for it goes with it. */
  'document.write': [{ actor: Actor; name: DocumentIntent; payload: Record<string, unknown>; atMs: number; dropForm?: { personId: Id; issueId: Id; action: IntentName } }, MutateOutput];
  /** Writes up to 200 lines in one transaction; a refused line does not stop the others. */
  'import.batch': [{ jobId: Id; actor: Actor; atMs: number; items: ImportItem[]; refused: ImportLine[]; job: ImportJob }, { lines: ImportLine[] }];
  'import.saveJob': [ImportJob, null];
  /** Writes up to 200 records of a bulk action in one transaction, with the job's counts; a refused record does not stop the others. */
  'bulk.batch': [BulkBatch, { job: BulkJob; lines: BulkLine[] }];
  /** Keeps a job as it is now; jobs that began a day or more before it go. */
  'bulk.saveJob': [{ job: BulkJob; personId: Id }, null];
  'view.save': [{ view: SavedView }, null];
  /** Puts a view of this person away; `view.restore` brings it back. */
  'view.remove': [{ id: Id; personId: Id; atMs: number }, null];
  'view.restore': [{ id: Id; personId: Id }, null];
  'view.setDefault': [{ id: Id | null; personId: Id }, null];
  'draft.start': [{ personId: Id; service: Service; atMs: number }, Draft];
  'draft.save': [{ id: Id; personId: Id; service: Service; fields: Record<string, unknown>; atMs: number; turn?: Turn | undefined }, { savedAtMs: number }];
  'draft.remove': [{ id: Id; personId: Id }, null];
  /** The form of a step as far as it is written; it goes with the step's own transaction. */
  'form.save': [{ personId: Id; issueId: Id; action: IntentName; fields: Record<string, unknown>; atMs: number; turn?: Turn | undefined }, { savedAtMs: number }];
  'form.remove': [{ personId: Id; issueId: Id; action: IntentName; turn?: Turn | undefined }, null];
  /** The policy pack that a person edits, as far as it is typed; `isNew` begins one. */
  'policyDraft.save': [{ personId: Id; draft: PolicyDraft; isNew: boolean; atMs: number; turn?: Turn | undefined }, { savedAtMs: number }];
  'policyDraft.remove': [{ personId: Id; id: Id }, null];
  /** A month of duty as it is planned at this workstation. */
  'rosterPlan.save': [RosterSave, RosterSaved];
  /** A copy of it by its name. @throws {AppError} `roster/copies-full` */
  'rosterCopy.save': [RosterSave & { name: string }, RosterSaved];
  'rosterCopy.remove': [{ service: DutyDesk; month: string; name: string; page?: Id | undefined }, null];
  /** Base rows + replay of the outbox + cursor + verdicts, in the page's own transaction. */
  'sync.applyPage': [{ rows: Row[]; cursor: string; verdicts: Verdict[]; atMs: number }, null];
  'sync.applyVerdicts': [{ verdicts: Verdict[]; atMs: number }, null];
  /** Starts (or goes on with) the first copy; tells which chunks are already in. */
  'sync.snapshotBegin': [{ manifest: SnapshotManifest }, { loaded: number[] }];
  /** One chunk as it came: compressed bytes whose SHA-256 the caller has checked. */
  'sync.snapshotChunk': [{ manifestId: string; index: number; bytes: Uint8Array }, null];
  /** Sets the cursor, forgets rows that the snapshot does not have (never those with unsent changes; never very many unasked). */
  'sync.snapshotFinish': [{ manifest: SnapshotManifest; atMs: number }, null];
  /** Someone with the right lets this copy take so many rows away. */
  'sync.approveRemoval': [{ copy: string; rows: number; personId: Id; atMs: number }, null];
  /** Some of the words that the first copy has left behind; `more` until all are in the indexes. */
  'sync.textNext': [null, { more: boolean }];
  /** The province asked to start again (restored or another epoch): the cursor goes, outbox and rows stay. */
  'sync.forgetCursor': [{ sameOrder: boolean }, null];
  /** The province has forgotten what it judged after `lastN` (restored from an older copy): that is offered again, and the copy begun anew. */
  'sync.provinceRestored': [{ lastN: number }, { again: number }];
  /** The province has changed what this workstation may see: rights follow at once, rows with `sync.leaveScope`. */
  'sync.scopeChanged': [{ scope: Scope; atMs: number }, null];
  /** Forgets some of the records outside the scope; `more` until none is left. */
  'sync.leaveScope': [null, { more: boolean }];
  /**
   * The whole of some buckets of a place as the province has them at `cursor`: what differs is taken in, what is not among
   * them goes. `going`: how many rows all that differs has less than here.
   */
  'sync.repair': [{ cursor: string; place: string; buckets: number[]; rows: Row[]; going: number; atMs: number }, { added: number; changed: number; removed: number }];
  /** The province speaks this protocol: what an older one did not know goes out under new numbers. */
  'sync.releaseUnknown': [{ protocol: number }, { released: number }];
  'sync.noteOffset': [{ offsetMs: number; measuredAtMs: number; roundTripMs: number }, null];
  /** Put away, with `theirs` because the other value is taken; `attention.restore` takes it back. */
  'attention.dismiss': [{ n: number; personId: Id; atMs: number; theirs?: boolean }, null];
  'attention.restore': [{ n: number; personId: Id; atMs: number }, null];
  /** Writes the lost values of these fields anew, over what the record has now, and ends the entry; `n` null: the record has them already. */
  'attention.keepMine': [{ n: number; fields: string[]; actor: Actor; atMs: number }, { n: number | null }];
  /** What was refused, back in the form of `action` (a draft for a receiving); sending that form ends the entry. */
  'attention.again': [{ n: number; action: MutationName; fields: Record<string, unknown>; personId: Id; atMs: number }, { draftId: Id | null }];
  /** The province's public keys for stick files, as it has just told them. */
  'stick.saveKeys': [{ keys: StickKeys; atMs: number }, null];
  /** Keeps the first pair for good. */
  'stick.keepReplyKey': [KeyPair, KeyPair];
  /** Notes that a file was made, for information: the outbox stays as it is. */
  'stick.exported': [StickExport & { personId: Id }, null];
  /** A page that came in a file, if the copy still stands where the page begins. */
  'stick.applyPage': [{ from: string; rows: Row[]; cursor: string; atMs: number }, { taken: boolean }];
  /** Keeps another workstation's file until the province has it; the same file again is the one that is kept. */
  'stick.carry': [CarriedFile & { personId: Id }, { id: Id }];
  /** What the province said of a carried file; null: it is to be sent once more. */
  'stick.carriedEnd': [{ id: Id; end: { answer: { name: string; bytes: Uint8Array } } | { error: AppErrorData } | null; atMs: number }, null];
  'stick.dropCarried': [{ id: Id; personId: Id; atMs: number }, null];
  /** A file joins a record: its bytes lie encrypted on the disk already, and are to be sent. */
  'attachment.attach': [{ actor: Actor; payload: Record<string, unknown>; atMs: number; files: (KeptBlob & { isThumb: boolean })[] }, MutateOutput];
  /** Bytes that have come from the province lie here from now on. */
  'attachment.keep': [KeptBlob & { atMs: number }, null];
  'attachment.drop': [{ sha256: string }, null];
  /** How sending a file has ended: at the province, refused for good, or (both null) to be tried again. */
  'attachment.mark': [{ issueId: Id; sha256: string; sentAtMs: number | null; error: AppErrorData | null }, null];
  /** The record has let go of the file: nothing is sent. */
  'attachment.forget': [{ issueId: Id; sha256: string }, null];
  /** Idle-time upkeep: merges full-text segments, checkpoints. */
  'upkeep': [null, null];
}
export type WriterCommand = keyof WriterCommands;

/** Posted after each commit, in commit order. `issueRids` are local row numbers; null means "too many to name". */
export interface DbChange {
  tables: ('issue' | 'org' | 'sync' | 'attention' | 'session' | 'draft' | 'import' | 'settings' | 'attachment' | 'bulk' | 'view' | 'document' | 'access' | 'roster')[];
  issueRids: number[] | null;
}

/** The one door for writes, whether the writer runs in a thread of its own or, in tests, in this one. */
export interface Writer {
  call<C extends WriterCommand>(command: C, input: WriterCommands[C][0]): Promise<WriterCommands[C][1]>;
  /** @returns a function that ends the subscription */
  onChange(listener: (change: DbChange) => void): () => void;
  close(): Promise<void>;
}
