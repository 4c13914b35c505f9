import type { Highs } from 'highs';
import { solveFlow } from './flow-model.ts';
import type { Line, Roster, RosterProblem } from './problem.ts';
import { solveRoster } from './solve.ts';

/** Whether every seat can be filled: by which roster; by none, proven; or null, which of both was not found out in time. */
export type Filled = { roster: Roster } | 'none' | null;

/** A bound is taken to be above nothing from here on: numbers of the linear programs are right to far less. */
const ABOVE_NOTHING = 1e-3;
/** Lines take this share of the time at most; the whole program has the rest where it is not too large. */
const LINES_SHARE = 0.5;
const WHOLE_CHOICES = 6_000;

/** The same limits with nothing wanted but that every seat is filled: each empty one costs one, and nothing else does. */
export function seatsOnly(problem: RosterProblem): RosterProblem {
  const { people, cover: { need } } = problem;
  return {
    ...problem, cover: { need, under: new Float64Array(need.length).fill(1), over: new Float64Array(need.length) },
    people: people.map(({ balance: _, ...person }) => ({ ...person, cost: new Float64Array(person.cost.length) })),
  };
}

/**
 * Whether every seat can be filled with each limit held, by column generation first and by the whole program where that leaves it open.
 *
 * @param problem as `seatsOnly` makes it @param ms so long at most
 */
export function fillSeats(problem: RosterProblem, highs: Highs, { ms, shouldStop, turns }: { ms: number; shouldStop: () => boolean; turns: readonly Line[] }): Filled {
  const begun = performance.now();
  const found: { roster: Roster | null; bound: number } = { roster: null, bound: 0 };
  const onBetter = (roster: Roster, cost: number): void => { if (cost === 0) found.roster = roster; };
  const onBound = (bound: number): void => { found.bound = Math.max(found.bound, bound); };
  const isOver = (share: number): boolean => found.roster !== null || found.bound > ABOVE_NOTHING || shouldStop() || performance.now() - begun > ms * share;
  const isSmall = problem.people.length * problem.days * (problem.kinds.length + 1) <= WHOLE_CHOICES;
  const { without } = solveRoster(problem, highs, { seed: 1, turns, onBetter, onBound, shouldStop: () => isOver(isSmall ? LINES_SHARE : 1) });
  if (without.length > 0) return 'none';
  if (found.roster === null && found.bound <= ABOVE_NOTHING && isSmall && !isOver(1)) {
    const { roster, cost, bound } = solveFlow(problem, highs, { shouldStop: () => isOver(1), onBetter, onBound });
    if (roster !== null) onBetter(roster, cost);
    onBound(bound);
  }
  return found.roster !== null ? { roster: found.roster } : found.bound > ABOVE_NOTHING ? 'none' : null;
}
