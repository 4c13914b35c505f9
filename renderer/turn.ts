import { newId } from '../contract/ids.ts';
import type { Turn } from '../contract/turn.ts';

const said = { page: newId(Date.now()), n: 0 };

/** The next turn of this page, for what is kept as it is typed. */
export function nextTurn(): Turn {
  said.n += 1;
  return { ...said };
}
