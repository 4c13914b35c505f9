import type { Migration } from './migration.ts';

/**
 * Records are written as they are read: whole and often. Rows of up to 8 KB stay in their page uncompressed (they travel
 * compressed anyway), and new rows are told apart from changed ones by the caller, so that each is taken apart once.
 */
export const largerRows: Migration = {
  version: 40,
  name: 'records uncompressed in their page; new and changed rows told apart',
  sql: `
ALTER TABLE record SET (toast_tuple_target = 8160);
CREATE OR REPLACE FUNCTION commit_changes(batch jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  new_seq bigint;
  added integer := jsonb_array_length(coalesce(batch->'added', '[]'));
  changed integer := jsonb_array_length(coalesce(batch->'changed', '[]'));
  written integer;
BEGIN
  IF added + changed = 0 THEN
    SELECT seq INTO STRICT new_seq FROM sync_head;
  ELSE
    UPDATE sync_head SET seq = seq + 1 RETURNING seq INTO STRICT new_seq;
  END IF;
  IF added > 0 THEN
    INSERT INTO record (kind, id, seq, site_id, service, deleted, data)
      SELECT x.kind, x.id, new_seq, x.site_id, x.service, x.deleted,
        CASE WHEN x.kind = 'issue' THEN x.data || jsonb_build_object('version', new_seq) ELSE x.data END
      FROM jsonb_to_recordset(batch->'added') AS x(kind text, id uuid, site_id uuid, service text, deleted boolean, data jsonb)
      ON CONFLICT (kind, id) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> added THEN
      RAISE EXCEPTION 'a new row is already there' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  IF changed > 0 THEN
    UPDATE record r SET seq = new_seq, site_id = x.site_id, service = x.service, deleted = x.deleted,
        data = CASE WHEN x.kind = 'issue' THEN x.data || jsonb_build_object('version', new_seq) ELSE x.data END
      FROM jsonb_to_recordset(batch->'changed')
        AS x(kind text, id uuid, site_id uuid, service text, deleted boolean, data jsonb, expected bigint)
      WHERE r.kind = x.kind AND r.id = x.id AND r.seq = x.expected;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> changed THEN
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
