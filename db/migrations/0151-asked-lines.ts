import type { Migration } from './migration.ts';

/** A line called to a record rings until it has answered: an index of the few records where one has not. */
export const askedLines: Migration = {
  version: 151,
  name: 'records to which a line has been called that has not answered',
  up(db) {
    db.exec("CREATE INDEX ix_asked ON issue(severity) WHERE is_open = 1 AND rest ->> '$.asked[0].line' IS NOT NULL");
  },
};
