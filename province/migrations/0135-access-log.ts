import type { Migration } from './migration.ts';

/** Who has read personal data at which station: lines that nobody changes or takes away, the administrators of the database apart. `site_id` is the record's, or the station's where a line is of no record. */
export const accessLog: Migration = {
  version: 135,
  name: 'who has read personal data',
  sql: `
CREATE TABLE access_line (
  id uuid PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES device (id),
  at_ms bigint NOT NULL,
  arrived_at_ms bigint NOT NULL,
  person_id uuid NOT NULL,
  issue_id uuid,
  ground text NOT NULL,
  reason text NOT NULL,
  records integer NOT NULL
);
CREATE INDEX access_line_by_time ON access_line (at_ms, id);
CREATE FUNCTION guard_access_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the access log is only added to';
END $$;
CREATE TRIGGER access_line_stays BEFORE UPDATE OR DELETE ON access_line FOR EACH ROW EXECUTE FUNCTION guard_access_line();
CREATE TRIGGER access_line_whole BEFORE TRUNCATE ON access_line FOR EACH STATEMENT EXECUTE FUNCTION guard_access_line();
`,
};
