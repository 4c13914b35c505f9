import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId, PROVINCE_ITSELF, type Id } from '../../contract/ids.ts';
import { RECORD_LIMITS, type Issue } from '../../contract/issue.ts';
import type { Site } from '../../contract/org.ts';
import { applyIssueMutation } from '../../contract/mutations/issue.ts';
import { PAYLOADS, type MutationName, type PayloadOf } from '../../contract/mutations/payloads.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { ladderOf } from '../../contract/policy/ladder.ts';
import { instantOf } from '../../contract/time.ts';
import { createCode, enrol } from '../../province/devices.ts';
import { importSample } from '../../province/import-sample.ts';
import { climb, climbRegularly } from '../../province/ladder.ts';
import { migrate } from '../../province/migrate.ts';
import { ensurePolicy } from '../../province/policy.ts';
import { push } from '../../province/push.ts';
import { makeSample, SAMPLE_SEED } from '../../province/sample.ts';
import { openServer } from '../../province/server-database.ts';
import type { Database } from '../../province/sql.ts';
import { commitChanges, lineKey, readHead } from '../../province/store.ts';
import { factsFor, person, receive, UNIT } from '../contract/records.ts';
import { postgresMissing, startPostgres, type TemporaryPostgres } from './postgres.ts';
import { emptyEmbedded } from '../support/embedded.ts';

const MINUTE = 60_000;
const T0 = instantOf(2026, 3, 2, 8);
const at = (minutes: number): number => T0 + minutes * MINUTE;
const loud = (what: string, error: unknown): never => { throw new Error(what, { cause: error }); };

type StepOfLife = [minutes: number, name: MutationName, payload?: Record<string, unknown>];
function run(row: Issue, ...steps: StepOfLife[]): Issue {
  return steps.reduce((before, [minutes, name, payload = {}]) =>
    applyIssueMutation(name, before, PAYLOADS[name].parse({ id: row.id, ...payload }) as PayloadOf<MutationName>, factsFor(person(), { atMs: at(minutes) })).row, row);
}
/** A fire that its unit has had ten minutes to accept since `T0`. */
const fire = (...steps: StepOfLife[]): Issue => run(receive({ id: newId(T0), severity: 'P2', receivedAtMs: T0 }),
  [0, 'issue.startVerification'], [0, 'issue.verify', { method: 'call_back' }], [0, 'issue.forward', { leadUnitId: UNIT }], ...steps);

async function write(db: Database, ...issues: Issue[]): Promise<Id[]> {
  for (let from = 0; from < issues.length; from += 200) {
    const rows = issues.slice(from, from + 200).map(issue => ({ kind: 'issue' as const, id: issue.id, siteId: issue.siteId, service: lineKey(issue), deleted: false, data: { ...issue }, expected: 0 }));
    await db.transaction(tx => commitChanges(tx, { rows }));
  }
  return issues.map(issue => issue.id);
}
async function read(db: Database, id: Id): Promise<{ seq: number; issue: Issue }> {
  const [row] = await db.query<{ seq: number; data: Issue }>("SELECT seq, data FROM record WHERE kind = 'issue' AND id = $1", [id]);
  if (row === undefined) throw new Error('no such record');
  return { seq: row.seq, issue: row.data };
}
const levels = async (db: Database, id: Id): Promise<number[]> => ((await read(db, id)).issue.reminders ?? []).map(one => one.level);

describe('the embedded database', () => {
  const world: { db: Database } = {} as typeof world;
  const db = (): Database => world.db;
  const clear = (): Promise<void> => db().transaction(async tx => {
    const rows = await tx.query<{ id: Id; seq: number; site_id: Id; service: string }>("SELECT id, seq, site_id, service FROM record WHERE kind = 'issue' AND NOT deleted");
    if (rows.length > 0) await commitChanges(tx, { rows: rows.map(row => ({ kind: 'issue', id: row.id, siteId: row.site_id, service: row.service, deleted: true, data: {}, expected: row.seq })) });
  });
  beforeAll(async () => {
    world.db = await emptyEmbedded();
    await migrate(db(), { name: 'Tỉnh Mẫu', nowMs: T0 });
    await ensurePolicy(db(), T0);
  });
  afterAll(() => world.db?.close());
  beforeEach(clear);

  test('a step that is due is a reminder of the lead unit like any other, by the province itself: in the record, its history, the order of commits and the live signal', async () => {
    const [id] = await write(db(), fire()) as [Id];
    const before = await read(db(), id);
    const heard: string[] = [];
    const end = await db().listen('province', { heard: text => { heard.push(text); }, missed: () => undefined });
    expect(await climb(db(), at(7), loud)).toBe(0);
    expect((await read(db(), id)).seq).toBe(before.seq);
    expect(await climb(db(), at(8), loud)).toBe(1);
    const after = await read(db(), id);
    expect(after.seq).toBe(before.seq + 1);
    expect((await readHead(db())).seq).toBe(after.seq);
    expect(after.issue.reminders).toEqual([{ unitId: UNIT, level: 1, byId: PROVINCE_ITSELF, atMs: at(8) }]);
    expect(after.issue.history).toEqual([...before.issue.history, { atMs: at(8), byId: PROVINCE_ITSELF, deviceId: PROVINCE_ITSELF, action: 'issue.remind', unitId: UNIT }]);
    expect({ ...after.issue, reminders: undefined, history: [] }).toEqual({ ...before.issue, reminders: undefined, history: [], version: after.seq });
    await vi.waitFor(() => { expect(heard.join(' ')).toContain(after.issue.siteId); });
    await end();
  });

  test('each step is recorded once, a round later nothing more; what was missed while no province ran is told by the highest step alone', async () => {
    const [watched] = await write(db(), fire()) as [Id];
    for (const minutes of [8, 8, 9, 10, 11, 14, 15, 16, 500]) await climb(db(), at(minutes), loud);
    expect(await levels(db(), watched)).toEqual([1, 2, 3]);
    const [missed] = await write(db(), fire()) as [Id];
    expect([await climb(db(), at(12), loud), await climb(db(), at(13), loud)]).toEqual([1, 0]);
    expect(await levels(db(), missed)).toEqual([2]);
  });

  test('two rounds at once record a step once', async () => {
    const ids = await write(db(), fire(), fire(), fire());
    const rounds = await Promise.all([climb(db(), at(8), loud), climb(db(), at(8), loud), climb(db(), at(11), loud)]);
    expect(rounds.reduce((sum, one) => sum + one, 0)).toBe(6);
    for (const id of ids) expect(await levels(db(), id)).toEqual([1, 2]);
  });

  test('nobody is reminded of what the unit has accepted, of what came back, of what has ended, or of what another record stands for', async () => {
    const parent = fire([1, 'issue.accept']);
    const part = fire([1, 'issue.merge', { edgeId: newId(T0), parentId: parent.id }]);
    await write(db(), parent, part, fire([2, 'issue.return', { reason: 'Không thuộc địa bàn' }]), receive({ id: newId(T0), severity: 'P2', receivedAtMs: T0 }),
      fire([2, 'issue.accept'], [2, 'issue.start'], [3, 'issue.resolve', { result: 'xong' }]));
    expect(await climb(db(), at(600), loud)).toBe(0);
  });

  test('what was reopened is reminded of anew, step by step', async () => {
    const done = fire([9, 'issue.remind', { unitId: UNIT, level: 1 }], [9, 'issue.accept'], [9, 'issue.start'], [9, 'issue.resolve', { result: 'xong' }]);
    const again: Issue = { ...done, class: 'issue', service: '1022', severity: 'P3', state: 'reopened', history: [...done.history.map(entry => (entry.action === 'issue.receive' ? { ...entry, severity: 'P3' as const, service: '1022' as const } : entry)),
      { atMs: at(10), byId: newId(1), deviceId: newId(2), action: 'issue.reopen', to: 'reopened' }] };
    const [id] = await write(db(), again);
    expect(await climb(db(), at(11), loud)).toBe(0);
    expect(await climb(db(), at(7 * 1_440), loud)).toBe(1);
    expect(await levels(db(), id!)).toEqual([1, 3]);
  });

  test('of a case with two that nothing stands over, the oldest of all is reminded of: one that others were joined to looks down at them too', async () => {
    const [oldest, other, both] = [newId(T0), newId(T0 + 1), newId(T0 + 2)];
    const to = (...parents: Id[]) => parents.map(parentId => ({ edgeId: newId(T0), parentId, atMs: T0, byId: newId(1) }));
    await write(db(), { ...fire(), id: oldest }, { ...fire(), id: other }, { ...fire(), id: both, merges: to(oldest, other) });
    expect(await climb(db(), at(8), loud)).toBe(1);
    expect([await levels(db(), oldest), await levels(db(), other), await levels(db(), both)]).toEqual([[1], [], []]);
  });

  test('of records that people apart have merged into each other, the one that stands for the case is reminded of; so is a part of what was cancelled', async () => {
    const [one, two] = [newId(T0), newId(T0 + 1)];
    const made = (id: Id, parentId: Id): Issue => ({ ...fire([1, 'issue.merge', { edgeId: newId(T0), parentId }]), id });
    const gone: Issue = { ...fire(), id: newId(T0), state: 'cancelled' };
    const orphan = made(newId(T0 + 2), gone.id);
    await write(db(), made(one, two), made(two, one), gone, orphan);
    expect(await climb(db(), at(8), loud)).toBe(2);
    expect([await levels(db(), one), await levels(db(), two), await levels(db(), orphan.id)]).toEqual([[1], [], [1]]);
  });

  test.each([
    ['no history', { history: null }], ['no place', { siteId: null }], ['a number for its lines', { lines: 5 }], ['an edge to nowhere', { merges: [{ edgeId: 'x', parentId: 'nonsense', atMs: T0, byId: 'x' }] }], ['no list of edges', { merges: { length: 1 } }],
  ])('a record on which the province stumbles (%s) is told of and stops none of the others', async (_, damage) => {
    const damaged = fire();
    const row = { kind: 'issue' as const, id: damaged.id, siteId: damaged.siteId, service: lineKey(damaged), deleted: false, data: { ...damaged, ...damage }, expected: 0 };
    await db().transaction(tx => commitChanges(tx, { rows: [row] }));
    const [id] = await write(db(), fire()) as [Id];
    const told: string[] = [];
    expect(await climb(db(), at(8), what => { told.push(what); })).toBe(1);
    expect(told).toEqual([`ladder, record ${damaged.id}`]);
    expect(await levels(db(), id)).toEqual([1]);
  });

  test('a round over many records lets whoever pushes have his turn', async () => {
    await write(db(), ...Array.from({ length: 450 }, () => fire()));
    const turns = { n: 0, over: false };
    const count = (): void => { turns.n += 1; if (!turns.over) setImmediate(count); };
    setImmediate(count);
    await climb(db(), at(8), loud);
    turns.over = true;
    expect(turns.n).toBeGreaterThanOrEqual(6);
  });

  test('more records than a page holds are all reminded of, at most two hundred a commit, found by the index', async () => {
    const ids = await write(db(), ...Array.from({ length: 450 }, () => fire()));
    const { seq } = await readHead(db());
    expect(await climb(db(), at(8), loud)).toBe(450);
    expect((await readHead(db())).seq).toBe(seq + 3);
    for (const id of [ids[0], ids[199], ids[200], ids[449]]) expect(await levels(db(), id!)).toEqual([1]);
    await db().script('SET enable_seqscan = off; SET enable_bitmapscan = off');
    const seen: string[] = [];
    const spy: Database = { ...db(), query: async (text, params) => { if (text.includes('LIMIT')) seen.push(JSON.stringify(await db().query(`EXPLAIN ${text}`, params))); return db().query(text, params); } };
    await climb(spy, at(8), loud);
    await db().script('RESET enable_seqscan; RESET enable_bitmapscan');
    expect(seen.length).toBeGreaterThan(0);
    for (const plan of seen) expect(plan).toContain('record_with_unit');
  });

  test('very large records do not share a commit, and one whose history is full is left as it is', async () => {
    const notes = (count: number): Issue['history'] => Array.from({ length: count }, () => ({ atMs: T0, byId: newId(T0), deviceId: newId(T0), action: 'issue.note', note: 'ơ'.repeat(2_000) }));
    const large = (count: number): Issue => { const row = fire(); return { ...row, history: [...row.history, ...notes(count)] }; };
    for (const one of [large(900), large(900), large(900), large(RECORD_LIMITS.history)]) await write(db(), one);
    const { seq } = await readHead(db());
    expect(await climb(db(), at(8), loud)).toBe(3);
    expect((await readHead(db())).seq).toBe(seq + 2);
  });

  test('a station cannot write in the province’s name', async () => {
    const site: Site = { id: newId(T0), code: 'XX', name: 'Nơi thử', tier: 'province' };
    await db().transaction(tx => commitChanges(tx, { rows: [{ kind: 'site', id: site.id, siteId: site.id, service: null, deleted: false, data: { ...site }, expected: 0 }] }));
    const { code } = await createCode(db(), { siteId: site.id, services: null, nowMs: T0 });
    const publicKey = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const { deviceId } = await enrol(db(), { code, publicKey, stationName: 'Bàn thử', nowMs: T0 });
    const [id] = await write(db(), fire()) as [Id];
    const mutation = { n: 1, name: 'issue.remind', actorId: PROVINCE_ITSELF, atMs: at(8), payload: { id, unitId: UNIT, level: 1, note: '' } };
    const { verdicts } = await push(db(), { deviceId, mutations: [mutation], nowMs: at(8), onBroken: (_, error) => loud('push', error) });
    expect(verdicts[0]).toMatchObject({ status: 'rejected', error: { code: 'auth/forbidden' } });
    expect(await levels(db(), id)).toEqual([]);
  });

  test('it runs by its interval and the clock that it is given, until it is ended', async () => {
    const [id] = await write(db(), fire()) as [Id];
    const clock = { nowMs: at(0) };
    const end = climbRegularly({ db: db(), nowMs: () => clock.nowMs, everyMs: 10, report: loud });
    const [first] = await db().query<{ n: number }>('SELECT 1 AS n');
    expect([first?.n, await levels(db(), id)]).toEqual([1, []]);
    clock.nowMs = at(8);
    await vi.waitFor(async () => { expect(await levels(db(), id)).toEqual([1]); }, 10_000);
    await end();
    clock.nowMs = at(20);
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(await levels(db(), id)).toEqual([1]);
  });

  test('a round that takes long is not overtaken by the next, and is waited for by who ends it', async () => {
    const seen = { begun: 0, ended: false };
    let go = (): void => undefined;
    const held = new Promise<void>(resolve => { go = resolve; });
    const slow: Database = { ...db(), query: async (text, params) => { if (text.includes("'policy'")) seen.begun += 1; await held; return db().query(text, params); } };
    const end = climbRegularly({ db: slow, nowMs: () => at(0), everyMs: 5, report: loud });
    await vi.waitFor(() => { expect(seen.begun).toBe(1); });
    await new Promise(resolve => setTimeout(resolve, 50));
    const ending = end().then(() => { seen.ended = true; });
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(seen).toEqual({ begun: 1, ended: false });
    go();
    await ending;
    expect(seen).toEqual({ begun: 1, ended: true });
  });

  test('of a sample province every record comes to the step that its history gives, and a second round finds nothing', async () => {
    const laterMs = at(6 * 60);
    const sample = await emptyEmbedded();
    await migrate(sample, { name: '', nowMs: T0 });
    await ensurePolicy(sample, T0);
    await importSample(sample, makeSample({ seed: SAMPLE_SEED, size: 'small', nowMs: T0 }));
    const issues = async (): Promise<Issue[]> => (await sample.query<{ data: Issue }>("SELECT data FROM record WHERE kind = 'issue' ORDER BY id")).map(row => row.data);
    const wanted = (await issues()).flatMap(issue => { const { due } = ladderOf(issue, DEFAULT_PACK, laterMs); return due === null ? [] : [[issue.id, due.level]]; });
    expect(wanted.length).toBeGreaterThan(10);
    expect(await climb(sample, laterMs, loud)).toBe(wanted.length);
    expect((await issues()).flatMap(({ id, reminders }) => (reminders ?? []).filter(one => one.byId === PROVINCE_ITSELF).map(one => [id, one.level]))).toEqual(wanted);
    expect(await climb(sample, laterMs, loud)).toBe(0);
    await sample.close();
  });
});

const missing = postgresMissing();
if (missing !== null) console.warn(`skipped: the ladder of several servers on one PostgreSQL (${missing})`);

describe.skipIf(missing !== null)('several servers on one PostgreSQL', () => {
  const world: { postgres: TemporaryPostgres; servers: Database[] } = { servers: [] } as never;
  beforeAll(async () => {
    world.postgres = startPostgres();
    for (let n = 0; n < 3; n += 1) world.servers.push(await openServer(world.postgres.url));
    await migrate(world.servers[0]!, { name: 'Tỉnh Mẫu', nowMs: T0 });
    await ensurePolicy(world.servers[0]!, T0);
  });
  afterAll(async () => {
    for (const server of world.servers) await server.close();
    world.postgres?.stop();
  });

  test('record each step once between them, minute by minute, whichever is first', async () => {
    const [first] = world.servers;
    const ids = await write(first!, ...Array.from({ length: 300 }, () => fire()));
    const taken: number[] = [];
    for (const minutes of [7, 8, 9, 10, 12, 15, 16]) {
      const rounds = await Promise.all(world.servers.map(server => climb(server, at(minutes), loud)));
      taken.push(rounds.reduce((sum, one) => sum + one, 0));
    }
    expect(taken).toEqual([0, 300, 0, 300, 0, 300, 0]);
    for (const id of ids) expect(await levels(first!, id)).toEqual([1, 2, 3]);
  });
});
