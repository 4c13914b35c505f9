import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../../contract/console.ts';
import { readSyncState } from '../../../db/stores/sync.ts';
import { postgresMissing, startPostgres, type TemporaryPostgres } from '../../province/postgres.ts';
import { Desk, until } from '../../support/desk.ts';
import { PORTALS, PortalDoor, type Portal } from '../../support/portal-door.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { numbered, records, tryNow } from './support.ts';

const EXCHANGES: Record<string, { path: RegExp; begin(desk: Desk): Promise<void> }> = {
  session: { path: /^\/v1\/session/, begin: desk => desk.restart() },
  push: { path: /^\/v1\/sync\/push/, begin: async () => undefined },
  pull: { path: /^\/v1\/sync\/pull/, begin: async () => undefined },
  manifest: { path: /^\/v1\/sync\/snapshot(\?|$)/, begin: async desk => { await desk.writer.call('sync.forgetCursor', { sameOrder: false }); } },
  chunk: { path: /^\/v1\/sync\/snapshot\//, begin: async desk => { await desk.writer.call('sync.forgetCursor', { sameOrder: false }); } },
};
const CELLS = Object.keys(EXCHANGES).flatMap(exchange => Object.keys(PORTALS).map(portal => [exchange, portal] as const));
const nothing: Portal = () => undefined;

const missing = postgresMissing();
if (missing !== null) console.warn(`skipped: portals before a province on PostgreSQL (${missing})`);
const ENGINES = ['pglite', ...(missing === null ? ['postgresql'] : [])];

describe.each(ENGINES)('before a province on %s', engine => {
  const folder = temporaryFolder('faults-matrix');
  const world = { postgres: null } as unknown as {
    postgres: TemporaryPostgres | null; province: Running<ProvinceReady>; door: PortalDoor; desk: Desk; other: Desk; session: Session;
  };

  beforeAll(async () => {
    if (engine === 'postgresql') world.postgres = startPostgres();
    world.province = await startProvince({ data: folder.path, codes: 'BP,BP', ...(world.postgres === null ? {} : { databaseUrl: world.postgres.url }) });
    const { codes, accounts, address } = world.province.ready;
    expect(world.province.ready.engine).toBe(engine);
    world.door = await PortalDoor.before(address);
    world.desk = await Desk.enrolled({ address: world.door.address, code: codes[0]?.code ?? '' });
    world.other = await Desk.enrolled({ address, code: codes[1]?.code ?? '' });
    await Promise.all([world.desk.loaded(), world.other.loaded()]);
    const account = accounts.find(({ role, site }) => role === 'truc_ban' && site === 'BP');
    world.session = await world.desk.signIn(account?.login ?? '', account?.password ?? '');
  });
  afterAll(async () => {
    for (const one of [world.desk, world.other, world.door]) await one?.close();
    await world.province?.stop();
    world.postgres?.stop();
    folder.remove();
  });

  test.each(CELLS)('%s met by %s: told by its code, nothing lost or taken, and it goes on by itself', async (exchange, portal) => {
    const { desk, other, session, door } = world;
    const { path, begin } = EXCHANGES[exchange] ?? { path: /x/, begin: async () => undefined };
    const before = records(desk);
    door.take({ path, portal: PORTALS[portal] ?? nothing });
    await begin(desk);
    const { cursor } = readSyncState(desk.reader);
    const mine = await desk.receive(session, `Ghi khi ${exchange} bị chặn`);
    tryNow(desk);
    await until(() => door.seen > 0 && desk.status().lastError?.code === 'link/foreign-answer', 'the portal to be recognised');
    expect(desk.find(mine)?.issue.displayNo).toBeNull();
    // Where only the copy is stopped, the change itself may have been judged; it waits for its row.
    expect(desk.reader.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(1);
    expect(readSyncState(desk.reader).cursor).toBe(cursor);
    expect(new Map([...records(desk)].filter(([id]) => id !== mine))).toEqual(before);
    door.letAllThrough();
    await until(() => numbered(desk, mine) && desk.status().lastError === null && desk.status().loading === null, 'the exchange to go on');
    await until(() => numbered(other, mine), 'the record at the other desk');
    expect(records(desk)).toEqual(records(other));
  });

  test.each(Object.keys(PORTALS))('the live stream met by %s: everything else goes on, and the stream is tried until it is the province’s', async portal => {
    const { desk, other, session, door } = world;
    door.take({ path: /^\/v1\/sync\/live/, portal: PORTALS[portal] ?? nothing });
    await desk.restart();
    await until(() => door.seen > 0, 'the stream to be asked for');
    const mine = await desk.receive(session, 'Ghi khi luồng tin bị chặn');
    await until(() => numbered(desk, mine) && numbered(other, mine) && desk.status().pending === 0, 'the record at both desks');
    expect(desk.status().link).toBe('up');
    const { seen } = door;
    await until(() => door.seen > seen, 'another try');
    door.letAllThrough();
    await desk.restart();
    const next = await desk.receive(session, 'Ghi khi luồng tin đã thông');
    await until(() => numbered(desk, next) && numbered(other, next), 'the next record');
    expect(desk.status()).toMatchObject({ link: 'up', lastError: null });
    expect(records(desk)).toEqual(records(other));
  });
});
