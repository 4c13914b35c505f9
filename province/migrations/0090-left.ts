import type { Migration } from './migration.ts';

/**
 * Where a record has been and is no more, and since which seq: whoever sees that place but not the new one is told that
 * the record has left. Noted by a trigger, so that no writer of `record` can forget it; coming back takes the note away.
 */
export const left: Migration = {
  version: 90,
  name: 'places that a record has left',
  sql: `
CREATE TABLE record_left (
  kind text NOT NULL,
  id uuid NOT NULL,
  site_id uuid NOT NULL,
  service text NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (kind, id, site_id, service)
);
CREATE INDEX record_left_by_seq ON record_left (seq);
CREATE FUNCTION note_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO record_left (kind, id, site_id, service, seq) VALUES (OLD.kind, OLD.id, OLD.site_id, OLD.service, NEW.seq)
    ON CONFLICT (kind, id, site_id, service) DO UPDATE SET seq = excluded.seq;
  DELETE FROM record_left WHERE kind = NEW.kind AND id = NEW.id AND site_id = NEW.site_id AND service = NEW.service;
  RETURN NULL;
END $$;
CREATE TRIGGER record_left_note AFTER UPDATE ON record FOR EACH ROW
  WHEN (OLD.kind = 'issue' AND (OLD.site_id, OLD.service) IS DISTINCT FROM (NEW.site_id, NEW.service))
  EXECUTE FUNCTION note_left();
`,
};
