import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { KeptBlob } from '../../db/writer-api.ts';
import { hasCode } from '../platform/files.ts';
import { BlobWriter, readBlob, type Written } from './blob-file.ts';

/** A download that was cut off and never gone on with. */
const PART_LIFE_MS = 7 * 24 * 3_600_000;

/** The folder of encrypted files on this machine, each under the SHA-256 of its plain bytes. */
export class BlobStore {
  readonly #folder: string;
  readonly #key: Uint8Array;

  /** @param keyHex the database's key, 64 hex digits */
  constructor(folder: string, keyHex: string) {
    this.#folder = folder;
    this.#key = new Uint8Array(Buffer.from(keyHex, 'hex'));
  }

  /** Begins a file whose hash is not known yet. @param name free, of our own making */
  async begin(name: string): Promise<BlobWriter> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await rm(this.#part(name), { force: true });
    return BlobWriter.create(this.#part(name), this.#key);
  }

  /** Goes on with a file that was begun under the name, or begins it. */
  async resume(name: string): Promise<BlobWriter> {
    try {
      return await BlobWriter.resume(this.#part(name), this.#key);
    } catch (error) {
      if (!(error instanceof AppError) && !hasCode(error, 'ENOENT')) throw error;
      return this.begin(name);
    }
  }

  /** Gives a finished file its name, for good: it is on the disk before anything says that it is there. */
  async adopt(name: string, { sha256 }: Written): Promise<void> {
    const path = this.#pathOf(sha256);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(this.#part(name), path);
    await syncFolder(dirname(path));
    await syncFolder(this.#folder);
  }

  /** Throws away what was begun. */
  async discard(name: string): Promise<void> {
    await rm(this.#part(name), { force: true });
  }

  read(blob: KeptBlob, range: { from: number; count: number }): Promise<Buffer> {
    return readBlob(this.#pathOf(blob.sha256), this.#key, blob, range);
  }

  async has(sha256: string): Promise<boolean> {
    return stat(this.#pathOf(sha256)).then(() => true, () => false);
  }

  /**
   * Removes what a crash has left: files that nobody's transaction names, uploads from a screen that is gone, and
   * downloads that nobody has gone on with for a week.
   */
  async sweep(known: ReadonlySet<string>, nowMs: number): Promise<void> {
    for (const entry of await readdir(this.#folder, { withFileTypes: true, recursive: true }).catch(() => [])) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const isOld = async (): Promise<boolean> => (await stat(path)).mtimeMs < nowMs - PART_LIFE_MS;
      if (entry.name.endsWith('.part') ? entry.name.startsWith('in-') || await isOld() : !known.has(entry.name)) await rm(path, { force: true });
    }
  }

  #part(name: string): string {
    return join(this.#folder, `${name}.part`);
  }

  #pathOf(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2), sha256);
  }
}

/** A full or locked disk in the words that a person is told. */
export function diskTrouble(cause: unknown): unknown {
  if (hasCode(cause, 'ENOSPC', 'EDQUOT')) return new AppError('db/disk-full', {}, { cause });
  if (hasCode(cause, 'EROFS', 'EACCES')) return new AppError('db/read-only', {}, { cause });
  return cause;
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
