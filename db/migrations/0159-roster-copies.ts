import type { Migration } from './migration.ts';

/** Copies of a month of duty beside its draft (phương án), each by its name. */
export const rosterCopies: Migration = {
  version: 159,
  name: 'copies of duty rosters that are being planned',
  up(db) {
    db.exec('CREATE TABLE roster_copy (service TEXT NOT NULL, month TEXT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL, person_id BLOB NOT NULL, saved_at_ms INTEGER NOT NULL, PRIMARY KEY (service, month, name)) WITHOUT ROWID');
  },
};
