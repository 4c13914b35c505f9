import type { ErrorCode } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import { nextCount } from './counter.ts';
import { allRows, getRow, idToBlob, run, type Database } from './database.ts';
import { AUTHOR_AWAY } from './stores/attention.ts';
import type { Work } from './work.ts';

/*
 * Mutations of the outbox that are held back here, in view: for a record that has yet to come back to a restored province, for an author
 * whom that province does not know yet, or for a province that is too old to know such a change.
 */

/** `outbox.again`: 0 is new, 1 was judged before, this also has its record here, and AUTHOR_AWAY waits for its author. */
export const RECORD_CAME = 2;
/** Numbers of what is held back: below every number that is sent, and in the same order. */
export const HELD = -(2 ** 40);

/**
 * A mutation offered again whose record the restored province does not have yet: another workstation has to offer that
 * first. It waits here, in view, and is sent under a new number once the record comes.
 */
export function holdEntry(work: Work, n: number): void {
  run(work.db, 'UPDATE outbox SET n = n + ? WHERE n = ?', HELD, n);
}

/** A restored province has forgotten that the author has signed in here: the change waits until that has been done again. */
export function holdForAuthor(work: Work, n: number): void {
  run(work.db, 'UPDATE outbox SET again = ? WHERE n = ?', AUTHOR_AWAY, n);
  holdEntry(work, n);
}

/** The person has signed in at the province: what waited for that takes the next numbers, in its order. */
export function releaseFor(work: Work, personId: Id): void {
  release(work, 'again = ? AND actor_id = ?', AUTHOR_AWAY, idToBlob(personId));
  run(work.db, 'UPDATE outbox SET again = 1 WHERE again = ? AND actor_id = ?', AUTHOR_AWAY, idToBlob(personId));
}

/** Offered again for a record that has come meanwhile: the judgement of the former number was made before it was there. */
export function renumber(work: Work, n: number): void {
  run(work.db, 'UPDATE outbox SET n = ?, again = 0 WHERE n = ?', nextCount(work, 'mutation'), n);
  work.touch('sync');
}

/** A change that a province of this protocol does not know: it waits here, in view, for a newer one. What comes after it goes on. */
export function holdUnknown(work: Work, n: number, protocol: number): void {
  run(work.db, 'UPDATE outbox SET unknown_at = ? WHERE n = ?', protocol, n);
  holdEntry(work, n);
}

/** The province is of this protocol: what an older one did not know takes the next numbers, in its order. @returns how many */
export function releaseUnknown(work: Work, protocol: number): number {
  return release(work, 'unknown_at < ?', protocol);
}

/** What a refusal says that only stands because a change before it is held. */
const FOLLOWS: readonly ErrorCode[] = ['issue/not-found', 'issue/wrong-state', 'attachment/not-found', 'document/not-found', 'handover/wrong-state'];

/** The protocol that a refused change waits to be exceeded, since one of its record that was written before it does; null when none. */
export function waitsBehind(db: Database, { n, issueId }: { n: number; issueId: Id }, code: ErrorCode | undefined): number | null {
  if (code === undefined || !FOLLOWS.includes(code)) return null;
  return getRow<{ at: number | null }>(db, 'SELECT max(unknown_at) AS at FROM outbox WHERE issue_id=? AND n < 0 AND n - ? < ?', idToBlob(issueId), HELD, n)?.at ?? null;
}

/** Whether anything waits that a province of this protocol may know. */
export function hasUnknown(db: Database, protocol: number): boolean {
  return getRow(db, 'SELECT 1 FROM outbox WHERE n < 0 AND unknown_at < ? LIMIT 1', protocol) !== undefined;
}

/** Whether anything of the record waits for it to come back to a restored province. */
export function waitsForRecord(db: Database, issueId: Id): boolean {
  return getRow(db, 'SELECT 1 FROM outbox WHERE issue_id = ? AND n < 0 AND unknown_at IS NULL LIMIT 1', idToBlob(issueId)) !== undefined;
}

/** The record has come: what waits for it takes the next numbers, in its order; what was written behind that may have been judged too early as well. */
export function releaseHeld(work: Work, issueId: Id): void {
  const isBehind = waitsForRecord(work.db, issueId) ? 1 : 0;
  run(work.db, 'UPDATE outbox SET again = ? WHERE issue_id = ? AND acked_seq IS NULL AND again <> ? AND (again <> 0 OR ?)', RECORD_CAME, idToBlob(issueId), AUTHOR_AWAY, isBehind);
  release(work, 'unknown_at IS NULL AND issue_id = ? AND again <> ?', idToBlob(issueId), AUTHOR_AWAY);
}

function release(work: Work, which: string, ...params: unknown[]): number {
  const held = allRows<{ n: number }>(work.db, `SELECT n FROM outbox WHERE n < 0 AND ${which} ORDER BY n`, ...params);
  for (const { n } of held) run(work.db, 'UPDATE outbox SET n = ?, unknown_at = NULL WHERE n = ?', nextCount(work, 'mutation'), n);
  if (held.length > 0) work.touch('sync');
  return held.length;
}
