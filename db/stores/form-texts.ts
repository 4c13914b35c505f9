import type { FormText } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import type { MutationName } from '../../contract/mutations/issue.ts';
import { allRows, idToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';

/** Characters of a form as JSON: several times what the limits of its fields allow. */
const MAX_FIELDS_LENGTH = 64_000;

/** Whose text it is, and in which form of which record. */
export interface FormPlace { personId: Id; issueId: Id; action: MutationName }

interface FormRow { action: string; fields: string; saved_at_ms: number }

/** What a person has begun to write on a record and not yet sent, by action. */
export function readForms(db: Database, personId: Id, issueId: Id): FormText[] {
  return allRows<FormRow>(db, 'SELECT action, fields, saved_at_ms FROM form_text WHERE person_id=? AND issue_id=? ORDER BY action', idToBlob(personId), idToBlob(issueId))
    .map(row => ({ action: row.action, fields: JSON.parse(row.fields) as FormText['fields'], savedAtMs: row.saved_at_ms }));
}

/** @throws {AppError} `draft/too-long` */
export function saveForm(work: Work, form: FormPlace & { fields: Record<string, unknown>; atMs: number }): void {
  const fields = JSON.stringify(form.fields);
  if (fields.length > MAX_FIELDS_LENGTH) throw new AppError('draft/too-long', { limit: MAX_FIELDS_LENGTH });
  run(work.db, 'INSERT OR REPLACE INTO form_text(person_id, issue_id, action, fields, saved_at_ms) VALUES (?,?,?,?,?)',
    idToBlob(form.personId), idToBlob(form.issueId), form.action, fields, form.atMs);
  work.touch('draft');
}

export function removeForm(work: Work, { personId, issueId, action }: FormPlace): void {
  const { changes } = run(work.db, 'DELETE FROM form_text WHERE person_id=? AND issue_id=? AND action=?', idToBlob(personId), idToBlob(issueId), action);
  if (changes > 0) work.touch('draft');
}
