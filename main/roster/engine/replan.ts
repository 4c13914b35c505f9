import type { Highs } from 'highs';
import { brokenBy } from './evaluate.ts';
import { solveFlow } from './flow-model.ts';
import { replanByLines } from './replan-lines.ts';
import { coverTheLost, type Ground } from './replan-quick.ts';
import { countedOf, rowsOf, workedOf, type Cover, type Line, type Roster, type RosterProblem } from './problem.ts';

/** Somebody cannot work from one day to another, both with it. */
export interface Absence { person: number; from: number; to: number }

/** A roster that somebody drops out of. Days before `frozenDays` stay as they are. */
export interface ReplanAsk { problem: RosterProblem; roster: Roster; absence: Absence; frozenDays: number }

/**
 * What is made of it: `changed` cells besides the days that were lost, `uncovered` seats of the whole roster, and how many are `lacking` who would have to have a skill. `isProven`: no roster leaves
 * fewer seats empty, of those that leave as few none lacks fewer with a skill, and of those none changes fewer cells. `kept`: whose lines break limits already; they stay as they are.
 */
export interface Replanned { roster: Roster; changed: number; uncovered: number; lacking: number; isProven: boolean; kept: readonly number[] }

/** `diveTurns`: as `replanByLines` takes them. */
export interface ReplanEvents { shouldStop: () => boolean; onBetter?: (better: Replanned) => void; diveTurns?: readonly number[] }

/** Up to so many choices that are open the whole rest of the roster is one program; where there are more, so many days around the absence come first. */
const WHOLE_CHOICES = 4_000;
const WINDOW_DAYS = 14;

/**
 * Replans a roster after an absence: as few seats empty as can be, then as few lacking with a skill, then as few cells changed. Where each lost seat can be taken by changing one cell, nothing does
 * with less, and no program is solved; else lines are sought by column generation, which gives a good answer soon and mostly proves it, and the flow model proves what that leaves open.
 *
 * @param load gives the solver, asked for only when it is needed
 */
export async function replan(ask: ReplanAsk, load: () => Promise<Highs>, events: ReplanEvents): Promise<Replanned> {
  const found = await replanOn(ask, groundOf(ask, true), load, events);
  // The absence itself broke a limit that no line of theirs can hold any more: then theirs stays as the absence has left it.
  return found ?? await replanOn(ask, groundOf(ask, false), load, events) ?? told(groundOf(ask, false), groundOf(ask, false).left, false);
}

function told({ problem, left, kept }: Ground, roster: Roster, isProven: boolean): Replanned {
  return { roster, changed: changedCells(left, roster), uncovered: uncoveredSeats(problem, roster), lacking: lackingSkills(problem, roster), isProven, kept };
}

/** Whether one has fewer seats empty, or fewer lacking with a skill, or fewer cells changed. */
export function isBetter(one: Replanned, than: Replanned): boolean {
  return (one.uncovered - than.uncovered || one.lacking - than.lacking || one.changed - than.changed) < 0;
}

/** @returns null where no roster at all holds the limits of whoever is free */
async function replanOn(ask: ReplanAsk, ground: Ground, load: () => Promise<Highs>, { shouldStop, onBetter, diveTurns }: ReplanEvents): Promise<Replanned | null> {
  const { problem, left, free, frozenDays } = ground;
  if (free.length === 0) return told(ground, left, true);
  const quick = coverTheLost(ground);
  if (quick !== null) return told(ground, quick, true);
  // Where the absence has broken a limit of the absent one's, what it leaves is no roster yet: any is better.
  const best = { now: told(ground, left, false), holds: free.every(person => brokenBy(problem, person, left[person]!).length === 0) };
  const take = (roster: Roster): void => {
    const next = told(ground, roster, false);
    if (best.holds && !isBetter(next, best.now)) return;
    Object.assign(best, { now: next, holds: true });
    onBetter?.(next);
  };
  if (best.holds) onBetter?.(best.now);
  const highs = await load();
  if (replanByLines(windowOf(ground, problem.days), free.map(person => left[person]!), highs, { shouldStop, ...diveTurns !== undefined && { diveTurns }, onBetter: lines => { take(wholeOf(ground, lines)); } })) return { ...best.now, isProven: true };
  const open = (days: number): number => free.length * days * (problem.kinds.length + 1);
  const untilDays = open(problem.days - frozenDays) <= WHOLE_CHOICES ? [problem.days] : [...new Set([Math.min(problem.days, ask.absence.to + 1 + WINDOW_DAYS), problem.days])];
  for (const until of untilDays) {
    if (shouldStop()) break;
    const { roster, bound, cost } = solveFlow(windowOf(ground, until), highs, { shouldStop, isAlike: false, onBetter: lines => { take(wholeOf(ground, lines)); }, onBound: () => undefined });
    if (roster === null) {
      if (until === problem.days && !shouldStop()) return null;
      continue;
    }
    take(wholeOf(ground, roster));
    if (until === problem.days && cost < Math.ceil(bound - 1e-6) + 1) return { ...best.now, isProven: true };
  }
  return best.now;
}

/**
 * The roster with the absence in it. Whose line breaks limits already stays as it is: it is made no worse, and nobody is asked to mend it now. What the absence itself breaks of
 * the absent one's is mended where `mends`.
 */
function groundOf({ problem, roster, absence: { person, from, to }, frozenDays }: ReplanAsk, mends: boolean): Ground {
  const width = problem.kinds.length + 1;
  const people = problem.people.map((one, at) => {
    if (at !== person) return one;
    const allowed = one.allowed.slice();
    for (let day = from; day <= to; day++) allowed.fill(0, day * width + 1, (day + 1) * width);
    return { ...one, allowed };
  });
  const away = { ...problem, people };
  const left = roster.map((line, at) => (at === person ? line.map((choice, day) => (day >= from && day <= to ? 0 : choice)) : line));
  const isKept = (line: Line, at: number): boolean => brokenBy(away, at, line).length > 0 && !(mends && at === person && brokenBy(problem, at, roster[at]!).length === 0);
  const all = left.map((_, at) => at);
  return { problem: away, left, frozenDays, free: all.filter(at => !isKept(left[at]!, at)), kept: all.filter(at => isKept(left[at]!, at)) };
}

/** What may be chosen between two days as it was; on all others only what the line has. */
function openBetween({ days, kinds }: RosterProblem, allowed: Uint8Array, line: Line, { from, until }: { from: number; until: number }): Uint8Array {
  const width = kinds.length + 1;
  return Uint8Array.from({ length: days * width }, (_, at) => {
    const day = Math.floor(at / width);
    return day >= from && day < until ? allowed[at]! : Number(line[day] === at % width);
  });
}

/** The program of whoever is free, open from the first day that may change to another: each change costs one, one who lacks with a skill more than all changes, an empty seat more than all that. */
function windowOf({ problem, left, free, frozenDays }: Ground, until: number): RosterProblem {
  const { days, kinds } = problem;
  const width = kinds.length + 1;
  return {
    ...problem,
    people: free.map(at => {
      const { balance: _, ...person } = problem.people[at]!;
      const line = left[at]!;
      return { ...person, allowed: openBetween(problem, person.allowed, line, { from: frozenDays, until }), cost: Float64Array.from({ length: days * width }, (_cost, cell) => Number(line[Math.floor(cell / width)] !== cell % width)) };
    }),
    cover: coverOf({ problem, left, free }, free.length * (until - frozenDays) + 1),
  };
}

/** What is wanted beside those who stay as they are. @param changes more than cells can change */
function coverOf({ problem, left, free }: Pick<Ground, 'problem' | 'left' | 'free'>, changes: number): Cover {
  const { cover: { need, also = [] } } = problem;
  const settled = countedOf(problem, left.map((line, at) => (free.includes(at) ? new Int8Array(line.length) : line)));
  const places = need.length;
  const open = (wanted: Int32Array, row: number): Int32Array => wanted.map((one, at) => Math.max(0, one - settled[row * places + at]!));
  const skills = also.map((one, skill) => ({ who: Uint8Array.from(free, at => one.who[at]!), need: open(one.need, skill + 1), under: new Float64Array(places).fill(changes) }));
  const lacks = skills.reduce((sum, one) => one.need.reduce((all, wanted) => all + wanted, sum), 0);
  return { need: open(need, 0), under: new Float64Array(places).fill(changes * (lacks + 1)), over: new Float64Array(places), ...skills.length > 0 && { also: skills } };
}

function wholeOf({ left, free }: Ground, lines: Roster): Roster {
  const whole = [...left];
  for (const [i, at] of free.entries()) whole[at] = lines[i]!;
  return whole;
}

/** How many cells two rosters differ in. */
export function changedCells(one: Roster, other: Roster): number {
  return one.reduce((sum, line, at) => sum + line.reduce((cells, choice, day) => cells + Number(choice !== other[at]![day]), 0), 0);
}

/** How many seats of a roster nobody sits on. */
export function uncoveredSeats(problem: RosterProblem, roster: Roster): number {
  return workedOf(problem, roster).reduce((sum, worked, at) => sum + Math.max(0, problem.cover.need[at]! - worked), 0);
}

/** How many who have a skill are lacking over all places. */
export function lackingSkills({ cover, ...problem }: RosterProblem, roster: Roster): number {
  const counted = countedOf({ cover, ...problem }, roster), { need } = rowsOf(cover);
  return counted.reduce((sum, is, row) => (row < cover.need.length ? sum : sum + Math.max(0, need[row]! - is)), 0);
}
