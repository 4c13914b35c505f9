/** A kind of shift (ca). `notNext[t]`: kind `t` may not be worked on the day after it. */
export interface ShiftKind { code: string; minutes: number; notNext: readonly boolean[] }

/**
 * What a person comes with from the days before day 0: how long they have worked (`run` > 0, the last in kind `shift`, that kind for the last `same` days) or
 * rested (`run` < 0); 0: nothing is known, and a run at either end counts as long enough.
 */
export interface Before { run: number; shift: number | null; same?: number }

/** A count that is wanted between two, both with it; each one outside costs `weight`. */
export interface Wanted { low: number; high: number; weight: number }

/** What makes a person's share even with the others': time in units (the greatest common measure of the kinds' minutes), weekends worked, and one kind. */
export interface Balance { units: Wanted | null; weekends: Wanted | null; kind: (Wanted & { kind: number }) | null }

/**
 * One person of a roster and the hard limits of theirs: `maxOf` shifts of each kind, minutes in all, days worked in a row, days off in a row,
 * weekends of which Saturday or Sunday is worked. `allowed[day * (kinds + 1) + choice]`: 1 where the choice (0: off, k: kind k − 1) may be made on the day; leave, skills and pins.
 */
export interface RosterPerson {
  code: string; maxOf: readonly number[]; minMinutes: number; maxMinutes: number;
  minRun: number; maxRun: number; minRest: number; maxWeekends: number;
  /** Which kind may not follow which for them, `[kind][next]`; absent: as the kinds themselves have it. */
  notNext?: readonly (readonly boolean[])[];
  /** How many days in a row each kind may be worked; absent: as many as a run has. */
  maxRunOf?: readonly number[];
  allowed: Uint8Array; before: Before;
  /** What each choice costs on each day, laid out as `allowed`: wishes, changes of what was published. */
  cost: Float64Array;
  balance?: Balance;
}

/** How many of some (`who[person]`: 1), those with a skill, are wanted among the people of each place, and what one too few of them costs. More cost nothing. */
export interface Among { who: Uint8Array; need: Int32Array; under: Float64Array }

/**
 * How many are wanted for each kind on each day (`day * kinds + kind`), and what one too few or too many costs. `empty`: what it costs beyond that where some are
 * wanted and nobody comes, never below 0; absent: nothing. `also`: what is wanted of those people besides.
 */
export interface Cover { need: Int32Array; under: Float64Array; over: Float64Array; empty?: Float64Array; also?: readonly Among[] }

/** Days that weigh on whoever works them (`counts[day]`: 1), and how far each person is above their part of them before any is worked: below nothing where they still owe some. */
export interface EvenDays { counts: Uint8Array; above: Float64Array }

/** A roster to be made: `days` from `firstWeekday` (0 = Monday) on. `even`: of rosters that cost the same, those are better in which these days are more even; that has no part in the cost. */
export interface RosterProblem { days: number; firstWeekday: number; kinds: readonly ShiftKind[]; people: readonly RosterPerson[]; cover: Cover; even?: readonly EvenDays[] }

/** One person's month: the choice of each day, 0 = off. */
export type Line = Int8Array;

/** A roster: a line for each person of the problem. */
export type Roster = readonly Line[];

/** Whether somebody may not work `next` on the day after `kind`. */
export function clash({ kinds }: Pick<RosterProblem, 'kinds'>, { notNext }: Pick<RosterPerson, 'notNext'>, kind: number, next: number): boolean {
  return (notNext?.[kind] ?? kinds[kind]!.notNext)[next] === true;
}

/** The greatest common measure of the kinds' minutes, minutes. */
export function unitOf({ kinds }: Pick<RosterProblem, 'kinds'>): number {
  return kinds.reduce((measure, kind) => divisor(measure, kind.minutes), 0) || 1;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** What a count outside of what is wanted costs. */
export function outside(wanted: Wanted | null | undefined, count: number): number {
  return wanted === null || wanted === undefined ? 0 : wanted.weight * Math.max(0, wanted.low - count, count - wanted.high);
}

/** The days of each weekend of the horizon, one or two of them; where there is a Saturday, it comes first. */
export function weekendsOf({ days, firstWeekday }: Pick<RosterProblem, 'days' | 'firstWeekday'>): number[][] {
  const weekends: number[][] = [];
  for (let day = 0; day < days; day++) {
    const weekday = (firstWeekday + day) % 7;
    if (weekday === 5 || (weekday === 6 && day === 0)) weekends.push([day]);
    else if (weekday === 6) weekends.at(-1)!.push(day);
  }
  return weekends;
}

/** What a line costs by itself: wishes not met, changes made, and a share that is not even. */
export function lineCost(problem: RosterProblem, person: number, line: Line): number {
  const { cost, balance } = problem.people[person]!;
  const width = problem.kinds.length + 1;
  let sum = 0;
  for (let day = 0; day < problem.days; day++) sum += cost[day * width + line[day]!]!;
  if (balance === undefined) return sum;
  const unit = unitOf(problem);
  const units = line.reduce((all, choice) => all + (choice === 0 ? 0 : problem.kinds[choice - 1]!.minutes / unit), 0);
  const weekends = weekendsOf(problem).filter(weekend => weekend.some(day => line[day]! > 0)).length;
  return sum + outside(balance.units, units) + outside(balance.weekends, weekends) + outside(balance.kind, line.reduce((all, choice) => all + (choice - 1 === balance.kind?.kind ? 1 : 0), 0));
}

/** How many work each kind on each day. */
export function workedOf(problem: RosterProblem, roster: Roster): Int32Array {
  const kinds = problem.kinds.length;
  const worked = new Int32Array(problem.days * kinds);
  for (const line of roster) for (let day = 0; day < problem.days; day++) if (line[day]! > 0) worked[day * kinds + line[day]! - 1]!++;
  return worked;
}

/** Everything that is counted, as places are: the places themselves, and for each skill that is wanted the places once more, where only who has it counts. */
export function rowsOf(cover: Cover): Cover {
  const { need, under, over, empty, also = [] } = cover;
  if (also.length === 0) return cover;
  const nothing = new Float64Array(need.length * also.length);
  return {
    need: Int32Array.from([...need, ...also.flatMap(one => [...one.need])]), under: Float64Array.from([...under, ...also.flatMap(one => [...one.under])]),
    over: Float64Array.from([...over, ...nothing]), ...empty !== undefined && { empty: Float64Array.from([...empty, ...nothing]) },
  };
}

/** What is to be added to a place for each of the rows that a person counts in there. */
export function countedIn({ need, also = [] }: Cover, person: number): number[] {
  return [0, ...also.flatMap(({ who }, skill) => (who[person] === 1 ? [(skill + 1) * need.length] : []))];
}

/** How many count in each row. */
export function countedOf(problem: RosterProblem, roster: Roster): Int32Array {
  const { cover, kinds, days } = problem;
  const counted = new Int32Array(cover.need.length * (1 + (cover.also?.length ?? 0)));
  for (const [person, line] of roster.entries()) {
    for (const row of countedIn(cover, person)) for (let day = 0; day < days; day++) if (line[day]! > 0) counted[row + day * kinds.length + line[day]! - 1]!++;
  }
  return counted;
}

/** What `count` people on a place that wants `need` cost; of a skill, `count` who have it. */
export function coverCost({ need, under, over, empty }: Cover, at: number, count: number): number {
  if (count >= need[at]!) return (count - need[at]!) * over[at]!;
  return (need[at]! - count) * under[at]! + (count === 0 ? empty?.[at] ?? 0 : 0);
}

/** Seats of a place that may stay empty: `most` of them at `cost` each. */
export interface Lack { cost: number; most: number }

/** The seats of a place that may stay empty, in the order in which they do: the last is never the cheaper, so that a linear program takes them in that order by itself. */
export function lacksOf({ need, under, empty }: Cover, at: number): Lack[] {
  const cost = under[at]!, last = empty?.[at] ?? 0;
  return last === 0 || need[at] === 0 ? [{ cost, most: Infinity }] : [{ cost, most: need[at]! - 1 }, { cost: cost + last, most: Infinity }];
}

/** The objective of a roster that holds every hard limit: what its lines cost and what is too few or too many, also of those with a skill. */
export function rosterCost(problem: RosterProblem, roster: Roster): number {
  const counted = countedOf(problem, roster), rows = rowsOf(problem.cover);
  let sum = 0;
  for (const [person, line] of roster.entries()) sum += lineCost(problem, person, line);
  for (let at = 0; at < counted.length; at++) sum += coverCost(rows, at, counted[at]!);
  return sum;
}
