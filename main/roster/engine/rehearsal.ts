import type { Highs } from 'highs';
import type { RosterPerson, RosterProblem } from './problem.ts';
import { replan } from './replan.ts';

/** A month on turns of a shift a day. */
const DAYS = 31, KINDS = 3;
/** What is replanned: how many people, a seat a shift for each four of them, and from which day on one is absent. */
const TURNS = [{ people: 4, from: 10 }, { people: 8, from: 3 }, { people: 8, from: 14 }];
const ABSENT_DAYS = 5;

/** Replans something of the size that is asked for, a few times, so that what it runs is compiled when it is. */
export async function rehearse(highs: Highs, shouldStop: () => boolean): Promise<void> {
  for (const { people: count, from } of TURNS) {
    if (shouldStop()) return;
    const places = DAYS * KINDS;
    const each = { maxOf: [DAYS, DAYS, 12], minMinutes: 0, maxMinutes: 25 * 480, minRun: 1, maxRun: 6, minRest: 1, maxWeekends: DAYS, maxRunOf: [6, 6, 4], before: { run: 0, shift: null } };
    const people = Array.from({ length: count }, (_, at): RosterPerson => ({ ...each, code: String(at), allowed: new Uint8Array(DAYS * (KINDS + 1)).fill(1), cost: new Float64Array(DAYS * (KINDS + 1)) }));
    const kinds = Array.from({ length: KINDS }, (_, kind) => ({ code: String(kind), minutes: 480, notNext: Array.from({ length: KINDS }, (_next, next) => next < kind) }));
    const problem: RosterProblem = { days: DAYS, firstWeekday: 0, kinds, people, cover: { need: new Int32Array(places).fill(count / 4), under: new Float64Array(places), over: new Float64Array(places) } };
    const roster = people.map((_, at) => Int8Array.from({ length: DAYS }, (_day, day) => (day + at) % (KINDS + 1)));
    await replan({ problem, roster, absence: { person: 0, from, to: from + ABSENT_DAYS - 1 }, frozenDays: from }, () => Promise.resolve(highs), { shouldStop });
  }
}
