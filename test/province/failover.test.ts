import { afterEach, expect, test } from 'vitest';
import { isOurs } from '../../province/epoch.ts';
import { migrate } from '../../province/migrate.ts';
import { openServer } from '../../province/server-database.ts';
import type { Database } from '../../province/sql.ts';
import { readHead } from '../../province/store.ts';
import { postgresMissing, startPostgres, type TemporaryPostgres } from './postgres.ts';

const missing = postgresMissing();
if (missing !== null) console.warn(`skipped: a promoted standby (${missing})`);

const world: { postgres: TemporaryPostgres[]; databases: Database[] } = { postgres: [], databases: [] };
afterEach(async () => {
  for (const db of world.databases.splice(0)) await db.close();
  for (const postgres of world.postgres.splice(0)) postgres.stop();
});

async function open(postgres: TemporaryPostgres): Promise<Database> {
  const db = await openServer(postgres.url);
  world.databases.push(db);
  return db;
}

test.skipIf(missing !== null)('a standby is refused until it is promoted; only what the main server had beyond it is void from then on', async () => {
  const main = startPostgres();
  world.postgres.push(main);
  const db = await open(main);
  await migrate(db, { name: 'Tỉnh Mẫu', nowMs: Date.now() });
  const before = await readHead(db);
  expect((await readHead(await open(main))).epoch).toBe(before.epoch);

  const standby = main.standby();
  world.postgres.push(standby);
  await expect(openServer(standby.url)).rejects.toThrow(/recovery is in progress/);
  standby.promote();
  const onStandby = await open(standby);
  const promoted = await readHead(onStandby);
  expect(promoted).toMatchObject({ provinceId: before.provinceId, seq: before.seq });
  expect(promoted.epoch).not.toBe(before.epoch);
  expect((await readHead(await open(standby))).epoch).toBe(promoted.epoch);
  expect(await isOurs(onStandby, before, promoted)).toBe(true);
  expect(await isOurs(onStandby, { ...before, seq: before.seq + 1 }, { ...promoted, seq: before.seq + 9 })).toBe(false);
});
