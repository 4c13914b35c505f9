import { generateKeyPairSync } from 'node:crypto';
import { closeSync, ftruncateSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Mutation, Verdict } from '../../contract/province.ts';
import { pushBodyOf } from '../../contract/push-body.ts';
import { parseStick } from '../../contract/stick-file.ts';
import { openStick, sealStick, unpackedBlocks, type HeaderFacts } from '../../contract/stick-seal.ts';
import { createCode, enrol } from '../../province/devices.ts';
import { migrate } from '../../province/migrate.ts';
import { openProvince, type OpenedProvince } from '../../province/open.ts';
import { readStickFile, writeStickFile } from '../../province/stick-disk.ts';
import { readStickKeys } from '../../province/stick-keys.ts';
import { relayGate } from '../../province/stick-relay.ts';
import { STICK_TOOLS } from '../../province/stick-tools.ts';
import { takeStick, type StickContext } from '../../province/stick.ts';
import { readHead } from '../../province/store.ts';
import { reportOfFire } from './support.ts';

/** One province in memory; a new workstation, with someone who has signed in on it, for every test. */
const world = {} as { opened: OpenedProvince; provinceId: Id; boxKey: string; signKey: string; siteId: Id; personId: Id };
const device = { id: '' as Id, stationCode: '', signKey: '', reply: STICK_TOOLS.newPair() };

beforeAll(async () => {
  world.opened = await openProvince({ databaseUrl: undefined, data: 'memory', sample: 'small', name: '', nowMs: Date.now() });
  const { db } = world.opened;
  Object.assign(world, { provinceId: (await readHead(db)).provinceId }, await readStickKeys(db));
  const [person] = await db.query<{ id: Id; site: Id }>(`SELECT p.id, p.site_id AS site FROM record p JOIN account a ON a.person_id = p.id
    WHERE p.kind = 'person' AND a.login LIKE 'truc114%' LIMIT 1`);
  Object.assign(world, { personId: person?.id, siteId: person?.site });
});
beforeEach(async () => {
  const { db } = world.opened;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { code } = await createCode(db, { siteId: world.siteId, services: null, nowMs: Date.now() });
  const made = await enrol(db, { code, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), stationName: 'Bàn thử', nowMs: Date.now() });
  Object.assign(device, { id: made.deviceId, stationCode: made.stationCode, signKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64') });
  await db.query('INSERT INTO person_grant (device_id, person_id, granted_at_ms) VALUES ($1, $2, 0)', [device.id, world.personId]);
});
afterAll(() => world.opened.close());

const mutation = (n: number): Mutation => ({ n, name: 'issue.receive', actorId: world.personId, atMs: Date.now(), provisionalNo: `T-${n}`, payload: reportOfFire(world.siteId) });
const mutations = (from: number, count: number): Mutation[] => Array.from({ length: count }, (_, i) => mutation(from + i));
const COVER = Buffer.from('{"cursor":null}');

async function file(plain: Uint8Array[], facts: Partial<HeaderFacts>, keys: { toKey?: string; signKey?: string } = {}): Promise<Uint8Array> {
  const packed = await Promise.all(plain.map(block => STICK_TOOLS.pack(block)));
  return sealStick(STICK_TOOLS, {
    kind: 'up', provinceId: world.provinceId, deviceId: device.id, stationCode: device.stationCode, createdAtMs: Date.now(), replyKey: device.reply.publicKey,
    firstN: 1, lastN: 1, count: 1, ...facts,
  } as HeaderFacts, packed, { toKey: keys.toKey ?? world.boxKey, signKey: keys.signKey ?? device.signKey });
}
const good = (from: number, count: number): Promise<Uint8Array> => file([COVER, pushBodyOf(mutations(from, count))], { firstN: from, lastN: from + count - 1, count });

const context: StickContext = { nowMs: Date.now(), carrierId: null, report: (what, error) => { throw new Error(what, { cause: error }); } };
const taken = (bytes: Uint8Array) => takeStick(world.opened.db, bytes, context);

/** All that a file could have changed. */
async function traces(): Promise<unknown> {
  const [row] = await world.opened.db.query(`SELECT (SELECT seq FROM sync_head) AS seq, (SELECT count(*) FROM verdict) AS verdicts, (SELECT count(*) FROM record) AS records,
    (SELECT sum(last_n) FROM device) AS numbers, (SELECT count(*) FROM stick_file) AS files, (SELECT sum(last) FROM number_counter) AS counters`);
  return row;
}
async function refused(bytes: Uint8Array, code: ErrorCode, facts?: object): Promise<void> {
  const before = await traces();
  await expect(taken(bytes)).rejects.toMatchObject(facts === undefined ? { code } : { code, facts });
  expect(await traces()).toEqual(before);
}

async function verdictsIn(answer: Uint8Array): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for await (const plain of unpackedBlocks(STICK_TOOLS, openStick(STICK_TOOLS, parseStick(answer), device.reply))) {
    const block = JSON.parse(Buffer.from(plain).toString('utf8')) as { verdicts?: Verdict[] };
    verdicts.push(...block.verdicts ?? []);
  }
  return verdicts;
}

test('a file is judged like a push, once; the same file again gives the same verdicts, word for word', async () => {
  const bytes = await file([COVER, pushBodyOf(mutations(1, 3)), pushBodyOf(mutations(4, 2))], { lastN: 5, count: 5 });
  const first = await taken(bytes);
  expect(first.taken).toMatchObject({ fresh: 5, refused: 0, verdicts: 5, firstN: 1, lastN: 5 });
  const after = await traces();
  const again = await taken(bytes);
  expect(again.taken).toMatchObject({ fresh: 0, verdicts: 5 });
  expect(await verdictsIn(again.answer)).toEqual(await verdictsIn(first.answer));
  expect({ ...(await traces()) as object, files: 0 }).toEqual({ ...after as object, files: 0 });
  expect((await taken(await good(4, 4))).taken).toMatchObject({ fresh: 2, verdicts: 4 });
});

test('a file after a gap is refused and says what is missing', async () => {
  await taken(await good(1, 2));
  await refused(await good(5, 2), 'stick/gap', { station: device.stationCode, from: 3, to: 4 });
});

test('another province, an unknown or revoked station, another’s signature, another key: refused, and nothing has changed', async () => {
  await refused(await file([COVER, pushBodyOf(mutations(1, 1))], { provinceId: newId(0) }), 'stick/other-province');
  await refused(await file([COVER, pushBodyOf(mutations(1, 1))], { deviceId: newId(0) }), 'stick/station-unknown');
  const { privateKey } = generateKeyPairSync('ed25519');
  await refused(await file([COVER, pushBodyOf(mutations(1, 1))], {}, { signKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64') }), 'stick/damaged');
  await refused(await file([COVER, pushBodyOf(mutations(1, 1))], {}, { toKey: STICK_TOOLS.newPair().publicKey }), 'stick/other-key');
  const bytes = await good(1, 1);
  const { answer } = await taken(bytes);
  await refused(answer, 'stick/answer-here', { station: device.stationCode });
  await world.opened.db.query('UPDATE device SET revoked_at_ms = 1 WHERE id = $1', [device.id]);
  await refused(bytes, 'stick/station-revoked');
});

test('what a station has signed and is still wrong is refused as a whole, the good part too', async () => {
  const one = pushBodyOf(mutations(1, 1));
  await refused(await file([COVER, one, Buffer.from('no columns')], { lastN: 2, count: 2 }), 'stick/damaged');
  await refused(await file([COVER, one, pushBodyOf(mutations(3, 1))], { lastN: 3, count: 2 }), 'stick/damaged');
  await refused(await file([COVER, one, pushBodyOf(mutations(3, 1))], { lastN: 2, count: 2 }), 'stick/damaged');
  await refused(await file([COVER, one], { lastN: 2, count: 2 }), 'stick/damaged');
  await refused(await file([COVER], { lastN: 0, count: 0 }), 'stick/damaged');
  await refused(await file([COVER, pushBodyOf(mutations(0, 1))], { firstN: 0, lastN: 0 }), 'stick/damaged');
  await refused(await file([Buffer.from('{"cursor":null,"more":1}'), one], {}), 'stick/damaged');
  await refused(await file([one, one], {}), 'stick/damaged');
  await refused(await file([COVER, Buffer.alloc(40 << 20)], {}), 'stick/damaged');
});

test('a thousand files changed at random change nothing', async () => {
  const bytes = await good(1, 2);
  const before = await traces();
  const random = randomFrom(20_417);
  for (let i = 0; i < 1_000; i += 1) {
    const bad = Uint8Array.from(bytes);
    for (let changes = 1 + random(3); changes > 0; changes -= 1) {
      const at = random(bad.length);
      bad[at] = (bad[at] ?? 0) ^ (1 + random(255));
    }
    if (Buffer.from(bad).equals(bytes)) continue;
    await expect(taken(random(4) === 0 ? bad.subarray(0, random(bad.length)) : bad)).rejects.toBeInstanceOf(AppError);
  }
  expect(await traces()).toEqual(before);
});

test('the keys are made at the first start and kept at every later one', async () => {
  await migrate(world.opened.db, { name: '', nowMs: 0 });
  expect(await readStickKeys(world.opened.db)).toEqual({ boxKey: world.boxKey, signKey: world.signKey });
});

test('a workstation that brings too many files a minute is told to wait; another one is not', () => {
  const gate = relayGate();
  const [one, other] = [newId(0), newId(1)];
  for (let i = 0; i < 20; i += 1) gate.pass(one, 1_000 + i);
  expect(() => gate.pass(one, 2_000)).toThrow(new AppError('stick/too-many', { waitS: 59 }));
  gate.pass(other, 2_000);
  gate.pass(one, 61_001);
});

test('a file of ten gigabytes is refused unread; an answer is whole or not there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-stick-'));
  const path = join(folder, 'lon.iocgui');
  const handle = openSync(path, 'w');
  ftruncateSync(handle, 10 * 2 ** 30);
  closeSync(handle);
  await expect(readStickFile(path)).rejects.toMatchObject({ code: 'stick/too-large' });
  await expect(readStickFile(folder)).rejects.toMatchObject({ code: 'input/invalid' });
  expect(await writeStickFile(folder, 'a.ioctra', Buffer.from('tệp'))).toBe(join(folder, 'a.ioctra'));
  writeFileSync(join(folder, 'file'), '');
  await expect(writeStickFile(join(folder, 'file'), 'a.ioctra', Buffer.from('tệp'))).rejects.toMatchObject({ code: 'stick/cannot-write' });
  expect(readdirSync(folder).sort()).toEqual(['a.ioctra', 'file', 'lon.iocgui']);
  rmSync(folder, { recursive: true });
});

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  const state = { at: seed };
  return below => {
    state.at = (state.at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state.at ^ (state.at >>> 15), 1 | state.at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
