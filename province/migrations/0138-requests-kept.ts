import type { Migration } from './migration.ts';

/** Which requests about personal data still tell of whoever asked (retention.ts). */
export const requestsKept: Migration = {
  version: 138,
  name: 'requests that still tell of persons',
  sql: `
CREATE INDEX record_request_kept ON record (id) WHERE kind = 'request' AND NOT deleted AND data->>'personalErasedAtMs' IS NULL;
`,
};
