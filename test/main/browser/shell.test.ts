import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { LAST_WORDS_BYTES, MAX_INPUT_BYTES } from '../../../contract/console.ts';
import { startShell, type Shell } from '../../../main/browser/shell.ts';
import { refuseTooLarge } from '../../../renderer/input-size.ts';
import { clientOn, connect, enter, get, openConsole, refusedStatus, STAND_IN_CORE, type Visit } from '../../support/open-console.ts';
import { writePages } from '../../support/stand-in-pages.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const newFolder = tempFolders();
const shells: Shell[] = [];
afterEach(async () => { for (const shell of shells.splice(0)) await shell.close(); });

async function open(more: { dataDir?: string; port?: number } = {}): Promise<Visit> {
  const visit = await openConsole(newFolder(), more);
  shells.push(visit.shell);
  return visit;
}
const entered = async (): Promise<Visit> => enter(await open());

describe('the printed address', () => {
  test('opens a browser once: a strict cookie for it and a way to the page without the token', async () => {
    const visit = await open();
    const first = await fetch(visit.shell.address, { redirect: 'manual' });
    expect([first.status, first.headers.get('location'), first.headers.get('cache-control')]).toEqual([303, '/', 'no-store']);
    expect(first.headers.getSetCookie()[0]).toMatch(new RegExp(`^ioc-${visit.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict`));
    const again = await fetch(visit.shell.address, { redirect: 'manual' });
    expect([again.status, again.headers.getSetCookie()]).toEqual([403, []]);
    expect(await again.text()).toContain('Mỗi địa chỉ chỉ mở được một lần');
  });

  test('opened again in the same browser leads to the page', async () => {
    const visit = await entered();
    const again = await fetch(visit.shell.address, { redirect: 'manual', headers: { cookie: visit.cookie } });
    expect(again.status).toBe(303);
  });

  test('is another one after a restart, and old cookies are worthless', async () => {
    const before = await entered();
    await shells.pop()?.close();
    const after = await open({ dataDir: before.dataDir, port: before.port });
    expect(after.shell.address).not.toBe(before.shell.address);
    expect(await get({ ...after, cookie: before.cookie }, '/')).toMatch(/^HTTP\/1\.1 403/);
  });
});

describe('the wire', () => {
  const settings = { language: 'vi', theme: 'dark', scale: 1.25 } as const;

  test('carries calls and changes, for several windows at once', async () => {
    const visit = await entered();
    const sockets = await Promise.all([connect(visit), connect(visit)]);
    const [one, two] = sockets.map(clientOn);
    if (one === undefined || two === undefined) throw new Error('two windows');
    const changes = await two.changes({});
    const asked = changes.next();
    await two.station.state({});
    expect(await one.station.saveSettings(settings)).toEqual(settings);
    expect((await asked).value).toEqual({ tables: ['settings'], issueIds: [], fresh: {} });
    await expect(one.issues.counts({})).rejects.toMatchObject({ code: 'APP', data: { code: 'auth/not-signed-in' } });
    for (const socket of sockets) socket.close();
  });

  test('loses no first call where the core is late to read it and the shell wakes first', async () => {
    const { shell, ...visit } = await entered();
    const awake = new Int32Array(new SharedArrayBuffer(4));
    const post = shell.supervisor.post.bind(shell.supervisor);
    shell.supervisor.post = (message, handle) => {
      const isSent = post(message, handle);
      if (message.type === 'socket') Atomics.wait(awake, 0, 0, 20_000);
      return isSent;
    };
    const caller = new Worker(join(import.meta.dirname, '../../support/first-caller.ts'), { workerData: { visit, corePid: shell.supervisor.pid, awake } });
    expect(await once(caller, 'message')).toEqual(['answered']);
  });

  test('of a killed core closes at once; a new one works and has what was saved', async () => {
    const visit = await entered();
    const socket = await connect(visit);
    await clientOn(socket).station.saveSettings(settings);
    const closed = once(socket, 'close');
    const { supervisor } = visit.shell;
    const noticed = new Promise<void>(resolve => { supervisor.onState(state => { if (state.name === 'restarting') resolve(); }); });
    process.kill(supervisor.pid ?? 0, 'SIGKILL');
    await Promise.all([closed, noticed]);
    expect(await refusedStatus(visit)).toBe(503);
    await supervisor.ready();
    const again = await connect(visit);
    expect(await clientOn(again).station.settings({})).toEqual(settings);
    again.close();
  });

  test('takes the largest input that a screen may send, with every letter escaped, and goes on', async () => {
    const visit = await entered();
    const socket = await connect(visit);
    const client = clientOn(socket);
    const bare = JSON.stringify({ login: '', password: 'x' }).length;
    const largest = { login: '"'.repeat(Math.floor((MAX_INPUT_BYTES - bare) / 2)), password: 'x' };
    expect(() => { refuseTooLarge(largest); }).not.toThrow();
    await expect(client.auth.signIn(largest)).rejects.toMatchObject({ data: { code: 'input/invalid' } });
    expect(await client.station.saveSettings(settings)).toEqual(settings);
    socket.close();
  });

  test('ends a screen that sends more than a screen would', async () => {
    const visit = await entered();
    const socket = await connect(visit);
    socket.send('x'.repeat(MAX_INPUT_BYTES + 64 * 1024 + 1));
    const [code] = await once(socket, 'close') as [number];
    expect(code).toBe(1009);
  });
});

describe('last words', () => {
  const say = (visit: Visit, body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${visit.origin}/last-words`, { method: 'POST', headers: { cookie: visit.cookie, origin: visit.origin, 'content-type': 'application/json', ...headers }, body });
  const letter = (path: string[], input: unknown): string => JSON.stringify({ path, input });
  const settings = { language: 'en', theme: 'light', scale: 1.5 } as const;

  test('of a page that goes are a call like any other', async () => {
    const visit = await entered();
    const answer = await say(visit, letter(['station', 'saveSettings'], settings));
    expect([answer.status, await answer.json()]).toEqual([200, { output: settings }]);
    const socket = await connect(visit);
    expect(await clientOn(socket).station.settings({})).toEqual(settings);
    socket.close();
    const refused = await say(visit, letter(['issues', 'counts'], {}));
    expect([refused.status, await refused.json()]).toEqual([422, { code: 'auth/not-signed-in' }]);
  });

  test('are taken from our own page only, in the form that it sends', async () => {
    const visit = await entered();
    const good = letter(['station', 'state'], {});
    for (const headers of [{ origin: 'https://evil.example' }, { cookie: '' }] as Record<string, string>[]) expect((await say(visit, good, headers)).status).toBe(403);
    expect(await get(visit, '/last-words')).toMatch(/^HTTP\/1\.1 404/);
    for (const body of ['', '{', '{}', letter(['station'], {}), letter(['station', 'state'], 'x'.repeat(LAST_WORDS_BYTES))]) expect((await say(visit, body)).status).toBe(400);
    expect(await (await say(visit, letter(['station', '__proto__'], {}))).json()).toEqual({ code: 'internal/unexpected' });
  });
});

test('a core that is given up is explained on the page', async () => {
  const visit = await entered();
  const { supervisor } = visit.shell;
  const gaveUp = new Promise<void>(resolve => { supervisor.onState(state => { if (state.name === 'gave-up') resolve(); }); });
  writeFileSync(join(visit.dataDir, 'damaged'), '');
  process.kill(supervisor.pid ?? 0, 'SIGKILL');
  await gaveUp;
  const answer = await fetch(visit.origin, { headers: { cookie: visit.cookie } });
  expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('Tệp dữ liệu bị hỏng') as string]);
});

describe('starting refuses', () => {
  const parts = (folder: string) => ({ coreEntry: STAND_IN_CORE, pages: join(folder, 'pages') });
  const start = (dataDir: string, folder: string, port = 0): Promise<Shell> => startShell({ dataDir, port, enrol: null, parts: parts(folder) });

  test('a port that is taken', async () => {
    const folder = newFolder();
    writePages(join(folder, 'pages'));
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(start(join(folder, 'data'), folder, port)).rejects.toMatchObject({ code: 'shell/port-taken', facts: { port } });
    other.close();
  });

  test('a folder that cannot be written', async () => {
    const folder = newFolder();
    writePages(join(folder, 'pages'));
    writeFileSync(join(folder, 'file'), '');
    await expect(start(join(folder, 'file/data'), folder)).rejects.toMatchObject({ code: 'shell/folder-read-only' });
  });

  test('a folder that another console has open, which goes on undisturbed', async () => {
    const first = await entered();
    const folder = newFolder();
    writePages(join(folder, 'pages'));
    await expect(start(first.dataDir, folder)).rejects.toMatchObject({ code: 'db/locked-by-other' });
    const announced = JSON.parse(readFileSync(join(first.dataDir, 'console.json'), 'utf8')) as { origin: string };
    expect(announced.origin).toBe(first.origin);
    expect(await get(first, '/')).toMatch(/^HTTP\/1\.1 200/);
  });

  test('to show pages that have not been built', async () => {
    await expect(start(newFolder(), newFolder())).rejects.toMatchObject({ code: 'shell/not-built' });
  });

  test('to make a new key where a database lies without one', async () => {
    const folder = newFolder();
    writePages(join(folder, 'pages'));
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'console.db'), 'encrypted');
    await expect(start(dataDir, folder)).rejects.toMatchObject({ code: 'db/key-missing', facts: { file: join(dataDir, 'key') } });
    writeFileSync(join(dataDir, 'key'), 'half a k');
    await expect(start(dataDir, folder)).rejects.toMatchObject({ code: 'db/key-missing' });
    expect(readFileSync(join(dataDir, 'key'), 'utf8')).toBe('half a k');
  });
});

test.runIf(process.platform !== 'win32')('the key and the command line’s token are for this account alone, and the key stays', async () => {
  const visit = await open();
  for (const file of ['key', 'console.json']) expect(statSync(join(visit.dataDir, file)).mode & 0o777, file).toBe(0o600);
  const key = readFileSync(join(visit.dataDir, 'key'), 'utf8');
  expect(key).toMatch(/^[0-9a-f]{64}\n$/);
  await shells.pop()?.close();
  expect(() => statSync(join(visit.dataDir, 'console.json'))).toThrow('ENOENT');
  const again = await open({ dataDir: visit.dataDir });
  expect(readFileSync(join(again.dataDir, 'key'), 'utf8')).toBe(key);
});
