import { PAYLOADS } from '../../../../contract/mutations/payloads.ts';
import { expect, test } from 'vitest';
import { LIMITS } from '../../../../contract/issue.ts';
import { meaningOf } from '../../../../main/issues/import/fields.ts';
import { readTime } from '../../../../main/issues/import/times.ts';
import { AREA } from '../desk.ts';
import { SITES, T0 } from '../support.ts';
import { map } from './support.ts';

test('a real request becomes a received report: pothole, no description, a time with its zone, the rest kept word for word', () => {
  const { payload, ref, warnings } = map({
    service_request_id: '101005420892', status: 'open', status_notes: 'In progress', service_name: 'Road - Pot hole', service_code: 'CSROWR-12',
    requested_datetime: '2018-07-30T00:01:00-04:00', address: 'Warden Ave / Freeman St', long: '-79.272306875', lat: '43.691104288',
  });
  expect(payload).toMatchObject({
    class: 'issue', service: 'field', siteId: SITES[0], channel: 'import', sourceRef: '101005420892', severity: 'P3', category: 'unknown',
    description: 'Road - Pot hole', receivedAtMs: Date.UTC(2018, 6, 30, 4, 1), occurredAtMs: null,
    place: { text: 'Warden Ave / Freeman St', areaId: null, landmark: '', lat: 43.691104288, lon: -79.272306875 },
    reporter: { anonymous: true, name: '', phone: '', relation: '' },
    original: { status: 'open', status_notes: 'In progress', service_name: 'Road - Pot hole', service_code: 'CSROWR-12' },
  });
  expect([ref, warnings]).toEqual(['101005420892', ['description-missing:description']]);
});

test('a Vietnamese table: column names with and without marks, a commune by name, a decimal comma, a named reporter', () => {
  const { payload, warnings } = map({
    'Mã nguồn': 'PA-7', linh_vuc: '115', 'TIÊU ĐỀ': 'Tai nạn', noi_dung: 'Xe máy va ô tô', dia_diem: 'Ngã tư Đồng Xoài', xa_phuong: 'Tân Bình',
    vi_do: '11,4462', kinh_do: '106,8831', thoi_diem: '01/03/2026 06:30', muc_do: 'p2', nguoi_bao: 'Nguyễn Văn Mẫu', 'Số điện thoại': '0271 555 418',
  });
  expect(payload).toMatchObject({
    class: 'incident', service: '115', description: 'Tai nạn\nXe máy va ô tô', severity: 'P2', receivedAtMs: T0, occurredAtMs: Date.UTC(2026, 1, 28, 23, 30),
    place: { text: 'Ngã tư Đồng Xoài', areaId: AREA.id, lat: 11.4462, lon: 106.8831 }, original: null,
    reporter: { anonymous: false, name: 'Nguyễn Văn Mẫu', phone: '0271 555 418', relation: '' },
  });
  expect(warnings).toEqual([]);
  expect(meaningOf('Nội dung phản ánh')).toBe('description');
  expect(meaningOf('SĐT')).toBe('phone');
});

test('what is not understood is kept word for word with a warning, and never stops the record', () => {
  const { payload, warnings } = map({
    id: '1', description: 'Ổ gà', address: 'QL14', lat: '91.5', long: '106.8', requested_datetime: '31/02/2026', priority: 'abc', service: '999',
    phone: 'không có', status: 'Closed', màu_xe: 'đỏ', ward: 'Nowhere',
  });
  expect(payload.original).toEqual({
    lat: '91.5', long: '106.8', requested_datetime: '31/02/2026', priority: 'abc', service: '999', phone: 'không có', status: 'Closed', màu_xe: 'đỏ', ward: 'Nowhere',
  });
  expect(payload).toMatchObject({ receivedAtMs: T0, service: 'field', severity: 'P3', place: { text: 'QL14', lat: null, lon: null } });
  expect([...warnings].sort()).toEqual([
    'field-unknown:màu_xe', 'service-replaced:999', 'severity-replaced:abc', 'status-not-taken:status', 'value-not-understood:lat', 'value-not-understood:phone',
    'value-not-understood:requested_datetime', 'value-not-understood:ward',
  ]);
});

test('0/0 is an unknown place, and a record without any place is still taken in', () => {
  const { payload, warnings } = map({ description: 'x', lat: '0.0', long: '0' });
  expect(payload.place).toEqual({ text: 'Không rõ địa điểm', areaId: null, landmark: '', lat: null, lon: null });
  expect(payload.original).toEqual({ lat: '0.0', long: '0' });
  expect(warnings).toContain('place-unknown:lat');
  expect(map({ description: 'x', lat: '11.5', long: '106.9' }).payload.place).toMatchObject({ text: '', lat: 11.5, lon: 106.9 });
});

test('too long a text is cut for the field and kept whole beside it, never cut in the middle of a letter', () => {
  const long = `${'a'.repeat(LIMITS.placeText - 1)}😀 end`;
  const { payload, warnings } = map({ description: 'x', address: long });
  expect(payload.place.text).toBe('a'.repeat(LIMITS.placeText - 1));
  expect(payload.original).toEqual({ address: long });
  expect(warnings).toEqual(['too-long:address']);
});

test('words that no record has room for are cut, and that is told; what comes out is taken', () => {
  const one = map({ description: 'x', ghi_chu: 'y'.repeat(900_000) });
  expect(one.payload.original?.['ghi_chu']).toHaveLength(4_000);
  expect(one.warnings).toContain('too-long:ghi_chu');
  const many = map(Object.fromEntries([['description', 'x'], ...Array.from({ length: 60 }, (_, i) => [`cot_${i}`, 'y'.repeat(4_000)])]));
  expect(PAYLOADS['issue.receive'].safeParse(many.payload).success).toBe(true);
  expect(many.warnings).toContain('too-long:cot_59');
});

test('times: with a zone, without one as Vietnam’s, day first, clock first; impossible ones are none', () => {
  const utc = Date.UTC(2026, 2, 9, 1, 5);
  for (const text of ['2026-03-09T01:05:00Z', '2026-03-09 01:05:00 UTC', '2026-03-09T08:05:00+07:00', '2026-03-09 08:05+0700', '2026-03-08T21:05:00.123-04:00']) {
    expect(readTime(text)).toEqual({ atMs: utc, isGuess: false });
  }
  for (const text of ['2026-03-09T08:05:00', '2026-03-09 08:05', '2026/3/9 8:05']) expect(readTime(text)).toEqual({ atMs: utc, isGuess: true });
  for (const text of ['09/03/2026 08:05', '9-3-2026 8:05:00', '08:05 09/03/2026', '8h05 9/3/2026']) {
    expect(readTime(text)).toEqual({ atMs: utc, isGuess: false });
  }
  expect(readTime('2026-03-09')?.atMs).toBe(Date.UTC(2026, 2, 8, 17));
  for (const text of ['31/02/2026', '2026-13-01', '2026-03-09T25:00', '09/03/26', 'hôm qua', '', '2026-03-09T08:05:00+99:00', '0000-00-00']) expect(readTime(text)).toBeNull();
});

test('a request keeps its key and id when it comes again in another format; another city’s same number is another request', () => {
  const first = map({ service_request_id: '7', description: 'a', requested_datetime: '2026-02-01T00:00:00Z' });
  const again = map({ id: '7', 'Nội dung': 'a, sửa lại', requested_datetime: '2026-02-01 07:00:00' });
  const other = map({ service_request_id: '7', description: 'a', requested_datetime: '2026-02-01T00:00:01Z' });
  expect([again.sourceKey, again.payload.id]).toEqual([first.sourceKey, first.payload.id]);
  expect(other.sourceKey).not.toBe(first.sourceKey);
  const noRef = map({ noi_dung: 'Đèn hỏng', dia_diem: 'x' });
  expect(map({ dia_diem: 'x', noi_dung: 'Đèn hỏng'.normalize('NFD') })).toMatchObject({ sourceKey: noRef.sourceKey, payload: { id: noRef.payload.id } });
  expect(map({ noi_dung: 'Đèn hỏng', dia_diem: 'y' }).sourceKey).not.toBe(noRef.sourceKey);
});

test('a machine’s time without a zone is noted as a guess, a time in our own form is not', () => {
  expect(map({ description: 'x', address: 'y', requested_datetime: '2026-02-01 07:00:00' }).warnings).toEqual(['time-without-zone:requested_datetime']);
  expect(map({ noi_dung: 'x', dia_diem: 'y', thoi_gian: '01/02/2026 07:00' }).warnings).toEqual([]);
});
