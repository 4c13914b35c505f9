import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import { PolicyDraft } from '../../contract/policy/draft.ts';
import { withProposed } from '../../contract/policy/proposed.ts';
import { blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';

/** Characters of a draft as JSON: several times what a pack with all its holidays has, and less than a call may bring along. */
const MAX_DRAFT_LENGTH = 400_000;

export interface KeptDraft { draft: PolicyDraft; savedAtMs: number }

/** The pack that a person is editing, with the values that an older program did not have as they are proposed; null when there is none, or it is of a form that this program does not know. */
export function readPolicyDraft(db: Database, personId: Id): KeptDraft | null {
  const row = getRow<{ draft: string; saved_at_ms: number }>(db, 'SELECT draft, saved_at_ms FROM policy_draft WHERE person_id=?', idToBlob(personId));
  if (row === undefined) return null;
  const { success, data } = PolicyDraft.safeParse(JSON.parse(row.draft));
  return success ? { draft: { ...data, pack: withProposed(data.pack) }, savedAtMs: row.saved_at_ms } : null;
}

/**
 * Keeps a draft as it is now.
 *
 * @param isNew begins one; otherwise it must be the one that is kept
 * @throws {AppError} `policy/draft-there`, `policy/draft-gone`, `draft/too-long`
 */
export function savePolicyDraft(work: Work, { personId, draft, isNew, atMs }: { personId: Id; draft: PolicyDraft; isNew: boolean; atMs: number }): void {
  const text = JSON.stringify(draft);
  if (text.length > MAX_DRAFT_LENGTH) throw new AppError('draft/too-long', { limit: MAX_DRAFT_LENGTH });
  const there = getRow<{ id: Uint8Array }>(work.db, 'SELECT id FROM policy_draft WHERE person_id=?', idToBlob(personId));
  if (isNew && there !== undefined && readPolicyDraft(work.db, personId) !== null) throw new AppError('policy/draft-there');
  if (!isNew && (there === undefined || blobToId(there.id) !== draft.pack.id)) throw new AppError('policy/draft-gone');
  run(work.db, 'INSERT OR REPLACE INTO policy_draft(person_id, id, draft, saved_at_ms) VALUES (?,?,?,?)', idToBlob(personId), idToBlob(draft.pack.id), text, atMs);
  work.touch('draft');
}

/** Forgets the draft of that id, if it is the person's. */
export function removePolicyDraft(work: Work, personId: Id, id: Id): void {
  if (run(work.db, 'DELETE FROM policy_draft WHERE person_id=? AND id=?', idToBlob(personId), idToBlob(id)).changes > 0) work.touch('draft');
}
