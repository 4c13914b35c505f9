import type { Migration } from './migration.ts';

/**
 * For a million rows. A copy lies in the database from its first chunk on; `share` says how far it is, null once it is
 * complete. The rows of some buckets of a place (a repair) are found without looking at all others.
 */
export const manyRows: Migration = {
  version: 110,
  name: 'copies that are being made; records by place and bucket',
  sql: `
ALTER TABLE snapshot ADD COLUMN share real;
CREATE INDEX record_by_bucket ON record (site_id, get_byte(uuid_send(id), 15), id) WHERE kind = 'issue';
`,
};
