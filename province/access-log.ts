import { ACCESS_PAGE, afterLine, lineBefore, type AccessEntry, type AccessLine, type AccessPage, type AccessQuery } from '../contract/access-log.ts';
import type { Id } from '../contract/ids.ts';
import type { Device } from './devices.ts';
import type { Database } from './sql.ts';
import { narrowed, scopeParams } from './store.ts';

/**
 * Keeps lines of a station's access log. One that is here already stays as it came: a reply that got lost costs nothing. Nothing of a
 * line is judged; what a station says that its people have read is kept.
 */
export async function addAccessLines(db: Database, device: Pick<Device, 'id'>, lines: readonly AccessLine[], nowMs: number): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map(({ id, atMs, personId, issueId, ground, reason, records }) => ({ id, at_ms: atMs, person_id: personId, issue_id: issueId, ground, reason: reason.replaceAll('\0', '').toWellFormed(), records }));
  await db.query(`INSERT INTO access_line (id, device_id, at_ms, arrived_at_ms, person_id, issue_id, ground, reason, records)
    SELECT x.id, $1, x.at_ms, $2, x.person_id, x.issue_id, x.ground, x.reason, x.records
    FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, at_ms bigint, person_id uuid, issue_id uuid, ground text, reason text, records integer)
    ON CONFLICT (id) DO NOTHING`, [device.id, nowMs, JSON.stringify(rows)]);
}

interface Row { id: Id; at_ms: number; person_id: Id; issue_id: Id | null; ground: AccessLine['ground']; reason: string; records: number; person_name: string | null; issue_no: string | null; station: string }

/** A page of the log of all stations, the newest first, as far as station and person may see: by the record's place, or the station's where no record is meant or none is left. */
export async function searchAccessLog(db: Database, device: Pick<Device, 'scope'>, { filter, after, scope }: AccessQuery): Promise<AccessPage> {
  const [sites, services] = scopeParams(narrowed(device.scope, scope));
  const from = lineBefore(after);
  const rows = await db.query<Row>(`
    SELECT a.id, a.at_ms, a.person_id, a.issue_id, a.ground, a.reason, a.records, p.data->>'name' AS person_name,
      coalesce(r.data->>'displayNo', r.data->>'provisionalNo') AS issue_no, d.station_code || ' · ' || d.station_name AS station
    FROM access_line a JOIN device d ON d.id = a.device_id
    LEFT JOIN record r ON r.kind = 'issue' AND r.id = a.issue_id AND NOT r.deleted
    LEFT JOIN record p ON p.kind = 'person' AND p.id = a.person_id
    WHERE (a.at_ms, a.id) < ($1::bigint, $2::uuid)
      AND ($3::uuid[] IS NULL OR coalesce(r.site_id, d.site_id) = ANY($3::uuid[])) AND ($4::text[] IS NULL OR r.id IS NULL OR r.service = ANY($4::text[]))
      AND ($5::uuid IS NULL OR a.person_id = $5) AND ($6::text IS NULL OR r.data->>'displayNo' = $6 OR r.data->>'provisionalNo' = $6)
      AND ($7::bigint IS NULL OR a.at_ms >= $7) AND ($8::bigint IS NULL OR a.at_ms < $8) AND ($9::text[] IS NULL OR a.ground = ANY($9::text[]))
    ORDER BY a.at_ms DESC, a.id DESC LIMIT ${ACCESS_PAGE + 1}`,
  [from.atMs, from.id, sites, services, filter.personId, filter.issueNo, filter.fromMs, filter.toMs, filter.grounds]);
  const entries = rows.slice(0, ACCESS_PAGE).map((row): AccessEntry => ({
    id: row.id, atMs: row.at_ms, personId: row.person_id, issueId: row.issue_id, ground: row.ground, reason: row.reason, records: row.records,
    personName: row.person_name ?? '', issueNo: row.issue_no ?? '', station: row.station, sent: null,
  }));
  const last = entries.at(-1);
  return { entries, next: rows.length > ACCESS_PAGE && last !== undefined ? afterLine(last) : null };
}
