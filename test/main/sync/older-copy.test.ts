import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId, type Id } from '../../../contract/ids.ts';
import type { Issue } from '../../../contract/issue.ts';
import type { SnapshotManifest } from '../../../contract/province.ts';
import { readBeforeCopy, readSyncState } from '../../../db/stores/sync.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { ProvinceLine } from '../../../main/sync/line.ts';
import { FirstCopy } from '../../../main/sync/snapshot.ts';
import { createTransport } from '../../../main/sync/transport.ts';
import { openSpan } from '../../../province/epoch.ts';
import { setScope } from '../../../province/places.ts';
import { SAMPLE_PASSWORD } from '../../../province/sample/people.ts';
import { commitChanges } from '../../../province/store.ts';
import { until } from '../../support/desk.ts';
import { servedProvince, type ServedProvince } from './served-province.ts';
import { numbered, records } from './support.ts';

const stage = {} as { province: ServedProvince };
/** More than may go without a word about each. */
const NEW_RECORDS = 90;

beforeAll(async () => { stage.province = await servedProvince(Date.now); }, 60_000);
afterAll(() => stage.province?.close());

/** The province's records of 115 once more, in one commit. */
async function moreRecords(): Promise<Id[]> {
  const { db } = stage.province;
  const [like] = await db.query<{ data: Issue; siteId: Id }>(`SELECT data, site_id AS "siteId" FROM record WHERE kind = 'issue' AND service = '115' AND NOT deleted LIMIT 1`);
  if (like === undefined) throw new Error('the sample has a record of 115');
  const rows = Array.from({ length: NEW_RECORDS }, (_, nth) => ({ ...like.data, id: newId(Date.now() + nth), displayNo: `115-9999-${nth}` }));
  await db.transaction(tx => commitChanges(tx, { rows: rows.map(data => ({ kind: 'issue' as const, id: data.id, siteId: like.siteId, service: '115' as const, deleted: false, data: { ...data }, expected: 0 })) }));
  return rows.map(row => row.id);
}

it('a copy that was made before records came takes none of them away, nor an older version over a newer one', async () => {
  const { db } = stage.province;
  const desk = await stage.province.desk();
  const session = await desk.signIn('catruong', SAMPLE_PASSWORD);
  const noted = [...records(desk)].find(([, record]) => (record as { issue: Issue }).issue.service === '115')?.[0] ?? '';
  const mine = await desk.receive(session, 'Nhận sau khi có bản sao');
  await desk.mutate(session, 'issue.note', { id: noted, note: 'Viết sau khi có bản sao' });
  const added = await moreRecords();
  await until(() => added.every(id => desk.find(id) !== null) && numbered(desk, mine) && desk.find(noted)?.sync === 0, 'what came after the copy');
  const { stationCode } = desk.station.station() ?? { stationCode: '' };
  await setScope(db, stationCode, { services: ['115'] });
  await until(() => desk.station.station()?.scope.services?.join() === '115' && desk.find(mine) === null, 'the narrower scope');
  await desk.loaded();
  const seen = { missing: 0, older: 0, stopped: 0 };
  desk.writer.onChange(() => {
    if (desk.status().lastError?.code === 'sync/mass-removal') seen.stopped += 1;
    if (added.some(id => desk.find(id) === null)) seen.missing += 1;
    if (desk.find(noted)?.issue.history.at(-1)?.note !== 'Viết sau khi có bản sao') seen.older += 1;
  });
  // The copy of the whole scope is the one from before.
  await setScope(db, stationCode, { services: null });
  await until(() => numbered(desk, mine) || desk.status().lastError?.code === 'sync/mass-removal', 'the wider scope again');
  await desk.loaded();
  expect(seen).toEqual({ missing: 0, older: 0, stopped: 0 });
  const copies = await stage.province.db.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM record WHERE kind = 'issue' AND NOT deleted`);
  expect(records(desk).size).toBe(copies[0]?.rows);
  expect(desk.status()).toMatchObject({ lastError: null, repairedRows: 0 });
  await desk.close();
});

it('a copy that was on its way when the order of changes had ended is gone on with, though a younger one could be had; nobody else is given it', async () => {
  const { db, desk: deskAt } = stage.province;
  const desk = await deskAt();
  await desk.sync.stop();
  const station = desk.station.station();
  if (station === null) throw new Error('enrolled');
  const line = new ProvinceLine({ station, clock: systemClock, transport: createTransport({ address: station.address }), onOffset: () => undefined });
  const offered = (): Promise<SnapshotManifest> => line.asDevice(context => line.client.sync.snapshot({ since: 'start' }, { context }));
  const copied = async (): Promise<string | null> => {
    const copy = new FirstCopy({
      line, writer: desk.writer, clock: systemClock, signal: new AbortController().signal, before: () => readBeforeCopy(desk.reader), onProgress: () => undefined, onFetched: () => undefined,
    });
    while (!await copy.step());
    return readSyncState(desk.reader).cursor;
  };
  await openSpan(db);
  await desk.writer.call('sync.forgetCursor', { sameOrder: false });
  const manifest = await offered();
  await desk.writer.call('sync.snapshotBegin', { manifest });
  await moreRecords();
  await openSpan(db);
  expect(await copied()).toBe(manifest.cursor);
  await desk.writer.call('sync.forgetCursor', { sameOrder: false });
  const younger = await copied();
  expect([younger === manifest.cursor, younger]).toEqual([false, (await offered()).cursor]);
  line.close();
  await desk.close();
});
