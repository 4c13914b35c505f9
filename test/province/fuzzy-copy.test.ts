import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import type { Scope, Unit } from '../../contract/org.ts';
import { allRows, blobToId } from '../../db/database.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import type { Device } from '../../province/devices.ts';
import { openSpan } from '../../province/epoch.ts';
import { migrate } from '../../province/migrate.ts';
import { cursorOf, pull } from '../../province/pull.ts';
import { makeSample, SAMPLE_SEED, type Sample } from '../../province/sample.ts';
import { makeCopy } from '../../province/snapshot-make.ts';
import { memoryStore } from '../../province/snapshot-store.ts';
import type { Database } from '../../province/sql.ts';
import { commitChanges, readHead, scopeCondition, scopeParams, type RowWrite } from '../../province/store.ts';
import { openDesk, STATION, T0 } from '../db/support.ts';
import { chanceOf, oneOf, upTo, type Chance } from '../support/chance.ts';
import { emptyEmbedded } from '../support/embedded.ts';

/** More than two pages of records. */
const RECORDS = 1_300;
const SEEDS = 4;
const world = {} as { db: Database; sample: Sample; records: Map<Id, RowWrite> };

beforeAll(async () => {
  world.db = await emptyEmbedded();
  await migrate(world.db, { name: 'Tỉnh Mẫu', nowMs: 0 });
  world.sample = makeSample({ seed: SAMPLE_SEED, size: 'full', nowMs: T0, issues: RECORDS });
  world.records = new Map();
  const { sites, areas, units, people, issues } = world.sample;
  const org = ([['site', sites], ['area', areas], ['unit', units], ['person', people]] as const).flatMap(([kind, list]) =>
    list.map((data): RowWrite => ({ kind, id: data.id, siteId: 'siteId' in data ? data.siteId : data.id, service: null, deleted: false, data: { ...data }, expected: 0 })));
  await write(org);
  await write([...issues].map(issue => ({ kind: 'issue', id: issue.id, siteId: issue.siteId, service: issue.service, deleted: false, data: { ...issue }, expected: 0 })));
}, 120_000);
afterAll(() => world.db?.close());

async function write(rows: RowWrite[]): Promise<void> {
  const seq = await world.db.transaction(tx => commitChanges(tx, { rows }));
  for (const row of rows) if (row.kind === 'issue') world.records.set(row.id, { ...row, expected: seq });
}

/** One thing that happens at the province while a copy is being made. */
async function happen(chance: Chance, nth: number): Promise<void> {
  const alive = [...world.records.values()].filter(row => !row.deleted);
  const row = oneOf(chance, alive);
  switch (upTo(chance, 6)) {
    case 0: return write([{ ...row, data: { ...row.data, description: `${String(row.data['description'])} ${nth}` } }]);
    case 1: return move(row, oneOf(chance, world.sample.sites).id);
    case 2: return write([{ ...row, deleted: true, data: {} }]);
    case 3: return receive(row, chance, {});
    case 4: {
      const unit: Unit = { ...oneOf(chance, world.sample.units), id: newId(T0), name: `Đội mới ${nth}` };
      await write([{ kind: 'unit', id: unit.id, siteId: unit.siteId, service: null, deleted: false, data: { ...unit }, expected: 0 }]);
      return receive(row, chance, { leadUnitId: unit.id });
    }
    default: return openSpan(world.db);
  }
}

function move(row: RowWrite, siteId: Id): Promise<void> {
  return write([{ ...row, siteId, data: { ...row.data, siteId } }]);
}

/** A record whose id lies anywhere among the others: before what was read already, or behind it. */
function receive(like: RowWrite, chance: Chance, more: object): Promise<void> {
  const id = newId(T0 - upTo(chance, 370) * 86_400_000);
  return write([{ ...like, id, data: { ...like.data, ...more, id }, expected: 0 }]);
}

/** The database, with something done after each page of rows that is read from it. */
function disturbed(after: () => Promise<void>): Database {
  const { db } = world;
  return { ...db, query: async <T>(text: string, params?: unknown[]) => {
    const rows = await db.query<T>(text, params);
    if (text.includes('FROM record WHERE kind = $1')) await after();
    return rows;
  } };
}

type Desk = ReturnType<typeof openDesk>;

/** Loads a copy that is made while `happening`, pulls what comes behind it, as a console does. @returns the copy's cursor */
async function load(desk: Desk, device: Device, happening: () => Promise<void>): Promise<string> {
  const store = memoryStore();
  const making = makeCopy(disturbed(happening), store, { scope: device.scope, scopeKey: '0', effort: 'quick' });
  const { codec, id, rows, chunks, epoch, seq, reach } = await making.copy;
  expect(making.share()).toBeGreaterThan(0.5);
  const cursor = cursorOf({ epoch, seq, reach, scopeVersion: device.scopeVersion });
  const manifest = { codec, id, rows, chunks, seq, cursor, bytes: 0 };
  desk.call('sync.snapshotBegin', { manifest });
  for (const index of chunks.keys()) desk.call('sync.snapshotChunk', { manifestId: id, index, bytes: await store.chunk(id, index) ?? new Uint8Array() });
  desk.call('sync.snapshotFinish', { manifest, atMs: T0 });
  for (let more = true; more;) {
    const page = await pull(world.db, device, { cursor: readSyncState(desk.db).cursor ?? '', limit: 20, ackedN: 0 });
    desk.call('sync.applyPage', { ...page, atMs: T0 });
    more = page.more;
  }
  return cursor;
}

async function ofProvince(scope: Scope): Promise<Map<Id, unknown>> {
  const rows = await world.db.query<{ id: Id; data: unknown }>(`SELECT id, data FROM record WHERE NOT deleted AND ${scopeCondition(1)} ORDER BY id`, scopeParams(scope));
  return new Map(rows.map(row => [row.id, row.data]));
}

function ofDesk({ db }: Desk): Map<Id, unknown> {
  const issues = allRows<{ id: Uint8Array }>(db, 'SELECT id FROM issue').map(row => blobToId(row.id)).map(id => [id, readIssue(db, id)?.issue] as const);
  const others = allRows<{ id: Uint8Array; data: string }>(db, 'SELECT id, data FROM org_row').map(row => [blobToId(row.id), JSON.parse(row.data) as unknown] as const);
  return new Map([...issues, ...others].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const deviceOf = (siteIds: Id[] | null): Device => ({ id: newId(0), scope: { siteIds, services: null }, scopeVersion: 1, lastN: 0 });

test('whatever happens while a copy is made, who loads it and pulls what comes behind has what the province has', async () => {
  const some = deviceOf(world.sample.sites.slice(0, 3).map(site => site.id));
  const again = openDesk(undefined, false);
  again.call('station.save', { ...STATION, scope: some.scope });
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const chance = chanceOf(seed);
    const happening = async (): Promise<void> => { for (let nth = upTo(chance, 6); nth > 0; nth -= 1) await happen(chance, seed * 1_000 + nth); };
    // One that begins with nothing, of everything; and one of some sites that has a copy already.
    const fresh = openDesk(undefined, false);
    fresh.call('station.save', STATION);
    await load(fresh, deviceOf(null), happening);
    expect(ofDesk(fresh), `seed ${seed}, everything`).toEqual(await ofProvince({ siteIds: null, services: null }));
    fresh.close();
    if (seed > 1) again.call('sync.forgetCursor', { sameOrder: true });
    await load(again, some, happening);
    expect(ofDesk(again), `seed ${seed}, some sites`).toEqual(await ofProvince(some.scope));
  }
  again.close();
});

test('a copy holds good only where the history went on from behind what was read for it', async () => {
  const device = deviceOf(null);
  const desk = openDesk(undefined, false);
  desk.call('station.save', STATION);
  const [row] = [...world.records.values()].filter(one => !one.deleted);
  if (row === undefined) throw new Error('there are records');
  let times = 0;
  const cursor = await load(desk, device, async () => { times += 1; if (times < 3) await write([{ ...world.records.get(row.id) ?? row }]); });
  desk.close();
  const [epoch = '', , seq = '', , reach = ''] = cursor.split('.');
  expect(Number(reach)).toBe(Number(seq) + 2);
  await pull(world.db, device, { cursor, limit: 20, ackedN: 0 });
  // A failover to a state after the beginning and before the end of the reading: the seq is of its history, the reach is not.
  await openSpan(world.db);
  await world.db.query('UPDATE epoch_span SET from_seq = $1 WHERE epoch = (SELECT epoch FROM sync_head)', [Number(seq) + 1]);
  await pull(world.db, device, { cursor: cursorOf({ epoch, seq: Number(seq), scopeVersion: 1 }), limit: 20, ackedN: 0 });
  await expect(pull(world.db, device, { cursor, limit: 20, ackedN: 0 })).rejects.toMatchObject({ code: 'sync/restart', facts: { reason: 'epoch' } });
});

test('a reading that a failover has caught up with ends, rather than mix two histories', async () => {
  const failover = async (): Promise<void> => {
    const { seq } = await readHead(world.db);
    await openSpan(world.db);
    await world.db.query('UPDATE epoch_span SET from_seq = $1 WHERE epoch = (SELECT epoch FROM sync_head)', [seq - 1]);
  };
  const making = makeCopy(disturbed(failover), memoryStore(), { scope: { siteIds: null, services: null }, scopeKey: '0', effort: 'dense' });
  await expect(making.copy).rejects.toThrow('the history has changed');
});
