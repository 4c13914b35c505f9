import { AppError, type ErrorCode } from '../contract/errors.ts';

/** SQLite's result codes (extended ones by their beginning) and what they mean to the person at the desk. */
const MEANING: readonly (readonly [string, ErrorCode])[] = [
  ['SQLITE_NOTADB', 'db/wrong-key'],
  ['SQLITE_CORRUPT', 'db/damaged'],
  ['SQLITE_IOERR_CORRUPTFS', 'db/damaged'],
  ['SQLITE_IOERR_SHORT_READ', 'db/damaged'],
  ['SQLITE_IOERR_DATA', 'db/damaged'],
  ['SQLITE_FULL', 'db/disk-full'],
  ['SQLITE_IOERR_WRITE', 'db/disk-full'],
  ['SQLITE_IOERR_SHMSIZE', 'db/disk-full'],
  ['SQLITE_READONLY', 'db/read-only'],
  ['SQLITE_CANTOPEN', 'db/read-only'],
  ['SQLITE_PERM', 'db/read-only'],
  ['SQLITE_BUSY', 'db/busy'],
  ['SQLITE_LOCKED', 'db/busy'],
  ['ENOSPC', 'db/disk-full'],
  ['EFBIG', 'db/disk-full'],
  ['EROFS', 'db/read-only'],
  ['EACCES', 'db/read-only'],
  ['EPERM', 'db/read-only'],
];

/**
 * The one place where an engine's error becomes a code. Looks through `cause`, which may go round in circles.
 *
 * @returns the `AppError`, or the error as it was when it is not the database's
 */
export function asDatabaseError(error: unknown): unknown {
  const seen = new Set<unknown>();
  for (let at = error; at instanceof Error && !seen.has(at); at = at.cause) {
    if (at instanceof AppError) return at;
    seen.add(at);
    const engine = 'code' in at && typeof at.code === 'string' ? at.code : '';
    const meaning = MEANING.find(([prefix]) => engine.startsWith(prefix));
    if (meaning !== undefined) return new AppError(meaning[1], { engine }, { cause: error });
  }
  return error;
}

/** Runs a task; engine errors come out as `AppError`. */
export function withDatabaseErrors<T>(task: () => T): T {
  try {
    return task();
  } catch (error) {
    throw asDatabaseError(error);
  }
}
