import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import type { RosterJob, RosterPlan } from '../../contract/roster.ts';
import { THREE_SHIFTS, withPreset } from '../../contract/roster-presets.ts';
import { rowsAndShifts } from '../../renderer/screens/roster/plan-edits.ts';
import { cellsOf, gapWords, partsWords, standingOf, stateWords, type Search } from '../../renderer/screens/roster/search-state.ts';
import { startTexts, t } from '../../renderer/strings/text.ts';

beforeAll(() => startTexts('vi'));
const plan: RosterPlan = { service: '113', month: '2027-02', seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: ['A', 'B'].map(name => ({ personId: null, name, cells: Array.from({ length: 28 }, () => 0) })) };
const cells = plan.members.map((_, row) => Array.from({ length: 28 }, (_day, day) => (day + row) % 4));
const NONE = { under: 0, empty: 0, skill: 0, over: 0, share: 0, wish: 0 };
const running: RosterJob = { id: newId(0), state: 'running', cost: null, bound: null, isProven: false, isCalledOff: false, isOvertaken: false, parts: null, afterMs: 0, bestAfterMs: 0, without: [], cells: null };
const ended: RosterJob = { ...running, state: 'ended', cost: 30_020, bound: 30_000, parts: { ...NONE, under: 30, share: 2 }, cells };
const begun: Search = { job: running, plan: JSON.stringify(plan), rows: rowsAndShifts(plan), taken: null };
const filled = { ...plan, members: plan.members.map((member, row) => ({ ...member, cells: cells[row]! })) };
const words = (search: Search | null, answer: RosterJob | null | undefined, now = plan): [string, string] => { const standing = standingOf(search, answer, now); return [standing.kind, stateWords(standing, t)]; };

describe('a search', () => {
  test('that the core does not know any more has not run, and never runs for ever', () => {
    expect(words(begun, null)).toEqual(['idle', 'chưa chạy']);
    expect(words(null, undefined)).toEqual(['idle', 'chưa chạy']);
    expect(words(begun, undefined)).toEqual(['running', 'đang tìm lịch đầu tiên…']);
    // What the core says of another one is no answer.
    expect(words(begun, { ...ended, id: newId(1) })).toEqual(['running', 'đang tìm lịch đầu tiên…']);
  });

  test('that another one has ended says so, and the best that it has waits', () => {
    expect(words(begun, { ...ended, isOvertaken: true })).toEqual(['waiting', 'đã dừng vì có lượt tìm khác, giữ bản tốt nhất']);
    expect(words(begun, { ...running, state: 'ended', isOvertaken: true })).toEqual(['empty', 'đã dừng vì có lượt tìm khác, chưa tìm được lịch nào']);
    expect(words(begun, { ...ended, isCalledOff: true })).toEqual(['waiting', 'đã dừng, giữ bản tốt nhất']);
  });

  test('is shown as what the grid is only for as long as the grid is that', () => {
    const taken = { ...begun, taken: cellsOf(filled.members) };
    expect(words(taken, ended, filled)).toEqual(['inGrid', 'hết giờ, giữ bản tốt nhất']);
    expect(words(taken, ended, withPreset(filled, 'slow'))).toEqual(['edited', 'lưới đã sửa sau lần tìm trước']);
    expect(standingOf(begun, ended, { ...plan, members: plan.members.slice(1) }).kind).toBe('otherPlan');
  });

  test('is told in shifts', () => {
    expect(partsWords(ended.parts!, t)).toBe('thiếu 30 ca · lệch chia đều 2');
    expect(partsWords(NONE, t)).toBe('đủ người mọi ca');
    expect(partsWords({ under: 3, empty: 1, skill: 2, over: 4, share: 5, wish: 6 }, t)).toBe('thiếu 3 ca · 1 ca không có ai · thiếu người có kỹ năng 2 chỗ · thừa 4 người · lệch chia đều 5 · 6 nguyện vọng chưa được');
    expect([gapWords(ended), gapWords({ ...ended, isProven: true }), gapWords(running)]).toEqual(['0,1 %', '0 %', '…']);
  });
});
