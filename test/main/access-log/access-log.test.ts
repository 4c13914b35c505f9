import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { AccessFilter } from '../../../contract/access-log.ts';
import { newId } from '../../../contract/ids.ts';
import { countUnsentAccess } from '../../../db/stores/access-log.ts';
import { createAccessLog } from '../../../main/access-log/access-log.ts';
import { AppError } from '../../../contract/errors.ts';
import type { Desk } from '../../support/desk.ts';
import { silentLog } from '../../support/silent-log.ts';
import { sessionWith } from '../issues/support.ts';
import { servedProvince, type ServedProvince } from '../sync/served-province.ts';

const world = {} as { province: ServedProvince; here: Desk; there: Desk };
beforeAll(async () => {
  world.province = await servedProvince(() => Date.now());
  world.here = await world.province.desk();
  world.there = await world.province.desk();
});
afterAll(async () => { await world.here?.close(); await world.there?.close(); await world.province?.close(); });

const ALL: AccessFilter = { personId: null, issueNo: null, fromMs: null, toMs: null, grounds: null };
const inspector = { session: sessionWith({ roles: ['kiem_tra'] }), signal: new AbortController().signal };
const logOf = (desk: Desk, road = desk.sync.accessLog) => createAccessLog({ reader: desk.reader, writer: desk.writer, log: silentLog, station: desk.station.station, road, lookEveryMs: 20 });
const look = (desk: Desk, reason: string, some: object = {}) =>
  desk.writer.call('access.add', { atMs: Date.now(), personId: newId(Date.now()), issueId: null, ground: 'line', reason, records: 1, action: 'reporter.reveal', subject: '', ...some });
const kept = async () => (await world.province.db.query<{ reason: string }>('SELECT reason FROM access_line ORDER BY reason')).map(({ reason }) => reason);

test('what was looked at while there was no link comes to the province later, each line once though a reply is lost, and is read there from another station', async () => {
  const { here, there, province } = world;
  const way = { isFree: false, replies: true };
  const log = logOf(here, {
    isFree: () => way.isFree && here.sync.accessLog.isFree(), search: here.sync.accessLog.search,
    async send(lines) { await here.sync.accessLog.send(lines); if (!way.replies) { way.replies = true; throw new AppError('link/unreachable'); } },
  });
  here.writer.onChange(log.noteChange);
  log.start();
  const [{ id, no } = { id: '', no: '' }] = await province.db.query<{ id: string; no: string }>("SELECT id, data->>'displayNo' AS no FROM record WHERE kind = 'issue' AND data->>'displayNo' IS NOT NULL LIMIT 1");
  await look(here, '1');
  await look(here, '2', { issueId: id, ground: 'emergency' });
  expect(await log.handlers.list({ of: 'station', filter: ALL, after: null }, inspector)).toMatchObject({ unsent: 2, entries: [{ sent: false }, { sent: false }] });
  expect(await kept()).toEqual([]);
  Object.assign(way, { isFree: true, replies: false });
  await vi.waitFor(async () => { expect([await kept(), countUnsentAccess(here.reader)]).toEqual([['1', '2'], 0]); }, { timeout: 20_000, interval: 50 });
  await look(here, '3');
  await vi.waitFor(() => { expect(countUnsentAccess(here.reader)).toBe(0); }, { timeout: 20_000, interval: 50 });
  expect(await kept()).toEqual(['1', '2', '3']);
  const elsewhere = logOf(there);
  const all = await elsewhere.handlers.list({ of: 'province', filter: ALL, after: null }, inspector);
  expect(all.entries.map(({ reason }) => reason)).toEqual(['3', '2', '1']);
  expect(all.entries[1]).toMatchObject({ issueNo: no, ground: 'emergency', sent: null, station: expect.stringContaining('Bàn thử') });
  expect((await elsewhere.handlers.list({ of: 'province', filter: { ...ALL, issueNo: no, grounds: ['emergency'] }, after: null }, inspector)).entries).toHaveLength(1);
  const narrow = { ...inspector, session: sessionWith({ roles: ['kiem_tra'], scope: { siteIds: [newId(1)], services: null } }) };
  expect((await elsewhere.handlers.list({ of: 'province', filter: ALL, after: null }, narrow)).entries).toEqual([]);
  await log.close();
  await elsewhere.close();
});

test('the province’s log is only added to', async () => {
  const { db } = world.province;
  for (const sql of ["UPDATE access_line SET reason = ''", 'DELETE FROM access_line', 'TRUNCATE access_line']) await expect(db.query(sql), sql).rejects.toThrow('only added to');
  expect((await kept()).length).toBe(3);
});

test('a province of before the log stops nobody: the lines wait', async () => {
  const { here } = world;
  const tries = { n: 0 };
  const log = logOf(here, { isFree: () => true, search: here.sync.accessLog.search, send: () => { tries.n += 1; return Promise.reject(new AppError('link/foreign-answer', { status: 404 })); } });
  await look(here, '4');
  log.start();
  await vi.waitFor(() => { expect(tries.n).toBe(1); });
  await look(here, '5');
  log.noteChange({ tables: ['access'], issueRids: [] });
  await new Promise(resolve => { setTimeout(resolve, 100); });
  expect([tries.n, countUnsentAccess(here.reader)]).toEqual([1, 2]);
  await log.close();
});
