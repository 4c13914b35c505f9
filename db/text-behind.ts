import { getRow, run, type Database } from './database.ts';
import { optimizeText, writeText } from './full-text.ts';
import { endBulk } from './open.ts';
import { newestRid, readTexts } from './stores/issues.ts';
import { readSnapshot } from './stores/sync.ts';
import type { Work } from './work.ts';

/** Rows whose words are written in one transaction: some 40 ms, which a record that is being saved may have to wait. */
const ROWS_AT_ONCE = 500;

/** The first row whose words may still be missing in the indexes, null when none are. */
export function readTextFrom(db: Database): number | null {
  return getRow<{ text_from: number | null }>(db, 'SELECT text_from FROM sync_state')?.text_from ?? null;
}

/** From here on new records are written without their words (`Work.textLater`); `writeTextBehind` brings them in. */
export function leaveTextBehind(work: Work): void {
  work.textLater = true;
  run(work.db, 'UPDATE sync_state SET text_from = coalesce(text_from, ?)', newestRid(work.db) + 1);
}

/**
 * Writes the words of the next rows that are without them. Rows written since have theirs already and get them again,
 * which changes nothing.
 *
 * @returns whether there may be more
 */
export function writeTextBehind(work: Work): boolean {
  const from = readTextFrom(work.db);
  if (from === null) return false;
  const texts = readTexts(work.db, from, ROWS_AT_ONCE);
  for (const { rid, text } of texts) writeText(work.db, rid, text);
  const last = texts.at(-1);
  if (texts.length === ROWS_AT_ONCE && last !== undefined) {
    run(work.db, 'UPDATE sync_state SET text_from=?', last.rid + 1);
    return true;
  }
  run(work.db, 'UPDATE sync_state SET text_from=NULL');
  // Who has searched meanwhile has not found everything.
  work.touch('issue');
  work.touch('sync');
  if (readSnapshot(work.db).id === null) tidyTextAfterwards(work);
  return false;
}

/** Once a copy and its words are in: each index becomes one piece, and what the load kept is let go. */
export function tidyTextAfterwards(work: Work): void {
  work.afterwards(() => {
    try {
      optimizeText(work.db);
    } finally {
      endBulk(work.db);
    }
  });
}
