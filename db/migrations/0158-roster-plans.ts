import type { Migration } from './migration.ts';

/** Months of duty as they are planned at this workstation, one a line and month. */
export const rosterPlans: Migration = {
  version: 158,
  name: 'duty rosters as they are planned',
  up(db) {
    db.exec('CREATE TABLE roster_plan (service TEXT NOT NULL, month TEXT NOT NULL, data TEXT NOT NULL, person_id BLOB NOT NULL, saved_at_ms INTEGER NOT NULL, PRIMARY KEY (service, month)) WITHOUT ROWID');
  },
};
