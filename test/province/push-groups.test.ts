import { generateKeyPairSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import type { Site } from '../../contract/org.ts';
import type { Mutation } from '../../contract/province.ts';
import { createCode, enrol, revokeDevice } from '../../province/devices.ts';
import { openProvince, type OpenedProvince } from '../../province/open.ts';
import { createPushes, type Pushes } from '../../province/push-queue.ts';
import type { PushResult } from '../../province/push.ts';
import type { Database } from '../../province/sql.ts';
import { readHead } from '../../province/store.ts';
import { provinceFolder, reportOfFire } from './support.ts';

const NOW = Date.now();
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

async function station(granted = true): Promise<Id> {
  const { code } = await createCode(db(), { siteId: stage.site.id, services: null, nowMs: NOW });
  const publicKey = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const { deviceId } = await enrol(db(), { code, publicKey, stationName: 'Bàn thử', nowMs: NOW });
  if (granted) await db().query('INSERT INTO person_grant (device_id, person_id, granted_at_ms) VALUES ($1, $2, $3)', [deviceId, stage.chief, NOW]);
  return deviceId;
}

const intent = (n: number, name: string, payload: Record<string, unknown>): Mutation => ({ n, name, actorId: stage.chief, atMs: NOW, provisionalNo: `T-${n}`, payload });
const report = (n = 1): Mutation => intent(n, 'issue.receive', reportOfFire(stage.site.id));
const send = (pushes: Pushes, deviceId: Id, mutations: Mutation[]): Promise<PushResult> => pushes({ deviceId, mutations, nowMs: NOW, onBroken: (_mutation, error) => { throw error; } });

/** The database, with its transactions counted; the first of them can be held or made to fail. */
function watched(first: (number: number) => Promise<void> = () => Promise.resolve()): { db: Database; count: () => number } {
  const state = { transactions: 0 };
  return {
    count: () => state.transactions,
    db: { ...db(), async transaction(work) { state.transactions += 1; await first(state.transactions); return db().transaction(work); } },
  };
}

test('what comes while a commit is under way shares the next one: one seq, and to each station its own verdicts', async () => {
  const begun = Promise.withResolvers<undefined>();
  const { db: slow, count } = watched(async number => { if (number === 1) await begun.promise; });
  const pushes = createPushes(slow);
  const ids = await Promise.all(Array.from({ length: 6 }, () => station()));
  const answers = ids.map(id => send(pushes, id, [report(1), report(2)]));
  begun.resolve(undefined);
  const [alone, ...together] = await Promise.all(answers);
  expect(count()).toBe(2);
  expect(alone?.verdicts.map(verdict => verdict.status)).toEqual(['applied', 'applied']);
  expect(new Set(together.flatMap(answer => answer.verdicts.map(verdict => verdict.seq)))).toEqual(new Set([(alone?.verdicts[0]?.seq ?? 0) + 1]));
  for (const { verdicts, lastN } of together) expect([lastN, ...verdicts.map(verdict => verdict.n)]).toEqual([2, 1, 2]);
  const numbers = await db().query<{ no: string }>("SELECT data->>'displayNo' AS no FROM record WHERE kind = 'issue' AND seq >= $1", [alone?.verdicts[0]?.seq]);
  expect([numbers.length, new Set(numbers.map(row => row.no)).size]).toEqual([12, 12]);
});

test('a refusal is its own station’s: revoked, out of order, nobody signed in, a record taken by another in the same commit', async () => {
  const begun = Promise.withResolvers<undefined>();
  const pushes = createPushes(watched(async number => { if (number === 1) await begun.promise; }).db);
  const [first, revoked, gap, stranger, one, other, twice] = await Promise.all([station(), station(), station(), station(false), station(), station(), station()]);
  await revokeDevice(db(), revoked, NOW);
  const shared = reportOfFire(stage.site.id);
  await send(createPushes(db()), first, [intent(1, 'issue.receive', shared)]);
  const edit = (to: string): Mutation => intent(1, 'issue.edit', { id: shared['id'], fields: { severity: { from: 'P2', to } } });
  const answers = Promise.allSettled([
    send(pushes, first, [report(2)]), send(pushes, revoked, [report()]), send(pushes, gap, [report(5)]), send(pushes, stranger, [report()]),
    send(pushes, one, [edit('P1')]), send(pushes, other, [edit('P3')]), send(pushes, twice, [report(1)]), send(pushes, twice, [report(1)]),
  ]);
  begun.resolve(undefined);
  const said = (await answers).map(answer => (answer.status === 'fulfilled' ? answer.value.verdicts[0]?.status : (answer.reason as AppError).code));
  expect(said).toEqual(['applied', 'device/revoked', 'sync/out-of-order', 'rejected', 'applied', 'conflict', 'applied', 'applied']);
  const [record] = await db().query<{ severity: string }>("SELECT data->>'severity' AS severity FROM record WHERE id = $1", [shared['id']]);
  expect(record?.severity).toBe('P1');
});

test('a group that cannot be committed as one is tried one by one: only who is to blame is told so', async () => {
  const begun = Promise.withResolvers<undefined>();
  const [first, ...ids] = await Promise.all(Array.from({ length: 4 }, () => station()));
  if (first === undefined) throw new Error('four stations');
  const broken = ids[1] ?? '';
  const { db: guarded, count } = watched(async number => { if (number === 1) await begun.promise; });
  const failing: Database = {
    ...guarded, transaction: work => guarded.transaction(tx => work({
      ...tx, query: (text, params) => (text.includes('commit_group') && String(params?.[1]).includes(broken) ? tx.query('SELECT 1 / 0') : tx.query(text, params)),
    })),
  };
  const pushes = createPushes(failing);
  const answers = Promise.allSettled([first, ...ids].map(id => send(pushes, id, [report()])));
  const before = await readHead(db());
  begun.resolve(undefined);
  expect((await answers).map(answer => answer.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(count()).toBe(5);
  expect((await readHead(db())).seq).toBe(before.seq + 3);
  expect((await send(createPushes(db()), broken, [report()])).verdicts[0]?.status).toBe('applied');
});

test('a row that another server changed meanwhile is judged again, with the whole group, on what it is now', async () => {
  const begun = Promise.withResolvers<undefined>();
  const [first, one, other] = await Promise.all([station(), station(), station()]);
  const shared = reportOfFire(stage.site.id);
  await send(createPushes(db()), first, [intent(1, 'issue.receive', shared)]);
  const { db: guarded, count } = watched(async number => { if (number === 1) await begun.promise; });
  const state = { failed: false };
  const racing: Database = {
    ...guarded, transaction: work => guarded.transaction(tx => work({
      ...tx, query: (text, params) => {
        if (!text.includes('commit_group') || state.failed || !String(params?.[1]).includes(one)) return tx.query(text, params);
        state.failed = true;
        return tx.query("DO $$ BEGIN RAISE EXCEPTION 'a row changed since it was read' USING ERRCODE = 'serialization_failure'; END $$");
      },
    })),
  };
  const pushes = createPushes(racing);
  const answers = Promise.all([send(pushes, first, [report(2)]), send(pushes, one, [intent(1, 'issue.note', { id: shared['id'], note: 'Đã gọi lại' })]), send(pushes, other, [report()])]);
  begun.resolve(undefined);
  expect((await answers).map(answer => answer.verdicts[0]?.status)).toEqual(['applied', 'applied', 'applied']);
  expect([count(), state.failed]).toEqual([3, true]);
});
