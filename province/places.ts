import { AppError } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import { SERVICES, type Scope, type Service, type Site } from '../contract/org.ts';
import type { RowKind } from '../contract/province.ts';
import { siteByCode, siteCodes } from './devices.ts';
import { transactionRetried, type Database, type Sql } from './sql.ts';
import { commitChanges, type RowWrite } from './store.ts';

/** Rows per commit, as everywhere: a page of a pull holds whole commits. */
const COMMIT_ROWS = 200;
const COMMIT_BYTES = 8 << 20;

interface FoundRow { kind: RowKind; id: Id; seq: number; siteId: Id | null; service: string | null; data: Record<string, unknown> }

/**
 * Moves a unit to another site: the records at its old site that it leads, then its people and the unit itself. The unit
 * goes last, so that a command that was cut goes on where it stopped when it is given again.
 *
 * @param input.unit its id, or its whole name where only one unit has it
 * @returns how many records and people moved
 * @throws {AppError} 'input/invalid' {field, reason}
 */
export async function moveUnit(db: Database, input: { unit: string; site: string }): Promise<{ records: number; people: number }> {
  const unit = await unitNamed(db, input.unit);
  const to = await siteNamed(db, input.site, '--site');
  const from = unit.siteId;
  if (from === null || from === to.id) throw new AppError('input/invalid', { field: `--site ${input.site}`, reason: 'đơn vị đã thuộc trụ sở này' });
  const moveAll = async (find: (tx: Sql) => Promise<FoundRow[]>): Promise<number> => {
    let moved = 0;
    for (;;) {
      const count = await moveSome(db, find, to.id);
      if (count === 0) return moved;
      moved += count;
    }
  };
  const records = await moveAll(tx => rowsOf(tx, "kind = 'issue' AND site_id = $1 AND data->>'leadUnitId' = $2", [from, unit.id]));
  const people = await moveAll(tx => rowsOf(tx, "kind = 'person' AND site_id = $1 AND data->>'unitId' = $2", [from, unit.id]));
  await moveAll(tx => rowsOf(tx, "kind = 'unit' AND site_id = $1 AND id = $2::uuid", [from, unit.id]));
  return { records, people };
}

/** Rows with these marks, locked in the order of their ids as a push locks them, as many as a commit may hold. */
async function rowsOf(tx: Sql, where: string, params: unknown[]): Promise<FoundRow[]> {
  const rows = await tx.query<FoundRow & { bytes: number }>(`SELECT kind, id, seq, site_id AS "siteId", service, data, octet_length(data::text) AS bytes
    FROM record WHERE NOT deleted AND ${where} ORDER BY id LIMIT ${COMMIT_ROWS} FOR UPDATE`, params);
  let bytes = 0;
  return rows.filter((row, index) => (bytes += row.bytes) <= COMMIT_BYTES || index === 0).map(({ bytes: _, ...row }) => row);
}

async function moveSome(db: Database, find: (tx: Sql) => Promise<FoundRow[]>, siteId: Id): Promise<number> {
  return transactionRetried(db, async tx => {
    const rows = (await find(tx)).map((row): RowWrite => ({
      kind: row.kind, id: row.id, siteId, service: row.service, deleted: false, data: { ...row.data, siteId }, before: row.data, expected: row.seq,
    }));
    if (rows.length > 0) await commitChanges(tx, { rows });
    return rows.length;
  });
}

async function unitNamed(sql: Sql, text: string): Promise<{ id: Id; siteId: Id | null }> {
  const found = await sql.query<{ id: Id; siteId: Id | null }>(`SELECT id, site_id AS "siteId" FROM record
    WHERE kind = 'unit' AND NOT deleted AND (id::text = lower($1) OR data->>'name' = $1)`, [text]);
  const [unit, another] = found;
  if (unit === undefined) throw new AppError('input/invalid', { field: `--unit ${text}`, reason: 'không có đơn vị này' });
  if (another !== undefined) throw new AppError('input/invalid', { field: `--unit ${text}`, reason: `nhiều đơn vị mang tên này, hãy dùng mã: ${found.map(one => one.id).join(', ')}` });
  return unit;
}

/** @throws {AppError} 'input/invalid' with the codes that there are */
export async function siteNamed(sql: Sql, code: string, option: string): Promise<Site> {
  const site = await siteByCode(sql, code);
  if (site !== undefined) return site;
  const codes = await siteCodes(sql);
  const reason = codes.length === 0 ? 'tỉnh này chưa có trụ sở nào, lập trụ sở đầu tiên bằng lệnh found' : `không có trụ sở này, các mã đã có: ${codes.join(', ')}`;
  throw new AppError('input/invalid', { field: `${option} ${code}`, reason });
}

/** What a station is to see; what is left out stays as it is, null is everything. */
export interface ScopeChange { services?: Service[] | null; sites?: string[] | null }

/** Services as the terminal gives them: names with commas, or `all`. @throws {AppError} 'input/invalid' */
export function servicesOf(text: string): Service[] | null {
  if (text === 'all') return null;
  return text.split(',').map(name => {
    const found = SERVICES.find(candidate => candidate === name.trim());
    if (found === undefined) throw new AppError('input/invalid', { field: `--services ${name}` });
    return found;
  });
}

/**
 * Changes what a station may see. Scope and its version change together, so that every cursor of the old one is void.
 *
 * @throws {AppError} 'device/unknown', 'input/invalid' for an unknown site
 */
export async function setScope(db: Database, station: string, change: ScopeChange): Promise<{ deviceId: Id; scope: Scope }> {
  const sites = change.sites;
  const siteIds = sites === undefined || sites === null ? sites : await Promise.all(sites.map(async code => (await siteNamed(db, code, '--sites')).id));
  return db.transaction(async tx => {
    const [device] = await tx.query<{ id: Id; scope: Scope }>('SELECT id, scope FROM device WHERE station_code = $1 AND revoked_at_ms IS NULL FOR UPDATE', [station]);
    if (device === undefined) throw new AppError('device/unknown');
    const scope: Scope = {
      siteIds: siteIds === undefined ? device.scope.siteIds : siteIds, services: change.services === undefined ? device.scope.services : change.services,
    };
    // Whoever works by the old scope opens another session, and hears of the new one there.
    await tx.query('DELETE FROM session_token WHERE device_id = $1 AND person_id IS NULL', [device.id]);
    await tx.query('UPDATE device SET scope = $2, scope_version = scope_version + 1 WHERE id = $1', [device.id, JSON.stringify(scope)]);
    return { deviceId: device.id, scope };
  });
}
