import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readAttention } from '../../../db/stores/attention.ts';
import { readSyncState } from '../../../db/stores/sync.ts';
import { call, Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { TcpProxy, type ProxyOptions } from '../../support/tcp-proxy.ts';
import { closed, listening, numbered, records, revokeAt, tryNow } from './support.ts';

/** One province for the file; every test has its own desks, and its own proxies between them and the province. */
describe('two workstations and their province', () => {
  const folder = temporaryFolder('province');
  let province: Running<ProvinceReady>;
  let otherProvince: Running<ProvinceReady>;
  let codes: string[] = [];
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    [province, otherProvince] = await Promise.all([startProvince({ data: folder.path, codes: '20' }), startProvince({ data: 'memory', sample: 'none' })]);
    codes = province.ready.codes.filter(code => code.site === siteOf('truc_ban')).map(code => code.code);
  }, 180_000);
  afterEach(async () => { for (const one of open.splice(0).reverse()) await one.close(); });
  afterAll(async () => { await Promise.all([province.stop(), otherProvince.stop()]); folder.remove(); });

  const siteOf = (role: string): string => province.ready.accounts.find(account => account.role === role)?.site ?? '';
  const account = (role: string, nth = 0) => {
    const found = province.ready.accounts.filter(one => one.role === role && one.site === siteOf('truc_ban'))[nth];
    if (found === undefined) throw new Error(`the sample has no ${role} ${nth}`);
    return found;
  };
  const provincePort = (): number => Number(new URL(province.ready.address).port);

  async function proxied(shape: Partial<ProxyOptions> = {}): Promise<TcpProxy> {
    const proxy = await TcpProxy.start({ targetPort: provincePort(), ...shape });
    open.push(proxy);
    return proxy;
  }
  async function desk(proxy: { address: string }, more: { idleTimeoutMs?: number; quiet?: boolean } = {}): Promise<Desk> {
    const code = codes.pop();
    if (code === undefined) throw new Error('no enrolment code is left');
    const made = await Desk.enrolled({ address: proxy.address, code, ...more });
    open.push(made);
    return made;
  }
  async function signedIn(at: Desk, role = 'truc_ban', nth = 0) {
    const { login, password } = account(role, nth);
    return at.signIn(login, password);
  }

  it('see each other’s record without touching anything, with its final number', async () => {
    const [proxyA, proxyB] = [await proxied(), await proxied()];
    const [a, b] = [await desk(proxyA), await desk(proxyB)];
    await Promise.all([a.loaded(), b.loaded()]);
    const session = await signedIn(a);
    expect(session.offline).toBe(false);
    const id = await a.receive(session, 'Cây đổ chắn ngang đường Hoà Bình');
    await until(() => numbered(b, id), 'the record at the second desk');
    await until(() => a.find(id)?.sync === 0, 'the word "sent" at the first desk');
    expect(a.find(id)?.issue).toEqual(b.find(id)?.issue);
    expect(a.find(id)?.issue.authorId).toBe(session.personId);
    expect(a.status()).toMatchObject({ link: 'up', pending: 0, refused: 0, loading: null, lastError: null });
  });

  it('go on without the province, and agree soon after it is back', async () => {
    const [proxyA, proxyB] = [await proxied(), await proxied()];
    const [a, b] = [await desk(proxyA), await desk(proxyB)];
    await Promise.all([a.loaded(), b.loaded()]);
    const [atA, atB] = [await signedIn(a), await signedIn(b, 'truc_ban', 1)];
    await Promise.all([proxyA.refuse(), proxyB.refuse()]);
    await until(() => a.status().link === 'down' && b.status().link === 'down', 'both to notice');
    const fromA = await a.receive(atA, 'Mất điện toàn khu phố');
    const fromB = await b.receive(atB, 'Nước tràn mặt đường');
    expect(a.find(fromA)?.sync).toBe(1);
    expect(a.status()).toMatchObject({ link: 'down', pending: 1, lastError: { code: 'link/unreachable' } });
    await Promise.all([proxyA.accept(), proxyB.accept()]);
    await until(() => [a, b].every(d => [fromA, fromB].every(id => numbered(d, id))), 'both records at both desks', 15_000);
    await Promise.all([a.settled(), b.settled()]);
    expect([fromA, fromB].map(id => a.find(id)?.issue)).toEqual([fromA, fromB].map(id => b.find(id)?.issue));
  });

  it('apply a push once when its answer is lost, with the same verdict', async () => {
    const proxy = await proxied();
    const a = await desk(proxy);
    await a.loaded();
    const session = await signedIn(a);
    const lost = proxy.loseReplyTo('/v1/sync/push');
    const id = await a.receive(session, 'Ổ gà sâu trước cổng trường');
    await lost;
    await a.settled();
    await until(() => numbered(a, id), 'the number');
    expect(a.find(id)?.issue.history).toHaveLength(1);
    expect(readAttention(a.reader)).toEqual([]);
    const again = await a.receive(session, 'Ổ gà thứ hai');
    await until(() => numbered(a, again), 'the next number');
  });

  it('go on at the byte where a chunk of the first copy was cut', async () => {
    const whole = await proxied();
    const first = await desk(whole);
    await first.loaded();
    const uncut = whole.bytes().down;
    const proxy = await proxied({ down: { rateBytesPerSecond: 60_000 } });
    const cut = await desk(proxy, { quiet: true });
    const before = proxy.bytes().down;
    const happened = proxy.cutAfter('down', Math.floor(uncut / 2));
    cut.sync.start();
    await happened;
    await cut.loaded();
    expect(proxy.bytes().down - before - uncut).toBeLessThan(24_000);
    expect(readSyncState(cut.reader).cursor).not.toBeNull();
    expect(records(cut)).toEqual(records(first));
    expect(records(cut).size).toBeGreaterThan(100);
  });

  it('fetch a damaged chunk again, and load nothing of it', async () => {
    const proxy = await proxied();
    const a = await desk(proxy, { quiet: true });
    const damaged = { done: false };
    const stop = proxy.hook(({ direction, bytes }) => {
      if (damaged.done || direction === 'up' || !bytes.includes('application/octet-stream')) return bytes;
      damaged.done = true;
      const other = Buffer.from(bytes);
      other.writeUInt8(other.readUInt8(other.length - 1) ^ 0xff, other.length - 1);
      return other;
    });
    a.sync.start();
    await a.loaded();
    stop();
    expect(damaged.done).toBe(true);
    expect(a.status().lastError).toBeNull();
  });

  it('give up on a link that falls silent, keep what was written, and send it when the link speaks again', async () => {
    const proxy = await proxied();
    const a = await desk(proxy, { idleTimeoutMs: 3_000 });
    await a.loaded();
    const session = await signedIn(a);
    proxy.silence(true);
    const id = await a.receive(session, 'Đèn tín hiệu hỏng');
    await until(() => a.status().link === 'down', 'the silence to be noticed');
    expect(a.status().lastError?.code).toMatch(/^link\/(too-slow|unreachable)$/);
    proxy.silence(false);
    await until(() => numbered(a, id), 'the number');
  });

  it('take nothing from a captive portal', async () => {
    const proxy = await proxied();
    const a = await desk(proxy);
    await a.loaded();
    const session = await signedIn(a);
    await proxy.refuse();
    const id = await a.receive(session, 'Ghi khi đang ở sau cổng xác thực');
    const before = readSyncState(a.reader);
    const portal = await listening(createServer((_, reply) => { reply.setHeader('content-type', 'text/html').end('<html>Đăng nhập Wi-Fi</html>'); }), proxy.port);
    tryNow(a);
    await until(() => a.status().lastError?.code === 'link/foreign-answer', 'the portal to be recognised');
    expect(readSyncState(a.reader)).toEqual(before);
    expect(a.status().pending).toBe(1);
    await closed(portal);
    await proxy.accept();
    tryNow(a);
    await until(() => numbered(a, id), 'the number');
  });

  it('begin the first copy with the enrolment’s own token, and open a session like any other once it is of no use', async () => {
    const asked: string[] = [];
    const forwarder = await listening(createServer((request, reply) => {
      asked.push(request.url ?? '');
      request.pipe(forward(new URL(request.url ?? '', province.ready.address), { method: request.method, headers: request.headers }, answer => {
        reply.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(reply);
      }));
    }), 0);
    const a = await desk({ address: `http://127.0.0.1:${(forwarder.address() as AddressInfo).port}` });
    await a.loaded();
    expect(asked.filter(path => path.startsWith('/v1/session'))).toEqual([]);
    expect(asked).toContain('/v1/sync/snapshot');
    await a.restart();
    await until(() => a.status().link === 'up', 'the link after a restart');
    expect(asked.filter(path => path.startsWith('/v1/session'))).toEqual(['/v1/session/challenge', '/v1/session']);
    await closed(forwarder);
  });

  it('send nothing to another province that stands at the same address', async () => {
    const proxy = await proxied();
    const a = await desk(proxy);
    await a.loaded();
    const session = await signedIn(a);
    await proxy.refuse();
    await until(() => a.status().link === 'down', 'the break');
    const words = 'Tin chỉ dành cho tỉnh nhà';
    await a.receive(session, words);
    const detour = new TcpProxy({ targetPort: Number(new URL(otherProvince.ready.address).port), listenPort: proxy.port });
    await detour.accept();
    const asked: string[] = [];
    detour.hook(({ direction, bytes }) => { if (direction === 'up') asked.push(bytes.toString('latin1')); return bytes; });
    await until(() => a.status().lastError?.code === 'link/wrong-province', 'the other province to be recognised');
    expect(asked.join('')).not.toMatch(/sync\/push|issue\.receive/);
    expect(a.status().pending).toBe(1);
    await detour.close();
    await proxy.accept();
    tryNow(a);
    await a.settled();
  });

  it('stop sending when the right is taken away, and say so', async () => {
    const proxy = await proxied();
    const a = await desk(proxy);
    await a.loaded();
    const session = await signedIn(a);
    await revoke(a);
    await until(() => a.status().lastError?.code === 'device/revoked', 'the revocation');
    await a.receive(session, 'Ghi sau khi bị thu hồi');
    const upBefore = proxy.bytes().up;
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(proxy.bytes().up).toBe(upBefore);
    expect(a.status()).toMatchObject({ link: 'down', pending: 1 });
  });

  it('let someone in without a link who has signed in there before, and nobody else', async () => {
    const proxy = await proxied();
    const a = await desk(proxy);
    await a.loaded();
    const online = await signedIn(a);
    expect(a.auth.tiles().filter(tile => tile.known).map(tile => tile.login)).toEqual([account('truc_ban').login]);
    await proxy.refuse();
    await a.auth.handlers.signOut({}, call());
    const offline = await signedIn(a);
    expect(offline).toEqual({ ...online, offline: true, signedInAtMs: offline.signedInAtMs, signedInCorrectedMs: offline.signedInCorrectedMs });
    await expect(signedIn(a, 'truc_ban', 1)).rejects.toMatchObject({ code: 'auth/first-time-needs-link' });
    await expect(a.signIn(account('truc_ban').login, 'sai mật khẩu')).rejects.toMatchObject({ code: 'auth/wrong-password' });
    const id = await a.receive(offline, 'Ghi khi đăng nhập không có đường truyền');
    await proxy.accept();
    await until(() => numbered(a, id), 'the number');
  });

  it('keep the author of a record whoever is signed in when it is sent', async () => {
    const proxy = await proxied();
    const a = await desk(proxy);
    await a.loaded();
    const later = await signedIn(a, 'truc_ban', 1);
    const author = await signedIn(a, 'truc_ban', 0);
    await proxy.refuse();
    const id = await a.receive(author, 'Ca trước ghi lại');
    await signedIn(a, 'truc_ban', 1);
    expect(a.auth.currentSession()?.personId).toBe(later.personId);
    await proxy.accept();
    await until(() => numbered(a, id), 'the number');
    expect(a.find(id)?.issue.authorId).toBe(author.personId);
  });

  it('show a refusal with its reason and go on with the rest', async () => {
    const proxy = await proxied();
    const [a, b] = [await desk(proxy), await desk(proxy)];
    await Promise.all([a.loaded(), b.loaded()]);
    const [atA, atB] = [await signedIn(a), await signedIn(b, 'truc_ban', 1)];
    const id = await a.receive(atA, 'Hai người cùng xác minh');
    await until(() => numbered(b, id), 'the record at the second desk');
    await proxy.refuse();
    await a.mutate(atA, 'issue.startVerification', { id });
    await b.mutate(atB, 'issue.startVerification', { id });
    const next = await b.receive(atB, 'Tin đến sau đó');
    await proxy.accept();
    await Promise.all([a.settled(), b.settled()]);
    await until(() => numbered(b, next), 'the later record');
    const refused = [...readAttention(a.reader), ...readAttention(b.reader)].map(({ attention }) => attention);
    expect(refused).toMatchObject([{ status: 'rejected', issueId: id, error: { code: 'issue/wrong-state' } }]);
    await until(() => JSON.stringify(a.find(id)?.issue) === JSON.stringify(b.find(id)?.issue), 'both to agree');
  });

  it('start with one request when nothing has changed, and ask in few bytes', async () => {
    const proxy = await proxied();
    const a = await desk(proxy);
    await a.loaded();
    await signedIn(a);
    await until(() => proxy.opened >= 2, 'the live stream');
    await new Promise(resolve => setTimeout(resolve, 300));
    const [before, requests] = [proxy.bytes(), [] as string[]];
    proxy.hook(({ direction, bytes }) => { if (direction === 'up') requests.push(bytes.toString('latin1').split('\r\n')[0] ?? ''); return bytes; });
    tryNow(a);
    await until(() => requests.length > 0, 'the look');
    await new Promise(resolve => setTimeout(resolve, 300));
    const after = proxy.bytes();
    expect(requests).toHaveLength(1);
    expect(requests[0]).toContain('/v1/sync/pull');
    expect(after.up - before.up + after.down - before.down).toBeLessThan(700);
  });

  it('go on by themselves when the province process itself is stopped and started again', async () => {
    const proxy = await proxied();
    const a = await desk(proxy);
    await a.loaded();
    const session = await signedIn(a);
    const port = provincePort();
    await province.kill();
    await until(() => a.status().link === 'down', 'the stop');
    const id = await a.receive(session, 'Ghi khi máy chủ tỉnh tắt');
    await a.restart();
    expect(a.find(id)?.sync).toBe(1);
    expect(a.auth.currentSession()?.personId).toBe(session.personId);
    province = { ...await startProvince({ data: folder.path, port }), ready: province.ready };
    await until(() => numbered(a, id), 'the number');
  }, 120_000);

  async function revoke(at: Desk): Promise<void> {
    const { login, password } = account('quan_tri');
    const admin = await desk(await proxied());
    await admin.loaded();
    const { personToken } = await admin.sync.link.signIn({ login, password });
    await revokeAt(admin, personToken, at);
  }
});
