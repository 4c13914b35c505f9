import type { BulkJob, BulkUndo } from '../../contract/bulk.ts';
import type { AppErrorData } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';
import type { BulkLine } from '../writer-api.ts';

interface JobRow { person_id: Uint8Array; data: string }

/** A person's bulk action of that id; null when there is none, or it is someone else's. */
export function readBulkJob(db: Database, id: Id, personId: Id): BulkJob | null {
  const row = getRow<JobRow>(db, 'SELECT person_id, data FROM bulk_job WHERE id=? AND person_id=?', idToBlob(id), idToBlob(personId));
  return row === undefined ? null : JSON.parse(row.data) as BulkJob;
}

/** The bulk action that a person began last. */
export function readLastBulkJob(db: Database, personId: Id): BulkJob | null {
  const row = getRow<JobRow>(db, 'SELECT person_id, data FROM bulk_job WHERE person_id=? ORDER BY started_at_ms DESC, id DESC LIMIT 1', idToBlob(personId));
  return row === undefined ? null : JSON.parse(row.data) as BulkJob;
}

/** Bulk actions that a stop has cut off, with whose they are. */
export function readRunningBulkJobs(db: Database): { job: BulkJob; personId: Id }[] {
  return allRows<JobRow>(db, `SELECT person_id, data FROM bulk_job WHERE data ->> '$.status' = 'running'`).map(row => ({ job: JSON.parse(row.data) as BulkJob, personId: blobToId(row.person_id) }));
}

export function writeBulkJob(work: Work, job: BulkJob, personId: Id): void {
  run(work.db, 'INSERT OR REPLACE INTO bulk_job(id, person_id, started_at_ms, data) VALUES (?,?,?,?)', idToBlob(job.id), idToBlob(personId), job.startedAtMs, JSON.stringify(job));
  work.touch('bulk');
}

/** Forgets what began before `beforeMs`: by then nobody can take it back. */
export function removeOldBulkJobs(work: Work, beforeMs: number): void {
  run(work.db, 'DELETE FROM bulk_line WHERE job_id IN (SELECT id FROM bulk_job WHERE started_at_ms < ?)', beforeMs);
  run(work.db, 'DELETE FROM bulk_job WHERE started_at_ms < ?', beforeMs);
}

export function writeBulkLine(work: Work, jobId: Id, { line, id, error }: Pick<BulkLine, 'line' | 'id' | 'error'>, undo: BulkUndo | null): void {
  run(work.db, 'INSERT OR REPLACE INTO bulk_line(job_id, line, issue_id, error, undo) VALUES (?,?,?,?,?)',
    idToBlob(jobId), line, idToBlob(id), error === null ? null : JSON.stringify(error), undo === null ? null : JSON.stringify(undo));
}

/** The lines of a bulk edit that have changed something, in its order. */
export function readUndoableLines(db: Database, jobId: Id): { line: number; id: Id }[] {
  return allRows<{ line: number; id: Uint8Array }>(db, 'SELECT line, issue_id AS id FROM bulk_line WHERE job_id=? AND undo IS NOT NULL ORDER BY line', idToBlob(jobId))
    .map(row => ({ line: row.line, id: blobToId(row.id) }));
}

/** What a line of a bulk edit set; null when it changed nothing. */
export function readBulkUndo(db: Database, jobId: Id, line: number): BulkUndo | null {
  const row = getRow<{ undo: string }>(db, 'SELECT undo FROM bulk_line WHERE job_id=? AND line=? AND undo IS NOT NULL', idToBlob(jobId), line);
  return row === undefined ? null : JSON.parse(row.undo) as BulkUndo;
}

/** Records that a bulk action was refused for, `start` (inclusive) to `end` (exclusive). */
export function readBulkRefusals(db: Database, jobId: Id, start: number, end: number): { total: number; lines: { issueId: Id; error: AppErrorData }[] } {
  const where = 'FROM bulk_line WHERE job_id=? AND error IS NOT NULL';
  const total = getRow<{ total: number }>(db, `SELECT count(*) AS total ${where}`, idToBlob(jobId))?.total ?? 0;
  const rows = allRows<{ id: Uint8Array; error: string }>(db, `SELECT issue_id AS id, error ${where} ORDER BY line LIMIT ? OFFSET ?`, idToBlob(jobId), Math.max(0, end - start), start);
  return { total, lines: rows.map(row => ({ issueId: blobToId(row.id), error: JSON.parse(row.error) as AppErrorData })) };
}
