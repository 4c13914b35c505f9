import type { Migration } from './migration.ts';

/**
 * Which records still have their persons, by what they are kept for and when they came (retention.ts), and which stored verdicts tell of one
 * (`verdict_person`): the values that an edit of the reporter lost.
 */
export const erasure: Migration = {
  version: 136,
  name: 'erasing who reported and who was hurt',
  sql: `
CREATE INDEX record_with_persons ON record ((CASE WHEN data->>'state' = 'false_report' THEN 'false' WHEN data->>'class' = 'incident' THEN 'incident' ELSE 'issue' END), (data->'receivedAtMs'), id)
  WHERE kind = 'issue' AND NOT deleted AND data->>'personalErasedAtMs' IS NULL;
CREATE TABLE verdict_person (
  issue_id uuid NOT NULL,
  device_id uuid NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (issue_id, device_id, n)
);
`,
};
