import type { Migration } from './migration.ts';

/**
 * Records are asked for by the number that their caller was given, which is the provisional one, long after they have a
 * final one. Full text finds it too, but all of its parts stand in nearly every record.
 */
export const provisionalNumbers: Migration = {
  version: 20,
  name: 'provisional numbers have an index',
  up(db) {
    db.exec('CREATE INDEX ix_provisional ON issue(provisional_no)');
  },
};
