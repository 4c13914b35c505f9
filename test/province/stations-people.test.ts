import { generateKeyPairSync, sign } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import { isNonceOf, PROTOCOL_VERSION } from '../../contract/province.ts';
import { accountOf, clientOf, enrolStation, provinceFolder, pullAll, refusalOf, reportOfFire, startProvince, type RunningProvince, type Station } from './support.ts';

const world: { province: RunningProvince; admin: Station; adminToken: string; siteIds: Map<string, Id> } = {} as typeof world;

beforeAll(async () => {
  world.province = await startProvince(await provinceFolder(), ['--codes', 'BP']);
  world.admin = await enrolStation(world.province.address, world.province.codes[0]?.code ?? '', 'Bàn quản trị');
  world.adminToken = (await world.admin.signIn(accountOf(world.province, 'quan_tri', 'BP'))).personToken;
  const { rows } = await pullAll(world.admin.client, '', 2_000);
  world.siteIds = new Map([...rows.values()].filter(row => row.kind === 'site').map(row => [String(row.data['code']), row.id]));
});
afterAll(async () => {
  await world.province?.stop();
  if (world.province) rmSync(world.province.folder, { recursive: true, force: true });
});

async function newCode(site: string, services: string[] | null = null): Promise<string> {
  return (await world.admin.client.admin.createCode({ personToken: world.adminToken, siteId: world.siteIds.get(site) ?? '', services })).code;
}
const newKey = () => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

test('a code enrols one station; the same station asking again gets the same answer, another none', async () => {
  const code = await newCode('CT', ['113', '114']);
  const anyone = clientOf(world.province.address);
  const publicKey = newKey();
  const first = await anyone.enrol({ code, publicKey, stationName: 'Bàn 1' });
  expect(first).toMatchObject({ site: { code: 'CT' }, scope: { siteIds: [world.siteIds.get('CT')], services: ['113', '114'] }, provinceId: world.province.provinceId });
  const again = await anyone.enrol({ code: code.toLowerCase().replace('-', ' '), publicKey, stationName: 'Bàn 1' });
  expect({ ...again, nowMs: 0 }).toEqual({ ...first, nowMs: 0 });
  expect(first.token).toBeNull();                                                       // who does not say its protocol opens a session first
  expect((await refusalOf(anyone.enrol({ code, publicKey: newKey(), stationName: 'Bàn 2' }))).code).toBe('enrol/code-used');
  expect((await refusalOf(anyone.enrol({ code: 'AAAAA-AAAAA', publicKey, stationName: 'Bàn' }))).code).toBe('enrol/code-unknown');
  expect(await refusalOf(anyone.enrol({ code: await newCode('CT'), publicKey: 'bm8ga2V5', stationName: 'Bàn' }))).toEqual({ code: 'input/invalid', facts: { field: 'publicKey' } });
});

test('the first token comes with the enrolment, once: a code and a public key heard on the way open nothing', async () => {
  const input = { code: await newCode('BP'), publicKey: newKey(), stationName: 'Bàn', protocol: PROTOCOL_VERSION };
  const anyone = clientOf(world.province.address);
  const { token } = await anyone.enrol(input);
  expect((await clientOf(world.province.address, () => token ?? null).sync.snapshot()).chunks.length).toBeGreaterThan(0);
  expect((await anyone.enrol(input)).token).toBeNull();
  const old = await anyone.enrol({ ...input, code: await newCode('BP'), publicKey: newKey(), protocol: PROTOCOL_VERSION - 3 });
  expect(old.token).toBeNull();
});

test('a station that the province has forgotten comes back under its own id; nobody takes the id of one that there is', async () => {
  const anyone = clientOf(world.province.address);
  const before = { deviceId: newId(Date.now()), publicKey: newKey(), stationName: 'Bàn', protocol: PROTOCOL_VERSION };
  const code = await newCode('BP');
  expect(await anyone.enrol({ ...before, code })).toMatchObject({ deviceId: before.deviceId, token: null });
  expect(await anyone.enrol({ ...before, code })).toMatchObject({ deviceId: before.deviceId, token: null });       // the answer was lost
  const spare = await newCode('BP');
  expect((await refusalOf(anyone.enrol({ ...before, code: spare, publicKey: newKey() }))).code).toBe('device/bad-signature');
  expect((await refusalOf(anyone.enrol({ ...before, code: spare }))).code).toBe('enrol/already-enrolled');
  await world.admin.client.admin.revoke({ personToken: world.adminToken, deviceId: before.deviceId });
  expect((await refusalOf(anyone.enrol({ ...before, code: spare }))).code).toBe('device/revoked');
  expect((await anyone.enrol({ code: spare, publicKey: newKey(), stationName: 'Bàn' })).deviceId).not.toBe(before.deviceId);       // no refusal has used it up
});

test('two stations of one site enrolling at the same moment get different codes of their own', async () => {
  const codes = [await newCode('DX'), await newCode('DX'), await newCode('DX')];
  const stations = await Promise.all(codes.map(code => clientOf(world.province.address).enrol({ code, publicKey: newKey(), stationName: 'Bàn' })));
  expect(new Set(stations.map(station => station.stationCode)).size).toBe(3);
});

test('a session needs the station’s own signature over a nonce of this province, once', async () => {
  const station = await enrolStation(world.province.address, await newCode('BP'));
  const { client, deviceId, privateKey } = station;
  const { nonce } = await client.session.challenge({ deviceId });
  expect(isNonceOf(world.province.provinceId, nonce)).toBe(true);
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const open = (key: typeof privateKey, over: string) => client.session.open({ deviceId, nonce, signature: sign(null, Buffer.from(over), key).toString('base64'), protocol: PROTOCOL_VERSION });
  expect((await refusalOf(open(stranger, nonce))).code).toBe('device/bad-signature');
  // The nonce is spent by the failed try.
  expect((await refusalOf(open(privateKey, nonce))).code).toBe('device/bad-signature');
  await station.openSession();
  expect((await refusalOf(client.session.challenge({ deviceId: newId(Date.now()) }))).code).toBe('device/unknown');
});

test('five wrong passwords lock a login; an unknown login looks the same', async () => {
  const { client } = await enrolStation(world.province.address, await newCode('BP'));
  const account = accountOf(world.province, 'phan_tich', 'BP');
  for (const login of [account.login, 'khong.co.nguoi.nay']) {
    const tries: string[] = [];
    for (let round = 0; round < 6; round += 1) tries.push((await refusalOf(client.people.signIn({ login, password: 'sai' }))).code);
    expect(tries).toEqual([...Array.from({ length: 5 }, () => 'auth/wrong-password'), 'auth/too-many-attempts']);
  }
  expect(await refusalOf(client.people.signIn({ login: account.login, password: account.password }))).toEqual({ code: 'auth/too-many-attempts', facts: { minutes: 15 } });
});

test('twenty guesses at once are judged five times at most', async () => {
  const { client } = await enrolStation(world.province.address, await newCode('BP'));
  const { login } = accountOf(world.province, 'lanh_dao_ioc', 'BP');
  const codes = await Promise.all(Array.from({ length: 20 }, async () => (await refusalOf(client.people.signIn({ login, password: 'sai' }))).code));
  expect(codes.filter(code => code === 'auth/wrong-password').length).toBe(5);
});

test('a login is found whatever its letter case, and signing in grants writing on that station only', async () => {
  const [here, there] = [await enrolStation(world.province.address, await newCode('BP')), await enrolStation(world.province.address, await newCode('BP'))];
  const account = accountOf(world.province, 'ca_truong', 'BP');
  const { person } = await here.signIn({ ...account, login: ` ${account.login.toUpperCase()}` });
  expect(person.name).toBe(account.name);
  expect(JSON.stringify(person)).not.toContain('argon2');
  const verdictAt = async (station: Station) => (await station.client.sync.push({ mutations: [station.mutation('issue.receive', person.id, reportOfFire(person.siteId))] })).verdicts[0];
  expect(await verdictAt(here)).toMatchObject({ status: 'applied' });
  expect(await verdictAt(there)).toMatchObject({ status: 'rejected', error: { code: 'auth/forbidden' } });
});

test('a revoked station is out at once: its calls, its live stream, a new session', async () => {
  const station = await enrolStation(world.province.address, await newCode('BP'));
  const stream = await station.client.sync.live();
  await stream.next();
  const ended = (async () => { for (let step = await stream.next(); step.done !== true;) step = await stream.next(); return true; })().catch(() => true);
  expect(await world.admin.client.admin.revoke({ personToken: world.adminToken, deviceId: station.deviceId })).toEqual({ revoked: true });
  expect(await ended).toBe(true);
  expect((await refusalOf(station.client.sync.pull({ cursor: '' }))).code).toBe('device/revoked');
  expect((await refusalOf(station.client.sync.push({ mutations: [] }))).code).toBe('device/revoked');
  expect((await refusalOf(station.client.session.challenge({ deviceId: station.deviceId }))).code).toBe('device/revoked');
  const listed = (await world.admin.client.admin.devices({ personToken: world.adminToken })).find(line => line.id === station.deviceId);
  expect(listed?.revoked).toBe(true);
  expect(await world.admin.client.admin.revoke({ personToken: world.adminToken, deviceId: station.deviceId })).toEqual({ revoked: false });
});

test('only an administrator, at the station where he signed in, manages stations', async () => {
  const other = await enrolStation(world.province.address, await newCode('BP'));
  const { personToken } = await other.signIn(accountOf(world.province, 'truc_ban', 'BP'));
  const siteId = world.siteIds.get('BP') ?? '';
  expect((await refusalOf(other.client.admin.createCode({ personToken, siteId, services: null }))).code).toBe('auth/forbidden');
  expect((await refusalOf(other.client.admin.createCode({ personToken: world.adminToken, siteId, services: null }))).code).toBe('auth/not-signed-in');
  expect((await refusalOf(clientOf(world.province.address, () => personToken).sync.pull({ cursor: '' }))).code).toBe('device/token-expired');
});
