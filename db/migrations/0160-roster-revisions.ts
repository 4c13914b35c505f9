import type { Migration } from './migration.ts';

/** By which save a month that is being planned, or a copy of it, is as it stands: a window that has read another one does not write over it. */
export const rosterRevisions: Migration = {
  version: 160,
  name: 'who saves a duty roster says what they have read of it',
  up(db) {
    for (const table of ['roster_plan', 'roster_copy']) db.exec(`ALTER TABLE ${table} ADD COLUMN revision TEXT NOT NULL DEFAULT ''`);
  },
};
