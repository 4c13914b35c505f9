import type { Session } from '../../contract/console.ts';
import type { OnDuty } from '../../contract/duty.ts';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import { personalAccess, REASON_CHARS, type Assigned, type Ground, type PersonalAccess } from '../../contract/personal.ts';
import { nfc } from '../../contract/text.ts';
import type { Database } from '../../db/database.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { PERSONAL_FIELDS, readerOf } from './detail.ts';

/** Whether, and how, the person of the session may read who reported the record. */
export function accessOf(record: Assigned, session: Session, onDuty: OnDuty): PersonalAccess {
  return personalAccess(record, readerOf(session, onDuty));
}

/**
 * By what the record is opened, and the reason where one is asked for.
 *
 * @throws {AppError} `auth/forbidden`; `personal/reason-needed` {lacks} without a reason of some words
 */
export function openingOf(record: Assigned, session: Session, onDuty: OnDuty, given = ''): { ground: Ground; reason: string } {
  const access = accessOf(record, session, onDuty);
  if (access.is === 'closed') throw new AppError('auth/forbidden', { permission: 'reporter.reveal' });
  if (access.is === 'open') return { ground: access.ground, reason: '' };
  const reason = nfc(given).trim();
  if (reason.length < REASON_CHARS.least) throw new AppError('personal/reason-needed', { lacks: access.lacks.join(' ') });
  return { ground: access.ground, reason };
}

/**
 * Lets an edit of who reported or was hurt pass only where its author may read it: a value that was guessed wrong would come back beside the right one.
 *
 * @throws {AppError} `personal/reason-needed`, `auth/forbidden`
 */
export function requireOwnToEdit(db: Database, { name, payload }: { name: string; payload: Record<string, unknown> }, session: Session, onDuty: OnDuty): void {
  const { id, fields } = payload;
  if (name !== 'issue.edit' || typeof fields !== 'object' || fields === null || !PERSONAL_FIELDS.some(field => field in fields)) return;
  const issue = typeof id === 'string' ? readIssue(db, id as Id)?.issue : undefined;
  if (issue !== undefined) openingOf(issue, session, onDuty);
}
