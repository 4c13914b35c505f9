import { openSpanIn } from './epoch.ts';
import type { Sql } from './sql.ts';

/**
 * PostgreSQL counts a new timeline whenever a standby is promoted or a backup is recovered: commits that a console has seen
 * may be missing from then on, and their numbers be given to others. A new timeline therefore opens a new span of the log:
 * only the cursors of what was lost are void. A server of this database that is not migrated yet has nothing to notice.
 *
 * @param tx a transaction of its own
 * @throws {Error} on a standby, which cannot be written to
 */
export async function noticeTimeline(tx: Sql): Promise<void> {
  const [now] = await tx.query<{ timeline: string; migrated: boolean }>(`SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8) AS timeline,
    EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('sync_head') AND attname = 'timeline')
      AND to_regclass('epoch_span') IS NOT NULL AS migrated`);
  if (now?.migrated !== true) return;
  const [known] = await tx.query<{ timeline: string | null }>('SELECT timeline FROM sync_head');
  if (known === undefined || known.timeline === now.timeline) return;
  const [held] = await tx.query<{ timeline: string | null }>('SELECT timeline FROM sync_head FOR UPDATE');
  if (held === undefined || held.timeline === now.timeline) return;
  await tx.query('UPDATE sync_head SET timeline = $1', [now.timeline]);
  if (held.timeline !== null) await openSpanIn(tx);
}
