import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../../contract/console.ts';
import { AppError } from '../../../contract/errors.ts';
import { attachmentsOf } from '../../../contract/issue.ts';
import { allRows, idToBlob } from '../../../db/database.ts';
import { rescope } from '../../../province/commands.ts';
import type { ServeOptions } from '../../../province/serve.ts';
import { Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { numbered, records, tryNow } from '../sync/support.ts';
import { eventually, Files, photo, sha256 } from './support.ts';

const MB = 1024 * 1024;
const PIECE_BYTES = 256 * 1024;

describe('files of records', () => {
  const folder = temporaryFolder('files-province');
  const world = {} as { province: Running<ProvinceReady>; proxyA: TcpProxy; a: Desk; b: Desk; atA: Session; atB: Session };
  const open: Files[] = [];

  beforeAll(async () => {
    world.province = await startProvince({ data: folder.path, codes: 'BP,BP,BP' });
    const { codes, address, accounts } = world.province.ready;
    world.proxyA = await TcpProxy.start({ targetPort: Number(new URL(address).port) });
    world.a = await Desk.enrolled({ address: world.proxyA.address, code: codes[0]?.code ?? '', idleTimeoutMs: 3_000 });
    world.b = await Desk.enrolled({ address, code: codes[1]?.code ?? '' });
    await Promise.all([world.a.loaded(), world.b.loaded()]);
    const [one, two] = accounts.filter(({ role, site }) => role === 'truc_ban' && site === 'BP');
    world.atA = await world.a.signIn(one?.login ?? '', one?.password ?? '');
    world.atB = await world.b.signIn(two?.login ?? '', two?.password ?? '');
  }, 120_000);
  afterEach(async () => { for (const files of open.splice(0)) await files.close(); });
  afterAll(async () => {
    for (const one of [world.a, world.b, world.proxyA]) await one?.close();
    await world.province?.stop();
    folder.remove();
  });

  function files(desk: Desk, session: Session, mayGo?: () => boolean): Files {
    const made = new Files(desk, session, mayGo);
    open.push(made);
    return made;
  }

  async function record(words: string): Promise<string> {
    const id = await world.a.receive(world.atA, words);
    await until(() => numbered(world.b, id), 'the record at the second desk');
    return id;
  }

  test('come to the other desk whole, small picture first, over a line that is cut again and again; a cut costs a piece at most', async () => {
    const { a, b, proxyA, atA, atB } = world;
    const [atOne, atTwo] = [files(a, atA), files(b, atB)];
    const content = photo(3 * MB), thumb = photo(9_000);
    const issueId = await record('Cây đổ, có ảnh');
    const before = proxyA.bytes().up;
    const cuts = [300_000, 600_000, 500_000, 700_000];
    const cutting = (async () => { for (const bytes of cuts) await proxyA.cutAfter('up', bytes); })();
    const id = await atOne.add(issueId, 'cay-do.jpg', content, thumb);
    expect(await atOne.line(issueId, id)).toMatchObject({ name: 'cay-do.jpg', mime: 'image/jpeg', bytes: content.length, here: true, thumbHere: true });
    await until(() => attachmentsOf(b.find(issueId)?.issue ?? {}).length === 1, 'the name of the file at the second desk');
    await eventually(async () => (await atTwo.line(issueId, id))?.thumbHere === true, 'the small picture');
    expect((await atTwo.read(issueId, id, 'thumb')).equals(thumb)).toBe(true);
    const looks = () => allRows<{ ground: string }>(b.reader, 'SELECT ground FROM access_line WHERE issue_id=?', idToBlob(issueId)).map(({ ground }) => ground);
    expect(looks()).toEqual([]);
    await eventually(async () => (await atOne.line(issueId, id))?.transfer === 'sent', 'the file at the province');
    await cutting;
    expect(proxyA.bytes().up - before).toBeLessThan(content.length + cuts.length * PIECE_BYTES + 200_000);
    await atTwo.fetch(issueId, id);
    await eventually(async () => (await atTwo.line(issueId, id))?.here === true, 'the file at the second desk');
    expect((await atTwo.read(issueId, id)).equals(content)).toBe(true);
    // Opened once, in however many pieces it was read.
    expect(looks()).toEqual(['file']);
    for (const desk of [a, b]) expect(containsPlain(join(desk.dir, 'attachments'), content)).toBe(false);
  });

  test('of two records are stored and sent once', async () => {
    const { a, proxyA, atA } = world;
    const atOne = files(a, atA);
    const content = photo(600_000);
    const [first, second] = [await record('Vụ thứ nhất'), await record('Vụ thứ hai')];
    const one = await atOne.add(first, 'chung.jpg', content);
    await eventually(async () => (await atOne.line(first, one))?.transfer === 'sent', 'the first');
    const before = proxyA.bytes().up;
    const two = await atOne.add(second, 'chung.jpg', content);
    await eventually(async () => (await atOne.line(second, two))?.transfer === 'sent', 'the second');
    expect(proxyA.bytes().up - before).toBeLessThan(20_000);
    expect(stored(join(a.dir, 'attachments')).filter(name => name === sha256(content))).toHaveLength(1);
    await expect(atOne.add(first, 'lan-nua.jpg', content)).rejects.toEqual(new AppError('attachment/already-attached'));
  });

  test('wait for records: one that is written while a large file is being sent is at the other desk long before the file', async () => {
    const { province, b } = world;
    const proxy = await TcpProxy.start({ targetPort: Number(new URL(province.ready.address).port), up: { rateBytesPerSecond: 200_000, delayMs: 100 } });
    const slow = await Desk.enrolled({ address: proxy.address, code: province.ready.codes[2]?.code ?? '' });
    await slow.loaded();
    const account = province.ready.accounts.find(({ role, site }) => role === 'ca_truong' && site === 'BP');
    const session = await slow.signIn(account?.login ?? '', account?.password ?? '');
    const atSlow = files(slow, session);
    const issueId = await slow.receive(session, 'Có tệp lớn');
    await until(() => numbered(b, issueId), 'the record');
    const id = await atSlow.add(issueId, 'lon.jpg', photo(2 * MB));
    await eventually(async () => ((await atSlow.line(issueId, id))?.share ?? 0) > 0.1, 'the file to be under way');
    const written = await slow.receive(session, 'Tin khẩn giữa chừng');
    expect(slow.sync.files.isFree()).toBe(false);
    await until(() => numbered(b, written), 'the new record at the other desk');
    const meanwhile = await atSlow.line(issueId, id);
    expect([meanwhile?.transfer, (meanwhile?.share ?? 1) < 0.9]).toEqual(['sending', true]);
    await atSlow.close();
    open.splice(open.indexOf(atSlow), 1);
    await slow.close();
    await proxy.close();
  });

  test('send nothing, not a piece, as long as the way is not free', async () => {
    const { a, atA, proxyA } = world;
    const gate = { open: true, asked: 0 };
    const atOne = files(a, atA, () => { gate.asked += 1; return gate.open; });
    const pieces = { begun: 0 };
    const unhook = proxyA.hook(({ direction, bytes }) => {
      if (direction === 'up' && bytes.toString('latin1', 0, 6) === 'PATCH ') pieces.begun += 1;
      return bytes;
    });
    const issueId = await record('Đường bận');
    const id = await atOne.add(issueId, 'cho.jpg', photo(2 * MB));
    await until(() => pieces.begun > 2, 'the first pieces');
    gate.open = false;
    const asked = gate.asked;
    await until(() => gate.asked > asked + 5, 'the lane to look several times');
    expect(pieces.begun).toBeLessThan(9);
    const stopped = pieces.begun;
    const { asked: again } = gate;
    await until(() => gate.asked > again + 3, 'the lane to look some more');
    expect(pieces.begun).toBe(stopped);
    gate.open = true;
    await eventually(async () => (await atOne.line(issueId, id))?.transfer === 'sent', 'the rest');
    unhook();
  });

  test('go on where they stopped when the province was killed and the core ended in the middle', async () => {
    const { a, b, proxyA, atA, atB } = world;
    const content = photo(2 * MB);
    const issueId = await record('Giữa chừng thì tắt');
    const first = files(a, atA);
    const sent = proxyA.bytes().up;
    const id = await first.add(issueId, 'dang-do.jpg', content);
    await until(() => proxyA.bytes().up - sent > 500_000, 'a part to be sent');
    await world.province.kill();
    await first.close();
    world.province = await startProvince({ data: folder.path, port: Number(new URL(world.province.ready.address).port) });
    for (const desk of [a, b]) tryNow(desk);
    const half = proxyA.bytes().up - sent;
    const again = files(a, atA);
    await eventually(async () => (await again.line(issueId, id))?.transfer === 'sent', 'the rest');
    expect(half).toBeLessThan(content.length);
    expect(proxyA.bytes().up - sent).toBeLessThan(content.length + 2 * PIECE_BYTES + 200_000);
    const down = files(b, atB);
    await until(() => attachmentsOf(b.find(issueId)?.issue ?? {}).length === 1, 'the name at the second desk');
    await down.fetch(issueId, id);
    await eventually(async () => (await down.line(issueId, id))?.here === true, 'the file');
    expect((await down.read(issueId, id)).equals(content)).toBe(true);
  });

  test('that are no pictures, sounds or documents by their content are refused with the first bytes, too large ones before', async () => {
    const atOne = files(world.a, world.atA);
    const issueId = await record('Thử tệp lạ');
    for (const content of ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', '<!doctype html><p>x', 'MZ\x90\0 program', 'chỉ là chữ']) {
      await expect(atOne.add(issueId, 'anh.jpg', Buffer.from(content))).rejects.toEqual(new AppError('attachment/wrong-type'));
    }
    const { begin } = atOne.part.handlers;
    await expect(begin({ issueId, name: 'phim.mp4', bytes: 100 * MB + 1 }, atOne.call)).rejects.toEqual(new AppError('attachment/too-large', { limit: 100 }));
    await expect(begin({ issueId, name: 'rong.pdf', bytes: 0 }, atOne.call)).rejects.toEqual(new AppError('attachment/empty'));
    expect(await atOne.list(issueId)).toEqual([]);
    expect(stored(join(world.a.dir, 'attachments')).filter(name => name.startsWith('in-'))).toEqual([]);
  });

  test('that were changed on the disk are said to be damaged, and fetched anew', async () => {
    const { a, b, atA, atB } = world;
    const [atOne, atTwo] = [files(a, atA), files(b, atB)];
    const content = photo(100_000);
    const issueId = await record('Đĩa hỏng');
    const id = await atOne.add(issueId, 'nho.jpg', content);
    await eventually(async () => (await atOne.line(issueId, id))?.transfer === 'sent', 'the file at the province');
    await until(() => attachmentsOf(b.find(issueId)?.issue ?? {}).length === 1, 'the name at the second desk');
    await eventually(async () => (await atTwo.line(issueId, id))?.here === true, 'the small file, unasked');
    const path = join(b.dir, 'attachments', sha256(content).slice(0, 2), sha256(content));
    const bytes = readFileSync(path);
    bytes[50_000] = (bytes[50_000] ?? 0) ^ 255;
    writeFileSync(path, bytes);
    await expect(atTwo.read(issueId, id)).rejects.toEqual(new AppError('attachment/damaged'));
    await eventually(async () => (await atTwo.line(issueId, id))?.here === true, 'a good copy');
    expect((await atTwo.read(issueId, id)).equals(content)).toBe(true);
  });

  test('that nobody’s transaction names go at the next start; what is removed from a record is not to be had from it', async () => {
    const { a, atA } = world;
    const atOne = files(a, atA);
    const issueId = await record('Gỡ tệp');
    const content = photo(50_000);
    const id = await atOne.add(issueId, 'nham.jpg', content);
    await a.mutate(atA, 'issue.detach', { id: issueId, attachmentId: id, reason: 'Ảnh của vụ khác' });
    await expect(atOne.read(issueId, id)).rejects.toEqual(new AppError('attachment/not-found'));
    expect(a.find(issueId)?.issue.history.at(-1)).toMatchObject({ action: 'issue.detach', file: 'nham.jpg', note: 'Ảnh của vụ khác', byId: atA.personId });
    const orphan = join(a.dir, 'attachments', 'ab', 'ab'.repeat(32));
    writeFileSync(join(a.dir, 'attachments', 'in-x.part'), 'x');
    mkdirSync(dirname(orphan), { recursive: true });
    writeFileSync(orphan, 'x');
    const next = files(a, atA);
    await next.part.handlers.cancel({ uploadId: id }, next.call);
    await until(() => !existsSync(orphan) && !stored(join(a.dir, 'attachments')).includes('in-x.part'), 'the sweep');
    expect(stored(join(a.dir, 'attachments'))).toContain(sha256(content));
  });

  test('of a record that leaves this workstation before they are sent wait for it to come back, and are not said to be sent before they are', async () => {
    const { a, b, atB, province } = world;
    const way = { isFree: false };
    const head = province.ready.accounts.find(({ role, site }) => role === 'ca_truong' && site === 'BP');
    const [atOne, atTwo] = [files(a, await a.signIn(head?.login ?? '', head?.password ?? ''), () => way.isFree), files(b, atB)];
    const options: ServeOptions = { databaseUrl: undefined, data: folder.path, attachments: null, sample: 'none', name: '', host: '127.0.0.1', port: 0, codes: null, codeLifeMs: null };
    const seesOnly = (services: string) => rescope(options, a.station.station()?.stationCode ?? '', { services, sites: undefined });
    const issueId = await record('Ảnh chưa kịp gửi');
    const [content, later] = [photo(60_000), photo(90_000)];
    const id = await atOne.add(issueId, 'hien-truong.jpg', content);
    await until(() => attachmentsOf(b.find(issueId)?.issue ?? {}).length === 1, 'the name of the file at the second desk');
    await seesOnly('115');
    await until(() => a.find(issueId) === null, 'the record to leave');
    await a.loaded();
    const stays = [...records(a).keys()][0] ?? '';
    const other = await atOne.add(stays, 'khac.jpg', later);
    way.isFree = true;
    atOne.part.noteChange({ tables: ['attachment'] } as never);
    await eventually(async () => (await atOne.line(stays, other))?.transfer === 'sent', 'a file behind it');
    await seesOnly('all');
    await until(() => a.find(issueId) !== null, 'the record to come back');
    await eventually(async () => (await atOne.line(issueId, id))?.transfer === 'sent', 'the file to be sent');
    await atTwo.fetch(issueId, id);
    await eventually(async () => (await atTwo.line(issueId, id))?.here === true, 'the file at the second desk');
    expect((await atTwo.read(issueId, id)).equals(content)).toBe(true);
  });
});

function stored(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(({ name }) => name) : [];
}

function containsPlain(folder: string, content: Buffer): boolean {
  const piece = content.subarray(70_000, 70_064);
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some(entry => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(piece));
}
