import type { Migration } from './migration.ts';

const OF_ROWS = `SELECT CASE WHEN kind = 'issue' THEN site_id ELSE '00000000-0000-0000-0000-000000000000' END,
    CASE WHEN kind = 'issue' THEN service ELSE 'organisation' END, get_byte(uuid_send(id), 15),`;

/** Adds to the digests what a statement has written, and takes off what was there before. */
const noted = (name: string, changes: string): string => `
CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO place_digest (site_id, service, bucket, rows, digest)
    ${OF_ROWS} sum(sign), mod(mod(sum(sign * row_digest(id, seq)::numeric), 18446744073709551616) + 18446744073709551616, 18446744073709551616)
    FROM (${changes}) c GROUP BY 1, 2, 3
    ON CONFLICT (site_id, service, bucket) DO UPDATE
      SET rows = place_digest.rows + excluded.rows, digest = mod(place_digest.digest + excluded.digest, 18446744073709551616);
  RETURN NULL;
END $$;`;
const changesOf = (table: string, sign: number): string => `SELECT kind, id, seq, site_id, service, ${sign} AS sign FROM ${table} WHERE NOT deleted`;

/**
 * The count and digest (contract/digest.ts) of the rows of each place, service and bucket, kept up with every statement that
 * writes `record`: what a scope holds is then a sum of few rows. `place_digests()` counts them from the rows themselves.
 */
export const digests: Migration = {
  version: 92,
  name: 'count and digest of the rows of each place',
  sql: `
CREATE TABLE place_digest (
  site_id uuid NOT NULL,
  service text NOT NULL,
  bucket integer NOT NULL,
  rows bigint NOT NULL,
  digest numeric(20) NOT NULL,
  PRIMARY KEY (site_id, service, bucket)
) WITH (fillfactor = 50);
CREATE FUNCTION row_digest(id uuid, seq bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT ('x' || left(md5(id::text || ':' || seq::text), 16))::bit(64)::bigint
$$;
CREATE FUNCTION place_digests() RETURNS TABLE (site_id uuid, service text, bucket integer, rows bigint, digest numeric) LANGUAGE sql STABLE AS $$
  ${OF_ROWS} count(*), mod(mod(sum(row_digest(id, seq)::numeric), 18446744073709551616) + 18446744073709551616, 18446744073709551616)
  FROM record WHERE NOT deleted GROUP BY 1, 2, 3
$$;
${noted('note_digest_of_added', changesOf('written', 1))}
${noted('note_digest_of_changed', `${changesOf('written', 1)} UNION ALL ${changesOf('former', -1)}`)}
${noted('note_digest_of_gone', changesOf('former', -1))}
CREATE TRIGGER record_insert_digest AFTER INSERT ON record REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION note_digest_of_added();
CREATE TRIGGER record_update_digest AFTER UPDATE ON record REFERENCING OLD TABLE AS former NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION note_digest_of_changed();
CREATE TRIGGER record_delete_digest AFTER DELETE ON record REFERENCING OLD TABLE AS former
  FOR EACH STATEMENT EXECUTE FUNCTION note_digest_of_gone();
INSERT INTO place_digest SELECT * FROM place_digests();
`,
};
