import { beforeAll, describe, expect, test } from 'vitest';
import { PROVINCE_ITSELF } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import { applyIssueMutation } from '../../contract/mutations/issue.ts';
import { PAYLOADS, type MutationName, type PayloadOf } from '../../contract/mutations/payloads.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { instantOf } from '../../contract/time.ts';
import { roleWords } from '../../renderer/role-words.ts';
import { ladderFace, stepTaken } from '../../renderer/screens/queue/ladder-face.ts';
import { whoName } from '../../renderer/screens/queue/who.ts';
import { startTexts, t } from '../../renderer/strings/text.ts';
import { factsFor, person, receive, UNIT } from '../contract/records.ts';

const MINUTE = 60_000;
const T0 = instantOf(2026, 3, 2, 8);
const at = (minutes: number): number => T0 + minutes * MINUTE;
function run(row: Issue, ...steps: [minutes: number, name: MutationName, payload?: Record<string, unknown>, byId?: string][]): Issue {
  return steps.reduce((before, [minutes, name, payload = {}, byId = person().personId]) =>
    applyIssueMutation(name, before, PAYLOADS[name].parse({ id: row.id, ...payload }) as PayloadOf<MutationName>, factsFor(person({ personId: byId }), { atMs: at(minutes) })).row, row);
}
/** A fire that its unit has had ten minutes to accept since `T0`. */
const fire = (): Issue => run(receive({ severity: 'P2', receivedAtMs: T0 }), [0, 'issue.startVerification'], [0, 'issue.verify', { method: 'call_back' }], [0, 'issue.forward', { leadUnitId: UNIT }]);
const remind = (minutes: number, level: number, byId: string = PROVINCE_ITSELF): [number, MutationName, Record<string, unknown>, string] => [minutes, 'issue.remind', { unitId: UNIT, level }, byId];

beforeAll(() => startTexts('vi'));

describe('a record', () => {
  test('shows the step on record with whom it tells, and nothing before there is one', () => {
    expect(ladderFace(fire(), DEFAULT_PACK, at(7), true)).toEqual({ recorded: null, unsent: null });
    const reminded = run(fire(), remind(8, 1), remind(10, 2));
    expect(ladderFace(reminded, DEFAULT_PACK, at(11), true)).toEqual({ recorded: { level: 2, of: 3, atMs: at(10), tells: ['lanh_dao_don_vi', 'lanh_dao_ioc'] }, unsent: null });
  });

  test('says that a step is due which nobody has been told of while the link is down, and only then', () => {
    expect(ladderFace(fire(), DEFAULT_PACK, at(12), false)).toEqual({ recorded: null, unsent: { level: 2, of: 3, tells: ['lanh_dao_don_vi', 'lanh_dao_ioc'] } });
    expect(ladderFace(fire(), DEFAULT_PACK, at(12), true).unsent).toBeNull();
    const reminded = run(fire(), remind(12, 2));
    expect(ladderFace(reminded, DEFAULT_PACK, at(13), false)).toMatchObject({ recorded: { level: 2 }, unsent: null });
    expect(ladderFace(reminded, DEFAULT_PACK, at(15), false)).toMatchObject({ recorded: { level: 2 }, unsent: { level: 3 } });
  });
});

describe('a line of the history', () => {
  test('tells the step that it took, and none of a reminder that a person wrote in the same minute', () => {
    const row = run(fire(), remind(8, 1), remind(8, 0, person().personId), [9, 'issue.note', { note: 'đã gọi' }]);
    expect(row.history.slice(-3).map(entry => stepTaken(row, entry))).toEqual([1, 0, 0]);
  });

  test('names the province by itself, people by their names, and says so when it does not know', () => {
    const names = { a: 'Trần Minh Họa' };
    expect([whoName(t, names, PROVINCE_ITSELF), whoName(t, names, 'a'), whoName(t, names, 'b')]).toEqual(['Hệ thống (tự động)', 'Trần Minh Họa', t('app.unknown')]);
  });
});

test('whom a step tells is said by role, a role of a newer version as it is', () => {
  expect(roleWords(t, ['dau_moi', 'ca_truong', 'pho_chu_tich'])).toBe('Đầu mối tiếp nhận, Ca trưởng, pho_chu_tich');
  expect(t('steps.ladderCall', { level: 2, who: 'Trần Minh Họa', phone: '0900000000' })).toBe('Đến mức đôn đốc 2 – chưa gửi được – gọi điện: Trần Minh Họa 0900000000');
});
