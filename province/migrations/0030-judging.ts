import type { Migration } from './migration.ts';

/** Verdicts, numbers, and `commit_changes`: the only writer of `record`, called as a transaction's last statement. */
export const judging: Migration = {
  version: 30,
  name: 'verdicts and commit_changes',
  sql: `
CREATE TABLE verdict (
  device_id uuid NOT NULL REFERENCES device (id),
  n bigint NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (device_id, n)
);
CREATE TABLE number_counter (
  service text NOT NULL,
  year integer NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (service, year)
);
CREATE FUNCTION commit_changes(batch jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  new_seq bigint;
  wanted integer := jsonb_array_length(coalesce(batch->'rows', '[]'));
  inserted integer;
  updated integer := 0;
BEGIN
  IF wanted = 0 THEN
    SELECT seq INTO STRICT new_seq FROM sync_head;
  ELSE
    UPDATE sync_head SET seq = seq + 1 RETURNING seq INTO STRICT new_seq;
    INSERT INTO record (kind, id, seq, site_id, service, deleted, data)
      SELECT x.kind, x.id, new_seq, x.site_id, x.service, x.deleted,
        CASE WHEN x.kind = 'issue' THEN x.data || jsonb_build_object('version', new_seq) ELSE x.data END
      FROM jsonb_to_recordset(batch->'rows')
        AS x(kind text, id uuid, site_id uuid, service text, deleted boolean, data jsonb, expected bigint)
      WHERE x.expected = 0
      ON CONFLICT (kind, id) DO NOTHING;
    GET DIAGNOSTICS inserted = ROW_COUNT;
    IF inserted < wanted THEN
      UPDATE record r SET seq = new_seq, site_id = x.site_id, service = x.service, deleted = x.deleted,
          data = CASE WHEN x.kind = 'issue' THEN x.data || jsonb_build_object('version', new_seq) ELSE x.data END
        FROM jsonb_to_recordset(batch->'rows')
          AS x(kind text, id uuid, site_id uuid, service text, deleted boolean, data jsonb, expected bigint)
        WHERE x.expected > 0 AND r.kind = x.kind AND r.id = x.id AND r.seq = x.expected;
      GET DIAGNOSTICS updated = ROW_COUNT;
    END IF;
    IF inserted + updated <> wanted THEN
      RAISE EXCEPTION 'a row changed since it was read' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  INSERT INTO verdict (device_id, n, data)
    SELECT (batch->>'device_id')::uuid, (v->>'n')::bigint, v || jsonb_build_object('seq', new_seq)
    FROM jsonb_array_elements(coalesce(batch->'verdicts', '[]')) AS v;
  UPDATE device SET last_n = (batch->>'last_n')::bigint
    WHERE id = (batch->>'device_id')::uuid AND batch ? 'last_n';
  INSERT INTO number_counter (service, year, last)
    SELECT x.service, x.year, x.last
    FROM jsonb_to_recordset(coalesce(batch->'counters', '[]')) AS x(service text, year integer, last bigint)
    ON CONFLICT (service, year) DO UPDATE SET last = excluded.last;
  RETURN new_seq;
END $$;
`,
};
