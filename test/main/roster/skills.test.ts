import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { daysOf, LEAVE, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { loadHighs } from '../../../main/roster/engine/highs.ts';
import { solveRoster } from '../../../main/roster/engine/solve.ts';
import { problemOf, WEIGHTS } from '../../../main/roster/model.ts';
import { checkPlan, linePlanOf, rosterOf } from '../../../main/roster/plan-check.ts';
import { PlanReplans } from '../../../main/roster/plan-replan.ts';
import { createRosters } from '../../../main/roster/rosters.ts';
import { linePlan } from '../../bench/roster-lines.ts';
import { testDesk } from '../issues/desk.ts';
import { sessionWith, T0 } from '../issues/support.ts';
import { checkRoster } from './check.ts';
import { silent } from './problems.ts';

const solver = {} as { highs: Awaited<ReturnType<typeof loadHighs>> };
beforeAll(async () => { solver.highs = await loadHighs(); });
const replans = new PlanReplans({ nowMs: () => T0, log: { error: () => undefined }, onNews: () => undefined });
afterAll(() => replans.close());
const IDS = Array.from({ length: 5 }, () => newId(T0));
const LANGUAGE = 'tiếng S’tiêng';

/** A month in which everybody works what is said on the first days; who has the skill is said by place. */
const monthOf = (lines: number[][], skilled: number[], some: Partial<RosterPlan> = {}): RosterPlan => ({
  service: '113', month: '2027-02', seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], needs: [{ skill: LANGUAGE, seats: 1 }],
  members: lines.map((cells, at) => ({ personId: IDS[at]!, name: `Mẫu ${at}`, cells: [...cells, ...Array.from({ length: daysOf('2027-02') - cells.length }, () => OFF)], ...skilled.includes(at) && { skills: [LANGUAGE] } })), ...some,
});
/** What is made of an absence once nothing better is sought: the first answer does not wait for it. */
async function replanned(...[plan, absence]: Parameters<typeof replans.begin>) {
  const { id } = await replans.begin(plan, absence);
  await expect.poll(() => replans.now(id)?.isOver, { timeout: 30_000 }).toBe(true);
  return replans.now(id)!;
}

describe('a skill that some of each shift have to have', () => {
  test('is missing where fewer have it, never more of them than sit there, and on no day that the desk is closed', () => {
    const { lacking } = checkPlan(monthOf([[1, 2], [2, 1]], [0], { seats: 2, shifts: [{ ...THREE_SHIFTS[0]!, seats: 1 }, ...THREE_SHIFTS.slice(1)], needs: [{ skill: LANGUAGE, seats: 2 }], openOn: [1, 2] }));
    // February 2027 begins on a Monday: open on the first and the second of each week.
    expect(lacking.filter(({ day }) => day < 7)).toEqual([
      { day: 0, shift: 1, skill: LANGUAGE, is: 0, need: 2 }, { day: 0, shift: 2, skill: LANGUAGE, is: 0, need: 2 },
      { day: 1, shift: 0, skill: LANGUAGE, is: 0, need: 1 }, { day: 1, shift: 1, skill: LANGUAGE, is: 1, need: 2 }, { day: 1, shift: 2, skill: LANGUAGE, is: 0, need: 2 },
    ]);
    expect(checkPlan(monthOf([[1]], [], { needs: [] })).lacking).toEqual([]);
  });

  test('is sought by the search, after the seats: who does not have it sits where else nobody would', () => {
    const plan = linePlan(1, 4, undefined, 7);
    const members = plan.members.map((member, at) => ({ ...member, ...at === 0 && { skills: [LANGUAGE] } }));
    const problem = problemOf({ ...plan, members, needs: [{ skill: LANGUAGE, seats: 1 }] });
    const { roster, cost, bound, isProven } = solveRoster(problem, solver.highs, { seed: 1, shouldStop: () => false, ...silent });
    expect(checkRoster(problem, roster!)).toEqual({ objective: cost, violations: [] });
    const works = roster!.map(line => line.filter(cell => cell > 0).length);
    // 21 seats, and one with the skill who can work six of them (48 hours): fifteen shifts are without it, and no seat is empty.
    expect([works.reduce((sum, one) => sum + one, 0), works[0], Math.floor(cost / WEIGHTS.skill), isProven, bound <= cost + 1e-6]).toEqual([21, 6, 15, true, true]);
  });

  test('that an absence has lost is asked for again; one that was missing before is not', async () => {
    // 0 and 1 have the skill, 2 works least; on the third day nobody of the shift has it already.
    const plan = monthOf([[1, 1, OFF], [OFF, OFF, OFF, 1], [OFF, OFF, 1]], [0, 1]);
    const { changes, gaps, isProven } = await replanned(plan, { member: 0, from: 0, to: 2 });
    expect([changes, gaps, isProven]).toEqual([[{ member: 1, day: 0, was: OFF, is: 1 }, { member: 1, day: 1, was: OFF, is: 1 }], [], true]);
    const full = monthOf([[1, 1, OFF], [LEAVE, LEAVE, OFF], [OFF, OFF, 1]], [0, 1]);
    const others = await replanned(full, { member: 0, from: 0, to: 1 });
    expect(others.changes).toEqual([{ member: 2, day: 0, was: OFF, is: 1 }, { member: 2, day: 1, was: OFF, is: 1 }]);
    // The seats are taken; who sits on them does not have it.
    expect([others.gaps, others.lacking]).toEqual([[], [0, 1].map(day => ({ day, shift: 0, skill: LANGUAGE, is: 0, need: 1 }))]);
    // Of two skills the one that is lacking is told, and not where it was lacking before.
    const two = await replanned({ ...full, needs: [{ skill: 'y tế', seats: 1 }, { skill: LANGUAGE, seats: 1 }], members: full.members.map((member, at) => (at === 2 ? { ...member, skills: ['y tế'] } : member)) }, { member: 0, from: 0, to: 1 });
    expect([two.changes.length, two.lacking]).toEqual([2, [0, 1].map(day => ({ day, shift: 0, skill: LANGUAGE, is: 0, need: 1 }))]);
  });

  test('that is lost is told with as many as could have it there: no more than the shift has seats', async () => {
    const plan = monthOf([[1, 2], [OFF, OFF, 2]], [0], { needs: [{ skill: LANGUAGE, seats: 2 }], shifts: [{ ...THREE_SHIFTS[0]!, seats: 1 }, { ...THREE_SHIFTS[1]!, seats: 2 }, THREE_SHIFTS[2]!] });
    const { lacking } = await replanned(plan, { member: 0, from: 0, to: 1 });
    expect(lacking).toEqual([{ day: 0, shift: 0, skill: LANGUAGE, is: 0, need: 1 }, { day: 1, shift: 1, skill: LANGUAGE, is: 0, need: 2 }]);
  });

  test('is asked for again where no seat was lost: two sat where one is enough, and who could do it has gone', async () => {
    const plan = monthOf([[1], [OFF], [1]], [0, 1]);
    expect((await replanned(plan, { member: 0, from: 0, to: 0 })).changes).toEqual([{ member: 1, day: 0, was: OFF, is: 1 }]);
    expect((await replanned({ ...plan, needs: [] }, { member: 0, from: 0, to: 0 })).changes).toEqual([]);
  });

  test('that is missing is published with a reason only, and goes with the month as it was accepted', async () => {
    const made = await testDesk();
    const { handlers, close } = createRosters({ reader: made.reader, writer: made.writer, linkIsUp: () => true, correctedNowMs: () => made.now.ms, nowMs: () => made.now.ms, station: () => made.station, log: { error: () => undefined }, onNews: () => undefined });
    try {
      const lead = { session: sessionWith({ roles: ['ca_truong'] }), signal: new AbortController().signal };
      // On S C Đ and a day off by turns four people leave no seat empty; one of them has the skill.
      const turns = Array.from({ length: 4 }, (_, row) => Array.from({ length: 28 }, (_day, day) => [1, 2, 3, OFF][(day + row) % 4]!));
      const plan = monthOf(turns, [0]), from = { edition: 0, approved: 0 };
      expect(checkPlan(plan).gaps).toEqual([]);
      expect(checkPlan(plan).lacking).toHaveLength(28 * 3 - 21);
      await expect((async () => handlers.publish({ plan, from, reason: null }, lead))()).rejects.toMatchObject({ code: 'roster/reason-needed' });
      const { roster } = await handlers.publish({ plan, from, reason: 'chưa có ai học' }, lead);
      expect(roster.accepted?.lacking).toHaveLength(63);
      const sound = monthOf(turns, [0, 1, 2, 3]);
      expect((await handlers.publish({ plan: sound, from: { edition: 1, approved: 0 }, reason: checkPlan(sound).broken.length === 0 ? null : 'thử' }, lead)).roster.accepted?.lacking).toBeUndefined();
    } finally {
      await close();
      await made.close();
    }
  });

  test('weighs the same in the search as in the evaluator, whoever sits', () => {
    const plan = monthOf([[1, 3], [2, 2], [3, 1]], [0, 2], { seats: 2, needs: [{ skill: LANGUAGE, seats: 2 }] });
    const line = linePlanOf(plan), lacking = checkPlan(plan).lacking.reduce((sum, { is, need }) => sum + need - is, 0);
    const without = checkRoster(problemOf(linePlanOf({ ...plan, needs: [] })), rosterOf(plan)).objective;
    expect(checkRoster(problemOf(line), rosterOf(plan)).objective).toBe(without + lacking * WEIGHTS.skill);
  });
});
