import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readSyncState } from '../../../db/stores/sync.ts';
import { Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { closed, listening, numbered, records, tryNow } from './support.ts';

/** What a province that is not ours may hear: who we are, whose it is, and where we stood with a token that it does not know. */
const HARMLESS = /^(POST \/v1\/session\/challenge|GET \/v1\/health|GET \/v1\/sync\/(pull|snapshot|live)\b)/;
const folder = temporaryFolder('another-province');
const world = {} as { ours: Running<ProvinceReady>; another: Running<ProvinceReady>; other: Desk };
const open: { close(): Promise<void> }[] = [];

const portOf = ({ ready }: Running<ProvinceReady>): number => Number(new URL(ready.address).port);
const code = (): string => world.ours.ready.codes.shift()?.code ?? '';

beforeAll(async () => {
  [world.ours, world.another] = await Promise.all([startProvince({ data: folder.path, codes: 'BP,BP,BP,BP,BP,BP,BP,BP' }), startProvince({ data: 'memory', sample: 'none' })]);
  world.other = await Desk.enrolled({ address: world.ours.ready.address, code: code() });
  await world.other.loaded();
});
afterEach(async () => { for (const one of open.splice(0).reverse()) await one.close(); });
afterAll(async () => {
  await world.other?.close();
  await Promise.all([world.ours?.stop(), world.another?.stop()]);
  folder.remove();
});

/** A desk at an address that can be moved from our province's server to another's and back, and what was said at the other's. */
async function movable(): Promise<{ proxy: TcpProxy; desk: Desk; asked: () => string[]; said: () => string; toAnother(): void; toOurs(): void }> {
  const proxy = await TcpProxy.start({ targetPort: portOf(world.ours) });
  const desk = await Desk.enrolled({ address: proxy.address, code: code(), quiet: true });
  open.push(proxy, desk);
  const heard = { there: false, said: '' };
  proxy.hook(({ direction, bytes }) => {
    if (heard.there && direction === 'up') heard.said += bytes.toString('latin1');
    return bytes;
  });
  const move = (there: boolean): void => {
    heard.there = there;
    proxy.retarget(portOf(there ? world.another : world.ours));
  };
  return {
    proxy, desk, toAnother: () => { move(true); }, toOurs: () => { move(false); },
    said: () => heard.said, asked: () => [...heard.said.matchAll(/(?:GET|POST|PATCH) \/v1[^ ]*/g)].map(([line]) => line),
  };
}

const isTold = (desk: Desk) => (): boolean => desk.status().lastError?.code === 'link/wrong-province';

test.each([['with the token of the enrolment', false], ['without a token', true]] as const)('another province at the first session after enrolment, %s: told by its code, and the copy comes once ours is back', async (_, again) => {
  const { desk, asked, toAnother, toOurs } = await movable();
  toAnother();
  if (again) await desk.restart(); else desk.sync.start();
  await until(isTold(desk), 'the other province to be recognised');
  expect(asked().filter(line => !HARMLESS.test(line))).toEqual([]);
  if (again) expect(asked().filter(line => !/challenge|health/.test(line))).toEqual([]);
  expect(records(desk).size).toBe(0);
  expect(readSyncState(desk.reader).cursor).toBeNull();
  toOurs();
  tryNow(desk);
  await desk.loaded();
  expect(records(desk)).toEqual(records(world.other));
});

async function atWork() {
  const made = await movable();
  made.desk.sync.start();
  await made.desk.loaded();
  const account = world.ours.ready.accounts.find(({ role, site }) => role === 'truc_ban' && site === 'BP');
  const { login, password } = account ?? { login: '', password: '' };
  const session = await made.desk.signIn(login, password);
  const first = await made.desk.receive(session, 'Ghi khi còn tỉnh nhà');
  await until(() => numbered(made.desk, first) && numbered(world.other, first), 'the first push');
  return { ...made, session, login, password };
}

test.each(['from one push to the next', 'in the middle of a push'])('another province, %s: it hears nothing of a record, and all goes on once ours is back', async when => {
  const { proxy, desk, session, asked, toAnother, toOurs } = await atWork();
  const before = records(desk);
  const { cursor } = readSyncState(desk.reader);
  const unhook = proxy.hook(({ direction, bytes }) => {
    if (direction === 'down' || !bytes.includes('POST /v1/sync/push')) return bytes;
    unhook();
    toAnother();
    return 'cut';
  });
  if (when === 'from one push to the next') { unhook(); toAnother(); }
  const second = await desk.receive(session, 'Chỉ dành cho tỉnh nhà');
  await until(isTold(desk), 'the other province to be recognised');
  expect(asked().filter(line => !HARMLESS.test(line))).toEqual([]);
  expect(desk.status().pending).toBe(1);
  expect(readSyncState(desk.reader).cursor).toBe(cursor);
  expect(new Map([...records(desk)].filter(([id]) => id !== second))).toEqual(before);
  toOurs();
  tryNow(desk);
  await until(() => numbered(desk, second) && numbered(world.other, second) && desk.status().lastError === null, 'the exchange to go on');
  expect(desk.find(second)?.issue.history).toHaveLength(1);
  expect(records(desk)).toEqual(records(world.other));
});

test('a gateway that has no province behind it, in the middle of the work: it hears nothing of a record either', async () => {
  const { proxy, desk, session, toOurs } = await atWork();
  const asked: string[] = [];
  const gateway = await listening(createServer((request, reply) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    reply.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
  }), 0);
  proxy.retarget((gateway.address() as AddressInfo).port);
  const mine = await desk.receive(session, 'Chỉ dành cho tỉnh nhà');
  await until(() => desk.status().lastError?.code === 'link/server-error' && asked.some(line => line.includes('/session')), 'the gateway to be asked who it is');
  tryNow(desk);
  const { length } = asked;
  await until(() => asked.length > length + 1, 'more tries');
  expect(asked.filter(line => !HARMLESS.test(line))).toEqual([]);
  toOurs();
  tryNow(desk);
  await until(() => numbered(desk, mine) && numbered(world.other, mine) && desk.status().lastError === null, 'the exchange to go on');
  expect(records(desk)).toEqual(records(world.other));
  await closed(gateway);
});

/** Signs in while the other province stands there, and again once ours is back. */
async function keepsThePassword({ desk, login, password, asked, said, toOurs }: Awaited<ReturnType<typeof atWork>>): Promise<void> {
  expect((await desk.signIn(login, password)).offline).toBe(true);
  await until(isTold(desk), 'the other province to be recognised');
  expect(asked().filter(line => !HARMLESS.test(line))).toEqual([]);
  expect(said()).not.toContain(password);
  toOurs();
  tryNow(desk);
  await until(() => desk.status().lastError === null, 'ours again');
  expect((await desk.signIn(login, password)).offline).toBe(false);
}

test('another province after a break: a password is not sent to it', async () => {
  const made = await atWork();
  const { proxy, desk, toAnother } = made;
  await proxy.refuse();
  await until(() => desk.status().link === 'down', 'the break');
  toAnother();
  await proxy.accept();
  await keepsThePassword(made);
});

test('another province, in the middle of a sign-in: the password is not sent a second time before it is known whose it is', async () => {
  const made = await atWork();
  const { proxy, password, toAnother } = made;
  const unhook = proxy.hook(({ direction, bytes }) => {
    if (direction === 'down' || !bytes.includes(password)) return bytes;
    unhook();
    toAnother();
    return 'cut';
  });
  await keepsThePassword(made);
});
