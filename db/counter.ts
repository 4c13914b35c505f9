import { getRow } from './database.ts';
import type { Work } from './work.ts';

/** The next value of a named count, from 1; a transaction that is rolled back gives its value back. */
export function nextCount(work: Work, name: string): number {
  const row = getRow<{ value: number }>(work.db,
    'INSERT INTO counter(name, value) VALUES (?, 1) ON CONFLICT(name) DO UPDATE SET value = value + 1 RETURNING value', name);
  if (row === undefined) throw new Error('a counter gave nothing');
  return row.value;
}
