import { exactForm, fold, words } from '../contract/text.ts';
import { run, type Database } from './database.ts';

/** What a record is found by. */
export interface SearchParts {
  description: string; placeText: string; landmark: string; reporterName: string;
  displayNo: string | null; provisionalNo: string;
}

/** The text of a record that is searched, before it is split; compared to know whether the indexes must be rewritten. */
export function searchText(parts: SearchParts): string {
  return `${parts.description}\n${parts.placeText}\n${parts.landmark}\n${parts.reporterName}\n${parts.displayNo ?? ''}\n${parts.provisionalNo}`;
}

/**
 * Words with their marks, lower case, as table `ex` holds them. Queries must be split the same way: the tables keep no
 * positions (`detail=none`), so a word with a sign inside would be a phrase, and an error.
 */
export function exactWords(text: string): string[] {
  return words(exactForm(text));
}

/** Words without marks, đ as d, lower case, as table `fo` holds them. */
export function foldedWords(text: string): string[] {
  return words(fold(text));
}

/** Puts the text of row `rid` into both indexes, in the place of what was there. */
export function writeText(db: Database, rid: number, text: string): void {
  run(db, 'INSERT OR REPLACE INTO ex(rowid, t) VALUES (?, ?)', rid, exactWords(text).join(' '));
  run(db, 'INSERT OR REPLACE INTO fo(rowid, t) VALUES (?, ?)', rid, foldedWords(text).join(' '));
}

export function removeText(db: Database, rid: number): void {
  run(db, 'DELETE FROM ex WHERE rowid=?', rid);
  run(db, 'DELETE FROM fo WHERE rowid=?', rid);
}

/** Joins some of the small segments that writing leaves behind; a few milliseconds. Search slows down without it. */
export function mergeText(db: Database): void {
  run(db, `INSERT INTO ex(ex, rank) VALUES ('merge', 64)`);
  run(db, `INSERT INTO fo(fo, rank) VALUES ('merge', 64)`);
}

/** One segment each, after a bulk load: seconds for a million records. */
export function optimizeText(db: Database): void {
  run(db, `INSERT INTO ex(ex) VALUES ('optimize')`);
  run(db, `INSERT INTO fo(fo) VALUES ('optimize')`);
}
