import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attended } from '../../contract/documents/duty-attendance.ts';
import { isEmptyShift, isThinShift, onDutyIn, reckon, type DutyMonth, type WorkedMonth } from '../../contract/duty-hours.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { COMP, daysOf, LEAVE, OFF, type PatternShift, type RosterPlan } from '../../contract/roster.ts';
import { PRESETS, THREE_SHIFTS } from '../../contract/roster-presets.ts';
import { inAtLeast, joined, lengthOf, shared, without } from '../../contract/spans.ts';
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
const LATER = instantOf(2030, 1, 1);
const monthOf = (plan: RosterPlan, attended: Attended[], some: Partial<DutyMonth> = {}): DutyMonth => ({ roster: { plan, asks: [], edition: 1, attended }, holidays: [], norm: NORM, ...some });
const month = (plan: RosterPlan, attended: Attended[], some: Partial<DutyMonth> = {}): WorkedMonth[] => reckon([monthOf(plan, attended, some)], LATER)[0]!.people;

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
    const { people: [a, b, c], marks, cover } = reckon([monthOf(plan, attended)], nowMs)[0]!;
    expect([a, b]).toMatchObject([{ actual: { shifts: 1, minutes: 120 }, absent: 1, unknown: 0, extra: 0 }, { planned: { shifts: 0 }, actual: { shifts: 1, minutes: 360 }, extra: 360, earned: 360 }]);
    expect(c).toMatchObject({ taken: 480, actual: { minutes: 0 } });
    expect(marks.map(({ personId, day, mark }) => [personId, day, mark])).toEqual([[A, 0, 'came'], [A, 1, 'absent'], [B, 0, 'instead']]);
    // The second night is not over yet.
    expect(cover.map(one => [one.day, one.shift, one.planned, one.there, one.staffed])).toEqual([[0, 0, 1, 2, 480], [0, 1, 0, 0, 0], [0, 2, 0, 0, 0], [1, 0, 1, 0, 0], [1, 1, 0, 0, 0]]);
    const duty = (hour: number) => onDutyIn({ plan, asks: [], edition: 1, attended }, 0, 1, instantOf(2026, 12, 1, hour)).map(one => [one.personId, one.isKnown]);
    expect([duty(7), duty(8)]).toEqual([[[A, true]], [[B, true]]]);
  });

  test('the norm of the week counts what the month before and other desks bring, and public holidays not', () => {
    // 1 January 2027 is a Friday.
    const plan = planOf('2027-01', [[1, 1, 1]], { profile: 'CC40' });
    const attended = [0, 1, 2].map(day => entry({ day, fromMs: instantOf(2027, 1, day + 1, 6) }));
    const december = planOf('2026-12', [Array.from({ length: 31 }, (_, day) => (day >= 27 ? 1 : OFF))], { profile: 'CC40' });
    /** Some of the week before the month, from Monday, at this desk or another. */
    const with0 = (minutes: number, { service = '115', holidays = [] as number[] }: { service?: '115' | 'ioc'; holidays?: number[] } = {}): WorkedMonth => {
      const before = Array.from({ length: Math.ceil(minutes / 480) }, (_, by) => entry({ day: 27 + by, fromMs: instantOf(2026, 12, 28 + by, 6), toMs: instantOf(2026, 12, 28 + by, 6, Math.min(480, minutes - by * 480)) }));
      return reckon([monthOf({ ...december, service }, before), monthOf(plan, attended, { holidays })], LATER)[1]!.people[0]!;
    };
    expect([0, 960, 961, 1_920].map(minutes => [with0(minutes).overWeek, with0(minutes, { service: 'ioc' }).overWeek])).toEqual([[0, 0], [0, 0], [1, 1], [960, 960]]);
    expect([with0(1_920), with0(1_920, { service: 'ioc' })].map(one => one.beside)).toEqual([0, 960]);
    expect(with0(1_920, { holidays: [instantOf(2027, 1, 1)] })).toMatchObject({ holiday: 480, overWeek: 480, overtime: 480, earned: 960 });
  });

  test('thirty hours at each of two desks in a week are twelve beyond its norm, told where they were worked; who is at both at a time is counted once', () => {
    // Monday to Saturday 7–12 December 2026, ten hours a day, by turns at the line and at the IOC.
    const shifts: PatternShift[] = [{ code: 'X', fromMin: 420, minutes: 600, isNight: false }];
    const at = (service: '113' | 'ioc', days: number[]): DutyMonth => monthOf(planOf('2026-12', [Array.from({ length: 31 }, (_, day) => (days.includes(day) ? 1 : OFF))], { service, shifts }), days.map(day => entry({ day, fromMs: instantOf(2026, 12, day + 1, 7) })));
    const of = (...months: DutyMonth[]) => reckon(months, LATER).map(({ people: [one] }) => [one!.actual.minutes, one!.overWeek, one!.beside, one!.earned]);
    expect(of(at('113', [6, 8, 10]))).toEqual([[1_800, 0, 0, 0]]);
    // The norm is full on Friday, after eight of its hours.
    expect(of(at('113', [6, 8, 10]), at('ioc', [7, 9, 11]))).toEqual([[1_800, 120, 120, 120], [1_800, 600, 600, 600]]);
    expect(of(at('113', [6, 7, 8, 9, 10, 11]), at('ioc', [6, 7, 8, 9, 10, 11]))).toEqual([[3_600, 720, 0, 720], [3_600, 0, 0, 0]]);
  });
});

test('a shift lacks people for as long as there are fewer than seats, whoever takes turns in it: a quarter of an hour is lateness', () => {
  const clock = (hour: number, minute = 0): number => instantOf(2026, 12, 1, hour, minute);
  /** The morning of the first: whom it has by the plan (A), what is known, and the night before it. */
  const morning = (entries: Partial<Attended>[], { seats = 1, night = [] as Partial<Attended>[], cells = [[1]] as number[][], shifts = [...THREE_SHIFTS] } = {}) => {
    const november = monthOf(planOf('2026-11', [[], Array.from({ length: 30 }, (_, day) => (day === 29 ? 3 : OFF))]), night.map(one => entry({ personId: B, day: 29, cell: 3, ...one })));
    const one = reckon([november, monthOf(planOf('2026-12', cells, { seats, shifts }), entries.map(some => entry(some)))], instantOf(2026, 12, 1, 14)).at(-1)!.cover[0]!;
    return [one.there, one.staffed, one.short, isEmptyShift(one) ? 'empty' : isThinShift(one) ? 'thin' : 'full'];
  };
  expect(morning([{ fromMs: clock(6), toMs: clock(10) }, { personId: B, fromMs: clock(12) }])).toEqual([2, 360, 120, 'thin']);
  expect([morning([{ fromMs: clock(6, 15) }]), morning([{ fromMs: clock(6, 16) }])]).toEqual([[1, 465, 15, 'full'], [1, 464, 16, 'thin']]);
  expect([morning([{ fromMs: null }]), morning([])]).toEqual([[0, 0, 480, 'empty'], [1, 480, 0, 'full']]);
  // Two at a time make up for nobody at another time; each of two seats is one.
  expect(morning([{ fromMs: clock(6), toMs: clock(10) }, { personId: B, fromMs: clock(6), toMs: clock(10) }])).toEqual([2, 240, 240, 'thin']);
  expect(morning([{ fromMs: clock(6) }, { personId: B, fromMs: clock(6), toMs: clock(12) }], { seats: 2 })).toEqual([2, 840, 120, 'thin']);
  expect(morning([{ fromMs: clock(6, 10) }, { personId: B, fromMs: clock(6, 10) }], { seats: 2 })).toEqual([2, 940, 10, 'full']);
  // The night stays until somebody comes, or nobody does; who stays into a shift of theirs of which nothing is known sits on one seat.
  const night = [{ fromMs: clock(-2), toMs: clock(9) }];
  expect([morning([{ fromMs: clock(9) }], { night }), morning([{ fromMs: null }], { night })]).toEqual([[1, 480, 0, 'full'], [0, 180, 300, 'thin']]);
  expect(morning([{ fromMs: null }], { night, seats: 2, cells: [[1], [1]] })).toEqual([1, 480, 480, 'thin']);
  expect(morning([{ fromMs: clock(6) }], { shifts: [{ code: 'N', fromMin: 360, minutes: 30, isNight: false, breakMin: 30 }] })).toEqual([0, 0, 0, 'full']);
});

test('whoever is no longer in the plan, and worked nothing, is not in its hours', () => {
  const plan = planOf('2026-12', [[1]]);
  expect(month(plan, [entry({ personId: B, fromMs: null }), entry({ personId: C, fromMs: instantOf(2026, 12, 1, 6) })]).map(one => one.personId)).toEqual([A, C]);
});

type Sums = Pick<WorkedMonth, 'night' | 'holiday' | 'extra' | 'overWeek' | 'earned'> & { minutes: number };

/** Minute by minute, with another calendar arithmetic: the same definition in the plainest words. What one person works of some months, each by itself. */
function counted(months: readonly DutyMonth[], nowMs: number, who: Id): Sums[] {
  const parts = months.map(({ roster: { plan, attended = [] }, holidays, norm }) => {
    const first = Date.parse(`${plan.month}-01T00:00:00+07:00`) / MIN, member = plan.members.find(one => one.personId === who)!;
    const begin = (day: number, cell: number): number => first + day * 1_440 + plan.shifts[cell - 1]!.fromMin;
    const inShift = (minute: number, day: number, cell: number): boolean => {
      const { minutes, breakMin = 0 } = plan.shifts[cell - 1]!, pause = begin(day, cell) + Math.floor((minutes - breakMin) / 2);
      return minute >= begin(day, cell) && minute < begin(day, cell) + minutes && !(minute >= pause && minute < pause + breakMin);
    };
    const inBreak = (minute: number, day: number, cell: number): boolean => minute >= begin(day, cell) && minute < begin(day, cell) + plan.shifts[cell - 1]!.minutes && !inShift(minute, day, cell);
    const mine = attended.filter(one => one.personId === who && one.fromMs !== null).map(one => ({
      ...one, from: Math.max(Math.floor(one.fromMs! / MIN), one.source === 'signIn' ? begin(one.day, one.cell) : -Infinity),
      to: Math.floor(Math.min(one.toMs ?? (begin(one.day, one.cell) + plan.shifts[one.cell - 1]!.minutes) * MIN, nowMs) / MIN),
    }));
    const dates = new Set(holidays.map(atMs => new Date(atMs + 7 * HOUR).toISOString().slice(0, 10)));
    return {
      first, isWorked: (minute: number): boolean => mine.some(one => minute >= one.from && minute < one.to && !inBreak(minute, one.day, one.cell)), isHoliday: (date: string): boolean => dates.has(date),
      isOwn: (minute: number): boolean => member.cells.some((cell, day) => cell > OFF && inShift(minute, day, cell)), most: norm[member.profile ?? plan.profile], sum: { minutes: 0, night: 0, holiday: 0, extra: 0, overWeek: 0, earned: 0 },
    };
  });
  const weeks = new Map<string, number>();
  for (let minute = parts[0]!.first - 2 * 1_440; minute < parts.at(-1)!.first + 34 * 1_440; minute++) {
    const local = new Date(minute * MIN + 7 * HOUR), date = local.toISOString().slice(0, 10);
    const here = parts.filter(one => one.isWorked(minute));
    for (const { sum, isHoliday } of here) {
      sum.minutes++;
      if (local.getUTCHours() >= 22 || local.getUTCHours() < 6) sum.night++;
      if (isHoliday(date)) sum.holiday++;
    }
    const [part] = here;
    if (part === undefined) continue;
    const isOwn = parts.some(one => one.isOwn(minute)), isHoliday = part.isHoliday(date);
    if (!isOwn) part.sum.extra++;
    if (!isOwn || isHoliday) part.sum.earned++;
    if (!isOwn || isHoliday) continue;
    const monday = new Date(local.getTime() - ((local.getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10);
    weeks.set(monday, (weeks.get(monday) ?? 0) + 1);
    if (weeks.get(monday)! > part.most) { part.sum.overWeek++; part.sum.earned++; }
  }
  return parts.map(({ sum }) => sum);
}

const cell = fc.constantFrom(OFF, 1, 1, 2, 3, LEAVE, COMP);
const patterns = [THREE_SHIFTS, [...PRESETS.half.shifts, OFFICE], [OFFICE, PRESETS.day48.shifts[0]!, THREE_SHIFTS[2]!]];
/** A month of a desk with two people, entries that come early and go late, and a norm so low that weeks go beyond it. */
const someMonth = (name: string, service: '115' | 'ioc') => fc.record({
  shifts: fc.constantFrom(...patterns), cells: fc.array(fc.array(cell, { minLength: 31, maxLength: 31 }), { minLength: 2, maxLength: 2 }),
  entries: fc.uniqueArray(fc.record({ who: fc.integer({ min: 0, max: 1 }), day: fc.integer({ min: 0, max: 30 }), cell: fc.integer({ min: 1, max: 3 }), own: fc.boolean(), from: fc.option(fc.integer({ min: -720, max: 700 }), { freq: 8 }), long: fc.option(fc.integer({ min: 1, max: 1_500 })), ms: fc.integer({ min: 0, max: MIN - 1 }), source: fc.constantFrom('signIn', 'handover', 'takeOver', 'planner') }), { selector: one => `${one.who} ${one.day} ${one.cell}`, minLength: 20, maxLength: 50 }),
  holidays: fc.uniqueArray(fc.integer({ min: -1, max: 32 }), { maxLength: 8 }), profile: fc.constantFrom('LAB48', 'CC40'),
}).map(({ shifts, cells, entries, holidays, profile }): DutyMonth => {
  const [year, number] = name.split('-').map(Number) as [number, number];
  const first = instantOf(year, number, 1), days = daysOf(name);
  const plan = planOf(name, cells.map(line => line.slice(0, days)), { shifts: [...shifts], profile: profile as 'CC40', service });
  const spots = new Set<string>();
  const attended = entries.filter(one => one.day < days).flatMap(({ who, day, cell: other, own, from, long, ms, source }) => {
    const planned = plan.members[who]!.cells[day]!, at = own && planned > OFF ? planned : other;
    if (spots.size === spots.add(`${who} ${day} ${at}`).size) return [];
    const fromMs = from === null ? null : first + day * DAY_MS + (shifts[at - 1]!.fromMin + from) * MIN + ms;
    return [entry({ personId: [A, B][who]!, day, cell: at, fromMs, toMs: fromMs === null || long === null ? null : fromMs + long * MIN, source })];
  });
  return monthOf(plan, attended, { norm: { ...NORM, LAB48: 600, CC40: 300 }, holidays: holidays.map(day => first + day * DAY_MS) });
});
const NAMES = [['2026-12', '2027-01'], ['2027-01', '2027-02'], ['2028-01', '2028-02'], ['2028-02', '2028-03']] as const;
const sumsOf = ({ actual: { minutes }, night, holiday, extra, overWeek, earned }: WorkedMonth): Sums => ({ minutes, night, holiday, extra, overWeek, earned });

test('is what a count minute by minute finds, whatever was planned and worked at two desks in two months', () => {
  const seen = { night: 0, holiday: 0, extra: 0, overWeek: 0, beside: 0 };
  const some = fc.constantFrom(...NAMES).chain(([one, next]) => fc.record({ months: fc.tuple(someMonth(one, '115'), someMonth(one, 'ioc'), someMonth(next, '115'), someMonth(next, 'ioc')), until: fc.integer({ min: 30, max: 130 }) }));
  fc.assert(fc.property(some, ({ months, until }) => {
    const nowMs = Date.parse(`${months[0].roster.plan.month}-01T00:00:00+07:00`) + until * 12 * HOUR;
    const reckoned = reckon(months, nowMs);
    for (const [row, who] of [A, B].entries()) {
      const people = reckoned.map(one => one.people[row]!);
      expect(people.map(sumsOf)).toEqual(counted(months, nowMs, who));
      for (const one of people) for (const key of Object.keys(seen) as (keyof typeof seen)[]) seen[key] += one[key];
    }
  }), { numRuns: 8, seed: 11 });
  expect(Object.values(seen).every(n => n > 0)).toBe(true);
});

test('what one desk has is what two have together among whom its shifts are shared out, but for minutes at both', () => {
  const part = ({ roster, ...of }: DutyMonth, service: '113' | 'ioc', isThere: (day: number) => boolean): DutyMonth => ({
    ...of, roster: { ...roster, plan: { ...roster.plan, service, members: roster.plan.members.map(one => ({ ...one, cells: one.cells.map((mine, day) => (isThere(day) ? mine : OFF)) })) }, attended: roster.attended!.filter(one => isThere(one.day)) },
  });
  let besides = 0;
  const some = fc.constantFrom(...NAMES).chain(([one, next]) => fc.record({ months: fc.tuple(someMonth(one, '115'), someMonth(next, '115')), days: fc.array(fc.boolean(), { minLength: 31, maxLength: 31 }) }));
  fc.assert(fc.property(some, ({ months, days }) => {
    const whole = reckon(months, LATER).flatMap(one => one.people), parts = reckon(months.flatMap(one => [part(one, '113', day => days[day]!), part(one, 'ioc', day => !days[day]!)]), LATER).flatMap(one => one.people);
    for (const who of [A, B]) {
      const sum = (people: WorkedMonth[], key: 'extra' | 'overWeek' | 'overtime' | 'earned'): number => people.filter(one => one.personId === who).reduce((all, one) => all + one[key], 0);
      for (const key of ['extra', 'overWeek', 'overtime', 'earned'] as const) expect(sum(parts, key)).toBe(sum(whole, key));
      expect(parts.every(one => one.beside >= 0 && one.beside <= one.overWeek)).toBe(true);
    }
    besides += parts.reduce((sum, one) => sum + one.beside, 0);
  }), { numRuns: 40, seed: 12 });
  expect(besides).toBeGreaterThan(0);
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
    for (const n of [1, 2, 3]) expect(set(inAtLeast(n, [some, others, some]))).toEqual(new Set([...set([...some, ...others])].filter(one => (a.has(one) ? 2 : 0) + (b.has(one) ? 1 : 0) >= n).sort((x, y) => x - y)));
  }));
});
