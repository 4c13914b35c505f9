import { fork, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FromCore } from '../../../main/platform/core-messages.ts';

const ROOT = join(import.meta.dirname, '../../..');
const { DebugLogger } = createRequire(import.meta.resolve('app-builder-lib'))('builder-util') as { DebugLogger: new (enabled: boolean) => Parameters<typeof validateConfiguration>[1] };
const config = await getConfig(ROOT, 'electron-builder.yml', null);

describe('electron-builder.yml', () => {
  test('is what the builder’s own schema asks for', async () => {
    await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined();
  });

  test('with a key that the builder does not know is refused', async () => {
    await expect(validateConfiguration(Object.assign({}, config, { electronFuse: {} }), new DebugLogger(false))).rejects.toThrow(/electronFuse/);
    await expect(validateConfiguration(Object.assign({}, config, { asar: 'yes' }), new DebugLogger(false))).rejects.toThrow(/asar/);
  });

  test('burns every fuse that keeps foreign code out', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false, enableCookieEncryption: true, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true, loadBrowserProcessSpecificV8Snapshot: false, grantFileProtocolExtraPrivileges: false,
    });
    expect(config.asar).toEqual({ smartUnpack: false });
    expect(config.nsis?.perMachine).toBe(true);
    expect(config.publish).toBeNull();
  });
});

/** Packing works over a stand-in only where /bin/true can pose as a program. */
describe.skipIf(process.platform !== 'linux')('the packed program', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'ioc-pack-'));
  const folder = join(scratch, 'linux-unpacked');
  const native = `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`;
  const packed = { said: '', files: [] as string[] };

  beforeAll(() => {
    const ran = spawnSync(process.execPath, [join(ROOT, 'scripts/pack.mjs'), '--stand-in', '--output', scratch], { encoding: 'utf8', timeout: 300_000 });
    packed.said = ran.stdout + ran.stderr;
    if (ran.status !== 0) throw new Error(packed.said);
    packed.files = listPackage(join(folder, 'resources/app.asar'), { isPack: false }).map(f => f.slice(1));
  }, 300_000);
  afterAll(() => { rmSync(scratch, { recursive: true, force: true }); });

  test('over a stand-in says that it does not run, in the last lines and in the folder', () => {
    expect(packed.said).toContain('không chạy được');
    expect(readFileSync(join(folder, 'STAND-IN.txt'), 'utf8')).toContain('For checking only');
  });

  test('holds main process, core, writer, preload, screens, and the database engine', () => {
    for (const file of [
      'package.json', 'out/main/index.js', 'out/core/core-process.js', 'out/core/writer-thread.js', 'out/preload/index.cjs', 'out/renderer/index.html',
      'node_modules/better-sqlite3/package.json', 'node_modules/better-sqlite3/lib/index.js', native,
    ]) expect(packed.files, file).toContain(file);
    expect(packed.files.some(f => /^out\/renderer\/assets\/.*\.woff2$/.test(f))).toBe(true);
  });

  test('holds nothing else: no sources, tests, documents, maps, other packages or other platforms', () => {
    const allowed = /^(package\.json|out(\/(core|main|preload|renderer)(\/.*)?)?|node_modules(\/better-sqlite3(\/(package\.json|LICENSE|lib(\/.*)?|prebuilds(\/[\w-]+\.node)?))?)?)$/;
    expect(packed.files.filter(f => !allowed.test(f))).toEqual([]);
    expect(packed.files.filter(f => /\.(map|ts|tsx|md|cpp|c|h)$/.test(f))).toEqual([]);
    expect(packed.files.filter(f => f.endsWith('.node'))).toEqual([native]);
    expect(packed.files.filter(f => /node-(linux|win)-|electron-builder|pglite|fastify/.test(f))).toEqual([]);
  });

  test('keeps native code outside the archive, that of this platform alone', () => {
    const unpacked = readdirSync(join(folder, 'resources/app.asar.unpacked'), { recursive: true, withFileTypes: true }).filter(e => e.isFile());
    expect(unpacked.map(e => join(e.parentPath, e.name))).toEqual([join(folder, 'resources/app.asar.unpacked', native)]);
  });

  test('tells its packers nothing: package.json has no scripts and no development packages', () => {
    extractAll(join(folder, 'resources/app.asar'), join(scratch, 'app'));
    const inside = JSON.parse(readFileSync(join(scratch, 'app/package.json'), 'utf8')) as Record<string, unknown>;
    expect(inside).toMatchObject({ main: 'out/main/index.js', type: 'module' });
    expect(Object.keys(inside)).not.toContain('devDependencies');
  });

  test('has a preload that a sandbox can load: CommonJS, needing Electron and nothing else', () => {
    const preload = readFileSync(join(scratch, 'app/out/preload/index.cjs'), 'utf8');
    expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map(m => m[1])).toEqual(['electron']);
    expect(preload).not.toMatch(/^import /m);
    expect([...preload.matchAll(/exposeInMainWorld\(([^)]*)\)/g)].map(m => m[1])).toEqual(['"iocPort", true']);
  });

  test('asks for the packages it brings and no others', () => {
    const main = ['main', 'core'].flatMap(part => readdirSync(join(scratch, 'app/out', part)).map(name => readFileSync(join(scratch, 'app/out', part, name), 'utf8'))).join('\n');
    const wanted = new Set([...main.matchAll(/^(?:import|export)\b[^'"\n]*["']([^"'.][^"']*)["'];$/gm)].map(m => m[1]!).filter(name => !isBuiltin(name)));
    expect([...wanted].sort()).toEqual(['better-sqlite3', 'electron']);
  });

  test('has a core that starts from what was packed: own code, own engine, own writer thread', async () => {
    const core = fork(join(scratch, 'app/out/core/core-process.js'), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { PATH: process.env['PATH'] } });
    const ended = new Promise<number | null>(resolve => core.once('exit', resolve));
    const said = new Promise<FromCore>((resolve, reject) => {
      core.once('message', message => resolve(FromCore.parse(message)));
      void ended.then(code => reject(new Error(`the core ended with ${code}`)));
    });
    const dataDir = mkdtempSync(join(scratch, 'data-'));
    core.send({ type: 'start', dataDir, keyHex: '5a'.repeat(32), version: '0.0.0', resume: false });
    expect(await said).toMatchObject({ type: 'ready' });
    core.send({ type: 'stop' });
    expect(await ended).toBe(0);
    expect(existsSync(join(dataDir, 'console.db'))).toBe(true);
    expect(readFileSync(join(dataDir, 'console.db')).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  });
});
