import { LineSearch, type FoundLine, type Room } from './line-search.ts';
import type { Line, RosterProblem } from './problem.ts';

/**
 * The cheapest line of one person where limits on counts seldom bind: first without any of them, and with more of them only where the line that comes out breaks one. A line
 * that is cheapest with fewer limits and holds them all is the cheapest.
 */
export class LooseSearch {
  readonly #problem: RosterProblem;
  readonly #person: number;
  readonly #searches: readonly LineSearch[];

  constructor(problem: RosterProblem, person: number, room: Room) {
    this.#problem = problem;
    this.#person = person;
    const one = problem.people[person]!;
    const often = one.maxOf.map(limit => (limit === 0 ? 0 : problem.days));
    const anyTime = { minMinutes: 0, maxMinutes: Infinity };
    this.#searches = [{ ...one, ...anyTime, maxOf: often }, { ...one, maxOf: often }, { ...one, ...anyTime }, one].map(loose => new LineSearch({ ...problem, people: problem.people.with(person, loose) }, person, room));
  }

  /** As `LineSearch.cheapest`. */
  cheapest(price: Float64Array): FoundLine | null {
    let found: FoundLine | null = null;
    for (const search of this.#searches) {
      found = search.cheapest(price);
      if (found !== null && this.#holds(found.line)) return found;
    }
    return found;
  }

  #holds(line: Line): boolean {
    const { minMinutes, maxMinutes, maxOf } = this.#problem.people[this.#person]!;
    const times = maxOf.map(() => 0);
    let minutes = 0;
    for (const choice of line) {
      if (choice === 0) continue;
      times[choice - 1]!++;
      minutes += this.#problem.kinds[choice - 1]!.minutes;
    }
    return minutes >= minMinutes && minutes <= maxMinutes && times.every((count, kind) => count <= maxOf[kind]!);
  }
}
