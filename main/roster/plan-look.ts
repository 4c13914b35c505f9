import { OFF, type RosterBroken, type RosterCandidate, type RosterChoice, type RosterPlan } from '../../contract/roster.ts';
import { lackingOf } from '../../contract/documents/duty-roster.ts';
import { isAway, seatsAt } from '../../contract/roster-seats.ts';
import { workedOf, type Roster, type RosterProblem } from './engine/problem.ts';
import { problemOf } from './model.ts';
import { brokenOf, canBePlanned, linePlanOf, mendedIn, newlyBroken, rosterOf, shareOf, BARE, type Ground as PlanGround } from './plan-check.ts';

interface Ground extends PlanGround { plan: RosterPlan; problem: RosterProblem; roster: Roster; ground: PlanGround }

/** The plan and the roster with one cell changed. Leave that is taken away may be worked. */
function changed({ plan, ground }: Ground, member: number, day: number, cell: number): Ground {
  const next = { ...plan, members: plan.members.map((one, row) => (row === member ? { ...one, cells: one.cells.map((was, at) => (at === day ? cell : was)) } : one)) };
  return { plan: next, problem: problemOf(linePlanOf(next, ground)), roster: rosterOf(next), ground, ...ground };
}

const brokenIn = (now: Ground, member: number): RosterBroken[] => brokenOf(now, member, now.roster[member]!);

/** What each choice for a cell would do, before it is done. */
function choicesOf(now: Ground, member: number, day: number): RosterChoice[] {
  const before = brokenIn(now, member);
  const kinds = now.plan.shifts.length;
  return [OFF, ...now.plan.shifts.map((_, kind) => kind + 1)].map(cell => {
    const then = changed(now, member, day, cell);
    const after = brokenIn(then, member);
    const worked = workedOf(then.problem, then.roster);
    const gaps = Array.from({ length: kinds }, (_, shift) => ({ day, shift, is: worked[day * kinds + shift]!, need: seatsAt(now.plan, day, shift) })).filter(({ is, need }) => is !== need);
    const lacking = lackingOf(then.plan).filter(one => one.day === day);
    return { cell, breaks: newlyBroken(after, before), mends: mendedIn(before, after), gaps, lacking };
  });
}

/** Who else might take the shift of a cell, from those who do not have it: whom nothing keeps from it and who leaves no other shift short first, of equals who is free, then who works least. */
function candidatesOf(now: Ground, member: number, day: number): RosterCandidate[] {
  const cell = now.plan.members[member]!.cells[day]!;
  if (cell === OFF || isAway(cell)) return [];
  const line = linePlanOf(now.plan, now.ground), kinds = now.plan.shifts.length, working = workedOf(now.problem, now.roster);
  return now.plan.members.flatMap(({ cells }, row): RosterCandidate[] => {
    const was = cells[day]!;
    if (row === member || was === cell) return [];
    // Leave is one of the reasons, and is told as such.
    const worked = now.roster[row]!.with(day, cell);
    const breaks = newlyBroken(brokenOf(now, row, worked), brokenIn(now, row));
    const empties = was > OFF && working[day * kinds + was - 1]! <= seatsAt(now.plan, day, was - 1) ? was : null;
    return [{ member: row, was, breaks, empties, share: shareOf(line, now.roster[row]!) }];
  }).sort((a, b) => weightOf(a) - weightOf(b) || Number(a.was > OFF) - Number(b.was > OFF) || a.share.minutes - b.share.minutes || a.member - b.member);
}

const weightOf = ({ breaks, empties }: RosterCandidate): number => breaks.length + Number(empties !== null);

/** A look at one cell: what each choice would do, and who else might work its shift. Empty where there is no such cell. */
export function lookAt(plan: RosterPlan, member: number, day: number, ground: PlanGround = BARE): { choices: RosterChoice[]; candidates: RosterCandidate[] } {
  if (!canBePlanned(plan) || plan.members[member]?.cells[day] === undefined) return { choices: [], candidates: [] };
  const now: Ground = { plan, problem: problemOf(linePlanOf(plan, ground)), roster: rosterOf(plan), ground, ...ground };
  return { choices: choicesOf(now, member, day), candidates: candidatesOf(now, member, day) };
}
