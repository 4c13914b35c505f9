import { expect, test } from 'vitest';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { daysOf, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { brokenBy } from '../../../main/roster/engine/evaluate.ts';
import { planRoster } from '../../../main/roster/engine/planner.ts';
import { coverCost, weekendsOf, workedOf } from '../../../main/roster/engine/problem.ts';
import { capacityOf, problemOf, turnLines, WEIGHTS, type LineMember } from '../../../main/roster/model.ts';
import { linePlanOf } from '../../../main/roster/plan-check.ts';
import { PROPOSED_RULES, valuesOf } from '../../../main/roster/rules.ts';
import { LAB48, linePlan } from '../../bench/roster-lines.ts';
import { checkRoster } from './check.ts';

test('the lines of the regulation are too thinly staffed, by as many shifts as the arithmetic says (Đ.8.2)', () => {
  const of = (seats: number, people: number) => { const { needed, able, missing, people: least } = capacityOf(linePlan(seats, people)); return [needed, able, missing, least]; };
  expect([of(1, 3), of(1, 4), of(2, 6), of(2, 7), of(2, 8)]).toEqual([[93, 78, 15, 4], [93, 104, 0, 4], [186, 156, 30, 8], [186, 182, 4, 8], [186, 208, 0, 8]]);
  expect(capacityOf(linePlan(1, 3)).missingMinutes).toBe(15 * 480);
  expect(capacityOf(linePlan(1, 4, valuesOf(PROPOSED_RULES.CC40)))).toMatchObject({ eachMost: 22, missing: 5, people: 5 });
});

test('leave is taken off what a person can give, and nobody is asked to work in it', () => {
  const plan = linePlan(1, 4);
  const away = { ...plan, members: plan.members.map((member, i) => (i === 0 ? { ...member, leave: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] } : member)) };
  expect(capacityOf(away).able).toBe(21 + 3 * 26);
  expect(brokenBy(problemOf(away), 0, turnLines(plan)[0]!).some(({ limit, day }) => limit === 'allowed' && day === 0)).toBe(true);
});

test('between a shift and the next there are twelve hours, and the turns of crews hold every limit', () => {
  const plan = linePlan(1, 4), problem = problemOf(plan);
  expect(problem.people[0]!.notNext).toEqual([[false, false, false], [true, false, false], [true, true, false]]);
  const turns = turnLines(plan);
  expect(turns).toHaveLength(12);
  for (const line of turns) expect(brokenBy(problem, 0, line)).toEqual([]);
});

test('four people cover the line of 115 without a gap, every limit held', async () => {
  const plan = linePlan(1, 4), problem = problemOf(plan);
  const enough = new AbortController();
  const { roster, cost } = await planRoster(problem, { seconds: 60, seed: 1, turns: turnLines(plan), signal: enough.signal, onProgress: progress => { if (progress.cost < 1_000) enough.abort(); } });
  expect(checkRoster(problem, roster!)).toEqual({ objective: cost, violations: [] });
  expect([...workedOf(problem, roster!)].every(worked => worked >= 1)).toBe(true);
});

test('with the six people of 113 thirty seats stay empty, no shift is left to nobody, and nothing cheaper is possible', async () => {
  const plan = linePlan(2, 6), problem = problemOf(plan);
  const { roster, cost, isProven } = await planRoster(problem, { seconds: 50, seed: 1, turns: turnLines(plan) });
  expect(checkRoster(problem, roster!)).toEqual({ objective: cost, violations: [] });
  const worked = [...workedOf(problem, roster!)];
  expect([worked.reduce((sum, is) => sum + Math.max(0, 2 - is), 0), Math.min(...worked), isProven]).toEqual([capacityOf(plan).missing, 1, true]);
  expect(cost).toBe(30 * WEIGHTS.under);
});

test('a shift of several that is left to nobody is worse than as many that are thin; where one is enough, there is nothing to be thin', () => {
  const cost = (seats: number, worked: number): number => coverCost(problemOf(linePlan(seats, 1)).cover, 0, worked);
  expect([3, 2, 1, 0].map(worked => cost(3, worked))).toEqual([0, WEIGHTS.under, 2 * WEIGHTS.under, 3 * WEIGHTS.under + WEIGHTS.empty]);
  expect(cost(1, 0)).toBe(WEIGHTS.under);
});

/** The days of a month and its first weekday (0 = Monday), counted day after day from Monday, 1 January 2024; no calendar of the machine has a part in it. */
function* months(): Generator<{ month: string; days: number; firstWeekday: number }> {
  for (let year = 2024, since = 0; year <= 2032; year++) {
    for (const [at, long] of [31, year % 4 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].entries()) {
      yield { month: `${year}-${String(at + 1).padStart(2, '0')}`, days: long, firstWeekday: since % 7 };
      since += long;
    }
  }
}
const planned = (month: string, people: number): RosterPlan => ({
  service: '115', month, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS],
  members: Array.from({ length: people }, (_, i) => ({ personId: null, name: `Mẫu ${i + 1}`, cells: Array.from({ length: daysOf(month) }, () => OFF) })),
});

test('every month of 2024 to 2032 has its days, its first weekday and its weekends, and what a person may work in it follows from its days alone', () => {
  const met = new Map<number, number>();
  for (const { month, days, firstWeekday } of months()) {
    const plan = linePlanOf(planned(month, 4));
    expect([month, plan.days, plan.firstWeekday]).toEqual([month, days, firstWeekday]);
    const dates = weekendsOf(plan).flat();
    expect(dates).toEqual(Array.from({ length: days }, (_, day) => day).filter(day => [0, 6].includes(new Date(`${month}-${String(day + 1).padStart(2, '0')}T12:00:00Z`).getUTCDay())));
    const { eachMost, needed, missing } = capacityOf(plan);
    expect([eachMost, needed, missing]).toEqual([{ 28: 24, 29: 24, 30: 25, 31: 26 }[days], 3 * days, 0]);
    met.set(days, (met.get(days) ?? 0) + 1);
  }
  expect([...met].sort(([a], [b]) => a - b)).toEqual([[28, 6], [29, 3], [30, 36], [31, 63]]);
});

test('a night on the last day of a month forbids the morning and the afternoon of the next one, and nights and days in a row are counted over its end', () => {
  const plan = linePlan(1, 1);
  const after = (before: LineMember['before'], cells: Record<number, number>): unknown[] => {
    const problem = problemOf({ ...plan, members: [{ code: 'P1', rules: LAB48, leave: [], before }] });
    return brokenBy(problem, 0, Int8Array.from({ length: plan.days }, (_, day) => cells[day] ?? 0)).map(({ limit, day, is }) => [limit, day, is]);
  };
  const night = { run: 1, shift: 2, same: 1 };
  expect([after(night, { 0: 1 }), after(night, { 0: 2 }), after(night, { 0: 3 }), after(night, { 1: 1 })]).toEqual([[['notNext', 0, 0]], [['notNext', 0, 1]], [], []]);
  expect([after({ run: 3, shift: 2, same: 3 }, { 0: 3 }), after({ run: 3, shift: 2, same: 3 }, { 0: 3, 1: 3 })]).toEqual([[], [['maxRunOf', 1, 5]]]);
  expect([after({ run: 5, shift: 0, same: 2 }, { 0: 2 }), after({ run: 5, shift: 0, same: 2 }, { 0: 2, 1: 2 })]).toEqual([[], [['maxRun', 0, 7]]]);
});
