import type { Highs } from 'highs';
import { Columns } from './columns.ts';
import { Descent } from './descent.ts';
import { brokenBy } from './evaluate.ts';
import { Room } from './line-search.ts';
import { LooseSearch } from './loose-search.ts';
import { rosterCost, type Line, type Roster, type RosterProblem } from './problem.ts';
import { seeded } from './solve.ts';

/** Dives and combinations are tried so often; what they leave unproven is left to the whole program. */
const ROUNDS = 6;
/** New lines are looked for so often between two fixings of a dive, if nothing is said. */
const DIVE_TURNS = [6];
/** Lines are looked for at so many prices near the best ones, so far apart. */
const NEARBY = { lines: 240, apart: 1 };
/** Rosters of so much above the bound are sought when lines are combined: of more there are too many. */
const ABOVE = 2;

/**
 * Replans by lines: each person's with one cell changed are known from the beginning, since the cheapest roster is near the one that was left; column generation finds what else is needed and a
 * bound that is nearly always reached.
 *
 * @param left what everybody has, with whose does not hold their limits
 * @param diveTurns how often new lines are looked for between two fixings of a dive, one dive after another
 * @returns whether the best that was told is proven to be the cheapest
 */
export function replanByLines(problem: RosterProblem, left: Roster, highs: Highs, { shouldStop, onBetter, diveTurns = DIVE_TURNS }: { shouldStop: () => boolean; onBetter: (roster: Roster) => void; diveTurns?: readonly number[] }): boolean {
  const room = new Room();
  const searches = problem.people.map((_, person) => new LooseSearch(problem, person, room));
  const descent = new Descent(problem, searches);
  descent.set(left);
  for (const [person, line] of left.entries()) if (brokenBy(problem, person, line).length > 0 && !descent.renew(person)) return false;
  const best = { roster: descent.roster, cost: rosterCost(problem, descent.roster) };
  onBetter(best.roster);
  const take = (roster: Roster | null): void => {
    if (roster === null) return;
    descent.set(roster);
    const cost = descent.settle(shouldStop);
    if (cost >= best.cost) return;
    Object.assign(best, { roster: descent.roster, cost });
    onBetter(best.roster);
  };
  const columns = new Columns({ problem, highs, searches, shouldStop, onBound: () => undefined });
  const isProven = (): boolean => best.cost < Math.ceil(columns.bound - 1e-6) + 1;
  const first = best.roster;
  take(first);
  try {
    for (const [person, line] of first.entries()) for (const near of nearbyOf(problem, person, line)) columns.offer(person, near);
    columns.add(best.roster);
    columns.converge();
    const random = seeded(1);
    for (let round = 0; round < ROUNDS && !shouldStop() && !isProven(); round++) {
      columns.spread(Math.ceil(NEARBY.lines / problem.people.length), NEARBY.apart, random);
      take(columns.combine(Math.min(best.cost, Math.ceil(columns.bound - 1e-6) + ABOVE)));
      if (isProven() || shouldStop()) break;
      take(columns.dive(best.roster, new Set(), diveTurns[round % diveTurns.length]!));
    }
    return isProven();
  } finally {
    columns.dispose();
  }
}

/** A line and those that hold the limits with one cell of it changed. */
function nearbyOf(problem: RosterProblem, person: number, line: Line): Line[] {
  const width = problem.kinds.length + 1;
  const { allowed } = problem.people[person]!;
  const near = Array.from({ length: problem.days * width }, (_, at) => ({ at, day: Math.floor(at / width), choice: at % width })).filter(({ at, day, choice }) => allowed[at] === 1 && line[day] !== choice);
  return [line, ...near.map(({ day, choice }) => line.with(day, choice)).filter(one => brokenBy(problem, person, one).length === 0)];
}
