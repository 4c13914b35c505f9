import { generateKeyPairSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { Site } from '../../contract/org.ts';
import type { Mutation, Verdict } from '../../contract/province.ts';
import { createCode, enrol } from '../../province/devices.ts';
import { openProvince, type OpenedProvince } from '../../province/open.ts';
import { createPushes, type Pushes } from '../../province/push-queue.ts';
import type { Database } from '../../province/sql.ts';
import { chanceOf, type Chance } from '../support/chance.ts';
import { postgresMissing, startPostgres } from './postgres.ts';
import { provinceFolder, reportOfFire } from './support.ts';

const NOW = Date.now();
const RACES = 10_000;
const SEED = 20_261_124;
const missing = postgresMissing();
if (missing !== null) console.warn(`skipped: ten thousand races on PostgreSQL (${missing})`);

/** One province, and the queue to which each of two stations comes. */
interface Court { db: Database; queues: [Pushes, Pushes]; close(): Promise<void> }

async function embedded(): Promise<Court> {
  const folder = await provinceFolder();
  const opened = await openProvince({ databaseUrl: undefined, data: folder, sample: 'none', name: '', nowMs: NOW });
  const queue = createPushes(opened.db);
  return { db: opened.db, queues: [queue, queue], async close() { await opened.close(); rmSync(folder, { recursive: true, force: true }); } };
}

/** Two servers on one database: the two pushes meet in it, not in a queue. */
async function twoServers(): Promise<Court> {
  const postgres = startPostgres();
  const open = (sample: 'none' | 'small'): Promise<OpenedProvince> => openProvince({ databaseUrl: postgres.url, data: null, sample, name: '', nowMs: NOW });
  const [here, there] = [await open('small'), await open('none')];
  return { db: here.db, queues: [createPushes(here.db), createPushes(there.db)], async close() { await here.close(); await there.close(); postgres.stop(); } };
}

function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  return list.map(item => ({ item, at: chance() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}

describe.each([{ engine: 'the embedded engine', make: embedded, runs: true }, { engine: 'two servers on PostgreSQL', make: twoServers, runs: missing === null }])('on $engine', ({ make, runs }) => {
  const stage = {} as { court: Court; site: Site; person: Id };
  beforeAll(async () => {
    if (!runs) return;
    stage.court = await make();
    const [site] = await query<{ data: Site }>("SELECT data FROM record WHERE kind = 'site' AND data->>'code' = 'BP'");
    const [person] = await query<{ id: Id }>("SELECT id FROM record WHERE kind = 'person' AND data->>'login' = 'catruong'");
    if (site === undefined || person === undefined) throw new Error('the sample has the province’s own site and its shift leader');
    Object.assign(stage, { site: site.data, person: person.id });
  });
  afterAll(async () => { await stage.court?.close(); });

  const query = <T>(sql: string, params: unknown[] = []): Promise<T[]> => stage.court.db.query<T>(sql, params);

  async function station(): Promise<Id> {
    const { db } = stage.court;
    const { code } = await createCode(db, { siteId: stage.site.id, services: null, nowMs: NOW });
    const publicKey = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const { deviceId } = await enrol(db, { code, publicKey, stationName: 'Bàn thử', nowMs: NOW });
    await query('INSERT INTO person_grant (device_id, person_id, granted_at_ms) VALUES ($1, $2, $3)', [deviceId, stage.person, NOW]);
    return deviceId;
  }

  const intent = (n: number, name: string, payload: Record<string, unknown>): Mutation => ({ n, name, actorId: stage.person, atMs: NOW, provisionalNo: `T-${n}`, payload });
  const send = async (queue: Pushes, deviceId: Id, mutations: Mutation[]): Promise<Verdict[]> =>
    (await queue({ deviceId, mutations, nowMs: NOW, onBroken: (_mutation, error) => { throw error; } })).verdicts;

  /** All records in the station's own order, in pushes of its own sizes, with its pauses; then every push once more. */
  async function claim(queue: Pushes, deviceId: Id, ids: readonly Id[], chance: Chance): Promise<Map<Id, Verdict>> {
    const verdicts = new Map<Id, Verdict>();
    const pushes: Mutation[][] = [];
    const order = shuffled(ids, chance);
    for (let at = 0; at < order.length; at += pushes.at(-1)?.length ?? 0) {
      if (chance() < 0.3) await new Promise(resolve => setImmediate(resolve));
      const mutations = order.slice(at, at + 1 + Math.floor(chance() * 400)).map((id, index) => intent(at + index + 1, 'issue.startVerification', { id }));
      pushes.push(mutations);
      const given = await send(queue, deviceId, mutations);
      mutations.forEach(({ payload }, index) => { verdicts.set(payload['id'] as Id, given[index] as Verdict); });
    }
    for (const mutations of shuffled(pushes, chance)) {
      expect(await send(queue, deviceId, mutations)).toEqual(mutations.map(({ payload }) => verdicts.get(payload['id'] as Id)));
    }
    return verdicts;
  }

  test.runIf(runs)('of two who take the same step of the same record one is told yes, ten thousand times', async () => {
    const [first, second] = stage.court.queues;
    const caller = await station();
    const ids: Id[] = [];
    for (let n = 1; n <= RACES; n += 500) {
      const mutations = Array.from({ length: 500 }, (_, at) => intent(n + at, 'issue.receive', reportOfFire(stage.site.id)));
      ids.push(...mutations.map(({ payload }) => payload['id'] as Id));
      expect((await send(first, caller, mutations)).every(({ status }) => status === 'applied')).toBe(true);
    }
    const [one, other] = [await station(), await station()];
    const [ones, others] = await Promise.all([claim(first, one, ids, chanceOf(SEED)), claim(second, other, ids, chanceOf(SEED + 1))]);
    const met = { code: 'issue/wrong-state', facts: { state: 'verifying', action: 'issue.startVerification' } };
    const rows = new Map((await query<{ id: Id; data: Issue }>("SELECT id, data FROM record WHERE kind = 'issue' AND data->>'stationId' = $1", [caller])).map(({ id, data }) => [id, data]));
    const won = { one: 0, other: 0 };
    for (const id of ids) {
      const pair = [ones.get(id), others.get(id)];
      const winner = pair[0]?.status === 'applied' ? one : other;
      won[winner === one ? 'one' : 'other'] += 1;
      expect([id, pair.map(verdict => verdict?.status).sort()]).toEqual([id, ['applied', 'rejected']]);
      expect(pair.find(verdict => verdict?.status === 'rejected')?.error).toEqual(met);
      const issue = rows.get(id);
      expect([issue?.state, issue?.history.map(({ action, deviceId }) => [action, deviceId])]).toEqual(['verifying', [['issue.receive', caller], ['issue.startVerification', winner]]]);
    }
    expect(Math.min(won.one, won.other)).toBeGreaterThan(RACES / 10);
    const stored = await query<{ count: number }>('SELECT count(*)::int AS count FROM verdict WHERE device_id = ANY($1::uuid[])', [[one, other]]);
    expect(stored[0]?.count).toBe(2 * RACES);
  }, 240_000);
});
