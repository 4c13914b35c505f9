import { brokenBy } from './evaluate.ts';
import { countedIn, lineCost, rosterCost, workedOf, type Line, type Roster, type RosterProblem } from './problem.ts';
import { seeded } from './solve.ts';

/** Tries for each person, and between two looks whether to stop. */
const TRIES_EACH = 8_000, LOOK_EVERY = 200;
/** Of a run of days so many are exchanged at most, and so many turned to another kind of shift. */
const MOST_DAYS = 10, MOST_TURNED = 4;
/** How much more uneven a step may make it at first, and at last; it falls evenly between them, on a scale of powers. */
const WARM = 6, COLD = 0.05;
/** Every other exchange is of two runs of days; where seats stay empty, so many tries turn a run to another kind. */
const TWICE = 0.5, TURNS = 0.3;
const WEEK_DAYS = 7;

/** New lines for some, and how much less uneven it is with them. */
interface Step { lines: ReadonlyMap<number, Line>; gained: number }

/**
 * Makes a roster more even where that costs nothing: the days that weigh on people (`even` of the problem), and over kinds of shifts and weeks the seats that stay empty. Two people exchange runs of days, or one
 * works another kind for some days, while every limit is held and the roster is not dearer; steps that make it less even are taken too, seldomer and seldomer (simulated annealing), and the evenest that was
 * met is kept. What has been proven of its cost stays proven.
 *
 * @returns the roster itself where there is nothing to be made more even
 */
export function evenDays(problem: RosterProblem, roster: Roster, shouldStop: () => boolean): Roster {
  const some = problem.people.flatMap(({ balance }, person) => (balance === undefined ? [] : [person]));
  if (problem.even === undefined || some.length === 0) return roster;
  const random = seeded(1), below = (most: number): number => Math.floor(random() * most);
  const run = (most: number): number[] => { const from = below(problem.days); return Array.from({ length: Math.min(1 + below(most), problem.days - from) }, (_, by) => from + by); };
  const turns = lacking(problem, roster) > 0 ? TURNS : 0, tries = TRIES_EACH * some.length;
  const lines = [...roster], best = { lines: roster, less: 0 };
  for (let at = 0, less = 0; at < tries && !(at % LOOK_EVERY === 0 && shouldStop()); at++) {
    const one = some[below(some.length)]!, other = some[below(some.length)]!;
    const step = random() < turns ? turned(problem, lines, one, { days: run(MOST_TURNED), to: 1 + below(problem.kinds.length) })
      : one === other ? null : exchanged(problem, lines, [one, other], new Set(random() < TWICE ? [...run(MOST_DAYS), ...run(MOST_DAYS)] : run(MOST_DAYS)));
    if (step === null || (step.gained < 0 && random() >= Math.exp(step.gained / (WARM * (COLD / WARM) ** (at / tries)))) || !take(problem, lines, step.lines)) continue;
    less += step.gained;
    if (less > best.less) Object.assign(best, { lines: [...lines], less });
  }
  return best.lines;
}

/** @returns whether the lines have been taken: they hold every limit, and the roster is not dearer */
function take(problem: RosterProblem, lines: Line[], next: Step['lines']): boolean {
  const people = [...next.keys()], before = new Map(people.map(person => [person, lines[person]!]));
  const put = (some: Step['lines']): void => { for (const [person, line] of some) lines[person] = line; };
  const cost = costOf(problem, lines, people);
  put(next);
  if (costOf(problem, lines, people) <= cost && people.every(person => brokenBy(problem, person, lines[person]!).length === 0)) return true;
  put(before);
  return false;
}

/** What a step can change: of two who have the same skills and exchange days their lines, else all of it. */
function costOf(problem: RosterProblem, lines: readonly Line[], people: readonly number[]): number {
  const [one, other] = people;
  const isAlike = one !== undefined && other !== undefined && countedIn(problem.cover, one).join() === countedIn(problem.cover, other).join();
  return isAlike ? lineCost(problem, one, lines[one]!) + lineCost(problem, other, lines[other]!) : rosterCost(problem, lines);
}

/** Two exchange days: sums of squares of how far each is above their part of what weighs. */
function exchanged({ even = [] }: RosterProblem, lines: readonly Line[], [one, other]: readonly [number, number], days: ReadonlySet<number>): Step {
  const [a, b] = [lines[one]!, lines[other]!];
  const [mine, theirs] = [Int8Array.from(a), Int8Array.from(b)];
  for (const day of days) { mine[day] = b[day]!; theirs[day] = a[day]!; }
  let gained = 0;
  for (const { counts, above } of even) {
    const moved = worked(counts, mine) - worked(counts, a);
    gained -= 2 * moved * (above[one]! + worked(counts, a) - above[other]! - worked(counts, b) + moved);
  }
  return { lines: new Map([[one, mine], [other, theirs]]), gained };
}

function worked(counts: Uint8Array, line: Line): number {
  let sum = 0;
  for (let day = 0; day < line.length; day++) if (line[day]! > 0) sum += counts[day]!;
  return sum;
}

/** Somebody works another kind on the days of a run that they work on: sums of squares of the seats that stay empty in each kind and week. Null: that is what they work there already. */
function turned(problem: RosterProblem, lines: readonly Line[], person: number, { days, to }: { days: readonly number[]; to: number }): Step | null {
  const was = lines[person]!, line = Int8Array.from(was);
  for (const day of days) if (line[day]! > 0) line[day] = to;
  if (line.every((choice, day) => choice === was[day])) return null;
  return { lines: new Map([[person, line]]), gained: unevenLack(problem, lines) - unevenLack(problem, lines.with(person, line)) };
}

function unevenLack(problem: RosterProblem, lines: readonly Line[]): number {
  const kinds = problem.kinds.length, sums = new Float64Array(Math.ceil(problem.days / WEEK_DAYS) * kinds), counts = workedOf(problem, lines);
  for (let at = 0; at < counts.length; at++) sums[Math.floor(Math.floor(at / kinds) / WEEK_DAYS) * kinds + at % kinds]! += Math.max(0, problem.cover.need[at]! - counts[at]!);
  return sums.reduce((sum, lacks) => sum + lacks ** 2, 0);
}

function lacking(problem: RosterProblem, lines: readonly Line[]): number {
  return workedOf(problem, lines).reduce((sum, is, at) => sum + Math.max(0, problem.cover.need[at]! - is), 0);
}
