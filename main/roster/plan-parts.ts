import type { RosterParts } from '../../contract/roster.ts';
import { countedOf, lineCost, rowsOf, type Roster, type RosterProblem } from './engine/problem.ts';
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
  const width = problem.kinds.length + 1;
  for (const [person, line] of roster.entries()) {
    const { cost } = problem.people[person]!;
    const wishes = line.reduce((sum, choice, day) => sum + cost[day * width + choice]!, 0);
    parts.wish += wishes / WEIGHTS.wish;
    parts.share += (lineCost(problem, person, line) - wishes) / WEIGHTS.share;
  }
  return { ...parts, share: Math.round(parts.share), wish: Math.round(parts.wish) };
}
