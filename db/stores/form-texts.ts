import type { FormText } from '../../contract/console.ts';
import type { IntentName } from '../../contract/documents/apply.ts';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import { allRows, getRow, idToBlob, run, type Database } from '../database.ts';
import { openedJson, sealedWhole } from '../sealed-json.ts';
import type { Work } from '../work.ts';

/** Characters of a form as JSON: several times what the limits of its fields allow. */
const MAX_FIELDS_LENGTH = 64_000;

/** Whose text it is, and in which form of which record; a form that makes something new is the workstation's. */
export interface FormPlace { personId: Id; issueId: Id; action: IntentName }

interface FormRow { action: string; fields: string; saved_at_ms: number }

/** What a person has begun to write on a record and not yet sent, by action. */
export function readForms(db: Database, personId: Id, issueId: Id): FormText[] {
  return allRows<FormRow>(db, 'SELECT action, fields, saved_at_ms FROM form_text WHERE person_id=? AND issue_id=? ORDER BY action', idToBlob(personId), idToBlob(issueId))
    .map(row => ({ action: row.action, fields: openedJson<FormText['fields']>(db, row.fields), savedAtMs: row.saved_at_ms }));
}

/** @throws {AppError} `draft/too-long` */
export function saveForm(work: Work, form: FormPlace & { fields: Record<string, unknown>; atMs: number }): void {
  if (JSON.stringify(form.fields).length > MAX_FIELDS_LENGTH) throw new AppError('draft/too-long', { limit: MAX_FIELDS_LENGTH });
  run(work.db, `INSERT INTO form_text(person_id, issue_id, action, fields, saved_at_ms) VALUES (?,?,?,?,?)
    ON CONFLICT DO UPDATE SET fields=excluded.fields, saved_at_ms=excluded.saved_at_ms`,
    idToBlob(form.personId), idToBlob(form.issueId), form.action, sealedWhole(work.db, form.fields), form.atMs);
  work.touch('draft');
}

/** The refused mutation that a form corrects; null for one that corrects nothing, undefined when nothing is written in it. */
export function correctedByForm(db: Database, { personId, issueId, action }: FormPlace): number | null | undefined {
  return getRow<{ n: number | null }>(db, 'SELECT attention_n AS n FROM form_text WHERE person_id=? AND issue_id=? AND action=?',
    idToBlob(personId), idToBlob(issueId), action)?.n;
}

export function linkForm(work: Work, { personId, issueId, action }: FormPlace, attentionN: number): void {
  run(work.db, 'UPDATE form_text SET attention_n=? WHERE person_id=? AND issue_id=? AND action=?', attentionN, idToBlob(personId), idToBlob(issueId), action);
}

export function removeForm(work: Work, { personId, issueId, action }: FormPlace): void {
  const { changes } = run(work.db, 'DELETE FROM form_text WHERE person_id=? AND issue_id=? AND action=?', idToBlob(personId), idToBlob(issueId), action);
  if (changes > 0) work.touch('draft');
}
