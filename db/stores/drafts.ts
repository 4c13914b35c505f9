import type { Draft } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import type { Service } from '../../contract/org.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import { openedJson, sealedWhole } from '../sealed-json.ts';
import type { Work } from '../work.ts';

/** Characters of a form as JSON: far above what the field limits allow, far below what would slow a save down. */
const MAX_FIELDS_LENGTH = 64_000;

interface DraftRow { id: Uint8Array; service: string; fields: string; provisional_no: string; saved_at_ms: number }

function toDraft(db: Database, row: DraftRow): Draft {
  return {
    id: blobToId(row.id), service: row.service as Service, fields: openedJson<Draft['fields']>(db, row.fields),
    provisionalNo: row.provisional_no, savedAtMs: row.saved_at_ms,
  };
}

/** A person's unfinished forms, the one last typed in first. */
export function readDrafts(db: Database, personId: Id): Draft[] {
  return allRows<DraftRow>(db, 'SELECT * FROM draft WHERE person_id=? ORDER BY saved_at_ms DESC, id DESC', idToBlob(personId)).map(row => toDraft(db, row));
}

/** One unfinished form; null when there is none of that id, or it is someone else's. */
export function readDraft(db: Database, id: Id, personId: Id): Draft | null {
  const row = getRow<DraftRow>(db, 'SELECT * FROM draft WHERE id=? AND person_id=?', idToBlob(id), idToBlob(personId));
  return row === undefined ? null : toDraft(db, row);
}

export function addDraft(work: Work, draft: Draft, personId: Id): void {
  run(work.db, 'INSERT INTO draft(id, person_id, service, fields, provisional_no, saved_at_ms) VALUES (?,?,?,?,?,?)',
    idToBlob(draft.id), idToBlob(personId), draft.service, sealedWhole(work.db, draft.fields), draft.provisionalNo, draft.savedAtMs);
  work.touch('draft');
}

/** The draft in which a person corrects what was refused under this number; null when there is none. */
export function readDraftFor(db: Database, attentionN: number, personId: Id): Draft | null {
  const row = getRow<DraftRow>(db, 'SELECT * FROM draft WHERE attention_n=? AND person_id=?', attentionN, idToBlob(personId));
  return row === undefined ? null : toDraft(db, row);
}

/** The refused mutation that a draft corrects, if it does. */
export function correctedByDraft(db: Database, id: Id): number | null {
  return getRow<{ n: number | null }>(db, 'SELECT attention_n AS n FROM draft WHERE id=?', idToBlob(id))?.n ?? null;
}

export function linkDraft(work: Work, id: Id, attentionN: number): void {
  run(work.db, 'UPDATE draft SET attention_n=? WHERE id=?', attentionN, idToBlob(id));
}

/** @throws {AppError} `draft/not-found`, `draft/too-long` */
export function saveDraft(work: Work, draft: { id: Id; personId: Id; service: Service; fields: Record<string, unknown>; atMs: number }): void {
  if (JSON.stringify(draft.fields).length > MAX_FIELDS_LENGTH) throw new AppError('draft/too-long', { limit: MAX_FIELDS_LENGTH });
  const { changes } = run(work.db, 'UPDATE draft SET service=?, fields=?, saved_at_ms=? WHERE id=? AND person_id=?',
    draft.service, sealedWhole(work.db, draft.fields), draft.atMs, idToBlob(draft.id), idToBlob(draft.personId));
  if (changes === 0) throw new AppError('draft/not-found');
  work.touch('draft');
}

export function removeDraft(work: Work, id: Id, personId: Id): void {
  if (run(work.db, 'DELETE FROM draft WHERE id=? AND person_id=?', idToBlob(id), idToBlob(personId)).changes > 0) work.touch('draft');
}
