import { describe, expect, test } from 'vitest';
import type { Service, Unit } from '../../contract/org.ts';
import type { Point } from '../../renderer/nearest-units.ts';
import { editChanges, type EditFields } from '../../renderer/screens/queue/edit-changes.ts';
import { nearerWithoutFocal, rankUnits, returnsOf } from '../../renderer/screens/queue/rank-units.ts';
import { STEP_SPECS, stepProblem } from '../../renderer/screens/queue/step-specs.ts';
import { t } from '../../renderer/strings/text.ts';

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

test('a record is out of scope only with where to turn instead, and what the reporter was told', () => {
  const fields = { reason: 'Bên kia cầu', advisedBody: 'Tỉnh bạn', reply: 'Đã hướng dẫn' };
  const problem = (given: Record<string, string>) => stepProblem(STEP_SPECS['issue.outOfScope']!, given, t);
  expect(problem(fields)).toBeNull();
  for (const field of Object.keys(fields)) expect(problem({ ...fields, [field]: ' ' })).not.toBeNull();
});

function unit(name: string, services: Unit['services'], siteId = 's'): Unit {
  return { id: name, siteId, name, kind: '', handling: true, services, phone: '', focalPoint: null, lat: null, lon: null, effectiveFromMs: 0, effectiveToMs: null };
}

describe('the search for a unit', () => {
  const units = [unit('Công an huyện Đồng Phú', ['113']), unit('Đội CC&CNCH Đồng Xoài', ['114']), unit('Điện lực Đồng Phú', ['1022'])];

  const ranked = (list: readonly Unit[], text: string, service: Service, from: Point | null = null) => rankUnits(list, text, { siteId: 's', service }, from, 1).map(near => near.unit.name);

  test('needs no accents and any order of words', () => {
    expect(ranked(units, 'dong cong an', '113')).toEqual(['Công an huyện Đồng Phú']);
    expect(ranked(units, 'ĐIỆN LỰC', '113')).toEqual(['Điện lực Đồng Phú']);
  });

  test('puts the record’s service first, and without a place the record’s own site', () => {
    const far = unit('A ở nơi khác', ['114'], 'other');
    expect(ranked([far, ...units], '', '114')).toEqual(['Đội CC&CNCH Đồng Xoài', 'A ở nơi khác', 'Công an huyện Đồng Phú', 'Điện lực Đồng Phú']);
    expect(ranked(units, 'khong co', '114')).toEqual([]);
  });

  test('puts a unit that has returned the record after the others, and does not call it nearer', () => {
    const entry = (action: string, unitId: string, atMs: number) => ({ atMs, byId: 'p', deviceId: 'd', action, unitId });
    const returns = returnsOf({ history: [entry('issue.return', 'Đội CC&CNCH Đồng Xoài', 5), entry('issue.remind', 'Điện lực Đồng Phú', 6)], returned: { times: 1, unitId: 'Đội CC&CNCH Đồng Xoài', reason: 'x', suggestedUnitId: null, atMs: 7 } });
    expect([...returns]).toEqual([['Đội CC&CNCH Đồng Xoài', 7]]);
    expect(rankUnits(units, '', { siteId: 's', service: '114' }, null, 1, returns).map(near => near.unit.name).at(-1)).toBe('Đội CC&CNCH Đồng Xoài');
    const [near, far] = [{ ...unit('gần', []), lat: 11.45, lon: 106.88 }, { ...unit('xa', []), lat: 11.9, lon: 106.88, focalPoint: { name: 'Nguyễn Văn Mẫu', phone: '0000 000 001', hours: '' } }];
    const nearer = (returned: ReadonlyMap<string, number>) => nearerWithoutFocal(rankUnits([near, far], '', { siteId: 's', service: '114' }, { lat: 11.446, lon: 106.88 }, 1, returned), { service: '114' }, 1, returned)?.unit.name;
    expect([nearer(new Map()), nearer(new Map([['gần', 7]]))]).toEqual(['gần', undefined]);
  });

  test('puts units with a focal point before those without, and among equals the nearest, as at the intake', () => {
    const focalPoint = { name: 'Nguyễn Văn Mẫu', phone: '0000 000 001', hours: '' };
    const at = (name: string, lat: number, more: Partial<Unit> = {}): Unit => ({ ...unit(name, ['115']), lat, lon: 106.88, ...more });
    const all = [at('gần, chưa có đầu mối', 11.45), at('xa', 11.9, { focalPoint }), at('gần', 11.5, { focalPoint }), at('rất gần, việc khác', 11.446, { focalPoint, services: ['113'] })];
    expect(ranked(all, '', '115', { lat: 11.446, lon: 106.88 })).toEqual(['gần', 'xa', 'gần, chưa có đầu mối', 'rất gần, việc khác']);
    const near = (list: readonly Unit[]) => nearerWithoutFocal(rankUnits(list, '', { siteId: 's', service: '115' }, { lat: 11.446, lon: 106.88 }, 1), { service: '115' }, 1)?.unit.name;
    expect(near(all)).toBe('gần, chưa có đầu mối');
    expect(near(all.filter(u => u.focalPoint !== null))).toBeUndefined();
    expect(near([at('gần', 11.45, { focalPoint }), at('xa, chưa có đầu mối', 11.9)])).toBeUndefined();
  });
});
