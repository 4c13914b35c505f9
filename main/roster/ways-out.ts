import { OFF, type RosterBroken, type RosterChange, type RosterPlan } from '../../contract/roster.ts';
import { MOST_WAYS, type RosterWay, type ToMend } from '../../contract/roster-explain.ts';
import { isAway } from '../../contract/roster-seats.ts';
import { countedOf, rowsOf, type Line, type RosterProblem } from './engine/problem.ts';
import { problemOf } from './model.ts';
import { BARE, brokenOf, canBePlanned, linePlanOf, rosterOf, type Ground } from './plan-check.ts';

/** A breach that takes more steps than this is none for a button. */
const MOST_STEPS = 8;
/** So far around a breach cells are tried, days. */
const AROUND = 1;
/** So many of those who could be given a shift are tried, who works least first; and so many first steps, where one step does not do. */
const MOST_TAKERS = 6, MOST_STARTS = 2;

type Broken = Pick<RosterBroken, 'member' | 'rule' | 'day'>;
const keyOf = ({ member, rule, day }: Broken): string => `${member} ${rule} ${day ?? ''}`;
const byHowMuch = ({ rule, is, allowed }: RosterBroken): number => (rule === 'leave' || rule === 'notNext' ? 1 : Math.abs(is - allowed));

/** A month as it is changed step by step: whose lines, and how many count in each row of what is covered (seats, then each skill) and are needed there. */
interface State { plan: RosterPlan; problem: RosterProblem; ground: Ground; lines: readonly Line[]; counted: Int32Array; need: Int32Array; kinds: number; broken: Map<number, readonly RosterBroken[]> }

function stateOf(plan: RosterPlan, ground: Ground): State {
  const problem = problemOf(linePlanOf(plan, ground)), lines = rosterOf(plan);
  return { plan, problem, ground, lines, counted: countedOf(problem, lines), need: rowsOf(problem.cover).need, kinds: plan.shifts.length, broken: new Map() };
}

/** What somebody's month breaks, reckoned once. */
function brokenIn(state: State, member: number): readonly RosterBroken[] {
  const known = state.broken.get(member);
  if (known !== undefined) return known;
  const broken = brokenOf({ plan: state.plan, problem: state.problem, ...state.ground }, member, state.lines[member]!);
  state.broken.set(member, broken);
  return broken;
}

interface Step { kind: RosterWay['kind']; changes: RosterChange[] }

/** The state after a step; null where it empties a seat, takes away a skill that a shift needs, puts one too many on a seat, or touches a pin. */
function after(state: State, { changes }: Step): State | null {
  const { plan, problem, kinds, need, counted: before } = state;
  const lines = [...state.lines], places = problem.cover.need.length;
  for (const { member, day, is } of changes) {
    if (plan.members[member]!.pins?.includes(day) === true) return null;
    lines[member] = lines[member]!.with(day, Math.max(OFF, is));
  }
  const counted = countedOf(problem, lines);
  for (const { day } of changes) {
    for (let row = day * kinds; row < counted.length; row += places) {
      for (let at = row; at < row + kinds; at++) {
        const [was, is] = [before[at]!, counted[at]!];
        if ((is < was && is < need[at]!) || (at < places && is > was && is > need[at]!)) return null;
      }
    }
  }
  return { ...state, lines, counted, broken: new Map([...state.broken].filter(([member]) => !changes.some(one => one.member === member))) };
}

/** Whether nobody whom a step touches breaks more than before: no limit at another place, none by more, but those of `but`, whose sum falls. @returns by how much, below 0; null where not */
function gain(before: State, then: State, { changes }: Step, but: Broken | null): number | null {
  let sum = 0;
  for (const member of new Set(changes.map(one => one.member))) {
    const was = new Map(brokenIn(before, member).map(one => [keyOf(one), one]));
    const isMended = ({ rule }: RosterBroken): boolean => but !== null && but.member === member && rule === but.rule;
    for (const one of was.values()) if (isMended(one)) sum -= byHowMuch(one);
    for (const one of brokenIn(then, member)) {
      const old = was.get(keyOf(one));
      if (isMended(one)) sum += byHowMuch(one);
      else if (old === undefined || byHowMuch(one) > byHowMuch(old)) return null;
    }
  }
  return sum;
}

const shiftsOf = (state: State, member: number): number => state.lines[member]!.reduce((shifts, cell) => shifts + Number(cell > OFF), 0);

/** Steps that change one day of somebody's: off, another shift, or what they have given to somebody who is off, or what an empty seat waits for taken. */
function stepsOn(state: State, member: number, day: number): Step[] {
  const was = state.lines[member]![day]!, shown = state.plan.members[member]!.cells[day]!;
  const change = (is: number): RosterChange => ({ member, day, was: shown, is });
  const others = [OFF, ...state.plan.shifts.map((_, kind) => kind + 1)].filter(cell => cell !== was);
  const own = others.map((cell): Step => ({ kind: cell === OFF ? 'off' : 'put', changes: [change(cell)] }));
  if (was === OFF) return isAway(shown) ? [] : own;
  const takers = state.plan.members.flatMap(({ cells, offSite }, row) => (row === member || offSite === true || state.lines[row]![day] !== OFF || isAway(cells[day]!) ? [] : [{ row, shifts: shiftsOf(state, row) }])).sort((a, b) => a.shifts - b.shifts).slice(0, MOST_TAKERS);
  return [...own, ...takers.map(({ row }): Step => ({ kind: 'give', changes: [change(OFF), { member: row, day, was: OFF, is: was }] }))];
}

/** Who works less comes first among equals. */
const loadOf = (state: State, { changes }: Step): number => changes.reduce((sum, { member, is }) => sum + (is > OFF ? shiftsOf(state, member) : 0), 0);

/** Days on which a breach may be mended. */
function daysOf(state: State, { day, is, rule }: RosterBroken): number[] {
  const all = state.lines[0]!.length;
  if (day === null) return Array.from({ length: all }, (_, at) => at);
  const long = ['maxRun', 'minRun', 'minRest'].includes(rule) ? is : 1, back = rule === 'maxRunOf' ? is : AROUND;
  return Array.from({ length: all }, (_, at) => at).filter(at => at >= day - back && at < day + long + AROUND);
}

interface Tried { step: Step; then: State; by: number }

/** The steps that bring a breach nearer to its end, the best first: what is left, cells changed, who works least. */
function stepsFor(state: State, broken: RosterBroken): Tried[] {
  const tried = daysOf(state, broken).flatMap(day => stepsOn(state, broken.member, day)).flatMap((step): Tried[] => {
    const then = after(state, step);
    const by = then === null ? null : gain(state, then, step, broken);
    return then === null || by === null || by >= 0 ? [] : [{ step, then, by }];
  });
  return tried.sort((a, b) => a.by - b.by || a.step.changes.length - b.step.changes.length || loadOf(state, a.step) - loadOf(state, b.step) || awayFrom(broken, a) - awayFrom(broken, b));
}

const awayFrom = ({ day }: RosterBroken, { step }: Tried): number => Math.abs(step.changes[0]!.day - (day ?? 0));

/** From a first step on the best one each time, until the breach is gone and no other has come; null where that does not end soon. */
function wayFrom(start: State, first: Tried, to: Broken): RosterWay | null {
  const known = new Set(brokenIn(start, to.member).map(keyOf).filter(key => key !== keyOf(to)));
  const changes: RosterChange[] = [...first.step.changes];
  for (let state = first.then, left = MOST_STEPS - 1; ; left--) {
    const open = brokenIn(state, to.member).filter(one => one.rule === to.rule && !known.has(keyOf(one)));
    if (open.length === 0) return { kind: first.step.kind, changes };
    const next = left > 0 ? stepsFor(state, open[0]!).find(({ step }) => step.changes.every(one => !changes.some(other => other.member === one.member && other.day === one.day))) : undefined;
    if (next === undefined) return null;
    changes.push(...next.step.changes);
    state = next.then;
  }
}

function waysFromGap(state: State, day: number, shift: number): RosterWay[] {
  if (shift >= state.kinds || day * state.kinds >= state.need.length || state.counted[day * state.kinds + shift]! >= state.need[day * state.kinds + shift]!) return [];
  const steps = state.plan.members.flatMap(({ cells, offSite }, member): Step[] => (offSite === true || isAway(cells[day] ?? OFF) || cells[day] === shift + 1 ? []
    : [{ kind: 'take', changes: [{ member, day, was: cells[day]!, is: shift + 1 }] }]));
  return steps.filter(step => { const then = after(state, step); return then !== null && gain(state, then, step, null) !== null; })
    .sort((a, b) => loadOf(state, a) - loadOf(state, b)).slice(0, MOST_WAYS);
}

/**
 * Ways out of a breach, or of an empty seat: cells after whose change it is gone, nobody breaks anything that they did not break before or by more, no seat is left that was taken and none has one
 * too many. Pins and leave stay. The one that changes least first.
 */
export function waysOut(plan: RosterPlan, of: ToMend, ground: Ground = BARE): RosterWay[] {
  if (!canBePlanned(plan)) return [];
  const state = stateOf(plan, ground);
  if (of.kind === 'gap') return waysFromGap(state, of.day, of.shift);
  const line = state.lines[of.member];
  const broken = line === undefined ? undefined : brokenIn(state, of.member).find(one => one.rule === of.rule && one.day === of.day);
  if (broken === undefined) return [];
  const steps = stepsFor(state, broken);
  const isDone = ({ then }: Tried): boolean => { const known = new Set(brokenIn(state, of.member).map(keyOf)); return brokenIn(then, of.member).every(one => keyOf(one) !== keyOf(broken) && known.has(keyOf(one))); };
  const single = steps.filter(isDone).slice(0, MOST_WAYS).map(({ step }): RosterWay => step);
  if (single.length > 0) return single;
  return steps.slice(0, MOST_STARTS).flatMap(first => wayFrom(state, first, broken) ?? []).sort((x, y) => x.changes.length - y.changes.length).slice(0, 1);
}
