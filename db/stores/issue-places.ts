import type { Id } from '../../contract/ids.ts';
import { SEVERITIES, STATES } from '../../contract/issue.ts';
import type { MapBox, MapPoint, Neighbours } from '../../contract/map.ts';
import { SERVICES, type Scope } from '../../contract/org.ts';
import { idToBlob, type Database } from '../database.ts';
import { hexToId } from './issue-queries.ts';
import { maskOf } from './issues.ts';
import { wordAt, wordColumn } from './words.ts';

export interface NeighbourQuery {
  box: MapBox;
  /** Nearest to it first; null: newest first. */
  near: MapPoint | null;
  exceptId: Id | null; limit: number; scope: Scope;
  /** Records received from then on. */
  sinceMs: number;
}

/** So many of the newest records are looked at, however many there are: some 20 ms of work. */
const LOOKED_AT = 20_000;
const BEGINNING = 160;

type Row = [idHex: string, displayNo: string | null, provisionalNo: string, service: number | string, severity: number | string, state: number | string, receivedAtMs: number, lat: number, lon: number, description: string];

/**
 * Records with a position in a box of the map. Goes commune by commune through `ix_area_geo`, which holds time and position;
 * the table itself is read for what the scope must know, and for the few that are shown.
 *
 * @param lookedAt how many of the newest records are looked at at most
 * @returns `sinceMs` later than asked where there are more records than that
 */
export function readNeighbours(db: Database, query: NeighbourQuery, lookedAt = LOOKED_AT): Neighbours {
  const oldest = db.prepare<unknown[], number>(
    'SELECT received_at FROM issue INDEXED BY ix_cover WHERE received_at >= ? ORDER BY received_at DESC LIMIT 1 OFFSET ?',
  ).pluck().get(query.sinceMs, lookedAt);
  // Of the instant itself some may lie past the number: they are left out together.
  const sinceMs = oldest === undefined ? query.sinceMs : oldest + 1;
  const { box, near, exceptId, limit, scope } = query;
  if (scope.siteIds?.length === 0 || scope.services?.length === 0) return { records: [], more: false, sinceMs };
  const params = {
    sinceMs, ...box, limit: limit + 1, exceptId: exceptId === null ? null : idToBlob(exceptId), lat: near?.lat ?? 0, lon: near?.lon ?? 0,
    narrower: near === null ? 1 : Math.cos(near.lat * Math.PI / 180),
    ...Object.fromEntries((scope.siteIds ?? []).map((id, i) => [`site${i}`, idToBlob(id)])),
  };
  const rows = db.prepare<unknown[], Row>(neighboursSql(scope, near !== null)).raw().all(params);
  return {
    records: rows.slice(0, limit).map(([idHex, displayNo, provisionalNo, service, severity, state, receivedAtMs, lat, lon, description]) => ({
      id: hexToId(idHex), displayNo, provisionalNo, service: wordAt(SERVICES, service), severity: wordAt(SEVERITIES, severity), state: wordAt(STATES, state), receivedAtMs, lat, lon, description,
    })),
    more: rows.length > limit, sinceMs,
  };
}

function neighboursSql({ siteIds, services }: Scope, isNear: boolean): string {
  const inScope = [
    ...(siteIds === null ? [] : [`AND issue.site_id IN (${siteIds.map((_, i) => `@site${i}`).join(',')})`]),
    ...(services === null ? [] : [`AND ((1 << issue.service) | issue.lines) & ${maskOf(services)} <> 0`]),
  ].join(' ');
  const rank = isNear ? '(lat - @lat) * (lat - @lat) + (lon - @lon) * (lon - @lon) * @narrower * @narrower' : '-received_at';
  // Each commune is found from the one before it, so that none has to be known and no row is touched twice.
  return `WITH RECURSIVE commune(area) AS (
      SELECT * FROM (SELECT area_id FROM issue INDEXED BY ix_area_geo WHERE area_id IS NOT NULL ORDER BY area_id LIMIT 1)
      UNION ALL
      SELECT (SELECT area_id FROM issue INDEXED BY ix_area_geo WHERE area_id > commune.area ORDER BY area_id LIMIT 1) FROM commune WHERE commune.area IS NOT NULL
    ), near AS (
      SELECT rid, ${rank} AS rank FROM (SELECT area FROM commune WHERE area IS NOT NULL UNION ALL SELECT NULL) AS place CROSS JOIN issue INDEXED BY ix_area_geo
      WHERE issue.area_id IS place.area AND received_at >= @sinceMs AND lat BETWEEN @south AND @north AND lon BETWEEN @west AND @east
        AND rid IS NOT (SELECT rid FROM issue WHERE id = @exceptId) ${inScope}
      ORDER BY rank, rid LIMIT @limit
    )
    SELECT hex(id), display_no, provisional_no, ${wordColumn('service')}, ${wordColumn('severity')}, ${wordColumn('state')},
      received_at, lat, lon, substr(description, 1, ${BEGINNING})
    FROM near JOIN issue ON issue.rid = near.rid ORDER BY near.rank, near.rid`;
}
