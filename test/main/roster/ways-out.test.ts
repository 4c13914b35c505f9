import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEAVE, OFF, type RosterBroken, type RosterPlan } from '../../../contract/roster.ts';
import type { RosterWay, ToMend } from '../../../contract/roster-explain.ts';
import { seatsAt } from '../../../contract/roster-seats.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { lendersOf, overtimeOf } from '../../../main/roster/lenders.ts';
import { BARE, checkPlan } from '../../../main/roster/plan-check.ts';
import { PROPOSED_RULES } from '../../../main/roster/rules.ts';
import { waysOut } from '../../../main/roster/ways-out.ts';
import { whyNot } from '../../../main/roster/why-not.ts';

const DAYS = 30;
/** A month of people with these cells at its beginning, off for the rest. */
const plan = (lines: readonly (readonly number[])[], some: Partial<RosterPlan> = {}): RosterPlan => ({
  service: '115', month: '2026-09', seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], ...some,
  members: lines.map((cells, at) => ({ personId: null, name: `Mẫu ${at + 1}`, cells: Array.from({ length: DAYS }, (_, day) => cells[day] ?? OFF) })),
});
const applied = (before: RosterPlan, { changes }: RosterWay): RosterPlan => ({ ...before, members: before.members.map((member, row) => ({ ...member, cells: member.cells.map((cell, day) => changes.find(one => one.member === row && one.day === day)?.is ?? cell) })) });
const keyOf = ({ member, rule, day }: RosterBroken): string => `${member} ${rule} ${day ?? ''}`;
const workedOf = ({ members, shifts }: RosterPlan): number[][] => Array.from({ length: DAYS }, (_, day) => shifts.map((_shift, kind) => members.filter(({ cells }) => cells[day] === kind + 1).length));

/** A way holds what it promises: the cells are as they were said to be, no new breach, no seat emptied, nothing over. */
function expectSound(before: RosterPlan, way: RosterWay): RosterPlan {
  const then = applied(before, way);
  for (const { member, day, was, is } of way.changes) expect([before.members[member]!.cells[day], is]).toEqual([was, is === was ? 'no change' : is]);
  const known = new Set(checkPlan(before).broken.map(keyOf));
  expect(checkPlan(then).broken.map(keyOf).filter(key => !known.has(key))).toEqual([]);
  const [was, is] = [workedOf(before), workedOf(then)];
  for (const [day, kinds] of is.entries()) {
    for (const [kind, count] of kinds.entries()) {
      const need = seatsAt(before, day, kind);
      expect(count < was[day]![kind]! && count < need, `a seat of day ${day} is emptied`).toBe(false);
      expect(count > was[day]![kind]! && count > need, `one too many on day ${day}`).toBe(false);
    }
  }
  return then;
}

test('whatever a month looks like, after a way out the breach is gone, no other has come, and no seat is emptied; leave and pins stay', () => {
  const met = { ways: 0, none: 0 };
  const cell = fc.constantFrom(OFF, OFF, 1, 2, 3, LEAVE);
  fc.assert(fc.property(fc.array(fc.array(cell, { minLength: DAYS, maxLength: DAYS }), { minLength: 2, maxLength: 6 }), fc.integer({ min: 1, max: 2 }), fc.uniqueArray(fc.integer({ min: 0, max: DAYS - 1 }), { maxLength: 4 }), (lines, seats, pins) => {
    const base = plan(lines, { seats });
    const before = { ...base, members: base.members.map((member, row) => (row === 0 ? { ...member, pins } : member)) };
    for (const broken of checkPlan(before).broken.slice(0, 12)) {
      const ways = waysOut(before, { kind: 'broken', member: broken.member, rule: broken.rule, day: broken.day });
      met[ways.length > 0 ? 'ways' : 'none'] += 1;
      for (const way of ways) {
        const then = expectSound(before, way);
        expect(checkPlan(then).broken.map(keyOf)).not.toContain(keyOf(broken));
        for (const { member, day, was } of way.changes) expect([was === LEAVE, member === 0 && pins.includes(day)]).toEqual([false, false]);
      }
    }
    for (const gap of checkPlan(before).gaps.filter(({ is, need }) => is < need).slice(0, 6)) {
      for (const way of waysOut(before, { kind: 'gap', day: gap.day, shift: gap.shift })) expect(workedOf(expectSound(before, way))[gap.day]![gap.shift]).toBe(gap.is + 1);
    }
  }), { numRuns: 40 });
  expect(met.ways).toBeGreaterThan(40);
});

test('of too short a rest the shift is given to who is off and works least; of months with too many hours as many as are needed', () => {
  const short = plan([[2, 1], [OFF, OFF, 1, 2], []]);
  const of: ToMend = { kind: 'broken', member: 0, rule: 'notNext', day: 1 };
  expect(waysOut(short, of)[0]).toEqual({ kind: 'give', changes: [{ member: 0, day: 1, was: 1, is: OFF }, { member: 2, day: 1, was: OFF, is: 1 }] });
  const over = plan([Array.from({ length: DAYS }, (_, day) => (day % 15 === 6 ? OFF : 1)), [], []], { profile: 'CC40' });
  const minutes = checkPlan(over).broken.find(({ rule }) => rule === 'minutes')!;
  const [way] = waysOut(over, { kind: 'broken', member: 0, rule: 'minutes', day: null });
  expect(way?.changes.length).toBe(2 * Math.ceil((minutes.is - minutes.allowed) / 480));
});

test('ways out of too many hours, for thirty people and a month of 31 days', () => {
  const many: RosterPlan = { ...plan([]), month: '2026-08', seats: 7, members: Array.from({ length: 30 }, (_, row) => ({ personId: null, name: `Mẫu ${row}`, cells: Array.from({ length: 31 }, (_day, day) => (row === 0 ? (day % 15 === 14 ? OFF : 1) : [1, 1, 2, 2, 3, 3, OFF, OFF, OFF, OFF][(day + row) % 10]!)) })) };
  const begun = performance.now();
  const [way] = waysOut(many, { kind: 'broken', member: 0, rule: 'minutes', day: null });
  console.info(`ways out of too many hours, 30 people × 31 days: ${(performance.now() - begun).toFixed(1)} ms`);
  expectSound(many, way!);
});

test('who alone has a skill that a shift needs does not give it to somebody who has not; another who has it may take it', () => {
  // Afternoon, then a morning eight hours after it.
  const tired = plan([[2, 1], [], []], { needs: [{ skill: 'trưởng ca', seats: 1 }] });
  const of = { kind: 'broken' as const, member: 0, rule: 'notNext' as const, day: 1 };
  const skilled = (rows: number[]): RosterPlan => ({ ...tired, members: tired.members.map((one, row) => (rows.includes(row) ? { ...one, skills: ['trưởng ca'] } : one)) });
  const takers = (now: RosterPlan): number[] => waysOut(now, of).filter(({ kind }) => kind === 'give').flatMap(({ changes }) => changes.slice(1).map(({ member }) => member));
  expect([takers(skilled([0])), takers(skilled([0, 2]))]).toEqual([[], [2, 2]]);
  expect(new Set(takers({ ...skilled([0]), needs: [] }))).toEqual(new Set([1, 2]));
});

test('what is not broken, or not empty, has no way out', () => {
  const full = plan([[1], [2], [3]]);
  expect([waysOut(full, { kind: 'broken', member: 0, rule: 'notNext', day: 3 }), waysOut(full, { kind: 'broken', member: 9, rule: 'minutes', day: null }), waysOut(full, { kind: 'gap', day: 0, shift: 0 }), waysOut(full, { kind: 'gap', day: 0, shift: 5 }), waysOut(full, { kind: 'gap', day: full.members[0]!.cells.length, shift: 0 })]).toEqual([[], [], [], [], []]);
});

test('why not: everybody who is not in the shift, each with every reason and its figures, who has none first', () => {
  const base = plan([[3], [1, OFF], [OFF, LEAVE], Array.from({ length: 6 }, (_, day) => (day === 1 ? 2 : 1)), []]);
  const now = { ...base, members: base.members.map((member, row) => (row === 4 ? { ...member, offSite: true } : member)) };
  const list = whyNot(now, 1, 0);
  expect(list.map(({ member, reasons, empties, isOffSite }) => [member, reasons.map(({ rule, is, allowed, last, next, isBefore }) => (rule === 'notNext' ? `${rule} ${is} ${allowed} ${last} ${next} ${isBefore}` : rule)), empties, isOffSite])).toEqual([
    [1, [], null, false], [2, ['leave'], null, false], [0, ['notNext 0 720 2 0 false'], null, false], [3, [], 2, false], [4, ['leave'], null, true],
  ]);
  expect(whyNot(now, 1, 5)).toEqual([]);
  const first = whyNot(plan([[OFF], []]), 0, 0, { ...BARE, brought: [{ run: 1, shift: 2, same: 1 }] });
  expect(first[1]).toMatchObject({ member: 0, reasons: [{ rule: 'notNext', is: 0, allowed: 720, last: 2, next: 0, isBefore: true, binds: 'law' }] });
});

test('why not, for thirty people and a month of 31 days', () => {
  const many: RosterPlan = { ...plan([]), month: '2026-08', seats: 6, members: Array.from({ length: 30 }, (_, row) => ({ personId: null, name: `Mẫu ${row}`, cells: Array.from({ length: 31 }, (_day, day) => [1, 1, 2, 2, 3, 3, OFF, OFF, OFF, OFF][(day + row) % 10]!) })) };
  const times = Array.from({ length: 20 }, (_, day) => { const begun = performance.now(); expect(whyNot(many, day, day % 3).length).toBe(24); return performance.now() - begun; }).sort((a, b) => a - b);
  console.info(`why not, 30 people × 31 days: median ${times[10]!.toFixed(1)} ms, worst ${times[19]!.toFixed(1)} ms`);
});

test('who might be lent is of another desk, on no leave and rested', () => {
  const seat = plan([[], []]);
  const other = plan([[1, OFF], [OFF, 3], [LEAVE, LEAVE, LEAVE], [OFF, OFF, OFF]], { service: '114' });
  const names = (day: number, shift: number): string[] => lendersOf(seat, day, shift, { rules: PROPOSED_RULES, others: { now: [{ ...other, members: other.members.map(one => ({ ...one, name: `114 ${one.name}` })) }], beside: [] } }).map(({ name }) => name);
  // The first rests eight hours between a morning and a night of the same day; the second works from the evening of the second day.
  // A night of the last day of the month before, and of one's other desk, is rested from too.
  const eve = { ...plan([[]], { service: '114', month: '2026-08' }), members: [{ personId: null, name: 'Mẫu 4', cells: Array.from({ length: 31 }, (_, day) => (day === 30 ? 3 : OFF)) }] };
  const first = lendersOf(seat, 0, 0, { rules: PROPOSED_RULES, others: { now: [{ ...other, members: other.members.slice(3).map(one => ({ ...one, name: 'Mẫu 9' })), service: '113' }, other], beside: [eve] } });
  expect(first.map(({ desk, name }) => `${desk} ${name}`)).toEqual(['113 Mẫu 9']);
  expect([names(0, 2), names(2, 0), names(1, 1)]).toEqual([['114 Mẫu 2', '114 Mẫu 4'], ['114 Mẫu 1', '114 Mẫu 4'], ['114 Mẫu 1', '114 Mẫu 4']]);
});

test('overtime is what the one gap needs, of whom nothing but hours keeps from it, and of nobody where somebody can take it within them', () => {
  const full = Array.from({ length: DAYS }, (_, day) => (day % 6 === 5 ? OFF : 1));
  const tight = plan([full, full, full.with(0, OFF)], { profile: 'CC40' });
  expect(overtimeOf(tight, 29, 0)).toEqual([{ member: 2, minutes: 25 * 480, above: 480 }, { member: 0, minutes: 26 * 480, above: 480 }, { member: 1, minutes: 26 * 480, above: 480 }]);
  expect(overtimeOf({ ...tight, members: [...tight.members, { personId: null, name: 'Rảnh', cells: Array.from({ length: DAYS }, () => OFF) }] }, 29, 0)).toEqual([]);
  expect([overtimeOf(plan([[], []]), 0, 0), overtimeOf(tight, 29, 5)]).toEqual([[], []]);
});
