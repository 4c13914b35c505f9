import type { ImportJob, ImportLine } from '../../contract/imports.ts';
import type { Id } from '../../contract/ids.ts';
import { allRows, getRow, idToBlob, nullableBlobToId, nullableIdToBlob, blobToId, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';

/** Every import of this workstation, the newest first. */
export function readImportJobs(db: Database): ImportJob[] {
  return allRows<{ data: string }>(db, 'SELECT data FROM import_job ORDER BY started_at_ms DESC, id DESC').map(row => JSON.parse(row.data) as ImportJob);
}

export function readImportJob(db: Database, id: Id): ImportJob | null {
  const row = getRow<{ data: string }>(db, 'SELECT data FROM import_job WHERE id=?', idToBlob(id));
  return row === undefined ? null : JSON.parse(row.data) as ImportJob;
}

interface LineRow { line: number; status: ImportLine['status']; ref: string; issue_id: Uint8Array | null; error: string | null; warnings: string }

/** Lines `start` (inclusive) to `end` (exclusive) of an import, in file order, of one status or all (null). */
export function readImportLines(db: Database, jobId: Id, status: ImportLine['status'] | null, start: number, end: number): { total: number; lines: ImportLine[] } {
  const where = 'FROM import_line WHERE job_id=? AND (? IS NULL OR status=?)';
  const total = getRow<{ total: number }>(db, `SELECT count(*) AS total ${where}`, idToBlob(jobId), status, status)?.total ?? 0;
  const rows = allRows<LineRow>(db, `SELECT * ${where} ORDER BY line LIMIT ? OFFSET ?`, idToBlob(jobId), status, status, Math.max(0, end - start), start);
  return { total, lines: rows.map(toLine) };
}

/** Lines that went in, but not all of them as the file has them: how many, and the first of them in file order. */
export function readWarnedLines(db: Database, jobId: Id, limit: number): { total: number; lines: ImportLine[] } {
  const where = `FROM import_line WHERE job_id=? AND status='imported' AND warnings <> '[]'`;
  const total = getRow<{ total: number }>(db, `SELECT count(*) AS total ${where}`, idToBlob(jobId))?.total ?? 0;
  return { total, lines: allRows<LineRow>(db, `SELECT * ${where} ORDER BY line LIMIT ?`, idToBlob(jobId), limit).map(toLine) };
}

function toLine(row: LineRow): ImportLine {
  return {
    line: row.line, status: row.status, ref: row.ref, issueId: nullableBlobToId(row.issue_id),
    error: row.error === null ? null : JSON.parse(row.error) as ImportLine['error'], warnings: JSON.parse(row.warnings) as string[],
  };
}

/** The record that a source key has already become here. */
export function readImportKey(db: Database, sourceKey: string): Id | null {
  const row = getRow<{ issue_id: Uint8Array }>(db, 'SELECT issue_id FROM import_key WHERE source_key=?', sourceKey);
  return row === undefined ? null : blobToId(row.issue_id);
}

export function writeImportKey(work: Work, sourceKey: string, issueId: Id): void {
  run(work.db, 'INSERT OR REPLACE INTO import_key(source_key, issue_id) VALUES (?,?)', sourceKey, idToBlob(issueId));
}

export function writeImportJob(work: Work, job: ImportJob): void {
  run(work.db, 'INSERT OR REPLACE INTO import_job(id, started_at_ms, data) VALUES (?,?,?)', idToBlob(job.id), job.startedAtMs, JSON.stringify(job));
  work.touch('import');
}

export function writeImportLine(work: Work, jobId: Id, line: ImportLine): void {
  run(work.db, 'INSERT OR REPLACE INTO import_line(job_id, line, status, ref, issue_id, error, warnings) VALUES (?,?,?,?,?,?,?)',
    idToBlob(jobId), line.line, line.status, line.ref, nullableIdToBlob(line.issueId),
    line.error === null ? null : JSON.stringify(line.error), JSON.stringify(line.warnings));
}
