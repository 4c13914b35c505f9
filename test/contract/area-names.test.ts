import { expect, test } from 'vitest';
import { areaNames } from '../../contract/area-names.ts';

const area = (id: string, name: string, siteId: string) => ({ id, name, siteId, lat: 0, lon: 0 });
const site = (id: string, name: string) => ({ id, code: id, name, tier: 'district' as const });

test('communes of the same name are told apart by their district, the others stand by their name alone', () => {
  const labels = areaNames([area('1', 'Xã Tân Hưng', 'hq'), area('2', 'Xã Tân Hưng', 'dp'), area('3', 'Xã Mẫu', 'dp')], [site('hq', 'IOC huyện Hớn Quản'), site('dp', 'IOC huyện Đồng Phú')]);
  expect([...labels.values()]).toEqual(['Xã Tân Hưng, huyện Hớn Quản', 'Xã Tân Hưng, huyện Đồng Phú', 'Xã Mẫu']);
});
