import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Site } from '../../contract/org.ts';
import { createCode } from '../../province/devices.ts';
import { openProvince, type OpenedProvince } from '../../province/open.ts';
import { SAMPLE_PASSWORD } from '../../province/sample/people.ts';
import { startServer, type ProvinceServer } from '../../province/server.ts';
import { enrolStation, provinceFolder, refusalOf, reportOfFire } from './support.ts';

const MINUTE_MS = 60_000;
const stage = {} as { folder: string; opened: OpenedProvince; server: ProvinceServer; aheadMs: number; site: Site };

beforeAll(async () => {
  stage.aheadMs = 0;
  stage.folder = await provinceFolder();
  stage.opened = await openProvince({ databaseUrl: undefined, data: stage.folder, sample: 'none', name: '', nowMs: Date.now() });
  stage.server = await startServer({
    db: stage.opened.db, folder: null, attachments: null, key: null, host: '127.0.0.1', port: 0, nowMs: () => Date.now() + stage.aheadMs,
    report: (_what, error) => { throw error; },
  });
  const [row] = await stage.opened.db.query<{ data: Site }>("SELECT data FROM record WHERE kind = 'site' AND data->>'code' = 'BP'");
  if (row === undefined) throw new Error('the sample has the province’s own site');
  stage.site = row.data;
});
afterAll(async () => {
  await stage.server.close();
  await stage.opened.close();
  rmSync(stage.folder, { recursive: true, force: true });
});

test('a token is good for a quarter of an hour and not a minute longer', async () => {
  const { code } = await createCode(stage.opened.db, { siteId: stage.site.id, services: null, nowMs: Date.now() });
  const station = await enrolStation(stage.server.address, code);
  stage.aheadMs = 14 * MINUTE_MS;
  await station.client.sync.pull({ cursor: '', limit: 1 });
  stage.aheadMs = 16 * MINUTE_MS;
  expect((await refusalOf(station.client.sync.pull({ cursor: '', limit: 1 }))).code).toBe('device/token-expired');
  await station.openSession();
  await station.client.sync.pull({ cursor: '', limit: 1 });
  stage.aheadMs = 0;
});

test('a person writes no further than the station may see, however far the person’s own right goes', async () => {
  const { code } = await createCode(stage.opened.db, { siteId: stage.site.id, services: ['115'], nowMs: Date.now() });
  const station = await enrolStation(stage.server.address, code);
  const { person } = await station.signIn({ login: 'catruong', password: SAMPLE_PASSWORD });
  const fire = station.mutation('issue.receive', person.id, reportOfFire(stage.site.id));
  const call = station.mutation('issue.receive', person.id, reportOfFire(stage.site.id, { service: '115' }));
  const { verdicts } = await station.client.sync.push({ mutations: [fire, call] });
  expect(verdicts.map(v => [v.status, v.error?.code])).toEqual([['rejected', 'issue/outside-scope'], ['applied', undefined]]);
});

test('an id in capitals is refused by itself and stops nothing behind it', async () => {
  const { code } = await createCode(stage.opened.db, { siteId: stage.site.id, services: null, nowMs: Date.now() });
  const station = await enrolStation(stage.server.address, code);
  const { person } = await station.signIn({ login: 'catruong', password: SAMPLE_PASSWORD });
  const report = reportOfFire(stage.site.id);
  const first = station.mutation('issue.receive', person.id, report);
  const again = station.mutation('issue.receive', person.id, { ...report, id: String(report['id']).toUpperCase() });
  const other = station.mutation('issue.receive', person.id, reportOfFire(stage.site.id, { id: String(report['id']).replace(/.$/, d => (d === '0' ? '1' : '0')) }));
  const { verdicts } = await station.client.sync.push({ mutations: [first, again, other] });
  expect(verdicts.map(v => v.status)).toEqual(['applied', 'rejected', 'applied']);
});
