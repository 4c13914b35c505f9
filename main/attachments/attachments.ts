import { join } from 'node:path';
import type { AttachmentLine, ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import { FILE_PIECE_BYTES } from '../../contract/console.ts';
import { blobsOf, type Attached, type Blob } from '../../contract/attachment.ts';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import { attachmentsOf, type Issue } from '../../contract/issue.ts';
import { inScope } from '../../contract/org.ts';
import type { Database } from '../../db/database.ts';
import { readKeptBlob, readKeptNames, readOutgoing, type OutgoingBlob } from '../../db/stores/attachments.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readNames } from '../../db/stores/org.ts';
import type { DbChange, Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { BlobStore } from './blob-store.ts';
import { Incoming } from './incoming.ts';
import { Lane } from './lane.ts';
import type { Road } from './road.ts';

export interface AttachmentsDeps {
  reader: Database; writer: Writer; clock: Clock; log: Log; road: Road;
  correctedNowMs: () => number;
  /** Files lie in `attachments/` below it, encrypted. */
  dataDir: string; keyHex: string;
}

type Part = 'attachments';
type Handlers = { [P in keyof ConsoleParsedInputs[Part]]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> };

/** A file so small is fetched when its record is opened; a larger one when somebody wants to see it. */
const FETCH_UNASKED_BYTES = 256 * 1024;
/** A file that its console has not sent yet is asked for again after so long, while its record is open. */
const ASK_AGAIN_MS = 4_000;
const TELL_EVERY_MS = 150;

export type Attachments = ReturnType<typeof createAttachments>;

/**
 * Files of records: taken from screens, kept encrypted, sent and fetched behind the records.
 *
 * @returns `handlers` for the contract's part `attachments`; `noteChange` for each `DbChange`; `onProgress` hears, a few times
 *   a second at most, that something under way has come on
 */
export function createAttachments(deps: AttachmentsDeps) {
  const desk = new FileDesk(deps);
  const handlers: Handlers = {
    list: async ({ issueId }, { session }) => desk.list(issueId, session),
    begin: async (input, { session }) => ({ uploadId: await desk.begin(input, session) }),
    piece: async ({ uploadId, base64 }, { session }) => ({ bytes: await desk.incoming.piece(uploadId, base64, session) }),
    finish: async ({ uploadId, thumb }, { session }) => ({ attachmentId: await desk.incoming.finish(uploadId, thumb, session) }),
    cancel: async ({ uploadId }, { session }) => { await desk.incoming.cancel(uploadId, session); return {}; },
    fetch: async (place, { session }) => { desk.fetch(place, session); return {}; },
    stop: async (place, { session }) => { await desk.stop(place, session); return {}; },
    retry: async (place, { session }) => { await desk.retry(place, session); return {}; },
    read: (input, { session }) => desk.read(input, session),
  };
  return {
    handlers,
    start: (): void => { desk.start(); },
    noteChange: (change: DbChange): void => { desk.noteChange(change); },
    onProgress: (listener: () => void): void => { desk.listener = listener; },
    close: (): Promise<void> => desk.close(),
  };
}

interface FilePlace { issueId: Id; attachmentId: Id }

class FileDesk {
  readonly #deps: AttachmentsDeps;
  readonly #store: BlobStore;
  readonly #lane: Lane;
  readonly #swept: Promise<void>;
  readonly incoming: Incoming;
  #told: NodeJS.Timeout | null = null;
  listener: () => void = () => undefined;

  constructor(deps: AttachmentsDeps) {
    this.#deps = deps;
    this.#store = new BlobStore(join(deps.dataDir, 'attachments'), deps.keyHex);
    this.#lane = new Lane({ ...deps, store: this.#store, onProgress: () => { this.#tell(); } });
    this.incoming = new Incoming({ ...deps, store: this.#store, requireIssue: (id, session) => this.#issue(id, session) });
    this.#swept = this.#store.sweep(new Set(readKeptNames(deps.reader)), deps.clock.nowMs())
      .catch((error: unknown) => { deps.log.warn({ error: String(error) }, 'files that a crash left could not be removed'); });
  }

  start(): void {
    void this.#swept.then(() => { this.#lane.start(); });
  }

  noteChange(change: DbChange): void {
    if (change.tables.includes('attachment') || change.tables.includes('sync')) this.#lane.nudge();
  }

  async close(): Promise<void> {
    if (this.#told !== null) clearTimeout(this.#told);
    await this.#swept;
    await this.#lane.stop();
    await this.incoming.close();
  }

  /** What a crash has left is removed before anything new is begun. */
  async begin(input: ConsoleParsedInputs[Part]['begin'], session: Session): Promise<Id> {
    await this.#swept;
    return this.incoming.begin(input, session);
  }

  /** The record's files and where they are; small ones that are not here are asked for. */
  list(issueId: Id, session: Session): AttachmentLine[] {
    const held = attachmentsOf(this.#issue(issueId, session));
    const outgoing = new Map(readOutgoing(this.#deps.reader, issueId).map(out => [out.sha256, out]));
    const names = readNames(this.#deps.reader, held.map(({ byId }) => byId));
    return held.map(file => {
      if (file.thumb !== null) this.#fetchUnasked(issueId, file.thumb, true);
      // A large one that somebody asked for before it had been sent is asked for again too.
      if (file.bytes <= FETCH_UNASKED_BYTES || this.#lane.failureOf(file.sha256) !== null) this.#fetchUnasked(issueId, file, false);
      return { ...file, byName: names[file.byId] ?? '', ...this.#stateOf(issueId, file, outgoing.get(file.sha256)) };
    });
  }

  fetch(place: FilePlace, session: Session): void {
    const file = this.#file(place, session);
    if (readKeptBlob(this.#deps.reader, file.sha256) === null) this.#lane.want({ issueId: place.issueId, sha256: file.sha256, bytes: file.bytes, isThumb: false });
  }

  async stop(place: FilePlace, session: Session): Promise<void> {
    await this.#lane.giveUp(this.#file(place, session).sha256);
  }

  /** Sends or fetches again what had ended in trouble. */
  async retry(place: FilePlace, session: Session): Promise<void> {
    const file = this.#file(place, session);
    const unsent = readOutgoing(this.#deps.reader, place.issueId).filter(out => !out.sent && blobsOf(file).some(({ sha256 }) => sha256 === out.sha256));
    for (const { issueId, sha256 } of unsent) await this.#deps.writer.call('attachment.mark', { issueId, sha256, sentAtMs: null, error: null });
    if (unsent.every(({ sha256 }) => sha256 !== file.sha256)) this.fetch(place, session);
  }

  /** Bytes for the screen. Whoever opens a file is on record; the small picture beside it is not. */
  async read({ part, from, ...place }: ConsoleParsedInputs[Part]['read'], session: Session): Promise<ConsoleOutputs[Part]['read']> {
    const file = this.#file(place, session);
    const sha256 = part === 'file' ? file.sha256 : file.thumb?.sha256;
    const kept = sha256 === undefined ? null : readKeptBlob(this.#deps.reader, sha256);
    if (kept === null) throw new AppError('attachment/not-there-yet');
    if (part === 'file' && from === 0) {
      await this.#deps.writer.call('access.add', {
        atMs: this.#deps.correctedNowMs(), personId: session.personId, issueId: place.issueId, ground: 'file', reason: '', records: 1, action: 'attachment.open', subject: `${place.issueId}/${file.id}`,
      });
    }
    try {
      return { base64: (await this.#store.read(kept, { from, count: FILE_PIECE_BYTES })).toString('base64'), bytes: kept.bytes };
    } catch (error) {
      // What the province has can be fetched again.
      if (error instanceof AppError && error.code === 'attachment/damaged') await this.#deps.writer.call('attachment.drop', { sha256: kept.sha256 });
      throw error;
    }
  }

  #fetchUnasked(issueId: Id, { sha256, bytes }: Blob, isThumb: boolean): void {
    const failure = this.#lane.failureOf(sha256);
    const mayAsk = failure === null || (failure.error.code === 'attachment/not-there-yet' && this.#deps.clock.nowMs() - failure.atMs > ASK_AGAIN_MS);
    if (mayAsk && readKeptBlob(this.#deps.reader, sha256) === null) this.#lane.want({ issueId, sha256, bytes, isThumb });
  }

  #stateOf(issueId: Id, file: Attached, out: OutgoingBlob | undefined): Pick<AttachmentLine, 'transfer' | 'share' | 'here' | 'thumbHere' | 'error'> {
    const here = readKeptBlob(this.#deps.reader, file.sha256) !== null;
    const thumbHere = file.thumb !== null && readKeptBlob(this.#deps.reader, file.thumb.sha256) !== null;
    const progress = this.#lane.progressOf({ issueId, sha256: file.sha256 });
    const share = progress === null ? 0 : Math.min(1, progress.done / progress.bytes);
    const state = (transfer: AttachmentLine['transfer'], error: AttachmentLine['error'] = null) => ({ transfer, share, here, thumbHere, error });
    if (out !== undefined && !out.sent) {
      if (out.error !== null) return state('failed', out.error);
      return state(progress === null ? 'waiting' : 'sending', this.#lane.troubleOf(file.sha256));
    }
    if (here) return state('sent');
    const failure = this.#lane.failureOf(file.sha256);
    if (failure !== null) return state('failed', failure.error);
    return progress === null ? state('absent') : state('loading', this.#lane.troubleOf(file.sha256));
  }

  #file({ issueId, attachmentId }: FilePlace, session: Session): Attached {
    const file = attachmentsOf(this.#issue(issueId, session)).find(({ id }) => id === attachmentId);
    if (file === undefined) throw new AppError('attachment/not-found');
    return file;
  }

  /** A record that the session may not see is not told from one that is not there. */
  #issue(id: Id, session: Session): Issue {
    const issue = readIssue(this.#deps.reader, id)?.issue;
    if (issue === undefined || !inScope(session.scope, issue)) throw new AppError('issue/not-found');
    return issue;
  }

  #tell(): void {
    this.#told ??= setTimeout(() => { this.#told = null; this.listener(); }, TELL_EVERY_MS);
  }
}
