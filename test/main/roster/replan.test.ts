import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadHighs } from '../../../main/roster/engine/highs.ts';
import type { Line, Roster, RosterProblem } from '../../../main/roster/engine/problem.ts';
import { replan, type Replanned, type ReplanAsk } from '../../../main/roster/engine/replan.ts';
import { Replanner } from '../../../main/roster/engine/replanner.ts';
import { problemOf } from '../../../main/roster/model.ts';
import { LAB48, linePlan } from '../../bench/roster-lines.ts';
import { checkRoster } from './check.ts';
import { smallProblem } from './problems.ts';

const solver = {} as { highs: Awaited<ReturnType<typeof loadHighs>> };
beforeAll(async () => { solver.highs = await loadHighs(); });
const replanner = new Replanner();
afterAll(() => replanner.close());
const load = (): Promise<typeof solver.highs> => Promise.resolve(solver.highs);

const DAYS = 5, KINDS = 2, WIDTH = KINDS + 1;
const ALL = Array.from({ length: WIDTH ** DAYS }, (_, n) => Int8Array.from({ length: DAYS }, (_day, day) => Math.floor(n / WIDTH ** day) % WIDTH));

const holds = (problem: RosterProblem, person: number, line: Line): boolean => checkRoster({ ...problem, people: [problem.people[person]!] }, [line]).violations.length === 0;
const differ = (one: Line, other: Line): number => { let cells = 0; for (let day = 0; day < one.length; day++) if (one[day] !== other[day]) cells++; return cells; };
function empty({ cover, kinds, days }: RosterProblem, roster: Roster): number {
  const missing = Int32Array.from(cover.need);
  for (const line of roster) for (let day = 0; day < days; day++) if (line[day]! > 0) missing[day * kinds.length + line[day]! - 1]!--;
  return missing.reduce((sum, seats) => sum + Math.max(0, seats), 0);
}

/** How many with a skill are lacking, day by day. */
function lackingIn({ cover, kinds, days }: RosterProblem, roster: Roster): number {
  let lacking = 0;
  for (const { who, need } of cover.also ?? []) for (let at = 0; at < days * kinds.length; at++) lacking += Math.max(0, need[at]! - roster.filter((line, person) => who[person] === 1 && line[Math.floor(at / kinds.length)] === at % kinds.length + 1).length);
  return lacking;
}

/** What the absence has left, and every line that each of two people may have then, looked for one by one. */
function everything({ problem, roster, absence: { person, from, to }, frozenDays }: ReplanAsk): { away: RosterProblem; left: Roster; lines: Line[][]; kept: number[] } {
  const isAway = (day: number): boolean => day >= from && day <= to;
  const away = { ...problem, people: problem.people.map((one, at) => (at === person ? { ...one, allowed: one.allowed.map((may, cell) => (isAway(Math.floor(cell / WIDTH)) && cell % WIDTH > 0 ? 0 : may)) } : one)) };
  const left = roster.map((line, at) => (at === person ? line.map((choice, day) => (isAway(day) ? 0 : choice)) : line));
  const kept: number[] = [];
  const lines = left.map((line, at) => {
    const others = ALL.filter(one => one.every((choice, day) => day >= frozenDays || choice === line[day]) && holds(away, at, one));
    if (holds(away, at, line) || (at === person && holds(problem, at, roster[at]!) && others.length > 0)) return others;
    kept.push(at);
    return [line];
  });
  return { away, left, lines, kept };
}

/** A roster of two: of lines that hold their limits where there are some, or of any. */
const asks = fc.tuple(smallProblem({ days: DAYS, people: 2, kinds: KINDS }), fc.array(fc.nat(), { minLength: 2, maxLength: 2 }), fc.integer({ min: 0, max: 9 }), fc.nat(1), fc.nat(DAYS - 1), fc.nat(DAYS - 1), fc.nat(DAYS)).map(([problem, picks, kind, person, one, other, frozen]): ReplanAsk => {
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  const roster = problem.people.map((_, at) => { const some = kind === 0 ? [] : ALL.filter(line => holds(problem, at, line)); const from = some.length === 0 ? ALL : some; return from[picks[at]! % from.length]!; });
  // Most days are as full as the roster has them: what is lost is what is missing then.
  const need = problem.cover.need.map((wanted, at) => (kind < 6 ? roster.filter(line => line[Math.floor(at / KINDS)] === at % KINDS + 1).length : wanted));
  const also = problem.cover.also?.map(one => ({ ...one, need: one.need.map((wanted, at) => Math.min(wanted, need[at]!, roster.filter((line, who) => one.who[who] === 1 && line[Math.floor(at / KINDS)] === at % KINDS + 1).length)) }));
  return { problem: { ...problem, cover: { ...problem.cover, need, ...also !== undefined && { also } } }, roster, absence: { person, from, to }, frozenDays: Math.min(from, frozen) };
});

test('of all rosters, tried one by one, none leaves fewer seats empty, of those none lacks fewer with a skill, and of those none changes fewer cells', async () => {
  const met = { changed: 0, empty: 0, lacking: 0, kept: 0 };
  await fc.assert(fc.asyncProperty(asks, async ask => {
    const { away, left, lines: [first, second], kept } = everything(ask);
    const found = await replan(ask, load, { shouldStop: () => false });
    const best = { empty: Infinity, lacking: Infinity, changed: Infinity };
    for (const one of first!) {
      for (const other of second!) {
        const changed = differ(one, left[0]!) + differ(other, left[1]!), seats = empty(away, [one, other]);
        if (seats > best.empty) continue;
        const lacking = lackingIn(away, [one, other]);
        if ((seats - best.empty || lacking - best.lacking || changed - best.changed) < 0) Object.assign(best, { empty: seats, lacking, changed });
      }
    }
    expect({ empty: found.uncovered, lacking: found.lacking, changed: found.changed, kept: found.kept, isProven: found.isProven }).toEqual({ ...best, kept, isProven: true });
    expect({ empty: empty(away, found.roster), lacking: lackingIn(away, found.roster), changed: differ(found.roster[0]!, left[0]!) + differ(found.roster[1]!, left[1]!) }).toEqual(best);
    for (const [at, line] of found.roster.entries()) {
      if (kept.includes(at)) expect(line).toEqual(left[at]); else expect(holds(away, at, line)).toBe(true);
      expect([...line.slice(0, ask.frozenDays)]).toEqual([...ask.roster[at]!.slice(0, ask.frozenDays)]);
    }
    met.changed += Number(best.changed > 0); met.empty += Number(best.empty > 0); met.lacking += Number(best.lacking > 0); met.kept += Number(kept.length > 0);
  }), { numRuns: 120 });
  expect(Math.min(met.changed, met.empty, met.lacking, met.kept)).toBeGreaterThan(8);
});

test('each seat that somebody free can simply take costs one cell, and whoever works least takes it, in a thread', async () => {
  const turn = [1, 1, 2, 2, 3, 3, 0, 0, 0, 0], plan = linePlan(6, 30, LAB48, 84);
  const roster = plan.members.map((_, i) => Int8Array.from({ length: 84 }, (_day, day) => turn[(day + i) % 10]!));
  const replanned = await replanner.replan({ problem: problemOf(plan), roster, absence: { person: 4, from: 30, to: 36 }, frozenDays: 30 }, { seconds: 20 });
  const lost = [...roster[4]!.slice(30, 37)].filter(choice => choice > 0).length;
  expect(replanned).toMatchObject({ changed: lost, uncovered: 0, isProven: true, kept: [] });
  expect(checkRoster(problemOf(plan), replanned!.roster).violations).toEqual([]);
});

test('called off, it ends with the best that there is by then', async () => {
  const plan = linePlan(2, 6), roster = plan.members.map((_, i) => Int8Array.from({ length: 31 }, (_day, day) => [1, 2, 3, 0][(day + i) % 4]!));
  const left = { questions: 0 };
  const { isProven, roster: found } = await replan({ problem: problemOf(plan), roster, absence: { person: 0, from: 3, to: 9 }, frozenDays: 3 }, load, { shouldStop: () => (left.questions += 1) > 1 });
  expect(isProven).toBe(false);
  expect(checkRoster(problemOf(plan), found).violations).toEqual([]);
});

test('better answers come one after another, the last of them proven; asked again in the same thread, and after that has ended, it answers alike', async () => {
  const plan = linePlan(1, 4), roster = plan.members.map((_, i) => Int8Array.from({ length: 31 }, (_day, day) => [1, 2, 3, 0][(day + i) % 4]!));
  const ask: ReplanAsk = { problem: problemOf(plan), roster, absence: { person: 1, from: 4, to: 8 }, frozenDays: 4 };
  const heard: Replanned[] = [];
  const first = await replanner.replan(ask, { seconds: 60, onBetter: better => { heard.push(better); } });
  expect(first?.isProven).toBe(true);
  expect(heard.length).toBeGreaterThan(1);
  for (const [at, { uncovered, changed, isProven, roster: lines }] of heard.entries()) {
    expect(isProven).toBe(false);
    expect(checkRoster(problemOf(plan), lines).violations).toEqual([]);
    if (at > 0) expect(uncovered * 1_000 + changed).toBeLessThan(heard[at - 1]!.uncovered * 1_000 + heard[at - 1]!.changed);
  }
  expect(await replanner.replan(ask, { seconds: 60 })).toMatchObject({ changed: first!.changed, uncovered: first!.uncovered, isProven: true });
  const stopped = AbortSignal.abort();
  expect((await replanner.replan(ask, { seconds: 60, signal: stopped }))?.isProven ?? false).toBe(false);
  expect(await replanner.replan(ask, { seconds: 60 })).toMatchObject({ changed: first!.changed, uncovered: first!.uncovered, isProven: true });
});
