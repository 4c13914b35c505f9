import type { Migration } from './migration.ts';

/** By which record another was joined to it (case-root.ts): few records are, and only those are in the index. */
export const merged: Migration = {
  version: 137,
  name: 'records that are joined to another',
  sql: `
CREATE INDEX record_merged ON record USING gin ((data->'merges') jsonb_path_ops)
  WHERE kind = 'issue' AND NOT deleted AND data ? 'merges' AND data->'merges' <> '[]';
`,
};
