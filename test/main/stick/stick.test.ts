import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../contract/console.ts';
import type { StickReceived } from '../../../contract/stick-desk.ts';
import type { AppError } from '../../../contract/errors.ts';
import { pushBodyOf } from '../../../contract/push-body.ts';
import { pendingMutations } from '../../../db/outbox.ts';
import { readAttention } from '../../../db/stores/attention.ts';
import { readCarried, readProvinceStickKeys, readReplyKey } from '../../../db/stores/stick.ts';
import { parseStick, type StickTaken } from '../../../contract/stick-file.ts';
import { openStick, sealStick, type HeaderFacts } from '../../../contract/stick-seal.ts';
import { importStick } from '../../../province/commands.ts';
import { STICK_TOOLS } from '../../../main/stick/tools.ts';
import { call, Desk, until } from '../../support/desk.ts';
import { ROOT, startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { numbered, tryNow } from '../sync/support.ts';

/** A province, desks whose link can be cut, and a folder that is carried from one to the other. */
describe('a stick in the place of the link', () => {
  const data = temporaryFolder('stick-province');
  const usb = temporaryFolder('stick');
  let province: Running<ProvinceReady>;
  let codes: string[] = [];
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    province = await startProvince({ data: data.path, codes: '20' });
    codes = province.ready.codes.filter(code => code.site === account(0).site).map(code => code.code);
  }, 180_000);
  afterEach(async () => { for (const one of open.splice(0).reverse()) await one.close(); });
  afterAll(async () => { await province.stop(); data.remove(); usb.remove(); });

  const account = (nth: number, role = 'truc_ban') => {
    const site = province.ready.accounts.find(one => one.role === 'truc_ban')?.site;
    const found = province.ready.accounts.filter(one => one.role === role && one.site === site)[nth];
    if (found === undefined) throw new Error(`the sample has no ${role} ${nth}`);
    return found;
  };

  async function desk(nth = 0): Promise<{ desk: Desk; session: Session; link: TcpProxy }> {
    const link = await TcpProxy.start({ targetPort: Number(new URL(province.ready.address).port) });
    const made = await Desk.enrolled({ address: link.address, code: codes.pop() ?? '' });
    open.push(link, made);
    await made.loaded();
    const { login, password } = account(nth);
    return { desk: made, session: await made.signIn(login, password), link };
  }
  async function cut(...ends: { desk: Desk; link: TcpProxy }[]): Promise<void> {
    for (const { link } of ends) await link.refuse();
    await until(() => ends.every(({ desk: at }) => at.status().link === 'down'), 'the cut to be noticed');
  }
  async function back({ desk: at, link }: { desk: Desk; link: TcpProxy }): Promise<void> {
    await link.accept();
    tryNow(at);
    await at.settled();
    await until(() => at.status().link === 'up', 'the link');
  }

  async function exported(at: { desk: Desk; session: Session }): Promise<string> {
    const { name, base64 } = await at.desk.stick.handlers.exportFile({}, { ...call(at.session), session: at.session });
    const path = join(usb.path, name);
    writeFileSync(path, Buffer.from(base64, 'base64'));
    return path;
  }
  /** As the page does it: in pieces. */
  async function received(at: { desk: Desk; session: Session }, path: string): Promise<StickReceived> {
    const asked = { ...call(at.session), session: at.session };
    const bytes = readFileSync(path);
    const half = Math.ceil(bytes.length / 2);
    const { id } = await at.desk.stick.handlers.piece({ id: null, base64: bytes.subarray(0, half).toString('base64'), bytes: bytes.length }, asked);
    await at.desk.stick.handlers.piece({ id, base64: bytes.subarray(half).toString('base64'), bytes: bytes.length }, asked);
    return at.desk.stick.handlers.receive({ id }, asked);
  }
  /** As the command does it, through the running server. */
  async function provinceTakes(path: string): Promise<StickTaken & { answerFile: string }> {
    const options = { databaseUrl: undefined, data: data.path, attachments: null, sample: 'none', name: '', host: '', port: 0, codes: null, codeLifeMs: null } as const;
    const { taken, answerFile } = await importStick(options, path, undefined);
    return { ...taken, answerFile };
  }
  const command = (args: string[]) => spawnSync(process.execPath, ['province/index.ts', ...args, '--data', data.path], { cwd: ROOT, encoding: 'utf8' });
  const seq = async (): Promise<number> => (await (await fetch(`${province.ready.address}/v1/health`)).json() as { seq: number }).seq;

  it('reaches the province first: what was done without a link is there once, and the returning link adds nothing', async () => {
    const [a, b] = [await desk(), await desk(1)];
    await cut(a);
    const ids = [await a.desk.receive(a.session, 'Cây đổ trước cổng trường'), await a.desk.receive(a.session, 'Mất điện cả khu phố')];
    await a.desk.mutate(a.session, 'issue.note', { id: ids[0], note: 'Đã gọi đội cây xanh' });
    const path = await exported(a);
    expect(a.desk.status().pending).toBe(3);
    const said = command(['import-stick', path, '--json']);
    expect(JSON.parse(said.stdout)).toMatchObject({ firstN: 1, lastN: 3, fresh: 3, refused: 0, verdicts: 3, answerFile: expect.stringMatching(/_1-3\.ioctra$/) });
    await until(() => ids.every(id => numbered(b.desk, id)), 'both records at the other desk, without a link of the first');
    const before = await seq();
    await back(a);
    await until(() => ids.every(id => a.desk.find(id)?.sync === 0 && numbered(a.desk, id)), 'the records as the province has them');
    expect(await seq()).toBe(before);
    expect(ids.map(id => a.desk.find(id)?.issue)).toEqual(ids.map(id => b.desk.find(id)?.issue));
    expect(a.desk.find(ids[0] ?? '')?.issue.history.map(entry => entry.action)).toEqual(['issue.receive', 'issue.note']);
  });

  it('reaches the province after the link: nothing new, and the stored verdicts', async () => {
    const a = await desk();
    await cut(a);
    const id = await a.desk.receive(a.session, 'Nước tràn mặt đường');
    const path = await exported(a);
    await back(a);
    await until(() => numbered(a.desk, id), 'the number');
    const before = [await seq(), a.desk.find(id)];
    expect(await provinceTakes(path)).toMatchObject({ fresh: 0, verdicts: 1, refused: 0 });
    expect(await provinceTakes(path)).toMatchObject({ fresh: 0, verdicts: 1 });
    expect([await seq(), a.desk.find(id)]).toEqual(before);
  });

  it('brings the verdicts home, and what others have done; the link then has nothing to add', async () => {
    const [a, b] = [await desk(), await desk(1)];
    await cut(a);
    const mine = await a.desk.receive(a.session, 'Ổ gà sâu trên đường Mẫu');
    const theirs = await b.desk.receive(b.session, 'Tin của bàn khác');
    await until(() => numbered(b.desk, theirs), 'the other desk to send');
    const { answerFile } = await provinceTakes(await exported(a));
    const later = await a.desk.receive(a.session, 'Tin đến sau khi xuất tệp');
    expect(await received(a, answerFile)).toMatchObject({ kind: 'answer', applied: 1, attention: 0, waiting: 1 });
    expect([numbered(a.desk, mine), numbered(a.desk, theirs), numbered(a.desk, later), a.desk.status().link]).toEqual([true, true, false, 'down']);
    expect(await received(a, answerFile)).toMatchObject({ applied: 0, rows: 0, waiting: 1 });
    const second = await provinceTakes(await exported(a));
    expect(second).toMatchObject({ firstN: 2, lastN: 2, fresh: 1 });
    await back(a);
    await until(() => [mine, theirs, later].every(id => a.desk.find(id)?.sync === 0 && numbered(a.desk, id)), 'all to be as the province has it');
    await until(() => numbered(b.desk, later), 'the last record at the other desk');
    expect([mine, theirs, later].map(id => a.desk.find(id)?.issue)).toEqual([mine, theirs, later].map(id => b.desk.find(id)?.issue));
    expect(await received(a, second.answerFile)).toMatchObject({ applied: 0, rows: 0, waiting: 0 });
    expect(readAttention(a.desk.reader)).toEqual([]);
  });

  it('brings a refusal home, which is kept until someone has seen it', async () => {
    const [a, b] = [await desk(), await desk(1)];
    const id = await a.desk.receive(a.session, 'Hai người cùng xác minh');
    await until(() => numbered(b.desk, id), 'the record at the other desk');
    await a.desk.settled();
    await cut(a);
    await a.desk.mutate(a.session, 'issue.startVerification', { id });
    await b.desk.mutate(b.session, 'issue.startVerification', { id });
    await b.desk.settled();
    const taken = await provinceTakes(await exported(a));
    expect(taken).toMatchObject({ fresh: 1, refused: 1 });
    expect(await received(a, taken.answerFile)).toMatchObject({ applied: 1, attention: 1, waiting: 0 });
    expect(readAttention(a.desk.reader).map(({ attention }) => attention)).toMatchObject([{ status: 'rejected', issueId: id, error: { code: 'issue/wrong-state' } }]);
    await back(a);
    expect(readAttention(a.desk.reader)).toHaveLength(1);
  });

  it('is carried by a desk that cannot read it, kept through a restart until its link is up, and the answer goes back', async () => {
    const [a, b] = [await desk(), await desk(1)];
    await cut(a, b);
    const id = await a.desk.receive(a.session, 'Cháy bãi rác ven đường');
    const path = await exported(a);
    const carried = await received(b, path);
    expect(carried).toMatchObject({ kind: 'carried', count: 1, alreadyHere: false });
    expect(await received(b, path)).toEqual({ ...carried, alreadyHere: true });
    await b.desk.restart();
    const state = () => b.desk.stick.handlers.state({}, { ...call(b.session), session: b.session });
    expect((await state()).carried).toMatchObject([{ status: 'waiting', firstN: 1, lastN: 1 }]);
    await back(b);
    await until(() => readCarried(b.desk.reader)[0]?.status !== 'waiting', 'the answer');
    const [answered] = (await state()).carried;
    expect(answered).toMatchObject({ status: 'answered', error: null });
    expect(() => openStick(STICK_TOOLS, parseStick(readFileSync(path)), readReplyKey(b.desk.reader) ?? STICK_TOOLS.newPair())).toThrow('stick/other-key');
    const answer = await b.desk.stick.handlers.answerFile({ id: answered?.id ?? '' }, { ...call(b.session), session: b.session });
    const answerFile = join(usb.path, answer.name);
    writeFileSync(answerFile, Buffer.from(answer.base64, 'base64'));
    await expect(received(b, answerFile)).rejects.toMatchObject({ code: 'stick/other-station' });
    expect(await received(a, answerFile)).toMatchObject({ kind: 'answer', applied: 1, waiting: 0 });
    expect([numbered(a.desk, id), a.desk.status().link]).toEqual([true, 'down']);
    await back(a);
    await until(() => numbered(b.desk, id), 'the record at the desk that carried it');
    expect(a.desk.find(id)?.issue).toEqual(b.desk.find(id)?.issue);
  });

  it('is refused with a sentence, and changes nothing, when a file before it is missing, it is broken, or its station is revoked', async () => {
    const [a, b] = [await desk(), await desk(1)];
    await cut(a);
    await a.desk.receive(a.session, 'Tin thứ nhất');
    const first = await provinceTakes(await exported(a));
    await a.desk.receive(a.session, 'Tin thứ hai');
    await received(a, first.answerFile);
    const second = await exported(a);
    await a.desk.receive(a.session, 'Tin thứ ba');
    const third = await fileFrom(a.desk, 3);
    const before = await seq();
    const files = readdirSync(usb.path).length;
    const refused = (path: string): Promise<string> => provinceTakes(path).then(() => 'taken', (error: AppError) => error.code);
    const { status, stdout, stderr } = command(['import-stick', third]);
    expect([status, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1]);
    expect(stderr).toMatch(/Cần tệp trước đó: còn thiếu thay đổi số 2 đến 2 của máy trạm/);
    const bytes = readFileSync(second);
    const broken = join(usb.path, 'hong.iocgui');
    writeFileSync(broken, bytes.subarray(0, bytes.length - 10));
    expect(await refused(broken)).toBe('stick/damaged');
    writeFileSync(broken, bytes.map((byte, at) => (at === bytes.length - 100 ? byte ^ 1 : byte)));
    expect(await refused(broken)).toBe('stick/damaged');
    writeFileSync(broken, 'không phải tệp');
    expect(await refused(broken)).toBe('stick/not-a-file');
    expect(await refused(first.answerFile)).toBe('stick/answer-here');
    expect(await refused(join(usb.path, 'khong-co.iocgui'))).toBe('input/invalid');
    await expect(received(b, broken)).rejects.toMatchObject({ code: 'stick/not-a-file' });
    await expect(received(a, second)).rejects.toMatchObject({ code: 'stick/own-file' });
    const station = a.desk.station.station();
    command(['revoke', '--station', station?.stationCode ?? '']);
    expect(await refused(second)).toBe('stick/station-revoked');
    expect(await received(b, second)).toMatchObject({ kind: 'carried' });
    await until(() => readCarried(b.desk.reader)[0]?.status !== 'waiting', 'the refusal');
    expect(readCarried(b.desk.reader)[0]).toMatchObject({ status: 'refused', error: { code: 'stick/station-revoked' } });
    expect([await seq(), readdirSync(usb.path).length, b.desk.status().link]).toEqual([before, files + 1, 'up']);
  });

  /** What the station's next file will be once the one before it is in: made from a copy of its outbox without the first. */
  async function fileFrom(at: Desk, firstN: number): Promise<string> {
    const [station, keys, replyKey] = [at.station.station(), readProvinceStickKeys(at.reader), readReplyKey(at.reader)];
    if (station === null || keys === null || replyKey === null) throw new Error('no file was made before');
    const mutations = pendingMutations(at.reader, 100, firstN - 1).map(({ issueId: _, ...mutation }) => mutation);
    const packed = await Promise.all([Buffer.from('{"cursor":null}'), pushBodyOf(mutations)].map(block => STICK_TOOLS.pack(block)));
    const facts: HeaderFacts = {
      kind: 'up', provinceId: station.provinceId, deviceId: station.deviceId, stationCode: station.stationCode, createdAtMs: Date.now(),
      firstN, lastN: firstN + mutations.length - 1, count: mutations.length, replyKey: replyKey.publicKey,
    };
    const path = join(usb.path, `tu-${firstN}.iocgui`);
    writeFileSync(path, sealStick(STICK_TOOLS, facts, packed, { toKey: keys.boxKey, signKey: station.privateKey }));
    return path;
  }
});
