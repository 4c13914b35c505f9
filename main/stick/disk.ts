import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { MAX_STICK_BYTES, tooLarge } from '../../contract/stick-file.ts';

/**
 * A stick file from a folder; its size is looked at before it is read.
 *
 * @throws {AppError} `import/unreadable` {file} when there is none; `stick/too-large`
 */
export async function readStickFile(path: string): Promise<Buffer> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error('not a file');
    if (found.size > MAX_STICK_BYTES) throw tooLarge();
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('import/unreadable', { file: path }, { cause });
  }
}

/**
 * Writes a file so that it is whole or not there: a stick may be pulled at any moment.
 *
 * @returns where it lies
 * @throws {AppError} `stick/cannot-write` {folder}
 */
export async function writeStickFile(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  const unfinished = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    return path;
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new AppError('stick/cannot-write', { folder }, { cause });
  }
}
