import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addWorking, civilDate, dayOfDate, isWorkingDay, minutesOfDay, workingBetween, type WorkingCalendar } from '../../contract/policy/calendar.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { instantOf } from '../../contract/time.ts';

const MINUTE = 60_000;
const OFFICE = DEFAULT_PACK.calendar;

/** The same, minute by minute, as a person would count it. */
function worked(calendar: WorkingCalendar, atMs: number): boolean {
  const local = new Date(atMs + 7 * 3_600_000);
  const date = local.toISOString().slice(0, 10);
  const special = calendar.days.find(day => day.date === date);
  const weekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay();
  if (!(special?.working ?? calendar.weekdays.includes(weekday))) return false;
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  return calendar.spans.some(({ fromMin, toMin }) => minute >= fromMin && minute < toMin);
}

function countedBetween(calendar: WorkingCalendar, fromMs: number, toMs: number): number {
  let minutes = 0;
  for (let atMs = fromMs; atMs < toMs; atMs += MINUTE) if (worked(calendar, atMs)) minutes += 1;
  return minutes;
}

const calendars: fc.Arbitrary<WorkingCalendar> = fc.record({
  weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  spans: fc.constantFrom([{ fromMin: 450, toMin: 690 }, { fromMin: 810, toMin: 1_020 }], [{ fromMin: 0, toMin: 1_440 }], [{ fromMin: 480, toMin: 481 }], [{ fromMin: 0, toMin: 60 }, { fromMin: 60, toMin: 120 }, { fromMin: 1_400, toMin: 1_440 }]),
  days: fc.uniqueArray(fc.record({ day: fc.integer({ min: 0, max: 40 }), working: fc.boolean() }), { selector: one => one.day, maxLength: 12 })
    .map(days => days.map(({ day, working }) => ({ date: civilDate(instantOf(2026, 2, 1) + day * 86_400_000), name: 'mẫu', working }))),
});
/** Whole minutes around the month end, the end of February and Tết. */
const minutes = fc.integer({ min: 0, max: 40 * 1_440 }).map(n => instantOf(2026, 2, 1) + n * MINUTE);

test('working time between two minutes is what counting them one by one gives', () => {
  fc.assert(fc.property(calendars, minutes, fc.integer({ min: 0, max: 6 * 1_440 }), (calendar, fromMs, span) => {
    expect(workingBetween(calendar, fromMs, fromMs + span * MINUTE)).toBe(countedBetween(calendar, fromMs, fromMs + span * MINUTE) * MINUTE);
  }), { numRuns: 150 });
});

test('adding working time and counting it again agree to the ms; the end is never outside working time', () => {
  fc.assert(fc.property(calendars, fc.integer({ min: instantOf(2026, 2, 1), max: instantOf(2026, 3, 10) }), fc.integer({ min: 1, max: 2_000 * MINUTE }), (calendar, fromMs, spanMs) => {
    const endMs = addWorking(calendar, fromMs, spanMs);
    if (endMs === null) return;
    expect(workingBetween(calendar, fromMs, endMs)).toBe(spanMs);
    // A ms earlier it had not run out.
    expect(workingBetween(calendar, fromMs, endMs - 1)).toBe(spanMs - 1);
  }), { numRuns: 500 });
});

describe('Vietnam’s year', () => {
  test('a working day is 7 h 30; Tết, the days swapped for it and Saturdays made up are as announced', () => {
    expect(minutesOfDay(OFFICE)).toBe(450);
    const works = (date: string) => isWorkingDay(OFFICE, dayOfDate(date) + 12 * 3_600_000);
    expect(['2026-02-13', '2026-02-14', '2026-02-16', '2026-02-20', '2026-02-23', '2026-08-22', '2026-08-31', '2026-09-02', '2026-09-03'].map(works)).toEqual([true, false, false, false, true, true, false, false, true]);
  });

  test('three working days from the Friday before Tết end on the Wednesday after it', () => {
    const fromMs = instantOf(2026, 2, 13, 16, 30);
    // Half an hour is left on the Friday; Monday and Tuesday are whole, and Wednesday goes to half an hour before its end.
    expect(addWorking(OFFICE, fromMs, 3 * 450 * MINUTE)).toBe(instantOf(2026, 2, 25, 16, 30));
  });

  test('nothing runs at night, over midnight and at the end of a month', () => {
    expect(addWorking(OFFICE, instantOf(2026, 3, 31, 23, 59), 30 * MINUTE)).toBe(instantOf(2026, 4, 1, 8));
    expect(addWorking(OFFICE, instantOf(2026, 7, 31, 16, 45), 30 * MINUTE)).toBe(instantOf(2026, 8, 3, 7, 45));
    expect(addWorking(OFFICE, instantOf(2026, 7, 31, 11, 15), 30 * MINUTE)).toBe(instantOf(2026, 7, 31, 13, 45));
  });
});

test('a calendar that gives no time gives none, and is not asked for ever', () => {
  const never: WorkingCalendar = { weekdays: [], spans: OFFICE.spans, days: [] };
  expect(addWorking(never, instantOf(2026, 1, 1), MINUTE)).toBeNull();
  expect(workingBetween(never, instantOf(2026, 1, 1), instantOf(2027, 1, 1))).toBe(0);
});
