import { getRow, run, type Database } from './database.ts';
import type { Work } from './work.ts';

/*
 * An index of words only notes that a row is gone; its words stay in the index until the parts that hold them are merged. After an erasure all
 * parts are merged into one, a piece at a time.
 */

const NAME = 'textUnclean';
/** Pages of one piece: some milliseconds. */
const PAGES = 200;
const TABLES = ['ex', 'fo'] as const;

/** Some words in the indexes are no record's any more and have to go. */
export function leaveTextUnclean(work: Work): void {
  run(work.db, 'INSERT OR REPLACE INTO counter(name, value) VALUES (?, 1)', NAME);
}

/** Whether words are still to go. */
export function isTextUnclean(db: Database): boolean {
  return getRow(db, 'SELECT 1 FROM counter WHERE name=?', NAME) !== undefined;
}

/** One piece of it: first all parts are marked to become one, then they are merged until nothing changes. @returns whether there is more */
export function cleanText(work: Work): boolean {
  const { db } = work;
  const state = getRow<{ value: number }>(db, 'SELECT value FROM counter WHERE name=?', NAME)?.value;
  if (state === undefined) return false;
  const changed = TABLES.map(table => changesOf(db, () => run(db, `INSERT INTO ${table}(${table}, rank) VALUES ('merge', ?)`, state === 1 ? -PAGES : PAGES)));
  // What SQLite counts for a merge that had nothing to do is less than two.
  if (state !== 1 && changed.every(count => count < 2)) {
    run(db, 'DELETE FROM counter WHERE name=?', NAME);
    return false;
  }
  run(db, 'UPDATE counter SET value=2 WHERE name=?', NAME);
  return true;
}

function changesOf(db: Database, work: () => unknown): number {
  const total = (): number => getRow<{ n: number }>(db, 'SELECT total_changes() AS n')?.n ?? 0;
  const before = total();
  work();
  return total() - before;
}
