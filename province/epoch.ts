import { randomBytes } from 'node:crypto';
import type { Database, Sql } from './sql.ts';
import type { Head } from './store.ts';

/** A new epoch: 128 random bits. */
export function newEpoch(): string {
  return randomBytes(16).toString('base64url');
}

/** Starts that are remembered; a cursor from before them begins anew. */
const KEPT_SPANS = 1_000;

/**
 * Opens a new span of the log, at each start of a server and on each new timeline of its database. A cursor of an earlier span stays good up to where that span ended.
 * A database that was put back to an older state has forgotten the spans since: their cursors, and those that lie
 * behind the end of its last one, are told apart from its own though its counter passes the same numbers again.
 */
export function openSpan(db: Database): Promise<void> {
  return db.transaction(openSpanIn);
}

/** The same within a transaction. */
export async function openSpanIn(tx: Sql): Promise<void> {
  const [head] = await tx.query<{ epoch: string; seq: number }>('SELECT epoch, seq FROM sync_head FOR UPDATE');
  if (head === undefined) throw new Error('the database has no sync_head');
  await addSpan(tx, head.epoch, 0);
  const epoch = newEpoch();
  await addSpan(tx, epoch, head.seq);
  await tx.query('UPDATE sync_head SET epoch = $1', [epoch]);
  await tx.query('DELETE FROM epoch_span WHERE ordinal <= (SELECT max(ordinal) FROM epoch_span) - $1', [KEPT_SPANS]);
}

async function addSpan(tx: Sql, epoch: string, fromSeq: number): Promise<void> {
  await tx.query(`INSERT INTO epoch_span (epoch, ordinal, from_seq)
    SELECT $1, coalesce(max(ordinal), 0) + 1, $2 FROM epoch_span ON CONFLICT (epoch) DO NOTHING`, [epoch, fromSeq]);
}

/** The seq at which the newest span began: whatever history a database that was put back has in common with others is not younger. */
export async function newestSpanFrom(sql: Sql): Promise<number> {
  const [span] = await sql.query<{ seq: number }>('SELECT from_seq AS seq FROM epoch_span ORDER BY ordinal DESC LIMIT 1');
  return span?.seq ?? 0;
}

/** Begins a history of which no old cursor is a part. */
export async function voidCursors(sql: Sql, epoch: string): Promise<void> {
  await sql.query('DELETE FROM epoch_span');
  await sql.query('UPDATE sync_head SET epoch = $1', [epoch]);
}

/** Whether what was true at `seq` of that epoch is a part of this database's own history. */
export async function isOurs(sql: Sql, at: { epoch: string; seq: number }, head: Head): Promise<boolean> {
  if (at.epoch === head.epoch) return at.seq <= head.seq;
  const [span] = await sql.query<{ end: number | null }>(`SELECT min(later.from_seq) AS end FROM epoch_span own
    JOIN epoch_span later ON later.ordinal > own.ordinal WHERE own.epoch = $1`, [at.epoch]);
  return span !== undefined && span.end !== null && at.seq <= span.end;
}
