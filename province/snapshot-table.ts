import { Snapshot, type Draft, type SnapshotStore } from './snapshot-store.ts';
import type { Database } from './sql.ts';

/** Besides the newest two of a scope, copies stay for as long as a station may be fetching them. */
const KEPT_PER_SCOPE = 2;
const KEPT_FOR = '1 hour';
/** Longer than a chunk takes: whoever has added none for so long is not at it any more. */
const MAKER_GONE_AFTER = '30 seconds';

/** Copies in the database, chunk by chunk: what one server has made, or is making, every other knows and serves. */
export function tableStore(db: Database): SnapshotStore {
  return {
    before: [],
    begin: (id, scopeKey) => begin(db, id, scopeKey),
    async chunk(id, index) {
      const [chunk] = await db.query<{ bytes: Buffer }>(`SELECT bytes FROM snapshot_chunk WHERE snapshot_id = $1 AND index = $2
        AND EXISTS (SELECT FROM snapshot WHERE id = $1 AND share IS NULL)`, [id, index]);
      return chunk?.bytes ?? null;
    },
    drop: () => Promise.resolve(),
    async newestOf(scopeKey, has) {
      const [newest] = await db.query<{ id: string }>('SELECT id FROM snapshot WHERE scope_key = $1 AND share IS NULL ORDER BY made_at DESC LIMIT 1', [scopeKey]);
      return newest === undefined || has(newest.id) ? null : read(db, newest.id);
    },
    async beingMade(scopeKey) {
      const [making] = await db.query<{ share: number }>(`SELECT share FROM snapshot WHERE scope_key = $1 AND share IS NOT NULL AND made_at > now() - $2::interval
        ORDER BY share DESC LIMIT 1`, [scopeKey, MAKER_GONE_AFTER]);
      return making?.share ?? null;
    },
  };
}

async function begin(db: Database, id: string, scopeKey: string): Promise<Draft> {
  await db.query("INSERT INTO snapshot (id, scope_key, manifest, share) VALUES ($1, $2, '{}', 0)", [id, scopeKey]);
  const written = { chunks: 0 };
  return {
    async add(bytes, share) {
      await db.query(`WITH added AS (INSERT INTO snapshot_chunk (snapshot_id, index, bytes) VALUES ($1, $2, $3))
        UPDATE snapshot SET share = $4, made_at = now() WHERE id = $1`, [id, written.chunks++, bytes, share]);
    },
    async finish(snapshot) {
      await db.query('UPDATE snapshot SET manifest = $2, share = NULL, made_at = now() WHERE id = $1', [id, JSON.stringify(snapshot)]);
      await db.query(`DELETE FROM snapshot WHERE scope_key = $1 AND made_at < now() - $2::interval
        AND id NOT IN (SELECT id FROM snapshot WHERE scope_key = $1 AND share IS NULL ORDER BY made_at DESC LIMIT $3)`, [scopeKey, KEPT_FOR, KEPT_PER_SCOPE]);
    },
    async discard() { await db.query('DELETE FROM snapshot WHERE id = $1', [id]); },
  };
}

async function read(db: Database, id: string): Promise<Snapshot | null> {
  const [row] = await db.query<{ manifest: unknown }>('SELECT manifest FROM snapshot WHERE id = $1', [id]);
  const snapshot = Snapshot.safeParse(row?.manifest);
  return snapshot.success ? snapshot.data : null;
}
