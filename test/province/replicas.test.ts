import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bucketOf } from '../../contract/digest.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { inScope, type Scope, type Service } from '../../contract/org.ts';
import type { Row } from '../../contract/province.ts';
import { rowDigest } from '../../db/stores/replica.ts';
import type { Device } from '../../province/devices.ts';
import { bucketRows, bucketsOf, digestOf } from '../../province/digest.ts';
import { migrate } from '../../province/migrate.ts';
import { pull } from '../../province/pull.ts';
import type { Database } from '../../province/sql.ts';
import { commitChanges, type RowWrite } from '../../province/store.ts';
import { emptyEmbedded } from '../support/embedded.ts';

const world: { db: Database } = {} as typeof world;
beforeAll(async () => {
  world.db = await emptyEmbedded();
  await migrate(world.db, { name: 'Tỉnh Mẫu', nowMs: Date.now() });
});
afterAll(() => world.db?.close());

const SITES = [newId(1), newId(2), newId(3)] as const;
const SERVICES = ['113', '114', '115'] as const satisfies Service[];
const SCOPES: Scope[] = [
  { siteIds: null, services: null }, { siteIds: [SITES[0]], services: null }, { siteIds: [SITES[1]], services: ['114'] },
  { siteIds: [SITES[0], SITES[1]], services: ['113', '115'] }, { siteIds: null, services: ['115'] },
];

const BY_PLACE = 'ORDER BY site_id, service, bucket';

/** What the province says of each scope is what a console works out from the same rows. */
async function expectDigests(): Promise<void> {
  const all = await world.db.query<{ id: Id; seq: number; siteId: Id; service: Service }>(`SELECT id, seq, site_id AS "siteId", service FROM record WHERE NOT deleted`);
  for (const scope of SCOPES) {
    const device = { id: newId(0), scope, scopeVersion: 1, lastN: 0 };
    const rows = all.filter(row => inScope(scope, row));
    const sum = (of: typeof rows) => BigInt.asUintN(64, of.reduce((digest, row) => digest + rowDigest(row.id, row.seq), 0n)).toString(16);
    const { places } = await digestOf(world.db, device);
    const wanted = [...new Set(rows.map(row => row.siteId))].map(place => ({ place, of: rows.filter(row => row.siteId === place) }));
    expect(places.toSorted((a, b) => (a.place < b.place ? -1 : 1))).toEqual(wanted.map(({ place, of }) => ({ place, rows: of.length, digest: sum(of) })).toSorted((a, b) => (a.place < b.place ? -1 : 1)));
    const [first] = wanted;
    if (first === undefined) continue;
    const { rows: counts, digests } = await bucketsOf(world.db, device, first.place);
    const ofBucket = (bucket: number) => first.of.filter(row => bucketOf(row.id) === bucket);
    expect([counts, digests]).toEqual([counts.map((_, bucket) => ofBucket(bucket).length), digests.map((_, bucket) => sum(ofBucket(bucket)))]);
    const some = first.of.slice(0, 3).map(row => bucketOf(row.id));
    const { rows: fetched } = await bucketRows(world.db, device, { place: first.place, buckets: some });
    expect(fetched.map(row => row.id)).toEqual(first.of.filter(row => some.includes(bucketOf(row.id))).map(row => row.id).sort());
  }
}

/** A workstation reduced to what it holds: row by row as it came. */
interface Replica { device: Device; cursor: string; start: string; rows: Map<Id, Row> }
/** The province as the test knows it. */
type Known = Map<Id, RowWrite>;

const place = fc.record({ siteId: fc.constantFrom(...SITES), service: fc.constantFrom(...SERVICES) });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), places: fc.array(place, { minLength: 1, maxLength: 4 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('move' as const), at: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }), to: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), at: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), at: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rescope' as const), who: fc.nat(SCOPES.length - 1), to: fc.nat(SCOPES.length - 1) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pull' as const), who: fc.nat(SCOPES.length - 1), limit: fc.integer({ min: 1, max: 5 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function write(known: Known, rows: RowWrite[]): Promise<void> {
  if (rows.length === 0) return;
  const seq = await world.db.transaction(tx => commitChanges(tx, { rows }));
  for (const row of rows) known.set(row.id, { ...row, expected: seq });
}

function chosen(known: Known, at: readonly number[]): RowWrite[] {
  const living = [...known.values()].filter(row => !row.deleted);
  return [...new Set(at)].flatMap(index => living[index] ?? []);
}

async function take(known: Known, replicas: readonly Replica[], s: Step): Promise<void> {
  switch (s.do) {
    case 'add': return write(known, s.places.map(at => { const id = newId(Date.now()); return { kind: 'issue', id, ...at, deleted: false, data: { id, n: 0 }, expected: 0 }; }));
    case 'move': return write(known, chosen(known, s.at).map(row => ({ ...row, ...s.to })));
    case 'edit': return write(known, chosen(known, s.at).map(row => ({ ...row, data: { ...row.data, n: Number(row.data['n']) + 1 } })));
    case 'remove': return write(known, chosen(known, [s.at]).map(row => ({ ...row, deleted: true, data: {} })));
    case 'rescope': { const replica = replicas[s.who]; if (replica !== undefined) rescope(replica, SCOPES[s.to] ?? SCOPES[0]!); return; }
    case 'pull': { const replica = replicas[s.who]; if (replica !== undefined) await look(replica, s.limit); }
  }
}

function rescope(replica: Replica, scope: Scope): void {
  replica.device = { ...replica.device, scope, scopeVersion: replica.device.scopeVersion + 1 };
}

/** One page. @returns whether there is more */
async function look(replica: Replica, limit: number): Promise<boolean> {
  const page = await pull(world.db, replica.device, { cursor: replica.cursor, limit, ackedN: 0 }).catch((error: unknown) => {
    expect(error).toEqual(new AppError('sync/restart', { reason: 'scope' }));
    replica.rows.clear();
    replica.cursor = replica.start.replace('.1.', `.${replica.device.scopeVersion}.`);
    return null;
  });
  if (page === null) return true;
  expect(page.rows.map(row => row.seq)).toEqual(page.rows.map(row => row.seq).toSorted((a, b) => a - b));
  for (const row of page.rows) {
    if (row.left) expect(row).toMatchObject({ deleted: true, data: {} });
    if (row.deleted) replica.rows.delete(row.id);
    else replica.rows.set(row.id, row);
  }
  replica.cursor = page.cursor;
  return page.more;
}

test('whatever moves, changes or goes, and in whatever pages it comes, every scope holds its rows in the end and no others', async () => {
  const seen = { left: 0 };
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async steps => {
    const known: Known = new Map();
    const start = (await world.db.query<{ seq: number }>('SELECT seq FROM sync_head'))[0]?.seq ?? 0;
    const [head] = await world.db.query<{ epoch: string }>('SELECT epoch FROM sync_head');
    const cursor = `${head?.epoch}.1.${start}.1`;
    const replicas = SCOPES.map((scope): Replica => ({ device: { id: newId(0), scope, scopeVersion: 1, lastN: 0 }, cursor, start: cursor, rows: new Map() }));
    for (const s of steps) await take(known, replicas, s);
    for (const replica of replicas) {
      while (await look(replica, 3));
      const { scope } = replica.device;
      const wanted = [...known.values()].filter(row => !row.deleted && inScope(scope, { siteId: row.siteId ?? '', service: (row.service ?? '113') as '113' }));
      expect([...replica.rows.values()].map(row => [row.id, row.seq, row.data['n']]).sort()).toEqual(wanted.map(row => [row.id, row.expected, row.data['n']]).sort());
    }
    expect(await world.db.query(`SELECT * FROM place_digest WHERE rows <> 0 ${BY_PLACE}`)).toEqual(await world.db.query(`SELECT * FROM place_digests() ${BY_PLACE}`));
    await expectDigests();
    seen.left += (await world.db.query('SELECT FROM record_left WHERE seq > $1', [start])).length;
  }), { numRuns: 25 });
  expect(seen.left).toBeGreaterThan(50);
}, 60_000);

test('a commit of rows that come, go and stay is one page, however small the page', async () => {
  const known: Known = new Map();
  const at = { siteId: SITES[0], service: '113' as const };
  await take(known, [], { do: 'add', places: [at, at, at, at] });
  const replica: Replica = { device: { id: newId(0), scope: { siteIds: [SITES[0]], services: null }, scopeVersion: 1, lastN: 0 }, cursor: '', start: '', rows: new Map() };
  while (await look(replica, 500));
  const [one, two, three, four] = [...known.values()] as [RowWrite, RowWrite, RowWrite, RowWrite];
  await write(known, [{ ...one, siteId: SITES[2] }, { ...two, siteId: SITES[1] }, { ...three, data: { ...three.data, n: 9 } }]);
  await write(known, [{ ...four, siteId: SITES[1] }]);
  const page = await pull(world.db, replica.device, { cursor: replica.cursor, limit: 1, ackedN: 0 });
  expect(page.rows.map(row => [row.id, row.deleted, row.left]).sort()).toEqual([[one.id, true, true], [two.id, true, true], [three.id, false, undefined]].sort());
  expect(page.more).toBe(true);
  expect(await look({ ...replica, cursor: page.cursor }, 1)).toBe(false);
});

test('a record that comes back takes the note of its leaving away, and leaves one where it was', async () => {
  const known: Known = new Map();
  await take(known, [], { do: 'add', places: [{ siteId: SITES[0], service: '113' }] });
  for (const siteId of [SITES[1], SITES[2], SITES[0]]) await write(known, [...known.values()].map(row => ({ ...row, siteId })));
  const [row] = [...known.values()];
  const notes = await world.db.query<{ site: Id; seq: number }>('SELECT site_id AS site, seq FROM record_left WHERE id = $1 ORDER BY seq', [row?.id]);
  expect(notes).toEqual([{ site: SITES[1], seq: Number(row?.expected) - 1 }, { site: SITES[2], seq: row?.expected }]);
});
