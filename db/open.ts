import { existsSync, rmSync, writeFileSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import type { Database } from './database.ts';
import { withDatabaseErrors } from './health.ts';
import { clearUp } from './memory.ts';
import { migrate, newestVersion, refuseFuture, schemaVersion } from './migrate.ts';
import { giveSeal } from './seal.ts';

export type { Database } from './database.ts';

export interface OpenOptions {
  file: string;
  /** 64 hex digits: the raw key, so that no time goes into deriving one. */
  keyHex: string;
  role: 'reader' | 'writer';
}

const PAGE_BYTES = 16_384;
/** The reader serves lists over all records; the writer touches a few pages at a time. */
const CACHE_KB = { reader: 65_536, writer: 4_096 } as const;
/** 16 MB of log. */
const CHECKPOINT_PAGES = 1_000;
/** While a copy of everything comes in, pages are written home once instead of every 16 MB. */
const BULK_CHECKPOINT_PAGES = 8_000;

/**
 * Runs `work` with commits that do not wait for the disk. For what the province can give again only: a power cut may lose
 * such commits, the last first and each whole, until the next ordinary commit has made them durable with its own.
 */
export function withBulkCommits<T>(db: Database, work: () => T): T {
  db.pragma('synchronous=NORMAL');
  db.pragma(`wal_autocheckpoint=${BULK_CHECKPOINT_PAGES}`);
  try {
    return work();
  } finally {
    db.pragma('synchronous=FULL');
  }
}

/** After the last of them: what lies in the log goes to its place, and the log is kept short again. */
export function endBulk(db: Database): void {
  db.pragma('wal_checkpoint(PASSIVE)');
  db.pragma(`wal_autocheckpoint=${CHECKPOINT_PAGES}`);
  // The writer will not need again what it kept of so many pages.
  db.pragma('shrink_memory');
  clearUp();
}

/** Lies beside the database while a writer has it open: found at start, it tells of a power cut or a kill. */
export function markFile(file: string): string {
  return `${file}.open`;
}

/**
 * A connection to the local database. The writer creates and migrates the file, and checks it whole after an unclean
 * stop; readers come after it and can change nothing.
 *
 * @throws {AppError} `db/wrong-key`, `db/from-future` (facts: needed), `db/damaged`, `db/read-only`, `db/disk-full`
 */
export function openDatabase({ file, keyHex, role }: OpenOptions): Database {
  if (!/^[0-9a-f]{64}$/i.test(keyHex)) throw new Error('the database key must be 64 hex digits');
  return withDatabaseErrors(() => {
    const db = new BetterSqlite3(file, { fileMustExist: role === 'reader' });
    try {
      setPragmas(db, keyHex, role);
      giveSeal(db, keyHex);
      if (role === 'reader') return openedReader(db);
      return openedWriter(db, file);
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** The order matters: the cipher before the key, the journal before `synchronous`, which WAL would set to NORMAL. */
function setPragmas(db: Database, keyHex: string, role: OpenOptions['role']): void {
  db.pragma(`cipher='aegis'`);
  db.pragma(`key="x'${keyHex}'"`);
  // Of a new file only. A record with its history takes 3 KB: a page of 16 KB holds five, where four of 4 KB held one each.
  db.pragma(`page_size=${PAGE_BYTES}`);
  const journal = db.pragma('journal_mode=WAL', { simple: true });
  if (journal !== 'wal') throw new AppError('db/read-only', { journal: String(journal) });
  db.pragma('synchronous=FULL');
  db.pragma(`cache_size=-${CACHE_KB[role]}`);
  db.pragma('temp_store=MEMORY');
  // What is deleted is written over: an erased name must not lie in a page that nothing uses.
  if (role === 'writer') db.pragma('secure_delete=ON');
  if (role === 'writer') db.pragma(`wal_autocheckpoint=${CHECKPOINT_PAGES}`);
  const synchronous = db.pragma('synchronous', { simple: true });
  if (synchronous !== 2) throw new Error(`synchronous is ${String(synchronous)}, not FULL: "saved" would not survive a power cut`);
}

function openedReader(db: Database): Database {
  refuseFuture(db);
  if (schemaVersion(db) < newestVersion()) throw new Error('the writer must open (and migrate) the database before a reader does');
  db.pragma('query_only=1');
  return db;
}

function openedWriter(db: Database, file: string): Database {
  refuseFuture(db);
  const mark = markFile(file);
  if (existsSync(mark)) checkWhole(db);
  writeFileSync(mark, '');
  migrate(db, `${file}.before-migration`);
  return db;
}

/** @throws {AppError} `db/damaged` with the first findings */
export function checkWhole(db: Database): void {
  const findings = db.pragma('quick_check(5)') as { quick_check: string }[];
  if (findings.length === 1 && findings[0]?.quick_check === 'ok') return;
  throw new AppError('db/damaged', { finding: findings.map(f => f.quick_check).join('; ').slice(0, 300) });
}

/** The orderly stop of a writer: everything into the main file, statistics renewed, the mark gone. */
export function closeWriter(db: Database, file: string): void {
  db.pragma('analysis_limit=400');
  db.pragma('optimize');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  rmSync(markFile(file), { force: true });
}
