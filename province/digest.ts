import { BUCKETS, ORGANISATION } from '../contract/digest.ts';
import { AppError } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import type { Scope } from '../contract/org.ts';
import type { Row } from '../contract/province.ts';
import type { Device } from './devices.ts';
import { cursorOf } from './pull.ts';
import type { Sql } from './sql.ts';
import { PLACED, scopeParams, type StoredRow } from './store.ts';

/** Rows of one answer, and what they may come to as JSON. */
const PAGE_ROWS = 500;
const PAGE_BYTES = 4 << 20;
const NO_SITE: Id = '00000000-0000-0000-0000-000000000000';

interface Sums { seq: number; epoch: string; sums: { key: string; rows: number; digest: string }[] | null }

/** SQL that keeps of `place_digest` what a scope may see. Takes two parameters from $1 on. */
const WITHIN = `(service = '${ORGANISATION}' OR (($1::uuid[] IS NULL OR site_id = ANY($1::uuid[])) AND ($2::text[] IS NULL OR service = ANY($2::text[]))))`;

/** How many rows a scope sees. */
export async function rowsWithin(sql: Sql, scope: Scope): Promise<number> {
  const [sum] = await sql.query<{ rows: number }>(`SELECT coalesce(sum(rows), 0)::int AS rows FROM place_digest WHERE ${WITHIN}`, scopeParams(scope));
  return sum?.rows ?? 0;
}

/** What lies in the scope, summed by `key`, and the seq at which it does: one statement sees one moment. */
async function sumsBy(sql: Sql, device: Device, key: string, siteId: Id | null): Promise<{ cursor: string; sums: Map<string, { rows: number; digest: string }> }> {
  const [found] = await sql.query<Sums>(`SELECT seq, epoch, (
      SELECT json_agg(s) FROM (SELECT ${key} AS key, sum(rows) AS rows, mod(sum(digest), 18446744073709551616)::text AS digest FROM place_digest
        WHERE ${WITHIN} AND ($3::uuid IS NULL OR site_id = $3::uuid)
        GROUP BY 1 HAVING sum(rows) > 0) s) AS sums
    FROM sync_head`, [...scopeParams(device.scope), siteId]);
  if (found === undefined) throw new Error('the database has no sync_head');
  const cursor = cursorOf({ epoch: found.epoch, scopeVersion: device.scopeVersion, seq: found.seq });
  return { cursor, sums: new Map((found.sums ?? []).map(({ key: name, rows, digest }) => [name, { rows: Number(rows), digest: BigInt(digest).toString(16) }])) };
}

/** The cursor at head, and of each place in the scope how many rows it has and their digest. */
export async function digestOf(sql: Sql, device: Device): Promise<{ cursor: string; places: { place: string; rows: number; digest: string }[] }> {
  const { cursor, sums } = await sumsBy(sql, device, 'site_id::text', null);
  return { cursor, places: [...sums].map(([site, sum]) => ({ place: site === NO_SITE ? ORGANISATION : site, ...sum })) };
}

/** The same of a place's buckets, in their order. @throws {AppError} 'input/invalid' */
export async function bucketsOf(sql: Sql, device: Device, place: string): Promise<{ cursor: string; rows: number[]; digests: string[] }> {
  const { cursor, sums } = await sumsBy(sql, device, 'bucket::text', siteOf(place));
  const all = Array.from({ length: BUCKETS }, (_, bucket) => sums.get(String(bucket)) ?? { rows: 0, digest: '0' });
  return { cursor, rows: all.map(sum => sum.rows), digests: all.map(sum => sum.digest) };
}

/**
 * The rows of some buckets of a place, by kind and id.
 *
 * @param input.after where the page before ended, as `next` said it
 * @throws {AppError} 'input/invalid'
 */
export async function bucketRows(sql: Sql, device: Device, input: { place: string; buckets: readonly number[]; after?: string | undefined }): Promise<{ rows: Row[]; next: string | null }> {
  const siteId = siteOf(input.place);
  const [kind = '', id = NO_SITE] = input.after?.split(' ') ?? [];
  const [siteIds, services] = scopeParams(device.scope);
  const which = siteId === NO_SITE ? `kind NOT IN ${PLACED}` : `kind IN ${PLACED} AND site_id = $1 AND ($2::uuid[] IS NULL OR site_id = ANY($2::uuid[])) AND ($3::text[] IS NULL OR service = ANY($3::text[]))`;
  const places = siteId === NO_SITE ? [] : [siteId, siteIds, services];
  const at = places.length;
  const found = await sql.query<StoredRow & { bytes: number }>(`SELECT kind, id, seq, deleted, data, octet_length(data::text) AS bytes FROM record
    WHERE NOT deleted AND ${which} AND get_byte(uuid_send(id), 15) = ANY($${at + 1}::int[]) AND (kind, id) > ($${at + 2}, $${at + 3}::uuid)
    ORDER BY kind, id LIMIT ${PAGE_ROWS}`, [...places, input.buckets, kind, id]);
  let bytes = 0;
  const rows = found.filter((row, index) => (bytes += row.bytes) <= PAGE_BYTES || index === 0).map(({ bytes: _, ...row }): Row => row);
  const last = rows.at(-1);
  return { rows, next: last === undefined || (rows.length === found.length && found.length < PAGE_ROWS) ? null : `${last.kind} ${last.id}` };
}

function siteOf(place: string): Id {
  if (place === ORGANISATION) return NO_SITE;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(place)) throw new AppError('input/invalid', { field: 'place' });
  return place;
}
