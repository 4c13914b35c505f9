import type { Highs } from 'highs';
import { combine } from './combine.ts';
import type { FoundLine, Search } from './line-search.ts';
import { Master, type Column, type Relaxed } from './master.ts';
import { countedIn, lacksOf, lineCost, rowsOf, type Cover, type Lack, type Line, type Roster, type RosterProblem } from './problem.ts';

/** How close the relaxation and what it is proven not to fall under have to come, cost. */
const CLOSE = 0.02;
/** How much of the prices that gave the best bound goes into those that lines are looked for with: they swing less. */
const SMOOTHING = 0.6;
/** What a line has to save to be taken up, cost. */
const SAVES = 1e-6;
/** From this share on a column of the relaxation is as good as chosen. */
const NEARLY_WHOLE = 0.85;

export interface ColumnsDeps { problem: RosterProblem; highs: Highs; searches: readonly Search[]; shouldStop: () => boolean; onBound: (bound: number) => void }

/**
 * Column generation: a linear program mixes lines, and new lines that would make its mixture cheaper are looked for, person by person, until there is none. Its value
 * is what no roster can be cheaper than; fixing its lines one after another, with new ones looked for in between, gives rosters near it.
 */
export class Columns {
  readonly #deps: ColumnsDeps;
  readonly #master: Master;
  /** For each person the first one who has the same limits, costs and skills: their cheapest lines are the same. */
  readonly #alike: readonly number[];
  readonly #rows: Cover;
  readonly #countedIn: readonly (readonly number[])[];
  readonly #lacks: readonly (readonly Lack[])[];
  #bound = -Infinity;
  /** The prices that gave the best bound. */
  #best: Float64Array;

  constructor(deps: ColumnsDeps) {
    this.#deps = deps;
    this.#master = new Master(deps.highs, deps.problem);
    const { cover, people } = deps.problem;
    this.#rows = rowsOf(cover);
    this.#countedIn = people.map((_, person) => countedIn(cover, person));
    const keys = people.map(({ code: _, ...rest }, person) => JSON.stringify([rest, this.#countedIn[person]]));
    this.#alike = keys.map(key => keys.indexOf(key));
    this.#best = new Float64Array(this.#rows.need.length);
    this.#lacks = Array.from(this.#rows.need, (_, at) => lacksOf(this.#rows, at));
  }

  /** What no roster is cheaper than, as far as has been proven. */
  get bound(): number {
    return this.#bound;
  }

  add(roster: Roster): void {
    for (const [person, line] of roster.entries()) this.offer(person, line);
  }

  /** A line that a person may be given. */
  offer(person: number, line: Line): void {
    this.#master.add(person, line, lineCost(this.#deps.problem, person, line));
  }

  /** Looks for lines until the relaxation cannot be made cheaper; ends early when it is to stop. */
  converge(): void {
    let relaxed = this.#master.relax();
    let center: Float64Array | null = null;
    while (!this.#deps.shouldStop() && relaxed.value - this.#bound > CLOSE) {
      const prices: Float64Array = center === null ? relaxed.place : relaxed.place.map((value, at) => SMOOTHING * center![at]! + (1 - SMOOTHING) * value);
      const { added, bound } = this.#price(prices, relaxed, null);
      if (bound > this.#bound) {
        this.#bound = bound;
        this.#best = prices;
        center = prices;
        this.#deps.onBound(bound);
      }
      if (added === 0 && center === null) return;
      if (added === 0) center = null;
      else relaxed = this.#master.relax();
    }
  }

  /**
   * Fixes line after line until everybody has one.
   *
   * @param kept people whose line in `from` is not touched
   * @param turns how often new lines are looked for between two fixings
   * @returns null when it was stopped before
   */
  dive(from: Roster, kept: ReadonlySet<number>, turns: number): Line[] | null {
    const { problem, shouldStop } = this.#deps;
    this.add(from);
    const fixed = new Map<number, Column>();
    const fix = (column: Column): void => { this.#master.fix(column, true); fixed.set(column.person, column); };
    for (const person of kept) fix(this.#master.columnOf(person, from[person]!));
    try {
      for (let relaxed = this.#master.relax(); ; relaxed = this.#master.relax()) {
        for (let turn = 0; turn < turns && fixed.size < problem.people.length; turn++) {
          if (shouldStop()) return null;
          if (this.#price(relaxed.place, relaxed, fixed).added === 0) break;
          relaxed = this.#master.relax();
        }
        const open = this.#master.columns.map((column, i) => ({ column, taken: relaxed.taken[i] ?? 0 })).filter(({ column, taken }) => taken > SAVES && !fixed.has(column.person)).sort((a, b) => b.taken - a.taken);
        if (open.length === 0) return fixed.size === problem.people.length ? problem.people.map((_, person) => fixed.get(person)!.line) : null;
        for (const [i, { column, taken }] of open.entries()) if (!fixed.has(column.person) && (i === 0 || taken >= NEARLY_WHOLE)) fix(column);
      }
    } finally {
      for (const column of fixed.values()) this.#master.fix(column, false);
    }
  }

  /** Looks for lines that are cheap at prices near those that gave the best bound: what the relaxation does not need may be what a roster needs. */
  spread(turns: number, apart: number, random: () => number): void {
    for (let turn = 0; turn < turns; turn++) {
      for (const [person, search] of this.#deps.searches.entries()) {
        if (this.#deps.shouldStop()) return;
        const found = search.cheapest(this.#reduced(person, this.#best.map(price => price + apart * (random() - 0.5))));
        if (found !== null) this.offer(person, found.line);
      }
    }
  }

  /** A roster cheaper than `cost` of the lines that are known, as far as it is found soon; null when none is. */
  combine(cost: number): Line[] | null {
    return combine({ relaxed: this.#master.relax(), above: this.#master.above(), columns: this.#master.columns }, this.#deps.problem, cost);
  }

  dispose(): void {
    this.#master.dispose();
  }

  /** The cheapest line of everybody at these prices; those that make the relaxation cheaper are added. */
  #price(prices: Float64Array, relaxed: Relaxed, fixed: ReadonlyMap<number, Column> | null): { added: number; bound: number } {
    const { problem, searches, shouldStop } = this.#deps;
    let added = 0, bound = this.#covered(prices);
    const known = new Map<number, FoundLine | null>();
    for (const [person, search] of searches.entries()) {
      if (fixed?.has(person) === true) continue;
      if (shouldStop()) return { added, bound: -Infinity };
      const alike = this.#alike[person]!;
      const found = known.get(alike) ?? search.cheapest(this.#reduced(person, prices));
      known.set(alike, found);
      if (found === null) { bound = -Infinity; continue; }
      bound += found.bound;
      const cost = lineCost(problem, person, found.line);
      if (cost - this.#worth(person, found.line, relaxed.place) < relaxed.person[person]! - SAVES && this.#master.add(person, found.line, cost)) added++;
    }
    return { added, bound };
  }

  /** What everybody together has to beat at these prices: the seats and skills that are wanted, less the seats that are worth leaving empty. */
  #covered(prices: Float64Array): number {
    let sum = 0;
    for (const [at, price] of prices.entries()) {
      sum += price * this.#rows.need[at]!;
      for (const { cost, most } of this.#lacks[at]!) if (Number.isFinite(most)) sum += Math.min(0, cost - price) * most;
    }
    return sum;
  }

  #worth(person: number, line: Line, prices: Float64Array): number {
    const kinds = this.#deps.problem.kinds.length;
    let worth = 0;
    for (const row of this.#countedIn[person]!) for (let day = 0; day < line.length; day++) if (line[day]! > 0) worth += prices[row + day * kinds + line[day]! - 1]!;
    return worth;
  }

  /** What each choice costs a person less what its place, and what they can do there, is worth. */
  #reduced(person: number, prices: Float64Array): Float64Array {
    const { days, kinds, people } = this.#deps.problem;
    const reduced = Float64Array.from(people[person]!.cost);
    const width = kinds.length + 1;
    for (const row of this.#countedIn[person]!) for (let day = 0; day < days; day++) for (let kind = 0; kind < kinds.length; kind++) reduced[day * width + kind + 1]! -= prices[row + day * kinds.length + kind]!;
    return reduced;
  }
}
