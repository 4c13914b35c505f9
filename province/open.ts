import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { holdFolder, type HeldFolder } from './folder.ts';
import { importSample } from './import-sample.ts';
import { migrate } from './migrate.ts';
import { makeSample, SAMPLE_SEED } from './sample.ts';
import { ensurePolicy } from './policy.ts';
import { openServer } from './server-database.ts';
import { openEmbedded, type Database } from './sql.ts';

/** A number: that many records, spread as in the full sample. */
export type SampleChoice = 'none' | 'small' | 'full' | number;

export interface OpenInput {
  /** postgres://…; undefined = the embedded engine */
  databaseUrl: string | undefined;
  /** The data folder, 'memory', or null when the database is a server and nothing needs keeping here. */
  data: string | null;
  sample: SampleChoice;
  name: string;
  nowMs: number;
}

export interface OpenedProvince {
  db: Database;
  held: HeldFolder | null;
  close(): Promise<void>;
}

/**
 * The province's database, migrated, and filled with the sample when it is new and a sample is wanted.
 *
 * @throws {AppError} 'db/locked-by-other' | 'shell/folder-read-only' | 'link/unreachable' (DATABASE_URL) | 'db/from-future'
 */
export async function openProvince(input: OpenInput): Promise<OpenedProvince> {
  const held = input.data === null || input.data === 'memory' ? null : holdFolder(input.data);
  try {
    const db = await openDatabase(input, held);
    return {
      db, held,
      async close() {
        await db.close();
        held?.release();
      },
    };
  } catch (error) {
    held?.release();
    throw error;
  }
}

async function openDatabase(input: OpenInput, held: HeldFolder | null): Promise<Database> {
  if (input.databaseUrl !== undefined) return filled(await reach(input.databaseUrl), input);
  if (held === null) return filled(await openEmbedded(null), input);
  const place = join(held.folder, 'pg');
  if (existsSync(place)) return filled(await openEmbedded(place), { ...input, sample: 'none' });
  // Made beside and renamed when it is complete: a start that was cut leaves no half province.
  const unfinished = join(held.folder, 'pg.new');
  rmSync(unfinished, { recursive: true, force: true });
  const made = await filled(await openEmbedded(unfinished), input);
  await made.close();
  renameSync(unfinished, place);
  return openEmbedded(place);
}

async function reach(url: string): Promise<Database> {
  try {
    return await openServer(url);
  } catch (cause) {
    throw new AppError('link/unreachable', { reason: cause instanceof Error ? cause.message : 'unknown' }, { cause });
  }
}

async function filled(db: Database, input: OpenInput): Promise<Database> {
  try {
    await alone(db, () => prepare(db, input));
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function prepare(db: Database, input: OpenInput): Promise<void> {
  await migrate(db, { name: input.name, nowMs: input.nowMs });
  await ensurePolicy(db, input.nowMs);
  const [full] = await db.query("SELECT 1 FROM record WHERE kind <> 'policy' LIMIT 1");
  if (full !== undefined || input.sample === 'none') return;
  const chosen = typeof input.sample === 'number' ? { size: 'full' as const, issues: input.sample } : { size: input.sample };
  await importSample(db, makeSample({ seed: SAMPLE_SEED, nowMs: input.nowMs, ...chosen }));
}

/** Servers that start on one database at the same time prepare it one after the other. The embedded engine is always one's own. */
async function alone(db: Database, work: () => Promise<void>): Promise<void> {
  if (db.engine === 'pglite') return work();
  return db.transaction(async tx => {
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('province'), 0)");
    await work();
  });
}
