import { expect, test } from 'vitest';
import { loadHighs } from '../../../main/roster/engine/highs.ts';
import { solveRoster } from '../../../main/roster/engine/solve.ts';
import { readInstance } from '../../bench/roster-instances.ts';
import { madeInstance } from '../../bench/roster-long.ts';
import { checkRoster } from './check.ts';
import { silent } from './problems.ts';

const TEXT = `# chú thích
SECTION_HORIZON
7

SECTION_SHIFTS
D,480,
N,600,D|N

SECTION_STAFF
A,D=5|N=0,2400,960,5,2,2,1
B,D=7|N=3,3000,0,4,1,1,1

SECTION_DAYS_OFF
A,0,6

SECTION_SHIFT_ON_REQUESTS
A,2,D,3

SECTION_SHIFT_OFF_REQUESTS
B,1,N,2

SECTION_COVER
0,D,1,100,1
3,N,2,50,4
`;

test('an instance is read as it is meant, with Windows line ends too', () => {
  for (const text of [TEXT, TEXT.replaceAll('\n', '\r\n')]) {
    const { problem, people, kinds } = readInstance(text);
    expect([people, kinds, problem.days, problem.firstWeekday]).toEqual([['A', 'B'], ['D', 'N'], 7, 0]);
    expect(problem.kinds[1]).toEqual({ code: 'N', minutes: 600, notNext: [true, true] });
    expect(problem.people[0]).toMatchObject({ maxOf: [5, 0], maxMinutes: 2_400, minMinutes: 960, maxRun: 5, minRun: 2, minRest: 2, maxWeekends: 1 });
    const { allowed, cost } = problem.people[0]!;
    expect([[...allowed.slice(0, 3)], [...allowed.slice(18, 21)], [...allowed.slice(3, 6)]]).toEqual([[1, 0, 0], [1, 0, 0], [1, 1, 1]]);
    expect([...cost.slice(6, 9)]).toEqual([3, 0, 3]);
    expect([...problem.people[1]!.cost.slice(3, 6)]).toEqual([0, 0, 2]);
    expect([problem.cover.need[0], problem.cover.under[0], problem.cover.need[7], problem.cover.over[7], problem.cover.need[1]]).toEqual([1, 100, 2, 4, 0]);
  }
});

test('what cannot be read is told with its place', () => {
  expect(() => readInstance('nothing')).toThrow('SECTION_HORIZON');
  expect(() => readInstance(TEXT.replace('A,2,D,3', 'A,2,X,3'))).toThrow('SECTION_SHIFT_ON_REQUESTS: nothing is called "X"');
  expect(() => readInstance(TEXT.replace('D,480,', 'D,dài,'))).toThrow('SECTION_SHIFTS: "dài" is not a whole number');
  expect(() => readInstance(TEXT.replace('0,D,1,100,1', '0,D,1,100'))).toThrow('SECTION_COVER: "undefined" is not a whole number');
});

test('one of eight weeks and shifts of unequal length has a valid roster at once', async () => {
  const { problem, people, kinds } = readInstance(madeInstance({ weeks: 8, people: 10, shifts: [['E', 480], ['X', 720], ['N', 600]], seed: 7 }));
  expect([problem.days, people.length, kinds]).toEqual([56, 10, ['E', 'X', 'N']]);
  const { roster, cost } = solveRoster(problem, await loadHighs(), { ...silent, seed: 1, shouldStop: () => true });
  expect(checkRoster(problem, roster!)).toEqual({ objective: cost, violations: [] });
});
