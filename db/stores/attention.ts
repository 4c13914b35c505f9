import type { Attention } from '../../contract/console.ts';
import type { Id } from '../../contract/ids.ts';
import type { Verdict } from '../../contract/province.ts';
import { allRows, blobToId, getRow, idToBlob, nullableBlobToId, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';

interface AttentionRow {
  n: number; name: string; issue_id: Uint8Array | null; issue_no: string; description: string; status: Attention['status'];
  error: string | null; lost: string; payload: string; actor_id: Uint8Array; at_ms: number; judged_at_ms: number; by_name: string | null;
}
const SELECT = `SELECT a.*, (SELECT data ->> '$.name' FROM org_row WHERE kind='person' AND id=a.actor_id) AS by_name
  FROM attention a WHERE a.dismissed_at_ms IS NULL`;

function toAttention(row: AttentionRow): Attention {
  return {
    n: row.n, name: row.name, issueId: nullableBlobToId(row.issue_id), issueNo: row.issue_no, description: row.description, status: row.status,
    error: row.error === null ? null : JSON.parse(row.error) as Attention['error'], lost: JSON.parse(row.lost) as Attention['lost'],
    payload: JSON.parse(row.payload) as Attention['payload'], byName: row.by_name ?? '', atMs: row.at_ms, judgedAtMs: row.judged_at_ms,
  };
}

/** An entry and who wrote what it is about. */
export interface StoredAttention { attention: Attention; actorId: Id }

/** What nobody has dismissed yet: refusals and lost values, the newest first. */
export function readAttention(db: Database): StoredAttention[] {
  return allRows<AttentionRow>(db, `${SELECT} ORDER BY a.judged_at_ms DESC, a.n DESC`).map(row => ({ attention: toAttention(row), actorId: blobToId(row.actor_id) }));
}

export function readAttentionFor(db: Database, issueId: Id): Attention[] {
  return allRows<AttentionRow>(db, `${SELECT} AND a.issue_id=? ORDER BY a.n`, idToBlob(issueId)).map(toAttention);
}

/** Whether a change of this record was refused and nobody has dismissed it. */
export function readRefusedIssue(db: Database, issueId: Id): boolean {
  return getRow(db, `SELECT 1 FROM attention WHERE dismissed_at_ms IS NULL AND issue_id=? AND status='rejected'`, idToBlob(issueId)) !== undefined;
}

export interface NewAttention {
  verdict: Verdict; name: string; issueId: Id; issueNo: string; description: string; payload: Record<string, unknown>;
  actorId: Id; atMs: number; judgedAtMs: number;
}

/** Keeps what did not go through, with its whole payload: it can be read, exported and sent again. */
export function addAttention(work: Work, a: NewAttention): void {
  run(work.db, `INSERT OR REPLACE INTO attention(n, name, issue_id, issue_no, description, status, error, lost, payload, actor_id, at_ms, judged_at_ms)
    VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
    a.verdict.n, a.name, idToBlob(a.issueId), a.issueNo, a.description, a.verdict.status,
    a.verdict.error === undefined ? null : JSON.stringify(a.verdict.error), JSON.stringify(a.verdict.lost ?? []),
    JSON.stringify(a.payload), idToBlob(a.actorId), a.atMs, a.judgedAtMs);
  work.touch('attention');
}

/** Forgets what is said of a mutation that will be judged again; its words are in the outbox. */
export function removeAttention(work: Work, n: number): void {
  run(work.db, 'DELETE FROM attention WHERE n = ?', n);
  work.touch('attention');
}

/** Marks it as seen; the line itself is kept. @returns what it was about, or null when there was nothing to dismiss */
export function dismissAttention(work: Work, n: number, personId: Id, atMs: number): { issueId: Id | null; name: string } | null {
  const row = getRow<{ issue_id: Uint8Array | null; name: string }>(work.db, 'SELECT issue_id, name FROM attention WHERE n=? AND dismissed_at_ms IS NULL', n);
  if (row === undefined) return null;
  run(work.db, 'UPDATE attention SET dismissed_at_ms=?, dismissed_by=? WHERE n=?', atMs, idToBlob(personId), n);
  work.touch('attention');
  return { issueId: nullableBlobToId(row.issue_id), name: row.name };
}
