import type { Migration } from './migration.ts';

/**
 * Files that take the place of a link: the province's own keys (one row, made at the first start, carried by every backup), and
 * which file came when and by whom.
 */
export const stickFiles: Migration = {
  version: 80,
  name: 'files as a link',
  sql: `
CREATE TABLE stick_key (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  box_public text NOT NULL,
  box_private text NOT NULL,
  sign_public text NOT NULL,
  sign_private text NOT NULL
);
CREATE TABLE stick_file (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at_ms bigint NOT NULL,
  device_id uuid NOT NULL REFERENCES device (id),
  carrier_id uuid REFERENCES device (id),
  sha256 text NOT NULL,
  first_n bigint NOT NULL,
  last_n bigint NOT NULL,
  fresh integer NOT NULL
);
`,
};
