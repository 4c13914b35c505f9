/**
 * Rows of these kinds belong to a site and its lines: they are counted with their place, only whoever sees it is told of them, and leaving it is noted.
 * Rows of no other kind are touched; none of a kind that is added may be there yet.
 *
 * @param kinds every such kind as of a step
 */
export function placedKinds(kinds: readonly string[]): string {
  const PLACED = `kind IN (${kinds.map(kind => `'${kind}'`).join(', ')})`;
  const OF_ROWS = `SELECT CASE WHEN ${PLACED} THEN site_id ELSE '00000000-0000-0000-0000-000000000000' END,
      CASE WHEN ${PLACED} THEN service ELSE 'organisation' END, get_byte(uuid_send(id), 15),`;
  const noted = (name: string, changes: string): string => `
CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO place_digest (site_id, service, bucket, rows, digest)
    ${OF_ROWS} sum(sign), mod(mod(sum(sign * row_digest(id, seq)::numeric), 18446744073709551616) + 18446744073709551616, 18446744073709551616)
    FROM (${changes}) c GROUP BY 1, 2, 3
    ON CONFLICT (site_id, service, bucket) DO UPDATE
      SET rows = place_digest.rows + excluded.rows, digest = mod(place_digest.digest + excluded.digest, 18446744073709551616);
  RETURN NULL;
END $$;`;
  const changesOf = (table: string, sign: number): string => `SELECT kind, id, seq, site_id, service, ${sign} AS sign FROM ${table} WHERE NOT deleted`;
  const signalled = (name: string, rows: string): string => `
CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM signal_places(max(seq), bool_or(NOT (${PLACED})), jsonb_agg(DISTINCT jsonb_build_array(site_id, service)))
    FROM ${rows} HAVING count(*) > 0;
  RETURN NULL;
END $$;`;
  return `
CREATE OR REPLACE FUNCTION place_digests() RETURNS TABLE (site_id uuid, service text, bucket integer, rows bigint, digest numeric) LANGUAGE sql STABLE AS $$
  ${OF_ROWS} count(*), mod(mod(sum(row_digest(id, seq)::numeric), 18446744073709551616) + 18446744073709551616, 18446744073709551616)
  FROM record WHERE NOT deleted GROUP BY 1, 2, 3
$$;
${noted('note_digest_of_added', changesOf('written', 1))}
${noted('note_digest_of_changed', `${changesOf('written', 1)} UNION ALL ${changesOf('former', -1)}`)}
${noted('note_digest_of_gone', changesOf('former', -1))}
${signalled('signal_added', 'written')}
${signalled('signal_changed', '(SELECT seq, kind, site_id, service FROM written UNION ALL SELECT seq, kind, site_id, service FROM former) AS both_ways')}
DROP TRIGGER record_left_note ON record;
CREATE TRIGGER record_left_note AFTER UPDATE ON record FOR EACH ROW
  WHEN (OLD.${PLACED} AND (OLD.site_id, OLD.service) IS DISTINCT FROM (NEW.site_id, NEW.service))
  EXECUTE FUNCTION note_left();
DROP INDEX record_by_bucket;
CREATE INDEX record_by_bucket ON record (site_id, get_byte(uuid_send(id), 15), id) WHERE ${PLACED};
`;
}
