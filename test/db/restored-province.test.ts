import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import { Mutation } from '../../contract/province.ts';
import { snapshotChunkOf } from '../../contract/snapshot.ts';
import { pendingCounts, pendingMutations } from '../../db/outbox.ts';
import { readAttention } from '../../db/stores/attention.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import { FakeProvince } from './fake-province.ts';
import { desk, DEVICE, focal, lead, openDesk, orgRows, report, T0 } from './support.ts';

const OTHER_DEVICE = '00000000-0000-7000-8000-000000000077';

interface World { desk: ReturnType<typeof openDesk>; province: FakeProvince; cursor: number; now: number; copies: number; notes: Map<string, Id> }

function openWorld(): World {
  const opened = openDesk();
  opened.db.pragma('synchronous=OFF');            // durability is not what is asked here
  return { desk: opened, province: new FakeProvince([desk, lead, focal], DEVICE), cursor: 0, now: T0, copies: 0, notes: new Map() };
}

function push(world: World): void {
  world.desk.call('sync.applyVerdicts', { verdicts: world.province.push(pendingMutations(world.desk.db, 50)), atMs: ++world.now });
}

function pull(world: World): void {
  const { rows, cursor, verdicts } = world.province.pull(world.cursor, 50, readSyncState(world.desk.db).ackedN);
  world.desk.call('sync.applyPage', { rows, cursor: String(cursor), verdicts, atMs: ++world.now });
  world.cursor = cursor;
}

/** A first copy over whatever is here, as after `sync/restart`. */
function copy(world: World): void {
  const rows = [...world.province.rows.values()];
  const bytes = new Uint8Array(zstdCompressSync(snapshotChunkOf([...orgRows, ...rows.map(data => ({ kind: 'issue' as const, id: data.id, seq: data.version, data: { ...data } }))])));
  const id = `copy ${++world.copies}`;
  const manifest = { codec: 'columns-1' as const, id, seq: world.province.seq, cursor: String(world.province.seq), rows: rows.length, bytes: bytes.length, chunks: [{ sha256: '0'.repeat(64), bytes: bytes.length, rows: rows.length }] };
  world.desk.call('sync.snapshotBegin', { manifest });
  world.desk.call('sync.snapshotChunk', { manifestId: id, index: 0, bytes });
  world.desk.call('sync.snapshotFinish', { manifest, atMs: ++world.now });
  world.cursor = world.province.seq;
}

/** As the exchange does it: whoever hears of a lower number than it has verdicts for offers again and takes a new copy. */
function meet(world: World): void {
  if (world.province.lastN < readSyncState(world.desk.db).ackedN) {
    world.desk.call('sync.provinceRestored', { lastN: world.province.lastN });
    copy(world);
  }
  for (let i = 0; i < 100 && (pendingCounts(world.desk.db).pending > 0 || world.cursor < world.province.seq); i++) {
    push(world);
    pull(world);
    if (world.province.pull(world.cursor, 1, 0).rows.length === 0) world.cursor = world.province.seq;
  }
}

function note(world: World, id: Id): void {
  const text = `ghi ${world.now}`;
  world.desk.mutate(desk, 'issue.note', { id, note: text }, world.now);
  world.notes.set(text, id);
}

const notesOf = (world: World, id: Id): (string | undefined)[] => (world.province.rows.get(id)?.history ?? []).filter(h => h.action === 'issue.note').map(h => h.note);
const count = (world: World, what: string): unknown => world.desk.db.prepare(`SELECT count(*) FROM ${what}`).pluck().get();

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('receive' as const) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('note' as const), at: fc.nat(20) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('theirs' as const), at: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('push' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pull' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('meet' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function take(world: World, ids: Id[], s: Step): void {
  world.now += 10;
  if (s.do === 'push') return push(world);
  if (s.do === 'pull') return pull(world);
  if (s.do === 'meet') return meet(world);
  if (s.do === 'receive') {
    const id = newId(world.now);
    world.desk.mutate(desk, 'issue.receive', report(id), world.now);
    ids.push(id);
    return;
  }
  const id = ids[s.at % Math.max(1, ids.length)];
  if (id === undefined) return;
  if (s.do === 'note') note(world, id);
  else if (world.province.rows.has(id)) world.province.apply(lead, 'issue.note', { id, note: 'của máy khác' }, world.now, OTHER_DEVICE);
}

test('whatever a restored province has forgotten of this workstation, it has again in the end, once, and here nothing vanishes meanwhile', () => {
  const seen = { again: 0 };
  fc.assert(fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), fc.array(step, { minLength: 5, maxLength: 30 }), fc.array(step, { maxLength: 10 }), (before, between, after) => {
    const world = openWorld();
    const ids: Id[] = [];
    for (const s of before) take(world, ids, s);
    const restore = world.province.backup();
    for (const s of between) take(world, ids, s);
    const judged = readSyncState(world.desk.db).ackedN;
    restore();
    seen.again += Math.max(0, judged - world.province.lastN);
    for (const s of after) if (s.do === 'note' || s.do === 'receive') take(world, ids, s);
    // Where nothing of ours was forgotten it is the cursor that tells: others' changes may be.
    if (world.province.lastN < judged) world.desk.call('sync.provinceRestored', { lastN: world.province.lastN });
    else world.desk.call('sync.forgetCursor', { sameOrder: false });
    copy(world);
    for (const [text, id] of world.notes) expect(readIssue(world.desk.db, id)?.issue.history.filter(h => h.note === text)).toHaveLength(1);
    meet(world);
    for (const [text, id] of world.notes) expect(notesOf(world, id).filter(found => found === text)).toHaveLength(1);
    expect(ids.filter(id => !world.province.rows.has(id))).toEqual([]);
    for (const row of world.province.rows.values()) expect(readIssue(world.desk.db, row.id)).toMatchObject({ sync: 0, issue: row });
    expect([count(world, 'outbox'), count(world, 'base_row'), readAttention(world.desk.db)]).toEqual([0, 0, []]);
    world.desk.close();
  }), { numRuns: 60, interruptAfterTimeLimit: 60_000 });
  expect(seen.again).toBeGreaterThan(100);
}, 120_000);

test('a change of a record that another workstation has yet to offer again waits for it, in view, and is sent when it comes', () => {
  const world = openWorld();
  const restore = world.province.backup();
  const id = newId(T0);
  world.province.apply(lead, 'issue.receive', report(id), T0, OTHER_DEVICE);
  meet(world);
  note(world, id);
  world.now += 10;
  note(world, id);
  meet(world);
  restore();
  const mine = world.desk.receive();
  meet(world);
  // Its own record went through; the other one has not come, and holds up nobody.
  expect(world.province.rows.has(mine)).toBe(true);
  expect([pendingCounts(world.desk.db), readAttention(world.desk.db)]).toEqual([{ pending: 0, oldestAtMs: null, refused: 0 }, []]);
  expect(readIssue(world.desk.db, id)).toMatchObject({ sync: 1 });
  expect(count(world, 'outbox WHERE n < 0')).toBe(2);
  world.province.apply(lead, 'issue.receive', report(id), T0, OTHER_DEVICE);
  meet(world);
  expect(notesOf(world, id)).toEqual([...world.notes.keys()]);
  expect(readIssue(world.desk.db, id)).toMatchObject({ sync: 0, issue: world.province.rows.get(id) ?? {} });
  expect([count(world, 'outbox'), count(world, 'base_row')]).toEqual([0, 0]);
  world.desk.close();
});

test('what no log has any more leaves no gap in the numbers: the rest goes through, and nobody is told of it', () => {
  const world = openWorld();
  const restore = world.province.backup();
  const [old, young] = [world.desk.receive(), world.desk.receive()];
  meet(world);
  world.desk.db.prepare('DELETE FROM sent_log WHERE n = 1').run();
  for (const _ of ['once', 'and once more']) {
    restore();
    expect(world.desk.call('sync.provinceRestored', { lastN: 0 })).toEqual({ again: 2 });
    for (const { issueId: __, ...sent } of pendingMutations(world.desk.db, 50)) expect(Mutation.safeParse(sent).success).toBe(true);
    copy(world);
    meet(world);
  }
  expect([world.province.rows.has(old), world.province.rows.has(young), world.province.lastN]).toEqual([false, true, 2]);
  expect([count(world, 'outbox'), readAttention(world.desk.db)]).toEqual([0, []]);
  world.desk.close();
});

test('a refusal that the province has forgotten is judged again; one that was seen before stays away only if it is taken now', () => {
  const world = openWorld();
  const restore = world.province.backup();
  const id = world.desk.receive();
  meet(world);
  world.desk.mutate(desk, 'issue.edit', { id, fields: { severity: { from: 'P3', to: 'P1' } } }, ++world.now);
  world.province.apply(lead, 'issue.edit', { id, fields: { severity: { from: 'P3', to: 'P2' } } }, ++world.now, OTHER_DEVICE);
  meet(world);
  expect(readAttention(world.desk.db)).toHaveLength(1);
  restore();
  meet(world);
  // The other one's edit is forgotten, so there is no conflict any more.
  expect([world.province.rows.get(id)?.severity, readAttention(world.desk.db)]).toEqual(['P1', []]);
  world.desk.close();
});

test('a refusal that nobody has seen stays listed with its words where no log has them any more', () => {
  const world = openWorld();
  const restore = world.province.backup();
  const id = world.desk.receive();
  meet(world);
  world.desk.mutate(desk, 'issue.edit', { id, fields: { severity: { from: 'P3', to: 'P1' } } }, ++world.now);
  world.province.apply(lead, 'issue.edit', { id, fields: { severity: { from: 'P3', to: 'P2' } } }, ++world.now, OTHER_DEVICE);
  meet(world);
  world.desk.db.prepare('DELETE FROM sent_log WHERE n = 2').run();
  restore();
  meet(world);
  expect(readAttention(world.desk.db).map(({ attention }) => [attention.n, attention.lost.map(({ field, mine, theirs }) => ({ field, mine, theirs }))])).toEqual([[2, [{ field: 'severity', mine: 'P1', theirs: 'P2' }]]]);
  world.desk.close();
});

test('a province that knows more than is acknowledged here, or as much, has forgotten nothing', () => {
  const world = openWorld();
  world.desk.receive();
  expect(world.desk.call('sync.provinceRestored', { lastN: 0 })).toEqual({ again: 0 });
  meet(world);
  expect(world.desk.call('sync.provinceRestored', { lastN: 5 })).toEqual({ again: 0 });
  expect(readSyncState(world.desk.db).cursor).not.toBe(null);
  world.desk.close();
});

/** A note of ours is left of a record that another workstation has yet to offer again to the restored province. */
function withoutItsRecord(): { world: World; id: Id } {
  const world = openWorld();
  const restore = world.province.backup();
  const id = newId(T0);
  world.province.apply(lead, 'issue.receive', report(id), T0, OTHER_DEVICE);
  meet(world);
  note(world, id);
  meet(world);
  restore();
  return { world, id };
}

test('a change that was judged before its record came is sent again under a new number once the judgement is heard', () => {
  const { world, id } = withoutItsRecord();
  world.desk.call('sync.provinceRestored', { lastN: 0 });
  copy(world);
  // Judged, but nobody heard it; the record comes first.
  world.province.push(pendingMutations(world.desk.db, 50));
  world.province.apply(lead, 'issue.receive', report(id), T0, OTHER_DEVICE);
  pull(world);
  meet(world);
  expect(notesOf(world, id)).toEqual([...world.notes.keys()]);
  expect([count(world, 'outbox'), count(world, 'base_row'), readAttention(world.desk.db)]).toEqual([0, 0, []]);
  world.desk.close();
});

test('an unsent change that a restored province judges before its copy has come stays in view: older numbers of another order say nothing', () => {
  const world = openWorld();
  const id = world.desk.receive();
  meet(world);
  const restore = world.province.backup();
  for (let news = 0; news < 20; news += 1) world.province.apply(lead, 'issue.note', { id, note: 'của máy khác' }, ++world.now, OTHER_DEVICE);
  meet(world);
  note(world, id);
  restore();
  world.desk.call('sync.forgetCursor', { sameOrder: false });
  push(world);
  const [text = ''] = world.notes.keys();
  const shown = (): number => readIssue(world.desk.db, id)?.issue.history.filter(h => h.note === text).length ?? 0;
  expect(shown()).toBe(1);
  copy(world);
  expect(shown()).toBe(1);
  meet(world);
  expect(readIssue(world.desk.db, id)).toMatchObject({ sync: 0, issue: world.province.rows.get(id) ?? {} });
  expect([shown(), count(world, 'outbox'), count(world, 'base_row')]).toEqual([1, 0, 0]);
  world.desk.close();
});

test.each([['years ahead', 400], ['years behind', -4_000]])('a machine whose clock was %s for one exchange still has what a restored province has forgotten', (_, days) => {
  const world = openWorld();
  const restore = world.province.backup();
  const ids = [world.desk.receive()];
  meet(world);
  const right = world.now;
  world.now += days * 86_400_000;
  ids.push(world.desk.receive());
  meet(world);
  world.now = right;
  world.desk.call('upkeep', null);
  restore();
  meet(world);
  expect(ids.filter(id => !world.province.rows.has(id))).toEqual([]);
  world.desk.close();
});

test.each(['heard at once', 'heard after a copy has brought the record'])('what is written after a restore on a record that has yet to be offered again waits behind what was written before, its judgement %s', when => {
  const { world, id } = withoutItsRecord();
  meet(world);
  world.now += 10;
  note(world, id);
  if (when === 'heard at once') meet(world);
  else world.province.push(pendingMutations(world.desk.db, 50));
  expect(readAttention(world.desk.db)).toEqual([]);
  expect(readIssue(world.desk.db, id)?.issue.history.filter(h => h.action === 'issue.note').map(h => h.note)).toEqual([...world.notes.keys()]);
  world.province.apply(lead, 'issue.receive', report(id), T0, OTHER_DEVICE);
  if (when !== 'heard at once') copy(world);
  meet(world);
  expect(notesOf(world, id).toSorted()).toEqual([...world.notes.keys()]);
  expect([count(world, 'outbox'), count(world, 'base_row')]).toEqual([0, 0]);
  world.desk.close();
});
