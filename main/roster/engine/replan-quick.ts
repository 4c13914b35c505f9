import { brokenBy } from './evaluate.ts';
import { countedIn, countedOf, rowsOf, type Line, type Roster, type RosterProblem } from './problem.ts';

/** What is asked, made ready: the roster with the absence in it, who may be planned anew, and who stays. */
export interface Ground { problem: RosterProblem; left: Roster; free: readonly number[]; kept: readonly number[]; frozenDays: number }

/** So many lines are looked at before it is left to the solver. */
const MOST_LOOKS = 6_000;

/**
 * Covers each empty seat by one changed cell of somebody who is off then, or sits where one too many does, so that nobody with a skill is lacking then. A changed cell fills one seat at most: nothing
 * covers as many with less. Of those who can, who brings a skill that is lacking is tried first, then who works least.
 *
 * @returns null where that does not go, or was not found in reasonable time
 */
export function coverTheLost({ problem, left, free, frozenDays }: Ground): Roster | null {
  const kinds = problem.kinds.length, width = kinds + 1;
  if (free.some(person => brokenBy(problem, person, left[person]!).length > 0)) return null;
  const counted = countedOf(problem, left), places = problem.cover.need.length, { need } = rowsOf(problem.cover);
  const rows = problem.people.map((_, person) => countedIn(problem.cover, person));
  const seats = Array.from(counted.subarray(0, places)).flatMap((is, at) => (at >= frozenDays * kinds ? Array.from({ length: Math.max(0, problem.cover.need[at]! - is) }, () => at) : []));
  const lines: Line[] = [...left];
  const looks = { left: MOST_LOOKS };
  const shifts = (line: Line): number => line.reduce((sum, choice) => sum + Math.sign(choice), 0);
  const brings = (person: number, at: number): number => rows[person]!.reduce((sum, row) => sum + Number(counted[row + at]! < need[row + at]!), 0);
  const count = (person: number, at: number, by: number): void => { for (const row of rows[person]!) counted[row + at]! += by; };
  /** The lines that take a seat, by person. */
  const takers = (at: number): { person: number; line: Line }[] => {
    const day = Math.floor(at / kinds), choice = at % kinds + 1;
    return free.flatMap(person => {
      const was = lines[person]![day]!;
      const place = day * kinds + was - 1;
      if (was === choice || problem.people[person]!.allowed[day * width + choice] === 0 || (was > 0 && counted[place]! <= need[place]!)) return [];
      const line = lines[person]!.with(day, choice);
      looks.left -= 1;
      return brokenBy(problem, person, line).length === 0 ? [{ person, line }] : [];
    }).sort((a, b) => brings(b.person, at) - brings(a.person, at) || shifts(a.line) - shifts(b.line));
  };
  const fill = (next: number): boolean => {
    if (next === seats.length) return counted.subarray(places).every((is, i) => i % places < frozenDays * kinds || is >= need[places + i]!);
    const at = seats[next]!, before = at - at % kinds - 1;
    for (const { person, line } of takers(at)) {
      const was = lines[person]!;
      const place = before + was[Math.floor(at / kinds)]!;
      lines[person] = line;
      if (place > before) count(person, place, -1);
      count(person, at, 1);
      if (fill(next + 1)) return true;
      count(person, at, -1);
      if (place > before) count(person, place, 1);
      lines[person] = was;
      if (looks.left <= 0) return false;
    }
    return false;
  };
  seats.sort((a, b) => takers(a).length - takers(b).length);
  return fill(0) ? lines : null;
}
