import type { Migration } from './migration.ts';

/**
 * Several servers on one database, and several stations in one commit. The rows still go through `commit_changes`; the
 * verdicts of all stations take its seq. Copies lie where every server finds them. `timeline` is PostgreSQL's own count
 * of promotions and recoveries to an earlier point.
 */
export const severalServers: Migration = {
  version: 75,
  name: 'commits of several stations; shared copies; the timeline',
  sql: `
CREATE FUNCTION commit_group(batch jsonb, stations jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  new_seq bigint := commit_changes(batch);
BEGIN
  INSERT INTO verdict (device_id, n, data)
    SELECT (s->>'id')::uuid, (v->>'n')::bigint, v || jsonb_build_object('seq', new_seq)
    FROM jsonb_array_elements(stations) AS s, jsonb_array_elements(s->'verdicts') AS v;
  UPDATE device SET last_n = s.last_n
    FROM jsonb_to_recordset(stations) AS s(id uuid, last_n bigint) WHERE device.id = s.id;
  RETURN new_seq;
END $$;
CREATE TABLE snapshot (
  id text PRIMARY KEY,
  scope_key text NOT NULL,
  manifest jsonb NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX snapshot_by_scope ON snapshot (scope_key, made_at);
CREATE TABLE snapshot_chunk (
  snapshot_id text NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
  index integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (snapshot_id, index)
);
ALTER TABLE snapshot_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE sync_head ADD COLUMN timeline text;
`,
};
