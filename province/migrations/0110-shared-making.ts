import type { Migration } from './migration.ts';

/** A copy lies in the database from its first chunk on; `share` says how far it is, null once it is complete. */
export const sharedMaking: Migration = {
  version: 110,
  name: 'copies that are being made',
  sql: `
ALTER TABLE snapshot ADD COLUMN share real;
`,
};
