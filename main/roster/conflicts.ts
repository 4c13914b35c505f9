import { DUTY_LIMIT_NAMES, type Binding, type DutyLimitName } from '../../contract/policy/rosters.ts';
import type { RosterPlan } from '../../contract/roster.ts';
import type { ConflictRule, RosterConflict, RosterConflicts, RuleGroup } from '../../contract/roster-explain.ts';
import { workMinutes } from '../../contract/roster-seats.ts';
import { brokenBy } from './engine/evaluate.ts';
import { seatsOnly, type Filled } from './engine/fill.ts';
import { workedOf, type Roster, type RosterProblem } from './engine/problem.ts';
import { capacityOf, problemOf, type LinePlan } from './model.ts';
import { BARE, linePlanOf, pinned, type Ground } from './plan-check.ts';
import { NO_LIMITS, type RuleValues } from './rules.ts';

/** So many conflicts are listed, each of so many rules. */
export const MOST_CONFLICTS = 6, MOST_RULES = 3;
/** More than any run that can be known. */
const ENDLESS = 100;

/** Whether every seat of a problem can be filled, and by whom. */
export type Fill = (problem: RosterProblem, line: LinePlan) => Promise<Filled>;

/** Groups that bind in a plan: the limits of its people's profiles, and leave (with what people work at other desks) and pins where there are some; law first, then what was entered, the house last. */
export function groupsOf(plan: RosterPlan, ground: Ground = BARE): ConflictRule[] {
  const { rules } = ground;
  const profiles = [...new Set([plan.profile, ...plan.members.map(({ profile }) => profile ?? plan.profile)])].map(profile => rules[profile]);
  const limits = DUTY_LIMIT_NAMES.flatMap((group): ConflictRule[] => {
    const some = profiles.flatMap(limits => limits.filter(({ limit, value }) => limit === group && value !== looseOf(group)));
    const told = some[0];
    return told === undefined ? [] : [{ group, value: told.value, source: told.source, binds: some.some(({ binds }) => binds === 'law') ? 'law' : 'house' }];
  });
  const line = pinned(linePlanOf(plan, ground), plan);
  const entered = (group: 'leave' | 'pins', is: boolean): ConflictRule[] => (is ? [{ group, value: null, source: null, binds: 'entered' }] : []);
  const byBinding = (binds: Binding): ConflictRule[] => limits.filter(one => one.binds === binds);
  return [...byBinding('law'), ...entered('leave', line.members.some(({ leave, elsewhere }) => leave.length > 0 || (elsewhere?.length ?? 0) > 0)), ...entered('pins', line.members.some(({ pins }) => (pins?.size ?? 0) > 0)), ...byBinding('house')];
}

function looseOf(group: DutyLimitName): number {
  return group === 'maxRun' || group === 'maxNights' ? ENDLESS : NO_LIMITS[group];
}

/** The plan with only some groups binding. */
export function lineWith(line: LinePlan, groups: ReadonlySet<RuleGroup>): LinePlan {
  const valuesIn = (rules: RuleValues): RuleValues => Object.fromEntries(DUTY_LIMIT_NAMES.map(group => [group, groups.has(group) ? rules[group] : looseOf(group)])) as unknown as RuleValues;
  return {
    ...line,
    members: line.members.map(({ pins, leave, elsewhere, rules, ...member }) => ({
      ...member, rules: valuesIn(rules), leave: groups.has('leave') ? leave : [], ...groups.has('leave') && elsewhere !== undefined && { elsewhere }, ...groups.has('pins') && pins !== undefined && { pins },
    })),
  };
}

/** The plan with some groups as the engine is asked whether its seats can be filled. */
export function seatsProblem(line: LinePlan): RosterProblem {
  const problem = seatsOnly(problemOf(line));
  // A search keeps nights near an even share by itself; that is no rule.
  return { ...problem, people: problem.people.map(person => ({ ...person, maxOf: person.maxOf.map(() => line.days) })) };
}

/** How many shifts the groups leave room for, where arithmetic alone says that it is too few; null where it does not. */
function tooFew(line: LinePlan): number | null {
  if (line.members.length === 0 || line.shifts.some(shift => workMinutes(shift) !== workMinutes(line.shifts[0]!))) return null;
  const { able, missing } = capacityOf(line);
  return missing > 0 ? able : null;
}

/** Whether there are as many people as seats on each day: without any rule nothing else is needed. */
function isEnough({ days, shifts, need, members }: LinePlan): boolean {
  const seated = members.filter(one => one.isOffSite !== true).length;
  return Array.from({ length: days }, (_, day) => need.subarray(day * shifts.length, (day + 1) * shifts.length).reduce((sum, one) => sum + one, 0)).every(wanted => wanted <= seated);
}

/** Crews that keep their shift the whole month, as Đ.8.2 has them: where few rules bind they fill every seat, and nothing has to be sought; null where they do not. */
function crewsFilling(line: LinePlan): Filled {
  const { days, shifts, need, members } = line;
  const kinds = shifts.length, problem = seatsProblem(line);
  const seated = members.flatMap((one, at) => (one.isOffSite === true ? [] : [at]));
  const roster = members.map(({ leave }, at) => {
    const kind = seated.indexOf(at) % kinds;
    return Int8Array.from({ length: days }, (_, day) => (kind < 0 || leave.includes(day) || need[day * kinds + kind] === 0 ? 0 : kind + 1));
  });
  return workedOf(problem, roster).every((is, at) => is >= need[at]!) && holds(problem, roster) ? { roster } : null;
}

/** Some of the groups, a bit each, in their order. */
type Some = number;
type Verdict = 'can' | 'cannot' | null;

const isIn = (one: Some, other: Some): boolean => (one & ~other) === 0;
const sizeOf = (some: Some): number => { let size = 0; for (let left = some; left > 0; left >>= 1) size += left & 1; return size; };

/** What is known of sets of groups: what can be filled can with fewer groups, what cannot cannot with more. */
class Known {
  readonly #line: LinePlan;
  readonly #groups: readonly RuleGroup[];
  readonly #fill: Fill;
  readonly #alone: readonly RosterProblem[];
  readonly #can: Some[] = [];
  readonly #cannot: Some[] = [];

  constructor(line: LinePlan, groups: readonly RuleGroup[], fill: Fill) {
    this.#line = line;
    this.#groups = groups;
    this.#fill = fill;
    this.#alone = groups.map(group => seatsProblem(lineWith(line, new Set([group]))));
  }

  lineOf(some: Some): LinePlan {
    return lineWith(this.#line, new Set(this.#groups.filter((_, at) => isIn(1 << at, some))));
  }

  /** Without asking anybody; null: not known yet. */
  recall(some: Some): Verdict {
    if (this.#cannot.some(one => isIn(one, some))) return 'cannot';
    return this.#can.some(one => isIn(some, one)) ? 'can' : null;
  }

  async verdict(some: Some): Promise<Verdict> {
    const known = this.recall(some);
    if (known !== null) return known;
    const line = this.lineOf(some);
    if (some === 0) {
      (isEnough(line) ? this.#can : this.#cannot).push(0);
      return this.recall(0);
    }
    const filled = tooFew(line) === null ? crewsFilling(line) ?? await this.#fill(seatsProblem(line), line) : 'none';
    if (filled === null) return null;
    if (filled === 'none') this.#cannot.push(some);
    // A roster may hold more than it was asked to.
    else this.#can.push(this.#alone.reduce((all, problem, at) => (holds(problem, filled.roster) ? all | 1 << at : all), some));
    return this.recall(some);
  }
}

function holds(problem: RosterProblem, roster: Roster): boolean {
  return roster.every((line, person) => brokenBy(problem, person, line).length === 0);
}

/** A set that cannot be filled made smaller group by group, those that come last first. */
async function shrunk(known: Known, from: Some, isOver: () => boolean): Promise<Some> {
  const one = { some: from };
  for (let bit = 1 << Math.floor(Math.log2(Math.max(1, from))); bit > 0; bit >>= 1) {
    if (!isIn(bit, one.some)) continue;
    const without = one.some & ~bit;
    const verdict = isOver() ? known.recall(without) : await known.verdict(without);
    if (verdict === 'cannot') one.some = without;
  }
  return one.some;
}

/** Whether it is known that each of the groups is needed for the conflict. */
function isLeast(known: Known, some: Some): boolean {
  return Array.from({ length: 32 - Math.clz32(some) }, (_, at) => 1 << at).every(bit => !isIn(bit, some) || known.recall(some & ~bit) === 'can');
}

/**
 * Every set of up to `MOST_RULES` of the first `count` groups that cannot hold while every seat is filled, and of which none can be left out. Sets that are not known yet are grown as far as nothing
 * speaks against it; what then cannot be filled is made smaller.
 */
async function smallest(known: Known, count: number, isOver: () => boolean): Promise<{ found: Some[]; isComplete: boolean }> {
  const found: Some[] = [];
  const bits = Array.from({ length: count }, (_, at) => 1 << at);
  const seeds = Array.from({ length: 1 << count }, (_, some) => some).filter(some => sizeOf(some) <= MOST_RULES).sort((a, b) => sizeOf(a) - sizeOf(b) || a - b);
  const state = { isComplete: true };
  for (const seed of seeds) {
    while (known.recall(seed) === null) {
      if (isOver()) { state.isComplete = false; break; }
      const grown = bits.reduce((some, bit) => (known.recall(some | bit) === 'cannot' ? some : some | bit), seed);
      const from = await known.verdict(grown) === null && await known.verdict(seed) !== null ? seed : grown;
      const verdict = known.recall(from);
      if (verdict === null) { state.isComplete = false; break; }
      if (verdict === 'cannot') found.push(await shrunk(known, from, isOver));
    }
  }
  const least = [...new Set(found)].filter(some => sizeOf(some) <= MOST_RULES && !found.some(other => other !== some && isIn(other, some)));
  return { found: least.sort((a, b) => sizeOf(a) - sizeOf(b) || a - b), isComplete: state.isComplete };
}

/** `conflictsIn` of a plan and the groups that bind in it. */
export async function conflictsOf(plan: RosterPlan, ground: Ground, fill: Fill, isOver: () => boolean): Promise<RosterConflicts> {
  return conflictsIn(pinned(linePlanOf(plan, ground), plan), groupsOf(plan, ground), fill, isOver);
}

/**
 * Why a month cannot be filled: the smallest groups of rules that cannot hold together with a full roster. Law and what was entered are asked first: where they conflict by themselves, no rule of the
 * house is blamed (roster, §4, 3). Every verdict is proven, by arithmetic or by the engine.
 *
 * @param rules the groups that bind, law first, then what was entered, the house last @param fill asks the engine @param isOver whether there is no time left; what was found by then is told
 */
export async function conflictsIn(line: LinePlan, rules: readonly ConflictRule[], fill: Fill, isOver: () => boolean): Promise<RosterConflicts> {
  const firm = rules.filter(({ binds }) => binds !== 'house').length;
  const known = new Known(line, rules.map(({ group }) => group), fill);
  const needed = line.need.reduce((sum, one) => sum + one, 0);
  const whole = await known.verdict((1 << rules.length) - 1);
  if (whole === 'can') return { state: 'none', conflicts: [], isComplete: true };
  const ofFirm = await known.verdict((1 << firm) - 1);
  const { found, isComplete } = await smallest(known, ofFirm === 'cannot' ? firm : rules.length, isOver);
  const conflicts = found.slice(0, MOST_CONFLICTS).map((some): RosterConflict => ({ rules: rules.filter((_, at) => isIn(1 << at, some)), isLeast: isLeast(known, some), needed, able: tooFew(known.lineOf(some)) }));
  if (conflicts.length === 0) return { state: whole === null ? 'undecided' : 'conflict', conflicts, isComplete: false };
  return { state: 'conflict', conflicts, isComplete: isComplete && ofFirm !== null && found.length <= MOST_CONFLICTS };
}
