import { createHash } from 'node:crypto';
import type { Session } from '../../../contract/console.ts';
import { AppError, type AppErrorData } from '../../../contract/errors.ts';
import type { Id } from '../../../contract/ids.ts';
import type { Issue } from '../../../contract/issue.ts';
import { refusalOf, type Possible } from '../../../contract/mutations/issue.ts';
import { inScope } from '../../../contract/org.ts';
import { isAsked } from '../../../contract/policy/survey.ts';
import { idsOfCode, parseSurveyCode, surveyCode } from '../../../contract/survey.ts';
import { digits, isSamePhone } from '../../../contract/text.ts';
import type { Database } from '../../../db/database.ts';
import { readCaseOf, readParts } from '../../../db/stores/cases.ts';
import { readIdsBetween, readIssue } from '../../../db/stores/issues.ts';

/** The survey code of a record: the same at every workstation that has it, with a link or without. */
export function codeOf(id: Id): string {
  return surveyCode(id, createHash('sha256').update(id).digest());
}

/** The records of a case that somebody of one number has reported, the one that stands for the case first: they are asked about once. @param row one of them, as it is known already */
export function ofReporter<Row extends Pick<Issue, 'id' | 'reporter'>>(db: Database, row: Row): (Row | Issue)[] {
  const { phone } = row.reporter;
  if (digits(phone) === '') return [row];
  const root = readCaseOf(db, row.id) ?? row.id;
  return [root, ...readParts(db, root)].flatMap<Row | Issue>(id => (id === row.id ? row : readIssue(db, id)?.issue ?? [])).filter(one => one.id === row.id || isSamePhone(one.reporter.phone, phone));
}

/** Whether the survey of a record has been held. */
export function isAnswered({ survey }: Pick<Issue, 'survey'>): boolean {
  return (survey ?? null) !== null;
}

/** Whether the reporter of a record has answered of another one of its case. */
export function isAnsweredBeside(db: Database, issue: Issue): boolean {
  return ofReporter(db, issue).some(one => one.id !== issue.id && isAnswered(one));
}

/**
 * An answer is entered once of a case and its reporter, whichever of its records it was given of.
 *
 * @throws {AppError} `survey/answered`
 */
export function requireUnanswered(db: Database, { name, payload }: { name: string; payload: Record<string, unknown> }): void {
  if (name !== 'issue.survey' || typeof payload.id !== 'string') return;
  const issue = readIssue(db, payload.id)?.issue;
  if (issue !== undefined && isAnsweredBeside(db, issue)) throw new AppError('survey/answered');
}

/** The code that an answer to this record's survey is given by; null where none is waited for. */
export function openCode(issue: Issue, now: Pick<Possible, 'policy'>): string | null {
  const isOpen = issue.state === 'closed' && !isAnswered(issue) && isAsked(issue, now.policy.of(issue.policyId, issue.receivedAtMs));
  return isOpen ? codeOf(issue.id) : null;
}

/**
 * The record that a survey code is of, and why its answer cannot be entered now (null: it can).
 *
 * @throws {AppError} `survey/bad-code` for what is no code; `survey/unknown-code` where no record here has it that the session may see
 */
export function findByCode(db: Database, text: string, session: Session, now: Possible): { id: Id; refusal: AppErrorData | null } {
  const code = parseSurveyCode(text);
  if (code === null) throw new AppError('survey/bad-code');
  const { from, before } = idsOfCode(code, now.atMs);
  for (const id of readIdsBetween(db, from, before)) {
    if (codeOf(id) !== code) continue;
    const issue = readIssue(db, id)?.issue;
    if (issue === undefined || !inScope(session.scope, issue)) continue;
    const refusal = refusalOf('issue.survey', issue, now);
    if (refusal === null) return { id, refusal: isAnsweredBeside(db, issue) ? { code: 'survey/answered', facts: {} } : null };
    // What has been answered already is told so, and not that nothing is new.
    return { id, refusal: issue.state === 'closed' && refusal.code === 'issue/nothing-changed' ? { code: 'survey/answered', facts: {} } : { code: refusal.code, facts: refusal.facts ?? {} } };
  }
  throw new AppError('survey/unknown-code');
}
