/** Stands in a column for a word that only a newer version of the program knows; the word itself is in `rest`. */
export const NEWER = 255;

/** The index of a word in the contract's list, as columns keep it. */
export function numberOf(list: readonly string[], word: string): number {
  const index = list.indexOf(word);
  return index < 0 ? NEWER : index;
}

/** The word of a column. @param stored its number, or the word itself where it is a newer one */
export function wordAt<Word extends string>(list: readonly Word[], stored: number | string): Word {
  const word = typeof stored === 'string' ? stored as Word : list[stored];
  if (word === undefined) throw new Error(`no word at ${stored}`);
  return word;
}

/** SQL for a column whose number says the word, or the word itself where it is a newer one. */
export function wordColumn(column: 'class' | 'service' | 'severity' | 'state'): string {
  return `CASE ${column} WHEN ${NEWER} THEN rest ->> '$.${column}' ELSE ${column} END`;
}
