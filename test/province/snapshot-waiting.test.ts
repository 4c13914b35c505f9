import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import type { Device } from '../../province/devices.ts';
import { migrate } from '../../province/migrate.ts';
import { createRandom } from '../../province/sample/random.ts';
import { memoryStore } from '../../province/snapshot-store.ts';
import { createSnapshots } from '../../province/snapshot.ts';
import { openEmbedded, type Database } from '../../province/sql.ts';
import { commitChanges } from '../../province/store.ts';

const world = {} as { db: Database; siteId: Id };
const NOW_MS = 1_790_000_000_000;
const fails = (_: string, error: unknown): void => { throw error; };

beforeAll(async () => {
  world.db = await openEmbedded(null);
  await migrate(world.db, { name: 'Tỉnh Mẫu', nowMs: NOW_MS });
  const random = createRandom(7, 'records');
  world.siteId = newId(NOW_MS);
  await world.db.transaction(tx => commitChanges(tx, { rows: Array.from({ length: 3_000 }, (_, at) => {
    const id = random.id(NOW_MS + at);
    return { kind: 'issue', id, siteId: world.siteId, service: '115', deleted: false, data: { id, words: random.id(at) }, expected: 0 };
  }) }));
}, 60_000);
afterAll(() => world.db?.close());

function station(): Device {
  return { id: newId(NOW_MS), scope: { siteIds: [world.siteId], services: null }, scopeVersion: 1, lastN: 0 };
}

test('who asks for a copy that takes long is told how far it is, and has it when he asks again', async () => {
  const snapshots = createSnapshots({ db: world.db, store: memoryStore(), report: fails, waitMs: 1 });
  const first = await snapshots.manifest(station()).then(() => null, (error: unknown) => error);
  expect(first).toMatchObject({ code: 'sync/copy-being-made', facts: { percent: expect.any(Number) as number } });
  await expect.poll(() => snapshots.manifest(station()).then(({ rows }) => rows, () => 0)).toBe(3_000);
});

test('a copy that another server is making is waited for, and made here when nothing is heard of it any more', async () => {
  const made = memoryStore();
  const elsewhere = { share: 0.4 as number | null };
  const snapshots = createSnapshots({ db: world.db, store: { ...made, beingMade: () => Promise.resolve(elsewhere.share) }, report: fails, waitMs: 300 });
  await expect(snapshots.manifest(station())).rejects.toMatchObject({ code: 'sync/copy-being-made', facts: { percent: 40 } });
  elsewhere.share = null;
  await expect.poll(() => snapshots.manifest(station()).then(({ rows }) => rows, () => 0)).toBe(3_000);
});
