import type { Migration } from './migration.ts';

/**
 * What tells of rows that are gone is kept for a time only. `sync_moment` says up to which seq things were done by when;
 * `device.pulled_seq` from where a station has last pulled; `pruned_seq` below which no cursor can be followed any more.
 */
export const horizon: Migration = {
  version: 91,
  name: 'what is gone is told of for a time only',
  sql: `
ALTER TABLE sync_head ADD COLUMN pruned_seq bigint NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN pulled_seq bigint, ADD COLUMN pulled_at_ms bigint;
CREATE TABLE sync_moment (
  at_ms bigint PRIMARY KEY,
  seq bigint NOT NULL
);
CREATE INDEX record_deleted ON record (seq) WHERE deleted;
CREATE FUNCTION prune_up_to(horizon bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  last bigint;
  rows_gone integer;
  notes_gone integer;
BEGIN
  SELECT max(seq) INTO last FROM (
    SELECT seq FROM record WHERE deleted AND seq <= horizon UNION ALL SELECT seq FROM record_left WHERE seq <= horizon) told;
  IF last IS NULL THEN
    RETURN 0;
  END IF;
  UPDATE sync_head SET seq = seq + 1, pruned_seq = greatest(pruned_seq, last);
  DELETE FROM record WHERE deleted AND seq <= last;
  GET DIAGNOSTICS rows_gone = ROW_COUNT;
  DELETE FROM record_left WHERE seq <= last;
  GET DIAGNOSTICS notes_gone = ROW_COUNT;
  RETURN rows_gone + notes_gone;
END $$;
`,
};
