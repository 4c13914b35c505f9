import { expect, test } from 'vitest';
import { newId } from '../../../../contract/ids.ts';
import { areaFinder } from '../../../../main/issues/import/areas.ts';
import { mapRecord } from '../../../../main/issues/import/map.ts';
import { context } from './support.ts';

const site = (name: string) => ({ id: newId(1), code: 'X', name, tier: 'district' as const });
const [dp, hq, ct] = [site('IOC huyện Đồng Phú'), site('IOC huyện Hớn Quản'), site('IOC thị xã Chơn Thành')];
const area = (name: string, siteId: string) => ({ id: newId(1), siteId, name, lat: 11.5, lon: 106.8 });
const inDp = area('Xã Tân Hưng', dp.id);
const inHq = area('Xã Tân Hưng', hq.id);
const ward = area('Phường Minh Hưng', ct.id);
const commune = area('Xã Minh Hưng', dp.id);
const areasNamed = areaFinder([inDp, inHq, ward, commune, area('Xã Tân Lập', dp.id)], [dp, hq, ct]);
const ids = (words: string): string[] => areasNamed(words).map(found => found.id);

test('a name that two districts have is told apart by the district, with a comma, a point or nothing between', () => {
  for (const words of ['Xã Tân Hưng, huyện Hớn Quản', 'xã Tân Hưng · Huyện Hớn Quản', 'Tân Hưng, Hớn Quản', 'Xã Tân Hưng huyện Hớn Quản', 'Xã Tân Hưng, huyện Hớn Quản, tỉnh Bình Phước']) {
    expect(ids(words), words).toEqual([inHq.id]);
  }
  expect(ids('Xã Tân Hưng')).toEqual([inDp.id, inHq.id]);
  expect(ids('Xã Tân Hưng, thị xã Chơn Thành')).toEqual([]);
});

test('a ward and a commune of one name are two; the kind alone tells them apart, and is not needed for a single one', () => {
  expect([ids('Phường Minh Hưng'), ids('Xã Minh Hưng'), ids('Minh Hưng').length]).toEqual([[ward.id], [commune.id], 2]);
  expect(ids('tân lập')).toHaveLength(1);
});

test('an ambiguous name is kept, and the note says how to write it', () => {
  const item = mapRecord({ line: 1, fields: { noi_dung: 'x', xa_phuong: 'Xã Tân Hưng' }, warnings: [] }, { ...context, areasNamed });
  expect(item.payload).toMatchObject({ place: { areaId: null, text: 'Xã Tân Hưng' }, original: { xa_phuong: 'Xã Tân Hưng' } });
  expect(item.warnings).toEqual(['area-ambiguous:«Xã Tân Hưng, huyện Đồng Phú», «Xã Tân Hưng, huyện Hớn Quản»']);
});
