import { AppErrorData } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';
import type { KeptBlob } from '../writer-api.ts';

/** A file of a record that was added here. `error`: the province does not take it, until someone tries again. */
export interface OutgoingBlob { issueId: Id; sha256: string; bytes: number; isThumb: boolean; sent: boolean; error: AppErrorData | null }

interface OutRow { issue_id: Uint8Array; sha256: string; bytes: number; is_thumb: number; sent_at_ms: number | null; error: string | null }

const toOutgoing = (row: OutRow): OutgoingBlob => ({
  issueId: blobToId(row.issue_id), sha256: row.sha256, bytes: row.bytes, isThumb: row.is_thumb === 1, sent: row.sent_at_ms !== null,
  error: row.error === null ? null : AppErrorData.parse(JSON.parse(row.error)),
});

export function readKeptBlob(db: Database, sha256: string): KeptBlob | null {
  return getRow<KeptBlob>(db, 'SELECT sha256, bytes, salt FROM attachment_blob WHERE sha256=?', sha256) ?? null;
}

/** Hashes of everything that lies on this machine. */
export function readKeptNames(db: Database): string[] {
  return allRows<{ sha256: string }>(db, 'SELECT sha256 FROM attachment_blob').map(row => row.sha256);
}

/**
 * What is to be sent next, small pictures first, then the smallest file. While a change of its record waits for the province's verdict it is
 * not known what that will say of the file; and a record that has left this workstation may come back.
 */
export function readNextUnsent(db: Database): OutgoingBlob | null {
  const row = getRow<OutRow>(db, `SELECT * FROM attachment_out o WHERE sent_at_ms IS NULL AND error IS NULL
    AND EXISTS (SELECT 1 FROM issue WHERE id = o.issue_id) AND NOT EXISTS (SELECT 1 FROM outbox WHERE issue_id = o.issue_id AND acked_seq IS NULL)
    ORDER BY is_thumb DESC, bytes LIMIT 1`);
  return row === undefined ? null : toOutgoing(row);
}

/** How many files, small pictures aside, still go up by themselves, and their size. */
export function countUnsent(db: Database): { n: number; bytes: number } {
  return getRow<{ n: number; bytes: number }>(db, 'SELECT count(*) AS n, coalesce(sum(bytes), 0) AS bytes FROM attachment_out WHERE sent_at_ms IS NULL AND error IS NULL AND is_thumb = 0') ?? { n: 0, bytes: 0 };
}

/** What was added to a record here. */
export function readOutgoing(db: Database, issueId: Id): OutgoingBlob[] {
  return allRows<OutRow>(db, 'SELECT * FROM attachment_out WHERE issue_id=?', idToBlob(issueId)).map(toOutgoing);
}

export function keepBlob(work: Work, blob: KeptBlob, atMs: number): void {
  run(work.db, 'INSERT OR REPLACE INTO attachment_blob(sha256, bytes, salt, kept_at_ms) VALUES (?,?,?,?)', blob.sha256, blob.bytes, blob.salt, atMs);
  work.touch('attachment');
}

/** The bytes here are of no use; what the province has can be fetched again. */
export function dropBlob(work: Work, sha256: string): void {
  run(work.db, 'DELETE FROM attachment_blob WHERE sha256=?', sha256);
  work.touch('attachment');
}

export function addOutgoing(work: Work, blob: Pick<OutgoingBlob, 'issueId' | 'sha256' | 'bytes' | 'isThumb'>): void {
  run(work.db, 'INSERT OR REPLACE INTO attachment_out(issue_id, sha256, bytes, is_thumb) VALUES (?,?,?,?)',
    idToBlob(blob.issueId), blob.sha256, blob.bytes, blob.isThumb ? 1 : 0);
  work.touch('attachment');
}

/** How sending ended: at the province, refused, or to be tried again. */
export function markOutgoing(work: Work, place: Pick<OutgoingBlob, 'issueId' | 'sha256'>, end: { sentAtMs: number | null; error: AppErrorData | null }): void {
  run(work.db, 'UPDATE attachment_out SET sent_at_ms=?, error=? WHERE issue_id=? AND sha256=?',
    end.sentAtMs, end.error === null ? null : JSON.stringify(end.error), idToBlob(place.issueId), place.sha256);
  work.touch('attachment');
}

/** The record does not have it any more. */
export function removeOutgoing(work: Work, place: Pick<OutgoingBlob, 'issueId' | 'sha256'>): void {
  run(work.db, 'DELETE FROM attachment_out WHERE issue_id=? AND sha256=?', idToBlob(place.issueId), place.sha256);
  work.touch('attachment');
}

/** The province was restored from an older copy: whatever was sent is offered again; what it still has costs one question. */
export function offerFilesAgain(work: Work): void {
  run(work.db, 'UPDATE attachment_out SET sent_at_ms=NULL, error=NULL');
  work.touch('attachment');
}
