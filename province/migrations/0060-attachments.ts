import type { Migration } from './migration.ts';

/**
 * Files of records. Their bytes lie in a folder, by hash; `attachment_ref` says for which records somebody has brought
 * them, so that nobody gets a file by merely naming its hash; `attachment_upload` is what a station was promised to be taken.
 */
export const attachments: Migration = {
  version: 60,
  name: 'files of records',
  sql: `
CREATE TABLE attachment_blob (
  sha256 text PRIMARY KEY,
  bytes bigint NOT NULL,
  mime text NOT NULL,
  stored_at_ms bigint NOT NULL
);
CREATE TABLE attachment_ref (
  sha256 text NOT NULL REFERENCES attachment_blob,
  issue_id uuid NOT NULL,
  PRIMARY KEY (sha256, issue_id)
);
CREATE TABLE attachment_upload (
  device_id uuid NOT NULL,
  sha256 text NOT NULL,
  issue_id uuid NOT NULL,
  bytes bigint NOT NULL,
  mime text NOT NULL,
  offered_at_ms bigint NOT NULL,
  PRIMARY KEY (device_id, sha256)
);
`,
};
