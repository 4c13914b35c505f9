import type { Migration } from './migration.ts';

/** Records that a unit has are looked at every minute (ladder.ts): some thousands among a million that have ended. */
export const withUnit: Migration = {
  version: 120,
  name: 'records that a unit has',
  sql: `
CREATE INDEX record_with_unit ON record (id) WHERE kind = 'issue' AND NOT deleted
  AND data->>'state' IN ('forwarded', 'unverified_forwarded', 'accepted', 'in_progress', 'awaiting_info', 'on_hold', 'reopened');
`,
};
