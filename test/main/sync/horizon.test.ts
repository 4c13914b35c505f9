import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Id } from '../../../contract/ids.ts';
import { readAttention } from '../../../db/stores/attention.ts';
import { KEPT_MS, prune } from '../../../province/prune.ts';
import { SAMPLE_PASSWORD } from '../../../province/sample/people.ts';
import { commitChanges } from '../../../province/store.ts';
import { until } from '../../support/desk.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { servedProvince, type ServedProvince } from './served-province.ts';
import { records } from './support.ts';

const stage = { aheadMs: 0 } as { province: ServedProvince; aheadMs: number };
const nowMs = (): number => Date.now() + stage.aheadMs;

beforeAll(async () => { stage.province = await servedProvince(nowMs); }, 60_000);
afterAll(() => stage.province?.close());

it('a desk that was away for longer than deletions are told takes a new copy; nothing deleted comes back, what waited is judged', async () => {
  const { db } = stage.province;
  const proxy = await TcpProxy.start({ targetPort: Number(new URL(stage.province.address).port) });
  const [away, there] = [await stage.province.desk(proxy.address), await stage.province.desk(stage.province.address)];
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
