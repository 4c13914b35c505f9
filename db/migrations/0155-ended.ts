import type { Migration } from './migration.ts';

/** What a shift has ended is found by when it ended, however long ago it came in: by the last line of its history, which is not older. */
export const ended: Migration = {
  version: 155,
  name: 'ended records are found by their last change',
  up(db) {
    db.exec(`CREATE INDEX ix_ended ON issue(coalesce(rest ->> '$.history[#-1].arrivedAtMs', rest ->> '$.history[#-1].atMs')) WHERE state IN (3, 8, 10, 15)`);
  },
};
