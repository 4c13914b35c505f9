import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Id } from '../../../contract/ids.ts';
import { Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk.ts';
import { numbered, records } from './support.ts';

const folder = temporaryFolder('full-province');
const world = {} as { province: Running<ProvinceReady>; desk: Desk; other: Desk; disk: SmallDisk | null };
/** Together more than what the embedded engine has taken of the disk ahead. */
const RECORDS = 40, NOTES = 20;

beforeAll(async () => {
  world.disk = mountSmallDisk(folder.path, 200);
  if (world.disk === null) console.warn('skipped: a full disk at the province (this user may not mount a disk)');
  world.province = await startProvince({ data: folder.path, codes: 'BP,BP' });
  const { codes, address } = world.province.ready;
  world.desk = await Desk.enrolled({ address, code: codes[0]?.code ?? '' });
  world.other = await Desk.enrolled({ address, code: codes[1]?.code ?? '' });
  await Promise.all([world.desk.loaded(), world.other.loaded()]);
});
afterAll(async () => {
  for (const desk of [world.desk, world.other]) await desk?.close();
  await world.province?.stop();
  world.disk?.unmount();
  folder.remove();
});

test('a province whose disk is full answers with an error and takes nothing; with room again everything is judged once', async ({ skip }) => {
  const { disk, desk, other, province: { ready, child } } = world;
  if (disk === null) return skip();
  const account = ready.accounts.find(({ role, site }) => role === 'truc_ban' && site === 'BP');
  const session = await desk.signIn(account?.login ?? '', account?.password ?? '');
  disk.fill();
  const ids: Id[] = [];
  for (let nth = 0; nth < RECORDS; nth += 1) {
    const id = await desk.receive(session, 'Ghi khi đĩa của tỉnh đầy '.repeat(40));
    ids.push(id);
    for (let note = 0; note < NOTES; note += 1) await desk.mutate(session, 'issue.note', { id, note: `${note} `.repeat(200) });
  }
  await until(() => desk.status().lastError?.code === 'link/server-error', 'the error');
  expect(desk.status().pending).toBeGreaterThan(0);
  expect(child.exitCode).toBe(null);
  disk.empty();
  await until(() => ids.every(id => numbered(desk, id) && numbered(other, id)) && desk.status().pending === 0 && desk.status().lastError === null, 'the exchange to go on');
  for (const id of ids) expect(desk.find(id)?.issue.history.filter(entry => entry.action === 'issue.note')).toHaveLength(NOTES);
  await until(() => desk.find(ids.at(-1) ?? '')?.sync === 0, 'the last row');
  expect(records(desk)).toEqual(records(other));
});
