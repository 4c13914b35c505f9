import type { Migration } from './migration.ts';

/** Two people apart may offer a record to a line and join it to another one: the offer, or the call of a line, then stands on a part. */
export const offersOnParts: Migration = {
  version: 156,
  name: 'offers and calls on parts of a case are found too',
  up(db) {
    const waits = '(is_open = 1 OR case_id IS NOT NULL AND state NOT IN (3, 8, 10, 15))';
    db.exec(`DROP INDEX ix_offered;
      DROP INDEX ix_asked;
      CREATE INDEX ix_offered ON issue(severity) WHERE ${waits} AND lines <> 0;
      CREATE INDEX ix_asked ON issue(severity) WHERE ${waits} AND rest ->> '$.asked[0].line' IS NOT NULL`);
  },
};
