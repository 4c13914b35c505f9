import type { Chunk } from './snapshot-chunks.ts';
import { Kept, keptOf, type Snapshot, type SnapshotStore } from './snapshot-store.ts';
import type { Database } from './sql.ts';

/** Besides the newest two of a scope, copies stay for as long as a station may be fetching them. */
const KEPT_PER_SCOPE = 2;
const KEPT_FOR = '1 hour';

/** Copies in the database: what one server has made, every other serves, chunk by chunk. */
export function tableStore(db: Database): SnapshotStore {
  return {
    before: [],
    async keep(snapshot) {
      await db.transaction(async tx => {
        await tx.query('INSERT INTO snapshot (id, scope_key, manifest) VALUES ($1, $2, $3)',
          [snapshot.id, snapshot.scopeKey, JSON.stringify(keptOf(snapshot))]);
        for (const [index, chunk] of snapshot.chunks.entries()) {
          await tx.query('INSERT INTO snapshot_chunk (snapshot_id, index, bytes) VALUES ($1, $2, $3)', [snapshot.id, index, chunk.bytes]);
        }
      });
      await db.query(`DELETE FROM snapshot WHERE scope_key = $1 AND made_at < now() - $2::interval
        AND id NOT IN (SELECT id FROM snapshot WHERE scope_key = $1 ORDER BY made_at DESC LIMIT $3)`, [snapshot.scopeKey, KEPT_FOR, KEPT_PER_SCOPE]);
    },
    drop: () => Promise.resolve(),
    async newestOf(scopeKey, has) {
      const [newest] = await db.query<{ id: string }>('SELECT id FROM snapshot WHERE scope_key = $1 ORDER BY made_at DESC LIMIT 1', [scopeKey]);
      return newest === undefined || has(newest.id) ? null : read(db, newest.id);
    },
    find: id => read(db, id),
  };
}

async function read(db: Database, id: string): Promise<Snapshot | null> {
  const [row] = await db.query<{ manifest: unknown }>('SELECT manifest FROM snapshot WHERE id = $1', [id]);
  const kept = Kept.safeParse(row?.manifest);
  if (!kept.success) return null;
  const stored = await db.query<{ bytes: Buffer }>('SELECT bytes FROM snapshot_chunk WHERE snapshot_id = $1 ORDER BY index', [id]);
  const chunks = kept.data.chunks.map((chunk, index): Chunk | null => {
    const bytes = stored[index]?.bytes;
    return bytes === undefined ? null : { sha256: chunk.sha256, rows: chunk.rows, bytes };
  });
  // Gone between the two looks.
  return chunks.every(chunk => chunk !== null) ? { ...kept.data, chunks } : null;
}
