import { AppError } from '../contract/errors.ts';
import { newId } from '../contract/ids.ts';
import { newEpoch, voidCursors } from './epoch.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Database } from './sql.ts';
import { makeStickKeys } from './stick-keys.ts';
import { noticeTimeline } from './timeline.ts';

/**
 * Brings the schema up to date, each step in a transaction of its own, and gives an empty database its identity.
 *
 * @throws {AppError} 'db/from-future' when a newer version of this server wrote the database
 */
export async function migrate(db: Database, identity: { name: string; nowMs: number }): Promise<void> {
  await db.script('CREATE TABLE IF NOT EXISTS schema_step (version integer PRIMARY KEY, name text NOT NULL)');
  const done = (await db.query<{ version: number }>('SELECT version FROM schema_step')).map(row => row.version);
  const known = MIGRATIONS.map(step => step.version);
  const stranger = done.find(version => !known.includes(version));
  if (stranger !== undefined) throw new AppError('db/from-future', { version: stranger });
  for (const step of MIGRATIONS) {
    if (done.includes(step.version)) continue;
    await db.transaction(async tx => {
      await tx.query('INSERT INTO schema_step (version, name) VALUES ($1, $2)', [step.version, step.name]);
      await tx.script(step.sql);
    });
  }
  await db.query('INSERT INTO sync_head (epoch, province_id, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [newEpoch(), newId(identity.nowMs), identity.name]);
  await makeStickKeys(db);
  await noticeRestore(db);
  if (db.engine === 'postgresql') await db.transaction(noticeTimeline);
}

/** A database that was carried to another cluster (dump and restore) starts a new epoch, so that no old cursor is believed. */
async function noticeRestore(db: Database): Promise<void> {
  const [may] = await db.query<{ may: boolean }>("SELECT has_function_privilege('pg_control_system()', 'execute') AS may");
  if (may?.may !== true) return;
  await db.transaction(async tx => {
    const [head] = await tx.query<{ cluster: string | null; id: string }>(`SELECT cluster, c.id FROM sync_head,
      (SELECT system_identifier::text AS id FROM pg_control_system()) c WHERE cluster IS DISTINCT FROM c.id FOR UPDATE OF sync_head`);
    if (head === undefined) return;
    await tx.query('UPDATE sync_head SET cluster = $1', [head.id]);
    if (head.cluster !== null) await voidCursors(tx, newEpoch());
  });
}
