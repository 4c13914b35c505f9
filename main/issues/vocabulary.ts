import { exactWords, foldedWords } from '../../db/full-text.ts';

/** A word that the records use, and in how many of the texts read so far. */
interface Term { word: string; texts: number }

const MAX_TERMS = 40_000;
/** A word whose known completions are in more than this share of texts is too common for the index's own prefix search. */
const COMMON_SHARE = 0.02;

/** How to search for a word that is still being typed. */
export interface Completion {
  words: string[];
  /** Ask the index for every word with this beginning: affordable only for beginnings that few records have. */
  native: boolean;
}

/**
 * Words of a sample of records with their frequency, to complete the word that is being typed. The index's own prefix
 * search reads every record of every word with that beginning, up to seconds for one or two letters; thirty whole words
 * joined by OR take well under a millisecond.
 */
export class Vocabulary {
  readonly #terms = { exact: new Map<string, Term>(), folded: new Map<string, Term>() };
  #texts = 0;

  /** Learns the words of one record. Words with digits are left out: numbers are looked up in other ways. */
  learn(text: string): void {
    this.#texts++;
    count(this.#terms.exact, exactWords(text));
    count(this.#terms.folded, foldedWords(text));
  }

  /** The most frequent known words that begin with `beginning`, itself included. */
  complete(kind: 'exact' | 'folded', beginning: string, limit = 30): Completion {
    if (/\d/.test(beginning)) return { words: [beginning], native: false };
    const known = [...this.#terms[kind].values()].filter(term => term.word.startsWith(beginning));
    known.sort((a, b) => b.texts - a.texts || (a.word < b.word ? -1 : 1));
    const texts = known.reduce((sum, term) => sum + term.texts, 0);
    const isRare = texts <= this.#texts * COMMON_SHARE;
    return { words: [...new Set([beginning, ...known.slice(0, limit).map(term => term.word)])], native: isRare && beginning.length >= (this.#texts === 0 ? 3 : 2) };
  }
}

function count(terms: Map<string, Term>, found: readonly string[]): void {
  for (const word of new Set(found)) {
    if (/\d/.test(word)) continue;
    const term = terms.get(word);
    if (term !== undefined) term.texts++;
    else if (terms.size < MAX_TERMS) terms.set(word, { word, texts: 1 });
  }
}
