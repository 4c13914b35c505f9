import type { ConsoleState } from '../../../contract/console.ts';
import { exactForm, fold } from '../../../contract/text.ts';

type Tile = ConsoleState['people'][number];

/**
 * The people meant by what is typed: every word begins a word of the name, or stands anywhere in the sign-in name; with or
 * without accents. Who is called exactly that, by sign-in name or full name, comes first; then names with the accents as
 * typed; otherwise the order is kept. Nothing typed gives all.
 */
export function matchingPeople(people: readonly Tile[], text: string): Tile[] {
  const typed = fold(text).split(' ').filter(word => word !== '');
  const exact = exactForm(text);
  const hits = people.filter(person => {
    const [name, login] = [` ${fold(person.name)}`, fold(person.login)];
    return typed.every(word => name.includes(` ${word}`) || login.includes(word));
  });
  const rank = (person: Tile): number => {
    const [name, login] = [exactForm(person.name), exactForm(person.login)];
    if (login === exact || name === exact) return 0;
    if (fold(person.name) === fold(text)) return 1;
    return exact !== fold(text) && name.includes(exact) ? 2 : 3;
  };
  return hits.toSorted((a, b) => rank(a) - rank(b));
}

/** Where an arrow leads from tile `at` in rows of `columns`; stays where there is nothing further. */
export function steppedTile(key: string, at: number, count: number, columns: number): number {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key] ?? 0;
  const next = at + step;
  if (next >= 0 && next < count) return next;
  // From the last full row down into a shorter one: its last tile.
  const isBelow = step === columns && Math.floor(at / columns) < Math.floor((count - 1) / columns);
  return isBelow ? count - 1 : at;
}
