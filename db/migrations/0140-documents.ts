import type { Migration } from './migration.ts';

/**
 * Documents beside records (contract/documents): whole as JSON, with what they are found, listed and scoped by in columns; `lines` are bits
 * like a record's. What waits under a pending change says of which kind it is.
 */
export const documents: Migration = {
  version: 140,
  name: 'documents beside records',
  up(db) {
    db.exec(`CREATE TABLE document (
        id BLOB PRIMARY KEY, kind TEXT NOT NULL, site_id BLOB NOT NULL, lines INTEGER NOT NULL, at_ms INTEGER NOT NULL,
        sync INTEGER NOT NULL, version INTEGER NOT NULL, data TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX ix_document ON document(kind, at_ms);
      ALTER TABLE base_row ADD COLUMN kind TEXT NOT NULL DEFAULT 'issue'`);
  },
};
