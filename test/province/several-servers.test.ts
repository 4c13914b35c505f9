import { sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROTOCOL_VERSION, snapshotChunkPath } from '../../contract/province.ts';
import { openServer } from '../../province/server-database.ts';
import type { Database } from '../../province/sql.ts';
import { isOurs } from '../../province/epoch.ts';
import { readHead } from '../../province/store.ts';
import { startBalancer, type Balancer } from '../support/balancer.ts';
import { Desk, until } from '../support/desk.ts';
import { postgresMissing, startPostgres, type TemporaryPostgres } from './postgres.ts';
import { accountOf, clientOf, enrolStation, refusalOf, startProvince, type RunningProvince } from './support.ts';

const missing = postgresMissing();
if (missing !== null) console.warn(`skipped: several province servers on one PostgreSQL (${missing})`);
/** Well below the 30 s after which a console looks by itself: within it only a signal can have been the reason. */
const BY_SIGNAL_MS = 15_000;

describe.skipIf(missing !== null)('two servers on one database', () => {
  const world: { postgres: TemporaryPostgres; db: Database; here: RunningProvince; there: RunningProvince; balancer: Balancer; desks: Desk[]; folders: string[] } = { desks: [], folders: [] } as never;
  const server = (): Promise<RunningProvince> => {
    const folder = mkdtempSync(join(tmpdir(), 'ioc-province-of-two-'));
    world.folders.push(folder);
    return startProvince(folder, ['--sample', 'small', '--codes', '9'], { DATABASE_URL: world.postgres.url });
  };
  beforeAll(async () => {
    world.postgres = startPostgres();
    [world.here, world.there] = await Promise.all([server(), server()]);
    world.db = await openServer(world.postgres.url);
    world.balancer = await startBalancer([world.here.address, world.there.address]);
  });
  afterAll(async () => {
    for (const desk of world.desks) await desk.close();
    await world.balancer?.close();
    await Promise.all([world.here?.stop('SIGKILL'), world.there?.stop('SIGKILL')]);
    await world.db?.close();
    world.postgres?.stop();
    for (const folder of world.folders) rmSync(folder, { recursive: true, force: true });
  });
  const code = (site = 'BP'): string => {
    const found = world.here.codes.findIndex(item => item.site === site);
    if (found < 0) throw new Error(`no code left for ${site}`);
    return world.here.codes.splice(found, 1)[0]?.code ?? '';
  };
  const desk = async (address: string): Promise<Desk> => {
    const made = await Desk.enrolled({ address, code: code() });
    world.desks.push(made);
    await made.loaded();
    return made;
  };

  test('started at the same moment on an empty database they make one province, and no start voids a cursor that was given before', async () => {
    expect(world.there.provinceId).toBe(world.here.provinceId);
    const [mine, theirs] = [await clientOf(world.here.address).health(), await clientOf(world.there.address).health()];
    expect(theirs.epoch).toBe(mine.epoch);
    const third = await server();
    expect((await clientOf(third.address).health()).epoch).not.toBe(mine.epoch);
    expect(await isOurs(world.db, mine, await readHead(world.db))).toBe(true);
    await third.stop();
  });

  test('a code, a challenge, a token, a copy and a wrong password of one hold at the other', async () => {
    const station = await enrolStation(world.here.address, code());
    const { nonce } = await clientOf(world.here.address).session.challenge({ deviceId: station.deviceId });
    const signature = sign(null, Buffer.from(nonce), station.privateKey).toString('base64');
    const { token } = await clientOf(world.there.address).session.open({ deviceId: station.deviceId, nonce, signature, protocol: PROTOCOL_VERSION });
    const [mine, theirs] = [clientOf(world.here.address, () => token), clientOf(world.there.address, () => token)];
    const manifest = await mine.sync.snapshot();
    const chunk = await fetch(new URL(snapshotChunkPath(manifest.id, 0), world.there.address), { headers: { authorization: `Bearer ${token}` } });
    expect({ status: chunk.status, bytes: (await chunk.arrayBuffer()).byteLength }).toEqual({ status: 200, bytes: manifest.chunks[0]?.bytes });
    expect((await theirs.sync.snapshot()).id).toBe(manifest.id);
    const wrong = { login: accountOf(world.here, 'kiem_tra').login, password: 'không phải' };
    for (const client of [mine, theirs, mine, theirs, mine]) expect((await refusalOf(client.people.signIn(wrong))).code).toBe('auth/wrong-password');
    expect((await refusalOf(theirs.people.signIn(wrong))).code).toBe('auth/too-many-attempts');
  });

  test('a revocation at one ends the station’s live stream at the other', async () => {
    const station = await enrolStation(world.there.address, code());
    const live = (await station.client.sync.live())[Symbol.asyncIterator]();
    await live.next();
    const administrator = await enrolStation(world.here.address, code());
    const { personToken } = await administrator.signIn(accountOf(world.here, 'quan_tri', 'BP'));
    const ended = live.next();
    expect(await administrator.client.admin.revoke({ personToken, deviceId: station.deviceId })).toEqual({ revoked: true });
    expect((await ended).done).toBe(true);
  });

  test('a server that could not hear for a while asks everyone to look', async () => {
    const station = await enrolStation(world.there.address, code('CT'));
    const live = (await station.client.sync.live())[Symbol.asyncIterator]();
    const { value: first } = await live.next();
    const asked = live.next();
    await world.db.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()");
    expect(await asked).toEqual({ done: false, value: first });
  });

  test('what one desk writes the other, at the other server, sees at once', async () => {
    const [one, other] = [await desk(world.here.address), await desk(world.there.address)];
    const account = accountOf(world.here, 'ca_truong', 'BP');
    const session = await one.signIn(account.login, account.password);
    const id = await one.receive(session, 'Cây đổ chắn đường');
    await until(() => other.find(id) !== null, 'the signal from the other server', BY_SIGNAL_MS);
    expect(other.find(id)?.issue.description).toBe('Cây đổ chắn đường');
  });

  test('a database that went on from an older state opens a span of its own, from the first connection on, once', async () => {
    const { epoch } = await readHead(world.db);
    await world.db.query("UPDATE sync_head SET timeline = '0000002A'");
    const [mine, theirs] = [await openServer(world.postgres.url), await openServer(world.postgres.url)];
    const renewed = await readHead(mine);
    expect(renewed.epoch).not.toBe(epoch);
    expect((await readHead(theirs)).epoch).toBe(renewed.epoch);
    await mine.close();
    await theirs.close();
  });

  test('one of them killed while both desks write: nothing is lost, nothing is there twice, and both go on', async () => {
    const pair = [await desk(world.balancer.address), await desk(world.balancer.address)];
    const account = accountOf(world.here, 'ca_truong', 'BP');
    const { epoch } = await readHead(world.db);
    const written = new Set<string>();
    const writing = pair.map(async one => {
      const session = await one.signIn(account.login, account.password);
      for (let nth = 0; nth < 60; nth += 1) {
        written.add(await one.receive(session, `Báo tin thứ ${nth}`));
        if (nth === 20 && one === pair[0]) await world.there.stop('SIGKILL');
        await new Promise(resolve => setTimeout(resolve, 10));
      }
    });
    await Promise.all(writing);
    for (const one of pair) await one.settled();
    for (const one of pair) await until(() => [...written].every(id => one.find(id) !== null), 'what the other wrote');
    const rows = await world.db.query<{ id: string; no: string }>("SELECT id, data->>'displayNo' AS no FROM record WHERE kind = 'issue' AND id = ANY($1::uuid[])", [[...written]]);
    expect(rows.length).toBe(written.size);
    expect(new Set(rows.map(row => row.no)).size).toBe(written.size);
    const [stored] = await world.db.query<{ verdicts: number; last: number }>(
      'SELECT count(*)::int AS verdicts, (SELECT sum(last_n)::int FROM device) AS last FROM verdict');
    expect(stored?.verdicts).toBe(stored?.last);
    for (const one of pair) expect(one.status()).toMatchObject({ link: 'up', refused: 0, pending: 0, loading: null });
    expect((await readHead(world.db)).epoch).toBe(epoch);
  });
});
