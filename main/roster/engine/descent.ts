import type { Search } from './line-search.ts';
import { countedIn, countedOf, coverCost, rosterCost, rowsOf, type Cover, type Line, type Roster, type RosterProblem } from './problem.ts';

/** Keeps a roster and makes it better one line at a time: each anew, the cheapest there is against what the others work. */
export class Descent {
  readonly #problem: RosterProblem;
  readonly #searches: readonly Search[];
  readonly #rows: Cover;
  readonly #countedIn: readonly (readonly number[])[];
  readonly #counted: Int32Array;
  #lines: Line[];

  constructor(problem: RosterProblem, searches: readonly Search[]) {
    this.#problem = problem;
    this.#searches = searches;
    this.#lines = problem.people.map(() => new Int8Array(problem.days));
    this.#rows = rowsOf(problem.cover);
    this.#countedIn = problem.people.map((_, person) => countedIn(problem.cover, person));
    this.#counted = new Int32Array(this.#rows.need.length);
  }

  get roster(): Roster {
    return [...this.#lines];
  }

  /** Takes up another roster. */
  set(roster: Roster): void {
    this.#lines = [...roster];
    this.#counted.set(countedOf(this.#problem, roster));
  }

  /** Puts the cheapest line of a person in the place of theirs. @returns false where the person has no line that holds the limits */
  renew(person: number): boolean {
    const old = this.#lines[person]!;
    this.#count(person, old, -1);
    const line = this.#searches[person]!.cheapest(this.#prices(person))?.line;
    this.#lines[person] = line ?? old;
    this.#count(person, this.#lines[person], 1);
    return line !== undefined;
  }

  /** Line after line until none makes it cheaper. @returns its cost */
  settle(shouldStop: () => boolean): number {
    for (let cost = Infinity; ;) {
      for (let person = 0; person < this.#lines.length; person++) {
        if (shouldStop()) return rosterCost(this.#problem, this.#lines);
        this.renew(person);
      }
      const now = rosterCost(this.#problem, this.#lines);
      if (now >= cost) return now;
      cost = now;
    }
  }

  #count(person: number, line: Line, by: number): void {
    const kinds = this.#problem.kinds.length;
    for (const row of this.#countedIn[person]!) for (let day = 0; day < line.length; day++) if (line[day]! > 0) this.#counted[row + day * kinds + line[day]! - 1]! += by;
  }

  /** What each choice of a person costs, and what one more at its place changes. */
  #prices(person: number): Float64Array {
    const { days, kinds, people } = this.#problem;
    const prices = Float64Array.from(people[person]!.cost);
    for (const row of this.#countedIn[person]!) {
      for (let day = 0; day < days; day++) {
        for (let kind = 0; kind < kinds.length; kind++) {
          const at = row + day * kinds.length + kind;
          prices[day * (kinds.length + 1) + kind + 1]! += coverCost(this.#rows, at, this.#counted[at]! + 1) - coverCost(this.#rows, at, this.#counted[at]!);
        }
      }
    }
    return prices;
  }
}
