import type { Person, Unit } from '../../../contract/org.ts';
import { digits, fold } from '../../../contract/text.ts';

/** A row ready to be searched: its words folded once, its phone digits beside them. */
export interface Searchable<T> { item: T; folded: string; phones: string }

/** `around`: further words it is found by, such as its centre and its kind. */
export function searchableUnit(unit: Unit, around: string): Searchable<Unit> {
  const contacts = [unit.focalPoint, unit.focalPoint?.deputy, unit.head].filter(one => one !== null && one !== undefined);
  return {
    item: unit,
    folded: fold([unit.name, around, ...contacts.map(one => one.name), ...unit.services].join(' ')),
    phones: [unit, ...contacts].map(one => digits(one.phone)).join(' '),
  };
}

export function searchablePerson(person: Person, siteName: string, unitName: string): Searchable<Person> {
  return { item: person, folded: fold([person.name, person.title, person.login, siteName, unitName].join(' ')), phones: '' };
}

/**
 * Rows in which every word of the text occurs, with or without accents; a text of digits also finds phones.
 * Order is kept.
 */
export function matching<T>(rows: readonly Searchable<T>[], text: string): T[] {
  const wanted = fold(text).split(' ').filter(word => word !== '');
  const number = digits(text);
  const isNumber = number.length >= 3 && /^[\d\s.+()-]+$/.test(text.trim());
  return rows
    .filter(row => wanted.every(word => row.folded.includes(word)) || (isNumber && row.phones.includes(number)))
    .map(row => row.item);
}

/** Vietnamese lists of people are sorted by given name, the last word. */
export function byGivenName(a: Pick<Person, 'name'>, b: Pick<Person, 'name'>): number {
  const given = (name: string): string => name.trim().split(/\s+/).at(-1) ?? '';
  return VI.compare(given(a.name), given(b.name)) || VI.compare(a.name, b.name);
}

export const VI = new Intl.Collator('vi');
