import { exactForm, fold, words } from '../contract/text.ts';
import { run, type Database } from './database.ts';
import { sealOf, SIGN, type Seal } from './seal.ts';

/** What a record is found by. */
export interface SearchParts {
  description: string; placeText: string; landmark: string; reporterName: string;
  displayNo: string | null; provisionalNo: string;
}

/** The text of a record that is searched, before it is split: what tells of no person, and the name of who reported. */
export interface SearchText { open: string; name: string }

export function searchText(parts: SearchParts): SearchText {
  return { open: `${parts.description} ${parts.placeText} ${parts.landmark} ${parts.displayNo ?? ''} ${parts.provisionalNo}`, name: parts.reporterName };
}

/** Whether the indexes need not be rewritten. */
export function isSameText(a: SearchText, b: SearchText): boolean {
  return a.open === b.open && a.name === b.name;
}

/** Nobody types a sign, or searches by the beginning of one. */
function withoutSigns(text: string): string {
  return text.includes(SIGN) ? text.replaceAll(SIGN, ' ') : text;
}

/**
 * Words with their marks, lower case, as table `ex` holds them. Queries must be split the same way: the tables keep no
 * positions (`detail=none`), so a word with a sign inside would be a phrase, and an error.
 */
export function exactWords(text: string): string[] {
  return words(exactForm(withoutSigns(text)));
}

/** Words without marks, đ as d, lower case, as table `fo` holds them. */
export function foldedWords(text: string): string[] {
  return words(fold(withoutSigns(text)));
}

interface Forms { exact: string; folded: string }

/** Both forms of pieces seen lately. Reports share most of theirs, and splitting is the dearest part of a bulk load. */
const FORMS = new Map<string, Forms>();
const MAX_FORMS = 20_000;

const ASCII = /^[\x00-\x7f]*$/;

/** Numbers and the like have no marks: both forms are one, and need no table of letters. */
function plainForms(piece: string): Forms {
  const form = (piece.toLowerCase().match(/[a-z0-9]+/g) ?? []).join(' ');
  return { exact: form, folded: form };
}

function formsOf(piece: string): Forms {
  const known = FORMS.get(piece);
  if (known !== undefined) return known;
  const forms = ASCII.test(piece) ? plainForms(piece) : { exact: exactWords(piece).join(' '), folded: foldedWords(piece).join(' ') };
  // Numbers hardly ever come twice; they would only push the words out.
  if (/\d/.test(piece)) return forms;
  if (FORMS.size >= MAX_FORMS) FORMS.clear();
  FORMS.set(piece, forms);
  return forms;
}

/** The text as each of the two tables takes it: `exactWords` and `foldedWords`, each joined by a space; of a name only the signs of its words. */
export function indexedForms({ open, name }: SearchText, seal: Seal): Forms {
  const all: Forms = { exact: '', folded: '' };
  for (const piece of open.split(' ')) {
    const { exact, folded } = formsOf(piece);
    if (exact !== '') all.exact += all.exact === '' ? exact : ` ${exact}`;
    if (folded !== '') all.folded += all.folded === '' ? folded : ` ${folded}`;
  }
  if (name === '') return all;
  for (const word of exactWords(name)) all.exact += ` ${seal.sign(word)}`;
  for (const word of foldedWords(name)) all.folded += ` ${seal.sign(word)}`;
  return all;
}

/** Puts the text of row `rid` into both indexes, in the place of what was there. */
export function writeText(db: Database, rid: number, text: SearchText): void {
  const { exact, folded } = indexedForms(text, sealOf(db));
  run(db, 'INSERT OR REPLACE INTO ex(rowid, t) VALUES (?, ?)', rid, exact);
  run(db, 'INSERT OR REPLACE INTO fo(rowid, t) VALUES (?, ?)', rid, folded);
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

/** One segment each, after a bulk load: seconds for a million records. What was kept for the load is let go. */
export function optimizeText(db: Database): void {
  FORMS.clear();
  run(db, `INSERT INTO ex(ex) VALUES ('optimize')`);
  run(db, `INSERT INTO fo(fo) VALUES ('optimize')`);
}
