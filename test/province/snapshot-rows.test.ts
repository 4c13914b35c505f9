import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import type { Scope } from '../../contract/org.ts';
import { openSpan } from '../../province/epoch.ts';
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

/** Somebody works while a copy is being made: new records, changed ones, deleted ones, and some that move. */
async function work(random: Random, times: number): Promise<void> {
  const rows = await world.db.query<{ id: Id; seq: number; siteId: Id; data: Record<string, unknown> }>(`SELECT id, seq, site_id AS "siteId", data FROM record WHERE kind = 'issue' AND NOT deleted`);
  for (let at = 0; at < times; at += 1) {
    const [row] = rows.splice(random.int(rows.length), 1);
    if (row === undefined || random.chance(0.3)) { await write([made(random, random.int(1_000_000) - 500_000)]); continue; }
    const siteId = random.chance(0.4) ? random.pick(world.sites) : row.siteId;
    await write([{ kind: 'issue', id: row.id, siteId, service: '115', deleted: random.chance(0.2), data: { ...row.data, siteId, words: `sửa ${random.int(1_000)}` }, before: row.data, expected: row.seq }]);
  }
}

/** What a console ends with that loads the copy and follows from its cursor. */
async function replica(scope: Scope, during: (page: number) => Promise<void>): Promise<Map<Id, unknown>> {
  const { db } = world;
  const reading = beginReading(await readHead(db));
  const rows = new Map<Id, unknown>();
  let pages = 0;
  for await (const page of readRows(db, scope, reading)) {
    for (const row of page) if (row.kind === 'issue') rows.set(row.id, row.data);
    await during(pages += 1);
  }
  const device = { id: newId(NOW_MS), scope, scopeVersion: 1, lastN: 0 };
  await db.query('INSERT INTO device (id, station_code, station_name, site_id, public_key, scope, scope_version, enrolled_at_ms) VALUES ($1, $2, $2, $3, $2, $4, 1, 0)', [device.id, device.id.slice(-12), world.sites[0], JSON.stringify(scope)]);
  for (let cursor = cursorOf({ ...reading, scopeVersion: 1 }); ;) {
    const page = await pull(db, device, { cursor, limit: 40, ackedN: 0 });
    for (const row of page.rows) {
      if (row.deleted) rows.delete(row.id);
      else if (row.kind === 'issue') rows.set(row.id, row.data);
    }
    cursor = page.cursor;
    if (!page.more) return rows;
  }
}

async function standing({ siteIds }: Scope): Promise<Map<Id, unknown>> {
  const rows = await world.db.query<{ id: Id; data: unknown }>(`SELECT id, data FROM record WHERE kind = 'issue' AND NOT deleted AND ($1::uuid[] IS NULL OR site_id = ANY($1::uuid[]))`, [siteIds]);
  return new Map(rows.map(row => [row.id, row.data]));
}

const sorted = (rows: Map<Id, unknown>): [Id, unknown][] => [...rows].sort(([one], [other]) => (one < other ? -1 : 1));

test.each([1, 2, 3, 4, 5, 6])('a copy that was made while people worked, and its tail, are what the province has (%i)', async seed => {
  const random = createRandom(seed, 'work');
  const scope: Scope = { siteIds: seed % 3 === 0 ? null : [world.sites[0]!], services: null };
  const rows = await replica(scope, async page => {
    await work(random, 25);
    if (page === 4) await openSpan(world.db);
  });
  expect(sorted(rows)).toEqual(sorted(await standing(scope)));
});

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
  await expect(look(seq)).resolves.toMatchObject({ more: false });
  await expect(look(seq + 1)).rejects.toMatchObject({ code: 'sync/restart' });
});
