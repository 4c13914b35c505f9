import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { publicHolidays } from '../../contract/roster-holidays.ts';
import { closedSpans } from '../../renderer/screens/roster/cells.ts';

const days = DEFAULT_PACK.calendar.days;

test('holidays are those of the plan, named as the calendar names them; a month that names none has the calendar’s, without days that are worked instead', () => {
  expect([...publicHolidays({ month: '2027-01', holidays: [0, 4] }, days)]).toEqual([[0, 'Tết Dương lịch'], [4, '']]);
  expect([...publicHolidays({ month: '2026-01' }, days).keys()]).toEqual([0, 1]);
  expect([...publicHolidays({ month: '2027-01', holidays: [] }, days)]).toEqual([]);
});

test('closed days beside each other are one span, but for those on which somebody is there', () => {
  fc.assert(fc.property(fc.array(fc.record({ isClosed: fc.boolean(), isStaffed: fc.boolean() }), { maxLength: 31 }), month => {
    const spans = closedSpans(month, new Set(month.flatMap(({ isStaffed }, day) => (isStaffed ? [day] : []))));
    const isShut = (day: number): boolean => month[day]?.isClosed === true && month[day].isStaffed === false;
    for (const day of month.keys()) {
      expect(spans.has(day)).toBe(isShut(day));
      if (!isShut(day)) continue;
      let length = 0;
      while (isShut(day + length)) length++;
      expect(spans.get(day)).toBe(isShut(day - 1) ? 0 : length);
    }
  }));
});
