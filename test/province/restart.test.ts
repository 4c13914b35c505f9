import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountOf, enrolStation, provinceFolder, pullAll, refusalOf, reportOfFire, startProvince, type RunningProvince } from './support.ts';

const CLI = join(import.meta.dirname, '../../province/index.ts');
const run = promisify(execFile);
const world: { folder: string; running: RunningProvince[] } = { folder: '', running: [] };

beforeEach(async () => { world.folder = await provinceFolder(); });
afterEach(async () => {
  for (const province of world.running.splice(0)) await province.stop('SIGKILL');
  rmSync(world.folder, { recursive: true, force: true });
});

async function start(args: string[] = []): Promise<RunningProvince> {
  const province = await startProvince(world.folder, args);
  world.running.push(province);
  return province;
}

test('a server killed in the middle of pushes keeps what it answered, and the rest once it is sent again', async () => {
  const first = await start(['--codes', 'BP']);
  const station = await enrolStation(first.address, first.codes[0]?.code ?? '');
  const { person } = await station.signIn(accountOf(first, 'ca_truong', 'BP'));
  const push = (mutations: ReturnType<typeof station.mutation>[]) => station.client.sync.push({ mutations });
  const batches = Array.from({ length: 12 }, () => Array.from({ length: 40 }, () => station.mutation('issue.receive', person.id, reportOfFire(person.siteId))));
  const answered: Awaited<ReturnType<typeof push>>[] = [];
  for (const batch of batches.slice(0, 3)) answered.push(await push(batch));
  const underWay = push(batches[3] ?? []).catch(() => null);
  await first.stop('SIGKILL');
  await underWay;

  const second = await start();
  await station.openSession(second.address);
  for (const [index, batch] of batches.entries()) {
    const answer = await push(batch);
    if (answered[index] !== undefined) expect(answer.verdicts).toEqual(answered[index].verdicts);
    expect(answer.verdicts.map(verdict => verdict.status)).toEqual(batch.map(() => 'applied'));
  }
  const { rows } = await pullAll(station.client);
  const sent = batches.flat().map(mutation => String(mutation.payload['id']));
  expect(sent.every(id => rows.has(id))).toBe(true);
  const numbers = [...rows.values()].filter(row => row.kind === 'issue').map(row => row.data['displayNo']);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('a clean stop and a second start keep identity, rows, cursors and prebuilt copies', async () => {
  const first = await start(['--codes', 'BP']);
  const station = await enrolStation(first.address, first.codes[0]?.code ?? '');
  const before = await pullAll(station.client);
  const manifest = await station.client.sync.snapshot();
  await first.stop();
  const second = await start();
  expect({ id: second.provinceId, name: second.provinceName, seq: second.seq }).toEqual({ id: first.provinceId, name: first.provinceName, seq: first.seq });
  await station.openSession(second.address);
  expect((await pullAll(station.client)).rows).toEqual(before.rows);
  expect((await station.client.sync.pull({ cursor: before.cursor })).rows).toEqual([]);
  expect(await station.client.sync.snapshot()).toEqual(manifest);
});

test('a new epoch voids cursors and copies, and keeps stations and their counts', async () => {
  const first = await start(['--codes', 'BP']);
  const station = await enrolStation(first.address, first.codes[0]?.code ?? '');
  const { person } = await station.signIn(accountOf(first, 'ca_truong', 'BP'));
  const mutation = station.mutation('issue.receive', person.id, reportOfFire(person.siteId));
  const pushed = await station.client.sync.push({ mutations: [mutation] });
  const { cursor } = await pullAll(station.client);
  const manifest = await station.client.sync.snapshot();
  await first.stop();
  await run(process.execPath, [CLI, 'new-epoch', '--data', world.folder, '--json']);
  const second = await start();
  await station.openSession(second.address);
  expect((await refusalOf(station.client.sync.pull({ cursor }))).code).toBe('sync/restart');
  expect((await station.client.sync.snapshot()).id).not.toBe(manifest.id);
  expect((await station.client.sync.push({ mutations: [mutation] })).verdicts).toEqual(pushed.verdicts);
});
