import type { RosterParts } from '../../contract/roster.ts';
import { countedOf, lineCost, outside, rowsOf, unitOf, type Line, type Roster, type RosterProblem } from './engine/problem.ts';
import { WEIGHTS } from './model.ts';

/** What a roster costs, in what people count: times `WEIGHTS` these are its cost. The problem is one of `problemOf`. */
export function partsOf(problem: RosterProblem, roster: Roster): RosterParts {
  const { need } = problem.cover, rows = rowsOf(problem.cover), counted = countedOf(problem, roster);
  const parts: RosterParts = { under: 0, empty: 0, skill: 0, over: 0, share: 0, wish: 0 };
  for (const [at, count] of counted.entries()) {
    const less = Math.max(0, rows.need[at]! - count);
    if (at >= need.length) { parts.skill += less; continue; }
    parts.under += less;
    parts.over += Math.max(0, count - rows.need[at]!);
    if (count === 0 && less > 0 && (rows.empty?.[at] ?? 0) > 0) parts.empty++;
  }
  for (const [person, line] of roster.entries()) {
    const uneven = unevenOf(problem, person, line);
    parts.share += uneven / WEIGHTS.share;
    parts.wish += (lineCost(problem, person, line) - uneven) / WEIGHTS.wish;
  }
  return { ...parts, share: Math.round(parts.share), wish: Math.round(parts.wish) };
}

/** What somebody's line costs for not being an even share. */
function unevenOf(problem: RosterProblem, person: number, line: Line): number {
  const { balance } = problem.people[person]!, unit = unitOf(problem);
  const units = line.reduce((all, choice) => all + (choice === 0 ? 0 : problem.kinds[choice - 1]!.minutes / unit), 0);
  return outside(balance?.units, units) + outside(balance?.kind, line.filter(choice => choice - 1 === balance?.kind?.kind).length);
}
