import { afterEach, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { daysOf, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { createRosters } from '../../../main/roster/rosters.ts';
import { openDatabase } from '../../../db/open.ts';
import { schemaVersion } from '../../../db/migrate.ts';
import { testDesk } from '../issues/desk.ts';
import { sessionWith, T0 } from '../issues/support.ts';
import { KEY, openDesk } from '../../db/support.ts';
import { undoTo } from '../../db/undo.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const lead = { session: sessionWith({ roles: ['ca_truong'] }), signal: new AbortController().signal };
const MONTH = '2027-09';
const plan = (cell: number, month = MONTH): RosterPlan => ({ service: '115', month, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: [1, 2, 3].map(n => ({ personId: null, name: `Mẫu ${n}`, cells: Array.from({ length: daysOf(month) }, (_, day) => (day < 3 && n === 1 ? cell : OFF)) })) });

async function desk() {
  const made = await testDesk();
  ends.push(() => made.close());
  const { handlers, close } = createRosters({ reader: made.reader, writer: made.writer, linkIsUp: () => false, correctedNowMs: () => made.now.ms, nowMs: () => made.now.ms, station: () => made.station, log: { error: () => undefined }, onNews: () => undefined });
  ends.push(close);
  return handlers;
}
const place = { service: '115' as const, month: MONTH };

test('copies are kept by name beside the draft, with what is compared of them; what was said later counts', async () => {
  const handlers = await desk();
  expect(await handlers.copies(place, lead)).toEqual([]);
  await handlers.save({ plan: plan(OFF) }, lead);
  const page = newId(T0);
  await handlers.saveCopy({ name: 'Phương án A', plan: plan(3), turn: { page, n: 2 } }, lead);
  expect(await handlers.saveCopy({ name: 'Phương án A', plan: plan(1), turn: { page, n: 1 } }, lead)).toEqual({ savedAtMs: expect.any(Number) as number });
  await handlers.saveCopy({ name: 'Phương án B', plan: plan(1) }, lead);
  const copies = await handlers.copies(place, lead);
  expect(copies.map(({ name, plan: kept }) => [name, kept.members[0]!.cells[0]])).toEqual([['Phương án A', 3], ['Phương án B', 1]]);
  expect(copies[0]!.figures).toEqual({ empty: 90 - 3, law: 0, house: 0, minutesApart: 3 * 480, nightsApart: 3 });
  expect(await handlers.figures(plan(OFF), lead)).toEqual({ empty: 90, law: 0, house: 0, minutesApart: 0, nightsApart: 0 });
  expect((await handlers.open(place, lead)).plan).toEqual(plan(OFF));
  expect(await handlers.copies({ ...place, month: '2027-10' }, lead)).toEqual([]);
});

test('there are four of a month at most: a fifth is refused and nothing is lost, one that is there can be saved again, and a removed one makes room', async () => {
  const handlers = await desk();
  for (const name of ['A', 'B', 'C', 'D']) await handlers.saveCopy({ name, plan: plan(1) }, lead);
  await expect((async () => handlers.saveCopy({ name: 'E', plan: plan(1) }, lead))()).rejects.toMatchObject({ code: 'roster/copies-full' });
  await handlers.saveCopy({ name: 'E', plan: plan(1, '2027-10') }, lead);
  await handlers.saveCopy({ name: 'D', plan: plan(2) }, lead);
  await handlers.removeCopy({ ...place, name: 'A' }, lead);
  await handlers.saveCopy({ name: 'E', plan: plan(3) }, lead);
  expect((await handlers.copies(place, lead)).map(({ name, plan: kept }) => `${name}${kept.members[0]!.cells[0]}`)).toEqual(['B1', 'C1', 'D2', 'E3']);
});

test('who does not plan the desk sees and keeps no copies, and gets nothing explained', async () => {
  const handlers = await desk();
  const other = { session: sessionWith({ roles: ['ca_truong'], scope: { siteIds: null, services: ['113'] } }), signal: new AbortController().signal };
  for (const call of [() => handlers.copies(place, other), () => handlers.saveCopy({ name: 'A', plan: plan(1) }, other), () => handlers.removeCopy({ ...place, name: 'A' }, other), () => handlers.figures(plan(1), other),
    () => handlers.conflicts(plan(1), other), () => handlers.whyNot({ plan: plan(1), day: 0, shift: 0 }, other), () => handlers.waysOut({ plan: plan(1), of: { kind: 'gap', day: 0, shift: 0 } }, other)]) {
    await expect((async () => call())()).rejects.toMatchObject({ code: 'auth/forbidden' });
  }
});

test('a database of before has room for copies after it is opened', () => {
  const { file, db, close } = openDesk();
  undoTo(db, 158);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(schemaVersion(after)).toBeGreaterThanOrEqual(159);
  expect(after.prepare('SELECT * FROM roster_copy').all()).toEqual([]);
  after.close();
});
