import type { Issue } from '../contract/issue.ts';
import { allRows, type Database } from './database.ts';
import { indexedForms, optimizeText } from './full-text.ts';
import { sealOf } from './seal.ts';
import { INSERT_ISSUE, issueText, rowValues, SENT, toRow } from './stores/issues.ts';

const ROWS_PER_TRANSACTION = 20_000;

/**
 * Fills a database with many records at once, as if the province had sent them: the same tables, indexes and text as
 * by the ordinary way, several times faster, because secondary indexes are built at the end. For benches and samples,
 * on a writer's connection that nobody else uses: a stop in the middle leaves a file without its indexes.
 *
 * @param issues records whose ids are not there yet
 * @returns how many were written
 */
export function loadIssues(db: Database, issues: Iterable<Issue>): number {
  const indexes = allRows<{ name: string; sql: string }>(db, `SELECT name, sql FROM sqlite_schema WHERE type='index' AND tbl_name='issue' AND sql IS NOT NULL`);
  for (const index of indexes) db.exec(`DROP INDEX ${index.name}`);
  db.pragma('synchronous=OFF');
  try {
    const count = insertAll(db, issues);
    for (const index of indexes) db.exec(index.sql);
    optimizeText(db);
    return count;
  } finally {
    db.pragma('synchronous=FULL');
    db.pragma('wal_checkpoint(TRUNCATE)');
  }
}

function insertAll(db: Database, issues: Iterable<Issue>): number {
  const seal = sealOf(db);
  const insert = db.prepare(INSERT_ISSUE);
  const exact = db.prepare('INSERT INTO ex(rowid, t) VALUES (?, ?)');
  const folded = db.prepare('INSERT INTO fo(rowid, t) VALUES (?, ?)');
  let count = 0;
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const issue of issues) {
      const rid = insert.run(...rowValues(toRow(seal, issue, SENT))).lastInsertRowid;
      const forms = indexedForms(issueText(issue), seal);
      exact.run(rid, forms.exact);
      folded.run(rid, forms.folded);
      count++;
      if (count % ROWS_PER_TRANSACTION === 0) db.exec('COMMIT; BEGIN IMMEDIATE');
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
  return count;
}
