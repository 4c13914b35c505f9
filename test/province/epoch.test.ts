import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOurs, openSpan, voidCursors } from '../../province/epoch.ts';
import { migrate } from '../../province/migrate.ts';
import type { Database } from '../../province/sql.ts';
import { commitChanges, readHead, type Head } from '../../province/store.ts';
import { emptyEmbedded } from '../support/embedded.ts';

const world = {} as { db: Database };
beforeAll(async () => {
  world.db = await emptyEmbedded();
  await migrate(world.db, { name: 'Tỉnh Mẫu', nowMs: 0 });
}, 60_000);
afterAll(() => world.db?.close());

/** So many commits. @returns where the province stands after them */
async function commits(times: number): Promise<Head> {
  const { db } = world;
  for (let at = 0; at < times; at += 1) {
    const id = `00000000-0000-7000-8000-${String(Math.floor(Math.random() * 1e12)).padStart(12, '0')}`;
    await db.transaction(tx => commitChanges(tx, { rows: [{ kind: 'site', id, siteId: id, service: null, deleted: false, data: { id }, expected: 0 }] }));
  }
  return readHead(db);
}

test('a start leaves every cursor good; what a restored copy has forgotten is told apart though the counter passes it again', async () => {
  const { db } = world;
  const first = await commits(3);
  await openSpan(db);
  const kept = await commits(2);
  await db.script('CREATE SCHEMA yesterday; CREATE TABLE yesterday.sync_head AS TABLE sync_head; CREATE TABLE yesterday.epoch_span AS TABLE epoch_span');
  const lost = await commits(2);
  await openSpan(db);
  const forgotten = await commits(1);
  for (const at of [first, kept, lost, forgotten]) expect(await isOurs(db, at, await readHead(db))).toBe(true);

  await db.script(`SET session_replication_role = replica;
    DELETE FROM sync_head; INSERT INTO sync_head SELECT * FROM yesterday.sync_head;
    DELETE FROM epoch_span; INSERT INTO epoch_span SELECT * FROM yesterday.epoch_span;
    SET session_replication_role = origin`);
  await openSpan(db);
  const now = await commits(9);
  const good = async (at: Head): Promise<boolean> => isOurs(db, at, now);
  expect([await good(first), await good(kept), await good(lost), await good(forgotten), await good(now)]).toEqual([true, true, false, false, true]);
  expect(await good({ ...now, seq: now.seq + 1 })).toBe(false);

  await db.transaction(tx => voidCursors(tx, 'a new one'));
  await openSpan(db);
  const renewed = await readHead(db);
  for (const at of [first, kept, now]) expect(await isOurs(db, at, renewed)).toBe(false);
});
