import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../contract/console.ts';
import { AppError } from '../../../contract/errors.ts';
import { readSyncState } from '../../../db/stores/sync.ts';
import { Desk, KEY, until } from '../../support/desk.ts';
import { startProgram, startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { numbered, records, tryNow } from './support.ts';

const folder = temporaryFolder('held-database');
const world = {} as { province: Running<ProvinceReady>; desk: Desk; other: Desk; atDesk: Session; atOther: Session };

beforeAll(async () => {
  world.province = await startProvince({ data: folder.path, codes: 'BP,BP' });
  const { codes, accounts, address } = world.province.ready;
  [world.desk, world.other] = await Promise.all([Desk.enrolled({ address, code: codes[0]?.code ?? '', thread: true }), Desk.enrolled({ address, code: codes[1]?.code ?? '' })]);
  await Promise.all([world.desk.loaded(), world.other.loaded()]);
  const account = accounts.find(({ role, site }) => role === 'truc_ban' && site === 'BP');
  const signIn = (desk: Desk): Promise<Session> => desk.signIn(account?.login ?? '', account?.password ?? '');
  [world.atDesk, world.atOther] = await Promise.all([signIn(world.desk), signIn(world.other)]);
});
afterAll(async () => {
  for (const desk of [world.desk, world.other]) await desk?.close();
  await world.province?.stop();
  folder.remove();
});

const hold = (desk: Desk): Promise<Running<'held'>> => startProgram<'held'>('test/support/hold-database.ts', [join(desk.dir, 'console.db'), KEY]);
const unsent = (desk: Desk): unknown => desk.reader.prepare('SELECT count(*) FROM outbox').pluck().get();

/** How it ends: the other process dies with its transaction open, as after a crash. */
async function allGoesOn(holder: Running<'held'>, ids: () => Promise<string[]>): Promise<void> {
  const { desk, other } = world;
  await holder.kill();
  tryNow(desk);
  const written = await ids();
  await until(() => written.every(id => numbered(desk, id) && numbered(other, id)) && desk.status().lastError === null && desk.status().pending === 0, 'the exchange to go on');
  expect(records(desk)).toEqual(records(other));
}

test('another process holds the database while a page comes and somebody writes: both are told by a code, nothing is lost or half there, and both go on', async () => {
  const { desk, other, atDesk, atOther } = world;
  const [before, { cursor }] = [records(desk), readSyncState(desk.reader)];
  const holder = await hold(desk);
  const theirs = await other.receive(atOther, 'Ghi khi cơ sở dữ liệu của bàn kia bị giữ');
  await until(() => desk.status().lastError?.code === 'db/busy', 'the busy database to be told');
  await expect(desk.receive(atDesk, 'Ghi khi máy bận')).rejects.toMatchObject(new AppError('db/busy', { engine: 'SQLITE_BUSY' }));
  expect([records(desk), readSyncState(desk.reader).cursor, unsent(desk)]).toEqual([before, cursor, 0]);
  await allGoesOn(holder, async () => [theirs, await desk.receive(atDesk, 'Ghi lại lần nữa')]);
});

test('another process lets go of the database in time: what somebody writes has only waited', async () => {
  const { desk, other, atDesk } = world;
  await until(() => desk.status().pending + other.status().pending === 0, 'nothing unsent');
  const holder = await hold(desk);
  const saved = { isSo: false };
  const writing = desk.receive(atDesk, 'Ghi khi máy bận một lát').finally(() => { saved.isSo = true; });
  await new Promise(resolve => setTimeout(resolve, 300));
  expect([saved.isSo, unsent(desk)]).toEqual([false, 0]);
  await allGoesOn(holder, async () => [await writing]);
});
