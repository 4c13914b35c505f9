import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { numbered, tryNow } from './support.ts';

const folder = temporaryFolder('after-a-break');
const world = {} as { province: Running<ProvinceReady>; proxy: TcpProxy; a: Desk; b: Desk };

beforeAll(async () => {
  world.province = await startProvince({ data: folder.path, codes: '2' });
  const codes = world.province.ready.codes.filter(({ site }) => site === 'BP').map(({ code }) => code);
  world.proxy = await TcpProxy.start({ targetPort: Number(new URL(world.province.ready.address).port) });
  world.a = await Desk.enrolled({ address: world.proxy.address, code: codes.pop() ?? '' });
  world.b = await Desk.enrolled({ address: world.province.ready.address, code: codes.pop() ?? '' });
  await Promise.all([world.a.loaded(), world.b.loaded()]);
}, 60_000);
afterAll(async () => {
  for (const one of [world.a, world.b, world.proxy]) await one?.close();
  await world.province?.stop();
  folder.remove();
});

test('a workstation asks who is there for no rows, sends what was written, and only then looks for news', async () => {
  const { a, b, proxy, province } = world;
  const account = province.ready.accounts.find(({ role, site }) => role === 'ca_truong' && site === 'BP');
  const [session, elsewhere] = await Promise.all([a, b].map(desk => desk.signIn(account?.login ?? '', account?.password ?? '')));
  if (session === undefined || elsewhere === undefined) throw new Error('nobody is signed in');
  await proxy.refuse();
  const id = await a.receive(session, 'Ghi khi mất liên lạc');
  const news = await b.receive(elsewhere, 'Tin mới ở máy bên');
  await until(() => numbered(b, news), 'the news at the province');
  const asked: string[] = [];
  proxy.hook(({ direction, bytes }) => {
    const line = /^(?:GET|POST) \/v1\/sync\/(?:(push)|pull\S*[?&]limit=(\d+))/.exec(bytes.toString('latin1'));
    if (direction === 'up' && line !== null) asked.push(line[1] ?? (line[2] === '0' ? 'who' : 'news'));
    return bytes;
  });
  await proxy.accept();
  tryNow(a);
  await until(() => numbered(a, id) && a.find(news) !== null, 'both records');
  expect(asked.slice(0, 3)).toEqual(['who', 'push', 'news']);
});
