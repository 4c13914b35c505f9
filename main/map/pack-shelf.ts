import { constants } from 'node:fs';
import { lstat, open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { MapPack, MapShelf } from '../../contract/map.ts';
import { hasCode } from '../platform/files.ts';

const ENDING = '.pmtiles';
/** PMTiles 3: 127 bytes that begin with these and say where the four parts of the file lie. */
const HEADER_BYTES = 127;
const MAGIC = Buffer.from('PMTiles\u0003', 'latin1');
/** Root directory, metadata, leaf directories, tiles: where each one's offset stands, followed by its length; both 64 bits. */
const PARTS_AT = [8, 24, 40, 56] as const;

interface Found { path: string; pack: MapPack }

/**
 * The folder in which an administrator puts a map pack. Only files that lie in it themselves are read, never what a link
 * points to, and a page names one by its key alone: no path comes from outside.
 */
export class PackShelf {
  readonly #folder: string;
  #current: Found | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The newest file that is a map pack; without one, what is wrong with the newest that is not. */
  async look(): Promise<MapShelf> {
    let trouble: AppError | null = null;
    this.#current = null;
    for (const { path, name } of await this.#files()) {
      try {
        this.#current = { path, pack: await inspect(path, name) };
        return { pack: this.#current.pack, trouble: null };
      } catch (error) {
        trouble ??= troubleOf(error, name);
      }
    }
    return { pack: null, trouble: trouble === null ? null : { code: trouble.code, facts: trouble.facts } };
  }

  /**
   * Bytes of the pack that `look` has named `key`.
   *
   * @param count at most so many; fewer where the file ends
   * @returns the piece, and how many bytes the whole file has
   * @throws {AppError} `map/pack-changed` when another file lies there now or none; `map/pack-damaged` past its end
   */
  async read(key: string, from: number, count: number): Promise<{ piece: Buffer; bytes: number }> {
    if (this.#current?.pack.key !== key) await this.look();
    if (this.#current?.pack.key !== key) throw new AppError('map/pack-changed');
    const { path, pack } = this.#current;
    try {
      return await withFile(path, async (file, seen) => {
        if (seen.key !== key) throw new AppError('map/pack-changed');
        if (from >= pack.bytes) throw new AppError('map/pack-damaged', { file: pack.name });
        const piece = await bytesAt(file, from, Math.min(count, pack.bytes - from));
        return { piece, bytes: pack.bytes };
      });
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw new AppError('map/pack-changed', {}, { cause: error });
      throw troubleOf(error, pack.name);
    }
  }

  /** Newest first. */
  async #files(): Promise<{ path: string; name: string }[]> {
    const entries = await readdir(this.#folder, { withFileTypes: true }).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
      throw troubleOf(error, this.#folder);
    });
    const names = entries.filter(entry => entry.isFile() && !entry.name.startsWith('.') && entry.name.toLowerCase().endsWith(ENDING)).map(entry => entry.name);
    const files = await Promise.all(names.map(async name => {
      const path = join(this.#folder, name);
      return { path, name, atMs: await lstat(path).then(({ mtimeMs }) => mtimeMs, () => 0) };
    }));
    return files.sort((a, b) => b.atMs - a.atMs || b.name.localeCompare(a.name));
  }
}

/** @throws {AppError} `map/not-a-pack`, or `map/pack-damaged` when it is shorter than it says, as while it is being copied */
async function inspect(path: string, name: string): Promise<MapPack> {
  return withFile(path, async (file, { bytes, key }) => {
    if (bytes < HEADER_BYTES) throw new AppError('map/not-a-pack', { file: name });
    const header = await bytesAt(file, 0, HEADER_BYTES);
    if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw new AppError('map/not-a-pack', { file: name });
    const isWhole = PARTS_AT.every(at => header.readBigUInt64LE(at) + header.readBigUInt64LE(at + 8) <= BigInt(bytes));
    if (!isWhole) throw new AppError('map/pack-damaged', { file: name });
    return { name, bytes, key };
  });
}

async function withFile<T>(path: string, use: (file: FileHandle, seen: { bytes: number; key: string }) => Promise<T>): Promise<T> {
  // A link that has taken the file's place since the folder was read is not followed; Windows knows no such flag.
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const { size, mtimeMs, ino } = await file.stat();
    return await use(file, { bytes: size, key: `${ino.toString(36)}-${size.toString(36)}-${Math.round(mtimeMs).toString(36)}` });
  } finally {
    await file.close();
  }
}

/** Exactly so many bytes. @throws {AppError} `map/pack-changed` when the file has become shorter meanwhile */
async function bytesAt(file: FileHandle, from: number, count: number): Promise<Buffer> {
  const piece = Buffer.alloc(count);
  let filled = 0;
  while (filled < count) {
    const { bytesRead } = await file.read(piece, filled, count - filled, from + filled);
    if (bytesRead === 0) throw new AppError('map/pack-changed');
    filled += bytesRead;
  }
  return piece;
}

function troubleOf(error: unknown, file: string): AppError {
  return error instanceof AppError ? error : new AppError('map/pack-unreadable', { file }, { cause: error });
}
