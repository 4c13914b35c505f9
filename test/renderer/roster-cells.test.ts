import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysOf, firstWeekdayOf, LEAVE, monthBeside, OFF, RosterPlan } from '../../contract/roster.ts';
import { THREE_SHIFTS } from '../../contract/roster-presets.ts';
import { cellOf, cellWord } from '../../contract/roster-words.ts';
import { copyOf, moved, pasteInto, rectangleOf, withCell, type Chosen } from '../../renderer/screens/roster/cells.ts';

const anyPlan = fc.array(fc.array(fc.integer({ min: LEAVE, max: 3 }), { minLength: 30, maxLength: 30 }), { minLength: 1, maxLength: 5 }).map((rows): RosterPlan => ({
  service: '115', month: '2026-06', seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: rows.map((cells, i) => ({ personId: null, name: `Mẫu ${i}`, cells })),
}));
const spot = fc.record({ row: fc.nat(4), day: fc.nat(29) });
const chosenIn = (plan: RosterPlan, { from, at }: Chosen): Chosen => ({ from: { ...from, row: from.row % plan.members.length }, at: { ...at, row: at.row % plan.members.length } });

describe('cells of a roster', () => {
  test('a letter means its shift with or without its mark, in either case; what means nothing is nothing', () => {
    const plan = { shifts: [...THREE_SHIFTS] };
    expect(['S', 's', 'Đ', 'đ', 'D', 'd', 'P', 'np', '', ' ', '0', '.', '-'].map(text => cellOf(text, plan))).toEqual([1, 1, 3, 3, 3, 3, LEAVE, LEAVE, OFF, OFF, OFF, OFF, OFF]);
    expect(['X1', 'SC', '8', 'đêm'].map(text => cellOf(text, plan))).toEqual([undefined, undefined, undefined, undefined]);
    for (const cell of [LEAVE, OFF, 1, 2, 3]) expect(cellOf(cellWord(cell, plan), plan)).toBe(cell);
  });

  test('what is copied and pasted at the same place changes nothing; pasted elsewhere it is there, and nothing else has changed', () => {
    fc.assert(fc.property(anyPlan, spot, spot, spot, (plan, from, at, to) => {
      const chosen = chosenIn(plan, { from, at });
      const text = copyOf(plan, chosen);
      const same = pasteInto(plan, chosen, text);
      expect('plan' in same && same.plan).toEqual(plan);
      const there = chosenIn(plan, { from: to, at: to });
      const pasted = pasteInto(plan, there, `${text}\r\n`);
      const source = rectangleOf(chosen);
      // What lies beyond is nothing only where there is nothing in it.
      const filled = (row: number, day: number): boolean => plan.members[row]!.cells[day] !== OFF;
      const rows = plan.members.flatMap((_, row) => (row >= source.top && row <= source.bottom && Array.from({ length: 30 }, (_, day) => day).some(day => day >= source.left && day <= source.right && filled(row, day)) ? [row - source.top + 1] : []));
      const days = Array.from({ length: 30 }, (_, day) => day).filter(day => day >= source.left && day <= source.right && plan.members.some((_, row) => row >= source.top && row <= source.bottom && filled(row, day))).map(day => day - source.left + 1);
      const beyond = { rows: Math.max(0, ...rows.map(n => n - (plan.members.length - there.at.row))), days: Math.max(0, ...days.map(n => n - (30 - there.at.day))) };
      if (!('plan' in pasted)) {
        expect(beyond.rows + beyond.days).toBeGreaterThan(0);
        expect(pasted).toEqual({ beyond });
        return;
      }
      expect(beyond).toEqual({ rows: 0, days: 0 });
      const target = rectangleOf(pasted.chosen);
      expect([target.top, target.left]).toEqual([there.at.row, there.at.day]);
      for (const [row, { cells }] of pasted.plan.members.entries()) {
        for (const [day, cell] of cells.entries()) {
          const isIn = row >= target.top && row <= target.bottom && day >= target.left && day <= target.right;
          expect(cell).toBe(isIn ? plan.members[source.top + row - target.top]!.cells[source.left + day - target.left] : plan.members[row]!.cells[day]);
        }
      }
      expect(RosterPlan.safeParse(pasted.plan).success).toBe(true);
    }));
  });

  test('one word that is no shift keeps all of a paste out, and is named', () => {
    fc.assert(fc.property(anyPlan, spot, (plan, at) => {
      const chosen = chosenIn(plan, { from: at, at });
      expect(pasteInto(plan, chosen, 'S')).toHaveProperty('plan');
      expect(pasteInto(plan, chosen, 'ca lạ')).toEqual({ unknown: 'ca lạ' });
    }));
  });

  test('rows and days beyond the plan keep all of a paste out and are counted; a wrong word among them is named first, empty ones are no loss', () => {
    const plan: RosterPlan = { service: '115', month: '2026-06', seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: [0, 1].map(i => ({ personId: null, name: `Mẫu ${i}`, cells: Array.from({ length: 30 }, () => OFF) })) };
    const at = (row: number, day: number): Chosen => ({ from: { row, day }, at: { row, day } });
    expect(pasteInto(plan, at(1, 0), Array.from({ length: 9 }, () => 'S').join('\n'))).toEqual({ beyond: { rows: 8, days: 0 } });
    expect(pasteInto(plan, at(0, 28), 'S\tC\tĐ\tS\nC')).toEqual({ beyond: { rows: 0, days: 2 } });
    expect(pasteInto(plan, at(1, 0), 'S\tX\tĐ\nC\tC\tN')).toEqual({ unknown: 'N' });
    const pasted = pasteInto(plan, at(1, 28), 'S\tC\t\n\t\t\n');
    expect('plan' in pasted && pasted.plan.members[1]!.cells.slice(28)).toEqual([1, 2]);
  });

  test('a shift is put all over what is chosen and nowhere else, and the cursor never leaves the plan', () => {
    fc.assert(fc.property(anyPlan, spot, spot, fc.integer({ min: LEAVE, max: 3 }), fc.integer({ min: -40, max: 40 }), fc.boolean(), (plan, from, at, cell, by, holds) => {
      const chosen = chosenIn(plan, { from, at });
      const { top, bottom, left, right } = rectangleOf(chosen);
      const next = withCell(plan, chosen, cell);
      for (const [row, { cells }] of next.members.entries()) for (const [day, is] of cells.entries()) expect(is).toBe(row >= top && row <= bottom && day >= left && day <= right ? cell : plan.members[row]!.cells[day]);
      const size = { row: plan.members.length, day: 30 };
      const after = moved(chosen, { row: by, day: -by }, size, holds);
      expect(after.at.row >= 0 && after.at.row < size.row && after.at.day >= 0 && after.at.day < 30).toBe(true);
      expect(after.from).toEqual(holds ? chosen.from : after.at);
    }));
  });
});

test('months have their days, begin on their weekday, and follow each other over the turn of a year', () => {
  expect(['2026-01', '2026-02', '2028-02', '2026-04', '2026-12', '2100-02'].map(daysOf)).toEqual([31, 28, 29, 30, 31, 28]);
  // 1 August 2026 is a Saturday, 1 December a Tuesday, 1 January 2027 a Friday; 29 February 2028 a Tuesday.
  expect(['2026-08', '2026-12', '2027-01', '2028-02'].map(firstWeekdayOf)).toEqual([5, 1, 4, 1]);
  expect([monthBeside('2026-12', 1), monthBeside('2027-01', -1), monthBeside('2026-03', -1)]).toEqual(['2027-01', '2026-12', '2026-02']);
});
