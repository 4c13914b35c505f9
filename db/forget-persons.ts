import type { Id } from '../contract/ids.ts';
import type { Issue } from '../contract/issue.ts';
import { GONE, isRedacted } from '../contract/mutations/erase.ts';
import type { LostValue } from '../contract/mutations/facts.ts';
import { allRows, getRow, idToBlob, run, type Database } from './database.ts';
import { openedJson, PERSONAL, sealedJson, sealedLost } from './sealed-json.ts';
import type { Work } from './work.ts';

/** Texts of a step: none of them is left where words were taken out of the record's. */
const TEXTS: readonly string[] = ['note', 'reason', 'result', 'reply', 'question', 'comment', 'advisedBody'];
const NOBODY = { anonymous: true, name: '', phone: '', relation: '' };

type Payload = Record<string, unknown>;
const isPayload = (value: unknown): value is Payload => typeof value === 'object' && value !== null;

/**
 * A payload without persons, and where words were taken out of the record's texts, without its own. What is received has to have a reporter: it has
 * nobody's then, should a restored province be offered it again.
 */
function forgotten(name: string, payload: Payload, issue: Issue): Payload {
  const rest = Object.fromEntries(Object.entries(payload).filter(([field]) => !PERSONAL.includes(field)));
  const { fields } = rest;
  const texts = isRedacted(issue);
  if (isPayload(fields)) rest['fields'] = Object.fromEntries(Object.entries(fields).filter(([field]) => !PERSONAL.includes(field) && !(texts && (field === 'description' || field === 'place'))));
  if (texts) for (const field of TEXTS) if (typeof rest[field] === 'string' && rest[field] !== '') rest[field] = GONE;
  if (name !== 'issue.receive') return rest;
  return { ...rest, reporter: NOBODY, ...(texts ? { description: issue.description, place: issue.place } : {}) };
}

/**
 * Forgets what this workstation holds beside the record itself of who reported it or was hurt: in changes that have been judged, in what needs
 * attention, in half-written forms. What is not judged yet stays until it is.
 *
 * @param issue the record without them
 */
export function forgetPersons(work: Work, issue: Issue): void {
  const id = idToBlob(issue.id);
  work.personsKept ??= getRow(work.db, 'SELECT 1 WHERE EXISTS (SELECT 1 FROM sent_log) OR EXISTS (SELECT 1 FROM attention) OR EXISTS (SELECT 1 FROM form_text)') !== undefined;
  if (!work.personsKept) return;
  for (const { n, name, payload } of allRows<{ n: number; name: string; payload: string }>(work.db, `SELECT n, name, payload FROM sent_log WHERE payload ->> '$.id' = ?`, issue.id)) {
    run(work.db, 'UPDATE sent_log SET payload=? WHERE n=?', sealedJson(work.db, forgotten(name, openedJson<Payload>(work.db, payload), issue)), n);
  }
  for (const { n, name, payload, lost } of allRows<{ n: number; name: string; payload: string; lost: string }>(work.db, 'SELECT n, name, payload, lost FROM attention WHERE issue_id=?', id)) {
    const kept = openedJson<LostValue[]>(work.db, lost).filter(({ field }) => !PERSONAL.includes(field) && !(isRedacted(issue) && (field === 'description' || field === 'place')));
    run(work.db, 'UPDATE attention SET payload=?, lost=?, description=? WHERE n=?', sealedJson(work.db, forgotten(name, openedJson<Payload>(work.db, payload), issue)), sealedLost(work.db, kept), issue.description, n);
    work.touch('attention');
  }
  const forms = isRedacted(issue) ? '' : `AND action IN ('issue.edit', 'issue.erasePersonal')`;
  if (run(work.db, `DELETE FROM form_text WHERE issue_id=? ${forms}`, id).changes > 0) work.touch('draft');
}

const REQUEST_TEXTS: readonly string[] = ['words', 'text', 'reason'];
const requestForgotten = (payload: Payload): Payload => Object.fromEntries(Object.entries(payload).map(([field, value]): [string, unknown] =>
  [field, field === 'subject' ? { name: GONE, phone: '', address: '' } : REQUEST_TEXTS.includes(field) ? GONE : value]));

/** The same of a request about personal data whose time of keeping is over: of who asked, and of what was written. */
export function forgetRequest(work: Work, id: Id): void {
  for (const { n, payload } of allRows<{ n: number; payload: string }>(work.db, `SELECT n, payload FROM sent_log WHERE payload ->> '$.id' = ?`, id)) {
    run(work.db, 'UPDATE sent_log SET payload=? WHERE n=?', sealedJson(work.db, requestForgotten(openedJson<Payload>(work.db, payload))), n);
  }
  for (const { n, payload } of allRows<{ n: number; payload: string }>(work.db, 'SELECT n, payload FROM attention WHERE issue_id=?', idToBlob(id))) {
    run(work.db, 'UPDATE attention SET payload=?, description=? WHERE n=?', sealedJson(work.db, requestForgotten(openedJson<Payload>(work.db, payload))), GONE, n);
    work.touch('attention');
  }
  if (run(work.db, 'DELETE FROM form_text WHERE issue_id=?', idToBlob(id)).changes > 0) work.touch('draft');
}

/** Whether the record as it is here has had its persons erased; undefined when it is not here. */
export function isErasedHere(db: Database, issueId: Id): boolean | undefined {
  const row = getRow<{ at: number | null }>(db, `SELECT rest ->> '$.personalErasedAtMs' AS at FROM issue WHERE id=?`, idToBlob(issueId));
  return row === undefined ? undefined : row.at !== null;
}
