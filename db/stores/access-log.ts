import { ACCESS_PAGE, afterLine, lineBefore, type AccessEntry, type AccessFilter, type AccessLine, type AccessPage } from '../../contract/access-log.ts';
import type { Id } from '../../contract/ids.ts';
import type { Scope } from '../../contract/org.ts';
import { allRows, blobToId, getRow, idToBlob, nullableBlobToId, nullableIdToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';
import { outside } from './issues.ts';

/** Adds a line; it is never changed, and goes to the province when there is a link. */
export function addAccessLine(work: Work, { id, atMs, personId, issueId, ground, reason, records }: AccessLine): void {
  run(work.db, 'INSERT INTO access_line(id, at_ms, person_id, issue_id, ground, reason, records) VALUES (?,?,?,?,?,?,?)',
    idToBlob(id), atMs, idToBlob(personId), nullableIdToBlob(issueId), ground, reason, records);
  work.touch('access');
}

export function markAccessSent(work: Work, ids: readonly Id[]): void {
  for (const id of ids) run(work.db, 'UPDATE access_line SET sent=1 WHERE id=?', idToBlob(id));
  work.touch('access');
}

/** The province was restored from an older copy: it takes again what it does not have, and knows the rest by its ids. */
export function offerAccessAgain(work: Work): void {
  if (run(work.db, 'UPDATE access_line SET sent=0 WHERE sent=1').changes > 0) work.touch('access');
}

interface LineRow { id: Uint8Array; at_ms: number; person_id: Uint8Array; issue_id: Uint8Array | null; ground: AccessLine['ground']; reason: string; records: number }

function toLine(row: LineRow): AccessLine {
  return { id: blobToId(row.id), atMs: row.at_ms, personId: blobToId(row.person_id), issueId: nullableBlobToId(row.issue_id), ground: row.ground, reason: row.reason, records: row.records };
}

/** The oldest lines that the province does not have yet. */
export function readUnsentAccess(db: Database, limit: number): AccessLine[] {
  return allRows<LineRow>(db, 'SELECT id, at_ms, person_id, issue_id, ground, reason, records FROM access_line WHERE sent=0 ORDER BY at_ms LIMIT ?', limit).map(toLine);
}

export function countUnsentAccess(db: Database): number {
  return getRow<{ n: number }>(db, 'SELECT count(*) AS n FROM access_line WHERE sent=0')?.n ?? 0;
}

/**
 * A page of this workstation's lines, the newest first; of records that are here and outside the scope, none.
 *
 * @param station how this workstation is called in the lines
 */
export function readAccessPage(db: Database, { filter, after, scope }: { filter: AccessFilter; after: string | null; scope: Scope }, station: string): AccessPage {
  const from = lineBefore(after);
  const where = ['(v.at_ms, v.id) < (?, ?)'];
  const params: unknown[] = [from.atMs, idToBlob(from.id)];
  const only = (sql: string, ...values: unknown[]): void => { where.push(sql); params.push(...values); };
  const hidden = outside(scope);
  if (hidden !== null) only(`NOT EXISTS (SELECT 1 FROM issue WHERE id = v.issue_id AND ${hidden.where})`, ...hidden.params);
  if (filter.personId !== null) only('v.person_id = ?', idToBlob(filter.personId));
  if (filter.issueNo !== null) only('v.issue_id IN (SELECT id FROM issue WHERE display_no = ? OR provisional_no = ?)', filter.issueNo, filter.issueNo);
  if (filter.fromMs !== null) only('v.at_ms >= ?', filter.fromMs);
  if (filter.toMs !== null) only('v.at_ms < ?', filter.toMs);
  if (filter.grounds !== null) only('v.ground IN (SELECT value FROM json_each(?))', JSON.stringify(filter.grounds));
  const rows = allRows<LineRow & { sent: number; name: string | null; no: string | null }>(db, `SELECT v.id, v.at_ms, v.person_id, v.issue_id, v.ground, v.reason, v.records, v.sent,
      (SELECT data ->> '$.name' FROM org_row WHERE kind = 'person' AND id = v.person_id) AS name,
      (SELECT coalesce(display_no, provisional_no) FROM issue WHERE id = v.issue_id) AS no
    FROM access_line v WHERE ${where.join(' AND ')} ORDER BY v.at_ms DESC, v.id DESC LIMIT ${ACCESS_PAGE + 1}`, ...params);
  const entries = rows.slice(0, ACCESS_PAGE).map((row): AccessEntry => ({ ...toLine(row), personName: row.name ?? '', issueNo: row.no ?? '', station, sent: row.sent === 1 }));
  const last = entries.at(-1);
  return { entries, next: rows.length > ACCESS_PAGE && last !== undefined ? afterLine(last) : null };
}
