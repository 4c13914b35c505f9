import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import type { Person } from '../contract/org.ts';
import { may, type Permission } from '../contract/permissions.ts';
import { nfc } from '../contract/text.ts';
import { newToken, saveToken, sha256 } from './devices.ts';
import type { Sql } from './sql.ts';

const MAX_FAILURES = 5;
const LOCK_MS = 15 * 60_000;
/** A shift (Q8.2): administrative calls ask for the password again at the latest at the next one. */
const PERSON_TOKEN_LIFE_MS = 12 * 3_600_000;
/** argon2id of a random password that nobody has: an unknown login takes as long as a wrong password. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$ILra9tHWd4FW9AGhggNVnQ$OmXpb4Yvn2GFFAkzw9FLdrdqAmfqlNnOUxiVXBv/Ky0';

const loginForm = (login: string): string => nfc(login).trim().toLowerCase();

/** argon2id at the library's defaults (19 MiB, two passes), salted. */
export function hashPassword(password: string): Promise<string> {
  return hash(nfc(password));
}

export async function saveAccount(sql: Sql, input: { personId: Id; login: string; hash: string }): Promise<void> {
  await sql.query(`INSERT INTO account (person_id, login, hash) VALUES ($1, $2, $3)
    ON CONFLICT (person_id) DO UPDATE SET login = excluded.login, hash = excluded.hash`, [input.personId, loginForm(input.login), input.hash]);
}

/** Whether the province was filled with invented people, whose password everybody knows. */
export async function isSample(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ is: boolean }>('SELECT EXISTS (SELECT 1 FROM sample_account) AS is');
  return row?.is === true;
}

/**
 * Checks a password and grants the station to write as that person from now on, also after hours without a link.
 * Unknown logins and wrong passwords look and last the same; the attempt is counted before the check, so that many at
 * once gain nothing.
 *
 * @throws {AppError} 'auth/wrong-password' | 'auth/too-many-attempts' {minutes} | 'auth/account-disabled'
 */
export async function signIn(sql: Sql, input: { deviceId: Id; login: string; password: string; nowMs: number }): Promise<{ person: Person; personToken: string }> {
  const login = loginForm(input.login);
  await countAttempt(sql, login, input.nowMs);
  const [account] = await sql.query<{ person_id: Id; hash: string }>('SELECT person_id, hash FROM account WHERE login = $1', [login]);
  const right = await verify(account?.hash ?? NOBODY, nfc(input.password));
  if (account === undefined || !right) throw new AppError('auth/wrong-password');
  await sql.query('DELETE FROM login_attempt WHERE login = $1 OR (at_ms < $2::bigint AND locked_until_ms < $2::bigint)', [login, input.nowMs - LOCK_MS]);
  const person = await personById(sql, account.person_id);
  if (person === undefined || !person.active) throw new AppError('auth/account-disabled');
  await sql.query('INSERT INTO person_grant (device_id, person_id, granted_at_ms) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [input.deviceId, person.id, input.nowMs]);
  const personToken = newToken();
  await saveToken(sql, { token: personToken, deviceId: input.deviceId, personId: person.id, expiresAtMs: input.nowMs + PERSON_TOKEN_LIFE_MS });
  return { person, personToken };
}

/** Counts one try; the fifth in a row without success locks the login for 15 minutes from that try on. */
async function countAttempt(sql: Sql, login: string, nowMs: number): Promise<void> {
  const [tries] = await sql.query<{ failures: number; locked_until_ms: number }>(`
    INSERT INTO login_attempt AS a (login, failures, at_ms) VALUES ($1, 1, $2::bigint)
    ON CONFLICT (login) DO UPDATE SET at_ms = $2::bigint,
      failures = CASE WHEN a.locked_until_ms > $2::bigint THEN a.failures + 1
        WHEN a.failures >= $3::int OR a.at_ms < $2::bigint - $4::bigint THEN 1 ELSE a.failures + 1 END,
      locked_until_ms = CASE WHEN a.locked_until_ms <= $2::bigint AND a.failures = $3::int - 1 AND a.at_ms >= $2::bigint - $4::bigint
        THEN $2::bigint + $4::bigint ELSE a.locked_until_ms END
    RETURNING failures, locked_until_ms`, [login, nowMs, MAX_FAILURES, LOCK_MS]);
  if (tries === undefined) throw new Error('the attempt was not counted');
  // The fifth try sets the lock and is itself still judged; from the sixth on nothing is.
  if (tries.locked_until_ms > nowMs && tries.failures > MAX_FAILURES) {
    throw new AppError('auth/too-many-attempts', { minutes: Math.ceil((tries.locked_until_ms - nowMs) / 60_000) });
  }
}

async function personById(sql: Sql, id: Id): Promise<Person | undefined> {
  const [row] = await sql.query<{ data: Person }>("SELECT data FROM record WHERE kind = 'person' AND id = $1 AND NOT deleted", [id]);
  return row?.data;
}

/**
 * The person behind a person token shown by this station.
 *
 * @throws {AppError} 'auth/not-signed-in' | 'auth/forbidden'
 */
export async function requirePerson(sql: Sql, input: { deviceId: Id; personToken: string; permission: Permission; nowMs: number }): Promise<Person> {
  const [token] = await sql.query<{ person_id: Id }>(`SELECT person_id FROM session_token
    WHERE hash = $1 AND device_id = $2 AND person_id IS NOT NULL AND expires_at_ms > $3`, [sha256(input.personToken), input.deviceId, input.nowMs]);
  const person = token === undefined ? undefined : await personById(sql, token.person_id);
  if (person === undefined || !person.active) throw new AppError('auth/not-signed-in');
  if (!may(person.roles, input.permission)) throw new AppError('auth/forbidden', { permission: input.permission });
  return person;
}

/** How long a token still serves that has done what it was asked for: whoever has lost the answer may ask again. */
const SPENT_LIFE_MS = 2 * 60_000;

/** A person token has served for what was asked with it: it is of use for two minutes more, and for no other task of the shift. */
export async function spendPersonToken(sql: Sql, input: { deviceId: Id; personToken: string; nowMs: number }): Promise<void> {
  await sql.query('UPDATE session_token SET expires_at_ms = LEAST(expires_at_ms, $3::bigint) WHERE hash = $1 AND device_id = $2 AND person_id IS NOT NULL',
    [sha256(input.personToken), input.deviceId, input.nowMs + SPENT_LIFE_MS]);
}
