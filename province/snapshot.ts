import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { Scope } from '../contract/org.ts';
import { SnapshotCodec, type SnapshotManifest } from '../contract/province.ts';
import type { Device } from './devices.ts';
import { isOurs } from './epoch.ts';
import { cursorOf } from './pull.ts';
import { packChunks, type Effort } from './snapshot-chunks.ts';
import { createShelf } from './snapshot-shelf.ts';
import type { Snapshot, SnapshotStore } from './snapshot-store.ts';
import type { Database, Sql } from './sql.ts';
import { readHead, scopeCondition, scopeParams, type StoredRow } from './store.ts';

/** Copies of what each scope may see, made once and served to every station of that scope. */
export interface Snapshots {
  /** The newest copy for the station; made when there is none, renewed in the background when the log since it has grown. */
  manifest(device: Device): Promise<SnapshotManifest>;
  /** @throws {AppError} 'sync/chunk-gone' when the copy is not kept any more, or is another scope's */
  chunk(device: Device, id: string, index: number): Promise<Buffer>;
  /** Makes the copy for a scope ahead of the first station that asks. */
  warm(scope: Scope): Promise<void>;
}

/** A tail of this many rows, or of a tenth of the copy, is cheaper to pull than the copy is to make again. */
const SMALL_TAIL_ROWS = 1_000;
const SMALL_TAIL_SHARE = 0.1;
/** From here on pulling the tail would be slower than waiting for a new copy. */
const USELESS_TAIL_SHARE = 0.5;
const READ_ROWS = 2_000;
/** Whoever waits gets a quick copy; the dense one is made once he has fetched it and the machine is free again. */
const DENSE_AFTER_MS = 20_000;

export function scopeKey(scope: Scope): string {
  const canonical = JSON.stringify([scope.siteIds?.toSorted() ?? null, scope.services?.toSorted() ?? null]);
  return createHash('sha256').update(canonical).digest('hex').slice(0, 16);
}

/** @param store where copies lie beside the memory of this process */
export function createSnapshots(db: Database, store: SnapshotStore, report: (what: string, error: unknown) => void): Snapshots {
  const shelf = createShelf(store);
  const making = new Map<string, Promise<Snapshot>>();
  const planned = new Set<string>();

  const make = (scope: Scope, effort: Effort): Promise<Snapshot> => {
    const key = scopeKey(scope);
    const under = making.get(key + effort);
    if (under !== undefined) return under;
    const made = build(db, scope, effort).then(async snapshot => {
      await shelf.add(snapshot);
      return snapshot;
    }).finally(() => making.delete(key + effort));
    making.set(key + effort, made);
    return made;
  };

  const newestOf = async (scope: Scope): Promise<Snapshot | undefined> => {
    await shelf.catchUp(scopeKey(scope));
    const head = await readHead(db);
    return shelf.newest(scopeKey(scope), async snapshot => snapshot.seq >= head.prunedSeq && await isOurs(db, snapshot, head));
  };
  const later = (scope: Scope): void => {
    const key = scopeKey(scope);
    if (planned.has(key)) return;
    planned.add(key);
    setTimeout(() => {
      make(scope, 'dense').catch((error: unknown) => report('snapshot', error)).finally(() => planned.delete(key));
    }, DENSE_AFTER_MS).unref();
  };
  const usable = async (scope: Scope): Promise<Snapshot> => {
    const newest = await newestOf(scope);
    if (newest === undefined) return first(scope);
    const [tail] = await db.query<{ rows: number }>('SELECT count(*)::int AS rows FROM record WHERE seq > $1', [newest.seq]);
    const rows = tail?.rows ?? 0;
    if (rows > Math.max(SMALL_TAIL_ROWS, newest.rows * USELESS_TAIL_SHARE)) return first(scope);
    if (newest.effort === 'quick' || rows > Math.max(SMALL_TAIL_ROWS, newest.rows * SMALL_TAIL_SHARE)) later(scope);
    return newest;
  };
  const first = async (scope: Scope): Promise<Snapshot> => {
    const snapshot = await make(scope, 'quick');
    later(scope);
    return snapshot;
  };

  return {
    async manifest(device) {
      const snapshot = await usable(device.scope);
      return {
        codec: SnapshotCodec.value, id: snapshot.id, seq: snapshot.seq, rows: snapshot.rows,
        cursor: cursorOf({ epoch: snapshot.epoch, scopeVersion: device.scopeVersion, seq: snapshot.seq }),
        bytes: snapshot.chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0),
        chunks: snapshot.chunks.map(chunk => ({ sha256: chunk.sha256, bytes: chunk.bytes.length, rows: chunk.rows })),
      };
    },
    async chunk(device, id, index) {
      const snapshot = await shelf.find(id);
      const chunk = snapshot?.scopeKey === scopeKey(device.scope) ? snapshot.chunks[index] : undefined;
      if (chunk === undefined) throw new AppError('sync/chunk-gone');
      return chunk.bytes;
    },
    async warm(scope) { if ((await newestOf(scope))?.effort !== 'dense') await make(scope, 'dense'); },
  };
}

/** The scope's rows and the seq they stand at, read in one transaction that sees one moment. */
async function build(db: Database, scope: Scope, effort: Effort): Promise<Snapshot> {
  const { head, rows } = await db.transaction(async tx => ({ head: await readHead(tx), rows: await readRows(tx, scope) }), { frozen: true });
  const chunks = await packChunks(rows, effort);
  const key = scopeKey(scope);
  return { id: `${key}-${head.seq}-${randomBytes(6).toString('hex')}`, effort, scopeKey: key, epoch: head.epoch, seq: head.seq, rows: rows.length, chunks };
}

async function readRows(tx: Sql, scope: Scope): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  let last: StoredRow | undefined;
  for (;;) {
    const page = await tx.query<StoredRow>(`SELECT kind, id, seq, deleted, data FROM record
      WHERE NOT deleted AND ${scopeCondition(1)} AND (kind, id) > ($3, $4) ORDER BY kind, id LIMIT $5`,
      [...scopeParams(scope), last?.kind ?? '', last?.id ?? '00000000-0000-0000-0000-000000000000', READ_ROWS]);
    rows.push(...page);
    last = page.at(-1);
    if (page.length < READ_ROWS) return rows;
  }
}
