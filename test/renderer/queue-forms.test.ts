import { describe, expect, test } from 'vitest';
import type { Unit } from '../../contract/org.ts';
import { editChanges, type EditFields } from '../../renderer/screens/queue/edit-changes.ts';
import { rankUnits } from '../../renderer/screens/queue/rank-units.ts';

const BASE: EditFields = {
  description: 'Cháy kho gỗ', severity: 'P2', category: 'fire_house', place: { text: 'Ấp 1', areaId: null, landmark: '', lat: null, lon: null },
  reporter: { anonymous: false, name: 'Cao Văn Thử', phone: '0000 000 418', relation: '' },
};

describe('an edit', () => {
  test('sends what differs, with the value it started from', () => {
    expect(editChanges(BASE, { ...BASE, severity: 'P1' }, false)).toEqual({ severity: { from: 'P2', to: 'P1' } });
    expect(editChanges(BASE, BASE, true)).toEqual({});
  });

  test('sends the reporter only when it was shown unmasked', () => {
    const changed = { ...BASE, reporter: { ...BASE.reporter, phone: '' } };
    expect(editChanges(BASE, changed, false)).toEqual({});
    expect(Object.keys(editChanges(BASE, changed, true))).toEqual(['reporter']);
  });
});

function unit(name: string, services: Unit['services'], siteId = 's'): Unit {
  return { id: name, siteId, name, kind: '', handling: true, services, phone: '', focalPoint: null, lat: null, lon: null, effectiveFromMs: 0, effectiveToMs: null };
}

describe('the search for a unit', () => {
  const units = [unit('Công an huyện Đồng Phú', ['113']), unit('Đội CC&CNCH Đồng Xoài', ['114']), unit('Điện lực Đồng Phú', ['1022'])];

  test('needs no accents and any order of words', () => {
    expect(rankUnits(units, 'dong cong an', { siteId: 's', service: '113' }).map(u => u.name)).toEqual(['Công an huyện Đồng Phú']);
    expect(rankUnits(units, 'ĐIỆN LỰC', { siteId: 's', service: '113' }).map(u => u.name)).toEqual(['Điện lực Đồng Phú']);
  });

  test('puts units of the record’s site first, among them those of its service', () => {
    const far = unit('A ở nơi khác', ['114'], 'other');
    expect(rankUnits([far, ...units], '', { siteId: 's', service: '114' }).map(u => u.name).at(-1)).toBe(far.name);
    expect(rankUnits(units, '', { siteId: 's', service: '114' })[0]?.name).toBe('Đội CC&CNCH Đồng Xoài');
    expect(rankUnits(units, 'khong co', { siteId: 's', service: '114' })).toEqual([]);
  });
});
