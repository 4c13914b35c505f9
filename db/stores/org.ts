import { areaNames } from '../../contract/area-names.ts';
import type { PlacedKind } from '../../contract/documents/apply.ts';
import type { Id } from '../../contract/ids.ts';
import { Area, Person, Site, Unit } from '../../contract/org.ts';
import { PolicyRow } from '../../contract/policy/pack.ts';
import type { RowKind } from '../../contract/province.ts';
import { allRows, getRow, idToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';

/** Kinds of replicated rows that are kept whole, as JSON: small tables that are read by id or listed. */
export type OrgKind = Exclude<RowKind, PlacedKind>;
const SCHEMAS = { site: Site, area: Area, unit: Unit, person: Person, policy: PolicyRow } as const;
type OrgRow<K extends OrgKind> = { site: Site; area: Area; unit: Unit; person: Person; policy: PolicyRow }[K];

function readAll<K extends OrgKind>(db: Database, kind: K): OrgRow<K>[] {
  return allRows<{ data: string }>(db, `SELECT data FROM org_row WHERE kind=? ORDER BY data ->> '$.name', id`, kind)
    .map(row => JSON.parse(row.data) as OrgRow<K>);
}

function readOne<K extends OrgKind>(db: Database, kind: K, id: Id): OrgRow<K> | null {
  const row = getRow<{ data: string }>(db, 'SELECT data FROM org_row WHERE kind=? AND id=?', kind, idToBlob(id));
  return row === undefined ? null : JSON.parse(row.data) as OrgRow<K>;
}

export function readSites(db: Database): Site[] {
  return readAll(db, 'site');
}

export function readAreas(db: Database): Area[] {
  return readAll(db, 'area');
}

/** Communes by the name that tells them apart. */
export function readAreaNames(db: Database): Map<Id, string> {
  return areaNames(readAreas(db), readSites(db));
}

export function readUnits(db: Database): Unit[] {
  return readAll(db, 'unit');
}

export function readPeople(db: Database): Person[] {
  return readAll(db, 'person');
}

export function readSite(db: Database, id: Id): Site | null {
  return readOne(db, 'site', id);
}

export function readPerson(db: Database, id: Id): Person | null {
  return readOne(db, 'person', id);
}

/** The unit of that id if it is in force at `atMs`: what a forward may name (Q3.6). */
export function readUnitInForce(db: Database, id: Id, atMs: number): Unit | undefined {
  const unit = readOne(db, 'unit', id);
  if (unit === null || unit.effectiveFromMs > atMs) return undefined;
  return unit.effectiveToMs !== null && unit.effectiveToMs <= atMs ? undefined : unit;
}

/** Names of people, units, areas and sites, and of this workstation; ids that nobody here knows are left out. */
export function readNames(db: Database, ids: readonly Id[]): Record<Id, string> {
  const names: Record<Id, string> = {};
  let ofAreas: Map<Id, string> | null = null;
  for (const id of new Set(ids)) {
    const row = getRow<{ kind: string; name: string }>(db, `SELECT kind, data ->> '$.name' AS name FROM org_row WHERE id=?`, idToBlob(id))
      ?? getRow<{ kind: string; name: string }>(db, `SELECT 'station' AS kind, data ->> '$.stationName' AS name FROM station WHERE data ->> '$.deviceId' = ?`, id);
    if (row === undefined) continue;
    if (row.kind === 'area') ofAreas ??= readAreaNames(db);
    names[id] = (row.kind === 'area' ? ofAreas?.get(id) : undefined) ?? row.name;
  }
  return names;
}

/** Whether this program understands the row; if not, it is parked until one does. */
export function fitsOrg(kind: OrgKind, data: unknown): boolean {
  return SCHEMAS[kind].safeParse(data).success;
}

/** Writes a row of the directory as the province has it, unknown fields included. */
export function writeOrg(work: Work, kind: OrgKind, id: Id, data: Record<string, unknown>, version: number): void {
  const site = kind === 'site' ? id : data['siteId'];
  const siteBlob = typeof site === 'string' ? idToBlob(site) : null;
  run(work.db, 'INSERT OR REPLACE INTO org_row(kind, id, site_id, data, version) VALUES (?,?,?,?,?)',
    kind, idToBlob(id), siteBlob, JSON.stringify({ ...data, id }), version);
  work.touch('org');
}

export function removeOrg(work: Work, kind: string, id: Id): void {
  if (run(work.db, 'DELETE FROM org_row WHERE kind=? AND id=?', kind, idToBlob(id)).changes > 0) work.touch('org');
}

export function hasOrg(db: Database): boolean {
  return getRow(db, 'SELECT 1 FROM org_row LIMIT 1') !== undefined;
}
