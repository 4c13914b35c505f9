import { rmSync } from 'node:fs';
import { AppError } from '../contract/errors.ts';
import type { Database } from './database.ts';
import type { Migration } from './migrations/migration.ts';
import { MIGRATIONS } from './migrations/list.ts';

/** The step that seals personal data. */
const SEALED_FROM = 157;

export function schemaVersion(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** The newest schema that this program knows. */
export function newestVersion(migrations: readonly Migration[] = MIGRATIONS): number {
  return migrations.at(-1)?.version ?? 0;
}

/** @throws {AppError} `db/from-future` when a newer program has written the file; nothing is touched */
export function refuseFuture(db: Database, migrations: readonly Migration[] = MIGRATIONS): void {
  const version = schemaVersion(db);
  if (version > newestVersion(migrations)) throw new AppError('db/from-future', { needed: version, known: newestVersion(migrations) });
}

/**
 * Brings the file to the newest schema, step by step, each in one transaction with its version number: after a power cut
 * it is either before or after a step. A file with data is copied first (`VACUUM INTO`, which keeps the encryption); a copy in which personal data is not
 * sealed by itself goes once all steps are done.
 *
 * @param backupFile where the copy goes; the copy of the last migration is replaced
 * @returns the versions that ran
 */
export function migrate(db: Database, backupFile: string | null, migrations: readonly Migration[] = MIGRATIONS): number[] {
  refuseFuture(db, migrations);
  const before = schemaVersion(db);
  const due = migrations.filter(step => step.version > before);
  if (due.length === 0) return [];
  if (before > 0 && backupFile !== null) {
    rmSync(backupFile, { force: true });
    db.prepare('VACUUM INTO ?').run(backupFile);
  }
  for (const step of due) {
    db.transaction(() => {
      step.up(db);
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  }
  // From before persons were sealed: such a copy does not outlive the step.
  if (before < SEALED_FROM && backupFile !== null) rmSync(backupFile, { force: true });
  return due.map(step => step.version);
}
