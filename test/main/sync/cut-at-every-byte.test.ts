import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppError } from '../../../contract/errors.ts';
import { newId, type Id } from '../../../contract/ids.ts';
import type { Verdict } from '../../../contract/province.ts';
import { pendingCounts } from '../../../db/outbox.ts';
import type { Writer } from '../../../db/writer-api.ts';
import { readSyncState } from '../../../db/stores/sync.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { afterFailure, afterSuccess, currentError, startState, type Done, type EngineState } from '../../../main/sync/engine.ts';
import { Pages } from '../../../main/sync/pages.ts';
import { pushOnce } from '../../../main/sync/push.ts';
import { enrolStation, pullAll, reportOfFire, type Station } from '../../province/support.ts';
import type { Desk } from '../../support/desk.ts';
import type { Direction } from '../../support/tcp-proxy.ts';
import { cursorOf, cutDesk, everyByte, LOGIN, PASSWORD, smallProvince, cutInARow, type CutDesk, type SmallProvince } from './cut-world.ts';
import { records } from './support.ts';

const WAYS: readonly Direction[] = ['up', 'down'];
const world = {} as { province: SmallProvince; other: Station; person: Id; at: CutDesk };

beforeAll(async () => {
  world.province = await smallProvince();
  world.other = await enrolStation(world.province.running.ready.address, world.province.codes.pop() ?? '');
  world.person = (await world.other.signIn({ login: LOGIN, password: PASSWORD })).person.id;
  world.at = await cutDesk(world.province);
});
afterAll(async () => {
  await world.at?.close();
  await world.province?.close();
});

/** The directory as it lies in the database. */
const rowsOf = (desk: Desk): unknown[] => desk.reader.prepare('SELECT * FROM org_row ORDER BY id').all();
const countOf = (desk: Desk): number => desk.reader.prepare<[], number>('SELECT count(*) FROM issue').pluck().get() ?? 0;

test.each(WAYS)('a chunk of a first copy cut after any byte %s comes once, whole, and goes on where it was cut', async direction => {
  const { at } = world;
  const { desk, proxy, line } = at;
  const whole = rowsOf(desk);
  // A copy is packed anew, denser, once it has been asked for a while: its chunk is another then.
  const seen = { fetched: 0, sizes: new Map<string, number>(), paths: new Set<string>(), copy: at.copy() };
  const download = line.transport.download.bind(line.transport);
  line.transport.download = (path, wanted) => { seen.paths.add(path); return download(path, { ...wanted, onBytes: bytes => { seen.fetched += bytes.length; wanted.onBytes(bytes); } }); };
  const cuts = await everyByte(at, async after => {
    await desk.writer.call('sync.forgetCursor', { sameOrder: false });
    const begin = (): void => { seen.copy = at.copy(); seen.fetched = 0; seen.paths.clear(); };
    begin();
    const row = await cutInARow(proxy, { text: '/v1/sync/snapshot/', direction, after, inARow: 10 }, async () => { while (!await seen.copy.step()); },
      cut => {
        expect(cursorOf(at)).toBeNull();
        // As after a restart, which has nothing of a chunk; the last of the row has what came before the cut.
        if (cut < 10) begin();
      });
    expect(cursorOf(at)).not.toBeNull();
    const [path = '', ...others] = seen.paths;
    // What has come before a cut is not asked for again.
    if (others.length === 0) {
      if (!seen.sizes.has(path)) seen.sizes.set(path, seen.fetched);
      expect(seen.fetched).toBe(seen.sizes.get(path));
    }
    return row;
  });
  line.transport.download = download;
  expect(cuts).toBeGreaterThan(direction === 'up' ? 150 : Math.min(...seen.sizes.values()));
  expect(seen.sizes.size).toBeLessThanOrEqual(2);
  expect(rowsOf(desk)).toEqual(whole);
  expect(whole.length).toBe(4);
});

test.each(WAYS)('a push cut after any byte %s is judged once, with one verdict for each of its five mutations', async direction => {
  const { at, other, province } = world;
  const { desk, proxy, line, session, signal } = at;
  const before = (await pullAll(other.client)).rows.size;
  const received: Id[] = [];
  const given = new Map<number, Verdict>();
  const writer: Writer = {
    ...desk.writer,
    call(command, input) {
      if (command === 'sync.applyVerdicts') for (const verdict of (input as { verdicts: Verdict[] }).verdicts) given.set(verdict.n, verdict);
      return desk.writer.call(command, input);
    },
  };
  const cuts = await everyByte(at, async after => {
    const id = await desk.receive(session, 'Cháy nhà kho');
    received.push(id);
    await desk.mutate(session, 'issue.note', { id, note: 'Đã gọi lại' });
    await desk.mutate(session, 'issue.edit', { id, fields: { severity: { from: 'P3', to: 'P2' } } });
    await desk.mutate(session, 'issue.startVerification', { id });
    await desk.mutate(session, 'issue.verify', { id, method: 'call_back', note: '' });
    const row = await cutInARow(proxy, { text: '/v1/sync/push', direction, after },
      () => pushOnce({ reader: desk.reader, writer, clock: systemClock, line, batch: 1_000, signal }),
      () => { expect(pendingCounts(desk.reader).pending).toBe(5); });
    expect(pendingCounts(desk.reader).pending).toBe(0);
    return row;
  });
  expect(cuts).toBeGreaterThan(300);
  const { verdicts } = await line.client.sync.pull({ cursor: cursorOf(at) ?? '', limit: 0, ackedN: [...given.keys()][0] as number - 1 }, { context: { token: await line.open() } });
  expect(verdicts).toEqual([...given.values()].slice(0, verdicts.length));
  expect([...given.keys()].length).toBe(received.length * 5);
  const rows = (await pullAll(other.client)).rows;
  expect(rows.size).toBe(before + received.length);
  for (const id of received) {
    const { history } = rows.get(id)?.data as { history: { action: string }[] };
    expect(history.map(({ action }) => action)).toEqual(['issue.receive', 'issue.note', 'issue.edit', 'issue.startVerification', 'issue.verify']);
  }
  expect(province.running.output()).not.toContain('unexpected');
});

test.each(WAYS)('a page cut after any byte %s comes once, whole, and its cursor with it', async direction => {
  const { at, other, person } = world;
  const { desk, proxy, line, signal } = at;
  const pages = new Pages({ line, writer: desk.writer, clock: systemClock, signal, onForgotten: () => Promise.reject(new Error('nothing was forgotten')) });
  const next = (): Promise<{ more: boolean }> => pages.next({ cursor: cursorOf(at) ?? '', rows: 250, ackedN: readSyncState(desk.reader).ackedN });
  while ((await next()).more);
  const news: Id[] = [];
  const cuts = await everyByte(at, async after => {
    const report = reportOfFire(desk.station.station()?.site.id ?? '');
    const id = report['id'] as Id;
    news.push(id);
    await other.client.sync.push({ mutations: [other.mutation('issue.receive', person, report)] });
    const [before, count] = [cursorOf(at), countOf(desk)];
    const row = await cutInARow(proxy, { text: '/v1/sync/pull', direction, after }, next, () => { expect([cursorOf(at), countOf(desk)]).toEqual([before, count]); });
    expect([countOf(desk), desk.find(id)?.issue.state, cursorOf(at) === before]).toEqual([count + 1, 'received', false]);
    return row;
  });
  expect(cuts).toBeGreaterThan(200);
  const rows = [...(await pullAll(other.client)).rows.values()].filter(({ kind }) => kind === 'issue');
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(records(desk).keys()));
});

test('cuts leave nothing slower for good: what is asked for and sent at once grows back, and no trouble is told any more', async () => {
  const { at, other, person } = world;
  const { desk, proxy, line, session, signal } = at;
  const pages = new Pages({ line, writer: desk.writer, clock: systemClock, signal, onForgotten: () => Promise.reject(new Error('nothing was forgotten')) });
  const siteId = desk.station.station()?.site.id ?? '';
  await other.client.sync.push({ mutations: Array.from({ length: 400 }, () => other.mutation('issue.receive', person, reportOfFire(siteId, { description: newId(Date.now()) }))) });
  for (let note = 0; note < 40; note += 1) await desk.receive(session, `Ghi ${note}`);
  const exchanges: Record<'push' | 'pull', (state: EngineState) => Promise<Done>> = {
    push: async state => ({ size: await pushOnce({ reader: desk.reader, writer: desk.writer, clock: systemClock, line, batch: state.pushBatch, signal }) }),
    pull: state => pages.next({ cursor: cursorOf(at) ?? '', rows: state.pageRows, ackedN: readSyncState(desk.reader).ackedN }),
  };
  const engine = { state: startState(Date.now()) };
  const step = async (name: 'push' | 'pull'): Promise<Done> => {
    try {
      const done = await exchanges[name](engine.state);
      engine.state = afterSuccess(engine.state, name, done, Date.now());
      return done;
    } catch (error) {
      engine.state = afterFailure(engine.state, name, error as AppError, Date.now(), 0.5);
      return { more: true };
    }
  };
  for (const name of ['push', 'pull'] as const) {
    for (let cut = 0; cut < 8; cut += 1) {
      line.transport.close();
      proxy.cutWithin(`/v1/sync/${name}`, 'down', 20);
      await step(name);
    }
  }
  expect([engine.state.pushBatch, engine.state.pageRows, currentError(engine.state)?.code]).toEqual([1, 50, 'link/unreachable']);
  while (pendingCounts(desk.reader).pending > 0) await step('push');
  while ((await step('pull')).more === true);
  const { push, pull, link } = engine.state.lanes;
  expect([push.failures, pull.failures, link.failures, currentError(engine.state)]).toEqual([0, 0, 0, null]);
  expect(engine.state.pushBatch).toBeGreaterThanOrEqual(16);
  expect(engine.state.pageRows).toBeGreaterThan(50);
});
