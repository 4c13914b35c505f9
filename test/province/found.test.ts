import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT, startConsole, temporaryFolder } from '../support/processes.ts';
import { connectWire } from '../support/wire.ts';
import { enrolStation, pullAll, startProvince, type RunningProvince } from './support.ts';

const PASSWORD = 'Mật-khẩu-bịa 1';
const NAMES = ['--code', 'bp', '--name', 'Tỉnh Mẫu', '--login', 'QuanTri', '--person', 'Trần Minh Họa'];
const world: { folder: ReturnType<typeof temporaryFolder>; data: string; running: RunningProvince | null } = {} as typeof world;

beforeAll(() => {
  world.folder = temporaryFolder('found');
  world.data = join(world.folder.path, 'tinh');
});
afterAll(async () => {
  await world.running?.stop();
  world.folder.remove();
});

/** The command with this on its standard input, which stays open: it must not wait for more. */
function province(args: string[], input = ''): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'province/index.ts'), ...args, '--data', world.data], { stdio: ['pipe', 'pipe', 'pipe'] });
  const heard = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => { heard.out += text.toString(); });
  child.stderr.on('data', (text: Buffer) => { heard.err += text.toString(); });
  child.stdin.write(input);
  return new Promise(resolve => { child.once('close', code => { child.stdin.destroy(); resolve({ code, ...heard }); }); });
}

test('what is missing or unfit is one sentence, and no province is made', async () => {
  const refusals: [string[], string, RegExp][] = [
    [NAMES.slice(2), '', /^Thiếu --code\./],
    [['--code', 'B P', ...NAMES.slice(2)], '', /^Không dùng được --code: giá trị “B P” không hợp lệ\./],
    [['--login', 'quản trị', ...NAMES.slice(0, 4), ...NAMES.slice(6)], '', /^Không dùng được --login/],
    [NAMES, 'ngắn\n', /^Không dùng được mật khẩu: cần từ 8/],
  ];
  for (const [args, input, sentence] of refusals) {
    const { code, out, err } = await province(['found', ...args], input);
    expect([code, out, err.trim().split('\n').length]).toEqual([1, '', 1]);
    expect(err).toMatch(sentence);
  }
  expect((await province(['code', '--site', 'BP'])).err).toMatch(/ở đó chưa có dữ liệu của máy chủ tỉnh/);
  expect(existsSync(world.data)).toBe(false);
});

test('an empty province is founded while its server runs; a second founding changes nothing', async () => {
  world.running = await startProvince(world.data, ['--sample', 'none']);
  const { code, out, err } = await province(['found', ...NAMES], `${PASSWORD}\n`);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^Đã lập trụ sở BP và quản trị viên quantri\. .* code --site BP --data /);
  const again = await province(['found', ...NAMES.slice(2), '--code', 'CT'], `${PASSWORD}\n`);
  expect([again.code, again.err]).toEqual([1, 'Không dùng được lệnh found: tỉnh này đã có trụ sở BP. Xem --help.\n']);

  const station = await enrolStation(world.running.address, JSON.parse((await province(['code', '--site', 'BP', '--json'])).out).code as string);
  const rows = [...(await pullAll(station.client)).rows.values()];
  expect(rows.filter(row => row.kind !== 'policy').map(row => [row.kind, row.data['code'] ?? row.data['login'], row.data['name'], row.data['roles']])).toEqual([
    ['site', 'BP', 'IOC tỉnh Mẫu', undefined], ['person', 'quantri', 'Trần Minh Họa', ['quan_tri']],
  ]);
  expect((await station.client.health()).provinceName).toBe('Tỉnh Mẫu');
});

test('a console enrols at the founded province, and its administrator signs in', async () => {
  const address = world.running?.address ?? '';
  const { code } = JSON.parse((await province(['code', '--site', 'BP', '--json'])).out) as { code: string };
  const desk = await startConsole({ data: join(world.folder.path, 'ban'), province: address, code, name: 'Bàn 01' });
  const wire = await connectWire(desk.ready.address);
  expect(await wire.client.station.state({})).toMatchObject({ enrolled: true, stationCode: 'BP-02', provinceName: 'Tỉnh Mẫu', demo: false });
  expect(await wire.client.auth.signIn({ login: 'quantri', password: PASSWORD })).toMatchObject({ name: 'Trần Minh Họa', roles: ['quan_tri'] });
  wire.close();
  await desk.stop();
});

test('without a server the command makes the province itself', async () => {
  await world.running?.stop();
  world.running = null;
  world.data = join(world.folder.path, 'tinh-khac');
  expect(JSON.parse((await province(['found', ...NAMES, '--json'], `${PASSWORD}\n`)).out)).toEqual({ site: 'BP' });
  world.running = await startProvince(world.data, ['--codes', 'BP']);
  expect(world.running).toMatchObject({ provinceName: 'Tỉnh Mẫu', accounts: [], codes: [{ site: 'BP' }] });
  const station = await enrolStation(world.running.address, world.running.codes[0]?.code ?? '');
  expect((await station.signIn({ login: 'QuanTri', password: PASSWORD })).person.login).toBe('quantri');
});
