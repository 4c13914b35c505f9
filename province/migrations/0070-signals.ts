import type { Migration } from './migration.ts';

/**
 * What a commit touched is told by the commit itself: a transaction that is rolled back signals nothing, and every server
 * of the province hears the others. The order of delivery is the order of commits. A payload of NOTIFY is less than 8,000
 * bytes: where more places were touched than go in, everyone is told.
 */
export const signals: Migration = {
  version: 70,
  name: 'commits and revocations signal themselves',
  sql: `
CREATE FUNCTION signal_places(at_seq bigint, organisation boolean, places jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  told text := jsonb_build_object('seq', at_seq, 'places', coalesce(places, '[]'))::text;
BEGIN
  IF organisation OR octet_length(told) > 7900 THEN
    told := jsonb_build_object('seq', at_seq)::text;
  END IF;
  PERFORM pg_notify('province', told);
END $$;
CREATE FUNCTION signal_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM signal_places(max(seq), bool_or(kind <> 'issue'), jsonb_agg(DISTINCT jsonb_build_array(site_id, service)))
    FROM written HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE FUNCTION signal_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM signal_places(max(seq), bool_or(kind <> 'issue'), jsonb_agg(DISTINCT jsonb_build_array(site_id, service)))
    FROM (SELECT seq, kind, site_id, service FROM written UNION ALL SELECT seq, kind, site_id, service FROM former) AS both_ways
    HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER record_signal_insert AFTER INSERT ON record REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION signal_added();
CREATE TRIGGER record_signal_update AFTER UPDATE ON record REFERENCING NEW TABLE AS written OLD TABLE AS former
  FOR EACH STATEMENT EXECUTE FUNCTION signal_changed();
CREATE FUNCTION signal_device() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('province', jsonb_build_object('cut', NEW.id)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER device_signal AFTER UPDATE ON device FOR EACH ROW
  WHEN (OLD.revoked_at_ms IS DISTINCT FROM NEW.revoked_at_ms OR OLD.scope_version <> NEW.scope_version)
  EXECUTE FUNCTION signal_device();
`,
};
