import type { Device } from './devices.ts';
import type { Database, Sql } from './sql.ts';
import { readHead } from './store.ts';

/** For so long a station may stay away and still be told, row by row, what has gone meanwhile. */
export const KEPT_MS = 180 * 86_400_000;
/** A station's place is written down at most so often: what is noted may lag behind, never run ahead. */
const NOTE_EVERY_MS = 3_600_000;

/**
 * Lets go of deleted rows and of notes of rows that have left, once they are older than 180 days and every station that was
 * seen within these has passed them. A station that comes with an older cursor takes a new copy.
 *
 * @param nowMs the province's time
 * @returns how many rows and notes went
 */
export function prune(db: Database, nowMs: number): Promise<number> {
  return db.transaction(async tx => {
    const { seq } = await readHead(tx);
    // Nothing done since the last moment: the earlier one says more.
    await tx.query('INSERT INTO sync_moment (at_ms, seq) SELECT $1::bigint, $2::bigint WHERE NOT EXISTS (SELECT FROM sync_moment WHERE seq >= $2::bigint) ON CONFLICT DO NOTHING', [nowMs, seq]);
    const horizon = await horizonAt(tx, nowMs - KEPT_MS);
    if (horizon === null) return 0;
    await tx.query('DELETE FROM sync_moment WHERE at_ms < (SELECT max(at_ms) FROM sync_moment WHERE at_ms <= $1)', [nowMs - KEPT_MS]);
    const [pruned] = await tx.query<{ gone: number }>('SELECT prune_up_to($1) AS gone', [horizon]);
    return pruned?.gone ?? 0;
  });
}

/** The seq up to which everything is older than `atMs` and known to every station that was seen since; null when nothing is. */
async function horizonAt(sql: Sql, atMs: number): Promise<number | null> {
  const [found] = await sql.query<{ old: number | null; known: number | null }>(`SELECT
    (SELECT max(seq) FROM sync_moment WHERE at_ms <= $1) AS old,
    (SELECT min(pulled_seq) FROM device WHERE revoked_at_ms IS NULL AND last_seen_at_ms > $1) AS known`, [atMs]);
  if (found === undefined || found.old === null) return null;
  return Math.min(found.old, found.known ?? found.old);
}

/** Notes from where a station pulls: at once where it has gone back (its disk was restored), otherwise once an hour. */
export async function notePulled(sql: Sql, device: Device, seq: number, nowMs: number): Promise<void> {
  const noted = device.pulled ?? null;
  const due = noted === null || seq < noted.seq || (seq > noted.seq && nowMs - noted.atMs >= NOTE_EVERY_MS);
  if (due) await sql.query('UPDATE device SET pulled_seq = $2, pulled_at_ms = $3 WHERE id = $1', [device.id, seq, nowMs]);
}
