import type { Column, Relaxed } from './master.ts';
import { countedIn, rowsOf, type Line, type RosterProblem } from './problem.ts';

/** What the relaxation says, and what each line costs above what it pays for it. */
export interface Priced { relaxed: Relaxed; above: Float64Array; columns: readonly Column[] }

/** So many lines of each person, and so many steps in all, are tried at most. */
const MOST_LINES = 60;
const MOST_STEPS = 60_000;

/**
 * Whole lines, one for each person, that together cost less than `cost`: by branch and bound over what each costs above what the relaxation pays. Those who have few lines come first; what a place
 * costs beyond that when nobody comes is not looked at.
 *
 * @returns the cheapest that was met; null when none was
 */
export function combine({ relaxed, above, columns }: Priced, { cover, kinds }: RosterProblem, cost: number): Line[] | null {
  const { need, under, over } = rowsOf(cover);
  const { value, place: prices, person: people } = relaxed;
  const spare = { now: cost - 1 - value + 1e-6 };
  const options = Array.from(people, (_, person) => columns.map((column, i) => ({ column, above: Math.max(0, above[i]!) })).filter(one => one.column.person === person && one.above <= spare.now).sort((a, b) => a.above - b.above).slice(0, MOST_LINES)
    .map(one => ({ ...one, places: placesOf(one.column.line, kinds.length, countedIn(cover, person)) })));
  const order = options.map((_, person) => person).sort((a, b) => options[a]!.length - options[b]!.length);
  /** From each turn on: how many people might still come to a place, or bring a skill to it. */
  const mayCome = order.map(() => new Int32Array(need.length)).concat(new Int32Array(need.length));
  for (let turn = order.length - 1; turn >= 0; turn--) {
    mayCome[turn]!.set(mayCome[turn + 1]!);
    for (const at of new Set(options[order[turn]!]!.flatMap(({ places }) => places))) mayCome[turn]![at]!++;
  }
  const count = new Int32Array(need.length);
  const chosen: Line[] = [];
  const best: { lines: Line[] | null; steps: number } = { lines: null, steps: 0 };
  const places = (turn: number): number => {
    let sum = 0;
    for (let at = 0; at < count.length; at++) {
      const off = count[at]! - need[at]!;
      if (off > 0) sum += off * (over[at]! + prices[at]!);
      else if (off + mayCome[turn]![at]! < 0) sum -= (off + mayCome[turn]![at]!) * (under[at]! - prices[at]!);
    }
    return sum;
  };
  const choose = (turn: number, paid: number): void => {
    if (turn === order.length) {
      // Costs are whole numbers: the next has to be cheaper by one.
      spare.now = paid + places(turn) - 1 + 1e-6;
      best.lines = [...chosen];
      return;
    }
    const person = order[turn]!;
    for (const option of options[person]!) {
      best.steps++;
      if (best.steps > MOST_STEPS || paid + option.above > spare.now) return;
      for (const at of option.places) count[at]!++;
      chosen[person] = option.column.line;
      if (paid + option.above + places(turn + 1) <= spare.now) choose(turn + 1, paid + option.above);
      for (const at of option.places) count[at]!--;
    }
  };
  choose(0, 0);
  return best.lines;
}

function placesOf(line: Line, kinds: number, rows: readonly number[]): number[] {
  const places: number[] = [];
  for (const row of rows) for (let day = 0; day < line.length; day++) if (line[day]! > 0) places.push(row + day * kinds + line[day]! - 1);
  return places;
}
