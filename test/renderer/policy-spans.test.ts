import { beforeAll, expect, test } from 'vitest';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { minutesOfDay } from '../../contract/policy/calendar.ts';
import { clockRule } from '../../contract/policy/pack.ts';
import { allowedWords, spanWords } from '../../renderer/screens/policy/spans.ts';
import { startTexts, t } from '../../renderer/strings/text.ts';

beforeAll(() => startTexts('vi'));

const day = minutesOfDay(DEFAULT_PACK.calendar);
const allowed = (clock: 'forward' | 'resolve' | 'ack' | 'verify', kind: 'incident' | 'issue', severity: 'P1' | 'P3' | 'P4') => allowedWords(t, clockRule(DEFAULT_PACK, clock, { class: kind, severity }), day);

test('a time limit is said in the unit in which it is meant: working days, hours, minutes; a dash where there is none', () => {
  expect([allowed('resolve', 'issue', 'P3'), allowed('resolve', 'issue', 'P1'), allowed('ack', 'issue', 'P1'), allowed('ack', 'issue', 'P4'), allowed('verify', 'incident', 'P4'), allowed('forward', 'incident', 'P1'), allowed('resolve', 'incident', 'P1')])
    .toEqual(['3 ngày làm việc', '1 ngày làm việc', '30 phút làm việc', '4 giờ làm việc', '1 giờ', '2 phút từ lúc nhận tin', '–']);
  expect([spanWords(t, 7 * 1_440, null), spanWords(t, 120, null), spanWords(t, 90, null)]).toEqual(['7 ngày', '2 giờ', '90 phút']);
});
