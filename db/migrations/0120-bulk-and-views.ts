import type { Migration } from './migration.ts';

/**
 * Bulk actions with what undoes them, kept lists of the queue, and lines and category among what the sheet is read from.
 * A line's `undo` is what it set (`BulkUndo`); a view that is removed stays a while, for its undoing.
 */
export const bulkAndViews: Migration = {
  version: 120,
  name: 'bulk actions, their undoing, and saved views',
  up(db) {
    db.exec(`
CREATE TABLE bulk_job (id BLOB PRIMARY KEY, person_id BLOB NOT NULL, started_at_ms INTEGER NOT NULL, data TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX ix_bulk_person ON bulk_job(person_id, started_at_ms);
CREATE TABLE bulk_line (
  job_id BLOB NOT NULL, line INTEGER NOT NULL, issue_id BLOB NOT NULL, error TEXT, undo TEXT, PRIMARY KEY (job_id, line)
) WITHOUT ROWID;
CREATE TABLE saved_view (
  id BLOB PRIMARY KEY, scope TEXT NOT NULL, site_id BLOB NOT NULL, owner_id BLOB NOT NULL, data TEXT NOT NULL, removed_at_ms INTEGER
) WITHOUT ROWID;
CREATE TABLE default_view (person_id BLOB PRIMARY KEY, view_id BLOB NOT NULL) WITHOUT ROWID;
DROP INDEX ix_cover;
CREATE INDEX ix_cover ON issue(received_at, state, service, severity, site_id, area_id, lead_unit_id, author_id, due_at, sync, is_open, lines, category);`);
  },
};
