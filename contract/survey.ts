import type { Id } from './ids.ts';

/**
 * Letters of survey codes: none that is read as another (no 0/O, 1/I, 2/Z, 5/S, 6/G, 8/B beside each other), and none of which an
 * input method makes a Vietnamese letter (no vowels, no W, no D).
 */
const LETTERS = 'BCFGHJKLMNPQRSTVXZ3479';
const DAY_LETTERS = 3, SECRET_LETTERS = 7;
const CODE_LETTERS = DAY_LETTERS + SECRET_LETTERS;
/** Days after which the letters of the day begin anew: 29 years. */
const DAYS = LETTERS.length ** DAY_LETTERS;
const SECRETS = LETTERS.length ** SECRET_LETTERS;
const DAY_MS = 86_400_000;

/**
 * The code by which an answer to a survey finds its record (Q13.10, Q16.5): the day of the record's id, so that few records have to be tried, and
 * what nobody can know who does not have the id itself.
 *
 * @param digest the SHA-256 of the id's text
 */
export function surveyCode(id: Id, digest: Uint8Array): string {
  const secret = digest.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0) % SECRETS;
  const letters = written(dayOf(id) % DAYS, DAY_LETTERS) + written(secret, SECRET_LETTERS);
  return `${letters.slice(0, CODE_LETTERS / 2)}-${letters.slice(CODE_LETTERS / 2)}`;
}

/** The code in what was typed, scanned or pasted: with or without its dash, in either case, at the end of an address; null when there is none. */
export function parseSurveyCode(text: string): string | null {
  const last = text.trim().split(/[=/?#]/).at(-1) ?? '';
  const letters = last.toUpperCase().replace(/[\s.-]/g, '');
  if (letters.length !== CODE_LETTERS || [...letters].some(letter => !LETTERS.includes(letter))) return null;
  return `${letters.slice(0, CODE_LETTERS / 2)}-${letters.slice(CODE_LETTERS / 2)}`;
}

/** The ids of the day that a code tells of: from the first, up to before the second. @param nowMs the newest such day that is no more than two days ahead of it */
export function idsOfCode(code: string, nowMs: number): { from: Id; before: Id } {
  const told = [...code.slice(0, DAY_LETTERS)].reduce((sum, letter) => sum * LETTERS.length + LETTERS.indexOf(letter), 0);
  const newest = Math.floor(nowMs / DAY_MS) + 2;
  const day = newest - ((newest - told) % DAYS + DAYS) % DAYS;
  return { from: firstId(day * DAY_MS), before: firstId((day + 1) * DAY_MS) };
}

/** Where an answer can be given by link; empty where the site has no survey page. @param page the address, with `{ma}` in the place of the code, or without */
export function surveyLink(page: string, code: string): string {
  if (page === '') return '';
  return page.includes('{ma}') ? page.replace('{ma}', code) : `${page}${page.includes('?') ? '&' : '?'}ma=${code}`;
}

/** What a site has for asking: a page, a number to call, or only the code. */
export const SURVEY_FORMS = ['page', 'hotline', 'code'] as const;

/** The text that a reporter gets (Q13.10, Q16.5). @param words the text of each form, with `{site}`, `{no}`, `{code}`, `{link}`, `{hotline}` in it */
export function surveyMessage(words: (form: (typeof SURVEY_FORMS)[number]) => string, asking: { page: string; hotline: string }, record: { site: string; no: string; code: string }): string {
  const { page, hotline } = asking;
  const facts: Record<string, string> = { ...record, link: surveyLink(page, record.code), hotline };
  return words(page !== '' ? 'page' : hotline !== '' ? 'hotline' : 'code').replace(/\{(\w+)\}/g, (blank, name: string) => facts[name] ?? blank);
}

/** The day in whose course the id was made; the first 48 bits of it are ms. */
function dayOf(id: Id): number {
  return Math.floor(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) / DAY_MS);
}

function firstId(atMs: number): Id {
  const hex = Math.max(0, atMs).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

function written(value: number, letters: number): string {
  let text = '';
  for (let rest = value; text.length < letters; rest = Math.floor(rest / LETTERS.length)) text = LETTERS[rest % LETTERS.length]! + text;
  return text;
}
