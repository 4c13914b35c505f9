import type { Migration } from './migration.ts';

/** What was sent of a record is found when its persons are erased. */
export const erasure: Migration = {
  version: 146,
  name: 'judged changes are found by their record',
  up(db) {
    db.exec(`CREATE INDEX ix_sent_issue ON sent_log(payload ->> '$.id')`);
  },
};
