import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spansOf } from '../../contract/roster-import-plan.ts';
import { LEAVE, OFF, RosterPlan } from '../../contract/roster.ts';
import { THREE_SHIFTS } from '../../contract/roster-presets.ts';
import { insideOf, type Chosen } from '../../renderer/screens/roster/cells.ts';
import {
  daysOfText, holdingsOf, isFreeCode, minuteOf, rowsAndShifts, seatsOf, standingOf, withAdded, withDesk, withMember, withMoved, withNewShift, withoutMember, withoutShift, withPins, withShift, withWish,
} from '../../renderer/screens/roster/plan-edits.ts';
import { FILE_BYTES, textOfFile } from '../../renderer/screens/roster/read-file.ts';

const DAYS = 30;
const wish = fc.record({ day: fc.nat(DAYS - 1), cell: fc.nat(3), likes: fc.boolean() });
const anyMember = fc.record({
  cells: fc.array(fc.integer({ min: LEAVE, max: 3 }), { minLength: DAYS, maxLength: DAYS }), pins: fc.option(fc.uniqueArray(fc.nat(DAYS - 1), { maxLength: 5 }), { nil: undefined }), wishes: fc.option(fc.array(wish, { maxLength: 4 }), { nil: undefined }),
});
const anyPlan = fc.array(anyMember, { minLength: 1, maxLength: 4 }).map((members): RosterPlan => ({
  service: '115', month: '2026-06', seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: members.map((member, i) => ({ personId: null, name: `Mẫu ${i}`, ...member })),
}));
const bare = (names: readonly string[]): RosterPlan => ({ service: '115', month: '2026-06', seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: names.map(name => ({ personId: null, name, cells: Array.from({ length: DAYS }, () => OFF) })) });
const spot = fc.record({ row: fc.nat(3), day: fc.nat(DAYS - 1) });
const chosenOf = (from: Chosen['from'], at: Chosen['at'], plan: RosterPlan): Chosen => insideOf({ from, at }, plan);
const isPlan = (plan: RosterPlan): boolean => RosterPlan.safeParse(plan).success;

describe('edits of a plan', () => {
  test('whatever is done, a plan comes of it, and the one before stays as it was', () => {
    const edit = fc.oneof(
      fc.tuple(spot, spot).map(([from, at]) => (plan: RosterPlan) => withPins(plan, chosenOf(from, at, plan))),
      fc.tuple(spot, spot, fc.nat(3), fc.boolean()).map(([from, at, cell, likes]) => (plan: RosterPlan) => withWish(plan, chosenOf(from, at, plan), Math.min(cell, plan.shifts.length), likes)),
      fc.nat(2).map(kind => (plan: RosterPlan) => (plan.shifts.length > 1 ? withoutShift(plan, kind % plan.shifts.length) : plan)),
      fc.constant((plan: RosterPlan) => withNewShift(plan) ?? plan),
      fc.tuple(fc.nat(3), fc.constantFrom(1 as const, -1 as const)).map(([row, by]) => (plan: RosterPlan) => withMoved(plan, row, by)),
      fc.nat(3).map(row => (plan: RosterPlan) => withoutMember(plan, row)),
      fc.string().map(name => (plan: RosterPlan) => { const next = withAdded(plan, { id: null, name, agency: null }); return typeof next === 'string' ? plan : next; }),
    );
    fc.assert(fc.property(anyPlan, fc.array(edit, { maxLength: 8 }), (plan, edits) => {
      for (const one of edits) {
        const before = JSON.stringify(plan), next = one(plan);
        expect([JSON.stringify(plan) === before, isPlan(next)]).toEqual([true, true]);
        expect(next.members.every(({ wishes }) => wishes === undefined || wishes.every(({ cell }) => cell <= next.shifts.length))).toBe(true);
        plan = next;
      }
    }));
  });

  test('a pin or a wish set and taken back by the same key leaves nothing behind; a wish puts its contrary out', () => {
    fc.assert(fc.property(anyPlan, spot, spot, fc.nat(3), fc.boolean(), (some, from, at, cell, likes) => {
      const plan = { ...some, members: some.members.map(({ pins: _pins, wishes: _wishes, ...one }) => one) };
      const chosen = chosenOf(from, at, plan);
      expect(withPins(withPins(plan, chosen), chosen)).toEqual(plan);
      expect(withWish(withWish(plan, chosen, cell, likes), chosen, cell, likes)).toEqual(plan);
      expect(withWish(withWish(plan, chosen, cell, !likes), chosen, cell, likes)).toEqual(withWish(plan, chosen, cell, likes));
    }));
    const plan = withPins(bare(['A', 'B']), { from: { row: 0, day: 2 }, at: { row: 0, day: 3 } });
    expect(plan.members.map(({ pins }) => pins)).toEqual([[2, 3], undefined]);
    expect(withPins(plan, { from: { row: 0, day: 3 }, at: { row: 1, day: 4 } }).members.map(({ pins }) => pins)).toEqual([[2, 3, 4], [3, 4]]);
  });

  test('without a shift its cells are off and unpinned, those of later ones are theirs still, and wishes go with theirs', () => {
    const plan = bare(['A']), [member] = plan.members;
    const held = { ...plan, members: [{ ...member!, cells: member!.cells.with(0, 1).with(1, 2).with(2, 3).with(3, LEAVE), pins: [1, 2], wishes: [{ day: 5, cell: 2, likes: true }, { day: 6, cell: 3, likes: false }] }] };
    expect(standingOf(held, 1)).toEqual({ cells: 1, people: 1 });
    const [after] = withoutShift(held, 1).members;
    expect([after!.cells.slice(0, 4), after!.pins, after!.wishes]).toEqual([[1, OFF, 2, LEAVE], [2], [{ day: 6, cell: 2, likes: false }]]);
    expect(holdingsOf(held.members[0]!)).toEqual({ shifts: 3, away: 1, pins: 2, wishes: 2 });
  });

  test('people are added once, moved and taken out; what is not said any more is not there', () => {
    const id = '00000000-0000-7000-8000-000000000001';
    const plan = withAdded(bare(['A']), { id, name: 'B', agency: 'Sở Y tế' }) as RosterPlan;
    expect(plan.members.map(({ name, agency }) => [name, agency])).toEqual([['A', undefined], ['B', 'Sở Y tế']]);
    expect([withAdded(plan, { id, name: 'B', agency: null }), withAdded(plan, { id: null, name: ' a ', agency: null }), withAdded(plan, { id: null, name: 'b', agency: null }), withAdded(plan, { id: null, name: ' ', agency: null })]).toEqual(['there', 'there', 'there', 'name']);
    expect(withAdded(bare(Array.from({ length: 60 }, (_, at) => `Mẫu ${at}`)), { id, name: 'B', agency: null })).toBe('full');
    expect(withMoved(plan, 1, -1).members.map(({ name }) => name)).toEqual(['B', 'A']);
    expect(withMoved(plan, 1, 1)).toBe(plan);
    expect(Object.keys(withMember(plan, 1, { agency: undefined, profile: 'CAND' }).members[1]!)).toEqual(['personId', 'name', 'cells', 'profile']);
    expect(Object.keys(withDesk({ ...plan, openOn: [1] }, { openOn: undefined }))).not.toContain('openOn');
    expect(insideOf({ from: { row: 0, day: 3 }, at: { row: 4, day: 5 } }, plan)).toEqual({ from: { row: 0, day: 3 }, at: { row: 1, day: 5 } });
    // What a search found is of these rows and shifts and of no others; cells and rules may be otherwise.
    expect([withMoved(plan, 1, -1), withoutMember(plan, 0), withShift(plan, 0, { minutes: 60 })].map(one => rowsAndShifts(one) === rowsAndShifts(plan))).toEqual([false, false, false]);
    expect(rowsAndShifts(withMember(plan, 0, { offSite: true }))).toBe(rowsAndShifts(plan));
  });

  test('a code is a shift’s own, and figures are read as they are typed', () => {
    const plan = bare([]);
    expect(['G', 'k', 'U', 'v', 'B'].map(code => isFreeCode(plan, 0, code))).toEqual([false, false, false, false, false]);
    expect(['S', 's', 'D', 'd', 'P', 'nb', 'X', '0', '', 'ABCD', 'N', 'T1', 'á', 'a b'].map(code => isFreeCode(plan, 0, code))).toEqual([true, true, false, false, false, false, false, false, false, false, true, true, true, false]);
    expect(['06:00', '6h30', '14', '24:00', '6:60', 'x', ''].map(minuteOf)).toEqual([360, 390, 840, null, null, null, null]);
    expect(['1', '9', '0', '10', 'x', ''].map(text => seatsOf(text, 1))).toEqual([1, 9, null, null, null, null]);
    expect(['2, 3;30 2', '', '31', '0', 'x'].map(text => daysOfText(text, 30))).toEqual([[1, 2, 29], [], null, null, null]);
    expect(spansOf([{ day: 1, was: 0, is: -1 }, { day: 2, was: 0, is: -1 }, { day: 3, was: 1, is: -1 }, { day: 5, was: 1, is: -1 }])).toEqual([{ from: 1, to: 2, was: 0, is: -1 }, { from: 3, to: 3, was: 1, is: -1 }, { from: 5, to: 5, was: 1, is: -1 }]);
  });
});

describe('a file of people', () => {
  const TEXT = 'Họ tên;Mã\nNguyễn Đặng Mẫu;an';
  test.each([
    ['UTF-8', new TextEncoder().encode(TEXT)], ['UTF-8', new TextEncoder().encode(`\uFEFF${TEXT.normalize('NFD')}`)],
    ['UTF-16', Uint8Array.from(Buffer.from(`\uFEFF${TEXT}`, 'utf16le'))], ['UTF-16', Uint8Array.from(Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16())],
    // "Họ tên;Mã…" as Windows wrote it before Unicode: tone marks stand behind their letter.
    ['Windows-1258', Uint8Array.from([0x48, 0x6f, 0xf2, 0x20, 0x74, 0xea, 0x6e, 0x3b, 0x4d, 0x61, 0xde, 0x0a, 0x4e, 0x67, 0x75, 0x79, 0xea, 0xde, 0x6e, 0x20, 0xd0, 0xe3, 0xf2, 0x6e, 0x67, 0x20, 0x4d, 0xe2, 0xde, 0x75, 0x3b, 0x61, 0x6e])],
  ])('in %s is read', (encoding, bytes) => {
    const read = textOfFile(bytes);
    if (typeof read === 'string') throw new Error(read);
    expect(read.encoding).toBe(encoding);
    expect(read.text.replace(/^\uFEFF/, '')).toMatch(/^Họ tên;Mã\nNguyễn Đặng M/);
  });

  test('a workbook, a picture and too much are told apart; whatever the bytes are, nothing throws', () => {
    expect([[0x50, 0x4b, 3, 4, 0], [0xd0, 0xcf, 0x11, 0xe0], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]].map(bytes => textOfFile(Uint8Array.from(bytes)))).toEqual(['workbook', 'workbook', 'notText']);
    expect(textOfFile(new Uint8Array(FILE_BYTES + 1).fill(65))).toBe('tooLarge');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      const read = textOfFile(bytes);
      if (typeof read !== 'string') expect(read.text).toBe(read.text.normalize('NFC'));
    }));
  });
});
