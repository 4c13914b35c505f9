import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf, enrolStation, provinceFolder, refusalOf, startProvince, type RunningProvince } from './support.ts';

const CLI = join(import.meta.dirname, '../../province/index.ts');
const world: { province: RunningProvince; scratch: string } = {} as typeof world;

beforeAll(async () => {
  world.scratch = mkdtempSync(join(tmpdir(), 'ioc-province-cli-'));
  world.province = await startProvince(await provinceFolder(), ['--codes', 'BP,CT']);
});
afterAll(async () => {
  await world.province?.stop();
  if (world.province) rmSync(world.province.folder, { recursive: true, force: true });
  rmSync(world.scratch, { recursive: true, force: true });
});

function cli(args: string[], env: Record<string, string> = {}): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const heard = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => { heard.out += text.toString(); });
  child.stderr.on('data', (text: Buffer) => { heard.err += text.toString(); });
  return new Promise(resolve => child.once('exit', code => resolve({ code, ...heard })));
}

/** One sentence and no stack. */
function expectSentence(result: { code: number | null; err: string }, sentence: RegExp): void {
  expect(result.err).toMatch(sentence);
  expect(result.err.trim().split('\n').length).toBe(1);
  expect(result.err).not.toMatch(/\bat .*\.ts/);
  expect(result.code).toBe(1);
}

test('a ready server tells its address, its identity, the codes asked for, and the sample’s accounts', () => {
  expect(world.province).toMatchObject({ engine: 'pglite', codes: [{ site: 'BP' }, { site: 'CT' }] });
  expect(world.province.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(new Set(world.province.accounts.slice(0, 7).map(account => account.role)).size).toBe(7);
});

test('a taken port, a folder in use, a folder that cannot be written, a wrong option: one sentence each', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => taken.once('listening', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expectSentence(await cli(['--data', 'memory', '--sample', 'none', '--port', String(port)]), new RegExp(`Cổng ${port} `));
  taken.close();
  expectSentence(await cli(['--data', world.province.folder, '--port', '0']), /đang được một máy chủ khác dùng/);
  const file = join(world.scratch, 'file');
  writeFileSync(file, '');
  expectSentence(await cli(['--data', join(file, 'inside'), '--port', '0']), /Không ghi được vào thư mục/);
  if (process.platform === 'linux') expectSentence(await cli(['--data', '/proc/ioc/province', '--port', '0']), /Không ghi được vào thư mục/);
  expectSentence(await cli(['--sample', 'huge']), /--sample/);
  expectSentence(await cli(['--nonsense']), /--nonsense/);
  expectSentence(await cli(['dance']), /dance/);
});

test('a DATABASE_URL that nobody answers is one sentence', async () => {
  expectSentence(await cli(['--port', '0'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' }), /DATABASE_URL/);
});

test('help names every option and starts nothing', async () => {
  const { code, out } = await cli(['--help']);
  expect(code).toBe(0);
  for (const option of ['--data', '--port', '--sample', '--codes', '--json', 'DATABASE_URL']) expect(out).toContain(option);
});

test('code and revoke work while the server runs', async () => {
  const made = await cli(['code', '--data', world.province.folder, '--site', 'CT', '--services', '113,114', '--json']);
  const { code } = JSON.parse(made.out) as { code: string };
  const station = await enrolStation(world.province.address, code);
  const devices = await clientOf(world.province.address, station.token).health();
  expect(devices.provinceId).toBe(world.province.provinceId);
  expectSentence(await cli(['code', '--data', world.province.folder, '--site', 'NOWHERE']), /NOWHERE: không có trụ sở này, các mã đã có: .*BP.*CT/);
  expectSentence(await cli(['revoke', '--data', world.province.folder, '--station', 'NOWHERE-01']), /Không có máy trạm/);
  expect((await cli(['revoke', '--data', world.province.folder, '--station', 'CT-01'])).code).toBe(0);
  expect((await refusalOf(station.client.sync.pull({ cursor: '' }))).code).toBe('device/revoked');
});

test('the lock of a process that is gone does not keep the next one out', async () => {
  const folder = join(world.scratch, 'left-behind');
  const first = await startProvince(folder, ['--sample', 'none', '--name', 'Tỉnh Mẫu']);
  expect(first).toMatchObject({ provinceName: 'Tỉnh Mẫu', accounts: [], codes: [] });
  await first.stop('SIGKILL');
  expect(existsSync(join(folder, 'province.lock'))).toBe(true);
  const second = await startProvince(folder);
  expect(second.provinceId).toBe(first.provinceId);
  await second.stop();
  expect(existsSync(join(folder, 'province.lock'))).toBe(false);
});
