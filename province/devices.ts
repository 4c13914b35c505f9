import { createHash, createPublicKey, randomBytes, randomInt, verify, type KeyObject } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import { newId, type Id } from '../contract/ids.ts';
import type { Scope, Service, Site } from '../contract/org.ts';
import { hasState, type Database, type Sql } from './sql.ts';

/** A workstation that has shown a valid token. */
export interface Device {
  id: Id; scope: Scope; scopeVersion: number; lastN: number;
  /** From where it pulled, as far as that is written down. */
  pulled?: { seq: number; atMs: number } | null;
}

const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';   // no 0/O, 1/I: codes are read out over the phone
const CODE_LENGTH = 10;
export const CODE_LIFE_MS = 15 * 60_000;
const NONCE_LIFE_MS = 2 * 60_000;
export const TOKEN_LIFE_MS = 15 * 60_000;
const SEEN_EVERY_MS = 60_000;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** An opaque token of 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url');
const plainCode = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '');

/**
 * A one-time enrolment code for a site, in the form XXXXX-XXXXX.
 *
 * @param input.services narrows what the station will see; null = every service
 * @param input.lifeMs how long it may be used, ms
 * @throws {AppError} 'input/invalid' when the site is unknown
 */
export async function createCode(sql: Sql, input: { siteId: Id; services: Service[] | null; nowMs: number; lifeMs?: number }): Promise<{ code: string; expiresAtMs: number }> {
  if (await siteById(sql, input.siteId) === undefined) throw new AppError('input/invalid', { field: 'siteId' });
  const letters = Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
  const expiresAtMs = input.nowMs + (input.lifeMs ?? CODE_LIFE_MS);
  await sql.query('INSERT INTO enrol_code (hash, site_id, services, expires_at_ms) VALUES ($1, $2, $3, $4)',
    [sha256(letters), input.siteId, input.services === null ? null : JSON.stringify(input.services), expiresAtMs]);
  return { code: `${letters.slice(0, CODE_LENGTH / 2)}-${letters.slice(CODE_LENGTH / 2)}`, expiresAtMs };
}

export async function siteById(sql: Sql, id: Id): Promise<Site | undefined> {
  const [row] = await sql.query<{ data: Site }>("SELECT data FROM record WHERE kind = 'site' AND id = $1 AND NOT deleted", [id]);
  return row?.data;
}

export async function siteByCode(sql: Sql, code: string): Promise<Site | undefined> {
  const [row] = await sql.query<{ data: Site }>("SELECT data FROM record WHERE kind = 'site' AND data->>'code' = $1 AND NOT deleted", [code]);
  return row?.data;
}

/** The codes of all sites, in their order. */
export async function siteCodes(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ code: string }>("SELECT data->>'code' AS code FROM record WHERE kind = 'site' AND NOT deleted ORDER BY data->>'code'");
  return rows.map(row => row.code);
}

interface CodeRow { site_id: Id; services: Service[] | null; expires_at_ms: number; device_id: Id | null }
interface DeviceRow { id: Id; station_code: string; public_key: string; scope: Scope; site_id: Id; last_n: number }

interface EnrolledBy { code: string; publicKey: string; stationName: string; deviceId?: Id | undefined; nowMs: number }

/** A new workstation; `token` is its first session, and null for who asks again: a code and a public key alone prove nothing. */
export interface Enrolled { deviceId: Id; stationCode: string; site: Site; scope: Scope; token: string | null }

/**
 * Turns a code into a workstation. The same station asking again with the same key (its answer was lost) gets the same
 * answer, so a cut link costs no second code. A station that this province has forgotten, since it was restored, comes back under
 * its own id.
 *
 * @param input.deviceId of a station that was enrolled before
 * @throws {AppError} 'enrol/code-unknown' | 'enrol/code-used' | 'enrol/code-expired' | 'input/invalid' for a bad key; 'device/revoked' | 'device/bad-signature' for another's id
 */
export async function enrol(db: Database, input: EnrolledBy): Promise<Enrolled> {
  publicKeyOf(input.publicKey);
  try {
    return await db.transaction(tx => enrolOnce(tx, input));
  } catch (error) {
    // Two stations of one site at the same moment took the same station code: the second counts again.
    if (!hasState(error, '23505')) throw error;
    return db.transaction(tx => enrolOnce(tx, input));
  }
}

async function enrolOnce(tx: Sql, input: EnrolledBy): Promise<Enrolled> {
  const hash = sha256(plainCode(input.code));
  const [code] = await tx.query<CodeRow>('SELECT site_id, services, expires_at_ms, device_id FROM enrol_code WHERE hash = $1 FOR UPDATE', [hash]);
  if (code === undefined) throw new AppError('enrol/code-unknown');
  const site = await siteById(tx, code.site_id);
  if (site === undefined) throw new AppError('enrol/code-unknown');
  if (code.device_id !== null) {
    const [before] = await tx.query<DeviceRow>('SELECT id, station_code, public_key, scope, site_id, last_n FROM device WHERE id = $1 AND revoked_at_ms IS NULL', [code.device_id]);
    if (before?.public_key !== input.publicKey) throw new AppError('enrol/code-used');
    return { deviceId: before.id, stationCode: before.station_code, site, scope: before.scope, token: null };
  }
  if (code.expires_at_ms <= input.nowMs) throw new AppError('enrol/code-expired');
  if (input.deviceId !== undefined) await refuseTaken(tx, input.deviceId, input.publicKey);
  const scope: Scope = { siteIds: site.tier === 'province' ? null : [site.id], services: code.services };
  const [count] = await tx.query<{ stations: number }>('SELECT count(*)::int AS stations FROM device WHERE site_id = $1', [site.id]);
  const stationCode = `${site.code}-${String((count?.stations ?? 0) + 1).padStart(2, '0')}`;
  const deviceId = input.deviceId ?? newId(input.nowMs);
  await tx.query(`INSERT INTO device (id, station_code, station_name, site_id, public_key, scope, enrolled_at_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [deviceId, stationCode, input.stationName, site.id, input.publicKey, JSON.stringify(scope), input.nowMs]);
  await tx.query('UPDATE enrol_code SET device_id = $2 WHERE hash = $1', [hash, deviceId]);
  // Who was somebody before proves with its first session that it has that key.
  if (input.deviceId !== undefined) return { deviceId, stationCode, site, scope, token: null };
  const token = newToken();
  await saveToken(tx, { token, deviceId, personId: null, expiresAtMs: input.nowMs + TOKEN_LIFE_MS });
  return { deviceId, stationCode, site, scope, token };
}

/** Nobody becomes a station that there is, not even that station: what it is allowed stays as it was given. */
async function refuseTaken(sql: Sql, deviceId: Id, publicKey: string): Promise<void> {
  const [there] = await sql.query<{ public_key: string; revoked_at_ms: number | null }>('SELECT public_key, revoked_at_ms FROM device WHERE id = $1', [deviceId]);
  if (there === undefined) return;
  if (there.public_key !== publicKey) throw new AppError('device/bad-signature');
  throw new AppError(there.revoked_at_ms === null ? 'enrol/already-enrolled' : 'device/revoked');
}

function publicKeyOf(spki: string): KeyObject {
  try {
    const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new AppError('input/invalid', { field: 'publicKey' }, { cause });
  }
  throw new AppError('input/invalid', { field: 'publicKey' });
}

async function aliveDevice(sql: Sql, deviceId: Id): Promise<DeviceRow> {
  const [device] = await sql.query<DeviceRow & { revoked_at_ms: number | null }>(
    'SELECT id, station_code, public_key, scope, site_id, last_n, revoked_at_ms FROM device WHERE id = $1', [deviceId]);
  if (device === undefined) throw new AppError('device/unknown');
  if (device.revoked_at_ms !== null) throw new AppError('device/revoked');
  return device;
}

/**
 * A nonce for the station to sign. It begins with the province's id, so that a signature made for one province says
 * nothing to another.
 */
export async function challenge(sql: Sql, input: { deviceId: Id; provinceId: Id; nowMs: number }): Promise<string> {
  await aliveDevice(sql, input.deviceId);
  const nonce = `${input.provinceId}.${newToken()}`;
  await sql.query('DELETE FROM nonce WHERE expires_at_ms < $1', [input.nowMs]);
  await sql.query('INSERT INTO nonce (hash, device_id, expires_at_ms) VALUES ($1, $2, $3)', [sha256(nonce), input.deviceId, input.nowMs + NONCE_LIFE_MS]);
  return nonce;
}

/**
 * A token for a nonce signed by the station's Ed25519 key over the nonce's UTF-8 bytes. The nonce is spent either way.
 *
 * @throws {AppError} 'device/unknown' | 'device/revoked' | 'device/bad-signature'
 */
export async function openSession(sql: Sql, input: { deviceId: Id; nonce: string; signature: string; nowMs: number }): Promise<{ token: string; scope: Scope; lastN: number }> {
  const spent = await sql.query('DELETE FROM nonce WHERE hash = $1 AND device_id = $2 AND expires_at_ms > $3 RETURNING hash',
    [sha256(input.nonce), input.deviceId, input.nowMs]);
  const device = await aliveDevice(sql, input.deviceId);
  const signature = Buffer.from(input.signature, 'base64');
  const good = spent.length === 1 && verify(null, Buffer.from(input.nonce, 'utf8'), publicKeyOf(device.public_key), signature);
  if (!good) throw new AppError('device/bad-signature');
  const token = newToken();
  await sql.query('DELETE FROM session_token WHERE expires_at_ms < $1', [input.nowMs]);
  await saveToken(sql, { token, deviceId: device.id, personId: null, expiresAtMs: input.nowMs + TOKEN_LIFE_MS });
  return { token, scope: device.scope, lastN: device.last_n };
}

export async function saveToken(sql: Sql, input: { token: string; deviceId: Id; personId: Id | null; expiresAtMs: number }): Promise<void> {
  await sql.query('INSERT INTO session_token (hash, device_id, person_id, expires_at_ms) VALUES ($1, $2, $3, $4)',
    [sha256(input.token), input.deviceId, input.personId, input.expiresAtMs]);
}

interface TokenRow { id: Id; scope: Scope; scope_version: number; last_n: number; revoked_at_ms: number | null; last_seen_at_ms: number | null; expires_at_ms: number; pulled_seq: number | null; pulled_at_ms: number | null }

/**
 * The station behind a bearer token. Asked anew for every request, so that a revocation holds from the next one on.
 *
 * @throws {AppError} 'device/token-expired' | 'device/revoked'
 */
export async function deviceOfToken(sql: Sql, token: string, nowMs: number): Promise<Device> {
  const [row] = await sql.query<TokenRow>(`SELECT d.id, d.scope, d.scope_version, d.last_n, d.revoked_at_ms, d.last_seen_at_ms, t.expires_at_ms, d.pulled_seq, d.pulled_at_ms
    FROM session_token t JOIN device d ON d.id = t.device_id WHERE t.hash = $1 AND t.person_id IS NULL`, [sha256(token)]);
  if (row === undefined) throw new AppError('device/token-expired');
  if (row.revoked_at_ms !== null) throw new AppError('device/revoked');
  if (row.expires_at_ms <= nowMs) throw new AppError('device/token-expired');
  if (row.last_seen_at_ms === null || row.last_seen_at_ms < nowMs - SEEN_EVERY_MS) {
    // Nobody needs this to be on the disk before the answer: a flush for each station and minute would be the most of a calm day.
    await sql.query(`WITH lazily AS (SELECT set_config('synchronous_commit', 'off', true))
      UPDATE device SET last_seen_at_ms = $2 FROM lazily WHERE id = $1`, [row.id, nowMs]);
  }
  const pulled = row.pulled_seq === null || row.pulled_at_ms === null ? null : { seq: row.pulled_seq, atMs: row.pulled_at_ms };
  return { id: row.id, scope: row.scope, scopeVersion: row.scope_version, lastN: row.last_n, pulled };
}

export interface DeviceLine { id: Id; stationCode: string; stationName: string; siteId: Id; revoked: boolean; lastSeenAtMs: number | null }

export function listDevices(sql: Sql): Promise<DeviceLine[]> {
  return sql.query<DeviceLine>(`SELECT id, station_code AS "stationCode", station_name AS "stationName", site_id AS "siteId",
    revoked_at_ms IS NOT NULL AS revoked, last_seen_at_ms AS "lastSeenAtMs" FROM device ORDER BY station_code`);
}

/** Takes a workstation's right away. @returns false when there is no such station, or it was revoked before */
export async function revokeDevice(sql: Sql, deviceId: Id, nowMs: number): Promise<boolean> {
  const rows = await sql.query('UPDATE device SET revoked_at_ms = $2 WHERE id = $1 AND revoked_at_ms IS NULL RETURNING id', [deviceId, nowMs]);
  return rows.length === 1;
}
