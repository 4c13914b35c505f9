import { randomBytes } from 'node:crypto';
import type { Scope } from '../contract/org.ts';
import { SnapshotCodec } from '../contract/province.ts';
import { rowsWithin } from './digest.ts';
import { packChunks, type Effort, type Pace } from './snapshot-chunks.ts';
import { beginReading, readRows } from './snapshot-rows.ts';
import type { Snapshot, SnapshotStore } from './snapshot-store.ts';
import type { Database } from './sql.ts';
import { readHead } from './store.ts';

/** A copy that is being made. */
export interface Making {
  copy: Promise<Snapshot>;
  /** Somebody waits for it: what is left of it is made quickly. */
  hurry(): void;
  /** The share of the rows that are in, 0…1. */
  share(): number;
}

/** Makes a scope's copy as a stream, from the database into the store: neither its rows nor its bytes are ever held as a whole. */
export function makeCopy(db: Database, store: SnapshotStore, of: { scope: Scope; scopeKey: string; effort: Effort }): Making {
  const pace: Pace = { effort: of.effort };
  const done = { rows: 0, share: 0 };
  return { copy: stream(db, store, { ...of, pace, done }), hurry() { pace.effort = 'quick'; }, share: () => done.share };
}

interface Course { scope: Scope; scopeKey: string; pace: Pace; done: { rows: number; share: number } }

async function stream(db: Database, store: SnapshotStore, { scope, scopeKey, pace, done }: Course): Promise<Snapshot> {
  const reading = beginReading(await readHead(db));
  const expected = await rowsWithin(db, scope);
  const id = `${scopeKey}-${reading.seq}-${randomBytes(6).toString('hex')}`;
  const draft = await store.begin(id, scopeKey);
  try {
    const chunks: Snapshot['chunks'] = [];
    for await (const { bytes, sha256, rows } of packChunks(readRows(db, scope, reading), pace)) {
      done.rows += rows;
      done.share = Math.min(1, done.rows / Math.max(expected, 1));
      await draft.add(bytes, done.share);
      chunks.push({ sha256, bytes: bytes.length, rows });
    }
    const snapshot: Snapshot = { codec: SnapshotCodec.value, id, effort: pace.effort, scopeKey, ...reading, rows: done.rows, chunks };
    await draft.finish(snapshot);
    return snapshot;
  } catch (error) {
    await draft.discard();
    throw error;
  }
}
