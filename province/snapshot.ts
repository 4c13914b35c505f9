import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../contract/errors.ts';
import type { Scope } from '../contract/org.ts';
import type { SnapshotManifest } from '../contract/province.ts';
import type { Device } from './devices.ts';
import { isOurs, newestSpanFrom } from './epoch.ts';
import { cursorOf } from './pull.ts';
import type { Effort } from './snapshot-chunks.ts';
import { makeCopy, type Making } from './snapshot-make.ts';
import { createShelf, type Shelf } from './snapshot-shelf.ts';
import type { Snapshot, SnapshotStore } from './snapshot-store.ts';
import type { Database } from './sql.ts';
import { readHead } from './store.ts';

/** Copies of what each scope may see, made once and served to every station of that scope. */
export interface Snapshots {
  /**
   * The newest copy for the station; made when there is none, renewed in the background when the log since it has grown.
   *
   * @param since `start`: an older copy than the newest span of the log will not do
   * @throws {AppError} 'sync/copy-being-made' {percent} when that takes longer than a station should be left without an answer
   */
  manifest(device: Device, since?: 'start'): Promise<SnapshotManifest>;
  /** @throws {AppError} 'sync/chunk-gone' when the copy is not kept any more, or is another scope's */
  chunk(device: Device, id: string, index: number): Promise<Buffer>;
  /** Makes the copy for a scope ahead of the first station that asks. */
  warm(scope: Scope): Promise<void>;
  /** No copy is renewed by itself any more; the database may be closed. */
  close(): Promise<void>;
}

export interface SnapshotsInput {
  db: Database;
  /** Where copies lie. */
  store: SnapshotStore;
  report: (what: string, error: unknown) => void;
  /** For so long a station waits for a copy that is being made. */
  waitMs?: number;
}

/** A tail of this many rows, or of a tenth of the copy, is cheaper to pull than the copy is to make again. */
const SMALL_TAIL_ROWS = 1_000;
const SMALL_TAIL_SHARE = 0.1;
/** From here on pulling the tail would be slower than waiting for a new copy. */
const USELESS_TAIL_SHARE = 0.5;
/** Whoever waits gets a quick copy; the dense one is made once he has fetched it and the machine is free again. */
const DENSE_AFTER_MS = 20_000;
/** Of more rows a quick copy is good enough: the dense one would keep a processor busy for minutes to save 1 %. */
const DENSE_UP_TO_ROWS = 200_000;
/** Well within what a console takes for a dead link; what a small province needs is less. */
const WAIT_MS = 8_000;
const LOOK_ELSEWHERE_MS = 250;

export function scopeKey(scope: Scope): string {
  const canonical = JSON.stringify([scope.siteIds?.toSorted() ?? null, scope.services?.toSorted() ?? null]);
  return createHash('sha256').update(canonical).digest('hex').slice(0, 16);
}

export function createSnapshots({ db, store, report, waitMs = WAIT_MS }: SnapshotsInput): Snapshots {
  const shelf = createShelf(store);
  const making = new Map<string, Making>();

  const make = (scope: Scope, effort: Effort): Making => {
    const key = scopeKey(scope);
    const under = making.get(key);
    if (effort === 'quick') under?.hurry();
    if (under !== undefined) return under;
    const begun = makeCopy(db, store, { scope, scopeKey: key, effort });
    const copy = begun.copy.then(async snapshot => {
      await shelf.add(snapshot);
      if (!isDense(snapshot)) later(scope);
      return snapshot;
    }).finally(() => { making.delete(key); });
    copy.catch((error: unknown) => { report('snapshot', error); });
    const made = { ...begun, copy };
    making.set(key, made);
    return made;
  };
  const newestOf = async (scope: Scope): Promise<Snapshot | undefined> => {
    await shelf.catchUp(scopeKey(scope));
    const head = await readHead(db);
    return shelf.newest(scopeKey(scope), async ({ epoch, seq, reach }) => seq >= head.prunedSeq && await isOurs(db, { epoch, seq: reach }, head));
  };
  /** Unless somebody has made a good one meanwhile. */
  const { later, close } = renewals(report, async scope => {
    const newest = await newestOf(scope);
    return newest === undefined || isOutdated(newest, await rowsSince(db, newest.seq));
  }, scope => { make(scope, 'dense'); });
  const usable = async (scope: Scope, fromSeq: number): Promise<Snapshot | undefined> => {
    const newest = await newestOf(scope);
    if (newest === undefined || newest.seq < fromSeq) return undefined;
    const rows = await rowsSince(db, newest.seq);
    if (rows > Math.max(SMALL_TAIL_ROWS, newest.rows * USELESS_TAIL_SHARE)) return undefined;
    if (isOutdated(newest, rows)) later(scope);
    return newest;
  };
  /** Made here, unless another server is at it; whoever has waited long enough is told how far it is. */
  const made = async (scope: Scope, fromSeq: number): Promise<Snapshot> => {
    const untilMs = performance.now() + waitMs;
    for (;;) {
      const share = making.has(scopeKey(scope)) ? null : await store.beingMade(scopeKey(scope));
      if (share === null) {
        const copy = await within(untilMs - performance.now(), make(scope, 'quick'));
        if (copy.seq >= fromSeq) return copy;
        continue;     // it was begun before another server opened a span
      }
      if (performance.now() >= untilMs) throw stillBeingMade(share);
      await pause(LOOK_ELSEWHERE_MS);
      const there = await usable(scope, fromSeq);
      if (there !== undefined) return there;
    }
  };

  return {
    async manifest(device, since) {
      const fromSeq = since === 'start' ? await newestSpanFrom(db) : 0;
      return manifestOf(await usable(device.scope, fromSeq) ?? await made(device.scope, fromSeq), device);
    },
    async chunk(device, id, index) {
      if (!id.startsWith(`${scopeKey(device.scope)}-`)) throw new AppError('sync/chunk-gone');
      return chunkOf(store, shelf, id, index);
    },
    async warm(scope) { if (!isDense(await newestOf(scope)) && await store.beingMade(scopeKey(scope)) === null) await make(scope, 'dense').copy; },
    close,
  };
}

/** Copies that are to be looked at again a while later, each scope once, until it is closed. */
function renewals(report: SnapshotsInput['report'], isWanted: (scope: Scope) => Promise<boolean>, renew: (scope: Scope) => void): { later(scope: Scope): void; close(): Promise<void> } {
  const planned = new Map<string, NodeJS.Timeout>();
  const looking = new Set<Promise<void>>();
  const life = { isOver: false };
  const look = async (scope: Scope): Promise<void> => {
    try {
      if (await isWanted(scope) && !life.isOver) renew(scope);
    } catch (error) {
      report('snapshot', error);
    }
  };
  return {
    later(scope) {
      const key = scopeKey(scope);
      if (planned.has(key) || life.isOver) return;
      planned.set(key, setTimeout(() => {
        planned.delete(key);
        const now = look(scope).finally(() => { looking.delete(now); });
        looking.add(now);
      }, DENSE_AFTER_MS).unref());
    },
    async close() {
      life.isOver = true;
      for (const timer of planned.values()) clearTimeout(timer);
      planned.clear();
      await Promise.allSettled(looking);
    },
  };
}

async function chunkOf(store: SnapshotStore, shelf: Shelf, id: string, index: number): Promise<Buffer> {
  const bytes = await store.chunk(id, index);
  const said = shelf.chunk(id, index);
  if (bytes !== null && (said === undefined || createHash('sha256').update(bytes).digest('hex') === said.sha256)) return bytes;
  if (said !== undefined) shelf.spoiled(id);
  throw new AppError('sync/chunk-gone');
}

function manifestOf({ codec, id, epoch, seq, reach, rows, chunks }: Snapshot, { scopeVersion }: Device): SnapshotManifest {
  const cursor = cursorOf({ epoch, scopeVersion, seq, reach });
  return { codec, id, seq, cursor, rows, bytes: chunks.reduce((sum, chunk) => sum + chunk.bytes, 0), chunks };
}

async function rowsSince(db: Database, seq: number): Promise<number> {
  const [tail] = await db.query<{ rows: number }>('SELECT count(*)::int AS rows FROM record WHERE seq > $1', [seq]);
  return tail?.rows ?? 0;
}

/** Whether a new copy is worth making in the background. @param tail rows that have changed since */
function isOutdated(copy: Snapshot, tail: number): boolean {
  return !isDense(copy) || tail > Math.max(SMALL_TAIL_ROWS, copy.rows * SMALL_TAIL_SHARE);
}

function isDense(copy: Snapshot | undefined): boolean {
  return copy !== undefined && (copy.effort === 'dense' || copy.rows > DENSE_UP_TO_ROWS);
}

async function within(ms: number, { copy, share }: Making): Promise<Snapshot> {
  const timer = new AbortController();
  try {
    const snapshot = await Promise.race([copy, pause(Math.max(0, ms), null, { signal: timer.signal })]);
    if (snapshot === null) throw stillBeingMade(share());
    return snapshot;
  } finally {
    timer.abort();
  }
}

function stillBeingMade(share: number): AppError {
  return new AppError('sync/copy-being-made', { percent: Math.floor(share * 100) });
}
