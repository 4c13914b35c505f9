import type { Highs } from 'highs';
import { Columns } from './columns.ts';
import { Descent } from './descent.ts';
import { brokenBy } from './evaluate.ts';
import { LineSearch, Room } from './line-search.ts';
import { countedIn, countedOf, coverCost, lineCost, rosterCost, rowsOf, type Cover, type Line, type Roster, type RosterProblem } from './problem.ts';

/** What is told while a roster is sought: each better one, and each better bound under all of them. */
export interface SolveEvents { onBetter: (roster: Roster, cost: number) => void; onBound: (bound: number) => void }

export interface SolveOptions extends SolveEvents {
  /** Chooses whose lines are freed; equal seeds give equal searches as far as time allows equally many steps. */
  seed: number;
  shouldStop: () => boolean;
  /** Lines worth a try, for whoever's limits they hold: turns that a line of people takes one after another. */
  turns?: readonly Line[];
}

/** How it ended: the best roster, what no roster can be cheaper than, and whether the two meet. Null roster: somebody has no line that holds the limits. */
export interface Solved { roster: Roster | null; cost: number; bound: number; isProven: boolean; without: readonly number[] }

/** New lines are looked for so often between two fixings of a dive. */
const DIVE_TURNS = 6;
/** The first dives free everybody: the second knows the lines that the first one needed. */
const WHOLE_DIVES = 4;
/** How many lines are freed at a time. */
const FREED = { least: 5, most: 14, share: 0.4 };

/**
 * Seeks the cheapest roster: a first one line by line, then column generation with dives, at last dives that free some lines of the best one at a time. Costs are taken to
 * be whole numbers: a roster less than one above the bound is the best there is.
 */
export function solveRoster(problem: RosterProblem, highs: Highs, { seed, shouldStop, onBetter, onBound, turns = [] }: SolveOptions): Solved {
  const room = new Room();
  const searches = problem.people.map((_, person) => new LineSearch(problem, person, room));
  const descent = new Descent(problem, searches);
  const without = problem.people.map((_, person) => person).filter(person => !descent.renew(person));
  if (without.length > 0) return { roster: null, cost: Infinity, bound: -Infinity, isProven: false, without };
  const best = { roster: descent.roster, cost: rosterCost(problem, descent.roster) };
  onBetter(best.roster, best.cost);
  const take = (roster: Roster): void => {
    descent.set(roster);
    const cost = descent.settle(shouldStop);
    if (cost < best.cost) {
      Object.assign(best, { roster: descent.roster, cost });
      onBetter(best.roster, cost);
    }
  };
  take(best.roster);
  const columns = new Columns({ problem, highs, searches, shouldStop, onBound });
  const isProven = (): boolean => best.cost < Math.ceil(columns.bound - 1e-6) + 1;
  try {
    columns.add(best.roster);
    for (let person = 0; person < problem.people.length; person++) for (const line of turns) if (brokenBy(problem, person, line).length === 0) columns.offer(person, line);
    columns.converge();
    const random = seeded(seed);
    for (let dives = 0; !shouldStop() && !isProven(); dives++) {
      const kept = dives < WHOLE_DIVES ? new Set<number>() : keptOf(problem, best.roster, random);
      const roster = columns.dive(best.roster, kept, DIVE_TURNS);
      if (roster !== null) take(roster);
    }
    return { ...best, bound: columns.bound, isProven: isProven(), without };
  } finally {
    columns.dispose();
  }
}

/** Whose lines stay: all but some, of whom those are likelier who work where it costs or whose own wishes are not met. */
function keptOf(problem: RosterProblem, roster: Roster, random: () => number): Set<number> {
  const people = roster.length;
  const wanted = Math.min(people, Math.max(FREED.least, Math.min(FREED.most, Math.round(people * FREED.share))));
  const counted = countedOf(problem, roster), rows = rowsOf(problem.cover);
  const weight = roster.map((line, person) => (1 + painOf({ problem, rows, counted }, person, line) + lineCost(problem, person, line)) * random());
  const freed = new Set(weight.map((value, person) => ({ value, person })).sort((a, b) => b.value - a.value).slice(0, wanted).map(({ person }) => person));
  return new Set(roster.map((_, person) => person).filter(person => !freed.has(person)));
}

/** What the places cost that a line works, or might. */
function painOf({ problem: { kinds, cover }, rows, counted }: { problem: RosterProblem; rows: Cover; counted: Int32Array }, person: number, line: Line): number {
  const mine = countedIn(cover, person);
  let pain = 0;
  for (let day = 0; day < line.length; day++) {
    for (let kind = 0; kind < kinds.length; kind++) {
      for (const row of mine) {
        const at = row + day * kinds.length + kind;
        const cost = coverCost(rows, at, counted[at]!);
        if (cost > 0 && (counted[at]! < rows.need[at]!) !== (line[day] === kind + 1)) pain += cost / 4;
      }
    }
  }
  return pain;
}

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
