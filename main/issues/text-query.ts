import { digits, fold } from '../../contract/text.ts';
import { exactWords, foldedWords } from '../../db/full-text.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a typed text asks for: words in both forms, and digits when it is nothing but digits. */
export interface TextQuery {
  /** FTS5 expressions; null when the text has no word. */
  exact: string | null; folded: string | null;
  /** Three digits or more with nothing but spaces, dots, dashes, + and brackets between them: a phone from its end, or part of a number. */
  digits: string | null;
  /** The text in the form of a record's number: upper case, no spaces. */
  number: string;
  /** The text is the beginning of a provisional number, in the form of one; words are then not looked for. */
  provisional: string | null;
}

const MAX_WORDS = 12;
/** How every provisional number begins, typed with its marks or without. */
const PROVISIONAL = /^tam-[a-z0-9-]*\d[a-z0-9-]*$/;
const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/**
 * Reads a typed text. All words must occur; the last one may be unfinished unless a space follows it.
 *
 * @param vocabulary completes the last word
 * @param sign how the indexes hold a word of a reporter's name; null for someone to whom names must not lead
 */
export function readTextQuery(text: string, vocabulary: Vocabulary, sign: ((word: string) => string) | null): TextQuery {
  const isFinished = /\s$/.test(text);
  const bare = text.trim();
  const onlyDigits = /^[\d\s.\-+()]+$/.test(bare) && digits(bare).length >= 3 ? digits(bare) : null;
  const provisional = PROVISIONAL.test(fold(bare)) ? `TẠM-${bare.normalize('NFC').slice(4).toUpperCase().replace(/\s+/g, '')}` : null;
  if (provisional !== null) return { exact: null, folded: null, digits: null, number: '', provisional };
  return {
    exact: expression(exactWords(text), sign, word => (isFinished ? null : vocabulary.complete('exact', word))),
    folded: expression(foldedWords(text), sign, word => (isFinished ? null : vocabulary.complete('folded', word))),
    digits: onlyDigits === null ? null : withoutTrunk(bare, onlyDigits),
    number: bare.normalize('NFC').toUpperCase().replace(/\s+/g, ''),
    provisional: null,
  };
}

/** A whole number without what comes before the national part: 0987… and +84 987… are one telephone. */
function withoutTrunk(typed: string, all: string): string {
  if (/^\+84/.test(typed)) return all.slice(2);
  return all.length >= 9 && all.startsWith('0') ? all.slice(1) : all;
}

function expression(all: readonly string[], sign: ((word: string) => string) | null, complete: (word: string) => { words: string[]; native: boolean } | null): string | null {
  const some = all.slice(0, MAX_WORDS);
  const last = some.at(-1);
  if (last === undefined) return null;
  const completion = complete(last);
  const asName = (words: readonly string[]): string[] => (sign === null ? [] : words.map(word => quoted(sign(word))));
  const either = (words: readonly string[], first: readonly string[] = words.map(quoted)): string => {
    const ways = [...first, ...asName(words)];
    return ways.length === 1 ? ways.join('') : `(${ways.join(' OR ')})`;
  };
  const parts = some.slice(0, -1).map(word => either([word]));
  if (completion === null) parts.push(either([last]));
  else parts.push(completion.native ? either(completion.words, [`${quoted(last)}*`]) : either(completion.words));
  return parts.join(' AND ');
}

/** Final numbers that a few digits can stand for: "123" is "115-2026-" + "000123", and so for every series in use. */
export function numbersOf(typed: string, series: readonly string[]): string[] {
  return typed.length > 6 ? [] : series.map(stem => stem + typed.padStart(6, '0'));
}
