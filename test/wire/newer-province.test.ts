import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { QueuePage } from '../../contract/queue.ts';
import type { Id } from '../../contract/ids.ts';
import { PROTOCOL_VERSION } from '../../contract/province.ts';
import { allRows } from '../../db/database.ts';
import { createIssueQueries } from '../../db/stores/issue-queries.ts';
import { readAttention } from '../../db/stores/attention.ts';
import { readParkedRows } from '../../db/stores/sync.ts';
import { queuePage } from '../../main/issues/page.ts';
import { postgresMissing, startPostgres, type TemporaryPostgres } from '../province/postgres.ts';
import { accountOf, enrolStation, issueOf, provinceFolder, pullAll, reportOfFire } from '../province/support.ts';
import { Desk, until } from '../support/desk.ts';
import { startProgram, type ProvinceReady, type Running } from '../support/processes.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { nextVersion, updated, type NextVersion } from './next-version.ts';

const missing = postgresMissing();
const later = {} as { one: NextVersion };
const open: { close(): Promise<void> }[] = [];
beforeAll(async () => { later.one = await nextVersion(PROTOCOL_VERSION + 1); });
afterEach(async () => { for (const one of open.splice(0).reverse()) await one.close(); });
afterAll(() => { later.one.remove(); });

async function place(isServer: boolean): Promise<{ data: string; databaseUrl?: string }> {
  if (!isServer) return { data: await provinceFolder() };
  const server: TemporaryPostgres = startPostgres();
  open.push({ close: async () => { server.stop(); } });
  return { data: 'memory', databaseUrl: server.url };
}

function today(at: { data: string; databaseUrl?: string }, port: number): Promise<Running<ProvinceReady>> {
  return startProgram<ProvinceReady>('province/index.ts', ['serve', '--port', String(port), '--data', at.data, '--codes', '5', '--json'], at.databaseUrl === undefined ? {} : { DATABASE_URL: at.databaseUrl });
}

const portOf = ({ ready }: Running<ProvinceReady>): number => Number(new URL(ready.address).port);
function codeOf({ ready }: Running<ProvinceReady>): string {
  return ready.codes.splice(ready.codes.findIndex(one => one.site === 'BP'), 1)[0]?.code ?? '';
}
async function deskAt(province: Running<ProvinceReady>, more: object = {}): Promise<Desk> {
  const desk = await Desk.enrolled({ address: province.ready.address, code: codeOf(province), ...more });
  open.push(desk);
  await desk.loaded();
  return desk;
}

/** A workstation of the later version: a record is escalated, which brings a camera, and another gets a finer place. */
async function lifeOfLater(province: Running<ProvinceReady>): Promise<{ escalated: Id; placed: Id; rows: () => ReturnType<typeof pullAll> }> {
  const station = await enrolStation(province.ready.address, codeOf(province));
  const { person } = await station.signIn(accountOf(province.ready, 'truc_ban', 'BP'));
  // Its own two, whatever the sample has open at this hour.
  const service = person.services[0] ?? '114';
  const reports = [1, 2].map(() => reportOfFire(person.siteId, { service, class: service === '1022' || service === 'field' ? 'issue' : 'incident' }));
  const [escalated, placed] = reports.map(report => report['id']) as [Id, Id];
  await station.client.sync.push({ mutations: reports.map(report => station.mutation('issue.receive', person.id, report)) });
  const before = issueOf((await pullAll(station.client)).rows.get(placed)).place;
  const { verdicts } = await station.client.sync.push({ mutations: [
    station.mutation('issue.escalate', person.id, { id: escalated, reason: 'Lan rộng' }),
    station.mutation('issue.edit', person.id, { id: placed, fields: { place: { from: before, to: { ...before, accuracyM: 12 } } } }),
  ] });
  expect(verdicts.map(({ status, error }) => [status, error])).toEqual([['applied', undefined], ['applied', undefined]]);
  return { escalated, placed, rows: () => pullAll(station.client) };
}

const kindsParked = (desk: Desk): string[] => readParkedRows(desk.reader).map(row => row.kind).sort();

describe.each([{ engine: 'the embedded engine', isServer: false }, { engine: 'PostgreSQL', isServer: true }].filter(({ isServer }) => !isServer || missing === null))('a province of the next version on $engine', ({ isServer }) => {
  test('is followed, written to, rolled back and updated to without losing anything', async () => {
    const at = await place(isServer);
    const next = await later.one.startProvince(at);
    open.push({ close: () => next.kill() });
    const desk = await deskAt(next);
    const { escalated, placed, rows } = await lifeOfLater(next);

    await until(() => String(desk.find(escalated)?.issue.state) === 'escalated', 'the word of the next version');
    expect(desk.find(escalated)?.issue).toMatchObject({ severity: 'P0', escalation: { reason: 'Lan rộng' } });
    expect(kindsParked(desk)).toEqual(['camera', 'issue']);
    expect(desk.status().parkedRows).toBe(2);
    const queries = createIssueQueries(desk.reader);
    const rid = desk.find(escalated)?.rid ?? 0;
    const page = QueuePage.parse(queuePage({ rids: [rid], gone: [false], chosen: [false] }, queries.pageRows([rid]), { siteIds: null, services: null }, true));
    expect([page.state, page.severity]).toEqual([['escalated'], ['P0']]);

    const session = await desk.signIn(accountOf(next.ready, 'truc_ban', 'BP').login, accountOf(next.ready, 'truc_ban', 'BP').password);
    const from = desk.find(placed)!.issue.place;
    await desk.mutate(session, 'issue.edit', { id: placed, fields: { place: { from, to: { ...from, landmark: 'Cạnh chợ Mẫu' } } } });
    for (const note of ['Để riêng', 'Không được', 'Đã gọi lại']) await desk.mutate(session, 'issue.note', { id: escalated, note });
    await desk.settled();
    expect(readAttention(desk.reader).map(({ attention }) => [attention.payload['note'], attention.status, attention.error?.code]).sort()).toEqual([
      ['Không được', 'rejected', 'issue/frozen'], ['Để riêng', 'rejected', 'sync/unknown-verdict'],
    ]);
    const there = (await rows()).rows;
    expect(issueOf(there.get(placed)).place).toMatchObject({ landmark: 'Cạnh chợ Mẫu', accuracyM: 12 });
    expect(issueOf(there.get(escalated))).toMatchObject({ state: 'escalated', escalation: { reason: 'Lan rộng' } });
    expect(issueOf(there.get(escalated)).history.at(-1)).toMatchObject({ note: 'Đã gọi lại' });
    const fresh = await deskAt(next);
    expect(kindsParked(fresh)).toEqual(['camera', 'issue']);

    const port = portOf(next);
    await next.stop();
    const back = await today(at, port);
    open.push({ close: () => back.kill() });
    await desk.mutate(session, 'issue.note', { id: escalated, note: 'Sau khi lùi phiên bản' });
    await desk.settled();
    const proxy = await TcpProxy.start({ targetPort: port });
    open.push(proxy);
    const compared = { times: 0 };
    proxy.hook(({ bytes }) => { if (bytes.includes('/v1/sync/digest')) compared.times += 1; return bytes; });
    const late = await Desk.enrolled({ address: proxy.address, code: codeOf(back), compareEveryMs: 200 });
    open.push(late);
    await until(() => compared.times >= 3, 'two comparisons that have come to their end');
    expect(kindsParked(late)).toEqual(['camera', 'issue']);
    expect(late.status().repairedRows).toBe(0);
    await until(() => desk.find(escalated)?.issue.history.at(-1)?.note === 'Sau khi lùi phiên bản', 'the row');
    expect((await rows()).rows.get(escalated)?.data).toMatchObject({ escalation: { reason: 'Lan rộng' } });

    open.splice(open.indexOf(desk), 1);
    const newer = await updated(desk, later.one.Desk, { address: back.ready.address, code: '' });
    open.push(newer);
    expect(readParkedRows(newer.reader)).toEqual([]);
    expect(allRows(newer.reader, `SELECT data ->> '$.name' AS name FROM org_row WHERE kind = 'camera'`)).toEqual([{ name: 'Camera mẫu' }]);
    expect(newer.find(escalated)?.issue).toMatchObject({ state: 'escalated', severity: 'P0' });
    expect(allRows(newer.reader, 'SELECT count(*) AS n FROM issue WHERE state = 255 OR severity = 255')).toEqual([{ n: 0 }]);
  }, 60_000);
});
