import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../contract/console.ts';
import type { Id } from '../../contract/ids.ts';
import { PROTOCOL_VERSION } from '../../contract/province.ts';
import { allRows } from '../../db/database.ts';
import { accountOf, enrolStation, issueOf, provinceFolder, pullAll } from '../province/support.ts';
import { Desk, until } from '../support/desk.ts';
import { startProgram, type ProvinceReady, type Running } from '../support/processes.ts';
import { nextVersion, updated, type NextVersion } from './next-version.ts';

const later = {} as { next: NextVersion; far: NextVersion };
const open: { close(): Promise<void> }[] = [];
beforeAll(async () => { Object.assign(later, { next: await nextVersion(PROTOCOL_VERSION + 1), far: await nextVersion(PROTOCOL_VERSION + 3) }); });
afterEach(async () => { for (const one of open.splice(0).reverse()) await one.close(); });
afterAll(() => { later.next.remove(); later.far.remove(); });

async function today(data: string, port = 0): Promise<Running<ProvinceReady>> {
  const province = await startProgram<ProvinceReady>('province/index.ts', ['serve', '--port', String(port), '--data', data, '--codes', '5', '--json']);
  open.push({ close: () => province.kill() });
  return province;
}
const portOf = ({ ready }: Running<ProvinceReady>): number => Number(new URL(ready.address).port);
const codeOf = ({ ready }: Running<ProvinceReady>): string => ready.codes.splice(ready.codes.findIndex(one => one.site === 'BP'), 1)[0]?.code ?? '';

async function deskAt(province: Running<ProvinceReady>, Program: typeof Desk): Promise<{ desk: Desk; session: Session }> {
  const desk = await Program.enrolled({ address: province.ready.address, code: codeOf(province) });
  open.push(desk);
  await desk.loaded();
  const { login, password } = accountOf(province.ready, 'truc_ban', 'BP');
  return { desk, session: await desk.signIn(login, password) };
}

/** What is held back, past the program: it is of a later version than this test. */
const held = (desk: Desk) => allRows<{ name: string; unknown_at: number }>(desk.reader, 'SELECT name, unknown_at FROM outbox WHERE n < 0 ORDER BY n').map(row => [row.name, row.unknown_at]);
const escalate = (desk: Desk, session: Session, id: Id) => desk.mutate(session, 'issue.escalate' as never, { id, reason: 'Lan rộng' });
const place = (desk: Desk, id: Id) => desk.find(id)!.issue.place;

test('what an older province does not know waits, in view and in its order, until the province has been updated; the rest goes on', async () => {
  const data = await provinceFolder();
  const province = await today(data);
  const reader = await enrolStation(province.ready.address, codeOf(province));
  const { desk, session } = await deskAt(province, later.next.Desk);
  const [first, second] = [await desk.receive(session, 'Cây đổ'), await desk.receive(session, 'Ngập đường')];
  await escalate(desk, session, first);
  await desk.mutate(session, 'issue.note', { id: first, note: 'Đã gọi lại' });
  await desk.mutate(session, 'issue.edit', { id: second, fields: { place: { from: place(desk, second), to: { ...place(desk, second), accuracyM: 5 } } } });
  await desk.mutate(session, 'issue.note', { id: second, note: 'Nước rút chậm' });
  await desk.settled();
  expect(held(desk)).toEqual([['issue.escalate', PROTOCOL_VERSION], ['issue.edit', PROTOCOL_VERSION]]);
  expect(desk.status()).toMatchObject({ link: 'up', refused: 0, lastError: null });
  expect(String(desk.find(first)?.issue.state)).toBe('escalated');
  const before = (await pullAll(reader.client)).rows;
  expect(issueOf(before.get(first))).toMatchObject({ state: 'received', history: [{}, { note: 'Đã gọi lại' }] });
  expect(issueOf(before.get(second)).place).not.toHaveProperty('accuracyM');

  // Another session with the same province sends nothing again.
  await desk.restart();
  await desk.loaded();
  expect(held(desk)).toHaveLength(2);

  await province.stop();
  const next = await later.next.startProvince({ data, port: portOf(province) });
  open.push({ close: () => next.kill() });
  await desk.restart();
  await until(() => held(desk).length === 0 && desk.status().pending === 0, 'what waited to be sent');
  const after = (await pullAll(reader.client)).rows;
  expect(issueOf(after.get(first))).toMatchObject({ state: 'escalated', escalation: { reason: 'Lan rộng' } });
  expect(issueOf(after.get(second)).place).toMatchObject({ accuracyM: 5 });
  expect(desk.status().refused).toBe(0);
}, 60_000);

test('what only holds after a change that waits, waits behind it', async () => {
  const data = await provinceFolder();
  const province = await today(data);
  const { desk, session } = await deskAt(province, later.next.Desk);
  const id = await desk.receive(session, 'Hố sâu giữa đường');
  await desk.settled();
  await desk.mutate(session, 'issue.openAnew' as never, { id, reason: 'Còn nguy hiểm' });
  await desk.mutate(session, 'issue.verify', { id, method: 'call_back', note: '' });
  await desk.settled();
  expect(held(desk)).toEqual([['issue.openAnew', PROTOCOL_VERSION], ['issue.verify', PROTOCOL_VERSION]]);
  await province.stop();
  const next = await later.next.startProvince({ data, port: portOf(province) });
  open.push({ close: () => next.kill() });
  await desk.restart();
  await until(() => held(desk).length === 0 && desk.status().pending === 0 && desk.find(id)?.issue.state === 'verified', 'both, one after the other');
  expect(desk.status().refused).toBe(0);
}, 60_000);

test('more than two versions apart either side says so; what is unsent stays, and goes once they fit again', async () => {
  const data = await provinceFolder();
  const province = await today(data);
  const { desk, session } = await deskAt(province, Desk);
  const ahead = await updated(desk, later.far.Desk, { address: province.ready.address, code: '' });
  open.splice(open.indexOf(desk), 1, ahead);
  await until(() => ahead.status().lastError?.code === 'sync/province-too-old', 'word that the province is too old');
  const id = await ahead.receive(session, 'Ghi khi máy chủ quá cũ');
  expect(ahead.status()).toMatchObject({ pending: 1, refused: 0 });
  expect(ahead.find(id)?.issue.description).toBe('Ghi khi máy chủ quá cũ');

  await province.stop();
  const far = await later.far.startProvince({ data, port: portOf(province) });
  open.push({ close: () => far.kill() });
  await ahead.restart();
  await ahead.settled();

  const back = await updated(ahead, Desk, { address: far.ready.address, code: '' });
  open.splice(open.indexOf(ahead), 1, back);
  await until(() => back.status().lastError?.code === 'sync/too-old', 'word that the program is too old');
  const second = await back.receive(session, 'Ghi khi chương trình quá cũ');
  await far.stop();
  const again = await today(data, portOf(far));
  await back.restart();
  await back.settled();
  const reader = await enrolStation(again.ready.address, codeOf(again));
  const rows = (await pullAll(reader.client)).rows;
  expect([rows.has(id), rows.has(second)]).toEqual([true, true]);
}, 60_000);
