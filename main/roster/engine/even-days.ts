import { brokenBy } from './evaluate.ts';
import { countedIn, lineCost, rosterCost, type Line, type Roster, type RosterProblem } from './problem.ts';
import { seeded } from './solve.ts';

/** Tries for each person, and between two looks whether to stop. */
const TRIES_EACH = 8_000, LOOK_EVERY = 200;
/** Of a run of days so many are exchanged at most. */
const MOST_DAYS = 10;
/** How much more uneven a step may make it at first, and at last; it falls evenly between them, on a scale of powers. */
const WARM = 6, COLD = 0.05;
/** Every other exchange is of two runs of days. */
const TWICE = 0.5;

/**
 * Makes the days that weigh on people (`even` of the problem) more even where that costs nothing: two people exchange runs of days, while every limit is held and the roster is not dearer; steps that make
 * it less even are taken too, seldomer and seldomer (simulated annealing), and the evenest that was met is kept. What has been proven of its cost stays proven.
 *
 * @returns the roster itself where there is nothing to be made more even
 */
export function evenDays(problem: RosterProblem, roster: Roster, shouldStop: () => boolean): Roster {
  const some = problem.people.flatMap(({ balance }, person) => (balance !== undefined && brokenBy(problem, person, roster[person]!).length === 0 ? [person] : []));
  if (problem.even === undefined || some.length < 2) return roster;
  const random = seeded(1), below = (most: number): number => Math.floor(random() * most);
  const tries = TRIES_EACH * some.length;
  const lines = [...roster], best = { lines: roster, less: 0 };
  for (let at = 0, less = 0; at < tries && !(at % LOOK_EVERY === 0 && shouldStop()); at++) {
    const one = some[below(some.length)]!, other = some[below(some.length)]!;
    if (one === other) continue;
    const run = (): number[] => { const from = below(problem.days); return Array.from({ length: Math.min(1 + below(MOST_DAYS), problem.days - from) }, (_, by) => from + by); };
    const days = new Set(random() < TWICE ? [...run(), ...run()] : run());
    const gained = gain(problem, lines, [one, other], days);
    if (gained < 0 && random() >= Math.exp(gained / (WARM * (COLD / WARM) ** (at / tries)))) continue;
    if (!exchange(problem, lines, [one, other], days)) continue;
    less += gained;
    if (less > best.less) Object.assign(best, { lines: [...lines], less });
  }
  return best.lines;
}

type Pair = readonly [number, number];

/** How much less uneven it is when two exchange days: sums of squares of how far each is above their part. */
function gain({ even = [] }: RosterProblem, lines: readonly Line[], [one, other]: Pair, days: ReadonlySet<number>): number {
  let sum = 0;
  for (const { counts, above } of even) {
    let moved = 0;
    for (const day of days) moved += counts[day]! * (Math.sign(lines[other]![day]!) - Math.sign(lines[one]![day]!));
    if (moved !== 0) sum -= 2 * moved * (above[one]! + worked(counts, lines[one]!) - above[other]! - worked(counts, lines[other]!) + moved);
  }
  return sum;
}

function worked(counts: Uint8Array, line: Line): number {
  let sum = 0;
  for (let day = 0; day < line.length; day++) if (line[day]! > 0) sum += counts[day]!;
  return sum;
}

/** @returns whether they have exchanged the days */
function exchange(problem: RosterProblem, lines: Line[], [one, other]: Pair, days: ReadonlySet<number>): boolean {
  const [a, b] = [lines[one]!, lines[other]!];
  const [mine, theirs] = [Int8Array.from(a), Int8Array.from(b)];
  for (const day of days) { mine[day] = b[day]!; theirs[day] = a[day]!; }
  const cost = costOf(problem, lines, [one, other]);
  lines[one] = mine;
  lines[other] = theirs;
  if (costOf(problem, lines, [one, other]) <= cost && brokenBy(problem, one, mine).length === 0 && brokenBy(problem, other, theirs).length === 0) return true;
  lines[one] = a;
  lines[other] = b;
  return false;
}

/** What an exchange between two can change: their lines, and all of it where they do not have the same skills. */
function costOf(problem: RosterProblem, lines: readonly Line[], [one, other]: Pair): number {
  const isAlike = countedIn(problem.cover, one).join() === countedIn(problem.cover, other).join();
  return isAlike ? lineCost(problem, one, lines[one]!) + lineCost(problem, other, lines[other]!) : rosterCost(problem, lines);
}
