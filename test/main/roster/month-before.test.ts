import { afterEach, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { daysOf, LEAVE, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { PRESETS, THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { broughtBy } from '../../../main/roster/month-before.ts';
import { createRosters } from '../../../main/roster/rosters.ts';
import { testDesk } from '../issues/desk.ts';
import { sessionWith, T0 } from '../issues/support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const lead = { session: sessionWith({ roles: ['ca_truong'] }), signal: new AbortController().signal };
const [A, B] = [newId(T0), newId(T0)];

/** A month that ends, or begins, with these cells, everybody off for the rest. */
const plan = (month: string, lines: Readonly<Record<string, number[]>>, at: 'end' | 'begin', some: Partial<RosterPlan> = {}): RosterPlan => ({
  service: '115', month, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], ...some,
  members: Object.entries(lines).map(([id, cells]) => {
    const rest = Array.from({ length: daysOf(month) - cells.length }, () => OFF);
    return { personId: id === 'x' ? null : id, name: id === 'x' ? 'Người Ngoài Mẫu' : `Người Mẫu ${id.slice(-2)}`, cells: at === 'end' ? [...rest, ...cells] : [...cells, ...rest] };
  }),
});

describe('what somebody brings from the month before', () => {
  const now = plan('2026-09', { [A]: [], [B]: [], x: [] }, 'begin');

  test('is how long they have worked or rested, and in which shift: leave is rest', () => {
    expect(broughtBy(now, plan('2026-08', { [A]: [1, 1, 3, 3, 3], [B]: [3, OFF, LEAVE] }, 'end'))).toEqual([{ run: 5, shift: 2, same: 3 }, { run: -2, shift: null }, { run: 0, shift: null }]);
    expect(broughtBy(now, plan('2026-08', { x: [2] }, 'end'))).toEqual([{ run: 0, shift: null }, { run: 0, shift: null }, { run: 1, shift: 1, same: 1 }]);
    expect(broughtBy(now, null)).toEqual(Array.from({ length: 3 }, () => ({ run: 0, shift: null })));
  });

  test('knows a shift by its hours where the pattern has changed, and the run where it is no shift any more', () => {
    const half = (cells: number[]): RosterPlan => plan('2026-08', { [A]: cells }, 'end', { shifts: [...PRESETS.half.shifts] });
    expect(broughtBy(now, half([1, 2]))[0]).toEqual({ run: 2, shift: null });
    expect(broughtBy(plan('2026-09', { [A]: [] }, 'begin', { shifts: [...PRESETS.half.shifts] }), half([1, 2]))[0]).toEqual({ run: 2, shift: 1, same: 1 });
  });
});

test('a night on the last day forbids the first morning: told in the check, before it is done, and when it is published; the published month counts before the planned one', async () => {
  const made = await testDesk();
  ends.push(() => made.close());
  const { handlers, close } = createRosters({ reader: made.reader, writer: made.writer, linkIsUp: () => true, correctedNowMs: () => made.now.ms, nowMs: () => made.now.ms, station: () => made.station, log: { error: () => undefined }, onNews: () => undefined });
  ends.push(close);
  const september = plan('2027-09', { [A]: [1], [B]: [OFF, 1] }, 'begin');
  const broken = async (): Promise<string[]> => (await handlers.check(september, lead)).broken.map(({ member, rule, day }) => `${member} ${rule} ${day}`);
  expect(await broken()).toEqual([]);
  await handlers.save({ plan: plan('2027-08', { [A]: [OFF, 3], [B]: [OFF, OFF] }, 'end') }, lead);
  expect(await broken()).toEqual(['0 notNext 0']);
  const look = await handlers.look({ plan: { ...september, members: september.members.map(one => ({ ...one, cells: one.cells.map(() => OFF) })) }, member: 0, day: 0 }, lead);
  expect(look.choices.filter(({ breaks }) => breaks.length > 0).map(({ cell }) => cell)).toEqual([1, 2]);
  await handlers.publish({ plan: plan('2027-08', { [A]: [OFF, OFF], [B]: [OFF, 3] }, 'end'), from: { edition: 0, approved: 0 }, reason: 'thử' }, lead);
  expect(await broken()).toEqual([]);
  await expect((async () => handlers.publish({ plan: { ...september, members: september.members.map(one => ({ ...one, cells: one.cells.map(() => 1) })) }, from: { edition: 0, approved: 0 }, reason: 'thử' }, lead))()).resolves.toMatchObject({ roster: { accepted: { broken: expect.arrayContaining([expect.objectContaining({ member: 1, rule: 'notNext', day: 0 })]) } } });
});
