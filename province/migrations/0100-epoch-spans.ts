import type { Migration } from './migration.ts';

/** Each start of a server opens a span of the log: a cursor tells by its epoch whether it was given in what this database remembers. */
export const epochSpans: Migration = {
  version: 100,
  name: 'spans of the log',
  sql: `
CREATE TABLE epoch_span (
  epoch text PRIMARY KEY,
  ordinal bigint NOT NULL UNIQUE,
  from_seq bigint NOT NULL
);
`,
};
