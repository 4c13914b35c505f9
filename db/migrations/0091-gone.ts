import type { Migration } from './migration.ts';

/** A record that a new copy does not have stays in view while changes of it wait; once they are judged it goes. */
export const gone: Migration = {
  version: 91,
  name: 'records that are gone at the province while changes wait',
  up(db) {
    db.exec('ALTER TABLE base_row ADD COLUMN gone INTEGER NOT NULL DEFAULT 0');
  },
};
