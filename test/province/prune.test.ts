import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Device } from '../../province/devices.ts';
import { migrate } from '../../province/migrate.ts';
import { KEPT_MS, notePulled, prune } from '../../province/prune.ts';
import { cursorOf, pull } from '../../province/pull.ts';
import type { Database } from '../../province/sql.ts';
import { commitChanges, readHead, type RowWrite } from '../../province/store.ts';
import { emptyEmbedded } from '../support/embedded.ts';

const world: { db: Database } = {} as typeof world;
beforeAll(async () => {
  world.db = await emptyEmbedded();
  await migrate(world.db, { name: 'Tỉnh Mẫu', nowMs: 0 });
});
afterAll(() => world.db?.close());
beforeEach(() => world.db.script('DELETE FROM device; DELETE FROM sync_moment'));

const DAY_MS = 86_400_000;
const [HERE, THERE] = [newId(1), newId(2)];
const T0 = 1_700_000_000_000;

async function write(row: RowWrite): Promise<RowWrite> {
  const seq = await world.db.transaction(tx => commitChanges(tx, { rows: [row] }));
  return { ...row, expected: seq };
}
const fresh = (): Promise<RowWrite> => { const id = newId(Date.now()); return write({ kind: 'issue', id, siteId: HERE, service: '114', deleted: false, data: { id }, expected: 0 }); };
const remove = (row: RowWrite): Promise<RowWrite> => write({ ...row, deleted: true, data: {} });

/** A station of the old place, seen at `seenAtMs`. */
async function station(seenAtMs: number, more: { revokedAtMs?: number } = {}): Promise<Device> {
  const device: Device = { id: newId(seenAtMs), scope: { siteIds: [HERE], services: null }, scopeVersion: 1, lastN: 0 };
  await world.db.query(`INSERT INTO device (id, station_code, station_name, site_id, public_key, scope, enrolled_at_ms, last_seen_at_ms, revoked_at_ms)
    VALUES ($1, $1::uuid::text, '', $2, '', $3, 0, $4, $5)`, [device.id, HERE, JSON.stringify(device.scope), seenAtMs, more.revokedAtMs ?? null]);
  return device;
}
async function told(after: number): Promise<Id[]> {
  const head = await readHead(world.db);
  const page = await pull(world.db, { id: newId(0), scope: { siteIds: [HERE], services: null }, scopeVersion: 1, lastN: 0 },
    { cursor: cursorOf({ epoch: head.epoch, scopeVersion: 1, seq: after }), limit: 500, ackedN: 0 });
  return page.rows.filter(row => row.deleted).map(row => row.id);
}

test('what is gone is told for 180 days, and no longer', async () => {
  const [removed, moved] = [await fresh(), await fresh()];
  await remove(removed);
  await write({ ...moved, siteId: THERE });
  expect(await prune(world.db, T0)).toBe(0);
  const young = await remove(await fresh());
  expect(await prune(world.db, T0 + KEPT_MS - 1)).toBe(0);
  expect(await told(moved.expected)).toEqual([removed.id, moved.id, young.id]);
  expect(await prune(world.db, T0 + KEPT_MS)).toBe(2);
  const { prunedSeq } = await readHead(world.db);
  expect(await told(prunedSeq)).toEqual([young.id]);
  await expect(told(prunedSeq - 1)).rejects.toEqual(new AppError('sync/restart', { reason: 'horizon' }));
  expect(await prune(world.db, T0 + KEPT_MS + DAY_MS)).toBe(0);
  expect((await readHead(world.db)).prunedSeq).toBe(prunedSeq);
  expect(await prune(world.db, T0 + 3 * KEPT_MS)).toBe(1);
  expect(await world.db.query('SELECT FROM record WHERE id = ANY($1::uuid[])', [[removed.id, young.id]])).toEqual([]);
  expect((await world.db.query('SELECT FROM record WHERE id = $1', [moved.id])).length).toBe(1);
});

test('a station that was seen meanwhile is waited for, one that was not, or was revoked, is not', async () => {
  const at = (await fresh()).expected;
  const [gone, later] = [await remove(await fresh()), await remove(await fresh())];
  await prune(world.db, T0);
  const now = T0 + KEPT_MS + 10 * DAY_MS;
  const slow = await station(now - DAY_MS);
  await notePulled(world.db, slow, at, now - DAY_MS);
  for (const nobody of [await station(T0 + 9 * DAY_MS), await station(now, { revokedAtMs: now })]) await notePulled(world.db, nobody, 0, T0);
  expect(await prune(world.db, now)).toBe(0);
  const noted = { ...slow, pulled: { seq: at, atMs: now - DAY_MS } };
  await notePulled(world.db, noted, gone.expected, now);
  expect(await prune(world.db, now)).toBe(1);
  expect(await told(gone.expected)).toEqual([later.id]);
});

test('where a station pulls from is written once an hour, or at once when it has gone back', async () => {
  const device = await station(T0);
  const noted = async (): Promise<number | null> => (await world.db.query<{ seq: number | null }>('SELECT pulled_seq AS seq FROM device WHERE id = $1', [device.id]))[0]?.seq ?? null;
  await notePulled(world.db, device, 7, T0);
  expect(await noted()).toBe(7);
  const since = { ...device, pulled: { seq: 7, atMs: T0 } };
  await notePulled(world.db, since, 9, T0 + 60_000);
  expect(await noted()).toBe(7);
  await notePulled(world.db, since, 5, T0 + 60_000);
  expect(await noted()).toBe(5);
  await notePulled(world.db, { ...device, pulled: { seq: 5, atMs: T0 } }, 9, T0 + 3_600_000);
  expect(await noted()).toBe(9);
});
