import { afterEach, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { LEAVE, OFF, RosterPlan, type RosterJob } from '../../../contract/roster.ts';
import { problemOf, WEIGHTS } from '../../../main/roster/model.ts';
import { checkPlan, linePlanOf, rosterOf } from '../../../main/roster/plan-check.ts';
import { createRosters } from '../../../main/roster/rosters.ts';
import { testDesk } from '../issues/desk.ts';
import { sessionWith, T0 } from '../issues/support.ts';
import { checkRoster } from './check.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const as = (some: Parameters<typeof sessionWith>[0] = {}) => ({ session: sessionWith({ roles: ['ca_truong'], ...some }), signal: new AbortController().signal });

/** A workstation whose directory has so many operators of the line, one of another line, one who has left, and a lead. */
async function desk(people: number) {
  const made = await testDesk();
  ends.push(() => made.close());
  const person = (name: string, some: object = {}) => ({ kind: 'person' as const, id: newId(T0), seq: 9, deleted: false, data: { siteId: made.station.site.id, unitId: null, login: name, name, title: '', roles: ['truc_ban'], services: ['115'], active: true, ...some } });
  const rows = [
    ...Array.from({ length: people }, (_, i) => person(`Trực Mẫu ${i + 1}`)), person('Người Tuyến Khác', { services: ['114'] }), person('Người Đã Nghỉ', { active: false }),
    person('Ca Trưởng Mẫu', { roles: ['ca_truong'] }), person('Người Nơi Khác', { siteId: newId(T0) }),
  ].map(row => ({ ...row, data: { id: row.id, ...row.data } }));
  await made.writer.call('sync.applyPage', { rows, cursor: 'c9', verdicts: [], atMs: T0 });
  const news: number[] = [];
  const { handlers, close } = createRosters({ reader: made.reader, writer: made.writer, linkIsUp: () => true, correctedNowMs: () => made.now.ms, nowMs: () => made.now.ms, station: () => made.station, log: { error: () => undefined }, onNews: () => { news.push(1); } });
  ends.push(close);
  return { made, handlers, news };
}

const ours = ({ members, ...plan }: RosterPlan): RosterPlan => ({ ...plan, members: members.filter(({ name }) => name.startsWith('Trực Mẫu')) });
async function ended(handlers: Awaited<ReturnType<typeof desk>>['handlers'], { id }: RosterJob): Promise<RosterJob> {
  await expect.poll(async () => (await handlers.job({ id }, as()))?.state, { timeout: 45_000 }).not.toBe('running');
  return (await handlers.job({ id }, as()))!;
}
/** The months of a search that is called off as soon as it has a roster of less than this cost: whether there is a cheaper one is not asked. */
async function found(handlers: Awaited<ReturnType<typeof desk>>['handlers'], plan: RosterPlan, below: number): Promise<RosterJob> {
  const job = await handlers.solve({ plan, seconds: 100 }, as());
  await expect.poll(async () => { const now = await handlers.job({ id: job.id }, as()); return now?.state !== 'running' || (now.cost ?? Infinity) < below; }, { timeout: 45_000 }).toBe(true);
  await handlers.callOff({ id: job.id }, as());
  return ended(handlers, job);
}
const filled = (plan: RosterPlan, { cells }: RosterJob): RosterPlan => ({ ...plan, members: plan.members.map((member, row) => ({ ...member, cells: cells![row]! })) });

describe('a month of duty', () => {
  test('begins with the seats and shifts of the regulation and who the directory has for the line; what is typed stays', async () => {
    const { handlers } = await desk(3);
    const place = { service: '115' as const, month: '2026-08' };
    const first = await handlers.open(place, as());
    expect(first).toMatchObject({ savedAtMs: null, plan: { seats: 1, profile: 'LAB48', shifts: [{ code: 'S' }, { code: 'C' }, { code: 'Đ', isNight: true }] } });
    expect(first.plan.members.map(({ name }) => name).filter(name => /Trực Mẫu|Người|Ca Trưởng Mẫu/.test(name))).toEqual(['Trực Mẫu 1', 'Trực Mẫu 2', 'Trực Mẫu 3']);
    expect(RosterPlan.parse(first.plan)).toEqual(first.plan);
    const plan = { ...first.plan, members: first.plan.members.map(member => ({ ...member, cells: member.cells.map((_, day) => day % 3) })) };
    const page = newId(T0);
    await handlers.save({ plan, turn: { page, n: 2 } }, as());
    await handlers.save({ plan: first.plan, turn: { page, n: 1 } }, as());
    expect((await handlers.open(place, as())).plan).toEqual(plan);
    expect((await handlers.open({ ...place, month: '2026-09' }, as())).savedAtMs).toBeNull();
    expect(await handlers.first(place, as())).toEqual(first.plan);
    expect((await handlers.open({ service: '114', month: '2026-08' }, as())).plan.seats).toBe(2);
  });

  test('is planned by who has the line only', async () => {
    const { handlers } = await desk(1);
    const lead = as({ scope: { siteIds: null, services: ['113'] } });
    const { plan } = await handlers.open({ service: '115', month: '2026-08' }, as());
    for (const call of [() => handlers.open({ service: '115', month: '2026-08' }, lead), () => handlers.save({ plan }, lead), () => handlers.first({ service: '115', month: '2026-08' }, lead), () => handlers.solve({ plan, seconds: 1 }, lead), () => handlers.file({ plan, format: 'xlsx', member: null }, lead), () => handlers.check(plan, lead), () => handlers.look({ plan, member: 0, day: 0 }, lead)]) {
      await expect((async () => call())()).rejects.toThrow(expect.objectContaining({ code: 'auth/forbidden' }));
    }
  });

  test('of 115 with its three people is 15 shifts short of 93, and nobody alive could sit on more; with four nothing is missing (roster, §4)', async () => {
    for (const [people, missing, least] of [[3, 15, 4], [4, 0, 4]] as const) {
      const { handlers, news } = await desk(people);
      const plan = ours((await handlers.open({ service: '115', month: '2026-08' }, as())).plan);
      expect((await handlers.check(plan, as())).capacity).toMatchObject({ needed: 93, able: people * 26, missing, people: least, eachMost: 26 });
      const job = await found(handlers, plan, missing * WEIGHTS.under + WEIGHTS.over);
      expect(job).toMatchObject({ state: 'ended', without: [] });
      const month = filled(plan, job);
      const { gaps, broken, shares } = await handlers.check(month, as());
      expect(gaps.reduce((sum, { is, need }) => sum + need - is, 0)).toBe(missing);
      expect(broken).toEqual([]);
      const { objective, violations } = checkRoster(problemOf(linePlanOf(month)), rosterOf(month));
      expect([objective, violations]).toEqual([job.cost, []]);
      expect(shares.map(({ minutes }) => minutes).reduce((sum, minutes) => sum + minutes, 0)).toBe((93 - missing) * 480);
      expect(news.length).toBeGreaterThan(0);
    }
  });

  test('is planned around the leave that is in it, and leave stays', async () => {
    const { handlers } = await desk(5);
    const { plan: empty } = await handlers.open({ service: '115', month: '2026-08' }, as());
    const away = [3, 4, 5, 6, 20];
    const base = ours(empty);
    const plan: RosterPlan = { ...base, members: base.members.map((member, row) => (row === 0 ? { ...member, cells: member.cells.map((cell, day) => (away.includes(day) ? LEAVE : cell)) } : member)) };
    const job = await found(handlers, plan, WEIGHTS.under);
    expect(job.cells![0]!.flatMap((cell, day) => (cell === LEAVE ? [day] : []))).toEqual(away);
    const { gaps, broken } = await handlers.check(filled(plan, job), as());
    expect([gaps.filter(({ is, need }) => is < need), broken]).toEqual([[], []]);
  });

  test('called off, a search ends with the best that it has; another search ends the one before', async () => {
    const { handlers } = await desk(10);
    const plan: RosterPlan = { ...ours((await handlers.open({ service: '113', month: '2026-08' }, as())).plan), seats: 2, members: ours((await handlers.open({ service: '115', month: '2026-08' }, as())).plan).members };
    const first = await handlers.solve({ plan, seconds: 100 }, as());
    await expect.poll(async () => (await handlers.job({ id: first.id }, as()))?.cost ?? null, { timeout: 30_000 }).not.toBeNull();
    await handlers.callOff({ id: first.id }, as());
    const over = await ended(handlers, first);
    expect(over).toMatchObject({ state: 'ended', cells: expect.any(Array) as unknown });
    expect(over.isProven || over.isCalledOff).toBe(true);
    expect(checkPlan(filled(plan, over)).broken).toEqual([]);
    const [second, third] = [await handlers.solve({ plan, seconds: 100 }, as()), await handlers.solve({ plan, seconds: 1 }, as())];
    expect((await ended(handlers, third)).state).toBe('ended');
    expect(await ended(handlers, second)).toMatchObject({ state: 'ended', isOvertaken: true, isCalledOff: false });
    // What the first one found waits still.
    expect(await handlers.job({ id: first.id }, as())).toEqual(over);
  });
});

describe('an absence', () => {
  test('is replanned with the fewest changes around it, the seats that were lost asked for again; what was before it stays', async () => {
    const { handlers } = await desk(5);
    const empty = ours((await handlers.open({ service: '115', month: '2026-08' }, as())).plan);
    // Five people on S S C C Đ Đ and four off, two days apart: each shift has one of them.
    const turn = [1, 1, 2, 2, 3, 3, 0, 0, 0, 0];
    const plan = { ...empty, members: empty.members.map((member, row) => ({ ...member, cells: member.cells.map((_, day) => turn[(day + row * 2) % 10]!) })) };
    const lost = plan.members[1]!.cells.slice(10, 15).filter(cell => cell > OFF).length;
    const { cells, changes, gaps, isProven, kept } = await handlers.replan({ plan, member: 1, from: 10, to: 14 }, as());
    expect([gaps, isProven, kept]).toEqual([[], true, []]);
    expect(changes).toHaveLength(lost);
    expect(cells[1]!.slice(10, 15)).toEqual([LEAVE, LEAVE, LEAVE, LEAVE, LEAVE]);
    for (const { member, day, was, is } of changes) expect([day >= 10, plan.members[member]!.cells[day], cells[member]![day]]).toEqual([true, was, is]);
    const found = { ...plan, members: plan.members.map((member, row) => ({ ...member, cells: cells[row]! })) };
    expect(checkRoster(problemOf(linePlanOf(found)), rosterOf(found)).violations).toEqual([]);
    expect(checkPlan(found).gaps).toEqual(checkPlan(plan).gaps);
  });

  test('that nobody can stand in for is told shift by shift; whose month breaks the rules already stays as it is', async () => {
    const { handlers } = await desk(3);
    const empty = ours((await handlers.open({ service: '115', month: '2026-08' }, as())).plan);
    const plan = { ...empty, members: empty.members.map((member, row) => ({ ...member, cells: member.cells.map(() => row + 1) })) };
    const { cells, changes, gaps, isProven, kept } = await handlers.replan({ plan, member: 2, from: 29, to: 30 }, as());
    expect([changes, isProven, kept]).toEqual([[], true, [0, 1, 2]]);
    expect(gaps).toEqual([{ day: 29, shift: 2, is: 0, need: 1 }, { day: 30, shift: 2, is: 0, need: 1 }]);
    expect(cells.slice(0, 2)).toEqual(plan.members.slice(0, 2).map(member => member.cells));
  });

  test('is sought on behind its first answer until that is proven or called off; another one ends it, and is asked for by its own id', async () => {
    const { handlers } = await desk(6);
    const empty = ours((await handlers.open({ service: '115', month: '2026-08' }, as())).plan);
    const plan = { ...empty, seats: 2, members: empty.members.map((member, row) => ({ ...member, cells: member.cells.map((_, day) => [1, 1, 2, 2, 3, 3, 0, 0][(day + row * 2) % 8]!) })) };
    const now = async (id: string) => handlers.replanned({ id }, as());
    const first = await handlers.replan({ plan, member: 0, from: 8, to: 12 }, as());
    await expect.poll(async () => (await now(first.id))?.isOver, { timeout: 45_000 }).toBe(true);
    const proven = (await now(first.id))!;
    expect(proven.isProven).toBe(true);
    const open = (found: typeof proven): number => found.gaps.reduce((sum, { is, need }) => sum + need - is, 0);
    expect([open(proven) - open(first), open(proven) - open(first) || proven.changes.length - first.changes.length].every(by => by <= 0)).toBe(true);
    const second = await handlers.replan({ plan, member: 1, from: 3, to: 9 }, as());
    expect(await now(first.id)).toBeNull();
    await handlers.callOff({ id: second.id }, as());
    await expect.poll(async () => (await now(second.id))?.isOver, { timeout: 45_000 }).toBe(true);
  });

  test('is of a member of the plan and of its days, and is asked for by who has the line', async () => {
    const { handlers } = await desk(2);
    const plan = ours((await handlers.open({ service: '115', month: '2026-09' }, as())).plan);
    for (const wrong of [{ member: 2, from: 0, to: 1 }, { member: 0, from: 5, to: 4 }, { member: 0, from: 29, to: 30 }]) {
      await expect((async () => handlers.replan({ plan, ...wrong }, as()))()).rejects.toThrow(expect.objectContaining({ code: 'roster/absence' }));
    }
    await expect((async () => handlers.replan({ plan: { ...plan, members: [] }, member: 0, from: 0, to: 0 }, as()))()).rejects.toThrow(expect.objectContaining({ code: 'roster/nobody' }));
    await expect((async () => handlers.replan({ plan, member: 0, from: 0, to: 0 }, as({ scope: { siteIds: null, services: ['113'] } })))()).rejects.toThrow(expect.objectContaining({ code: 'auth/forbidden' }));
    expect(await handlers.replan({ plan, member: 0, from: 3, to: 4 }, as())).toMatchObject({ changes: [], gaps: [], isProven: true });
  });
});

test('what a hand has put is checked as strictly: rest between shifts, days and nights in a row, hours, leave, seats', async () => {
  const { handlers } = await desk(1);
  const base = ours((await handlers.open({ service: '115', month: '2026-08' }, as())).plan);
  const checked = (cells: Record<number, number>) => checkPlan({ ...base, members: base.members.map(member => ({ ...member, cells: member.cells.map((cell, day) => cells[day] ?? cell) })) });
  expect(checked({ 0: 3, 1: 1 }).broken).toEqual([{ member: 0, rule: 'notNext', day: 1, is: 0, allowed: 720, binds: 'law', limit: 'restMinutes' }]);
  expect(checked({ 0: 1, 1: 1 }).broken).toEqual([]);
  expect(checked(Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map(day => [day, 1]))).broken).toEqual([{ member: 0, rule: 'maxRun', day: 1, is: 7, allowed: 6, binds: 'house', limit: 'maxRun' }]);
  expect(checked(Object.fromEntries([1, 2, 3, 4, 5].map(day => [day, 3]))).broken.map(({ rule }) => rule)).toEqual(['maxRunOf']);
  const all = checked(Object.fromEntries(Array.from({ length: 31 }, (_, day) => [day, 1])));
  expect(all.broken.filter(({ rule }) => rule === 'minutes')).toEqual([{ member: 0, rule: 'minutes', day: null, is: 31 * 480, allowed: Math.floor(2_880 * 31 / 7), binds: 'law', limit: 'weekMinutes' }]);
  expect(all.shares).toEqual([{ minutes: 31 * 480, shifts: 31, nights: 0, weekends: 10 }]);
  expect(all.gaps).toHaveLength(62);
  expect(checkPlan({ ...base, members: [] })).toEqual({ capacity: null, gaps: [], lacking: [], broken: [], shares: [] });
});

test('a plan that does not fit its month or its pattern is no plan', async () => {
  const { handlers } = await desk(1);
  const { plan } = await handlers.open({ service: '115', month: '2026-08' }, as());
  expect(RosterPlan.safeParse(plan).success).toBe(true);
  for (const wrong of [{ month: '2026-09' }, { month: '2026-13' }, { shifts: plan.shifts.slice(0, 2), members: plan.members.map(member => ({ ...member, cells: member.cells.map(() => 3) })) }, { seats: 0 }, { service: '1022' }]) {
    expect(RosterPlan.safeParse({ ...plan, ...wrong }).success).toBe(false);
  }
  expect(plan.members.every(({ cells }) => cells.every(cell => cell === OFF))).toBe(true);
  await expect((async () => handlers.solve({ plan: { ...plan, members: [] }, seconds: 1 }, as()))()).rejects.toThrow(expect.objectContaining({ code: 'roster/nobody' }));
});
