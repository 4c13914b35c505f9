import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { migrate } from '../../province/migrate.ts';
import { MIGRATIONS } from '../../province/migrations/index.ts';
import type { Database } from '../../province/sql.ts';
import { readHead } from '../../province/store.ts';
import { emptyEmbedded } from '../support/embedded.ts';

const world: { db: Database } = {} as typeof world;
beforeAll(async () => { world.db = await emptyEmbedded(); });
afterAll(() => world.db?.close());

const tables = async (): Promise<string[]> =>
  (await world.db.query<{ name: string }>("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")).map(row => row.name);

const ADDED: Record<number, string[]> = {
  10: ['record', 'sync_head'],
  20: ['account', 'device', 'enrol_code', 'login_attempt', 'nonce', 'person_grant', 'sample_account', 'session_token'],
  30: ['number_counter', 'verdict'],
  40: [],
  50: [],
  60: ['attachment_blob', 'attachment_ref', 'attachment_upload'],
  70: [],
  75: ['snapshot', 'snapshot_chunk'],
  80: ['stick_file', 'stick_key'],
  90: ['record_left'],
  91: ['sync_moment'],
  92: ['place_digest'],
  100: ['epoch_span'],
  110: [],
  120: [],
  130: [],
  135: ['access_line'],
  136: ['verdict_person'],
  137: [],
  138: [],
  139: [],
};

test('each step adds its tables, once, in order; running all again changes nothing and keeps the identity', async () => {
  const before = await tables();
  const identity = { name: 'Tỉnh Mẫu', nowMs: 1_700_000_000_000 };
  await migrate(world.db, identity);
  const head = await readHead(world.db);
  const after = await tables();
  expect(after.filter(name => !before.includes(name)).sort()).toEqual(['schema_step', ...Object.values(ADDED).flat()].sort());
  expect(MIGRATIONS.map(step => step.version)).toEqual(Object.keys(ADDED).map(Number));
  await migrate(world.db, { name: 'Tên khác', nowMs: 1_800_000_000_000 });
  expect(await readHead(world.db)).toEqual(head);
  expect(head).toMatchObject({ seq: 0, name: 'Tỉnh Mẫu' });
  expect(await tables()).toEqual(after);
});

test('a database that was carried to another cluster starts a new epoch', async () => {
  const { epoch } = await readHead(world.db);
  await world.db.query("UPDATE sync_head SET cluster = 'another'");
  await migrate(world.db, { name: '', nowMs: 0 });
  const renewed = await readHead(world.db);
  expect(renewed.epoch).not.toBe(epoch);
  await migrate(world.db, { name: '', nowMs: 0 });
  expect(await readHead(world.db)).toEqual(renewed);
});

test('a database of a newer server is refused and left as it is', async () => {
  await world.db.query("INSERT INTO schema_step (version, name) VALUES (9000, 'from the future')");
  await expect(migrate(world.db, { name: '', nowMs: 0 })).rejects.toEqual(new AppError('db/from-future', { version: 9000 }));
  await world.db.query('DELETE FROM schema_step WHERE version = 9000');
});
