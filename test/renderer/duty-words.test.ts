import { beforeAll, expect, test } from 'vitest';
import { DEFAULT_DUTY, DUTY_LIMIT_NAMES, type DutyPolicy } from '../../contract/policy/rosters.ts';
import { ROSTER_RULES, type RosterBroken } from '../../contract/roster.ts';
import { breachSource, breachWords, rulesWords, weekFigure } from '../../renderer/screens/roster/duty-words.ts';
import { startTexts, t, texts } from '../../renderer/strings/text.ts';

beforeAll(() => startTexts('vi'));
const plan = { profile: 'LAB48' as const, members: [{ personId: null, name: 'Một', cells: [] }, { personId: null, name: 'Hai', cells: [], profile: 'CC40' as const }, { personId: null, name: 'Ba', cells: [], profile: 'CAND' as const }] };
const breach = (some: Partial<RosterBroken>): RosterBroken => ({ member: 0, rule: 'notNext', day: 3, is: 480, allowed: 720, binds: 'law', limit: 'restMinutes', ...some });

test('a breach is said with the figure that it was held against, whatever the policy has', () => {
  expect([breach({}), breach({ allowed: 690 }), breach({ rule: 'maxRun', limit: 'maxRun', is: 8, allowed: 7 }), breach({ rule: 'maxRunOf', limit: 'maxNights', is: 3, allowed: 2 })].map(one => breachWords(one, t)))
    .toEqual(['Nghỉ chuyển ca dưới 12 giờ', 'Nghỉ chuyển ca dưới 11,5 giờ', 'Quá 7 ngày trực liền', 'Quá 2 đêm liền']);
  expect(rulesWords([breach({}), breach({ member: 1 }), breach({ allowed: 600 })], t)).toBe('Nghỉ chuyển ca dưới 12 giờ; Nghỉ chuyển ca dưới 10 giờ');
});

test('of a limit that nobody named, or that a newer version has, it is said without figures', async () => {
  for (const language of ['vi', 'en'] as const) {
    await texts.changeLanguage(language);
    const { limit: _, ...old } = breach({});
    for (const rule of ROSTER_RULES) expect([rule, breachWords({ ...old, rule }, t)]).toEqual([rule, expect.stringMatching(/^[^\d{}]{8,}$/) as string]);
    expect(breachWords({ ...old, limit: 'maxSleep' as 'maxRun' }, t)).toBe(breachWords(old, t));
    for (const limit of DUTY_LIMIT_NAMES) expect(breachWords(breach({ limit }), t)).toMatch(/^[^{}]{8,}$/);
  }
  await texts.changeLanguage('vi');
});

test('where it stands is said by the profile of whoever breaks it: law or rule of the house, with the document that is named', () => {
  const rules: DutyPolicy = { ...DEFAULT_DUTY, profiles: DEFAULT_DUTY.profiles.map(one => (one.profile === 'CC40' ? { ...one, limits: one.limits.map(limit => ({ ...limit, binds: 'house' as const, source: 'QĐ 9/QĐ-IOC' })) } : one)) };
  const said = (some: Partial<RosterBroken>, by: DutyPolicy | undefined = rules): string => breachSource(breach(some), plan, by, t);
  expect([said({}), said({ member: 1, binds: 'house' }), said({ member: 2, binds: 'house' })]).toEqual(['luật: Điều 110 Bộ luật Lao động 2019', 'quy định nội bộ: QĐ 9/QĐ-IOC', 'quy định nội bộ']);
  const { limit: _, ...leave } = breach({ rule: 'leave' });
  expect(breachSource(leave, plan, rules, t)).toBe('');
});

test('hours a week are said a week where the month is known, above a limit never as the limit; nights beyond an even share are a rule of the house', () => {
  const over = breach({ rule: 'minutes', limit: 'weekMinutes', day: null, is: 31 * 480, allowed: 12_754 });
  expect([breachWords(over, t, '2026-12'), breachWords(over, t), rulesWords([over, breach({ rule: 'daysOff', limit: 'daysOff', is: 0, allowed: 4 })], t, '2026-12')]).toEqual(['Quá 48 giờ/tuần', 'Quá giờ làm trung bình một tuần', 'Quá 48 giờ/tuần; Nghỉ không đủ ngày trong tháng']);
  expect([weekFigure(31 * 480, '2026-12'), weekFigure(27 * 480, '2026-12'), weekFigure(12_757, '2026-12'), weekFigure(12_754, '2026-12')]).toEqual(['56', '48,8', '48,1', '48']);
  const { limit: _, ...nights } = breach({ rule: 'maxOf', binds: 'house' });
  expect(breachSource(nights, plan, DEFAULT_DUTY, t)).toBe('quy định nội bộ: chia đều ca đêm');
});
