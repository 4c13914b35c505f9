import type { Migration } from './migration.ts';

/**
 * Files of records: which lie on this machine (`attachment_blob`; the salt belongs to the file's key) and which of a record
 * were added here and are to be sent, or were (`attachment_out`).
 */
export const attachments: Migration = {
  version: 60,
  name: 'files of records',
  up(db) {
    db.exec(`
CREATE TABLE attachment_blob (
  sha256 TEXT PRIMARY KEY, bytes INTEGER NOT NULL, salt BLOB NOT NULL, kept_at_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE attachment_out (
  issue_id BLOB NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, is_thumb INTEGER NOT NULL,
  sent_at_ms INTEGER, error TEXT,
  PRIMARY KEY (issue_id, sha256)
) WITHOUT ROWID;
CREATE INDEX attachment_unsent ON attachment_out (is_thumb DESC, bytes) WHERE sent_at_ms IS NULL AND error IS NULL;`);
  },
};
