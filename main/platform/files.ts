import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { uptime } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../contract/errors.ts';

/**
 * Writes a file so that a power cut leaves either the old text or the new one, never a part: temporary file, fsync, rename.
 *
 * @param mode permission bits of a new file, for its owner alone unless said otherwise
 */
export function writeFileAtomic(file: string, text: string, mode = 0o600): void {
  const temporary = writeTemporary(file, text, mode);
  try {
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

/** Makes sure that a folder exists and can be written to; throws 'shell/folder-read-only' when it cannot. */
export function ensureWritableFolder(folder: string): void {
  const probe = join(folder, `.write-${randomBytes(6).toString('hex')}`);
  try {
    makeFolder(folder);
    closeSync(openSync(probe, 'wx', 0o600));
    rmSync(probe);
  } catch (error) {
    throw new AppError('shell/folder-read-only', { folder }, { cause: error });
  }
}

/** Level by level: Node's own `recursive` never comes back where a level cannot be made, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

const LockText = z.object({ pid: z.number().int().positive(), startedAt: z.string(), lockedAtMs: z.number() });
type LockText = z.infer<typeof LockText>;

export interface FolderLock {
  /** The lock that was found here belonged to a process that had died: the last stop was not a clean one. */
  readonly afterCrash: boolean;
  release(): void;
}

/**
 * Claims a data folder for this process (`<dataDir>/console.lock`), so that two cores never open one database.
 * A lock whose process has died, or whose process number was given to another program since, is taken over.
 *
 * @throws {AppError} 'db/locked-by-other' with the other's pid
 */
export function lockFolder(dataDir: string, nowMs: number): FolderLock {
  const file = join(dataDir, 'console.lock');
  const mine: LockText = { pid: process.pid, startedAt: processStart(process.pid) ?? '', lockedAtMs: nowMs };
  const text = JSON.stringify(mine);
  const afterCrash = existsSync(file);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (createFileOnce(file, text)) return { afterCrash, release: () => { releaseLock(file, text); } };
    const found = readOrNull(file);
    if (found === null) continue;
    const other = parseLock(found);
    if (other !== null && isAlive(other, nowMs)) throw new AppError('db/locked-by-other', { pid: other.pid });
    putAside(file, found);
  }
  throw new AppError('db/locked-by-other', { pid: 0 });
}

function releaseLock(file: string, text: string): void {
  if (readOrNull(file) === text) rmSync(file, { force: true });
}

/** Removes a dead process's lock; one that somebody else took meanwhile is put back as it was. */
function putAside(file: string, deadText: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(file, aside);
    if (readOrNull(aside) !== deadText) linkSync(aside, file);
  } catch {
    // Somebody else was quicker; the next attempt sees what they left.
  }
  rmSync(aside, { force: true });
}

/** Creates a file of its owner's with its whole text at one stroke, for good; false, and nothing done, when it exists. */
export function createFileOnce(file: string, text: string): boolean {
  const temporary = writeTemporary(file, text, 0o600);
  try {
    linkSync(temporary, file);
    syncFolder(dirname(file));
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
    return createPlain(file, text);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** For file systems without hard links (exFAT): here a power cut may leave an empty lock, which counts as dead. */
function createPlain(file: string, text: string): boolean {
  try {
    const fd = openSync(file, 'wx', 0o600);
    writeSync(fd, text);
    closeSync(fd);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function writeTemporary(file: string, text: string, mode: number): string {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  const fd = openSync(temporary, 'wx', mode);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return temporary;
}

function syncFolder(folder: string): void {
  // Windows has no fsync of a folder; the rename is in its journal.
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function parseLock(text: string): LockText | null {
  try {
    return LockText.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether the process that wrote the lock still runs, and is not another one that got its number since. */
function isAlive(lock: LockText, nowMs: number): boolean {
  if (lock.pid === process.pid) return false;
  try {
    process.kill(lock.pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
  const startedAt = processStart(lock.pid);
  if (startedAt !== null) return startedAt === lock.startedAt;
  // Without /proc: a lock from before the machine was started cannot be held. A minute for a corrected clock.
  return lock.lockedAtMs > nowMs - uptime() * 1000 - 60_000;
}

/** What tells this run of a process from another of the same number; null where the system does not say; 'dead' for a zombie. */
function processStart(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name stands in brackets and may hold anything; the fields after it are plain. 3 = state, 22 = start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : `${boot}/${fields[19]}`;
  } catch {
    return null;
  }
}

/** Whether a caught value is a system error with one of these codes. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
