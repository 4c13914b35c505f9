import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { listDevices } from '../../province/devices.ts';
import { openProvince } from '../../province/open.ts';
import { ROOT, startConsole, startProvince, temporaryFolder } from '../support/processes.ts';

/** `npm start` as it runs in a terminal: a process group of its own. */
interface Started {
  child: ChildProcess;
  output(): string;
  /** Resolves when the pattern has been printed; rejects with everything printed when the program ends before. */
  prints(pattern: RegExp): Promise<RegExpExecArray>;
  /** Ctrl+C or the end of the terminal: it reaches the whole group. */
  signalAll(signal: 'SIGINT' | 'SIGHUP'): void;
  /** Exit code, once the program has ended and its output is complete. */
  ended: Promise<number | null>;
}

const world: { folder: ReturnType<typeof temporaryFolder>; data: string; ports: { console: string; province: string } } = {} as typeof world;
const started: Started[] = [];

beforeAll(async () => {
  world.folder = temporaryFolder('start');
  world.data = join(world.folder.path, 'data');
  world.ports = { console: await freePort(), province: await freePort() };
});
afterEach(() => { for (const { child } of started.splice(0)) killGroup(child); });
afterAll(() => { world.folder.remove(); });

const optionsFor = (data: string, ports: typeof world.ports): string[] => ['--data', data, '--port', ports.console, '--province-port', ports.province, '--sample', 'small', '--browser'];

function start(data: string, ports = world.ports, more: string[] = ['--no-open']): Started {
  return run(process.execPath, [join(ROOT, 'scripts/start.mjs'), ...optionsFor(data, ports), ...more]);
}

function run(command: string, args: string[]): Started {
  const env = { ...process.env };
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'DATABASE_URL', 'npm_lifecycle_event']) delete env[name];
  const child = spawn(command, args, { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { text: '', closed: false };
  const heard = (data: Buffer): void => { printed.text += data.toString(); child.emit('printed'); };
  child.stdout.on('data', heard);
  child.stderr.on('data', heard);
  const ended = once(child, 'close').then(() => { printed.closed = true; child.emit('printed'); return child.exitCode; });
  const one: Started = {
    child, ended, output: () => printed.text,
    signalAll(signal) { process.kill(-Number(child.pid), signal); },
    async prints(pattern) {
      for (;;) {
        const found = pattern.exec(printed.text);
        if (found !== null) return found;
        if (printed.closed) throw new Error(`ended with ${child.exitCode} without printing ${pattern}:\n${printed.text}`);
        await once(child, 'printed');
      }
    },
  };
  started.push(one);
  return one;
}

function killGroup(child: ChildProcess): void {
  if (groupLives(child)) process.kill(-Number(child.pid), 'SIGKILL');
}

/** Whether any process of the terminal's group still runs: start, province, console, core, a build. */
function groupLives(child: ChildProcess): boolean {
  try {
    return process.kill(-Number(child.pid), 0);
  } catch {
    return false;
  }
}

async function occupied(): Promise<{ server: Server; port: string }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: String((server.address() as AddressInfo).port) };
}

async function freePort(): Promise<string> {
  const { server, port } = await occupied();
  server.close();
  await once(server, 'close');
  return port;
}

/** One or two sentences for a person, exit code 1, and nothing left running. */
async function expectRefusal(run: Started, sentence: RegExp): Promise<void> {
  expect(await run.ended, run.output()).toBe(1);
  expect(run.output()).toMatch(sentence);
  expect(run.output()).not.toMatch(/\n\s+at |node:internal|Error:/);
  expect(groupLives(run.child)).toBe(false);
}

/** For what was left by its parent: who takes such a process over may be slow to bury it, so its group says nothing. */
async function expectPortsFree(): Promise<void> {
  for (const port of [world.ports.console, world.ports.province]) await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
}

test('a folder that cannot be written is one sentence', async () => {
  const file = join(world.folder.path, 'file');
  writeFileSync(file, '');
  await expectRefusal(start(join(file, 'inside')), /^Không ghi được vào thư mục .*inside\. Chọn thư mục khác: npm start -- --data THƯ_MỤC\n$/);
  if (process.platform === 'linux') await expectRefusal(start('/proc/ioc'), /^Không ghi được vào thư mục \/proc\/ioc\./);
});

test('a taken port is one sentence that names its option, and nothing is begun', async () => {
  const taken = await occupied();
  const data = join(world.folder.path, 'untouched');
  await expectRefusal(start(data, { ...world.ports, console: taken.port }), new RegExp(`^Cổng ${taken.port} \\(bàn điều hành\\) đang .* -- --port N\n$`));
  await expectRefusal(start(data, { ...world.ports, province: taken.port }), new RegExp(`^Cổng ${taken.port} \\(máy chủ tỉnh\\) đang .* -- --province-port N\n$`));
  taken.server.close();
  expect(readdirSync(data)).toEqual([]);
});

test('stopped while it makes the sample: nothing is left running, and no failure is claimed', async () => {
  const run = start(world.data);
  await run.prints(/Đang tạo tỉnh mẫu/);
  while (!existsSync(join(world.data, 'province/pg.new'))) await new Promise(resolve => setTimeout(resolve, 20));
  run.child.kill('SIGINT');
  expect(await run.ended, run.output()).toBe(0);
  expect(run.output()).toMatch(/Đang dừng…\n$/);
  expect(groupLives(run.child)).toBe(false);
  expect(existsSync(join(world.data, 'province/pg'))).toBe(false);
});

test('the next start makes the province whole, enrols a console that has a database but no station, and tells what runs where', async () => {
  const alone = await startConsole({ data: join(world.data, 'console') });
  await alone.stop();
  expect(existsSync(join(world.data, 'console/console.db'))).toBe(true);

  const run = start(world.data, world.ports, []);
  await run.prints(/không có màn hình/);
  const text = run.output();
  expect(text).toContain(`Máy chủ tỉnh   http://127.0.0.1:${world.ports.province} `);
  expect(text).toContain(`Dữ liệu        ${world.data}/province (tỉnh), ${world.data}/console (bàn này, đã mã hóa)`);
  expect(text).toContain(`lấy địa chỉ mới: npm run console -- address --data ${world.data}/console)`);
  expect(text).toMatch(/dongphu\.truc1 .* · Ca trưởng/);
  expect(text).toMatch(/mật khẩu chung: Mau-2026!\n {2}truc115\.1 /);
  const address = /Bàn điều hành {2}(\S+)/.exec(text)?.[1] ?? '';
  const entrance = await fetch(address, { redirect: 'manual' });
  const page = await fetch(new URL('/', address), { headers: { cookie: entrance.headers.getSetCookie().map(cookie => cookie.split(';')[0]).join('; ') } });
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  expect(readdirSync(world.data).sort()).toEqual(['console', 'province']);

  for (const ports of [world.ports, { console: await freePort(), province: await freePort() }]) {
    const second = start(world.data, ports);
    await expectRefusal(second, /^Bàn điều hành này đang chạy rồi \(tiến trình \d+\), với dữ liệu ở \S+\. Lấy địa chỉ mới để mở nó: npm run console -- .*\n$/);
    const [, pid, line = ''] = /tiến trình (\d+).* npm run console -- (.*)\n/.exec(second.output()) ?? [];
    const said = spawnSync(process.execPath, [join(ROOT, 'main/browser/index.ts'), ...line.split(' '), '--json'], { cwd: ROOT, encoding: 'utf8' });
    expect(JSON.parse(said.stdout)).toEqual({ address: expect.stringMatching(`^http://127.0.0.1:${world.ports.console}/`), pid: Number(pid) });
  }
  run.signalAll('SIGINT');
  expect(await run.ended, run.output()).toBe(0);
  expect(groupLives(run.child)).toBe(false);
}, 120_000);

test('the second start keeps the data: the same station, and no second enrolment; with the terminal it ends in order', async () => {
  const run = start(world.data);
  await run.prints(/Ctrl\+C để dừng tất cả/);
  expect(run.output()).toContain('Đang mở dữ liệu…\n');
  run.signalAll('SIGHUP');
  expect(await run.ended, run.output()).toBe(0);
  expect(groupLives(run.child)).toBe(false);
  expect(readdirSync(join(world.data, 'console')).sort()).toEqual(['console.db', 'key', 'logs']);
  expect(readdirSync(join(world.data, 'province')).filter(name => name.startsWith('province.lock'))).toEqual([]);

  const province = await openProvince({ databaseUrl: undefined, data: join(world.data, 'province'), sample: 'none', name: '', nowMs: Date.now() });
  const devices = await listDevices(province.db);
  const codes = await province.db.query('SELECT 1 FROM enrol_code');
  await province.close();
  expect(devices.map(device => device.stationCode)).toEqual(['BP-01']);
  expect(codes.length).toBe(1);
});

test.each(['SIGTERM', 'SIGKILL'] as const)('npm ended by %s and not by Ctrl+C: all that it started ends with it', async signal => {
  const npm = run('npm', ['start', '--', ...optionsFor(world.data, world.ports), '--no-open']);
  await npm.prints(/Ctrl\+C để dừng tất cả/);
  npm.child.kill(signal);
  await npm.ended;
  expect(npm.output()).toMatch(/Đang dừng…\n$/);
  await expectPortsFree();
  expect(readdirSync(join(world.data, 'console')).sort()).toEqual(['console.db', 'key', 'logs']);
});

test('started without npm it outlives whatever started it', async () => {
  const script = [process.execPath, join(ROOT, 'scripts/start.mjs'), ...optionsFor(world.data, world.ports), '--no-open'];
  const shell = run('sh', ['-c', '"$@"; exit', 'sh', ...script]);
  const [, address = ''] = await shell.prints(/Bàn điều hành {2}(\S+)[^]*Ctrl\+C để dừng tất cả/);
  shell.child.kill('SIGKILL');
  await once(shell.child, 'exit');
  await new Promise(resolve => setTimeout(resolve, 3_000));
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
  expect(shell.output()).not.toContain('Đang dừng…');
  shell.signalAll('SIGINT');
  await shell.ended;
  await expectPortsFree();
});

test('a province that already runs over the data is named before any port', async () => {
  const data = join(world.folder.path, 'held here');
  const province = await startProvince({ data: join(data, 'province'), sample: 'none' });
  await expectRefusal(start(data, { ...world.ports, province: new URL(province.ready.address).port }),
    new RegExp(`^Máy chủ tỉnh với dữ liệu ở ${data}/province đang chạy rồi \\(tiến trình ${province.child.pid}\\), .* npm run console -- address --data "${data}/console"\n$`));
  await province.stop();
});

test('with another port for the province the enrolled console would wait for ever: a sentence says which port it needs', async () => {
  const run = start(world.data, { ...world.ports, province: await freePort() });
  await expectRefusal(run, new RegExp(`đã ghi danh ở http://127\\.0\\.0\\.1:${world.ports.province}\\. .*--province-port ${world.ports.province}\n$`));
});

test('the province’s data gone and the console’s kept: a sentence, and no other province is made', async () => {
  renameSync(join(world.data, 'province'), join(world.data, 'elsewhere'));
  await expectRefusal(start(world.data), /đã ghi danh ở một máy chủ tỉnh mà dữ liệu ở .*province không còn\. Đặt lại thư mục đó, hoặc xóa .*console .*mất những gì bàn chưa gửi/);
  expect(existsSync(join(world.data, 'province'))).toBe(false);
  expect(existsSync(join(world.data, 'console/console.db'))).toBe(true);
});
