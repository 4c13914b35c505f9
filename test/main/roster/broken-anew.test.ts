import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OFF, type RosterBroken, type RosterPlan } from '../../../contract/roster.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { checkPlan, mendedIn, newlyBroken } from '../../../main/roster/plan-check.ts';
import { lookAt } from '../../../main/roster/plan-look.ts';

const DAYS = 31;
const month = (cell: (day: number) => number): number[] => Array.from({ length: DAYS }, (_, day) => cell(day));
const planOf = (...lines: number[][]): RosterPlan => ({ service: '115', month: '2026-12', seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: lines.map((cells, at) => ({ personId: null, name: `Mẫu ${at}`, cells })) });
const brokenOf = (cells: number[]): RosterBroken[] => checkPlan(planOf(cells)).broken;
const told = (some: RosterBroken[]): string[] => some.map(({ rule, day, is }) => `${rule} ${day ?? ''} ${is}`);

describe('before and after a change', () => {
  const all = brokenOf(month(() => 1));

  test('a run that is cut at its end, a run that falls apart, a sum that falls: neither broken anew nor mended', () => {
    for (const off of [0, 15, 30]) {
      const then = brokenOf(month(day => (day === off ? OFF : 1)));
      expect([told(newlyBroken(then, all)), told(mendedIn(all, then))]).toEqual([[], []]);
      // Back again each of them is more than it was.
      expect(newlyBroken(all, then).map(({ rule }) => rule)).toEqual(['maxRun', 'minutes', 'daysOff']);
    }
    expect(told(mendedIn(all, brokenOf(month(day => (day % 7 < 5 ? 1 : OFF)))))).toEqual(['maxRun 0 31', 'minutes  14880', 'daysOff  0']);
  });

  test('nights in a row are one breach, whether they begin a day later or are cut in two', () => {
    const nights = (from: number, to: number): RosterBroken[] => brokenOf(month(day => (day >= from && day < to ? 3 : OFF)));
    expect([told(newlyBroken(nights(1, 7), nights(0, 6))), told(mendedIn(nights(0, 6), nights(1, 7)))]).toEqual([[], []]);
    const cut = brokenOf(month(day => (day < 10 && day !== 4 ? 3 : OFF)));
    expect([told(newlyBroken(cut, nights(0, 10))), told(mendedIn(nights(0, 10), cut)).filter(one => one.startsWith('maxRunOf'))]).toEqual([[], []]);
    expect(told(newlyBroken(nights(0, 7), nights(0, 6))).filter(one => one.startsWith('maxRunOf'))).toEqual(['maxRunOf 6 7']);
    expect(told(newlyBroken([...nights(20, 26)], nights(0, 6)))).toContain('maxRunOf 25 6');
  });

  test('whatever two months are: no rule is told of the same days as broken and as mended, and of the same month nothing is', () => {
    const cells = fc.array(fc.constantFrom(OFF, 1, 1, 2, 3, 3), { minLength: DAYS, maxLength: DAYS });
    fc.assert(fc.property(cells, fc.integer({ min: 0, max: DAYS - 1 }), fc.constantFrom(OFF, 1, 2, 3), (line, at, cell) => {
      const [before, after] = [brokenOf(line), brokenOf(line.with(at, cell))];
      const [breaks, mends] = [newlyBroken(after, before), mendedIn(before, after)];
      for (const one of mends) expect(breaks.filter(({ rule, day }) => rule === one.rule && day === one.day)).toEqual([]);
      for (const one of mends.filter(({ day }) => day === null)) expect(after.some(({ rule }) => rule === one.rule)).toBe(false);
      expect([newlyBroken(before, before), mendedIn(before, before)]).toEqual([[], []]);
    }), { numRuns: 60 });
  });
});

test('a day off in a month of the same shift every day: nothing is broken by it, and nothing wholly mended', () => {
  const [off] = lookAt(planOf(month(() => 1), month(() => 2), month(() => 3)), 0, 0).choices;
  expect([off!.cell, told(off!.breaks), told(off!.mends)]).toEqual([OFF, [], []]);
});
