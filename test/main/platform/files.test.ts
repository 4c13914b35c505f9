import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { createFileOnce, ensureWritableFolder, lockFolder, writeFileAtomic } from '../../../main/platform/files.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const newFolder = tempFolders();
const children: ChildProcess[] = [];
afterEach(() => { for (const child of children.splice(0)) child.kill('SIGKILL'); });

/** Another process that locks the folder; says 'locked' or the code of its refusal. */
async function lockElsewhere(folder: string): Promise<{ child: ChildProcess; said: unknown }> {
  const child = fork(join(import.meta.dirname, '../../support/lock-and-wait.ts'), [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.push(child);
  const [said]: unknown[] = await once(child, 'message');
  return { child, said };
}

test('an atomic write replaces the file whole and leaves nothing else behind', () => {
  const folder = newFolder();
  const file = join(folder, 'settings');
  writeFileAtomic(file, 'cũ');
  writeFileAtomic(file, 'mới');
  expect(readFileSync(file, 'utf8')).toBe('mới');
  expect(readdirSync(folder)).toEqual(['settings']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a file made once is never replaced', () => {
  const folder = newFolder();
  expect([createFileOnce(join(folder, 'key'), 'first'), createFileOnce(join(folder, 'key'), 'second')]).toEqual([true, false]);
  expect(readFileSync(join(folder, 'key'), 'utf8')).toBe('first');
  expect(readdirSync(folder)).toEqual(['key']);
});

test('a folder that cannot be made is refused with its name', () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  expect(() => { ensureWritableFolder(join(file, 'data')); }).toThrow(new AppError('shell/folder-read-only', { folder: join(file, 'data') }));
});

test.runIf(process.platform === 'linux')('where the system makes no folders the refusal comes at once, and a deep folder is made with all above it', () => {
  expect(() => { ensureWritableFolder('/proc/ioc/data'); }).toThrow(new AppError('shell/folder-read-only', { folder: '/proc/ioc/data' }));
  const deep = join(newFolder(), 'a', 'b', 'c');
  ensureWritableFolder(deep);
  expect(readdirSync(deep)).toEqual([]);
  expect(statSync(join(deep, '..')).mode & 0o777).toBe(0o700);
});

test('a locked folder is refused to a second process, and free again after an orderly end', async () => {
  const folder = newFolder();
  const lock = lockFolder(folder, Date.now());
  expect(lock.afterCrash).toBe(false);
  expect((await lockElsewhere(folder)).said).toEqual({ code: 'db/locked-by-other', facts: { pid: process.pid } });
  lock.release();
  expect(existsSync(join(folder, 'console.lock'))).toBe(false);
  expect((await lockElsewhere(folder)).said).toBe('locked');
});

test('the lock of a killed process is taken over, and tells that the stop was not clean', async () => {
  const folder = newFolder();
  const { child } = await lockElsewhere(folder);
  expect(() => lockFolder(folder, Date.now())).toThrow('db/locked-by-other');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = lockFolder(folder, Date.now());
  expect(lock.afterCrash).toBe(true);
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test.runIf(process.platform === 'linux')('a lock whose process number now belongs to another program is taken over', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'console.lock'), JSON.stringify({ pid: process.ppid, startedAt: 'another boot/1', lockedAtMs: Date.now() }));
  lockFolder(folder, Date.now()).release();
});

test('a lock that a power cut left half written counts as dead', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'console.lock'), '{"pid":');
  lockFolder(folder, Date.now()).release();
});

test('of many processes that start on one folder at once exactly one gets it', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'console.lock'), '{"pid":');
  const said = await Promise.all([1, 2, 3, 4].map(async () => (await lockElsewhere(folder)).said));
  expect(said.filter(word => word === 'locked')).toHaveLength(1);
});
