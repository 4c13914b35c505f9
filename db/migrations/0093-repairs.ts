import type { Migration } from './migration.ts';

/** What is compared with the province is read from an index alone; what was found to differ, and mended, is written down. */
export const repairs: Migration = {
  version: 93,
  name: 'comparing with the province, and what was mended',
  up(db) {
    db.exec(`CREATE INDEX ix_replica ON issue(site_id, id, version);
      CREATE TABLE repair_log (
        id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, place TEXT NOT NULL, buckets TEXT NOT NULL,
        added INTEGER NOT NULL, changed INTEGER NOT NULL, removed INTEGER NOT NULL
      )`);
  },
};
