import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { focalGap, hasNobody, isOnDuty, reachOf, type Reach } from '../../contract/focal.ts';
import { newId } from '../../contract/ids.ts';
import { Unit, type Duty, type FocalPoint } from '../../contract/org.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { instantOf } from '../../contract/time.ts';

const CALENDAR = DEFAULT_PACK.calendar;
const MINUTE_MS = 60_000;
const OFFICE: Duty = { kind: 'weekly', spans: [{ weekdays: [1, 2, 3, 4, 5], fromMin: 450, toMin: 690 }, { weekdays: [1, 2, 3, 4, 5], fromMin: 810, toMin: 1_020 }] };
const POINT: FocalPoint = { name: 'Nguyễn Văn Mẫu', phone: '0000 000 001', hours: 'giờ hành chính', duty: OFFICE, deputy: { name: 'Trần Thị Thử', phone: '0000 000 002' } };
const HEAD = { name: 'Lê Minh Họa', phone: '0000 000 003' };
const UNIT_PHONE = '0271 000 004';
/** Tuesday 24 November 2026: an ordinary day. */
const at = (hour: number, minute = 0): number => instantOf(2026, 11, 24, hour, minute);
const unit = (more: Partial<Unit> = {}): Unit => ({
  id: newId(1), siteId: newId(2), name: 'Đội Mẫu', kind: 'doi', handling: true, services: [], phone: UNIT_PHONE, focalPoint: POINT, head: HEAD,
  lat: null, lon: null, effectiveFromMs: 0, effectiveToMs: null, ...more,
});
const called = ({ reason, focal, phone }: Reach) => [reason, focal, phone];
const reached = (atMs: number, more: Partial<Unit> = {}) => called(reachOf(unit(more), atMs, CALENDAR));

describe('hours of duty', () => {
  const holds = (atMs: number, duty: Duty | null | undefined = OFFICE): boolean => isOnDuty(duty, atMs, CALENDAR);

  test('hold from the first minute of a span to before its last', () => {
    expect([at(7, 29), at(7, 30), at(11, 29), at(11, 30), at(13, 29), at(13, 30), at(16, 59), at(17)].map(ms => holds(ms))).toEqual([false, true, true, false, false, true, true, false]);
  });

  test('follow the clock of Vietnam, also where the day in UTC is another', () => {
    // 07:30 on Monday in Vietnam is 00:30 UTC; 06:59 is still Sunday there.
    const early: Duty = { kind: 'weekly', spans: [{ weekdays: [1], fromMin: 0, toMin: 600 }] };
    expect([instantOf(2026, 11, 22, 23, 59), instantOf(2026, 11, 23, 0, 0), instantOf(2026, 11, 23, 6, 59)].map(ms => holds(ms, early))).toEqual([false, true, true]);
  });

  test('a span up to 24:00 ends with the day, and the next span goes on over midnight', () => {
    const late: Duty = { kind: 'weekly', spans: [{ weekdays: [2], fromMin: 1_080, toMin: 1_440 }] };
    const lastMs = instantOf(2026, 11, 25) - 1;
    expect([holds(lastMs, late), holds(lastMs + 1, late)]).toEqual([true, false]);
    const night: Duty = { kind: 'weekly', spans: [...late.spans, { weekdays: [3], fromMin: 0, toMin: 360 }] };
    expect([holds(lastMs + 1, night), holds(instantOf(2026, 11, 25, 6), night)]).toEqual([true, false]);
  });

  test('end with the week', () => {
    expect([27, 28, 29, 30].map(day => holds(instantOf(2026, 11, day, 9)))).toEqual([true, false, false, true]);
  });

  test('on a holiday are those of a Sunday, on a day worked instead those of a Monday', () => {
    const tet = instantOf(2026, 2, 17, 9), insteadSaturday = instantOf(2026, 1, 10, 9), freeFriday = instantOf(2026, 1, 2, 9);
    expect([tet, freeFriday, insteadSaturday].map(ms => holds(ms))).toEqual([false, false, true]);
    const everyDay: Duty = { kind: 'weekly', spans: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMin: 360, toMin: 1_320 }] };
    expect(holds(tet, everyDay)).toBe(true);
    expect([holds(tet, { kind: 'around', spans: [] }), isOnDuty(OFFICE, tet, { ...CALENDAR, days: [] })]).toEqual([true, true]);
  });

  test('that nobody has given, or in a later version’s way, keep nobody from being called', () => {
    expect([holds(at(3), null), isOnDuty(undefined, at(3), CALENDAR), holds(at(3), { kind: 'lunar' as 'weekly', spans: [] })]).toEqual([true, true, true]);
  });

  test('of a span that is turned round hold never', () => {
    const turned: Duty = { kind: 'weekly', spans: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMin: 1_320, toMin: 360 }] };
    fc.assert(fc.property(fc.integer({ min: 0, max: 20_000 }), minute => !holds(at(0) + minute * MINUTE_MS, turned)));
  });
});

describe('who is called', () => {
  const night = at(22);
  test('is the focal point in its hours, the deputy outside them', () => {
    expect([reached(at(9)), reached(night)]).toEqual([['in-hours', 'on-duty', POINT.phone], ['deputy', 'off-duty', '0000 000 002']]);
    expect(reachOf(unit(), night, CALENDAR).name).toBe('Trần Thị Thử');
  });

  test('without a deputy is the head, without a head the unit’s number', () => {
    const alone = { ...POINT, deputy: null };
    expect(reached(night, { focalPoint: alone })).toEqual(['head', 'off-duty', HEAD.phone]);
    expect(reached(night, { focalPoint: alone, head: null })).toEqual(['unit', 'off-duty', UNIT_PHONE]);
    expect(reached(night, { focalPoint: alone, head: null, phone: '' })).toEqual(['gap', 'off-duty', POINT.phone]);
  });

  test('without a focal point is the head at any hour', () => {
    expect([at(9), night].map(ms => reached(ms, { focalPoint: null }))).toEqual([['head', 'none', HEAD.phone], ['head', 'none', HEAD.phone]]);
    expect(reached(at(9), { focalPoint: null, head: null })).toEqual(['unit', 'none', UNIT_PHONE]);
    expect(reached(at(9), { focalPoint: null, head: undefined, phone: '' })).toEqual(['gap', 'none', null]);
  });

  test('is never somebody without a number', () => {
    const silent = { ...POINT, phone: '' };
    expect(reached(at(9), { focalPoint: silent })).toEqual(['deputy', 'no-number', '0000 000 002']);
    expect(reached(at(9), { focalPoint: { ...silent, deputy: { name: 'Vũ Nháp', phone: '' } }, head: { name: 'Lê Minh Họa', phone: '' } })).toEqual(['unit', 'no-number', UNIT_PHONE]);
    expect(reached(at(9), { focalPoint: silent, phone: '', head: null })).toEqual(['deputy', 'no-number', '0000 000 002']);
    expect(reached(at(9), { focalPoint: { ...silent, deputy: null }, phone: '', head: null })).toEqual(['gap', 'no-number', null]);
  });

  test('is not a focal point, nor its deputy, before it is in effect', () => {
    const focalPoint = { ...POINT, effectiveFromMs: at(10) };
    expect([at(10) - 1, at(10)].map(ms => reached(ms, { focalPoint })[0])).toEqual(['head', 'in-hours']);
  });

  test('is told with a number whenever the directory has one that may be called', () => {
    const phones = fc.constantFrom<string>('', '0000 000 009');
    const someone = fc.option(fc.record({ name: fc.constant('Nguyễn Bịa'), phone: phones }));
    const points = fc.option(fc.record({ name: fc.constant('Đỗ Phỏng'), phone: phones, hours: fc.constant(''), duty: fc.constantFrom(OFFICE, { kind: 'around' as const, spans: [] }, null), deputy: someone }));
    fc.assert(fc.property(points, someone, phones, fc.integer({ min: 0, max: 60 * 24 * 366 }), (focalPoint, head, phone, minutes) => {
      const reach = reachOf(unit({ focalPoint, head, phone }), instantOf(2026, 1, 1) + minutes * MINUTE_MS, CALENDAR);
      const numbers = [focalPoint?.phone, focalPoint?.deputy?.phone, head?.phone, phone].filter(one => one !== undefined && one !== '');
      return reach.phone === null ? numbers.length === 0 && reach.reason === 'gap' : numbers.includes(reach.phone);
    }));
  });
});

test('a unit has nobody only when it has said so: no focal point and no head', () => {
  expect(hasNobody(unit(), at(9))).toBe(false);
  expect(hasNobody(unit({ focalPoint: null }), at(9))).toBe(false);
  expect(hasNobody(unit({ focalPoint: null, head: null }), at(9))).toBe(true);
  expect(hasNobody(unit({ focalPoint: null, head: { name: '', phone: '' } }), at(9))).toBe(true);
  expect(hasNobody(unit({ focalPoint: { ...POINT, effectiveFromMs: at(10) }, head: null }), at(9))).toBe(true);
  // An older province says nothing of heads: what was possible with it stays possible.
  expect(hasNobody(unit({ focalPoint: null, head: undefined }), at(9))).toBe(false);
});

test('what a handling unit lacks is told, the worst first', () => {
  const gap = (more: Partial<Unit>) => focalGap(unit(more), at(9));
  const without = (more: Partial<FocalPoint>) => gap({ focalPoint: { ...POINT, ...more } });
  expect([gap({}), gap({ focalPoint: null }), without({ deputy: null }), without({ deputy: { name: '', phone: '' } }), without({ hours: '', duty: null })]).toEqual([null, 'focal', 'deputy', 'deputy', 'hours']);
  expect([gap({ focalPoint: null, handling: false }), without({ effectiveFromMs: at(10) }), without({ deputy: undefined }), without({ hours: '', duty: OFFICE }), without({ duty: null })]).toEqual([null, 'focal', null, null, null]);
});

test('a unit as an older province has it is accepted and called as before: at the focal point’s number, at any hour', () => {
  const { head: _head, ...old } = unit({ focalPoint: { name: 'Nguyễn Văn Mẫu', phone: '0000 000 001', hours: '07:00–17:00' } });
  expect(called(reachOf(Unit.parse(old), at(23), CALENDAR))).toEqual(['in-hours', 'on-duty', '0000 000 001']);
  const newer = Unit.safeParse({ ...unit(), focalPoint: { ...POINT, duty: { kind: 'lunar', spans: [], moons: [1] }, second: 'x' } });
  expect(newer.success).toBe(true);
});
