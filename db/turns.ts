import type { Turn } from '../contract/turn.ts';
import type { Database } from './database.ts';

/** Pages and places of which is remembered what was said last: what is late is so by seconds. */
const MAX_REMEMBERED = 2_000;
const newest = new WeakMap<Database, Map<string, number>>();

/**
 * Whether a page has said something later of the same place already. Remembered for as long as the core lives: what is on its way to it is lost with it.
 *
 * @param turn none: what says so comes on one road only
 */
export function isOvertaken(db: Database, place: string, turn: Turn | undefined): boolean {
  if (turn === undefined) return false;
  const turns = newest.get(db) ?? new Map<string, number>();
  newest.set(db, turns);
  const key = `${turn.page} ${place}`;
  if ((turns.get(key) ?? -1) > turn.n) return true;
  turns.delete(key);
  turns.set(key, turn.n);
  for (const oldest of turns.keys()) {
    if (turns.size <= MAX_REMEMBERED) break;
    turns.delete(oldest);
  }
  return false;
}
