import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../contract/console.ts';
import { readSyncState } from '../../../db/stores/sync.ts';
import { Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk.ts';
import { numbered, records } from './support.ts';

/** A disk of its own for one desk, where this machine lets us make one. */
const DISK_MB = 24;
const folder = temporaryFolder('full-disk');
const world = {} as { province: Running<ProvinceReady>; desk: Desk; other: Desk; session: Session; disk: SmallDisk | null };

beforeAll(async () => {
  world.province = await startProvince({ data: folder.path, codes: 'BP,BP' });
  const { codes, accounts, address } = world.province.ready;
  world.desk = new Desk({ address, code: codes[0]?.code ?? '' });
  world.disk = mountSmallDisk(world.desk.dir, DISK_MB);
  if (world.disk === null) console.warn('skipped: a full disk at a desk (this user may not mount a disk)');
  await world.desk.open();
  await world.desk.station.handlers.enrol({ address, code: codes[0]?.code ?? '', stationName: 'Bàn đĩa nhỏ' }, { session: null, signal: new AbortController().signal });
  world.desk.sync.start();
  world.other = await Desk.enrolled({ address, code: codes[1]?.code ?? '' });
  await Promise.all([world.desk.loaded(), world.other.loaded()]);
  const account = accounts.find(({ role, site }) => role === 'truc_ban' && site === 'BP');
  world.session = await world.other.signIn(account?.login ?? '', account?.password ?? '');
});
afterAll(async () => {
  await world.desk?.stop();
  world.disk?.unmount();
  rmSync(world.desk?.dir ?? '', { recursive: true, force: true });
  await world.other?.close();
  await world.province?.stop();
  folder.remove();
});

test.for([['a page', false], ['a copy', true]] as const)('a disk that is full while %s comes: told by its code, the cursor stays, and with room again it goes on by itself', async ([, copy], { skip }) => {
  const { desk, other, session, disk } = world;
  if (disk === null) return skip();
  const before = records(desk);
  await desk.stop();
  await desk.open();
  if (copy) await desk.writer.call('sync.forgetCursor', { sameOrder: true });
  const { cursor } = readSyncState(desk.reader);
  disk.fill();
  const theirs = await other.receive(session, 'Ghi khi đĩa của bàn kia đầy '.repeat(40));
  for (let nth = 0; nth < 40; nth += 1) await other.mutate(session, 'issue.note', { id: theirs, note: 'Gọi lại, đã rõ '.repeat(60) });
  await other.settled();
  desk.sync.start();
  await until(() => desk.status().lastError?.code === 'db/disk-full', 'the full disk to be told');
  expect(readSyncState(desk.reader).cursor).toBe(cursor);
  expect(records(desk)).toEqual(before);
  disk.empty();
  await until(() => numbered(desk, theirs) && desk.status().lastError === null && desk.status().loading === null, 'the exchange to go on');
  expect(records(desk)).toEqual(records(other));
});
