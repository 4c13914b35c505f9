import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { LinkStatus } from '../../../contract/console.ts';
import type { CheckLine, Diagnosis } from '../../../contract/diagnosis.ts';
import { newId } from '../../../contract/ids.ts';
import { PROTOCOL_VERSION } from '../../../contract/province.ts';
import { createDiagnosis } from '../../../main/sync/diagnosis.ts';
import { findName, freeBytes, type ProbeLimits } from '../../../main/sync/probes.ts';
import { selfSigned } from '../../support/certificate.ts';
import { until } from '../../support/desk.ts';
import { testDesk } from '../issues/desk.ts';
import { T0 } from '../issues/support.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });

/** Short where the other side is silent on purpose; what answers does so at once. */
const LIMITS: ProbeLimits = { nameMs: 5_000, connectMs: 2_000, secureMs: 2_000, answerMs: 2_000 };
const IMPATIENT: ProbeLimits = { ...LIMITS, secureMs: 150, answerMs: 150 };
const DAY_MS = 86_400_000;

async function listen(server: Server): Promise<number> {
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
  ends.push(() => new Promise(resolve => { server.close(resolve); if (server instanceof http.Server) server.closeAllConnections(); }));
  return (server.address() as AddressInfo).port;
}
const answering = (handler: RequestListener): Promise<number> => listen(http.createServer(handler));

const DOWN: LinkStatus = {
  link: 'down', sinceMs: T0, lastSyncAtMs: null, pending: 0, refused: 0, oldestPendingAtMs: null, serverOffsetMs: null, offsetMeasuredAtMs: null,
  loading: null, textBehind: false, lastError: { code: 'link/unreachable', facts: {} }, pushTrouble: null, pullTrouble: null, nextTryAtMs: null, provinceAddress: '',
};

/** The chain of a workstation that believes its province to be at this address, once it has been walked. */
async function walked(address: (provinceId: string) => Promise<string> | string, limits = LIMITS, status: Partial<LinkStatus> = {}): Promise<Diagnosis & { steps: number }> {
  const desk = await testDesk();
  ends.push(() => desk.close());
  const station = { ...desk.station, address: await address(desk.station.provinceId) };
  await desk.writer.call('station.save', station);
  let steps = 0;
  const { diagnose, diagnosis } = createDiagnosis({
    reader: desk.reader, clock: { nowMs: () => Date.now() }, station: () => station, status: () => ({ ...DOWN, ...status }), dataDir: desk.folder, onStep: () => { steps += 1; }, limits,
  });
  expect(diagnose().running).toBe(true);
  await until(() => !diagnosis().running, 'the end of the walk');
  return { ...diagnosis(), steps };
}
const causes = ({ lines }: Diagnosis): Record<string, CheckLine['cause']> => Object.fromEntries(lines.map(line => [line.check, line.cause]));
const health = (provinceId: string, more = {}) => ({ provinceId, provinceName: 'Tỉnh mẫu', epoch: 'e', protocol: PROTOCOL_VERSION, engine: 'x', seq: 12, nowMs: T0, ...more });
const json = (body: unknown): RequestListener => (_request, answer) => { answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)); };

test('a name that no resolver knows ends the walk there, and nothing is claimed of what lies behind', async () => {
  const found = await findName('khong-co-may-nay.invalid', LIMITS.nameMs);
  expect(['not-found', 'failed']).toContain(found.kind);   // "failed" where this machine has no resolver at all
  const told = await walked(() => 'http://khong-co-may-nay.invalid:4480');
  expect(causes(told)).toMatchObject({ name: `name/${found.kind}`, connect: 'not-reached', secure: 'not-reached', answer: 'not-reached', province: 'not-reached', device: 'not-reached', disk: 'disk/room' });
});

test('a resolver that is asked for longer than the limit is called silent', async () => {
  const silent = new Promise<never>(() => undefined);   // a resolver of this machine cannot be made silent without its administrator
  expect(await findName('ioc.tinh-mau.vn', 1, () => silent)).toEqual({ kind: 'silent' });
});

test('a port on which nobody listens is refused', async () => {
  const server = createServer();
  const port = await listen(server);
  await new Promise(resolve => { server.close(resolve); });
  const told = await walked(() => `http://127.0.0.1:${port}`);
  expect(causes(told)).toMatchObject({ network: 'network/same-machine', name: 'name/literal', connect: 'connect/refused', answer: 'not-reached' });
});

test('a socket that takes the connection and says nothing is told as silence, not waited for', async () => {
  const port = await listen(createServer(socket => { socket.on('error', () => undefined); ends.push(() => { socket.destroy(); }); }));
  expect(causes(await walked(() => `http://127.0.0.1:${port}`, IMPATIENT))).toMatchObject({ connect: 'connect/open', secure: 'secure/plain', answer: 'answer/silent' });
  expect(causes(await walked(() => `https://127.0.0.1:${port}`, IMPATIENT))).toMatchObject({ connect: 'connect/open', secure: 'secure/silent', answer: 'not-reached' });
});

test('an answer that comes drop by drop without end is silence too', async () => {
  const port = await answering((_request, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' });
    const drip = setInterval(() => { answer.write(' '); }, 20);
    answer.once('close', () => { clearInterval(drip); });
  });
  expect(causes(await walked(() => `http://127.0.0.1:${port}`, IMPATIENT))).toMatchObject({ answer: 'answer/silent' });
});

describe('who answers', () => {
  test.each<[string, RequestListener, Record<string, string>]>([
    ['a portal with its own page', (_r, answer) => { answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>Đăng nhập Wi-Fi</html>'); }, { answer: 'answer/portal', province: 'not-reached' }],
    ['a portal that sends elsewhere', (_r, answer) => { answer.writeHead(302, { location: 'http://portal.invalid/' }).end(); }, { answer: 'answer/portal' }],
    ['some other service', json({ hello: 'world' }), { answer: 'answer/foreign' }],
    ['a page that calls itself JSON', (_r, answer) => { answer.writeHead(200, { 'content-type': 'application/json' }).end('<html>'); }, { answer: 'answer/foreign' }],
    ['a server under maintenance', (_r, answer) => { answer.writeHead(503).end(); }, { answer: 'answer/ours', server: 'server/maintenance' }],
    ['a server with trouble of its own', (_r, answer) => { answer.writeHead(500).end(); }, { server: 'server/error' }],
    ['the province of others', json(health(newId(T0), { provinceName: 'Tỉnh khác' })), { answer: 'answer/ours', province: 'province/other' }],
    ['a province far newer than this program', json(health(newId(T0), { protocol: PROTOCOL_VERSION + 3 })), { version: 'version/too-old' }],
    ['one that hangs up', (request, answer) => { request.resume(); answer.destroy(); }, { answer: 'answer/broken' }],
  ])('%s is told apart', async (_who, handler, expected) => {
    const port = await answering(handler);
    expect(causes(await walked(() => `http://127.0.0.1:${port}`))).toMatchObject(expected);
  });

  test('our own province is right all the way, and says how far behind this copy may be', async () => {
    const told = await walked(async id => `http://127.0.0.1:${await answering(json(health(id)))}`);
    expect(causes(told)).toMatchObject({ answer: 'answer/ours', province: 'province/ours', version: 'version/fits', server: 'server/works' });
    expect(told.behindAtMost).toBe(7);
    expect(told.steps).toBeGreaterThanOrEqual(7);
    expect(told.lines.find(line => line.check === 'device')).toMatchObject({ state: 'unknown', cause: 'not-checked' });
  });
});

describe('the certificate', () => {
  const serve = async (validFromMs: number, validToMs: number): Promise<number> => listen(https.createServer(selfSigned({ validFromMs, validToMs }), json({})));

  test('that nobody vouches for is told as such', async () => {
    const port = await serve(Date.now() - DAY_MS, Date.now() + DAY_MS);
    expect(causes(await walked(() => `https://localhost:${port}`))).toMatchObject({ name: 'name/found', secure: 'secure/self-signed', answer: 'not-reached' });
  });

  test('that has run out is told with its dates; where the clock is wrong the clock is the cause', async () => {
    const [fromMs, toMs] = [Math.floor((Date.now() - 20 * DAY_MS) / 1000) * 1000, Math.floor((Date.now() - 10 * DAY_MS) / 1000) * 1000];
    const port = await serve(fromMs, toMs);
    const told = await walked(() => `https://localhost:${port}`);
    expect(told.lines.find(line => line.check === 'secure')).toMatchObject({ cause: 'secure/expired', facts: { from: fromMs, to: toMs } });
    expect(causes(await walked(() => `https://localhost:${port}`, LIMITS, { serverOffsetMs: -15 * DAY_MS, offsetMeasuredAtMs: T0 }))).toMatchObject({ secure: 'secure/clock', clock: 'clock/skewed' });
  });

  test('that is not valid yet is told as such', async () => {
    const port = await serve(Date.now() + DAY_MS, Date.now() + 2 * DAY_MS);
    expect(causes(await walked(() => `https://localhost:${port}`))).toMatchObject({ secure: 'secure/not-yet' });
  });

  test('of a server that speaks no TLS is none', async () => {
    const port = await answering(json({}));
    expect(causes(await walked(() => `https://localhost:${port}`))).toMatchObject({ secure: 'secure/not-tls' });
  });
});

test('the room on the disk is the machine’s own figure', async () => {
  expect(await freeBytes('/')).toBeGreaterThan(0);
  await expect(freeBytes('/khong/co')).rejects.toThrow();
});
