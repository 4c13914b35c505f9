import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import type { Unit } from '../../contract/org.ts';
import { byGivenName, matching, searchableUnit } from '../../renderer/screens/directory/directory-filter.ts';

const unit = (name: string, phone = '', focal: Unit['focalPoint'] = null): Unit => ({
  id: newId(1), siteId: newId(1), name, kind: 'Trạm', handling: true, services: ['115'], phone, focalPoint: focal, lat: null, lon: null, effectiveFromMs: 0, effectiveToMs: null,
});
const rows = [unit('Trạm Cấp cứu 115 Đồng Phú', '0271 000 115'), unit('Đội CC&CNCH Đồng Xoài', '0271 000 114', { name: 'Tạ Thị Dụ', phone: '0900 000 001', hours: '' })].map(u => searchableUnit(u, 'IOC huyện'));

test('words are found with and without accents, in any order', () => {
  expect(matching(rows, 'dong phu cap cuu').map(u => u.name)).toEqual(['Trạm Cấp cứu 115 Đồng Phú']);
  expect(matching(rows, 'Đồng Xoài').map(u => u.name)).toEqual(['Đội CC&CNCH Đồng Xoài']);
  expect(matching(rows, 'ta thi du').length).toBe(1);
});

test('digits find phones however they are spaced', () => {
  expect(matching(rows, '0900000001').map(u => u.name)).toEqual(['Đội CC&CNCH Đồng Xoài']);
  expect(matching(rows, '0271').length).toBe(2);
});

test('a unit is found by its deputy and its head as by its focal point', () => {
  const deputy = { name: 'Vũ Kim Nháp', phone: '0900 000 002' }, head = { name: 'Đặng Hữu Phỏng', phone: '0900 000 003' };
  const row = searchableUnit({ ...unit('Đội Mẫu', '', { name: 'Tạ Thị Dụ', phone: '0900 000 001', hours: '', deputy }), head }, '');
  expect(['vu kim nhap', 'Đặng Hữu', '0900000002', '0900 000 003'].map(text => matching([...rows, row], text).map(u => u.name))).toEqual(Array.from({ length: 4 }, () => ['Đội Mẫu']));
});

test('nothing typed shows all, nonsense shows none', () => {
  expect(matching(rows, '  ').length).toBe(2);
  expect(matching(rows, 'zzz').length).toBe(0);
});

test('people are sorted by given name, then by the whole', () => {
  const people = ['Trần Minh Họa', 'Nguyễn Văn Dự', 'Lê Thị Đỗ', 'Bùi Văn Dự'].map(name => ({ name }));
  expect(people.sort(byGivenName).map(p => p.name)).toEqual(['Bùi Văn Dự', 'Nguyễn Văn Dự', 'Lê Thị Đỗ', 'Trần Minh Họa']);
});
