import { SavedView } from '../../contract/saved-view.ts';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';

/** How long a removed view can come back. */
const KEPT_MS = 86_400_000;

/** A person's own views. One that no longer fits its shape is left out, not lost. */
export function readSavedViews(db: Database, { personId }: { personId: Id }): SavedView[] {
  const rows = allRows<{ data: string }>(db, `SELECT data FROM saved_view WHERE removed_at_ms IS NULL AND owner_id=?`, idToBlob(personId));
  return rows.flatMap(row => {
    const parsed = SavedView.safeParse(JSON.parse(row.data));
    return parsed.success ? [parsed.data] : [];
  });
}

export function readDefaultView(db: Database, personId: Id): Id | null {
  const row = getRow<{ id: Uint8Array }>(db, 'SELECT view_id AS id FROM default_view WHERE person_id=?', idToBlob(personId));
  return row === undefined ? null : blobToId(row.id);
}

/** Writes a view, new or over its older self. Views that were removed a day ago go for good. */
export function writeSavedView(work: Work, view: SavedView): void {
  run(work.db, 'DELETE FROM saved_view WHERE removed_at_ms < ?', view.savedAtMs - KEPT_MS);
  run(work.db, 'INSERT OR REPLACE INTO saved_view(id, scope, site_id, owner_id, data) VALUES (?,?,?,?,?)',
    idToBlob(view.id), view.scope, idToBlob(view.siteId), idToBlob(view.ownerId), JSON.stringify(view));
  work.touch('view');
}

/** Puts a view of this person away at `atMs`, or brings it back (null). @throws {AppError} `view/not-found` */
export function setRemoved(work: Work, id: Id, personId: Id, atMs: number | null): void {
  const { changes } = run(work.db, 'UPDATE saved_view SET removed_at_ms=? WHERE id=? AND owner_id=?', atMs, idToBlob(id), idToBlob(personId));
  if (changes === 0) throw new AppError('view/not-found');
  work.touch('view');
}

/** The view with which a person's queue opens; null: the list of open records. */
export function writeDefaultView(work: Work, personId: Id, id: Id | null): void {
  if (id === null) run(work.db, 'DELETE FROM default_view WHERE person_id=?', idToBlob(personId));
  else run(work.db, 'INSERT OR REPLACE INTO default_view(person_id, view_id) VALUES (?,?)', idToBlob(personId), idToBlob(id));
  work.touch('view');
}
