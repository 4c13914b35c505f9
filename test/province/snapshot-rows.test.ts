import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import { migrate } from '../../province/migrate.ts';
import { cursorOf, pull } from '../../province/pull.ts';
import { createRandom, type Random } from '../../province/sample/random.ts';
import { beginReading, readRows } from '../../province/snapshot-rows.ts';
import { openEmbedded, type Database } from '../../province/sql.ts';
import { commitChanges, readHead, type RowWrite } from '../../province/store.ts';

const world = {} as { db: Database; sites: Id[] };
const RECORDS = 1_600;
const NOW_MS = 1_790_000_000_000;

beforeAll(async () => {
  world.db = await openEmbedded(null);
  await migrate(world.db, { name: 'Tỉnh Mẫu', nowMs: NOW_MS });
  const random = createRandom(7, 'sites');
  world.sites = [random.id(NOW_MS), random.id(NOW_MS), random.id(NOW_MS)];
  await write(world.sites.map(id => ({ kind: 'site', id, siteId: id, service: null, deleted: false, data: { id }, expected: 0 })));
  await write(Array.from({ length: RECORDS }, (_, at) => made(random, at)));
}, 60_000);
afterAll(() => world.db?.close());

function write(rows: RowWrite[]): Promise<number> {
  return world.db.transaction(tx => commitChanges(tx, { rows }));
}

function made(random: Random, at: number): RowWrite {
  const [id, siteId] = [random.id(NOW_MS + at), random.pick(world.sites)];
  return { kind: 'issue', id, siteId, service: '115', deleted: false, data: { id, siteId, words: `mới ${at}` }, expected: 0 };
}

test('rows of a kind that only a later version knows come behind all others', async () => {
  const camera = newId(NOW_MS);
  await write([{ kind: 'camera' as RowWrite['kind'], id: camera, siteId: null, service: null, deleted: false, data: { name: 'mẫu' }, expected: 0 }]);
  const kinds: string[] = [];
  for await (const page of readRows(world.db, { siteIds: null, services: null }, beginReading(await readHead(world.db)))) kinds.push(...page.map(row => row.kind));
  expect(kinds.at(-1)).toBe('camera');
  expect(kinds[0]).toBe('site');
});

test('after a failover to between a copy’s beginning and its end its cursor is void, though the place where it began is not', async () => {
  const { db } = world;
  const device = { id: newId(NOW_MS), scope: { siteIds: null, services: null }, scopeVersion: 1, lastN: 0 };
  await db.query('INSERT INTO device (id, station_code, station_name, site_id, public_key, scope, scope_version, enrolled_at_ms) VALUES ($1, $2, $2, $3, $2, $4, 1, 0)', [device.id, 'BAN-CUOI', world.sites[0], JSON.stringify(device.scope)]);
  const { epoch, seq } = await readHead(db);
  const look = (reach: number): Promise<unknown> => pull(db, device, { cursor: cursorOf({ epoch, scopeVersion: 1, seq: seq - 2, reach }), limit: 10, ackedN: 0 });
  await expect(look(seq)).resolves.toMatchObject({ rows: expect.any(Array) as unknown[] });
  await expect(look(seq + 1)).rejects.toMatchObject({ code: 'sync/restart' });
});
