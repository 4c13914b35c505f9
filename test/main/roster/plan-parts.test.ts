import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { daysOf, type RosterPlan } from '../../../contract/roster.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { rosterCost } from '../../../main/roster/engine/problem.ts';
import { problemOf, WEIGHTS } from '../../../main/roster/model.ts';
import { linePlanOf, rosterOf } from '../../../main/roster/plan-check.ts';
import { partsOf } from '../../../main/roster/plan-parts.ts';
import { PlanSearch } from '../../../main/roster/plan-search.ts';
import { T0 } from '../issues/support.ts';

const MONTH = '2027-02', DAYS = daysOf(MONTH), IDS = Array.from({ length: 4 }, () => newId(T0));
const planOf = (rows: readonly number[][], some: Partial<RosterPlan> = {}): RosterPlan => ({
  service: '115', month: MONTH, seats: 2, profile: 'LAB48', shifts: [...THREE_SHIFTS], needs: [{ skill: 'Tiếng Anh', seats: 1 }], ...some,
  members: rows.map((cells, at) => ({ personId: IDS[at]!, name: `Mẫu ${at}`, cells, skills: at === 0 ? ['Tiếng Anh'] : [], wishes: [{ day: at, cell: 1, likes: true }, { day: at + 5, cell: 0, likes: false }] })),
});

test('what a roster costs is said in what is counted, and nothing is left out', () => {
  const rows = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: DAYS, maxLength: DAYS }), { minLength: 4, maxLength: 4 });
  fc.assert(fc.property(rows, some => {
    const plan = planOf(some), problem = problemOf(linePlanOf(plan)), roster = rosterOf(plan), parts = partsOf(problem, roster);
    expect(Object.entries(WEIGHTS).reduce((sum, [part, weight]) => sum + weight * parts[part as keyof typeof WEIGHTS], 0)).toBe(rosterCost(problem, roster));
    const seated = (day: number, shift: number): number => some.filter(cells => cells[day] === shift).length;
    expect(parts.under).toBe(Array.from({ length: DAYS * 3 }, (_, at) => Math.max(0, 2 - seated(Math.floor(at / 3), at % 3 + 1))).reduce((sum, one) => sum + one, 0));
    expect(parts.empty).toBe(Array.from({ length: DAYS * 3 }, (_, at) => Number(seated(Math.floor(at / 3), at % 3 + 1) === 0)).reduce((sum, one) => sum + one, 0));
    expect(parts.wish).toBe(some.reduce((sum, cells, at) => sum + Number(cells[at] !== 1) + Number(cells[at + 5] === 0), 0));
  }));
});

const search = new PlanSearch({ nowMs: () => Date.now(), log: { error: () => undefined }, onNews: () => undefined });
afterAll(() => search.close());

test('the last twelve searches are known with how they ended, the ones before are not', async () => {
  const plan = planOf(Array.from({ length: 4 }, () => Array.from({ length: DAYS }, () => 0)));
  const ids = Array.from({ length: 13 }, () => search.begin(plan, 60).id);
  expect(search.job(ids[0]!)).toBeNull();
  for (const id of ids.slice(1, 12)) expect(search.job(id)).toMatchObject({ isOvertaken: true });
  const last = ids[12]!;
  await expect.poll(() => search.job(last)?.state !== 'running' || search.job(last)?.parts !== null, { timeout: 30_000 }).toBe(true);
  search.callOff(last);
  await expect.poll(() => ids.slice(1).map(id => search.job(id)!.state), { timeout: 30_000 }).toEqual(ids.slice(1).map(() => 'ended'));
  expect(search.job(last)).toMatchObject({ isOvertaken: false, parts: { skill: expect.any(Number) as number } });
});
