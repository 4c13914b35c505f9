import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../contract/console.ts';
import { readHeld } from '../../../db/stores/attention.ts';
import { SAMPLE_PASSWORD } from '../../../province/sample/people.ts';
import { call, Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { numbered, records, tryNow } from './support.ts';

const folder = temporaryFolder('enrolled-after-backup');
const data = join(folder.path, 'now'), copy = join(folder.path, 'copy');
const world = {} as { province: Running<ProvinceReady>; desk: Desk; other: Desk; session: Session };

async function again(codes?: string): Promise<void> {
  world.province = await startProvince({ data, port: Number(new URL(world.province.ready.address).port), sample: 'none', ...(codes === undefined ? {} : { codes }) });
}

function enrolAgain(desk: Desk, code: string | undefined): Promise<unknown> {
  return Promise.resolve(desk.station.handlers.enrolAgain({ code: code ?? '' }, call()));
}

beforeAll(async () => {
  world.province = await startProvince({ data, codes: 'BP,BP' });
  const { address, codes } = world.province.ready;
  await world.province.stop();
  cpSync(data, copy, { recursive: true });
  await again();
  world.desk = await Desk.enrolled({ address, code: codes[0]?.code ?? '' });
  await world.desk.loaded();
  world.session = await world.desk.signIn('catruong', SAMPLE_PASSWORD);
}, 90_000);
afterAll(async () => {
  for (const desk of [world.desk, world.other]) await desk?.close();
  await world.province?.stop();
  folder.remove();
});

test('a workstation that a restored province has forgotten comes back by a new code, as what it was and with all that it wrote', async () => {
  const { desk, session } = world;
  const mine = await desk.receive(session, 'Nhận sau bản sao lưu, ở máy ghi danh sau bản sao lưu');
  await desk.mutate(session, 'issue.note', { id: mine, note: 'Ghi thêm' });
  await until(() => numbered(desk, mine) && desk.status().pending === 0, 'the record at the province');
  await world.province.stop();
  rmSync(data, { recursive: true });
  cpSync(copy, data, { recursive: true });
  await again('BP,BP,BP');
  const codes = world.province.ready.codes.map(({ code }) => code);
  tryNow(desk);
  await until(() => desk.status().lastError?.code === 'device/unknown', 'the refusal');
  const before = desk.station.station();
  await expect(enrolAgain(desk, 'AAAAA-AAAAA')).rejects.toMatchObject({ code: 'enrol/code-unknown' });
  expect(desk.station.station()).toEqual(before);
  await enrolAgain(desk, codes[0]);
  expect(desk.station.station()).toMatchObject({ deviceId: before?.deviceId, privateKey: before?.privateKey });
  await until(() => desk.status().link === 'up' && desk.status().loading === null && readHeld(desk.reader).length > 0, 'what it wrote, held until its author is known again');
  expect(desk.find(mine)?.issue.history.map(({ note }) => note)).toContain('Ghi thêm');
  await desk.signIn('catruong', SAMPLE_PASSWORD);
  await until(() => desk.status().pending === 0 && numbered(desk, mine) && desk.find(mine)?.sync === 0, 'the record at the province again');
  expect(desk.status()).toMatchObject({ refused: 0, lastError: null });
  world.other = await Desk.enrolled({ address: world.province.ready.address, code: codes[1] ?? '' });
  await world.other.loaded();
  await until(() => numbered(world.other, mine), 'the record at another desk');
  expect(records(world.other)).toEqual(records(desk));
  // A station that there is, is nobody's to become, not even its own: what it may see stays as it was given.
  await expect(enrolAgain(desk, codes[2])).rejects.toMatchObject({ code: 'enrol/already-enrolled' });
}, 120_000);
