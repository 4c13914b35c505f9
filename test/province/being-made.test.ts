import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '../../contract/ids.ts';
import type { SnapshotManifest } from '../../contract/province.ts';
import type { Device } from '../../province/devices.ts';
import { openSpan } from '../../province/epoch.ts';
import { importSample } from '../../province/import-sample.ts';
import { migrate } from '../../province/migrate.ts';
import { makeSample, SAMPLE_SEED } from '../../province/sample.ts';
import { tableStore } from '../../province/snapshot-table.ts';
import { createSnapshots, scopeKey, type Snapshots } from '../../province/snapshot.ts';
import type { Database } from '../../province/sql.ts';
import { emptyEmbedded } from '../support/embedded.ts';

const world = {} as { db: Database };
beforeAll(async () => {
  world.db = await emptyEmbedded();
  await migrate(world.db, { name: 'Tỉnh Mẫu', nowMs: 0 });
  await importSample(world.db, makeSample({ seed: SAMPLE_SEED, size: 'small', nowMs: Date.UTC(2026, 10, 24) }));
}, 60_000);
afterEach(() => world.db.script('DELETE FROM snapshot'));
afterAll(() => world.db?.close());

const device: Device = { id: newId(0), scope: { siteIds: null, services: null }, scopeVersion: 1, lastN: 0 };

/** A server whose reading of records waits for `gate`. */
function server(gate: Promise<void>, waitMs: number, reports: unknown[] = []): Snapshots {
  const { db } = world;
  const slow: Database = { ...db, query: async (text, params) => {
    if (text.includes('FROM record WHERE kind = $1') && params?.[0] === 'issue') await gate;
    return db.query(text, params);
  } };
  return createSnapshots({ db: slow, store: tableStore(db), report: (_, error) => { reports.push(error); }, waitMs });
}

const told = { code: 'sync/copy-being-made', facts: { percent: 0 } };

test('who waits long for a copy is told so, at the server that makes it and at any other, and gets that very copy once it is there', async () => {
  const gate = Promise.withResolvers<void>();
  const [maker, other] = [server(gate.promise, 30), server(Promise.resolve(), 30)];
  await expect(maker.manifest(device)).rejects.toMatchObject(told);
  await expect(other.manifest(device)).rejects.toMatchObject(told);
  await other.warm(device.scope);
  expect(await world.db.query('SELECT id FROM snapshot')).toHaveLength(1);
  // Nobody gets a piece of what is not whole.
  const [unfinished] = await world.db.query<{ id: string }>('SELECT id FROM snapshot');
  await world.db.query("INSERT INTO snapshot_chunk (snapshot_id, index, bytes) VALUES ($1, 99, 'x')", [unfinished?.id]);
  await expect(maker.chunk(device, unfinished?.id ?? '', 99)).rejects.toMatchObject({ code: 'sync/chunk-gone' });
  gate.resolve();
  const manifests: SnapshotManifest[] = [];
  while (manifests.length < 2) {
    const manifest = await (manifests.length === 0 ? maker : other).manifest(device).catch((error: unknown) => { expect(error).toMatchObject({ code: told.code }); return null; });
    if (manifest !== null) manifests.push(manifest);
  }
  expect(manifests[1]).toEqual(manifests[0]);
  expect((await other.chunk(device, manifests[0]?.id ?? '', 0)).length).toBe(manifests[0]?.chunks[0]?.bytes);
});

test('a server that is closed looks at no copy any more, however soon one was to be renewed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  try {
    const asked: string[] = [], reports: unknown[] = [];
    const { db } = world;
    const heard: Database = { ...db, query: async (text, params) => { asked.push(text); return db.query(text, params); } };
    const here = createSnapshots({ db: heard, store: tableStore(db), report: (_, error) => { reports.push(error); } });
    await here.manifest(device);
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    await here.close();
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect([asked.length - before, reports]).toEqual([0, []]);
  } finally {
    vi.useRealTimers();
  }
});

test('a copy that is ready in time is waited for, and several who ask share one', async () => {
  const here = server(Promise.resolve(), 60_000);
  const [one, two] = await Promise.all([here.manifest(device), here.manifest(device)]);
  expect(two).toEqual(one);
  const stored = await world.db.query<{ rows: number }>("SELECT (manifest->>'rows')::int AS rows FROM snapshot WHERE share IS NULL");
  expect(stored).toEqual([{ rows: one.rows }]);
});

test('a copy that was begun before the newest span of the log is not what a station gets whose order of changes has ended', async () => {
  const { db } = world;
  const gate = Promise.withResolvers<void>();
  const here = server(gate.promise, 60_000);
  const early = here.manifest(device);
  while ((await db.query('SELECT id FROM snapshot')).length === 0) await new Promise(resolve => { setTimeout(resolve, 5); });
  await db.query('UPDATE sync_head SET seq = seq + 1');
  await openSpan(db);
  const late = here.manifest(device, 'start');
  gate.resolve();
  expect((await late).seq).toBe((await early).seq + 1);
});

test('one whose maker is gone is made by another, and nothing of one that fails stays', async () => {
  await world.db.query("INSERT INTO snapshot (id, scope_key, manifest, share, made_at) VALUES ('left', $1, '{}', 0.7, now() - interval '31 seconds')", [scopeKey(device.scope)]);
  const reports: unknown[] = [];
  const gate = Promise.withResolvers<void>();
  const failing = server(gate.promise, 60_000, reports);
  const asked = failing.manifest(device);
  gate.reject(new Error('the database went away'));
  await expect(asked).rejects.toThrow('the database went away');
  expect(reports).toHaveLength(1);
  expect(await world.db.query('SELECT id FROM snapshot')).toEqual([{ id: 'left' }]);
  expect((await server(Promise.resolve(), 60_000).manifest(device)).rows).toBeGreaterThan(300);
});

test.each([
  // As after a failover to a state before it was stored, or when someone has cleared the place.
  ['nowhere any more', 'DELETE FROM snapshot'],
  ['damaged where they lie', "UPDATE snapshot_chunk SET bytes = set_byte(bytes, 100, get_byte(bytes, 100) # 1)"],
])('a copy whose bytes are %s is not offered again: whoever has missed a chunk of it gets another', async (_, harm) => {
  const here = server(Promise.resolve(), 60_000);
  const lost = await here.manifest(device);
  await world.db.script(harm);
  await expect(here.chunk(device, lost.id, 0)).rejects.toMatchObject({ code: 'sync/chunk-gone' });
  const next = await here.manifest(device);
  expect(next.id).not.toBe(lost.id);
  expect((await here.chunk(device, next.id, 0)).length).toBe(next.chunks[0]?.bytes);
});
