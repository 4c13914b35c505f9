import { generateKeyPairSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import type { Site } from '../../contract/org.ts';
import type { Mutation } from '../../contract/province.ts';
import { enrol, createCode } from '../../province/devices.ts';
import { openProvince, type OpenedProvince } from '../../province/open.ts';
import { push } from '../../province/push.ts';
import { commitChanges } from '../../province/store.ts';
import { provinceFolder, reportOfFire } from './support.ts';

const NOW = Date.now();
const stage = {} as { folder: string; opened: OpenedProvince; site: Site; chief: Id; deviceId: Id };
const db = () => stage.opened.db;

beforeAll(async () => {
  stage.folder = await provinceFolder();
  stage.opened = await openProvince({ databaseUrl: undefined, data: stage.folder, sample: 'none', name: '', nowMs: NOW });
  const [site] = await db().query<{ data: Site }>("SELECT data FROM record WHERE kind = 'site' AND data->>'code' = 'BP'");
  const [chief] = await db().query<{ id: Id }>("SELECT id FROM record WHERE kind = 'person' AND data->>'login' = 'catruong'");
  if (site === undefined || chief === undefined) throw new Error('the sample has the province’s own site and its shift leader');
  const { code } = await createCode(db(), { siteId: site.data.id, services: null, nowMs: NOW });
  const publicKey = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const { deviceId } = await enrol(db(), { code, publicKey, stationName: 'Bàn thử', nowMs: NOW });
  await db().query('INSERT INTO person_grant (device_id, person_id, granted_at_ms) VALUES ($1, $2, $3)', [deviceId, chief.id, NOW]);
  Object.assign(stage, { site: site.data, chief: chief.id, deviceId });
});
afterAll(async () => {
  await stage.opened.close();
  rmSync(stage.folder, { recursive: true, force: true });
});

test('a record on which the province itself stumbles stops none of the others, and the same push again says the same', async () => {
  const damaged = newId(NOW);
  // Without its history, as no code of ours writes it: every step on it breaks an assumption.
  const data = { id: damaged, state: 'received', siteId: stage.site.id, service: '114' };
  await db().transaction(tx => commitChanges(tx, { rows: [{ kind: 'issue', id: damaged, siteId: stage.site.id, service: '114', deleted: false, data, expected: 0 }] }));
  const receive = (n: number): Mutation => ({ n, name: 'issue.receive', actorId: stage.chief, atMs: NOW, provisionalNo: `T-${n}`, payload: reportOfFire(stage.site.id) });
  const mutations: Mutation[] = [receive(1), { n: 2, name: 'issue.note', actorId: stage.chief, atMs: NOW, payload: { id: damaged, note: 'ghi' } }, receive(3)];
  const heard: number[] = [];
  const send = () => push(db(), { deviceId: stage.deviceId, mutations, nowMs: NOW, onBroken: mutation => { heard.push(mutation.n); } });
  const { verdicts, lastN } = await send();
  expect(verdicts.map(({ n, status, error }) => [n, status, error?.code])).toEqual([[1, 'applied', undefined], [2, 'rejected', 'internal/unexpected'], [3, 'applied', undefined]]);
  expect([lastN, heard]).toEqual([3, [2]]);
  expect((await send()).verdicts).toEqual(verdicts);
  expect(heard).toEqual([2]);
});

test('a payload nested beyond all sense is a refusal of its own, and the others of its push are judged', async () => {
  const [at] = await db().query<{ n: number }>('SELECT last_n AS n FROM device WHERE id = $1', [stage.deviceId]);
  const first = (at?.n ?? 0) + 1;
  const receive = (n: number, more: Record<string, unknown> = {}): Mutation =>
    ({ n, name: 'issue.receive', actorId: stage.chief, atMs: NOW, provisionalNo: `T-${n}`, payload: reportOfFire(stage.site.id, more) });
  const deep = ['[', '{"a":'].map(open => JSON.parse(open.repeat(20_000) + '0' + (open === '[' ? ']' : '}').repeat(20_000)) as unknown);
  const mutations = [receive(first), receive(first + 1, { victims: deep[0] }), receive(first + 2, { extra: deep[1] }), receive(first + 3)];
  const { verdicts } = await push(db(), { deviceId: stage.deviceId, mutations, nowMs: NOW, onBroken: (_mutation, error) => { throw error; } });
  expect(verdicts.map(({ status, error }) => [status, error?.facts])).toEqual([
    ['applied', undefined], ['rejected', { field: 'payload' }], ['rejected', { field: 'payload' }], ['applied', undefined],
  ]);
});
