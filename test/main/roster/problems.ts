import fc from 'fast-check';
import type { RosterPerson, RosterProblem } from '../../../main/roster/engine/problem.ts';

const MINUTES = [480, 480, 480, 720, 360];
/** So many skills at most. */
const SKILLS = 2;

/** Hears nothing of a search. */
export const silent = { onBetter: () => undefined, onBound: () => undefined };

/** Stops after so many questions whether to stop: no clock has a part in it. */
export function after(questions: number): () => boolean {
  const left = { n: questions };
  return () => { left.n -= 1; return left.n < 0; };
}

/** Small rosters of every kind: minutes alike or not, successions banned, for some of their own, leave, pins, wishes, skills, days without need, a history or none, any first weekday. */
export function smallProblem({ days, people, kinds }: { days: number; people: number; kinds: number }): fc.Arbitrary<RosterProblem> {
  const width = kinds + 1;
  const wanted = fc.record({ low: fc.integer({ min: 0, max: 4 }), more: fc.integer({ min: 0, max: 3 }), weight: fc.integer({ min: 1, max: 9 }) }).map(({ low, more, weight }) => ({ low, high: low + more, weight }));
  const person = fc.record({
    maxOf: fc.array(fc.integer({ min: 0, max: days }), { minLength: kinds, maxLength: kinds }), least: fc.integer({ min: 0, max: Math.floor(days / 3) }), most: fc.integer({ min: Math.ceil(days / 2), max: days }),
    minRun: fc.integer({ min: 1, max: 2 }), maxRun: fc.integer({ min: 2, max: 4 }), minRest: fc.integer({ min: 1, max: 2 }), maxWeekends: fc.integer({ min: 0, max: 2 }),
    off: fc.array(fc.integer({ min: 0, max: days - 1 }), { maxLength: 2 }), cost: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: days * width, maxLength: days * width }),
    maxRunOf: fc.option(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: kinds, maxLength: kinds }), { nil: undefined }),
    balance: fc.option(fc.record({ units: fc.option(wanted), weekends: fc.option(wanted), kind: fc.option(fc.tuple(wanted, fc.integer({ min: 0, max: kinds - 1 })).map(([one, kind]) => ({ ...one, kind }))) }), { nil: undefined }),
    pins: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(fc.tuple(fc.integer({ min: 0, max: days - 1 }), fc.integer({ min: 0, max: kinds })), { minLength: 1, maxLength: 2 }) }), skills: fc.array(fc.boolean(), { minLength: SKILLS, maxLength: SKILLS }),
    ownBans: fc.option(fc.array(fc.boolean(), { minLength: kinds * kinds, maxLength: kinds * kinds }), { nil: undefined, freq: 1 }),
    before: fc.constantFrom({ run: 0, shift: null }, { run: -1, shift: null }, { run: 2, shift: 0, same: 2 }, { run: 1, shift: kinds - 1 }),
  });
  return fc.record({
    people: fc.array(person, { minLength: people, maxLength: people }), firstWeekday: fc.integer({ min: 0, max: 6 }), minutes: fc.array(fc.constantFrom(...MINUTES), { minLength: kinds, maxLength: kinds }),
    banned: fc.array(fc.boolean(), { minLength: kinds * kinds, maxLength: kinds * kinds }), need: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: days * kinds, maxLength: days * kinds }),
    closed: fc.array(fc.integer({ min: 0, max: days - 1 }), { maxLength: 2 }), skilled: fc.array(fc.record({ seats: fc.integer({ min: 1, max: 2 }), under: fc.constantFrom(2, 30) }), { maxLength: SKILLS }),
    under: fc.constantFrom(5, 100), empty: fc.constantFrom(undefined, 0, 3, 60), over: fc.constantFrom(0, 1, 7),
  }).map(({ people: given, firstWeekday, minutes, banned, need: wantedEach, closed, skilled, under, empty, over }): RosterProblem => {
    const need = wantedEach.map((wants, at) => (closed.includes(Math.floor(at / kinds)) ? 0 : wants));
    const squared = (bans: readonly boolean[]): boolean[][] => minutes.map((_, kind) => bans.slice(kind * kinds, (kind + 1) * kinds));
    const each = (weight: number): Float64Array => new Float64Array(need.length).fill(weight);
    const also = skilled.map((one, skill) => ({ who: Uint8Array.from(given, ({ skills }) => Number(skills[skill])), need: Int32Array.from(need, wants => Math.min(wants, one.seats)), under: each(one.under) }));
    return {
      days, firstWeekday, kinds: minutes.map((long, kind) => ({ code: String.fromCharCode(65 + kind), minutes: long, notNext: squared(banned)[kind]! })),
      people: given.map(({ off, pins, skills: _, ownBans, cost, least, most, balance, maxRunOf, ...limits }, i): RosterPerson => {
        const allowed = new Uint8Array(days * width).fill(1);
        for (const day of off) allowed.fill(0, day * width + 1, (day + 1) * width);
        for (const [day, choice] of pins) allowed.fill(0, day * width, (day + 1) * width).fill(1, day * width + choice, day * width + choice + 1);
        return {
          ...limits, code: `P${i}`, minMinutes: least * Math.min(...minutes), maxMinutes: most * Math.max(...minutes), allowed, cost: Float64Array.from(cost),
          ...balance !== undefined && { balance }, ...maxRunOf !== undefined && { maxRunOf }, ...ownBans !== undefined && { notNext: squared(ownBans) },
        };
      }),
      cover: { need: Int32Array.from(need), under: each(under), over: each(over), ...empty !== undefined && { empty: each(empty) }, ...also.length > 0 && { also } },
    };
  });
}
