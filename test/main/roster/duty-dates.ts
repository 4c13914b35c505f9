import { reckon } from '../../../contract/duty-hours.ts';
import { daysOf, firstWeekdayOf, monthBeside, type RosterPlan } from '../../../contract/roster.ts';
import { monthDayOf, shiftEndMs, shiftStartMs } from '../../../contract/roster-days.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { formatDate, instantOf, parseDate, startOfDay } from '../../../contract/time.ts';
import { personCalendar } from '../../../main/roster/output/calendar.ts';

/** What is made of dates for duty rosters, as JSON on the standard output: run as a program of its own on a PC that is set to some time zone. */
const MONTHS = ['2027-12', '2028-01', '2028-02', '2028-03', '2026-11'];
const PERSON = '00000000-0000-7000-8000-000000000001';
const NOON = instantOf(2028, 6, 1, 12);

const months = MONTHS.map(month => {
  const plan: RosterPlan = { service: '115', month, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: [{ personId: PERSON, name: 'Người Mẫu', cells: Array.from({ length: daysOf(month) }, (_, day) => (day + 1) % 4) }] };
  const attended = plan.members[0]!.cells.flatMap((cell, day) => (cell === 0 ? [] : [{ id: PERSON, personId: PERSON, day, cell, fromMs: shiftStartMs(plan, day, cell), toMs: null, insteadOfId: null, source: 'planner' as const, byId: PERSON, atMs: 0, reason: '' }]));
  const [reckoned] = reckon([{ roster: { plan, asks: [], edition: 1, attended }, holidays: [instantOf(2028, 1, 26), instantOf(2028, 2, 29)], norm: { LAB48: 2_880, CC40: 2_400, CAND: 2_880, YTE24: 2_880 } }], NOON);
  const hours = reckoned!.people[0]!;
  const bounds = attended.map(({ day, cell }) => [shiftStartMs(plan, day, cell), shiftEndMs(plan, day, cell)] as const);
  return {
    month, days: daysOf(month), firstWeekday: firstWeekdayOf(month), beside: [monthBeside(month, -1), monthBeside(month, 1)], hours, bounds,
    spots: bounds.map(([from, to]) => [monthDayOf(from), monthDayOf(to), formatDate(from), startOfDay(to)]), read: parseDate(formatDate(bounds.at(-1)![1])),
    calendar: personCalendar({ plan, member: plan.members[0]!, site: { id: PERSON, name: 'Trung tâm mẫu' }, atMs: NOON }),
  };
});
process.stdout.write(JSON.stringify({ zone: [new Date(NOON).getHours(), new Date(NOON).getTimezoneOffset()], months }));
