import { beforeAll, expect, test } from 'vitest';
import { HINTS, PROBLEMS } from '../../contract/policy/check.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { PolicyPack } from '../../contract/policy/pack.ts';
import { withProposed } from '../../contract/policy/proposed.ts';
import { sourceOf, valuesOf } from '../../contract/policy/values.ts';
import { issuedLimitWords, ladderWords, pathLabel, valueLabel, valueWords } from '../../renderer/screens/policy/value-words.ts';
import { startTexts, t, texts } from '../../renderer/strings/text.ts';

beforeAll(() => startTexts('vi'));

const FACTS = { code: 'x', text: '1x', severity: 'P2', less: 'P3', name: 'Tết', service: '112', role: 'vua', most: 6, limit: 'maxSleep', seats: 4, people: 3, law: 12, source: 'Điều 110 Bộ luật Lao động 2019', year: 2028, clock: 'ack' };

test('every value of a pack has a name of its own and words in both languages, none of them a key', async () => {
  for (const language of ['vi', 'en'] as const) {
    await texts.changeLanguage(language);
    const lines = valuesOf(DEFAULT_PACK).map(value => `${valueLabel(t, language, value)}: ${valueWords(t, language, value, DEFAULT_PACK)}`);
    expect(lines.filter(line => /\{\{|undefined|NaN|policy\.|domain\.|: $|^: /.test(line))).toEqual([]);
    const names = valuesOf(DEFAULT_PACK).map(value => valueLabel(t, language, value));
    expect(new Set(names).size).toBe(names.length);
  }
  await texts.changeLanguage('vi');
});

test('values are said as an office says them', () => {
  const said = (key: string): string => { const value = valuesOf(DEFAULT_PACK).find(one => one.key === key)!; return `${valueLabel(t, 'vi', value)}: ${valueWords(t, 'vi', value, DEFAULT_PACK)}`; };
  expect(['clock.incident.P2.ack', 'clock.issue.P3.resolve', 'clock.incident.P1.verify', 'warnShare.value', 'pauses.infoMinutes', 'dedupe.issue.minutes', 'personalData.retention.issueDays', 'calendar.spans', 'day.2026-01-10', 'category.lighting', 'establishment.ioc', 'duty.CC40.weekMinutes', 'duty.CAND.maxNights'].map(said)).toEqual([
    'Sự cố khẩn cấp P2 · Nhận báo động: 2 phút, suốt ngày đêm', 'Phản ánh P3 · Xử lý: 3 ngày làm việc', 'Sự cố khẩn cấp P1 · Xác minh: –', 'Nhắc sắp đến hạn khi đã qua: 75 %', 'Chờ bổ sung thông tin: mỗi lần lâu nhất: 3 ngày làm việc',
    'Tìm trùng, phản ánh: khoảng thời gian: 7 ngày', 'Lưu dữ liệu cá nhân: phản ánh: 730 ngày', 'Giờ làm việc: 07:30–11:30, 13:30–17:00', '10/01/2026: Làm bù ngày 02/01 (làm bù)', 'Chiếu sáng công cộng: Chiếu sáng công cộng · 1022, HT · Nhóm trùng: street · Cần ảnh, tệp khi xong',
    'Định biên · IOC tỉnh: 4 người, 1 người không ngồi tại chỗ, 1 chỗ mỗi ca, giờ làm việc', 'CC40 · Giờ làm một tuần, trung bình cả tháng: nhiều nhất: 40 giờ (luật)', 'CAND · Đêm trực liền nhau: nhiều nhất: 4 đêm (quy định nội bộ)',
  ]);
  expect(ladderWords(t, DEFAULT_PACK.ladder[2]!)).toBe('khi đã qua 150 % thời hạn, hoặc khi quá hạn lần thứ 2; báo: Lãnh đạo IOC; chuyển tới: đơn vị loại Văn phòng, Sở Thông tin và Truyền thông trong danh bạ');
});

test('a pack that does not say how long requests about personal data are kept is said to keep them for ever, by nobody’s decision', () => {
  const { retention, ...personalData } = DEFAULT_PACK.personalData;
  const { requestDays: _, ...older } = retention!;
  const path = 'personalData.retention.requestDays';
  const said = (data: PolicyPack['personalData']): [string, string | null] => {
    const pack = PolicyPack.parse({ ...DEFAULT_PACK, personalData: data });
    return [issuedLimitWords(t, pack, path), sourceOf(withProposed(pack), path)];
  };
  expect(said({ ...personalData, retention: { ...older, source: 'QĐ 9/QĐ-UBND' } })).toEqual(['gói này chưa nêu, nên giữ mãi', null]);
  expect(said({ ...personalData, source: 'QĐ 9/QĐ-UBND' })).toEqual(['gói này chưa nêu, nên giữ mãi', null]);
  expect(said({ ...personalData, retention: { ...older, requestDays: null, source: 'QĐ 9/QĐ-UBND' } })).toEqual(['không giới hạn', 'QĐ 9/QĐ-UBND']);
  expect(said({ ...personalData, retention: { ...older, requestDays: 365, source: 'QĐ 9/QĐ-UBND' } })).toEqual(['365 ngày', 'QĐ 9/QĐ-UBND']);
});

test('everything that can be wrong is said in words, at a place that has a name', () => {
  for (const code of [...PROBLEMS, ...HINTS]) expect(t(`policyEdit.problem.${code}`, FACTS)).toMatch(/^[^{}]{5,}$/u);
  const paths = ['clocks.0.minutes', 'sources.dedupe.phoneMinutes', 'pauses.infoMinutes', 'ladder.1.atShare', 'calendar.days.0.date', 'calendar.days', 'calendar.spans', 'categories.3.vi', 'effectiveFromMs', 'title', 'code', 'survey.asking.page', 'survey.asking.notWords', 'survey.asking.source', 'ladder.2.goesTo.people.0.title', 'rosters.establishment.2.people', 'rosters.profiles.1.limits.1.value', 'rosters.profiles.1.limits.weekMinutes', 'rosters.profiles.1.limits'];
  for (const path of paths) expect(pathLabel(t, 'vi', DEFAULT_PACK, path)).not.toBe(path);
});

test('a limit that a pack has taken away is said to be none, and so is each place of its rosters', () => {
  const [labour, ...others] = DEFAULT_PACK.rosters!.profiles;
  const pack = PolicyPack.parse({ ...DEFAULT_PACK, rosters: { ...DEFAULT_PACK.rosters, profiles: [{ ...labour, limits: labour!.limits.filter(({ limit }) => limit !== 'maxNights') }, ...others] } });
  const value = valuesOf(pack).find(one => one.key === 'duty.LAB48.maxNights')!;
  expect(`${valueLabel(t, 'vi', value)}: ${valueWords(t, 'vi', value, pack)}`).toBe('LAB48 · Đêm trực liền nhau: nhiều nhất: không giới hạn');
  const paths = ['rosters.establishment.2.people', 'rosters.profiles.1.limits.1.value', 'rosters.profiles.0.limits.maxNights', 'rosters.profiles.3.limits'];
  expect(paths.map(path => pathLabel(t, 'vi', pack, path))).toEqual(['Định biên · Tuyến 115', 'CC40 · Giờ làm một tuần, trung bình cả tháng: nhiều nhất', 'LAB48 · Đêm trực liền nhau: nhiều nhất', 'YTE24']);
});
