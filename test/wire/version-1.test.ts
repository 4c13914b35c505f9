import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { attachmentsOf } from '../../contract/issue.ts';
import { rowsOfSnapshotChunk } from '../../contract/snapshot.ts';
import { allRows, run } from '../../db/database.ts';
import { closeWriter, openDatabase } from '../../db/open.ts';
import { readHeld } from '../../db/stores/attention.ts';
import { readStation } from '../../db/stores/station.ts';
import { undoTo } from '../db/undo.ts';
import { enrolStation, issueOf, provinceFolder, pullAll, startProvince } from '../province/support.ts';
import { Desk, KEY, until } from '../support/desk.ts';
import { Console1, consoleOfVersion1, startProvince1 } from './version-1.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => { for (const one of open.splice(0).reverse()) await one.close(); });

async function province(): Promise<Awaited<ReturnType<typeof startProvince>>> {
  const started = await startProvince(await provinceFolder(), ['--codes', '3']);
  open.push({ close: () => started.stop('SIGKILL') });
  return started;
}
const codeOf = ({ codes }: Awaited<ReturnType<typeof startProvince>>): string => codes.splice(codes.findIndex(one => one.site === 'BP'), 1)[0]?.code ?? '';

/** The outbox of version 1 in a database of its schema, as that program left it. */
function leaveOutbox(file: string, station: object): void {
  const { schema, outbox } = consoleOfVersion1();
  const db = openDatabase({ file, keyHex: KEY, role: 'writer' });
  undoTo(db, schema);
  run(db, 'INSERT OR REPLACE INTO station(one, data) VALUES (1, ?)', JSON.stringify(station));
  run(db, `INSERT OR REPLACE INTO counter(name, value) VALUES ('mutation', ?)`, Math.max(...outbox.map(row => Number(row['n']))));
  for (const row of outbox) {
    const columns = Object.keys(row);
    run(db, `INSERT INTO outbox(${columns.join(',')}) VALUES (${columns.map(() => '?').join(',')})`,
      ...Object.values(row).map(value => (typeof value === 'object' && value !== null ? Buffer.from((value as { hex: string }).hex, 'hex') : value)));
  }
  closeWriter(db, file);
}

test('a workstation of version 1 is told that it is too old; what it sends is taken from one of version 2, and updated with a full outbox, it sends it', async () => {
  const today = await province();
  await expect(new Console1(today.address).enrol(codeOf(today), 1)).rejects.toThrow('sync/too-old');
  const old = new Console1(today.address);
  await old.enrol(codeOf(today), 2);
  const manifest = await old.snapshot();
  const rows = [...rowsOfSnapshotChunk(zstdDecompressSync(await old.chunk(manifest.id, 0)))];
  expect(rows.length).toBe(manifest.chunks[0]?.rows);
  await old.signIn();
  expect((await old.push()).flatMap(answer => answer.verdicts).map(verdict => verdict.status)).toEqual(['applied', 'applied', 'applied', 'applied']);
  const page = await old.pull(manifest.cursor);
  expect(page.rows.map(row => issueOf(row as never))).toMatchObject([{ state: 'verifying', place: { landmark: 'Cạnh chợ Mẫu' } }]);

  const desk = new Desk({ address: today.address, code: '' });
  const { deviceId, stationCode, site, scope, provinceId, provinceName, sample } = old.station;
  leaveOutbox(join(desk.dir, 'console.db'), { deviceId, stationCode, stationName: 'Bàn bản 1', site, scope, provinceId, provinceName, sample, address: today.address, privateKey: consoleOfVersion1().privateKey });
  await desk.open();
  open.push(desk);
  expect(readStation(desk.reader)?.deviceId).toBe(deviceId);
  expect(desk.status().pending).toBe(3);
  desk.sync.start();
  await desk.settled();
  await desk.loaded();
  expect(desk.status().refused).toBe(0);
  const reader = await enrolStation(today.address, codeOf(today));
  const there = [...(await pullAll(reader.client)).rows.values()].filter(row => issueOf(row).stationId === deviceId).map(issueOf);
  expect(there.map(issue => [issue.state, issue.history.at(-1)?.note]).sort()).toEqual([['received', 'Chưa gửi'], ['verified', 'Người báo xác nhận']]);
});

test('a province of version 1: its records come and go, what it does not know waits, what it does not have is in nobody’s way', async () => {
  const old = await startProvince1();
  open.push(old);
  const desk = await Desk.enrolled({ address: old.address, code: 'MOT-MA-THU', compareEveryMs: 100 });
  open.push(desk);
  await desk.loaded();
  const session = await desk.signIn(old.account.login, old.account.password);
  const id = old.received;
  await desk.mutate(session, 'issue.receive', {
    id, class: 'issue', service: '1022', siteId: session.siteId, channel: 'phone', receivedAtMs: Date.now(), severity: 'P3', description: 'Cây đổ chắn đường',
    place: { text: 'Đường Mẫu 1', areaId: null, landmark: '', lat: null, lon: null }, reporter: { anonymous: true, name: '', phone: '', relation: '' },
  });
  await desk.settled();
  await desk.mutate(session, 'issue.attach', { id, attachment: { id, name: 'anh.jpg', sha256: 'a'.repeat(64), bytes: 900, mime: 'image/jpeg', thumb: null } });
  await desk.mutate(session, 'issue.note', { id, note: 'Đã gọi lại' });
  await desk.settled();
  expect(readHeld(desk.reader).map(({ attention }) => [attention.name, attention.status, attention.error])).toEqual([['issue.attach', 'held', { code: 'sync/unknown-change', facts: { protocol: 1 } }]]);
  await until(() => desk.find(id)?.issue.displayNo !== null, 'the number that the province gave');
  expect(attachmentsOf(desk.find(id)!.issue)).toHaveLength(1);
  await until(() => old.asked.includes('GET /v1/sync/digest'), 'a question that version 1 does not know');
  await desk.restart();
  await until(() => old.asked.includes('POST /v1/session') && desk.status().link === 'up', 'a session of version 1');
  expect(desk.status()).toMatchObject({ refused: 0, pending: 0, lastError: null });
  expect(allRows(desk.reader, `SELECT count(*) AS n FROM issue WHERE version > 0`)[0]).not.toEqual({ n: 0 });
});
