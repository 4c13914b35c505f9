import { createServer, request as forward, type IncomingMessage, type ServerResponse, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../contract/console.ts';
import { readSyncState } from '../../../db/stores/sync.ts';
import { Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { closed, listening, numbered, records, tryNow } from './support.ts';

/** What stands between desk and province: lets through what it does not take for itself. */
type Portal = (reply: ServerResponse) => void;
const PORTALS: Record<string, Portal> = {
  'a portal’s page': reply => { reply.setHeader('content-type', 'text/html').end('<html>Đăng nhập Wi-Fi</html>'); },
  'a redirect to a portal': reply => { reply.writeHead(302, { location: 'http://portal.invalid/login' }).end(); },
};
const EXCHANGES: Record<string, { path: RegExp; begin(desk: Desk): Promise<void> }> = {
  session: { path: /^\/v1\/session/, begin: desk => desk.restart() },
  push: { path: /^\/v1\/sync\/push/, begin: async () => undefined },
  pull: { path: /^\/v1\/sync\/pull/, begin: async () => undefined },
  manifest: { path: /^\/v1\/sync\/snapshot$/, begin: async desk => { await desk.writer.call('sync.forgetCursor', { sameOrder: false }); } },
  chunk: { path: /^\/v1\/sync\/snapshot\//, begin: async desk => { await desk.writer.call('sync.forgetCursor', { sameOrder: false }); } },
};
const CELLS = Object.keys(EXCHANGES).flatMap(exchange => Object.keys(PORTALS).map(portal => [exchange, portal] as const));

const folder = temporaryFolder('faults-matrix');
const world = { taken: null, seen: 0 } as unknown as {
  province: Running<ProvinceReady>; door: Server; desk: Desk; other: Desk; session: Session; taken: { path: RegExp; portal: Portal } | null; seen: number;
};

function pass(request: IncomingMessage, reply: ServerResponse): void {
  const there = forward(new URL(request.url ?? '', world.province.ready.address), { method: request.method, headers: request.headers }, answer => {
    reply.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(reply);
  });
  there.on('error', () => { reply.destroy(); });
  reply.on('close', () => { there.destroy(); });
  request.pipe(there);
}

beforeAll(async () => {
  world.province = await startProvince({ data: folder.path, codes: 'BP,BP' });
  const { codes, accounts, address } = world.province.ready;
  world.door = await listening(createServer((request, reply) => {
    if (world.taken?.path.test(request.url ?? '') !== true) { pass(request, reply); return; }
    world.seen += 1;
    request.resume();
    world.taken.portal(reply);
  }), 0);
  world.desk = await Desk.enrolled({ address: `http://127.0.0.1:${(world.door.address() as AddressInfo).port}`, code: codes[0]?.code ?? '' });
  world.other = await Desk.enrolled({ address, code: codes[1]?.code ?? '' });
  await Promise.all([world.desk.loaded(), world.other.loaded()]);
  const account = accounts.find(({ role, site }) => role === 'truc_ban' && site === 'BP');
  world.session = await world.desk.signIn(account?.login ?? '', account?.password ?? '');
});
afterAll(async () => {
  for (const desk of [world.desk, world.other]) await desk?.close();
  if (world.door !== undefined) await closed(world.door);
  await world.province?.stop();
  folder.remove();
});

test.each(CELLS)('%s met by %s: told by its code, nothing lost or taken, and it goes on by itself', async (exchange, portal) => {
  const { desk, other, session } = world;
  const { path, begin } = EXCHANGES[exchange] ?? { path: /x/, begin: async () => undefined };
  const before = records(desk);
  world.seen = 0;
  world.taken = { path, portal: PORTALS[portal] ?? (() => undefined) };
  await begin(desk);
  const { cursor } = readSyncState(desk.reader);
  const mine = await desk.receive(session, `Ghi khi ${exchange} bị chặn`);
  tryNow(desk);
  await until(() => world.seen > 0 && desk.status().lastError?.code === 'link/foreign-answer', 'the portal to be recognised');
  expect(desk.find(mine)?.issue.displayNo).toBeNull();
  // Where only the copy is stopped, the change itself may have been judged; it waits for its row.
  expect(desk.reader.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(1);
  expect(readSyncState(desk.reader).cursor).toBe(cursor);
  expect(new Map([...records(desk)].filter(([id]) => id !== mine))).toEqual(before);
  world.taken = null;
  await until(() => numbered(desk, mine) && desk.status().lastError === null && desk.status().loading === null, 'the exchange to go on');
  await until(() => numbered(other, mine), 'the record at the other desk');
  expect(records(desk)).toEqual(records(other));
});

test.each(Object.keys(PORTALS))('the live stream met by %s: everything else goes on, and the stream is tried until it is the province’s', async portal => {
  const { desk, other, session } = world;
  world.seen = 0;
  world.taken = { path: /^\/v1\/sync\/live/, portal: PORTALS[portal] ?? (() => undefined) };
  await desk.restart();
  await until(() => world.seen > 0, 'the stream to be asked for');
  const mine = await desk.receive(session, 'Ghi khi luồng tin bị chặn');
  await until(() => numbered(desk, mine) && numbered(other, mine) && desk.status().pending === 0, 'the record at both desks');
  expect(desk.status().link).toBe('up');
  const { seen } = world;
  await until(() => world.seen > seen, 'another try');
  world.taken = null;
  await desk.restart();
  const next = await desk.receive(session, 'Ghi khi luồng tin đã thông');
  await until(() => numbered(desk, next) && numbered(other, next), 'the next record');
  expect(desk.status()).toMatchObject({ link: 'up', lastError: null });
  expect(records(desk)).toEqual(records(other));
});
