import { beforeAll, expect, test } from 'vitest';
import { OFF, type RosterPlan } from '../../contract/roster.ts';
import { gapsOf, lackingOf } from '../../contract/documents/duty-roster.ts';
import { THREE_SHIFTS } from '../../contract/roster-presets.ts';
import { gapLines } from '../../renderer/screens/roster/explain/gap-lines.ts';
import { skillsShort } from '../../renderer/screens/roster/skill-words.ts';
import { startTexts, t, texts } from '../../renderer/strings/text.ts';

beforeAll(() => startTexts('vi'));
const plan: RosterPlan = {
  service: '115', month: '2026-12', seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], needs: [{ skill: 'y sĩ', seats: 1 }],
  members: [1, 2, 3].map(cell => ({ personId: null, name: `Mẫu ${cell}`, cells: Array.from({ length: 31 }, (_, day) => (day === 4 && cell === 2 ? OFF : cell)) })),
};
const having = (people: number, some: { offSite?: boolean } = {}): RosterPlan => ({ ...plan, members: plan.members.map((one, at) => ({ ...one, ...some, ...at < people && { skills: ['y sĩ'] } })) });

test('a skill that nobody has, or too few for the month, is said whatever is in the cells', async () => {
  expect(skillsShort(plan, 26, t)).toEqual(['Chưa ai có kỹ năng y sĩ: cần ở 93 chỗ trong tháng.']);
  expect(skillsShort(having(2), 26, t)).toEqual(['Kỹ năng y sĩ: cần ở 93 chỗ, 2 người có làm được nhiều nhất 52 ca.']);
  expect(skillsShort(having(3, { offSite: true }), 26, t)).toHaveLength(1);
  const { needs: _, ...without } = plan;
  expect([skillsShort(having(3), 31, t), skillsShort(without, 26, t)]).toEqual([[], []]);
  await texts.changeLanguage('en');
  expect(skillsShort(plan, 26, t)).toEqual(['Nobody has the skill y sĩ: 93 seats of the month need it.']);
  await texts.changeLanguage('vi');
});

test('shifts that lack a skill are listed with the empty seats, from the chosen day on', () => {
  const check = { gaps: gapsOf(plan), lacking: lackingOf(plan) };
  const lines = gapLines(plan, check, 4, t);
  expect(lines).toHaveLength(94);
  expect(lines.slice(0, 3).map(({ words, isSeat }) => [words, isSeat])).toEqual([['05/12 ca C: thiếu 1', true], ['05/12 ca S: thiếu 1 y sĩ', false], ['05/12 ca C: thiếu 1 y sĩ', false]]);
  expect([lines.at(-1)!.day, new Set(lines.map(({ key }) => key)).size]).toEqual([3, 94]);
  expect(gapLines(plan, { gaps: [{ day: 1, shift: 0, is: 2, need: 1 }], lacking: [] }, 0, t)).toEqual([]);
});
