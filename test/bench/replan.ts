import { setTimeout } from 'node:timers/promises';
import { solveFlow } from '../../main/roster/engine/flow-model.ts';
import { loadHighs } from '../../main/roster/engine/highs.ts';
import { planRoster } from '../../main/roster/engine/planner.ts';
import { workedOf, type Roster, type RosterProblem } from '../../main/roster/engine/problem.ts';
import type { ReplanAsk, Replanned } from '../../main/roster/engine/replan.ts';
import { Replanner } from '../../main/roster/engine/replanner.ts';
import { problemOf, turnLines, type LinePlan } from '../../main/roster/model.ts';
import { ANSWER_MS } from '../../main/roster/plan-replan.ts';
import { checkRoster } from '../main/roster/check.ts';
import type { BenchOptions } from './options.ts';
import { LAB48, linePlan } from './roster-lines.ts';
import { percentile, round } from './statistics.ts';

interface Case { name: string; plan: LinePlan; absentDays: number; base: () => Promise<Roster> }

/** A cycle of ten days, six of them worked: thirty people on it are six in each shift of each day. */
const TEN_DAYS = [1, 1, 2, 2, 3, 3, 0, 0, 0, 0];
/** A base is sought so long at most, s. */
const BASE_SECONDS = 10;
/** Days between the beginnings of two absences. */
const APART = 5;
/** The rosters are open so long before somebody is absent, ms. */
const WARM_MS = 3_000;

/**
 * Somebody drops out of a roster: each time another person from another day on, `runs` times (10 when not told), in one thread that was begun `WARM_MS` before, as the screen begins it when the rosters are
 * opened. The answer is what the call gives: the proven one, or the best there is by `ANSWER_MS`. It is checked by an evaluator of its own and compared with the fewest cells that the whole rest of the
 * horizon, everybody free, is proven to need.
 */
export async function* benchReplan({ runs, note }: BenchOptions): AsyncGenerator<Record<string, number | string | boolean>> {
  for (const { name, plan, absentDays, base } of cases()) {
    const roster = await base();
    const tries: Try[] = [];
    const replanner = new Replanner();
    replanner.warm();
    await setTimeout(WARM_MS);
    for (let run = 0; run < (runs ?? 10); run++) {
      const ask = askOf(plan, roster, run, absentDays);
      const { answer, ms, proof, proofMs } = await answered(replanner, ask);
      const fewest = await fewestOf(ask);
      check(name, ask, answer);
      check(name, ask, proof);
      if (proof.isProven && (proof.uncovered !== fewest.uncovered || proof.changed !== fewest.cells)) throw new Error(`${name}: ${proof.uncovered} uncovered and ${proof.changed} cells said to be proven, ${fewest.uncovered} and ${fewest.cells} are`);
      tries.push({ ms, proofMs, answer, proof, fewest });
      note(`${name}, person ${ask.absence.person} from day ${ask.absence.from + 1}: ${answer.changed} cells (${fewest.cells}), ${answer.uncovered} uncovered (${fewest.uncovered}), ${round(ms)} ms, proof ${round(proofMs)} ms`);
    }
    await replanner.close();
    const sum = (of: (one: Try) => number): number => tries.reduce((all, one) => all + of(one), 0);
    const ms = tries.map(one => one.ms);
    yield {
      bench: 'replan', case: name, people: plan.members.length, days: plan.days, runs: tries.length, warmed: true, p50Ms: round(percentile(ms, 0.5)), p95Ms: round(percentile(ms, 0.95)), worstMs: round(Math.max(...ms)),
      changedCells: sum(one => one.answer.changed), fewestCells: sum(one => one.fewest.cells), uncoveredShifts: sum(one => one.answer.uncovered), fewestUncovered: sum(one => one.fewest.uncovered),
      equalFewest: sum(({ answer, fewest }) => Number(answer.changed === fewest.cells && answer.uncovered === fewest.uncovered)), proven: sum(one => Number(one.proof.isProven)), proofMsP95: round(percentile(tries.map(one => one.proofMs), 0.95)),
    };
  }
}

interface Try { ms: number; proofMs: number; answer: Replanned; proof: Replanned; fewest: { cells: number; uncovered: number } }

/** What the call would answer and when, and what is proven behind it. */
async function answered(replanner: Replanner, ask: ReplanAsk): Promise<Pick<Try, 'answer' | 'ms' | 'proof' | 'proofMs'>> {
  const begun = performance.now();
  const since = (): number => performance.now() - begun;
  const given: { answer: Replanned | null; best: Replanned | null; ms: number } = { answer: null, best: null, ms: 0 };
  const give = (answer: Replanned): void => { if (given.answer === null) Object.assign(given, { answer, ms: since() }); };
  void setTimeout(ANSWER_MS).then(() => { if (given.best !== null) give(given.best); });
  const proof = await replanner.replan(ask, { seconds: 60, onBetter: better => { given.best = better; if (since() >= ANSWER_MS) give(better); } });
  const proofMs = since();
  if (proof === null) throw new Error('nothing found');
  give(proof);
  return { answer: given.answer!, ms: given.ms, proof, proofMs };
}

function cases(): Case[] {
  const line = (seats: number, people: number): Pick<Case, 'plan' | 'absentDays' | 'base'> => {
    const plan = linePlan(seats, people);
    return { plan, absentDays: 5, base: async () => (await planRoster(problemOf(plan), { seconds: BASE_SECONDS, seed: 1, turns: turnLines(plan) })).roster! };
  };
  const pool = linePlan(6, 30, LAB48, 84);
  return [
    { name: '115', ...line(1, 4) }, { name: '113', ...line(2, 8) }, { name: '10 people, 2 seats', ...line(2, 10) },
    { name: 'pool, 6 seats', plan: pool, absentDays: 7, base: () => Promise.resolve(pool.members.map((_, i) => Int8Array.from({ length: pool.days }, (_day, day) => TEN_DAYS[(day + i) % TEN_DAYS.length]!))) },
  ];
}

/** The person and days of a run; the limits are those of the month with the leave in it. */
function askOf(plan: LinePlan, roster: Roster, run: number, absentDays: number): ReplanAsk {
  const person = run % plan.members.length, from = (run * APART + run) % (plan.days - absentDays);
  const leave = Array.from({ length: absentDays }, (_, day) => from + day);
  const problem = problemOf({ ...plan, members: plan.members.map((member, at) => (at === person ? { ...member, leave } : member)) });
  // What nobody sat on before the absence is not what it has made.
  const before = workedOf(problem, roster);
  return { problem: { ...problem, cover: { ...problem.cover, need: problem.cover.need.map((need, at) => Math.min(need, before[at]!)) } }, roster, absence: { person, from, to: from + absentDays - 1 }, frozenDays: from };
}

/** By the whole program, which knows of no window and no short way: the fewest seats empty, then the fewest cells changed. */
async function fewestOf({ problem, roster, absence: { person, from, to }, frozenDays }: ReplanAsk): Promise<{ cells: number; uncovered: number }> {
  const width = problem.kinds.length + 1, emptySeat = roster.length * problem.days + 1;
  const whole: RosterProblem = {
    ...problem,
    people: problem.people.map(({ balance: _, ...one }, at) => {
      const isAbsent = (day: number): boolean => at === person && day >= from && day <= to;
      const was = (day: number): number => (isAbsent(day) ? 0 : roster[at]![day]!);
      const cell = <T>(of: (day: number, choice: number) => T): T[] => Array.from({ length: problem.days * width }, (_cell, place) => of(Math.floor(place / width), place % width));
      return {
        ...one, cost: Float64Array.from(cell((day, choice) => Number(was(day) !== choice))),
        allowed: Uint8Array.from(cell((day, choice) => Number(day < frozenDays || isAbsent(day) ? was(day) === choice : one.allowed[day * width + choice] === 1))),
      };
    }),
    cover: { ...problem.cover, under: new Float64Array(problem.cover.need.length).fill(emptySeat), over: new Float64Array(problem.cover.need.length) },
  };
  const { cost, bound } = solveFlow(whole, await loadHighs(), { shouldStop: () => false, onBetter: () => undefined, onBound: () => undefined });
  if (cost >= Math.ceil(bound - 1e-6) + 1) throw new Error('the fewest cells were not proven');
  return { cells: cost % emptySeat, uncovered: Math.floor(cost / emptySeat) };
}

function check(name: string, { problem, absence: { person, from, to }, roster }: ReplanAsk, { roster: found }: Replanned): void {
  const { violations } = checkRoster(problem, found);
  const touched = found.some((line, at) => line.some((choice, day) => day < from && choice !== roster[at]![day]));
  if (violations.length > 0 || touched || found[person]!.slice(from, to + 1).some(choice => choice > 0)) throw new Error(`${name}: ${JSON.stringify(violations.slice(0, 3))}`);
}
