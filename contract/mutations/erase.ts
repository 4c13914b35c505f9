import type { Issue } from '../issue.ts';
import { nfc } from '../text.ts';

/** What stands where a word was. */
export const GONE = '•••';

/** Whether who reported and who was hurt have been erased from the record, or from a request about personal data who asked. */
export function isErased({ personalErasedAtMs }: { personalErasedAtMs?: number | null }): boolean {
  return personalErasedAtMs !== undefined && personalErasedAtMs !== null;
}

/** In the line of history: that words were taken out of the texts as well. */
export const WORDS_TAKEN = 'words';

/** Whether words were taken out of the record's texts. */
export function isRedacted({ history }: Pick<Issue, 'history'>): boolean {
  return history.some(entry => entry.action === 'issue.erasePersonal' && entry.fields?.includes(WORDS_TAKEN) === true);
}

/** The text without these words, whatever their case; marks count. */
export function redacted(text: string, words: readonly string[]): string {
  // The longest first: a name that is part of another would leave the rest of that one.
  const wanted = words.map(word => nfc(word).trim()).filter(word => word !== '').sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return text;
  const any = new RegExp(wanted.map(word => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+')).join('|'), 'giu');
  return nfc(text).replace(any, GONE);
}

/** Fields whose strings are codes, numbers and names of fields: nobody types them, and the program decides by them. */
const CODES: ReadonlySet<string> = new Set<string>([
  'class', 'service', 'lines', 'channel', 'provisionalNo', 'displayNo', 'state', 'severity', 'category', 'outcome', 'dueClock', 'kind', 'method', 'to', 'action', 'fields',
  'conscious', 'breathing', 'bleeding', 'onTime', 'rightResult', 'attitude', 'mime',
]);
/** An id or the hash of a file, wherever it stands. */
const NAMES_A_ROW = /^(?:[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * A part of a record without these words, in every string that is not a code: no rule knows which texts tell of a person, whoever erases names
 * the words. A list of texts would miss the ones that a later version adds.
 */
function withoutWords<T>(value: T, words: readonly string[]): T {
  if (typeof value === 'string') return (NAMES_A_ROW.test(value) ? value : redacted(value, words)) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => withoutWords(one, words)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, one]: [string, unknown]) => [field, CODES.has(field) ? one : withoutWords(one, words)])) as T;
}

/**
 * The record without who reported it, who was hurt and what an import's source said of it, whatever a later version has written there, and without
 * these words in any of its texts. That somebody wanted to stay anonymous stays known.
 */
export function withoutPersons(row: Issue, words: readonly string[]): Issue {
  return { ...(words.length === 0 ? row : withoutWords(row, words)), reporter: { anonymous: row.reporter.anonymous, name: '', phone: '', relation: '' }, victims: [], original: null };
}
