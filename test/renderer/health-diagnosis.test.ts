import { beforeAll, describe, expect, test } from 'vitest';
import type { LinkStatus } from '../../contract/console.ts';
import { CAUSES, CHECKS, type CheckLine, type Diagnosis } from '../../contract/diagnosis.ts';
import { isSkewShown } from '../../renderer/frame/skew.ts';
import { answerOf, countAttention, needsSomeone } from '../../renderer/screens/health/diagnosis.ts';
import { technicianText } from '../../renderer/screens/health/technician-text.ts';
import { answerWords, causeWords, sizeWords } from '../../renderer/screens/health/words.ts';
import { startTexts, texts } from '../../renderer/strings/text.ts';

const UP: LinkStatus = {
  link: 'up', sinceMs: 1, lastSyncAtMs: 2, pending: 0, refused: 0, oldestPendingAtMs: null, serverOffsetMs: 0, offsetMeasuredAtMs: 2,
  loading: null, textBehind: false, lastError: null, pushTrouble: null, pullTrouble: null, nextTryAtMs: null, provinceAddress: 'http://127.0.0.1:4480',
};
const line = (some: Partial<CheckLine> = {}): CheckLine => ({ check: 'connect', state: 'ok', cause: 'implied', facts: {}, error: null, atMs: null, ...some });
const FACTS = { names: 'eth0', host: 'ioc.tinh-mau.vn', port: 443, ms: 3, reason: 'ECONNRESET', from: 0, to: 86_400_000, offsetMs: 420_000, status: 500, province: 'Tỉnh khác', ours: 1, theirs: 2, freeMb: 700, n: 7, waiting: 3, percent: 40, rows: 90, of: 400 };
const answer = (lines: CheckLine[], status: Partial<LinkStatus> = {}, refused = 0, running = false, held = 0, files = 0) => answerOf({ lines, running, files: { n: files, bytes: files } }, { ...UP, ...status }, { refused, conflict: 0, held });

beforeAll(() => startTexts('vi'));

describe('why it is not in step', () => {
  test('all well and nothing to send: in step', () => {
    expect(answer([line()])).toEqual({ answer: { kind: 'inStep' }, tone: 'good' });
  });

  test('the first step that is broken is the answer, also while the link is up', () => {
    const stuck = line({ check: 'record', state: 'trouble', cause: 'record/stuck' });
    expect(answer([line(), stuck, line({ check: 'copy', state: 'trouble', cause: 'copy/fails' })])).toEqual({ answer: { kind: 'stopped', line: stuck }, tone: 'warning' });
  });

  test('a refused device is red; everything else that heals is not', () => {
    const tone = (check: CheckLine['check']) => answer([line({ check, state: 'trouble' })], { link: 'down' }).tone;
    expect([tone('device'), tone('disk'), tone('connect'), tone('server')]).toEqual(['danger', 'danger', 'warning', 'warning']);
  });

  test('a cut link whose cause is not known yet is being looked for, never called well', () => {
    expect(answer([line({ state: 'unknown' })], { link: 'down' }, 0, true).answer).toEqual({ kind: 'looking' });
    expect(answer([line({ state: 'unknown' })], { link: 'never', lastSyncAtMs: null }).answer).toEqual({ kind: 'neverYet' });
  });

  test('what is going on, then what needs a person, in that order', () => {
    expect(answer([line()], { loading: 0.4, pending: 3 }, 2).answer).toEqual({ kind: 'firstCopy', share: 0.4 });
    expect(answer([line()], { pending: 3 }, 2).answer).toEqual({ kind: 'sending' });
    expect(answer([line()], {}, 2).answer).toEqual({ kind: 'attention', n: 2 });
  });

  test('with something held back, or a step that is worth a look, it is never called well', () => {
    const parked = line({ check: 'version', state: 'warning', cause: 'version/parked', facts: { rows: 3 } });
    expect(answer([line()], {}, 0, false, 1)).toEqual({ answer: { kind: 'held', n: 1 }, tone: 'warning' });
    expect(answer([line(), parked], {}, 0, false, 1)).toEqual({ answer: { kind: 'warned', line: parked }, tone: 'warning' });
    expect(answerWords({ kind: 'warned', line: parked }, UP, 'vi').title).toContain('3 bản ghi');
  });

  test('nor with a file that is still to be sent, though nothing of it has to be done', () => {
    expect(answer([line()], {}, 0, false, 0, 2)).toEqual({ answer: { kind: 'sendingFiles', n: 2 }, tone: 'waiting' });
    expect(answer([line()], {}, 0, false, 1, 2).answer).toEqual({ kind: 'held', n: 1 });
  });

  test('entries are counted by kind; what waits for its record needs nobody', () => {
    const counts = countAttention([{ status: 'rejected' }, { status: 'conflict' }, { status: 'merged' }, { status: 'held' }]);
    expect([counts, needsSomeone(counts)]).toEqual([{ refused: 1, conflict: 2, held: 1 }, 3]);
  });
});

describe('the words', () => {
  test.each(['vi', 'en'] as const)('of every cause are there in %s, without a blank left over', async language => {
    await texts.changeLanguage(language);
    for (const cause of CAUSES) {
      const { what, todo } = causeWords(line({ cause, facts: FACTS }), language);
      expect(`${cause}: ${what} ${todo}`).not.toMatch(/\{\{|diagnosis\.|undefined|NaN/);
      expect([cause, what.length > 3, todo.length > 3]).toEqual([cause, true, true]);
    }
    for (const check of CHECKS) expect(texts.t(`diagnosis.check.${check}`)).not.toContain('diagnosis.');
    await texts.changeLanguage('vi');
  });

  test('of a skewed clock say which way and how far', () => {
    expect(causeWords(line({ cause: 'clock/skewed', facts: { offsetMs: 420_000 } }), 'vi').what).toBe('Giờ máy chậm hơn giờ IOC tỉnh 7 phút');
    expect(causeWords(line({ cause: 'clock/skewed', facts: { offsetMs: -420_000 } }), 'vi').what).toBe('Giờ máy nhanh hơn giờ IOC tỉnh 7 phút');
  });

  test('of a failed exchange say what the error says', () => {
    expect(causeWords(line({ cause: 'exchange/push-fails', error: { code: 'link/server-error', facts: { status: 500 } } }), 'vi').what).toMatch(/^Nhận được nhưng chưa gửi được: \S/);
  });

  test('of a copy say whether it is the first one', () => {
    const title = (lastSyncAtMs: number | null): string => answerWords({ kind: 'firstCopy', share: 1 }, { ...UP, lastSyncAtMs }, 'vi').title;
    expect([title(null), title(2)]).toEqual(['Đang tải bản sao đầu tiên: 99 %', 'Đang nhận lại dữ liệu từ máy chủ: 99 %']);
  });

  test('of an answer name what is safe', () => {
    expect(answerWords({ kind: 'stopped', line: line({ cause: 'network/none' }) }, { ...UP, link: 'down', pending: 37 }, 'vi')).toEqual({ title: 'Máy này không có mạng', sub: expect.stringContaining('37 thay đổi an toàn') });
  });

  test.each([[0, '0 byte'], [900, '900 byte'], [26_624, '26 KB'], [1_887_437, '1,8 MB'], [50 * 2 ** 30, '50 GB']])('%i bytes are %s', (bytes, words) => {
    expect(sizeWords(bytes, 'vi')).toBe(words);
  });
});

test('what is copied for the technician has states and codes, and nothing of persons, records or secrets', () => {
  const diagnosis: Diagnosis = {
    lines: [line({ cause: 'connect/refused', state: 'trouble', facts: { host: 'ioc.tinh-mau.vn', port: 443, reason: 'ECONNREFUSED' } }), line({ check: 'record', cause: 'record/stuck', state: 'trouble', facts: { n: 7, waiting: 3 } })],
    running: false, checkedAtMs: 1, oldest: { n: 7, issueId: '00000000-0000-7000-8000-000000000001', issueNo: 'TẠM-BP01-261124-01', name: 'issue.note', atMs: 1 }, pendingBytes: 2_048, files: { n: 0, bytes: 0 }, behindAtMost: null,
  };
  const text = technicianText({ diagnosis, status: { ...UP, pending: 4, lastError: { code: 'link/unreachable', facts: { reason: 'ECONNREFUSED' } } }, attention: 1, stationCode: 'BP01', version: '1.4.2', nowMs: 1, language: 'vi' });
  expect(text).toContain('1. Kết nối: Lỗi [connect/refused] Máy chủ từ chối kết nối ở cổng 443');
  expect(text).toContain('link/unreachable {"reason":"ECONNREFUSED"}');
  expect(text).toContain('Chờ gửi: 4 thay đổi (2 KB); cần xử lý: 1');
  expect(text).not.toMatch(/TẠM-BP01|00000000-0000/);
});

test('a skewed clock is told from five minutes on, and again when it has changed after being put away', () => {
  const from = 300_000;
  expect([isSkewShown(300_000, null, from), isSkewShown(300_001, null, from), isSkewShown(-300_001, null, from)]).toEqual([false, true, true]);
  expect([isSkewShown(400_000, 400_000, from), isSkewShown(430_000, 400_000, from), isSkewShown(460_000, 400_000, from), isSkewShown(-400_000, 400_000, from)]).toEqual([false, false, true, true]);
});
