import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Id } from '../../contract/ids.ts';
import { snapshotChunkPath } from '../../contract/province.ts';
import { rowsOfSnapshotChunk } from '../../contract/snapshot.ts';
import { accountOf, enrolStation, issueOf, provinceFolder, pullAll, refusalOf, reportOfFire, startProvince, type RunningProvince, type Station } from './support.ts';

const codes: Record<string, string[]> = {};
const world: { province: RunningProvince; hq: Station; district: Station; hqSite: Id; districtSite: Id; operator: Id; districtOperator: Id } = {} as typeof world;
const DISTRICT = 'CT';

beforeAll(async () => {
  world.province = await startProvince(await provinceFolder(), ['--codes', '12']);
  for (const { site, code } of world.province.codes) (codes[site] ??= []).push(code);
  world.hq = await enrolStation(world.province.address, codeFor('BP'));
  world.district = await enrolStation(world.province.address, codeFor(DISTRICT));
  const { rows } = await pullAll(world.hq.client);
  const siteOf = (code: string) => [...rows.values()].find(row => row.kind === 'site' && row.data['code'] === code)?.id ?? '';
  world.hqSite = siteOf('BP');
  world.districtSite = siteOf(DISTRICT);
  const operators = world.province.accounts.filter(account => account.role === 'truc_ban');
  const anyService = operators.find(account => account.site === 'BP' && account.login.startsWith('truc114')) ?? accountOf(world.province, 'ca_truong', 'BP');
  world.operator = (await world.hq.signIn(anyService)).person.id;
  world.districtOperator = (await world.district.signIn(accountOf(world.province, 'truc_ban', DISTRICT))).person.id;
}, 60_000);

afterAll(async () => {
  await world.province?.stop();
  if (world.province) rmSync(world.province.folder, { recursive: true, force: true });
});

function codeFor(site: string): string {
  const code = codes[site]?.pop();
  if (code === undefined) throw new Error(`no code left for ${site}`);
  return code;
}

async function freshStation(site = 'BP'): Promise<Station> {
  const station = await enrolStation(world.province.address, codeFor(site));
  await station.signIn(world.province.accounts.find(account => account.login.startsWith('truc114')) ?? accountOf(world.province, 'ca_truong', site));
  return station;
}

test('a record entered at one station arrives at another with its final number', async () => {
  const report = reportOfFire(world.hqSite);
  const mutation = world.hq.mutation('issue.receive', world.operator, report);
  const before = (await pullAll(world.hq.client)).cursor;
  const { verdicts, lastN } = await world.hq.client.sync.push({ mutations: [mutation] });
  expect(verdicts).toMatchObject([{ n: mutation.n, status: 'applied' }]);
  expect(lastN).toBe(mutation.n);

  const other = await freshStation();
  const issue = issueOf((await pullAll(other.client, before)).rows.get(String(report['id'])));
  expect(issue).toMatchObject({ state: 'received', authorId: world.operator, stationId: world.hq.deviceId, provisionalNo: mutation.provisionalNo });
  expect(issue.displayNo).toMatch(/^114-\d{4}-\d{6}$/);
  expect(issue.version).toBe(verdicts[0]?.seq);
});

test('a push that is sent again gets the stored verdicts, word for word, and changes nothing', async () => {
  const station = await freshStation();
  const good = station.mutation('issue.receive', world.operator, reportOfFire(world.hqSite));
  const bad = station.mutation('issue.verify', world.operator, { id: good.payload['id'], method: 'call_back' });
  const first = await station.client.sync.push({ mutations: [good, bad] });
  expect(first.verdicts.map(verdict => verdict.status)).toEqual(['applied', 'rejected']);
  const { seq } = await station.client.health();
  const again = await station.client.sync.push({ mutations: [good, bad] });
  expect(again.verdicts).toEqual(first.verdicts);
  expect((await station.client.health()).seq).toBe(seq);
  expect((await station.client.sync.pull({ cursor: '', limit: 1, ackedN: good.n })).verdicts).toEqual([first.verdicts[1]]);
});

test('a look for no rows tells verdicts and that there is more, and moves no cursor', async () => {
  const station = await freshStation();
  const { cursor } = await pullAll(station.client);
  expect(await station.client.sync.pull({ cursor, limit: 0, ackedN: 0 })).toMatchObject({ rows: [], more: false, cursor, verdicts: [] });
  const good = station.mutation('issue.receive', world.operator, reportOfFire(world.hqSite));
  const { verdicts } = await station.client.sync.push({ mutations: [good] });
  expect(await station.client.sync.pull({ cursor, limit: 0, ackedN: 0 })).toMatchObject({ rows: [], more: true, cursor, verdicts });
  expect([...(await pullAll(station.client, cursor)).rows.keys()]).toContain(good.payload['id']);
});

test('a push with a mutation missing before it is refused with the number that is expected', async () => {
  const station = await freshStation();
  station.mutation('issue.receive', world.operator, reportOfFire(world.hqSite));
  const second = station.mutation('issue.receive', world.operator, reportOfFire(world.hqSite));
  expect(await refusalOf(station.client.sync.push({ mutations: [second] }))).toEqual({ code: 'sync/out-of-order', facts: { expected: 1 } });
});

test('pushes of one station at the same time are judged one after the other, each mutation once', async () => {
  const station = await freshStation();
  const mutations = Array.from({ length: 10 }, () => station.mutation('issue.receive', world.operator, reportOfFire(world.hqSite)));
  const answers = await Promise.all([1, 2, 3].map(() => station.client.sync.push({ mutations })));
  expect(answers[1]?.verdicts).toEqual(answers[0]?.verdicts);
  expect(answers[2]?.verdicts).toEqual(answers[0]?.verdicts);
  expect(new Set(answers[0]?.verdicts.map(verdict => verdict.seq)).size).toBe(1);
});

test('a refused mutation and one of an unknown kind do not stop those after them', async () => {
  const station = await freshStation();
  const mutations = [
    station.mutation('issue.receive', world.operator, reportOfFire(world.hqSite, { description: ' ' })),
    station.mutation('issue.fromNextYear', world.operator, {}),
    station.mutation('issue.receive', world.operator, reportOfFire(world.hqSite, { description: 'có NUL \0 trong chữ' })),
    station.mutation('issue.receive', world.operator, reportOfFire(world.hqSite, { description: 'nửa cặp \ud800' })),
    station.mutation('issue.receive', world.operator, reportOfFire(world.hqSite, { severity: 'P9' })),
    station.mutation('issue.receive', world.operator, reportOfFire(world.hqSite)),
  ];
  const { verdicts } = await station.client.sync.push({ mutations });
  expect(verdicts.map(verdict => verdict.error?.code)).toEqual(['issue/field-required', 'input/invalid', 'input/invalid', 'input/invalid', 'input/invalid', undefined]);
  expect(verdicts[4]?.error?.facts).toEqual({ field: 'severity' });
});

test('a station sees the records of its own site only, and the whole organisation', async () => {
  const all = await pullAll(world.hq.client);
  const own = await pullAll(world.district.client);
  const issues = [...own.rows.values()].filter(row => row.kind === 'issue');
  expect(issues.length).toBeGreaterThan(0);
  expect(issues.every(row => row.data['siteId'] === world.districtSite)).toBe(true);
  const visible = [...all.rows.values()].filter(row => row.kind !== 'issue' || row.data['siteId'] === world.districtSite);
  expect([...own.rows.keys()].sort()).toEqual(visible.map(row => row.id).sort());
  expect(own.cursor.split('.')[2]).toBe(all.cursor.split('.')[2]);
});

test('a station writes only inside its scope, and only as people who signed in on it', async () => {
  const outside = world.district.mutation('issue.receive', world.districtOperator, reportOfFire(world.hqSite));
  const stranger = world.district.mutation('issue.receive', world.operator, reportOfFire(world.districtSite));
  const { verdicts } = await world.district.client.sync.push({ mutations: [outside, stranger] });
  expect(verdicts.map(verdict => verdict.error?.code)).toEqual(['issue/outside-scope', 'auth/forbidden']);
});

test('the same field changed twice keeps the first value and reports the second as lost; other fields merge', async () => {
  const [one, two] = [await freshStation(), await freshStation()];
  const report = reportOfFire(world.hqSite);
  await one.client.sync.push({ mutations: [one.mutation('issue.receive', world.operator, report)] });
  const edit = (station: Station, fields: object) => station.mutation('issue.edit', world.operator, { id: report['id'], fields });
  await one.client.sync.push({ mutations: [edit(one, { severity: { from: 'P2', to: 'P1' } })] });
  const late = await two.client.sync.push({ mutations: [
    edit(two, { severity: { from: 'P2', to: 'P3' }, category: { from: 'unknown', to: 'fire_house' } }),
    edit(two, { severity: { from: 'P2', to: 'P4' } }),
  ] });
  expect(late.verdicts.map(verdict => verdict.status)).toEqual(['merged', 'conflict']);
  expect(late.verdicts[0]?.lost).toEqual([{ field: 'severity', mine: 'P3', theirs: 'P1' }]);
  expect(issueOf((await pullAll(one.client)).rows.get(String(report['id'])))).toMatchObject({ severity: 'P1', category: 'fire_house' });
});

test('pages of any size end in the same rows, and a commit is never split', async () => {
  const whole = await pullAll(world.hq.client, '', 2_000);
  const small = await pullAll(world.hq.client, '', 7);
  expect(small.rows).toEqual(whole.rows);
  expect(small.pages).toBeGreaterThan(3);
});

test('a first copy holds exactly what pulling from the beginning gives, chunk by chunk and by byte ranges', async () => {
  const manifest = await world.district.client.sync.snapshot();
  const copied = new Map<string, object>();
  for (const [index, chunk] of manifest.chunks.entries()) {
    const url = world.province.address + snapshotChunkPath(manifest.id, index);
    const headers = { authorization: `Bearer ${world.district.token()}` };
    const head = await fetch(url, { headers: { ...headers, range: 'bytes=0-99' } });
    const tail = await fetch(url, { headers: { ...headers, range: 'bytes=100-' } });
    expect([head.status, tail.status]).toEqual([206, 206]);
    const bytes = Buffer.concat([Buffer.from(await head.arrayBuffer()), Buffer.from(await tail.arrayBuffer())]);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(chunk.sha256);
    expect(Buffer.from(await (await fetch(url, { headers })).arrayBuffer()).equals(bytes)).toBe(true);
    for (const row of rowsOfSnapshotChunk(zstdDecompressSync(bytes))) copied.set(row.id, row);
  }
  for (const [id, row] of (await pullAll(world.district.client, manifest.cursor)).rows) copied.set(id, row);
  expect(copied).toEqual((await pullAll(world.district.client)).rows);
});

test('another scope’s copy, an old one, and a range beyond the end are refused', async () => {
  const manifest = await world.hq.client.sync.snapshot();
  const get = (path: string, headers = {}) => fetch(world.province.address + path, { headers: { authorization: `Bearer ${world.district.token()}`, ...headers } });
  const foreign = await get(snapshotChunkPath(manifest.id, 0));
  expect(foreign.status).toBe(422);
  expect(await foreign.json()).toMatchObject({ data: { code: 'sync/chunk-gone' } });
  expect((await get(snapshotChunkPath('no-such-copy', 0))).status).toBe(422);
  const own = await world.district.client.sync.snapshot();
  expect((await get(snapshotChunkPath(own.id, 0), { range: 'bytes=99999999-' })).status).toBe(416);
});

test('a cursor of another epoch, of the future, or of no form asks to start again', async () => {
  const { cursor } = await pullAll(world.hq.client);
  const [epoch, scope, seq, protocol] = cursor.split('.');
  for (const wrong of [`other.${scope}.${seq}.${protocol}`, `${epoch}.${scope}.${Number(seq) + 5}.${protocol}`, `${epoch}.9.${seq}.${protocol}`, 'x', `${cursor}.1`, `${epoch}.${scope}.-1.${protocol}`]) {
    expect((await refusalOf(world.hq.client.sync.pull({ cursor: wrong }))).code).toBe('sync/restart');
  }
});

test('a live stream signals what concerns the station, and nothing else', async () => {
  const abort = new AbortController();
  const stream = await world.district.client.sync.live(undefined, { signal: abort.signal });
  expect((await stream.next()).value).toMatchObject({ seq: (await world.hq.client.health()).seq });
  await world.hq.client.sync.push({ mutations: [world.hq.mutation('issue.receive', world.operator, reportOfFire(world.hqSite))] });
  const mine = await world.district.client.sync.push({ mutations: [world.district.mutation('issue.receive', world.districtOperator, reportOfFire(world.districtSite))] });
  expect(mine.verdicts[0]?.status).toBe('applied');
  expect((await stream.next()).value).toEqual({ seq: mine.verdicts[0]?.seq });
  abort.abort();
  await stream.return?.().catch(() => undefined);
});

test('a thousand reports are judged in one push, each with a number of its own', async () => {
  const station = await freshStation();
  const mutations = Array.from({ length: 1_000 }, () => station.mutation('issue.receive', world.operator, reportOfFire(world.hqSite)));
  const { verdicts } = await station.client.sync.push({ mutations });
  expect(verdicts.every(verdict => verdict.status === 'applied')).toBe(true);
  const numbers = [...(await pullAll(station.client)).rows.values()].filter(row => row.kind === 'issue').map(row => row.data['displayNo']);
  expect(new Set(numbers).size).toBe(numbers.length);
}, 30_000);
