import { planRoster } from '../../main/roster/engine/planner.ts';
import { workedOf } from '../../main/roster/engine/problem.ts';
import { capacityOf, problemOf, turnLines, type LinePlan } from '../../main/roster/model.ts';
import { PROPOSED_RULES, valuesOf, type RuleValues } from '../../main/roster/rules.ts';
import { THREE_SHIFTS } from '../../contract/roster-presets.ts';
import { checkRoster } from '../main/roster/check.ts';
import type { BenchOptions } from './options.ts';
import { round } from './statistics.ts';

export const LAB48: RuleValues = valuesOf(PROPOSED_RULES.LAB48);

/** A line of the regulation over some days, a month of 31 if nothing is said, from a Saturday on (August 2026), nobody away. */
export function linePlan(seats: number, people: number, rules = LAB48, days = 31): LinePlan {
  return {
    days, firstWeekday: 5, shifts: THREE_SHIFTS, need: new Int32Array(days * THREE_SHIFTS.length).fill(seats),
    members: Array.from({ length: people }, (_, i) => ({ code: `P${i + 1}`, rules, leave: [], before: { run: 0, shift: null } })),
  };
}

/** Each line of the regulation with today's people and with the fewest that are enough: the first valid roster, the proven best one, how many seats nobody can sit on and how many shifts are left to nobody. */
export async function* benchRosterLines({ seconds, note }: BenchOptions): AsyncGenerator<Record<string, number | string | boolean>> {
  for (const [line, seats, heads] of [['115', 1, [3, 4, 5]], ['113', 2, [6, 7, 8, 9, 10]], ['114', 2, [6, 7, 8, 9, 10]]] as const) {
    for (const people of heads) {
      const plan = linePlan(seats, people);
      const problem = problemOf(plan);
      const first = { afterMs: 0 }, last = { afterMs: 0 };
      const { roster, cost, bound, isProven } = await planRoster(problem, {
        seconds: Math.min(seconds, 60), seed: 1, turns: turnLines(plan),
        onProgress: progress => {
          if (first.afterMs === 0 && progress.cost < Infinity) first.afterMs = progress.afterMs;
          // What comes after the proof is no news of it.
          last.afterMs = progress.afterMs;
        },
      });
      const provenMs = last.afterMs;
      if (roster === null) throw new Error(`${line} with ${people}: no roster`);
      const { objective, violations } = checkRoster(problem, roster);
      if (objective !== cost || violations.length > 0) throw new Error(`${line} with ${people}: ${JSON.stringify(violations.slice(0, 3))}, ${objective} for ${cost}`);
      const all = workedOf(problem, roster);
      const uncovered = all.reduce((sum, worked, at) => sum + Math.max(0, problem.cover.need[at]! - worked), 0);
      const empty = all.filter(worked => worked === 0).length;
      const { needed, able, people: least } = capacityOf(plan);
      yield { bench: 'roster-lines', line, people, leastPeople: least, needed, able, firstValidMs: round(first.afterMs), provenMs: isProven ? round(provenMs) : 'not proven', uncoveredShifts: uncovered, emptyShifts: empty, objective, bound: bound === null ? 'none' : round(bound) };
      note(`${line}, ${people}: ${uncovered} uncovered, ${empty} left to nobody, ${isProven ? 'proven' : 'not proven'}, ${round(provenMs / 1000)} s`);
    }
  }
}
