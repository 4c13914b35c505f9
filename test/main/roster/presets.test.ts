import { describe, expect, test } from 'vitest';
import { PRESET_NAMES, PRESETS, withPreset } from '../../../contract/roster-presets.ts';
import { LEAVE, OFF, RosterPlan } from '../../../contract/roster.ts';
import type { DutyDesk } from '../../../contract/roster-desks.ts';
import { checkPlan } from '../../../main/roster/plan-check.ts';
import { lookAt } from '../../../main/roster/plan-look.ts';

function planOf(service: DutyDesk, people: number, month = '2026-12'): RosterPlan {
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  return { service, month, seats: service === '115' ? 1 : 2, profile: 'LAB48', shifts: [...PRESETS.fast.shifts], members: Array.from({ length: people }, (_, i) => ({ personId: null, name: `Mẫu ${i + 1}`, cells: Array.from({ length: days }, () => OFF) })) };
}
const months = (plan: RosterPlan): string[] => plan.members.map(({ cells }) => cells.map(cell => (cell === OFF ? '.' : cell === LEAVE ? 'P' : plan.shifts[cell - 1]!.code)).join(''));

describe('a turn of crews', () => {
  test('is what its name says', () => {
    const begun = (name: (typeof PRESET_NAMES)[number], people: number): string[] => months(withPreset(planOf('115', people), name)).map(month => month.slice(0, 9));
    expect(begun('fixed', 3)).toEqual(['SSSSSSSSS', 'CCCCCCCCC', 'ĐĐĐĐĐĐĐĐĐ']);
    expect(begun('slow', 4)).toEqual(['SSCCĐĐ..S', 'CCĐĐ..SSC', 'ĐĐ..SSCCĐ', '..SSCCĐĐ.']);
    expect(begun('fast', 4)).toEqual(['SCĐ.SCĐ.S', 'CĐ.SCĐ.SC', 'Đ.SCĐ.SCĐ', '.SCĐ.SCĐ.']);
    expect(begun('half', 4)).toEqual(['NĐ..NĐ..N', 'Đ..NĐ..NĐ', '..NĐ..NĐ.', '.NĐ..NĐ..']);
    expect(begun('day48', 3)).toEqual(['T..T..T..', '..T..T..T', '.T..T..T.']);
    expect(begun('day72', 4)).toEqual(['T...T...T', '...T...T.', '..T...T..', '.T...T...']);
  });

  test('fills every shift of every month with as many crews as it asks for, one person a seat and crew', () => {
    for (const month of ['2026-12', '2027-02', '2028-02', '2026-11']) for (const service of ['115', '113'] as const) {
      for (const name of PRESET_NAMES) {
        const plan = withPreset(planOf(service, PRESETS[name].crews * (service === '115' ? 1 : 2), month), name);
        expect([name, checkPlan(plan).gaps]).toEqual([name, []]);
        expect(RosterPlan.safeParse(plan).success).toBe(true);
      }
    }
  });

  test('of four crews holds the law, of three nobody has a day off, which is said of each of them (reading, §3)', () => {
    for (const name of ['slow', 'fast', 'half'] as const) expect([name, checkPlan(withPreset(planOf('115', 4), name)).broken.filter(({ rule }) => rule === 'notNext' || rule === 'minutes')]).toEqual([name, []]);
    const { broken } = checkPlan(withPreset(planOf('115', 3), 'fixed'));
    expect(broken.filter(({ rule }) => rule === 'minutes').map(({ member, is }) => [member, is])).toEqual([[0, 31 * 480], [1, 31 * 480], [2, 31 * 480]]);
    expect(broken.filter(({ rule }) => rule === 'maxRun')).toHaveLength(3);
  });

  test('keeps leave', () => {
    const plan = planOf('115', 4);
    plan.members[1]!.cells[2] = LEAVE;
    expect(months(withPreset(plan, 'fast'))[1]!.slice(0, 5)).toBe('CĐPSC');
  });
});

describe('a look at a cell', () => {
  const plan = withPreset(planOf('115', 4), 'slow');

  test('says of each choice what the whole plan would say once it is made', () => {
    for (const member of [0, 3]) for (const day of [0, 5, 17, 30]) {
      const now = checkPlan(plan);
      const { choices } = lookAt(plan, member, day);
      expect(choices.map(({ cell }) => cell)).toEqual([0, 1, 2, 3]);
      for (const { cell, breaks, mends, gaps } of choices) {
        const then = checkPlan({ ...plan, members: plan.members.map((one, row) => (row === member ? { ...one, cells: one.cells.map((was, at) => (at === day ? cell : was)) } : one)) });
        const rulesOf = (some: typeof breaks) => some.map(({ rule }) => rule);
        if (breaks.length + mends.length === 0) expect(new Set(rulesOf(then.broken))).toEqual(new Set(rulesOf(now.broken)));
        for (const one of breaks) expect(then.broken).toContainEqual(one);
        for (const one of mends) expect(now.broken).toContainEqual(one);
        expect(gaps).toEqual(then.gaps.filter(gap => gap.day === day));
      }
    }
  });

  test('says which shifts of the day would lack a skill', () => {
    const skilled: RosterPlan = { ...plan, needs: [{ skill: 'y sĩ', seats: 1 }], members: plan.members.map((one, row) => (row === 1 ? { ...one, skills: ['y sĩ'] } : one)) };
    const lacks = (cell: number) => lookAt(skilled, 1, 6).choices[cell]!.lacking.map(({ day, shift, skill, is, need }) => [day, shift, skill, is, need]);
    expect([lacks(1), lacks(OFF).length]).toEqual([[[6, 1, 'y sĩ', 0, 1], [6, 2, 'y sĩ', 0, 1]], 3]);
    expect(lookAt(plan, 1, 6).choices.every(({ lacking }) => lacking.length === 0)).toBe(true);
  });

  test('names who else might take the shift, whom nothing keeps from it first, and what keeps the others', () => {
    // On day 6 crew 2 has the morning, crew 3 the afternoon, crew 4 the night; crew 1 is on its first day off after two nights.
    const { candidates } = lookAt(plan, 1, 6);
    expect(candidates.map(({ member, was, breaks, empties }) => [member, was, breaks.map(({ rule }) => rule), empties])).toEqual([[2, 2, [], 2], [0, 0, ['notNext', 'maxRun'], null], [3, 3, ['notNext'], 3]]);
    const away: RosterPlan = { ...plan, members: plan.members.map((one, row) => (row === 2 ? { ...one, cells: one.cells.map((was, day) => (day === 6 ? LEAVE : was)) } : one)) };
    expect(lookAt(away, 1, 6).candidates.find(({ member }) => member === 2)?.breaks.map(({ rule }) => rule)).toContain('leave');
    expect(lookAt(plan, 0, 6).candidates).toEqual([]);
    // Somebody who is free comes before whoever has a shift that would miss them; one too many in it may go.
    const free: RosterPlan = { ...plan, members: [...plan.members, { personId: null, name: 'Rảnh', cells: plan.members[0]!.cells.map((_, day) => (day < 20 && day !== 6 ? 1 : OFF)) }] };
    expect(lookAt(free, 1, 6).candidates.slice(0, 2).map(({ member, empties }) => [member, empties])).toEqual([[4, null], [2, 2]]);
    const over: RosterPlan = { ...free, members: free.members.map((one, row) => (row === 4 ? { ...one, cells: one.cells.map((was, day) => (day === 6 ? 2 : was)) } : one)) };
    expect(lookAt(over, 1, 6).candidates.filter(({ was }) => was === 2).map(({ empties }) => empties)).toEqual([null, null]);
    expect(lookAt(plan, 9, 6)).toEqual({ choices: [], candidates: [] });
    expect(lookAt({ ...plan, members: [] }, 0, 0)).toEqual({ choices: [], candidates: [] });
  });
});

test('a turn keeps what is pinned and wished for as far as its pattern has it, and what comes of it is a plan', () => {
  const days = 31, plan = planOf('115', 2);
  const [one, other] = plan.members as [RosterPlan['members'][number], RosterPlan['members'][number]];
  const members = [{ ...one, cells: one.cells.with(3, 3).with(4, 1), pins: [3, 4], wishes: [{ day: 1, cell: 3, likes: true }, { day: 2, cell: 1, likes: false }] }, { ...other, cells: one.cells.map(() => 2), offSite: true }];
  for (const name of PRESET_NAMES) expect([name, RosterPlan.safeParse(withPreset({ ...plan, members }, name)).success]).toEqual([name, true]);
  const [first, second] = withPreset({ ...plan, members }, 'day48').members;
  expect([first!.cells[4], first!.wishes, second!.cells]).toEqual([1, [{ day: 2, cell: 1, likes: false }], Array.from({ length: days }, () => OFF)]);
});
