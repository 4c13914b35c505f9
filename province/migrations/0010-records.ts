import type { Migration } from './migration.ts';

/**
 * The replicated rows and the one counter that orders them. A row's seq is the order of commits: the counter row stays
 * locked until the commit, so nobody can see a later seq before an earlier one. Sequences (`nextval`) and times of
 * change lose rows: a reader's cursor passes what is not yet committed.
 */
export const records: Migration = {
  version: 10,
  name: 'records in commit order',
  sql: `
CREATE TABLE sync_head (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  seq bigint NOT NULL DEFAULT 0,
  epoch text NOT NULL,
  province_id uuid NOT NULL,
  name text NOT NULL,
  cluster text,
  bumped_by xid8
);
CREATE TABLE record (
  kind text NOT NULL,
  id uuid NOT NULL,
  seq bigint NOT NULL,
  site_id uuid,
  service text,
  deleted boolean NOT NULL DEFAULT false,
  data jsonb NOT NULL,
  PRIMARY KEY (kind, id)
);
CREATE INDEX record_by_seq ON record (seq);
CREATE FUNCTION guard_sync_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'sync_head is one row for ever';
  END IF;
  IF NEW.seq = OLD.seq THEN
    NEW.bumped_by := OLD.bumped_by;
    RETURN NEW;
  END IF;
  IF NEW.seq <> OLD.seq + 1 OR OLD.bumped_by = pg_current_xact_id() THEN
    RAISE EXCEPTION 'sync_head.seq counts by one, once in a transaction';
  END IF;
  NEW.bumped_by := pg_current_xact_id();
  RETURN NEW;
END $$;
CREATE TRIGGER sync_head_guard BEFORE UPDATE OR DELETE ON sync_head FOR EACH ROW EXECUTE FUNCTION guard_sync_head();
CREATE TRIGGER sync_head_stays BEFORE TRUNCATE ON sync_head FOR EACH STATEMENT EXECUTE FUNCTION guard_sync_head();
CREATE FUNCTION guard_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head sync_head%ROWTYPE;
BEGIN
  SELECT * INTO STRICT head FROM sync_head;
  IF TG_OP = 'TRUNCATE' OR head.bumped_by IS DISTINCT FROM pg_current_xact_id() THEN
    RAISE EXCEPTION 'record is written by commit_changes only';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM written WHERE seq <> head.seq) THEN
    RAISE EXCEPTION 'a written record carries the seq of its transaction';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER record_insert AFTER INSERT ON record REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION guard_record();
CREATE TRIGGER record_update AFTER UPDATE ON record REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION guard_record();
CREATE TRIGGER record_delete AFTER DELETE ON record FOR EACH STATEMENT EXECUTE FUNCTION guard_record();
CREATE TRIGGER record_truncate BEFORE TRUNCATE ON record FOR EACH STATEMENT EXECUTE FUNCTION guard_record();
`,
};
