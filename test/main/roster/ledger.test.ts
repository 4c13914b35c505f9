import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { daysOf, LEAVE, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { ledgerOf } from '../../../main/roster/ledger.ts';
import { createRosters } from '../../../main/roster/rosters.ts';
import { testDesk } from '../issues/desk.ts';
import { sessionWith, T0 } from '../issues/support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const lead = { session: sessionWith({ roles: ['ca_truong'] }), signal: new AbortController().signal };
const [A, B] = [newId(T0), newId(T0)];

const plan = (month: string, lines: Readonly<Record<string, (day: number) => number>>, some: Partial<RosterPlan> = {}): RosterPlan => ({
  service: '115', month, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], ...some,
  members: Object.entries(lines).map(([who, cell]) => ({ personId: who === 'x' ? null : who, name: who === 'x' ? 'Người Ngoài Mẫu' : `Mẫu ${who.slice(-2)}`, cells: Array.from({ length: daysOf(month) }, (_, day) => cell(day)) })),
});

test('the ledger is what a count of the letters of each month says, whoever is in it in whatever order', () => {
  const cell = fc.constantFrom(OFF, 1, 2, 3, LEAVE), months = ['2026-05', '2026-06', '2026-07'];
  fc.assert(fc.property(fc.array(fc.tuple(fc.subarray([A, B, 'x']), fc.array(cell, { minLength: 31, maxLength: 31 }), fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { maxLength: 5 })), { maxLength: 3 }), before => {
    const plans = before.map(([who, cells, holidays], at) => plan(months[at]!, Object.fromEntries(who.map((one, row) => [one, (day: number) => cells[(day + row * 7) % 31]!])), { holidays }));
    const ledger = ledgerOf(plan('2026-08', { [A]: () => OFF, x: () => OFF, [B]: () => OFF }), plans);
    for (const [row, who] of [A, 'x', B].entries()) {
      const words = plans.flatMap(one => one.members.filter(member => (member.personId ?? 'x') === who).map(member => ({ one, word: member.cells.map(letter => '..SCD'.at(Math.max(-1, letter) + 1)!).join('') })));
      const count = (of: (letter: string, date: Date, day: number, one: RosterPlan) => boolean): number => words.reduce((sum, { one, word }) => sum + [...word].filter((letter, day) => letter !== '.' && of(letter, new Date(`${one.month}-${String(day + 1).padStart(2, '0')}T12:00:00Z`), day, one)).length, 0);
      expect(ledger[row]).toEqual({
        months: words.length, minutes: count(() => true) * 480, shifts: count(() => true), nights: count(letter => letter === 'D'), weekends: count((_letter, date) => [0, 6].includes(date.getUTCDay())),
        holidays: count((_letter, _date, day, one) => one.holidays!.includes(day)), holidaysNow: 0,
      });
    }
  }), { numRuns: 100 });
});

test('the check carries the published months of before, three of them at most, with what people have changed between them; drafts count nothing', async () => {
  const made = await testDesk();
  ends.push(() => made.close());
  const { handlers, close } = createRosters({ reader: made.reader, writer: made.writer, linkIsUp: () => false, correctedNowMs: () => made.now.ms, nowMs: () => made.now.ms, station: () => made.station, log: { error: () => undefined }, onNews: () => undefined });
  ends.push(close);
  const now = plan('2027-09', { [A]: day => (day < 2 ? 1 : OFF), [B]: () => OFF }, { holidays: [1] });
  expect((await handlers.check(now, lead)).ledger).toEqual([0, 1].map(row => ({ months: 0, minutes: 0, shifts: 0, nights: 0, weekends: 0, holidays: 0, holidaysNow: row === 0 ? 1 : 0 })));
  await handlers.save({ plan: plan('2027-08', { [A]: () => 1 }) }, lead);
  for (const [month, shifts] of [['2027-05', 9], ['2027-06', 1], ['2027-07', 2]] as const) {
    await handlers.publish({ plan: plan(month, { [A]: day => (day < shifts ? 3 : OFF), [B]: () => OFF }, { holidays: [0] }), from: { edition: 0, approved: 0 }, reason: 'thử' }, lead);
  }
  const { ledger } = await handlers.check(now, lead);
  expect(ledger?.map(({ months, shifts, nights, holidays }) => [months, shifts, nights, holidays])).toEqual([[2, 3, 3, 2], [2, 0, 0, 0]]);
});
