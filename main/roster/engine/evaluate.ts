import { clash, weekendsOf, type Line, type RosterProblem } from './problem.ts';

/** The hard limits of a person. */
export const LIMITS = ['allowed', 'minutes', 'maxOf', 'notNext', 'maxRun', 'minRun', 'minRest', 'maxRunOf', 'maxWeekends'] as const;

/** A limit that a line does not hold: on which day it is seen (null: over all of it), how much it is, and what it may be at most or has to be at least. */
export interface Broken { limit: (typeof LIMITS)[number]; day: number | null; is: number; allowed: number }

interface Run { from: number; length: number; isWork: boolean; isOpen: boolean }

/** Every limit that a person's line breaks, in the order of the days; an empty list: it holds them all. */
export function brokenBy(problem: RosterProblem, person: number, line: Line): Broken[] {
  const { kinds, days } = problem;
  const one = problem.people[person]!;
  const broken: Broken[] = [];
  const most = (limit: Broken['limit'], day: number | null, is: number, allowed: number): void => { if (is > allowed) broken.push({ limit, day, is, allowed }); };
  const least = (limit: Broken['limit'], day: number | null, is: number, allowed: number): void => { if (is < allowed) broken.push({ limit, day, is, allowed }); };
  const times = kinds.map(() => 0);
  const same = { kind: one.before.run > 0 ? one.before.shift : null, length: one.before.same ?? 1 };
  let minutes = 0;
  for (let day = 0; day < days; day++) {
    const choice = line[day]!;
    if (one.allowed[day * (kinds.length + 1) + choice] !== 1) broken.push({ limit: 'allowed', day, is: choice, allowed: 0 });
    if (choice === 0) { same.kind = null; continue; }
    const kind = choice - 1;
    if (same.kind !== null && clash(problem, one, same.kind, kind)) broken.push({ limit: 'notNext', day, is: kind, allowed: same.kind });
    Object.assign(same, { kind, length: same.kind === kind ? same.length + 1 : 1 });
    most('maxRunOf', day, same.length, one.maxRunOf?.[kind] ?? days + same.length);
    times[kind]!++;
    minutes += kinds[kind]!.minutes;
  }
  for (const { from, length, isWork, isOpen } of runsIn(line, one.before.run)) {
    if (isWork) most('maxRun', from, length, one.maxRun);
    if (!isOpen) least(isWork ? 'minRun' : 'minRest', from, length, isWork ? one.minRun : one.minRest);
  }
  most('minutes', null, minutes, one.maxMinutes);
  least('minutes', null, minutes, one.minMinutes);
  for (const [kind, count] of times.entries()) most('maxOf', null, count, one.maxOf[kind]!);
  most('maxWeekends', null, weekendsOf(problem).filter(weekend => weekend.some(day => line[day]! > 0)).length, one.maxWeekends);
  return broken;
}

/** Runs of work and rest that reach into the line, what is known of before counted in; open where it may be longer than is seen: at the end, and at the beginning where nothing is known. */
function runsIn(line: Line, before: number): Run[] {
  const runs: Run[] = [];
  let run: Run = before === 0 ? { from: 0, length: 0, isWork: line[0]! > 0, isOpen: true } : { from: 0, length: Math.abs(before), isWork: before > 0, isOpen: false };
  for (let day = 0; day < line.length; day++) {
    const isWork = line[day]! > 0;
    if (isWork === run.isWork) { run.length++; continue; }
    runs.push(run);
    run = { from: day, length: 1, isWork, isOpen: false };
  }
  return [...runs, { ...run, isOpen: true }];
}
