import { AppError, type AppErrorData, type ErrorCode } from '../../contract/errors.ts';
import { attachmentsOf, type Issue } from '../../contract/issue.ts';
import { blobsOf } from '../../contract/attachment.ts';
import type { Database } from '../../db/database.ts';
import { readKeptBlob, readNextUnsent, type OutgoingBlob } from '../../db/stores/attachments.ts';
import { readIssue } from '../../db/stores/issues.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { Pause } from '../platform/pause.ts';
import type { BlobStore } from './blob-store.ts';
import { Fetcher } from './fetcher.ts';
import { PieceSize, type BlobPlace, type Road } from './road.ts';
import { Sender } from './sender.ts';

export interface LaneDeps {
  reader: Database; writer: Writer; clock: Clock; log: Log; store: BlobStore; road: Road;
  /** What is under way has come on, or has ended. */
  onProgress: () => void;
}

/** While something is to go and records are in front, how often to look whether the way is free, ms. */
const LOOK_EVERY_MS = 100;
const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 30_000;
/** A line that is down is told of for everything; a file need not say it again. */
const BREAKS: readonly ErrorCode[] = ['link/unreachable', 'link/too-slow'];

/** How far something is that is under way. */
export interface Progress { direction: 'up' | 'down'; done: number; bytes: number }

/**
 * Files between here and the province, one piece after the other and only while no record waits. Small pictures go first,
 * then what somebody asked for, then what was added here, the smallest first.
 */
export class Lane {
  readonly #deps: LaneDeps;
  readonly #size = new PieceSize();
  readonly #abort = new AbortController();
  readonly #pause = new Pause(this.#abort.signal);
  readonly #fetchers = new Map<string, Fetcher>();
  readonly #failed = new Map<string, { error: AppErrorData; atMs: number }>();
  #sender: { out: OutgoingBlob; sender: Sender } | null = null;
  #failures = 0;
  /** What the last step met, when it makes everybody wait. */
  #trouble: { sha256: string; error: AppErrorData } | null = null;
  #running: Promise<void> | null = null;

  constructor(deps: LaneDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
    for (const fetcher of this.#fetchers.values()) await fetcher.close();
  }

  /** Something may be to send, or the way may be free. */
  nudge(): void {
    this.#pause.wake();
  }

  /** Asks for bytes that are not here; goes on where an earlier try stopped. */
  want(place: BlobPlace & { bytes: number; isThumb: boolean }): void {
    if (this.#fetchers.has(place.sha256)) return;
    this.#failed.delete(place.sha256);
    this.#fetchers.set(place.sha256, new Fetcher({ ...this.#deps, size: this.#size }, place));
    this.#deps.onProgress();
    this.#pause.wake();
  }

  /** Somebody does not want to wait for it; what has come is kept for a while. */
  async giveUp(sha256: string): Promise<void> {
    await this.#fetchers.get(sha256)?.close();
    this.#fetchers.delete(sha256);
    this.#failed.delete(sha256);
    this.#deps.onProgress();
  }

  /** Why the last try to fetch it ended, and when. */
  failureOf(sha256: string): { error: AppErrorData; atMs: number } | null {
    return this.#failed.get(sha256) ?? null;
  }

  /** Why it does not come on, while the line or the disk is tried again. */
  troubleOf(sha256: string): AppErrorData | null {
    return this.#trouble?.sha256 === sha256 ? this.#trouble.error : null;
  }

  progressOf({ issueId, sha256 }: BlobPlace): Progress | null {
    const fetcher = this.#fetchers.get(sha256);
    if (fetcher !== undefined) return { direction: 'down', done: fetcher.done, bytes: fetcher.bytes };
    const now = this.#sender;
    if (now === null || now.out.issueId !== issueId || now.out.sha256 !== sha256) return null;
    return { direction: 'up', done: now.sender.done, bytes: now.out.bytes };
  }

  async #run(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      const next = this.#next();
      if (next === null) await this.#pause.wait(null);
      else if (!this.#deps.road.isFree()) await this.#pause.wait(LOOK_EVERY_MS);
      else await this.#step(next);
    }
  }

  #next(): Fetcher | OutgoingBlob | null {
    const fetchers = [...this.#fetchers.values()].filter(({ isGivenUp }) => !isGivenUp);
    const unsent = readNextUnsent(this.#deps.reader);
    if (unsent?.isThumb === true) return unsent;
    return fetchers.find(({ isThumb }) => isThumb) ?? fetchers[0] ?? unsent;
  }

  async #step(next: Fetcher | OutgoingBlob): Promise<void> {
    try {
      if (next instanceof Fetcher) await this.#fetch(next);
      else await this.#send(next);
      this.#failures = 0;
      this.#trouble = null;
    } catch (error) {
      if (!this.#abort.signal.aborted) await this.#fail(next, error);
    }
    this.#deps.onProgress();
  }

  async #send(out: OutgoingBlob): Promise<void> {
    const blob = readKeptBlob(this.#deps.reader, out.sha256);
    if (blob === null) throw new AppError('attachment/damaged');
    const isSame = this.#sender?.out.issueId === out.issueId && this.#sender.out.sha256 === out.sha256;
    const current = isSame && this.#sender !== null ? this.#sender : { out, sender: new Sender({ ...this.#deps, size: this.#size }, out, blob) };
    this.#sender = current;
    if (!await current.sender.step(this.#abort.signal)) return;
    this.#sender = null;
    await this.#deps.writer.call('attachment.mark', { issueId: out.issueId, sha256: out.sha256, sentAtMs: this.#deps.clock.nowMs(), error: null });
  }

  async #fetch(fetcher: Fetcher): Promise<void> {
    const written = await fetcher.step(this.#abort.signal);
    if (written === null) return;
    await this.#deps.writer.call('attachment.keep', { ...written, atMs: this.#deps.clock.nowMs() });
    this.#fetchers.delete(fetcher.place.sha256);
  }

  /** What is about the file ends its turn; what is about the line or the disk makes everybody wait. */
  async #fail(next: Fetcher | OutgoingBlob, cause: unknown): Promise<void> {
    const error = cause instanceof AppError ? cause : new AppError('internal/unexpected', {}, { cause });
    this.#deps.log.warn({ code: error.code, ...error.facts, ...(cause instanceof AppError ? {} : { error: String(cause) }) }, 'a file could not go on');
    const data: AppErrorData = { code: error.code, facts: error.facts };
    if (!error.code.startsWith('attachment/')) {
      this.#failures += 1;
      this.#trouble = BREAKS.includes(error.code) ? null : { sha256: next instanceof Fetcher ? next.place.sha256 : next.sha256, error: data };
      this.#deps.onProgress();
      await this.#pause.wait(Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1)) * (0.5 + Math.random() / 2));
      return;
    }
    if (next instanceof Fetcher) {
      this.#fetchers.delete(next.place.sha256);
      this.#failed.set(next.place.sha256, { error: data, atMs: this.#deps.clock.nowMs() });
      await next.close();
      return;
    }
    this.#sender = null;
    const { issueId, sha256 } = next;
    const issue = readIssue(this.#deps.reader, issueId)?.issue;
    // The record has left this workstation meanwhile: if it comes back, the file goes on.
    if (issue === undefined) return;
    if (isNamedBy(issue, next)) await this.#deps.writer.call('attachment.mark', { issueId, sha256, sentAtMs: null, error: data });
    else await this.#deps.writer.call('attachment.forget', { issueId, sha256 });
  }
}

/** A file whose record has let go of it (removed, or the adding was refused) is not sent any more. */
function isNamedBy(issue: Issue, { sha256 }: BlobPlace): boolean {
  return attachmentsOf(issue).flatMap(blobsOf).some(blob => blob.sha256 === sha256);
}
