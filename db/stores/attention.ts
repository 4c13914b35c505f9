import type { Attention, LostField } from '../../contract/console.ts';
import type { Id } from '../../contract/ids.ts';
import type { LostValue } from '../../contract/mutations/facts.ts';
import { editableValue } from '../../contract/mutations/issue.ts';
import { EDITABLE_FIELDS } from '../../contract/mutations/payloads.ts';
import type { Verdict } from '../../contract/province.ts';
import { allRows, blobToId, getRow, idToBlob, nullableBlobToId, run, type Database } from '../database.ts';
import { openedJson, sealedJson, sealedLost } from '../sealed-json.ts';
import type { Work } from '../work.ts';
import { readIssue } from './issues.ts';
import { readNames } from './org.ts';

interface AttentionRow {
  n: number; name: string; issue_id: Uint8Array | null; issue_no: string; description: string; status: Attention['status'];
  error: string | null; lost: string; payload: string; actor_id: Uint8Array; at_ms: number; judged_at_ms: number; by_name: string | null;
}
const BY_NAME = `(SELECT data ->> '$.name' FROM org_row WHERE kind='person' AND id=a.actor_id) AS by_name`;
const ALL = `SELECT a.*, ${BY_NAME} FROM attention a`;
const SELECT = `${ALL} WHERE a.dismissed_at_ms IS NULL`;

/** A lost value beside what the record has now, and the line of its history that put it there. */
function beside(db: Database, issueId: Id | null, lost: readonly LostValue[]): LostField[] {
  const issue = lost.length === 0 || issueId === null ? undefined : readIssue(db, issueId)?.issue;
  return lost.map(value => {
    const field = EDITABLE_FIELDS.find(name => name === value.field);
    if (issue === undefined || field === undefined) return { ...value, present: value.theirs, presentBy: '', presentAtMs: null };
    const entry = issue.history.findLast(line => line.fields?.includes(field) === true) ?? issue.history[0];
    const byId = entry?.byId ?? issue.authorId;
    return { ...value, present: editableValue(issue, field), presentBy: readNames(db, [byId])[byId] ?? '', presentAtMs: entry?.atMs ?? issue.receivedAtMs };
  });
}

function toAttention(db: Database, row: AttentionRow): Attention {
  const issueId = nullableBlobToId(row.issue_id);
  return {
    n: row.n, name: row.name, issueId, issueNo: row.issue_no, description: row.description, status: row.status,
    error: row.error === null ? null : JSON.parse(row.error) as Attention['error'], lost: beside(db, issueId, openedJson<LostValue[]>(db, row.lost)),
    payload: openedJson<Attention['payload']>(db, row.payload), byName: row.by_name ?? '', atMs: row.at_ms, judgedAtMs: row.judged_at_ms,
  };
}

/** An entry and who wrote what it is about. */
export interface StoredAttention { attention: Attention; actorId: Id }

/** What nobody has dismissed yet: refusals and lost values, the newest first. */
export function readAttention(db: Database): StoredAttention[] {
  return allRows<AttentionRow>(db, `${SELECT} ORDER BY a.judged_at_ms DESC, a.n DESC`).map(row => ({ attention: toAttention(db, row), actorId: blobToId(row.actor_id) }));
}

/** One entry, whether somebody has dealt with it or not; null when there is none of that number. */
export function readOneAttention(db: Database, n: number): StoredAttention | null {
  const row = getRow<AttentionRow>(db, `${ALL} WHERE a.n=?`, n);
  return row === undefined ? null : { attention: toAttention(db, row), actorId: blobToId(row.actor_id) };
}

/** `outbox.again`: the restored province does not know yet that the author may write here. */
export const AUTHOR_AWAY = 3;

interface HeldRow { unknown_at: number | null; again: number; n: number; name: string; issue_id: Uint8Array; actor_id: Uint8Array; at_ms: number; payload: string; provisional_no: string | null; by_name: string | null }

/** Changes that wait for their record to come back to a restored province, for their author to sign in anew, or for a newer province (their numbers are below zero), the oldest first. */
export function readHeld(db: Database): StoredAttention[] {
  return allRows<HeldRow>(db, `SELECT a.*, ${BY_NAME} FROM outbox a WHERE a.n < 0 ORDER BY a.n`).map(row => {
    const issueId = blobToId(row.issue_id);
    const issue = readIssue(db, issueId)?.issue;
    const attention: Attention = {
      n: row.n, name: row.name, issueId, issueNo: issue?.displayNo ?? issue?.provisionalNo ?? row.provisional_no ?? '', description: issue?.description ?? '', status: 'held',
      error: heldFor(row),
      lost: [], payload: openedJson<Attention['payload']>(db, row.payload), byName: row.by_name ?? '', atMs: row.at_ms, judgedAtMs: row.at_ms,
    };
    return { attention, actorId: blobToId(row.actor_id) };
  });
}

function heldFor({ unknown_at: protocol, again }: HeldRow): Attention['error'] {
  if (protocol !== null) return { code: 'sync/unknown-change', facts: { protocol } };
  return again === AUTHOR_AWAY ? { code: 'sync/author-away', facts: {} } : null;
}

export function readAttentionFor(db: Database, issueId: Id): Attention[] {
  return allRows<AttentionRow>(db, `${SELECT} AND a.issue_id=? ORDER BY a.n`, idToBlob(issueId)).map(row => toAttention(db, row));
}

/** Whether a change of this record was refused and nobody has dismissed it. */
export function readRefusedIssue(db: Database, issueId: Id): boolean {
  return getRow(db, `SELECT 1 FROM attention WHERE dismissed_at_ms IS NULL AND issue_id=? AND status='rejected'`, idToBlob(issueId)) !== undefined;
}

export interface NewAttention {
  verdict: Verdict; name: string; issueId: Id; issueNo: string; description: string; payload: Record<string, unknown>;
  actorId: Id; atMs: number; judgedAtMs: number;
}

/** Keeps what did not go through, with its whole payload: it can be read, exported and sent again. One whose place another mutation has taken says so already. */
export function addAttention(work: Work, a: NewAttention): void {
  if (getRow(work.db, 'SELECT 1 FROM attention WHERE n=? AND done_n IS NOT NULL', a.verdict.n) !== undefined) return;
  run(work.db, `INSERT OR REPLACE INTO attention(n, name, issue_id, issue_no, description, status, error, lost, payload, actor_id, at_ms, judged_at_ms)
    VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
    a.verdict.n, a.name, idToBlob(a.issueId), a.issueNo, a.description, a.verdict.status,
    a.verdict.error === undefined ? null : JSON.stringify(a.verdict.error), sealedLost(work.db, a.verdict.lost ?? []),
    sealedJson(work.db, a.payload), idToBlob(a.actorId), a.atMs, a.judgedAtMs);
  work.touch('attention');
}

/** Forgets what is said of a mutation that will be judged again; its words are in the outbox. That another has taken its place stays true. */
export function removeAttention(work: Work, n: number): void {
  run(work.db, 'DELETE FROM attention WHERE n = ? AND done_n IS NULL', n);
  work.touch('attention');
}

/** How an entry ended: read and put away, the other value taken, one's own kept, or corrected and sent again. */
export type AttentionEnd = 'seen' | 'theirs' | 'mine' | 'again';
export interface EndOfAttention { n: number; how: AttentionEnd; personId: Id; atMs: number; byN: number | null }
export interface EndedAttention { issueId: Id | null; name: string }

/**
 * Marks an entry as dealt with; the line itself is kept. What was only put away can still be sent again.
 *
 * @returns what it was about, or null when nothing is left to end
 */
export function endAttention(work: Work, { n, how, personId, atMs, byN }: EndOfAttention): EndedAttention | null {
  const open = byN === null ? 'dismissed_at_ms IS NULL' : 'done_n IS NULL';
  const row = getRow<{ issue_id: Uint8Array | null; name: string }>(work.db, `SELECT issue_id, name FROM attention WHERE n=? AND ${open}`, n);
  if (row === undefined) return null;
  run(work.db, 'UPDATE attention SET dismissed_at_ms=?, dismissed_by=?, done_how=?, done_n=? WHERE n=?', atMs, idToBlob(personId), how, byN, n);
  work.touch('attention');
  return { issueId: nullableBlobToId(row.issue_id), name: row.name };
}

/** Takes a putting away back. @returns what it is about, or null when it was not put away, or another mutation has taken its place */
export function reopenAttention(work: Work, n: number): EndedAttention | null {
  const row = getRow<{ issue_id: Uint8Array | null; name: string }>(work.db,
    `SELECT issue_id, name FROM attention WHERE n=? AND dismissed_at_ms IS NOT NULL AND done_n IS NULL`, n);
  if (row === undefined) return null;
  run(work.db, 'UPDATE attention SET dismissed_at_ms=NULL, dismissed_by=NULL, done_how=NULL WHERE n=?', n);
  work.touch('attention');
  return { issueId: nullableBlobToId(row.issue_id), name: row.name };
}
