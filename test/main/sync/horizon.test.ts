import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Id } from '../../../contract/ids.ts';
import { readAttention } from '../../../db/stores/attention.ts';
import type { Site } from '../../../contract/org.ts';
import { createCode } from '../../../province/devices.ts';
import { openProvince, type OpenedProvince } from '../../../province/open.ts';
import { KEPT_MS, prune } from '../../../province/prune.ts';
import { SAMPLE_PASSWORD } from '../../../province/sample/people.ts';
import { startServer, type ProvinceServer } from '../../../province/server.ts';
import { commitChanges } from '../../../province/store.ts';
import { provinceFolder } from '../../province/support.ts';
import { Desk, until } from '../../support/desk.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { records } from './support.ts';

const stage = {} as { folder: string; opened: OpenedProvince; server: ProvinceServer; aheadMs: number; site: Id };
const nowMs = (): number => Date.now() + stage.aheadMs;

beforeAll(async () => {
  stage.aheadMs = 0;
  stage.folder = await provinceFolder();
  stage.opened = await openProvince({ databaseUrl: undefined, data: stage.folder, sample: 'none', name: '', nowMs: Date.now() });
  stage.server = await startServer({ db: stage.opened.db, folder: null, attachments: null, key: null, host: '127.0.0.1', port: 0, nowMs, report: (_what, error) => { throw error; } });
  const [row] = await stage.opened.db.query<{ data: Site }>("SELECT data FROM record WHERE kind = 'site' AND data->>'code' = 'BP'");
  stage.site = row?.data.id ?? '';
}, 60_000);
afterAll(async () => {
  await stage.server.close();
  await stage.opened.close();
  rmSync(stage.folder, { recursive: true, force: true });
});

async function deskAt(address: string): Promise<Desk> {
  const { code } = await createCode(stage.opened.db, { siteId: stage.site, services: null, nowMs: nowMs() });
  const desk = await Desk.enrolled({ address, code });
  await desk.loaded();
  return desk;
}

it('a desk that was away for longer than deletions are told takes a new copy; nothing deleted comes back, what waited is judged', async () => {
  const { db } = stage.opened;
  const proxy = await TcpProxy.start({ targetPort: Number(new URL(stage.server.address).port) });
  const [away, there] = [await deskAt(proxy.address), await deskAt(stage.server.address)];
  const session = await away.signIn('catruong', SAMPLE_PASSWORD);
  const [one, two] = [...records(away).keys()] as [Id, Id];
  await proxy.refuse();
  await until(() => away.status().link === 'down', 'the cut');
  await away.mutate(session, 'issue.note', { id: one, note: 'Viết trước khi đi xa' });
  const fresh = await away.receive(session, 'Tiếp nhận khi không có mạng');
  const gone = await db.query<{ id: Id; seq: number; siteId: Id; service: '114' }>(`SELECT id, seq, site_id AS "siteId", service FROM record WHERE id = ANY($1::uuid[])`, [[one, two]]);
  await db.transaction(tx => commitChanges(tx, { rows: gone.map(({ seq, ...row }) => ({ ...row, kind: 'issue', deleted: true, data: {}, expected: seq })) }));
  await prune(db, nowMs());
  stage.aheadMs = KEPT_MS + 86_400_000;
  expect(await prune(db, nowMs())).toBe(2);
  await proxy.accept();
  await until(() => away.find(two) === null && away.find(one) === null, 'what was deleted to go');
  await away.settled();
  await until(() => there.find(fresh) !== null && away.find(fresh)?.issue.displayNo !== null, 'what was received meanwhile');
  expect(readAttention(away.reader).map(({ attention }) => [attention.issueId, attention.error?.code, attention.payload['note']])).toEqual([[one, 'issue/not-found', 'Viết trước khi đi xa']]);
  expect(readAttention(away.reader)[0]?.attention.description).not.toBe('');
  await away.loaded();
  await until(() => records(there).size === records(away).size, 'both to be in step');
  expect(records(away)).toEqual(records(there));
  await away.close();
  await there.close();
  await proxy.close();
}, 60_000);
