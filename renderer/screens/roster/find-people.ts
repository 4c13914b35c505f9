import type { DirectoryPerson } from '../../../contract/roster-import-plan.ts';
import { fold } from '../../../contract/text.ts';

/** Somebody of the directory as they can be put into a plan, with where they serve otherwise; `isOwn`: at the centre of whoever looks. */
export interface Listed extends DirectoryPerson { title: string; site: string; isOwn: boolean }

const wordsOf = (text: string): string[] => fold(text).split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');

/** Whether each word begins a word of the name, one after another. */
function isInOrder(wanted: readonly string[], name: readonly string[]): boolean {
  let at = 0;
  for (const word of wanted) {
    const found = name.findIndex((one, i) => i >= at && one.startsWith(word));
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

type Fit = 0 | 1 | 2 | 3 | 4;
/** How well somebody fits: by the whole name, by beginnings of its words in their order, in any order, with words of other fields; null: a word is nowhere. */
function fitOf({ name, login, title, agency, site }: Listed, wanted: readonly string[]): Fit | null {
  const own = wordsOf(name), others = wordsOf([login, title, agency ?? '', site].join(' '));
  const begins = (some: readonly string[]) => (word: string): boolean => some.some(one => one.startsWith(word));
  if (own.join(' ') === wanted.join(' ')) return 0;
  if (isInOrder(wanted, own)) return 1;
  if (wanted.every(begins(own))) return 2;
  if (wanted.every(begins([...own, ...others]))) return 3;
  return wanted.every(word => [...own, ...others].some(one => one.includes(word))) ? 4 : null;
}

/** People in whom every word of the text occurs, with or without marks: by their name first, of these one's own centre, of these who has whole words of it in the name; else in their order. */
export function foundPeople(people: readonly Listed[], text: string): Listed[] {
  const wanted = wordsOf(text);
  if (wanted.length === 0) return [...people];
  const whole = ({ name }: Listed): number => { const own = wordsOf(name); return wanted.filter(word => own.includes(word)).length; };
  return people.flatMap(person => { const fit = fitOf(person, wanted); return fit === null ? [] : [{ person, fit, whole: whole(person) }]; })
    .sort((a, b) => a.fit - b.fit || Number(b.person.isOwn) - Number(a.person.isOwn) || b.whole - a.whole).map(({ person }) => person);
}
