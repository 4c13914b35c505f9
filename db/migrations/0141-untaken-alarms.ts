import type { Migration } from './migration.ts';

/**
 * What rings is looked for after every change, and what has been taken up rings no more: it leaves the indexes, however long it then stays in the queue as
 * it came. Before, each such record was read at every look.
 */
export const untakenAlarms: Migration = {
  version: 141,
  name: 'of what rings only what nobody has taken up',
  up(db) {
    db.exec(`DROP INDEX ix_waiting;
      DROP INDEX ix_waiting_part;
      CREATE INDEX ix_waiting ON issue(severity, received_at) WHERE is_open = 1 AND state = 0 AND rest ->> '$.acknowledged' IS NULL;
      CREATE INDEX ix_waiting_part ON issue(severity, received_at) WHERE case_id IS NOT NULL AND state = 0 AND rest ->> '$.acknowledged' IS NULL;`);
  },
};
