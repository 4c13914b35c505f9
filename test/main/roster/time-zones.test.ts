import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { instantOf } from '../../../contract/time.ts';
import { ROOT } from '../../support/processes.ts';

interface Dates {
  zone: [hour: number, offset: number];
  months: { month: string; days: number; firstWeekday: number; beside: string[]; hours: Record<string, unknown>; bounds: [number, number][]; spots: unknown[]; read: number; calendar: string }[];
}

function datesIn(timeZone: string): Dates {
  return JSON.parse(execFileSync(process.execPath, [join(ROOT, 'test/main/roster/duty-dates.ts')], { encoding: 'utf8', env: { ...process.env, TZ: timeZone, NODE_NO_WARNINGS: '1' } })) as Dates;
}

test('dates of duty are those of Vietnam, whatever time zone the PC is set to: leap day, Tết, the end of the year, the day on which clocks elsewhere are put back', () => {
  const [here, ...others] = ['Asia/Ho_Chi_Minh', 'America/Los_Angeles', 'Pacific/Kiritimati', 'UTC'].map(datesIn);
  expect(here!.zone).toEqual([12, -420]);
  expect(others.map(({ zone }) => zone)).toEqual([[22, 420], [19, -840], [5, 0]]);
  for (const { months } of others) expect(months).toEqual(here!.months);
  const [december, , february] = here!.months;
  expect([december!.days, december!.firstWeekday, december!.beside]).toEqual([31, 2, ['2027-11', '2028-01']]);
  expect([february!.days, february!.firstWeekday]).toEqual([29, 1]);
  // The last night of December ends on New Year's morning, the last shift of the leap day is a morning's.
  expect(december!.bounds.at(-1)).toEqual([instantOf(2027, 12, 31, 22), instantOf(2028, 1, 1, 6)]);
  expect(february!.calendar).toContain('DTSTART;TZID=Asia/Ho_Chi_Minh:20280229T060000');
});
