import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

function findBinary(): string | null {
  const inside = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform as string] ?? 'electron';
  const binary = process.env['ELECTRON_BIN'] ?? join(ROOT, 'node_modules/electron/dist', inside);
  return existsSync(binary) ? binary : null;
}

const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
const binary = findBinary();
const reason = binary === null ? 'no Electron binary' : hasDisplay ? null : 'no display for Electron';
if (reason !== null) console.log(`skipped: ${reason}`);

describe.skipIf(reason !== null)('the Electron shell', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ioc-electron-'));
  // A container's root cannot use Chromium's own sandbox; on a person's machine this line adds nothing.
  const args = [ROOT, '--data', dataDir, '--allow-unsafe-key', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const running = {} as { app: ElectronApplication; page: Page };
  // As text: the tests are compiled without the browser's types.
  const inPage = (expression: string): Promise<unknown> => running.page.evaluate(expression);
  const shellLog = () => readFileSync(join(dataDir, 'logs/shell.log'), 'utf8');

  beforeAll(async () => {
    for (const [script, more] of [['scripts/build.mjs', []], ['node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']]] as const) {
      const built = spawnSync(process.execPath, [join(ROOT, script), ...more], { cwd: ROOT, encoding: 'utf8' });
      if (built.status !== 0) throw new Error(built.stdout + built.stderr);
    }
    running.app = await _electron.launch({ executablePath: binary ?? '', args });
    running.page = await running.app.firstWindow();
    await running.page.waitForSelector('#root > *');
  });
  afterAll(async () => {
    await running.app?.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  test('shows its page from its own scheme, without Node in it', async () => {
    expect(running.page.url()).toMatch(/^app:\/\/console\//);
    expect(await inPage('[isSecureContext, typeof require, typeof process, iocPort]'))
      .toEqual([true, 'undefined', 'undefined', true]);
  });

  test('runs the page sandboxed and isolated', async () => {
    // Electron has this method and leaves it out of its types.
    const preferences: unknown = await running.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const read: unknown = contents === undefined ? undefined : Reflect.get(contents, 'getLastWebPreferences');
      return typeof read === 'function' ? Reflect.apply(read, contents, []) : null;
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false });
  });

  test('opens no window, goes nowhere, loads nothing from outside', async () => {
    const tried = await inPage(`(async () => {
      const opened = window.open('https://example.org/');
      const fetched = await fetch('https://example.org/').then(() => 'loaded', () => 'refused');
      location.href = 'https://example.org/';
      await new Promise(resolve => setTimeout(resolve, 500));
      return { opened: opened !== null, fetched };
    })()`);
    expect(tried).toEqual({ opened: false, fetched: 'refused' });
    expect(running.page.url()).toMatch(/^app:\/\/console\//);
  });

  test('grants no permission that is not in the table', async () => {
    expect(await inPage(`navigator.permissions.query({ name: 'geolocation' }).then(status => status.state)`)).toBe('denied');
    expect(await inPage(`navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', () => 'denied')`)).toBe('denied');
  });

  test('runs no script that stands in the page', async () => {
    expect(await inPage(`(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.foreign = true';
      document.head.append(script);
      return globalThis.foreign ?? 'did not run';
    })()`)).toBe('did not run');
  });

  test('keeps the key sealed and the database encrypted', () => {
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['console.db', 'key-safe-storage.json']));
    expect(readFileSync(join(dataDir, 'console.db')).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  });

  test('brings the core back when it is killed', async () => {
    const before = shellLog().split('"state":"ready"').length;
    const pid = await running.app.evaluate(({ app }) => app.getAppMetrics().find(m => m.name === 'IOC core' || m.serviceName === 'IOC core')?.pid);
    expect(pid).toBeGreaterThan(0);
    process.kill(pid ?? 0, 'SIGKILL');
    await expect.poll(() => shellLog().split('"state":"ready"').length, { timeout: 20_000 }).toBe(before + 1);
  });

  test('runs once for each data folder: a second start ends and shows the first', async () => {
    const second = spawn(binary ?? '', args, { stdio: 'ignore' });
    expect(await new Promise(resolve => { second.once('exit', resolve); })).toBe(0);
    expect(await inPage('document.readyState')).toBe('complete');
  });

  test('packed, has its fuses burnt', async () => {
    const release = mkdtempSync(join(tmpdir(), 'ioc-release-'));
    const packed = spawnSync(process.execPath, [join(ROOT, 'scripts/pack.mjs'), '--dir', '--skip-build', '--output', release], { cwd: ROOT, encoding: 'utf8' });
    expect(packed.status, packed.stdout + packed.stderr).toBe(0);
    const folder = readdirSync(release).find(name => name.endsWith('-unpacked') || name.startsWith('mac'));
    const program = { win32: 'IOC Console.exe', darwin: 'IOC Console.app' }[process.platform as string] ?? 'ioc-console';
    const wire = await getCurrentFuseWire(join(release, folder ?? '', program));
    const ENABLED = '1'.charCodeAt(0);
    const isOn = (fuse: FuseV1Options) => Number(wire[fuse]) === ENABLED;
    expect([FuseV1Options.RunAsNode, FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseV1Options.EnableNodeCliInspectArguments, FuseV1Options.GrantFileProtocolExtraPrivileges].filter(isOn)).toEqual([]);
    expect([FuseV1Options.EnableCookieEncryption, FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar].filter(isOn)).toHaveLength(3);
    rmSync(release, { recursive: true, force: true });
  });
});
