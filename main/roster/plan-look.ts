import { LEAVE, OFF, type RosterBroken, type RosterCandidate, type RosterChoice, type RosterPlan } from '../../contract/roster.ts';
import { workedOf, type Roster, type RosterProblem } from './engine/problem.ts';
import { problemOf } from './model.ts';
import { brokenOf, canBePlanned, linePlanOf, newlyBroken, rosterOf, shareOf, type Brought } from './plan-check.ts';

interface Ground { plan: RosterPlan; problem: RosterProblem; roster: Roster; brought: Brought }

/** The plan and the roster with one cell changed. Leave that is taken away may be worked. */
function changed({ plan, brought }: Ground, member: number, day: number, cell: number): Ground {
  const next = { ...plan, members: plan.members.map((one, row) => (row === member ? { ...one, cells: one.cells.map((was, at) => (at === day ? cell : was)) } : one)) };
  return { plan: next, problem: problemOf(linePlanOf(next, brought)), roster: rosterOf(next), brought };
}

const brokenIn = ({ plan, problem, roster }: Ground, member: number): RosterBroken[] => brokenOf(plan, problem, member, roster[member]!);

/** What each choice for a cell would do, before it is done. */
function choicesOf(now: Ground, member: number, day: number): RosterChoice[] {
  const before = brokenIn(now, member);
  const kinds = now.plan.shifts.length;
  return [OFF, ...now.plan.shifts.map((_, kind) => kind + 1)].map(cell => {
    const then = changed(now, member, day, cell);
    const after = brokenIn(then, member);
    const worked = workedOf(then.problem, then.roster);
    const gaps = Array.from({ length: kinds }, (_, shift) => ({ day, shift, is: worked[day * kinds + shift]!, need: now.plan.seats })).filter(({ is, need }) => is !== need);
    return { cell, breaks: newlyBroken(after, before), mends: newlyBroken(before, after), gaps };
  });
}

/** Who else might take the shift of a cell, from those who do not have it: the fewest breaches first, of equals who works least. */
function candidatesOf(now: Ground, member: number, day: number): RosterCandidate[] {
  const cell = now.plan.members[member]!.cells[day]!;
  if (cell === OFF || cell === LEAVE) return [];
  const line = linePlanOf(now.plan);
  return now.plan.members.flatMap(({ cells }, row): RosterCandidate[] => {
    const was = cells[day]!;
    if (row === member || was === cell) return [];
    // Leave is one of the reasons, and is told as such.
    const worked = now.roster[row]!.with(day, cell);
    const breaks = newlyBroken(brokenOf(now.plan, now.problem, row, worked), brokenIn(now, row));
    return [{ member: row, was, breaks, share: shareOf(line, now.roster[row]!) }];
  }).sort((a, b) => a.breaks.length - b.breaks.length || a.share.minutes - b.share.minutes || a.member - b.member);
}

/** A look at one cell: what each choice would do, and who else might work its shift. Empty where there is no such cell. */
export function lookAt(plan: RosterPlan, member: number, day: number, brought: Brought = []): { choices: RosterChoice[]; candidates: RosterCandidate[] } {
  if (!canBePlanned(plan) || plan.members[member]?.cells[day] === undefined) return { choices: [], candidates: [] };
  const now: Ground = { plan, problem: problemOf(linePlanOf(plan, brought)), roster: rosterOf(plan), brought };
  return { choices: choicesOf(now, member, day), candidates: candidatesOf(now, member, day) };
}
