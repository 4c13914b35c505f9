import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attended } from '../../contract/documents/duty-attendance.ts';
import { onDutyIn, reckon, weekOf, type HoursOf, type WorkedMonth } from '../../contract/duty-hours.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { COMP, daysOf, LEAVE, OFF, type PatternShift, type RosterPlan } from '../../contract/roster.ts';
import { PRESETS, THREE_SHIFTS } from '../../contract/roster-presets.ts';
import { joined, lengthOf, shared, without } from '../../contract/spans.ts';
import { instantOf } from '../../contract/time.ts';

const MIN = 60_000, HOUR = 60 * MIN, DAY_MS = 24 * HOUR;
const [A, B, C] = Array.from({ length: 3 }, () => newId(0)) as [Id, Id, Id];
const NORM = { LAB48: 48 * 60, CC40: 40 * 60, CAND: 48 * 60, YTE24: 48 * 60 };
const OFFICE: PatternShift = { code: 'H', fromMin: 450, minutes: 570, isNight: false, breakMin: 90 };
const planOf = (month: string, cells: number[][], some: Partial<RosterPlan> = {}): RosterPlan => ({
  service: '115', month, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS],
  members: cells.map((line, at) => ({ personId: [A, B, C][at]!, name: `Người Mẫu ${at + 1}`, cells: [...line, ...Array.from({ length: daysOf(month) - line.length }, () => OFF)] })), ...some,
});
const entry = (some: Partial<Attended>): Attended => ({ id: newId(0), personId: A, day: 0, cell: 1, fromMs: null, toMs: null, insteadOfId: null, source: 'planner', byId: B, atMs: 0, reason: '', ...some });
const of = (some: Partial<HoursOf> = {}): HoursOf => ({ nowMs: instantOf(2030, 1, 1), holidays: [], norm: NORM, ...some });
const month = (plan: RosterPlan, attended: Attended[], some: Partial<HoursOf> = {}): WorkedMonth[] => reckon({ plan, asks: [], edition: 1, attended }, of(some)).people;

describe('a month as it was worked', () => {
  test('a night over the end of the year: of the month that it began in, six hours of it on the first day of the next', () => {
    const plan = planOf('2026-12', [Array.from({ length: 31 }, (_, day) => (day === 30 ? 3 : OFF))]);
    const [a] = month(plan, [entry({ day: 30, cell: 3, fromMs: instantOf(2026, 12, 31, 22), source: 'signIn' })], { holidays: [instantOf(2027, 1, 1)] });
    expect(a).toMatchObject({ planned: { shifts: 1, minutes: 480 }, actual: { shifts: 1, minutes: 480 }, night: 480, holiday: 360, extra: 0, overtime: 0, earned: 360 });
  });

  test('who stays works longer than planned, who signs in early does not, who is late is counted late', () => {
    const plan = planOf('2026-12', [[1, 1]]);
    const at = (some: Partial<Attended>): WorkedMonth => month(plan, [entry({ fromMs: instantOf(2026, 12, 1, 6), ...some })])[0]!;
    expect(at({ fromMs: instantOf(2026, 12, 1, 5, 20), source: 'signIn', toMs: instantOf(2026, 12, 1, 14, 25) })).toMatchObject({ actual: { shifts: 1, minutes: 505 }, extra: 25, overtime: 25, earned: 25, late: 0, unknown: 1 });
    expect(at({ fromMs: instantOf(2026, 12, 1, 5, 20), source: 'handover' })).toMatchObject({ actual: { minutes: 520 }, extra: 40, night: 40 });
    expect(at({ fromMs: instantOf(2026, 12, 1, 6, 17), source: 'signIn' })).toMatchObject({ actual: { minutes: 463 }, late: 17, extra: 0 });
    // A break is no work, neither planned nor done.
    expect(month(planOf('2026-12', [[1]], { shifts: [OFFICE], profile: 'CC40' }), [entry({ fromMs: instantOf(2026, 12, 1, 7, 30) })])[0]).toMatchObject({ planned: { minutes: 480 }, actual: { minutes: 480 }, extra: 0 });
  });

  test('a shift taken over: one is relieved, the other works beyond the plan; an absence nobody fills leaves a seat', () => {
    const plan = planOf('2026-12', [[1, 1, OFF, LEAVE], [OFF], [COMP]]);
    const attended = [
      entry({ fromMs: instantOf(2026, 12, 1, 6), toMs: instantOf(2026, 12, 1, 8), source: 'signIn' }), entry({ personId: B, fromMs: instantOf(2026, 12, 1, 8), insteadOfId: A, source: 'takeOver' }), entry({ day: 1, fromMs: null }),
    ];
    const nowMs = instantOf(2026, 12, 3);
    const { people: [a, b, c], marks, cover } = reckon({ plan, asks: [], edition: 1, attended }, of({ nowMs }));
    expect([a, b]).toMatchObject([{ actual: { shifts: 1, minutes: 120 }, absent: 1, unknown: 0, extra: 0 }, { planned: { shifts: 0 }, actual: { shifts: 1, minutes: 360 }, extra: 360, earned: 360 }]);
    expect(c).toMatchObject({ taken: 480, actual: { minutes: 0 } });
    expect(marks.map(({ personId, day, mark }) => [personId, day, mark])).toEqual([[A, 0, 'came'], [A, 1, 'absent'], [B, 0, 'instead']]);
    // The second night is not over yet.
    expect(cover.map(one => [one.day, one.shift, one.planned, one.there, one.staffed])).toEqual([[0, 0, 1, 2, 480], [0, 1, 0, 0, 0], [0, 2, 0, 0, 0], [1, 0, 1, 0, 0], [1, 1, 0, 0, 0]]);
    const duty = (hour: number) => onDutyIn({ plan, asks: [], edition: 1, attended }, 0, 1, instantOf(2026, 12, 1, hour)).map(one => [one.personId, one.isKnown]);
    expect([duty(7), duty(8)]).toEqual([[[A, true]], [[B, true]]]);
  });

  test('the norm of the week counts what the month before brings, and public holidays not', () => {
    // 1 January 2027 is a Friday.
    const plan = planOf('2027-01', [[1, 1, 1]], { profile: 'CC40' });
    const attended = [0, 1, 2].map(day => entry({ day, fromMs: instantOf(2027, 1, day + 1, 6) }));
    const week = weekOf(instantOf(2027, 1, 1) / MIN);
    const with0 = (minutes: number, holidays: number[] = []): WorkedMonth => month(plan, attended, { brought: new Map([[A, new Map([[week, minutes]])]]), holidays })[0]!;
    expect([0, 960, 961, 1_920, 2_400, 3_000].map(minutes => with0(minutes).overWeek)).toEqual([0, 0, 1, 960, 1_440, 1_440]);
    expect(with0(1_920, [instantOf(2027, 1, 1)])).toMatchObject({ holiday: 480, overWeek: 480, overtime: 480, earned: 960 });
  });
});

/** Minute by minute, with another calendar arithmetic: the same definition in the plainest words. */
function counted(plan: RosterPlan, attended: readonly Attended[], { nowMs, holidays, norm, brought }: HoursOf, row: number) {
  const member = plan.members[row]!;
  const first = Date.parse(`${plan.month}-01T00:00:00+07:00`) / MIN;
  const begin = (day: number, cell: number): number => first + day * 1_440 + plan.shifts[cell - 1]!.fromMin;
  const inShift = (minute: number, day: number, cell: number): boolean => minute >= begin(day, cell) && minute < begin(day, cell) + plan.shifts[cell - 1]!.minutes;
  const inBreak = (minute: number, day: number, cell: number): boolean => {
    const { minutes, breakMin = 0 } = plan.shifts[cell - 1]!;
    const from = begin(day, cell) + Math.floor((minutes - breakMin) / 2);
    return minute >= from && minute < from + breakMin;
  };
  const sum = { minutes: 0, night: 0, holiday: 0, extra: 0, overWeek: 0, earned: 0 };
  const weeks = new Map<string, number>();
  const dates = new Set(holidays.map(atMs => new Date(atMs + 7 * HOUR).toISOString().slice(0, 10)));
  for (let minute = first - 2 * 1_440; minute < first + 34 * 1_440; minute++) {
    const isWorked = attended.some(one => {
      if (one.personId !== member.personId || one.fromMs === null) return false;
      const from = Math.max(Math.floor(one.fromMs / MIN), one.source === 'signIn' ? begin(one.day, one.cell) : -Infinity);
      const to = Math.floor(Math.min(one.toMs ?? (begin(one.day, one.cell) + plan.shifts[one.cell - 1]!.minutes) * MIN, nowMs) / MIN);
      return minute >= from && minute < to && !inBreak(minute, one.day, one.cell);
    });
    if (!isWorked) continue;
    const local = new Date(minute * MIN + 7 * HOUR);
    const isHoliday = dates.has(local.toISOString().slice(0, 10)), isOwn = member.cells.some((cell, day) => cell > OFF && inShift(minute, day, cell) && !inBreak(minute, day, cell));
    sum.minutes++;
    if (local.getUTCHours() >= 22 || local.getUTCHours() < 6) sum.night++;
    if (isHoliday) sum.holiday++;
    if (!isOwn) sum.extra++;
    if (!isOwn || isHoliday) sum.earned++;
    if (!isOwn || isHoliday) continue;
    const monday = new Date(local.getTime() - ((local.getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10);
    const before = brought?.get(member.personId!)?.get(weekOf(Date.parse(`${monday}T00:00:00+07:00`) / MIN)) ?? 0;
    weeks.set(monday, (weeks.get(monday) ?? before) + 1);
    if (weeks.get(monday)! > norm[member.profile ?? plan.profile]) { sum.overWeek++; sum.earned++; }
  }
  return sum;
}

test('is what a count minute by minute finds, whatever was planned and worked', () => {
  const cell = fc.constantFrom(OFF, 1, 1, 2, 3, LEAVE, COMP);
  const patterns = [THREE_SHIFTS, [...PRESETS.half.shifts, OFFICE], [OFFICE, PRESETS.day48.shifts[0]!, THREE_SHIFTS[2]!]];
  const some = fc.record({
    month: fc.constantFrom('2026-12', '2027-01', '2027-02', '2028-02'), shifts: fc.constantFrom(...patterns), cells: fc.array(fc.array(cell, { minLength: 31, maxLength: 31 }), { minLength: 2, maxLength: 2 }),
    entries: fc.uniqueArray(fc.record({ who: fc.integer({ min: 0, max: 1 }), day: fc.integer({ min: 0, max: 27 }), cell: fc.integer({ min: 1, max: 3 }), own: fc.boolean(), from: fc.option(fc.integer({ min: -720, max: 700 }), { freq: 8 }), long: fc.option(fc.integer({ min: 1, max: 1_500 })), ms: fc.integer({ min: 0, max: MIN - 1 }), source: fc.constantFrom('signIn', 'handover', 'takeOver', 'planner') }), { selector: one => `${one.who} ${one.day} ${one.cell}`, minLength: 20, maxLength: 50 }),
    holidays: fc.uniqueArray(fc.integer({ min: -1, max: 32 }), { maxLength: 8 }), until: fc.integer({ min: 10, max: 70 }), profile: fc.constantFrom('LAB48', 'CC40'), brought: fc.integer({ min: 0, max: 700 }),
  });
  const seen = { night: 0, holiday: 0, extra: 0, overWeek: 0 };
  fc.assert(fc.property(some, ({ month: name, shifts, cells, entries, holidays, until, profile, brought }) => {
    const [year, number] = name.split('-').map(Number) as [number, number];
    const first = instantOf(year, number, 1);
    const plan = planOf(name, cells.map(line => line.slice(0, daysOf(name))), { shifts: [...shifts], profile: profile as 'CC40' });
    const spots = new Set<string>();
    const attended = entries.flatMap(({ who, day, cell: other, own, from, long, ms, source }) => {
      const planned = plan.members[who]!.cells[day]!, at = own && planned > OFF ? planned : other;
      if (spots.size === spots.add(`${who} ${day} ${at}`).size) return [];
      const fromMs = from === null ? null : first + day * DAY_MS + (shifts[at - 1]!.fromMin + from) * MIN + ms;
      return [entry({ personId: [A, B][who]!, day, cell: at, fromMs, toMs: fromMs === null || long === null ? null : fromMs + long * MIN, source })];
    });
    // A norm so low that weeks go beyond it.
    const input = of({ norm: { ...NORM, LAB48: 600, CC40: 300 }, nowMs: first + until * 12 * HOUR, holidays: holidays.map(day => first + day * DAY_MS), brought: new Map([[A, new Map([[weekOf(first / MIN), brought]])]]) });
    const { people } = reckon({ plan, asks: [], edition: 1, attended }, input);
    for (const [row, one] of people.entries()) {
      const is = { minutes: one.actual.minutes, night: one.night, holiday: one.holiday, extra: one.extra, overWeek: one.overWeek, earned: one.earned };
      expect(is).toEqual(counted(plan, attended, input, row));
      for (const key of ['night', 'holiday', 'extra', 'overWeek'] as const) seen[key] += is[key];
    }
  }), { numRuns: 15, seed: 11 });
  expect(Object.values(seen).every(n => n > 0)).toBe(true);
});

test('spans: joined, shared and without are what sets of minutes are', () => {
  const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), { maxLength: 6 });
  const set = (some: readonly (readonly [number, number])[]): Set<number> => new Set(some.flatMap(([from, to]) => Array.from({ length: Math.max(0, to - from) }, (_, by) => from + by)));
  fc.assert(fc.property(spans, spans, (some, others) => {
    const [a, b] = [set(some), set(others)];
    expect(set(joined(some))).toEqual(new Set([...a].sort((x, y) => x - y)));
    expect([...set(shared(some, others))].sort()).toEqual([...a].filter(one => b.has(one)).sort());
    expect([...set(without(some, others))].sort()).toEqual([...a].filter(one => !b.has(one)).sort());
    expect(lengthOf(some)).toBe(a.size);
  }));
});
