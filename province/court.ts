import { PLACED_KINDS, type PlacedKind, type Written } from '../contract/documents/apply.ts';
import type { AppErrorData } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import type { Issue } from '../contract/issue.ts';
import type { Actor } from '../contract/mutations/facts.ts';
import { personScope, type Person, type Scope, type Service, type Site, type Unit } from '../contract/org.ts';
import { counterKey, numberYear, placesOf, type Judged, type Parsed } from './judge.ts';
import type { Sql } from './sql.ts';
import { lineKey, narrowed, type NumberCounter, type RowWrite } from './store.ts';

/** Who wrote mutations, on which station and how far that station may go. */
export interface Writing { deviceId: Id; deviceScope: Scope; items: readonly Parsed[] }

/** A record or a document as it was read under a lock. */
export interface LockedRow { kind: PlacedKind; id: Id; seq: number; deleted: boolean; data: Written }

export function namedRows(items: readonly Parsed[]): Id[] {
  return [...new Set(items.flatMap(item => (item.refusal === null ? [item.payload.id] : [])))];
}

/** What the mutations name, locked in the order of the ids, so that two pushes cannot wait for each other in a ring. */
export async function lockNamed(tx: Sql, items: readonly Parsed[]): Promise<LockedRow[]> {
  return lockRows(tx, namedRows(items));
}

/** Records and documents by their ids, locked in that order. */
export async function lockRows(tx: Sql, ids: readonly Id[]): Promise<LockedRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<LockedRow>('SELECT kind, id, seq, deleted, data FROM record WHERE kind = ANY($2::text[]) AND id = ANY($1::uuid[]) ORDER BY id, kind FOR UPDATE', [ids, PLACED_KINDS]);
  // The engine itself says a record's version; a document's is its seq.
  return rows.map(row => (row.kind === 'issue' ? row : { ...row, data: { ...row.data, version: row.seq } }));
}

interface ActorRow { device_id: Id; id: Id; person: Person; site: Site | null; granted: boolean; has_account: boolean }

/**
 * A station writes only as people who have signed in on it with a link; and as far as both the person and the station may.
 *
 * @returns the actors of each station
 */
export async function loadActors(tx: Sql, writings: readonly Writing[]): Promise<Map<Id, Map<Id, Actor | AppErrorData>>> {
  const pairs = writings.flatMap(({ deviceId, items }) => [...new Set(items.map(item => item.mutation.actorId))].map(actorId => ({ deviceId, actorId })));
  const rows = await tx.query<ActorRow>(`
    SELECT w.device_id, p.id, p.data AS person, s.data AS site, g.person_id IS NOT NULL AS granted, a.person_id IS NOT NULL AS has_account
    FROM unnest($1::uuid[], $2::uuid[]) AS w(device_id, actor_id)
    JOIN record p ON p.kind = 'person' AND NOT p.deleted AND p.id = w.actor_id
    LEFT JOIN record s ON s.kind = 'site' AND s.id = p.site_id AND NOT s.deleted
    LEFT JOIN person_grant g ON g.device_id = w.device_id AND g.person_id = p.id
    LEFT JOIN account a ON a.person_id = p.id`, [pairs.map(pair => pair.deviceId), pairs.map(pair => pair.actorId)]);
  return new Map(writings.map(({ deviceId, deviceScope }) =>
    [deviceId, new Map(rows.filter(row => row.device_id === deviceId).map(row => [row.id, actorOf(row, deviceScope)]))]));
}

function actorOf(row: ActorRow, deviceScope: Scope): Actor | AppErrorData {
  const forbidden = (reason: string): AppErrorData => ({ code: 'auth/forbidden', facts: { reason } });
  if (!row.granted) return forbidden('never-signed-in-here');
  if (!row.person.active || !row.has_account || row.site === null) return forbidden('not-active');
  return {
    personId: row.id, unitId: row.person.unitId, roles: row.person.roles,
    scope: narrowed(personScope(row.person, row.site), deviceScope),
  };
}

/** The units that a mutation names and that must be in the directory. */
function unitsOf(item: Parsed): Id[] {
  if (item.refusal !== null) return [];
  if ('leadUnitId' in item.payload) return [item.payload.leadUnitId, ...item.payload.coUnitIds];
  return 'resourceId' in item.payload && 'unitId' in item.payload ? [item.payload.unitId] : [];
}

export async function loadUnits(tx: Sql, items: readonly Parsed[]): Promise<Map<Id, Unit>> {
  const ids = [...new Set(items.flatMap(unitsOf))];
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: Id; data: Unit }>("SELECT id, data FROM record WHERE kind = 'unit' AND NOT deleted AND id = ANY($1::uuid[])", [ids]);
  return new Map(rows.map(row => [row.id, row.data]));
}

/** Records that mutations link others to. */
export async function loadOthers(tx: Sql, items: readonly Parsed[]): Promise<Map<Id, Issue>> {
  const ids = [...new Set(items.flatMap(item => (item.refusal === null && 'parentId' in item.payload ? [item.payload.parentId] : [])))];
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: Id; data: Issue }>("SELECT id, data FROM record WHERE kind = 'issue' AND NOT deleted AND id = ANY($1::uuid[])", [ids]);
  return new Map(rows.map(row => [row.id, row.data]));
}

export async function loadPlaces(tx: Sql, items: readonly Parsed[]): Promise<Set<Id>> {
  const ids = [...new Set(items.flatMap(item => Object.values(placesOf(item))).filter(id => id !== null))];
  if (ids.length === 0) return new Set();
  const rows = await tx.query<{ id: Id }>("SELECT id FROM record WHERE kind IN ('site', 'area') AND id = ANY($1::uuid[])", [ids]);
  return new Set(rows.map(row => row.id));
}

export async function lockCounters(tx: Sql, items: readonly Parsed[], nowMs: number): Promise<Map<string, number>> {
  const wanted = new Map<string, { service: Service; year: number }>();
  for (const item of items) {
    if (item.refusal !== null || !('receivedAtMs' in item.payload && 'service' in item.payload)) continue;
    const year = numberYear(item.payload.receivedAtMs, nowMs);
    wanted.set(counterKey(item.payload.service, year), { service: item.payload.service, year });
  }
  if (wanted.size === 0) return new Map();
  const keys = [...wanted.values()].sort((a, b) => (counterKey(a.service, a.year) < counterKey(b.service, b.year) ? -1 : 1));
  const params = [keys.map(key => key.service), keys.map(key => key.year)];
  await tx.query(`INSERT INTO number_counter (service, year, last)
    SELECT service, year, 0 FROM unnest($1::text[], $2::int[]) AS w(service, year) ON CONFLICT DO NOTHING`, params);
  const rows = await tx.query<NumberCounter>(`SELECT service, year, last FROM number_counter
    WHERE (service, year) IN (SELECT * FROM unnest($1::text[], $2::int[])) ORDER BY service, year FOR UPDATE`, params);
  return new Map(rows.map(row => [counterKey(row.service, row.year), row.last]));
}

/** What of the locked records has changed, to be committed under the seq that they were read with. */
export function writesOf(changed: ReadonlyMap<Id, Judged>, found: readonly LockedRow[]): RowWrite[] {
  const before = new Map(found.map(row => [row.id, row]));
  return [...changed].map(([id, { kind, row }]): RowWrite => ({
    kind, id, siteId: row.siteId, service: 'service' in row ? lineKey(row) : row.lines.join('+'), deleted: false, data: stored(kind, row), ...readAs(before.get(id)),
  }));
}

function readAs(row: LockedRow | undefined): Pick<RowWrite, 'expected' | 'before'> {
  return row === undefined ? { expected: 0 } : { expected: row.seq, before: stored(row.kind, row.data) };
}

/** A row as it lies in the database: of a document its seq is said once. */
function stored(kind: PlacedKind, row: Written): Record<string, unknown> {
  const { version, ...rest } = row;
  return kind === 'issue' ? { ...rest, version } : rest;
}
