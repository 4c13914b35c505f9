import { generateKeyPairSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Id } from '../../contract/ids.ts';
import type { Service, Site } from '../../contract/org.ts';
import type { Mutation } from '../../contract/province.ts';
import { CODE_LIFE_MS, createCode, deviceOfToken, enrol, revokeDevice, type Device } from '../../province/devices.ts';
import { openProvince, type OpenedProvince } from '../../province/open.ts';
import { cursorOf, pull } from '../../province/pull.ts';
import { push, type PushResult } from '../../province/push.ts';
import type { Database } from '../../province/sql.ts';
import { commitChanges, readHead } from '../../province/store.ts';
import { provinceFolder, reportOfFire } from './support.ts';

const NOW = Date.now();
const MINUTE_MS = 60_000;
const stage = {} as { folder: string; opened: OpenedProvince; site: Site; chief: Id };
const db = () => stage.opened.db;

beforeAll(async () => {
  stage.folder = await provinceFolder();
  stage.opened = await openProvince({ databaseUrl: undefined, data: stage.folder, sample: 'none', name: '', nowMs: NOW });
  const [site] = await db().query<{ data: Site }>("SELECT data FROM record WHERE kind = 'site' AND data->>'code' = 'BP'");
  const [chief] = await db().query<{ id: Id }>("SELECT id FROM record WHERE kind = 'person' AND data->>'login' = 'catruong'");
  if (site === undefined || chief === undefined) throw new Error('the sample has the province’s own site and its shift leader');
  Object.assign(stage, { site: site.data, chief: chief.id });
});
afterAll(async () => {
  await stage.opened.close();
  rmSync(stage.folder, { recursive: true, force: true });
});

const newKey = (): string => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const enrolAt = (code: string, nowMs: number, publicKey = newKey()) => enrol(db(), { code, publicKey, stationName: 'Bàn thử', nowMs });

/** A station for these services on which the shift leader has signed in. */
async function station(services: Service[] | null): Promise<Device> {
  const { code } = await createCode(db(), { siteId: stage.site.id, services, nowMs: NOW });
  const { deviceId, token } = await enrolAt(code, NOW);
  await db().query('INSERT INTO person_grant (device_id, person_id, granted_at_ms) VALUES ($1, $2, $3)', [deviceId, stage.chief, NOW]);
  return deviceOfToken(db(), token ?? '', NOW);
}

function send(device: Device, from: number, services: Service[]): Promise<PushResult> {
  const mutations = services.map((service, i): Mutation => ({
    n: from + i, name: 'issue.receive', actorId: stage.chief, atMs: NOW, provisionalNo: `T-${from + i}`, payload: reportOfFire(stage.site.id, { service }),
  }));
  return push(db(), { deviceId: device.id, mutations, nowMs: NOW, onBroken: (_mutation, error) => { throw error; } });
}

test('a station of one service sees only its own of a commit that is larger than a page', async () => {
  const [sender, scoped, open] = [await station(null), await station(['115']), await station(null)];
  const before = await readHead(db());
  expect((await send(sender, 1, ['114', '115', '114', '115'])).verdicts.map(v => v.status)).toEqual(['applied', 'applied', 'applied', 'applied']);
  const seen = async (device: Device) => {
    const { rows } = await pull(db(), device, { cursor: cursorOf({ epoch: before.epoch, scopeVersion: device.scopeVersion, seq: before.seq }), limit: 1, ackedN: 0 });
    return rows.map(row => String(row.data['service'])).sort();
  };
  expect(await seen(scoped)).toEqual(['115', '115']);
  expect(await seen(open)).toEqual(['114', '114', '115', '115']);
});

test('an enrolment code is good for a quarter of an hour and not a moment longer', async () => {
  const code = async () => (await createCode(db(), { siteId: stage.site.id, services: null, nowMs: NOW })).code;
  expect(CODE_LIFE_MS).toBe(15 * MINUTE_MS);
  expect((await enrolAt(await code(), NOW + 15 * MINUTE_MS - 1)).stationCode).toMatch(/^BP-/);
  await expect(enrolAt(await code(), NOW + 15 * MINUTE_MS)).rejects.toMatchObject({ code: 'enrol/code-expired' });
  const [short, key] = [await createCode(db(), { siteId: stage.site.id, services: null, nowMs: NOW, lifeMs: MINUTE_MS }), newKey()];
  await expect(enrolAt(short.code, NOW + MINUTE_MS, key)).rejects.toMatchObject({ code: 'enrol/code-expired' });
  // The station whose answer was lost asks for what it has: that is no second use, and has no end.
  const first = await enrolAt(short.code, NOW, key);
  expect(await enrolAt(short.code, NOW + 60 * MINUTE_MS, key)).toMatchObject({ deviceId: first.deviceId, token: null });
});

test('what a person writes who is no longer active is refused, and counted', async () => {
  const device = await station(null);
  const active = async (is: boolean) => {
    const [row] = await db().query<{ seq: number; data: Record<string, unknown> }>('SELECT seq, data FROM record WHERE id = $1', [stage.chief]);
    if (row === undefined) throw new Error('the shift leader is on record');
    await db().transaction(tx => commitChanges(tx, { rows: [{ kind: 'person', id: stage.chief, siteId: stage.site.id, service: null, deleted: false, data: { ...row.data, active: is }, expected: row.seq }] }));
  };
  await active(false);
  const refused = await send(device, 1, ['114']);
  await active(true);
  expect(refused).toMatchObject({ lastN: 1, verdicts: [{ n: 1, status: 'rejected', error: { code: 'auth/forbidden', facts: { reason: 'not-active' } } }] });
  expect((await send(device, 2, ['114'])).verdicts.map(v => v.status)).toEqual(['applied']);
});

test('what a person writes whose account is gone is refused', async () => {
  const device = await station(null);
  const [account] = await db().query<Record<string, unknown>>('DELETE FROM account WHERE person_id = $1 RETURNING *', [stage.chief]);
  if (account === undefined) throw new Error('the shift leader has an account');
  const refused = await send(device, 1, ['114']);
  const columns = Object.keys(account);
  await db().query(`INSERT INTO account (${columns.join(', ')}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(account));
  expect(refused.verdicts).toMatchObject([{ status: 'rejected', error: { facts: { reason: 'not-active' } } }]);
});

test('a revocation that comes between the door and the judgement still holds: nothing of the push is written', async () => {
  const device = await station(null);
  await revokeDevice(db(), device.id, NOW);
  const before = await readHead(db());
  await expect(send(device, 1, ['114'])).rejects.toMatchObject({ code: 'device/revoked' });
  expect((await readHead(db())).seq).toBe(before.seq);
  expect(await db().query('SELECT last_n FROM device WHERE id = $1', [device.id])).toEqual([{ last_n: 0 }]);
});

test('a note on a record tells the engine what has changed of it, not the record', async () => {
  const device = await station(null);
  const report = reportOfFire(stage.site.id, { receivedAtMs: NOW, description: 'Khói nhiều ở kho gỗ. '.repeat(30) });
  const said = (n: number, name: string, payload: Record<string, unknown>): Mutation => ({ n, name, actorId: stage.chief, atMs: NOW, payload });
  const batches: string[] = [];
  const watched: Database = { ...db(), query: (text, values) => db().query(text, values), transaction: work => db().transaction(tx => work({
    ...tx, query: (text, values) => { if (text.includes('commit_group')) batches.push(String(values?.[0])); return tx.query(text, values); },
  })) };
  const pushed = (mutation: Mutation): Promise<PushResult> => push(watched, { deviceId: device.id, mutations: [mutation], nowMs: NOW, onBroken: () => undefined });
  await pushed(said(1, 'issue.receive', report));
  expect((await pushed(said(2, 'issue.note', { id: report['id'], note: 'Đã gọi lại' }))).verdicts).toMatchObject([{ status: 'applied' }]);
  const { changed } = JSON.parse(batches[1] ?? '') as { changed: object[] };
  expect(changed).toEqual([{
    kind: 'issue', id: report['id'], site_id: stage.site.id, service: '114', deleted: false, expected: expect.any(Number), fields: {},
    grown: [expect.objectContaining({ action: 'issue.note', note: 'Đã gọi lại' })],
  }]);
});
