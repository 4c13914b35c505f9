import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { allRows, idToBlob, run, type Database } from '../../../db/database.ts';
import { closeWriter, openDatabase } from '../../../db/open.ts';
import { readPeople } from '../../../db/stores/org.ts';
import { Desk, KEY, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { records } from './support.ts';

const folder = temporaryFolder('province');
const world = {} as { province: Running<ProvinceReady> };
const open: { close(): Promise<void> }[] = [];
beforeAll(async () => { world.province = await startProvince({ data: folder.path, codes: '5' }); }, 180_000);
afterEach(async () => { for (const one of open.splice(0).reverse()) await one.close(); });
afterAll(async () => { await world.province.stop(); folder.remove(); });

async function deskAt(site: string, compareEveryMs?: number): Promise<{ desk: Desk; proxy: TcpProxy }> {
  const { codes } = world.province.ready;
  const [code] = codes.splice(codes.findIndex(one => one.site === site), 1);
  const proxy = await TcpProxy.start({ targetPort: Number(new URL(world.province.ready.address).port) });
  const desk = await Desk.enrolled({ address: proxy.address, code: code?.code ?? '', ...(compareEveryMs === undefined ? {} : { compareEveryMs }) });
  open.push(proxy, desk);
  await desk.loaded();
  return { desk, proxy };
}

/** Spoils the file of a stopped desk, past every rule. */
async function spoiled(desk: Desk, spoil: (db: Database) => void): Promise<void> {
  await desk.stop();
  const file = join(desk.dir, 'console.db');
  const db = openDatabase({ file, keyHex: KEY, role: 'writer' });
  spoil(db);
  closeWriter(db, file);
  await desk.open();
}
const repairs = (desk: Desk) => allRows<{ place: string; buckets: string; added: number; changed: number; removed: number }>(desk.reader, 'SELECT place, buckets, added, changed, removed FROM repair_log ORDER BY id');

it('what has gone wrong here is found by its digest and mended, fetching what differs only; then nothing more is found', async () => {
  const { desk: right } = await deskAt('BP');
  const { desk, proxy } = await deskAt('BP', 1_200);
  const copied = proxy.bytes().down;
  const [lost, old, only] = [...records(desk).keys()] as [string, string, string];
  const people = readPeople(desk.reader);
  const zombie = newId(Date.now());
  await spoiled(desk, db => {
    run(db, 'DELETE FROM issue WHERE id = ?', idToBlob(lost));
    run(db, `UPDATE issue SET version = version - 1, description = 'Bản cũ' WHERE id = ?`, idToBlob(old));
    const columns = allRows<{ name: string }>(db, `SELECT name FROM pragma_table_info('issue') WHERE name NOT IN ('rid', 'id')`).map(column => column.name).join(',');
    run(db, `INSERT INTO issue(id, ${columns}) SELECT ?, ${columns} FROM issue WHERE id = ?`, idToBlob(zombie), idToBlob(only));
    run(db, `DELETE FROM org_row WHERE kind = 'person' AND id = ?`, idToBlob(people[0]!.id));
  });
  const before = proxy.bytes().down;
  desk.sync.start();
  await until(() => (desk.status().repairedRows ?? 0) >= 4, 'the repair');
  expect(records(desk)).toEqual(records(right));
  expect(readPeople(desk.reader)).toEqual(people);
  const done = repairs(desk);
  const total = (key: 'added' | 'changed' | 'removed') => done.reduce((sum, repair) => sum + repair[key], 0);
  expect([total('added'), total('changed'), total('removed')]).toEqual([2, 1, 1]);
  expect(done.every(repair => repair.buckets.split(' ').length <= 3)).toBe(true);
  expect(proxy.bytes().down - before).toBeLessThan(copied / 3);
  // Compared again, more than once, and found the same.
  const compared = desk.sync.bytes().down;
  await until(() => desk.sync.bytes().down - compared > 1_500, 'further comparisons');
  expect(repairs(desk)).toEqual(done);
  expect(desk.status()).toMatchObject({ link: 'up', lastError: null, loading: null });
});

it('where very many records would go, none does, and sending goes on; approved, they go', async () => {
  const { desk } = await deskAt('BP', 600);
  const [only] = [...records(desk).keys()] as [string];
  const whole = records(desk);
  await spoiled(desk, db => {
    const columns = allRows<{ name: string }>(db, `SELECT name FROM pragma_table_info('issue') WHERE name NOT IN ('rid', 'id')`).map(column => column.name).join(',');
    for (let i = 0; i < 120; i++) run(db, `INSERT INTO issue(id, ${columns}) SELECT ?, ${columns} FROM issue WHERE id = ?`, idToBlob(newId(Date.now())), idToBlob(only));
  });
  desk.sync.start();
  await until(() => desk.status().lastError?.code === 'sync/mass-removal', 'the stop');
  expect(records(desk).size).toBe(whole.size + 120);
  const account = world.province.ready.accounts.find(one => one.login === 'catruong');
  const session = await desk.signIn(account?.login ?? '', account?.password ?? '');
  const id = await desk.receive(session, 'Gửi được trong lúc đó');
  await until(() => desk.find(id)?.issue.displayNo !== null, 'what was written meanwhile');
  await until(() => desk.status().lastError?.code === 'sync/mass-removal', 'the stop again');
  const { rows, copy } = desk.status().lastError?.facts ?? {};
  expect(rows).toBe(120);
  await desk.sync.handlers.approveRemoval({ copy: String(copy), rows: Number(rows) }, { session, signal: new AbortController().signal });
  await until(() => records(desk).size === whole.size + 1, 'the approved removal');
  await until(() => desk.status().lastError === null, 'the end of the trouble');
});
