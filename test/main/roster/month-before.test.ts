import { afterEach, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { COMP, daysOf, LEAVE, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { PRESETS, THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { broughtBy } from '../../../main/roster/month-before.ts';
import { BARE, checkPlan } from '../../../main/roster/plan-check.ts';
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
    expect(broughtBy(plan('2026-09', { [A]: [] }, 'begin'), plan('2026-08', { [A]: [1, 1, COMP] }, 'end'))).toEqual([{ run: -1, shift: null }]);
    expect(broughtBy(now, null)).toEqual(Array.from({ length: 3 }, () => ({ run: 0, shift: null })));
  });

  test('knows a shift by its hours where the pattern has changed, and the run where it is no shift any more', () => {
    const half = (cells: number[]): RosterPlan => plan('2026-08', { [A]: cells }, 'end', { shifts: [...PRESETS.half.shifts] });
    expect(broughtBy(now, half([1, 2]))[0]).toEqual({ run: 2, shift: null });
    expect(broughtBy(plan('2026-09', { [A]: [] }, 'begin', { shifts: [...PRESETS.half.shifts] }), half([1, 2]))[0]).toEqual({ run: 2, shift: 1, same: 1 });
  });

  test('counts days at another desk, whose published month is known: a day worked there is a day worked, in its shift by the hours', () => {
    const own = plan('2026-08', { [A]: [1, 1, OFF, OFF], [B]: [1, OFF], x: [1] }, 'end');
    const camera = plan('2026-08', { [A]: [3, 3], [B]: [OFF, OFF] }, 'end', { service: 'camera' });
    expect(broughtBy(now, own, [camera])).toEqual([{ run: 4, shift: 2, same: 2 }, { run: -1, shift: null }, { run: 1, shift: 0, same: 1 }]);
    const office = plan('2026-08', { [A]: [1] }, 'end', { service: 'ioc', shifts: [{ code: 'H', fromMin: 450, minutes: 570, isNight: false }] });
    expect(broughtBy(now, plan('2026-08', { [A]: [1, OFF] }, 'end'), [office])[0]).toEqual({ run: 2, shift: null });
  });

  test('of somebody who was at another desk alone is what they did there; where this desk\'s month is not known, their rest is not either', () => {
    const camera = plan('2026-08', { [A]: [1, 2, 2], [B]: [1, OFF] }, 'end', { service: 'camera' });
    expect(broughtBy(now, plan('2026-08', { x: [] }, 'end'), [camera])).toEqual([{ run: 3, shift: 1, same: 2 }, { run: -1, shift: null }, { run: -31, shift: null }]);
    expect(broughtBy(now, null, [camera])).toEqual([{ run: 3, shift: 1, same: 2 }, { run: 0, shift: null }, { run: 0, shift: null }]);
  });

  test('of a February of 28 days is no longer than that, and where nothing is known the first days are free: nothing is held against anybody', () => {
    const march = plan('2027-03', { [A]: [1, 1, 1, 1, 1, 1], [B]: [3] }, 'begin');
    expect(broughtBy(march, plan('2027-02', { [A]: Array.from({ length: 28 }, () => 1), [B]: [] }, 'end'))).toEqual([{ run: 28, shift: 0, same: 28 }, { run: -28, shift: null }]);
    expect(checkPlan(march).broken).toEqual([]);
    expect(checkPlan(march, { ...BARE, brought: broughtBy(march, null) }).broken).toEqual([]);
  });

  test('is held to the weekly rest over the border: six days in a row with those before, leave among them ends the run', () => {
    const october = plan('2026-10', { [A]: [1, 1, 1] }, 'begin');
    const after = (cells: number[]): unknown[] => checkPlan(october, { ...BARE, brought: broughtBy(october, plan('2026-09', { [A]: cells }, 'end')) }).broken.map(({ rule, day, is }) => [rule, day, is]);
    expect([after([1, 1, 1]), after([1, 1, 1, 1]), after([1, 1, 1, LEAVE]), after([1, 1, 1, 1, COMP])]).toEqual([[], [['maxRun', 0, 7]], [], []]);
    expect(after([OFF, 2])).toEqual([['notNext', 0, 8 * 60]]);
    expect(after([3, LEAVE])).toEqual([]);
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
