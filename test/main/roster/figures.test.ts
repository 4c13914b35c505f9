import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Attended } from '../../../contract/documents/duty-attendance.ts';
import type { DutyRoster } from '../../../contract/documents/duty-roster.ts';
import { reckon } from '../../../contract/duty-hours.ts';
import { newId } from '../../../contract/ids.ts';
import { daysOf, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { dutyFigures, type DutyFigures } from '../../../main/roster/figures.ts';

const MIN = 60_000, DAY_MS = 1_440 * MIN, PEOPLE = Array.from({ length: 3 }, () => newId(0));
const NORM = { LAB48: 2_880, CC40: 2_400, CAND: 2_880, YTE24: 2_880 };
const firstOf = (month: string): number => Date.parse(`${month}-01T00:00:00+07:00`);
const cell = fc.constantFrom(OFF, 1, 1, 2, 3);
const monthOf = (month: string) => fc.record({
  month: fc.constant(month), seats: fc.integer({ min: 1, max: 2 }), openOn: fc.constantFrom<(number[] | undefined)[]>(undefined, [1, 2, 3, 4, 5]), cells: fc.array(fc.array(cell, { minLength: 31, maxLength: 31 }), { minLength: 3, maxLength: 3 }),
  worked: fc.array(fc.record({ who: fc.integer({ min: 0, max: 2 }), day: fc.integer({ min: 0, max: 27 }), cell: fc.integer({ min: 1, max: 3 }), late: fc.integer({ min: -30, max: 300 }), long: fc.constantFrom(null, 60, 300, 540), came: fc.boolean() }), { maxLength: 60 }),
  broken: fc.array(fc.constantFrom(null, 0, 14, 20, 27), { maxLength: 4 }), more: fc.integer({ min: 0, max: 2 }),
});
type Made = { roster: DutyRoster; first: number };

/** A published month: each person, day and shift once. */
function made({ month, seats, openOn, cells, worked, broken, more }: { month: string; seats: number; openOn: number[] | undefined; cells: number[][]; worked: { who: number; day: number; cell: number; late: number; long: number | null; came: boolean }[]; broken: (number | null)[]; more: number }): Made {
  const first = firstOf(month), known = new Set<string>();
  const plan: RosterPlan = { service: '115', month, seats, profile: 'LAB48', shifts: [...THREE_SHIFTS], ...openOn !== undefined && { openOn }, members: PEOPLE.map((personId, row) => ({ personId, name: `Mẫu ${row}`, cells: cells[row]!.slice(0, daysOf(month)) })) };
  const attended = worked.flatMap(({ who, day, cell: at, late, long, came }): Attended[] => {
    const planned = plan.members[who]!.cells[day]!, shift = planned > OFF ? planned : at, key = `${who} ${day} ${shift}`;
    if (known.has(key)) return [];
    known.add(key);
    const fromMs = came ? first + day * DAY_MS + (THREE_SHIFTS[shift - 1]!.fromMin + late) * MIN : null;
    return [{ id: newId(0), personId: PEOPLE[who]!, day, cell: shift, fromMs, toMs: fromMs === null || long === null ? null : fromMs + long * MIN, insteadOfId: null, source: 'planner', byId: PEOPLE[0]!, atMs: 0, reason: '' }];
  });
  const accepted = { reason: 'x', gaps: [], more, byId: PEOPLE[0]!, broken: broken.map(day => ({ member: 0, rule: 'maxRun' as const, day, is: 7, allowed: 6 })) };
  return { first, roster: { id: newId(0), siteId: newId(0), lines: ['115'], history: [], version: 0, plan, edition: 1, published: { byId: PEOPLE[0]!, atMs: 0 }, accepted, changedIn: [], seen: [], asks: [], attended } };
}

/** When somebody sits on a seat of a shift: where they are entered for it, where nothing is known, or where they stay from another or come early for it. */
function sittings(months: readonly Made[], plan: RosterPlan, { id, day, at, begin, end, isPlanned }: { id: string; day: number; at: number; begin: number; end: number; isPlanned: boolean }, nowMs: number): [number, number][] {
  const all = months.flatMap(({ roster, first }) => (roster.attended ?? []).filter(one => one.personId === id).map(one => ({ ...one, isHere: roster.plan === plan && one.day === day && one.cell === at, own: first + one.day * DAY_MS + THREE_SHIFTS[one.cell - 1]!.fromMin * MIN })));
  if (isPlanned && !all.some(one => one.isHere)) return [[begin, end]];
  return all.flatMap(({ fromMs, toMs, isHere, own }): [number, number][] => {
    if (fromMs === null) return [];
    const over = own + 480 * MIN, to = Math.min(toMs ?? over, nowMs);
    return isHere ? [[fromMs, to]] : [[fromMs, Math.min(to, own)], [Math.max(fromMs, over), to]];
  });
}

/** The same in plain words: shift by shift and minute by minute, with nothing of the reckoner. */
function counted(months: readonly Made[], { fromMs, toMs, nowMs }: { fromMs: number; toMs: number; nowMs: number }): Omit<DutyFigures, 'desk' | 'establishment' | 'handovers'> {
  const sum = { plannedShifts: 0, workedShifts: 0, unknownShifts: 0, emptyShifts: 0, thinShifts: 0, accepted: 0, staffed: 0, required: 0, minutes: 0 }, workers = new Set<string>();
  for (const { roster: { plan, attended = [], accepted }, first } of months) {
    for (let day = 0; day < daysOf(plan.month); day++) {
      const isDay = (atMs: number): boolean => atMs >= fromMs && atMs < toMs;
      sum.accepted += isDay(first + day * DAY_MS) ? accepted!.broken.filter(one => (one.day ?? 0) === day).length + (day === 0 ? accepted!.more : 0) : 0;
      for (const at of [1, 2, 3]) {
        const begin = first + day * DAY_MS + THREE_SHIFTS[at - 1]!.fromMin * MIN, end = begin + 480 * MIN;
        if (!isDay(begin) || end > nowMs) continue;
        const weekday = new Date(first + day * DAY_MS + 7 * 60 * MIN).getUTCDay();
        const need = plan.openOn !== undefined && (weekday === 0 || weekday === 6) ? 0 : plan.seats;
        let there = 0, staffed = 0, short = 0;
        for (const [row, id] of PEOPLE.entries()) {
          const entry = attended.find(one => one.personId === id && one.day === day && one.cell === at), isPlanned = plan.members[row]!.cells[day] === at;
          if (isPlanned) sum.plannedShifts++;
          if (entry === undefined && !isPlanned) continue;
          let [minutes, all] = [0, 0];
          if (entry === undefined) { minutes = all = 480; sum.unknownShifts++; }
          else if (entry.fromMs !== null) for (let ms = entry.fromMs; ms < Math.min(entry.toMs ?? end, nowMs); ms += MIN) { all++; if (ms >= begin && ms < end) minutes++; }
          if (all > 0) workers.add(id);
          if (minutes > 0) there++;
          sum.minutes += all;
        }
        sum.workedShifts += there;
        sum.required += need * 480;
        const seated = PEOPLE.map((id, row) => sittings(months, plan, { id, day, at, begin, end, isPlanned: plan.members[row]!.cells[day] === at }, nowMs));
        for (let ms = begin; ms < end; ms += MIN) {
          const present = seated.filter(spans => spans.some(([start, stop]) => ms >= start && ms < stop)).length;
          staffed += Math.min(need, present);
          if (present < need) short++;
        }
        sum.staffed += staffed;
        if (need > 0 && staffed === 0) sum.emptyShifts++;
        if (staffed > 0 && short > 15) sum.thinShifts++;
      }
    }
  }
  const { staffed, required, minutes, ...rest } = sum;
  return { ...rest, present: workers.size, coverage: { part: staffed, of: required }, perWeek: { minutes, weeks: workers.size * Math.max(0, Math.min(toMs, nowMs) - fromMs) / DAY_MS / 7 } };
}

test('table 1 of a period over two months is what a count shift by shift and minute by minute finds', () => {
  const seen = { emptyShifts: 0, thinShifts: 0, unknownShifts: 0, accepted: 0 };
  fc.assert(fc.property(monthOf('2027-01'), monthOf('2027-02'), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 20, max: 70 }), (january, february, from, long, now) => {
    const months = [made(january), made(february)], start = firstOf('2027-01');
    const period = { fromMs: start + from * DAY_MS, toMs: start + (from + long) * DAY_MS, nowMs: start + now * DAY_MS + 7 * 60 * MIN };
    const { desk, establishment, handovers, ...figures } = dutyFigures({
      establishment: { desk: '115', people: 3, offSite: 0, seats: 1, hours: 'around', source: null }, handovers: [], ...period,
      months: reckon(months.map(({ roster }) => ({ roster, holidays: [], norm: NORM })), period.nowMs).map((reckoned, at) => ({ roster: months[at]!.roster, reckoned })),
    });
    expect([desk, establishment, handovers]).toEqual(['115', 3, { part: 0, of: 0 }]);
    expect(figures).toEqual(counted(months, period));
    for (const key of Object.keys(seen) as (keyof typeof seen)[]) seen[key] += figures[key];
  }), { numRuns: 25, seed: 5 });
  expect(Object.values(seen).every(n => n > 0)).toBe(true);
});

test('handovers of the desk\'s line in the period are counted, withdrawn ones not', () => {
  const at = (atMs: number, state: string, line: '115' | '113') => ({ state: state as 'received', lines: [line], given: { byId: newId(0), deviceId: newId(0), atMs } });
  const { handovers } = dutyFigures({
    establishment: { desk: '115', people: 3, offSite: 0, seats: 1, hours: 'around', source: null }, months: [], fromMs: 10, toMs: 20, nowMs: 20,
    handovers: [at(9, 'received', '115'), at(10, 'received', '115'), at(19, 'offered', '115'), at(20, 'received', '115'), at(12, 'withdrawn', '115'), at(12, 'refused', '115'), at(12, 'received', '113')],
  });
  expect(handovers).toEqual({ part: 1, of: 3 });
});
