import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import type { Unit } from '../../contract/org.ts';
import { distanceM, formatDistance, nearestUnits, pointOf, unitToSend } from '../../renderer/nearest-units.ts';

const SITE = newId(1);
function unit(name: string, at: { lat: number; lon: number } | null, more: Partial<Unit> = {}): Unit {
  return {
    id: newId(2), siteId: newId(3), name, kind: 'tram', handling: true, services: ['115'], phone: '', focalPoint: null,
    lat: at?.lat ?? null, lon: at?.lon ?? null, effectiveFromMs: 0, effectiveToMs: null, ...more,
  };
}

test('units come by distance, those without a position last, those no longer in force not at all', () => {
  const units = [
    unit('không rõ vị trí', null), unit('xa', { lat: 11.9, lon: 107 }), unit('gần', { lat: 11.45, lon: 106.88 }),
    unit('đã giải thể', { lat: 11.4462, lon: 106.8831 }, { effectiveToMs: 5 }),
  ];
  expect(nearestUnits(units, { lat: 11.4462, lon: 106.8831 }, null, 10).map(n => n.unit.name)).toEqual(['gần', 'xa', 'không rõ vị trí']);
});

test('without a place the own site’s units come first, then by Vietnamese name', () => {
  const units = [unit('Đội B', null), unit('Công an A', null), unit('Trạm của ta', null, { siteId: SITE })];
  expect(nearestUnits(units, null, SITE, 10).map(n => n.unit.name)).toEqual(['Trạm của ta', 'Công an A', 'Đội B']);
});

test('a degree of latitude is about 111 km, and distances read as people say them', () => {
  expect(distanceM({ lat: 11, lon: 106 }, { lat: 12, lon: 106 })).toBeCloseTo(111_195, -2);
  expect([842, 6_240, 41_300].map(formatDistance)).toEqual(['840 m', '6,2 km', '41 km']);
});

test('distances begin at the position, else at the commune', () => {
  const areas = [{ id: 'a', siteId: SITE, name: 'Xã Mẫu', lat: 11.5, lon: 106.9 }];
  expect(pointOf({ lat: 11.4, lon: 106.8, areaId: 'a' }, areas)).toEqual({ lat: 11.4, lon: 106.8 });
  expect(pointOf({ lat: null, lon: null, areaId: 'a' }, areas)).toEqual({ lat: 11.5, lon: 106.9 });
  expect(pointOf({ lat: null, lon: null, areaId: null }, areas)).toBeNull();
});

const NOW_MS = 10;
const reached = { name: 'Người Trực Mẫu', phone: '0000', hours: 'cả ngày', duty: { kind: 'around' as const, spans: [] } };
const offered = (isExact: boolean, ...near: [Unit, number | null][]) => ({ near: near.map(([one, distanceM]) => ({ unit: one, distanceM })), isKnown: true, measured: true, isExact });

test('measured from the centre of a commune, a hospital some hundred metres nearer does not take the call of the ambulance centre', () => {
  const hospital = unit('Bệnh viện', null, { kind: 'benh_vien', focalPoint: reached }), ambulance = unit('Cấp cứu 115', null, { kind: 'cap_cuu', focalPoint: reached });
  const sent = (isExact: boolean, apartM: number, chosen: string | null = null) => unitToSend(offered(isExact, [hospital, 3_000], [ambulance, 3_000 + apartM]), '115', chosen, NOW_MS)?.name;
  expect(sent(false, 170)).toBe('Cấp cứu 115');
  expect(sent(false, 2_001)).toBe('Bệnh viện');
  expect(sent(true, 170)).toBe('Bệnh viện');
  expect(unitToSend(offered(false, [hospital, 3_000], [{ ...ambulance, focalPoint: null }, 3_100]), '115', null, NOW_MS)?.name, 'nobody there can accept').toBe('Bệnh viện');
  hospital.id = newId(5);
  expect(sent(false, 170, hospital.id), 'chosen by the operator').toBe('Bệnh viện');
});

test('nobody is proposed while nothing says which is near', () => {
  expect(unitToSend({ ...offered(false, [unit('A', null), null]), measured: false }, '115', null, NOW_MS)).toBeNull();
  expect(unitToSend(offered(false), '115', null, NOW_MS)).toBeNull();
});
