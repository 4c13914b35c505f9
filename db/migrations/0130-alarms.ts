import type { Migration } from './migration.ts';

/** What rings is looked for after every change: three indexes of the few records that may. */
export const alarms: Migration = {
  version: 130,
  name: 'records that wait for a person',
  up(db) {
    db.exec(`CREATE INDEX ix_waiting ON issue(severity, received_at) WHERE is_open = 1 AND state = 0;
      CREATE INDEX ix_waiting_part ON issue(severity, received_at) WHERE case_id IS NOT NULL AND state = 0;
      CREATE INDEX ix_offered ON issue(severity) WHERE is_open = 1 AND lines <> 0;`);
  },
};
