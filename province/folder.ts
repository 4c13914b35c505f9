import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../contract/errors.ts';

/** Who holds a data folder, and how to speak to that process from the same machine. */
const Holder = z.object({ pid: z.number().int(), startedAt: z.string(), address: z.string().nullable(), key: z.string() });
export type Holder = z.infer<typeof Holder>;

/** A data folder that this process holds alone: two processes in one embedded database would destroy it. */
export interface HeldFolder {
  folder: string;
  /** Lets commands of the same user on this machine through to the running server. */
  key: string;
  /** Says where the server answers, once it does. */
  announce(address: string): void;
  release(): void;
}

const LOCK = 'province.lock';

/**
 * Takes the folder, made if need be.
 *
 * @throws {AppError} 'db/locked-by-other' {pid} when a living process holds it, 'shell/folder-read-only' {folder}
 */
export function holdFolder(folder: string): HeldFolder {
  const key = randomBytes(32).toString('base64url');
  const mine: Holder = { pid: process.pid, startedAt: startOf(process.pid), address: null, key };
  const lock = join(folder, LOCK);
  try {
    makeFolder(folder);
    const holder = holderOf(folder);
    if (holder !== null) throw new AppError('db/locked-by-other', { pid: holder.pid });
    rmSync(lock, { force: true });
    writeLock(lock, mine);
  } catch (error) {
    throw folderTrouble(error, folder);
  }
  return {
    folder, key,
    announce(address) {
      // Beside and renamed: whoever reads meanwhile sees a whole file, and the folder is never without its lock.
      const beside = `${lock}.new`;
      rmSync(beside, { force: true });
      writeLock(beside, { ...mine, address });
      renameSync(beside, lock);
    },
    release() { rmSync(lock, { force: true }); },
  };
}

/** Level by level: Node's own `recursive` never comes back where a level cannot be made, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });   // the database in it is not encrypted
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** The living process that holds the folder, or null. */
export function holderOf(folder: string): Holder | null {
  const lock = join(folder, LOCK);
  if (!existsSync(lock)) return null;
  const holder = Holder.safeParse(parseJson(readFileSync(lock, 'utf8')));
  if (!holder.success || holder.data.pid === process.pid) return null;
  return startOf(holder.data.pid) === holder.data.startedAt && holder.data.startedAt !== '' ? holder.data : null;
}

function writeLock(path: string, holder: Holder): void {
  const file = openSync(path, 'wx', 0o600);
  writeSync(file, JSON.stringify(holder));
  closeSync(file);
}

function folderTrouble(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EEXIST') return new AppError('db/locked-by-other', {}, { cause: error });
  const cannotWrite = code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'ENOTDIR' || code === 'ENOENT';
  return cannotWrite ? new AppError('shell/folder-read-only', { folder }, { cause: error }) : error;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;   // a lock cut in half by a power loss: its process is gone too
  }
}

/** When a process began, in the kernel's words; 'alive' where there are none, '' when it is gone. A pid alone is used again. */
function startOf(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return '';
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'alive';
  } catch {
    return 'alive';
  }
}
