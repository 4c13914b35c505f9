import { beforeAll, expect, test } from 'vitest';
import type { TakerLook } from '../../contract/documents/duty-attend-calls.ts';
import { instantOf } from '../../contract/time.ts';
import { breachLine, takerWords } from '../../renderer/screens/roster/act-words.ts';
import { startTexts, t } from '../../renderer/strings/text.ts';

beforeAll(() => startTexts('vi'));
const at = (day: number, hour: number): number => instantOf(2026, 12, day, hour);
const NIGHT = { desk: '115' as const, code: 'Đ', fromMs: at(1, 22), toMs: at(2, 6), minutes: 480 };
const look = (some: Partial<TakerLook>): TakerLook => ({ before: null, after: null, week: 1_200, rest: { minutes: 720, isLaw: true }, most: { minutes: 2_880, isLaw: true }, ...some });

test('whoever takes a shift over reads what it leaves of their rest and how long their week becomes, what breaks a limit first', () => {
  expect(takerWords(look({ after: NIGHT }), t)).toEqual([
    { words: 'Ca tiếp của bạn: ca Đ ở tuyến 115 lúc 22:00 01/12. Chỉ được nghỉ 8 giờ, ít nhất 12 (luật).', isBad: true }, { words: 'Tuần này bạn sẽ trực 20 giờ.', isBad: false },
  ]);
  expect(takerWords(look({ before: { ...NIGHT, minutes: 185 }, week: 2_900 }), t)).toEqual([
    { words: 'Bạn vừa hết ca Đ ở tuyến 115 lúc 06:00 02/12: mới nghỉ 3 giờ, ít nhất 12 (luật).', isBad: true }, { words: 'Tuần này bạn sẽ trực 48,3 giờ; giới hạn trung bình 48 giờ một tuần (luật).', isBad: true },
  ]);
  expect(takerWords(look({ after: { ...NIGHT, minutes: -60 }, rest: null, most: null }), t)[0]).toEqual({ words: 'Bạn có ca Đ ở tuyến 115 từ 22:00 01/12: trùng giờ với ca này.', isBad: true });
  expect(takerWords(look({ after: { ...NIGHT, minutes: 720 } }), t)[0]!.isBad).toBe(false);
});

test('a breach is said with whose month it is in, the day and the figures', () => {
  const plan = { month: '2026-12', members: [{ personId: null, name: 'Trực Mẫu', cells: [] }] };
  expect(breachLine({ member: 0, rule: 'notNext', day: 4, is: 480, allowed: 720, binds: 'law', limit: 'restMinutes' }, plan, t)).toBe('Trực Mẫu, 05/12: nghỉ 8 giờ, ít nhất 12');
  const run = { member: 0, rule: 'maxRun' as const, day: 6, is: 8, allowed: 6, limit: 'maxRun' as const };
  expect([breachLine(run, plan, t), breachLine(run, plan, t, false)]).toEqual(['Trực Mẫu, 07/12: Quá 6 ngày trực liền, 8, giới hạn 6', 'Trực Mẫu, 07/12: 8, giới hạn 6']);
});
