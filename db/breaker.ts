import { AppError } from '../contract/errors.ts';
import { getRow, run, type Database } from './database.ts';
import type { Work } from './work.ts';

/** So many rows, or this share of what is here, may go without a word from the province about each. */
const FEW_ROWS = 50;
const FEW_SHARE = 0.05;

/**
 * Stops what would take very many rows away that the province has not said are gone: a listing that is not whole must
 * not empty a workstation. Nothing is changed then; someone with the right can approve exactly this copy.
 *
 * @param removal.copy what the removal comes of, by a name that no other has
 * @throws {AppError} `sync/mass-removal` {rows, of, copy}
 */
export function refuseMassRemoval(db: Database, { copy, rows }: { copy: string; rows: number }): void {
  if (rows <= FEW_ROWS) return;
  const of = getRow<{ rows: number }>(db, 'SELECT (SELECT count(*) FROM issue WHERE version > 0) + (SELECT count(*) FROM org_row) AS rows')?.rows ?? 0;
  if (rows <= of * FEW_SHARE) return;
  const approved = getRow<{ copy: string | null; rows: number }>(db, 'SELECT approved_copy AS copy, approved_rows AS rows FROM sync_state');
  if (approved?.copy !== copy || approved.rows < rows) throw new AppError('sync/mass-removal', { rows, of, copy });
}

/** Lets this copy take so many rows away, and no more. */
export function approveRemoval(work: Work, { copy, rows }: { copy: string; rows: number }): void {
  run(work.db, 'UPDATE sync_state SET approved_copy = ?, approved_rows = ?', copy, rows);
  work.touch('sync');
}

/** The copy is in: what was approved for it says nothing about the next. */
export function endApproval(work: Work): void {
  run(work.db, 'UPDATE sync_state SET approved_copy = NULL, approved_rows = 0');
}
