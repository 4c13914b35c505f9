import type { Session } from '../../contract/console.ts';
import type { Id } from '../../contract/ids.ts';
import { blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';
import type { OfflineVerifier } from '../writer-api.ts';

/** Wrong passwords in a row that lock a login, and for how long. */
const MAX_FAILURES = 5;
const LOCK_MS = 15 * 60_000;

export interface LoginAttempts { failures: number; lockedUntilMs: number | null }

/** Who is signed in on this workstation; survives a restart of the core. */
export function readSession(db: Database): Session | null {
  const row = getRow<{ data: string }>(db, 'SELECT data FROM session');
  return row === undefined ? null : JSON.parse(row.data) as Session;
}

export function writeSession(work: Work, session: Session | null): void {
  if (session === null) run(work.db, 'DELETE FROM session');
  else run(work.db, 'INSERT OR REPLACE INTO session(one, data) VALUES (1, ?)', JSON.stringify(session));
  work.touch('session');
}

interface VerifierRow { login: string; person_id: Uint8Array; salt: string; hash: string; valid_until_ms: number }

export function readVerifier(db: Database, login: string): OfflineVerifier | null {
  const row = getRow<VerifierRow>(db, 'SELECT * FROM offline_verifier WHERE login=?', login);
  if (row === undefined) return null;
  return { personId: blobToId(row.person_id), login: row.login, salt: row.salt, hash: row.hash, validUntilMs: row.valid_until_ms };
}

export function writeVerifier(work: Work, verifier: OfflineVerifier): void {
  run(work.db, 'INSERT OR REPLACE INTO offline_verifier(login, person_id, salt, hash, valid_until_ms) VALUES (?,?,?,?,?)',
    verifier.login, idToBlob(verifier.personId), verifier.salt, verifier.hash, verifier.validUntilMs);
  work.touch('session');
}

/** Wrong passwords since the last right one; `lockedUntilMs` may lie in the past. */
export function readAttempts(db: Database, login: string): LoginAttempts {
  const row = getRow<{ failures: number; locked_until_ms: number | null }>(db, 'SELECT failures, locked_until_ms FROM login_attempt WHERE login=?', login);
  return { failures: row?.failures ?? 0, lockedUntilMs: row?.locked_until_ms ?? null };
}

/**
 * Counts an attempt; one made while the login is locked neither counts nor opens it. A lock that ends further away than any
 * lock lasts was written by a clock that has been set since: it begins anew.
 */
export function countAttempt(work: Work, login: string, ok: boolean, atMs: number): LoginAttempts {
  const before = readAttempts(work.db, login);
  if (before.lockedUntilMs !== null && atMs < before.lockedUntilMs) {
    const lockedUntilMs = Math.min(before.lockedUntilMs, atMs + LOCK_MS);
    run(work.db, 'UPDATE login_attempt SET locked_until_ms=? WHERE login=?', lockedUntilMs, login);
    return { ...before, lockedUntilMs };
  }
  if (ok) {
    run(work.db, 'DELETE FROM login_attempt WHERE login=?', login);
    return { failures: 0, lockedUntilMs: null };
  }
  const failures = (before.lockedUntilMs === null ? before.failures : 0) + 1;
  const lockedUntilMs = failures >= MAX_FAILURES ? atMs + LOCK_MS : null;
  run(work.db, 'INSERT OR REPLACE INTO login_attempt(login, failures, locked_until_ms) VALUES (?,?,?)', login, failures, lockedUntilMs);
  return { failures, lockedUntilMs };
}

const SEEN_TIME = 'seenTimeMs';

/** The latest moment that this machine is known to have reached, ms; null before anything was noted. */
export function readSeenTime(db: Database): number | null {
  return getRow<{ value: number }>(db, 'SELECT value FROM counter WHERE name=?', SEEN_TIME)?.value ?? null;
}

export function writeSeenTime(work: Work, atMs: number): void {
  run(work.db, 'INSERT OR REPLACE INTO counter(name, value) VALUES (?,?)', SEEN_TIME, atMs);
}

/** Adds a line to the journal of who did what; lines are never changed. */
export function addAudit(work: Work, line: { atMs: number; personId: Id | null; action: string; subject: string }): void {
  run(work.db, 'INSERT INTO audit(at_ms, person_id, action, subject) VALUES (?,?,?,?)',
    line.atMs, line.personId === null ? null : idToBlob(line.personId), line.action, line.subject);
}
