import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { PUSH_MEDIA_TYPE, pushBodyOf } from '../../contract/push-body.ts';
import { accountOf, enrolStation, provinceFolder, pullAll, reportOfFire, startProvince, type RunningProvince, type Station } from './support.ts';

const world: { province: RunningProvince; station: Station } = {} as typeof world;

beforeAll(async () => {
  world.province = await startProvince(await provinceFolder(), ['--codes', 'BP']);
  world.station = await enrolStation(world.province.address, world.province.codes[0]?.code ?? '');
});
afterAll(async () => {
  await world.province?.stop();
  if (world.province) rmSync(world.province.folder, { recursive: true, force: true });
});

const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => fetch(world.province.address + path, {
  method: 'POST', body, headers: { 'content-type': 'application/json', authorization: `Bearer ${world.station.token()}`, ...headers },
});

/** Bytes of one exchange on a bare socket, both ways, and the answer. */
function exchange(request: string): Promise<{ bytes: number; answer: string }> {
  const { hostname, port } = new URL(world.province.address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let answer = '';
    socket.setEncoding('utf8').on('error', reject).on('data', (text: string) => {
      answer += text;
      const [head, body] = answer.split('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(head ?? '')?.[1];
      if (length === undefined || Buffer.byteLength(body ?? '') < Number(length)) return;
      socket.destroy();
      resolve({ bytes: request.length + Buffer.byteLength(answer), answer });
    });
  });
}

test('asking when nothing changed costs less than 512 bytes, question and answer together', async () => {
  const { cursor } = await pullAll(world.station.client);
  const { host } = new URL(world.province.address);
  const { bytes, answer } = await exchange(`GET /v1/sync/pull?cursor=${cursor}&ackedN=123 HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${world.station.token()}\r\naccept-encoding: gzip\r\n\r\n`);
  expect(answer).toContain('"rows":[]');
  expect(bytes).toBeLessThan(512);
});

test.each([['gzip', gzipSync], ['zstd', zstdCompressSync]] as const)('requests (%s) and answers travel compressed', async (encoding, packed) => {
  const { person } = await world.station.signIn(accountOf(world.province, 'ca_truong', 'BP'));
  const mutations = Array.from({ length: 50 }, () => world.station.mutation('issue.receive', person.id, reportOfFire(person.siteId)));
  const answer = await post('/v1/sync/push', packed(JSON.stringify({ mutations })), { 'content-encoding': encoding, 'accept-encoding': 'gzip' });
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(await answer.json()).toMatchObject({ lastN: mutations.at(-1)?.n });
  const { host } = new URL(world.province.address);
  const raw = await fetch(`${world.province.address}/v1/sync/pull?cursor=&limit=50`, { headers: { authorization: `Bearer ${world.station.token()}`, 'accept-encoding': 'identity', host } });
  expect(raw.headers.get('content-encoding')).toBeNull();
  expect(gunzipSync(gzipSync(await raw.text())).length).toBeGreaterThan(1_000);
});

test('a push by columns leaves what the same push in JSON does, and asked again gives the stored verdicts, packed or not', async () => {
  const { person } = await world.station.signIn(accountOf(world.province, 'ca_truong', 'BP'));
  const type = { 'content-type': PUSH_MEDIA_TYPE };
  const report = reportOfFire(person.siteId, { description: 'Khói ở kho, gọi từ 0123' });
  const batch = () => Array.from({ length: 5 }, () => ({ ...world.station.mutation('issue.receive', person.id, { ...report, id: newId(Date.now()) }), atMs: 1_795_000_000_000, provisionalNo: 'T-1' }));
  const [columns, json] = [batch(), batch()];
  const before = (await pullAll(world.station.client)).cursor;
  const first = await post('/v1/sync/push', zstdCompressSync(pushBodyOf(columns)), { ...type, 'content-encoding': 'zstd' });
  const judged = await first.json() as { verdicts: { n: number; status: string }[] };
  expect(judged.verdicts.map(({ n, status }) => [n, status])).toEqual(columns.map(({ n }) => [n, 'applied']));
  expect((await post('/v1/sync/push', JSON.stringify({ mutations: json }))).status).toBe(200);
  const { rows } = await pullAll(world.station.client, before);
  // When each came is its own.
  const unarrived = (data: Record<string, unknown> | undefined) => ({ ...data, history: (data?.['history'] as Record<string, unknown>[]).map(({ arrivedAtMs: _, ...entry }) => entry) });
  const left = (mutations: typeof json) => mutations.map(({ payload }) => ({ ...unarrived(rows.get(String(payload['id']))?.data), id: '', displayNo: '', version: 0 }));
  expect(left(columns)).toEqual(left(json));
  expect(left(json)[0]).toMatchObject({ description: report['description'], provisionalNo: 'T-1' });
  expect(await (await post('/v1/sync/push', pushBodyOf(columns), type)).json()).toMatchObject({ verdicts: judged.verdicts });
});

test('who has no token is told so before anything of a push by columns is unpacked', async () => {
  const answer = await post('/v1/sync/push', new Uint8Array([1, 2, 3]), { 'content-type': PUSH_MEDIA_TYPE, authorization: 'Bearer wrong' });
  expect(await answer.json()).toMatchObject({ data: { code: 'device/token-expired' } });
});

test('a small archive that unpacks to a huge body is refused, and the server goes on', async () => {
  const huge = Buffer.alloc(200 * 1024 * 1024, 0x20);
  for (const [encoding, bomb] of [['gzip', gzipSync(huge)], ['zstd', zstdCompressSync(huge)]] as const) {
    const answer = await post('/v1/sync/push', bomb, { 'content-encoding': encoding });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ data: { code: 'input/too-large' } });
  }
  const plain = await post('/v1/sync/push', Buffer.alloc(17 * 1024 * 1024, 0x20)).catch(() => null);
  if (plain !== null) expect(plain.status).toBe(413);
  expect((await world.station.client.health()).engine).toBe('pglite');
});

/** A frame of one raw block with a window of 2^`windowLog` bytes (RFC 8878 §3.1.1). */
function zstdFrame(text: string, windowLog: number): Buffer {
  const block = Buffer.alloc(3);
  block.writeUIntLE(text.length << 3 | 1, 0, 3);
  const frame = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, windowLog - 10 << 3]), block, Buffer.from(text)]);
  expect(zstdDecompressSync(frame).toString()).toBe(text);
  return frame;
}

test('odd requests get a code, never a stack', async () => {
  const cases: [Promise<Response>, number][] = [
    [post('/v1/sync/push', '{"mutations":', {}), 422],
    [post('/v1/sync/push', 'xx', { 'content-encoding': 'gzip' }), 422],
    [post('/v1/sync/push', 'xx', { 'content-encoding': 'zstd' }), 422],
    [post('/v1/sync/push', 'xx', { 'content-encoding': 'br' }), 422],
    // A frame that makes the decoder keep 128 MB, however little is in it.
    [post('/v1/sync/push', new Uint8Array(zstdFrame(JSON.stringify({ mutations: [] }), 27)), { 'content-encoding': 'zstd' }), 422],
    [post('/v1/sync/push', 'xx', { 'content-type': PUSH_MEDIA_TYPE }), 422],
    [post('/v1/sync/push', zstdCompressSync(pushBodyOf([])).subarray(2), { 'content-type': PUSH_MEDIA_TYPE, 'content-encoding': 'zstd' }), 422],
    [post('/v1/session', pushBodyOf([]), { 'content-type': PUSH_MEDIA_TYPE }), 422],
    [post('/v1/sync/push', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
    [post('/v1/sync/push', '{"mutations":"no"}'), 422],
    [post('/v1/sync/push', '{}', { origin: 'https://somewhere.invalid' }), 422],
    [post('/v1/nothing', '{}'), 404],
    [post('/local', '{"command":"code","site":"BP","services":null,"lifeMs":null}'), 422],
    [fetch(`${world.province.address}/v1/sync/pull?cursor=`), 422],
    [fetch(`${world.province.address}/v1/sync/pull?cursor=`, { headers: { authorization: 'Bearer wrong' } }), 422],
  ];
  for (const [request, status] of cases) {
    const answer = await request;
    expect(answer.status).toBe(status);
    const body = await answer.text();
    expect(JSON.parse(body)).toMatchObject({ code: 'APP', data: { code: expect.any(String) } });
    expect(body).not.toMatch(/\.ts:|node_modules/);
  }
});

test('a request line that is no HTTP, and a Host that is none, end in a refusal', async () => {
  expect((await exchange('GET /v1/health HTTP/1.1\r\nhost: a b\r\n\r\n')).answer).toMatch(/^HTTP\/1.1 4\d\d /);
});
