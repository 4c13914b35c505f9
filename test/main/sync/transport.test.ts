import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { newId } from '../../../contract/ids.ts';
import { called, createProvinceClient } from '../../../main/sync/client.ts';
import { enrolAt } from '../../../main/sync/enrol.ts';
import { createTransport, type Transport } from '../../../main/sync/transport.ts';

const PAGE = { rows: [], cursor: 'epoch.1.7.1', more: false, verdicts: [], lastN: 0, nowMs: 1 };

describe('the road to the province', () => {
  const open: (() => Promise<void> | void)[] = [];
  afterEach(async () => { for (const close of open.splice(0).reverse()) await close(); });

  async function server(answer: (request: IncomingMessage, reply: ServerResponse, body: Buffer) => void): Promise<string> {
    const made = createServer((request, reply) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => { answer(request, reply, Buffer.concat(parts)); });
    });
    await new Promise<void>(resolve => { made.listen(0, '127.0.0.1', resolve); });
    open.push(() => { made.closeAllConnections(); made.close(); });
    return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
  }
  function road(address: string, more: { idleTimeoutMs?: number; maxAnswerBytes?: number } = {}) {
    const transport = createTransport({ address, ...more });
    open.push(() => { transport.close(); });
    const client = createProvinceClient(address, transport);
    const pull = () => called(client.sync.pull({ cursor: 'c', limit: 250, ackedN: 0 }, { context: { token: 't' } }));
    return { transport, client, pull };
  }
  const json = (reply: ServerResponse, body: unknown, headers: Record<string, string> = {}): void => {
    reply.writeHead(200, { 'content-type': 'application/json', ...headers }).end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
  };

  it('reads plain, gzip and zstd answers', async () => {
    for (const [encoding, pack] of [['identity', Buffer.from], ['gzip', gzipSync], ['zstd', zstdCompressSync]] as const) {
      const address = await server((_, reply) => { json(reply, pack(Buffer.from(JSON.stringify(PAGE))), { 'content-encoding': encoding }); });
      expect(await road(address).pull()).toEqual(PAGE);
    }
  });

  it('sends few headers, packs what is long, and counts what travelled', async () => {
    const seen: { headers: IncomingMessage['headers']; body: Buffer }[] = [];
    const address = await server((request, reply, body) => { seen.push({ headers: request.headers, body }); json(reply, { verdicts: [], lastN: 0, nowMs: 1 }); });
    const { transport, client } = road(address);
    const mutation = (n: number) => ({ n, name: 'issue.note', actorId: newId(1), atMs: 1, payload: { id: newId(2), note: 'Ghi chú '.repeat(20) } });
    await called(client.sync.push({ mutations: [mutation(1)] }, { context: { token: 't' } }));
    await called(client.sync.push({ mutations: Array.from({ length: 50 }, (_, i) => mutation(i + 1)) }, { context: { token: 't' } }));
    expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual(['accept-encoding', 'authorization', 'content-length', 'content-type', 'host']);
    expect(seen[1]?.headers['content-encoding']).toBe('zstd');
    const unpacked = JSON.parse(zstdDecompressSync(seen[1]?.body ?? Buffer.alloc(0)).toString('utf8')) as { mutations: unknown[] };
    expect(unpacked.mutations).toHaveLength(50);
    expect(transport.bytes().up).toBe((seen[0]?.body.length ?? 0) + (seen[1]?.body.length ?? 0));
    // The frame says how large its content is (RFC 8878 §3.1.1.1.1): an encoder that was not told takes ten times as long.
    expect((seen[1]?.body.readUInt8(4) ?? 0) & 0b1110_0000).not.toBe(0);
  });

  it('sends the bytes that a call brings in the place of its JSON', async () => {
    const seen: { headers: IncomingMessage['headers']; body: Buffer }[] = [];
    const address = await server((request, reply, body) => { seen.push({ headers: request.headers, body }); json(reply, { verdicts: [], lastN: 0, nowMs: 1 }); });
    const { transport, client } = road(address);
    for (const size of [10, 5_000]) {
      const bytes = new Uint8Array(size).map((_, at) => at * at);
      await called(client.sync.push({ mutations: [] }, { context: { token: 't', body: { type: 'application/x-own', bytes } } }));
      const last = seen.at(-1);
      expect(last?.headers['content-type']).toBe('application/x-own');
      const sent = last?.headers['content-encoding'] === 'zstd' ? zstdDecompressSync(last.body) : last?.body;
      expect(new Uint8Array(sent ?? [])).toEqual(bytes);
    }
    expect(transport.bytes().up).toBe(seen.reduce((sum, { body }) => sum + body.length, 0));
  });

  it.each([
    ['a page with 200', 200, 'text/html', '<html>'],
    ['a page with 511', 404, 'text/html', '<html>'],
    ['JSON that is none of ours', 200, 'application/json', '{"login":"required"}'],
    ['text that calls itself JSON', 200, 'application/json', 'welcome'],
    ['nothing at all', 200, 'application/json', ''],
    ['a redirect', 302, 'text/html', ''],
    ['an answer cut short inside its gzip frame', 200, 'application/json', 'not gzip'],
  ])('takes %s for a foreign answer', async (what, status, type, body) => {
    const address = await server((_, reply) => {
      reply.writeHead(status, { 'content-type': type, location: 'http://127.0.0.1:1/', ...(what.includes('gzip') ? { 'content-encoding': 'gzip' } : {}) }).end(body);
    });
    await expect(road(address).pull()).rejects.toMatchObject({ code: 'link/foreign-answer' });
  });

  it('does not unpack a small answer into a large one', async () => {
    const bomb = gzipSync(Buffer.from(JSON.stringify({ ...PAGE, cursor: 'x'.repeat(3_000_000) })));
    const address = await server((_, reply) => { json(reply, bomb, { 'content-encoding': 'gzip' }); });
    await expect(road(address, { maxAnswerBytes: 1 << 20 }).pull()).rejects.toMatchObject({ code: 'link/foreign-answer' });
  });

  it('keeps the code and facts of a refusal, and calls the server’s own trouble what it is', async () => {
    const refusal = { defined: true, code: 'APP', status: 422, message: 'x', data: { code: 'sync/out-of-order', facts: { expected: 7 } } };
    const answers: [number, string, string][] = [
      [422, 'application/json', JSON.stringify(refusal)],
      [500, 'application/json', JSON.stringify({ ...refusal, status: 500, data: { code: 'internal/unexpected', facts: {} } })],
      [502, 'text/html', '<h1>Bad gateway</h1>'],
      [429, 'application/json', JSON.stringify({ ...refusal, status: 429 })],
    ];
    const address = await server((_, reply) => { const [status, type, body] = answers.shift() ?? [200, '', '']; reply.writeHead(status, { 'content-type': type }).end(body); });
    const { pull } = road(address);
    await expect(pull()).rejects.toMatchObject({ code: 'sync/out-of-order', facts: { expected: 7 } });
    for (let i = 0; i < 3; i += 1) await expect(pull()).rejects.toMatchObject({ code: 'link/server-error' });
  });

  it('waits as long as bytes come, and gives up when none do', async () => {
    const body = JSON.stringify(PAGE);
    const slow = await server((_, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
      [...body].forEach((letter, index) => setTimeout(() => { reply.write(letter); }, index * 12));
    });
    expect(await road(slow, { idleTimeoutMs: 700 }).pull()).toEqual(PAGE);
    const halfway = await server((_, reply) => { reply.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }); reply.write('{'); });
    await expect(road(halfway, { idleTimeoutMs: 300 }).pull()).rejects.toMatchObject({ code: 'link/too-slow' });
    const silent = await server(() => undefined);
    await expect(road(silent, { idleTimeoutMs: 300 }).pull()).rejects.toMatchObject({ code: 'link/too-slow' });
  });

  it('says unreachable when nobody listens and when an answer is cut', async () => {
    const cut = await server((_, reply) => { reply.writeHead(200, { 'content-type': 'application/json', 'content-length': 500 }); reply.write('{'); setTimeout(() => { reply.destroy(); }, 20); });
    await expect(road(cut).pull()).rejects.toMatchObject({ code: 'link/unreachable' });
    await expect(road('http://127.0.0.1:1').pull()).rejects.toMatchObject({ code: 'link/unreachable', facts: { reason: 'ECONNREFUSED' } });
  });

  it('tries once more when a kept connection had been closed in the meantime', async () => {
    let asked = 0;
    const address = await server((request, reply) => {
      asked += 1;
      if (asked === 2) request.socket.resetAndDestroy();
      else json(reply, PAGE);
    });
    const { pull } = road(address);
    await pull();
    expect(await pull()).toEqual(PAGE);
    expect(asked).toBe(3);
  });

  it('goes on at a byte, and notices a server that cannot', async () => {
    const file = Buffer.from(Array.from({ length: 1_000 }, (_, i) => i % 256));
    const address = await server((request, reply) => {
      const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
      const ranges = request.url === '/ranges' && from !== undefined;
      reply.writeHead(ranges ? 206 : 200, { 'content-type': 'application/octet-stream', ...(ranges ? { 'content-range': `bytes ${from}-999/1000` } : {}) });
      reply.end(ranges ? file.subarray(Number(from)) : file);
    });
    const get = async (transport: Transport, path: string): Promise<{ from: number; bytes: Buffer }> => {
      const got = { from: -1, bytes: Buffer.alloc(0) };
      await transport.download(path, {
        token: 't', fromByte: 600, signal: new AbortController().signal,
        onStart: from => { got.from = from; }, onBytes: bytes => { got.bytes = Buffer.concat([got.bytes, bytes]); },
      });
      return got;
    };
    const { transport } = road(address);
    expect(await get(transport, '/ranges')).toEqual({ from: 600, bytes: file.subarray(600) });
    expect(await get(transport, '/whole')).toEqual({ from: 0, bytes: file });
  });

  it('enrols without a token and hands on what the province says', async () => {
    const refusal = { defined: true, code: 'APP', status: 422, message: 'x', data: { code: 'enrol/code-used', facts: {} } };
    const address = await server((request, reply) => {
      expect(request.headers.authorization).toBeUndefined();
      reply.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify(refusal));
    });
    await expect(enrolAt(address, { code: 'ABCDEFGH', publicKey: 'k', stationName: 'Bàn 1' })).rejects.toEqual(new AppError('enrol/code-used'));
  });
});
