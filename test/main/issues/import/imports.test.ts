import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Session } from '../../../../contract/console.ts';
import type { ImportJob } from '../../../../contract/imports.ts';
import { readWarnedLines } from '../../../../db/stores/imports.ts';
import { readIssue } from '../../../../db/stores/issues.ts';
import { createImports } from '../../../../main/issues/import/imports.ts';
import { testDesk, type Desk } from '../desk.ts';
import { sessionWith } from '../support.ts';

const REAL = readFileSync(new URL('../fixtures/open311-two-requests.xml', import.meta.url));
const session = sessionWith();
const call = { session, signal: new AbortController().signal };
const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });

async function importDesk() {
  const desk = await testDesk();
  ends.push(() => desk.close());
  return { desk, imports: importsOf(desk) };
}

function importsOf(desk: Desk) {
  const imports = createImports({
    reader: desk.reader, writer: desk.writer, clock: { nowMs: () => desk.now.ms }, correctedNowMs: () => desk.now.ms, station: () => desk.station, dataDir: desk.folder,
  });
  ends.push(() => imports.close());
  return imports;
}

type Imports = ReturnType<typeof importsOf>;

async function send({ handlers }: Imports, fileName: string, content: Uint8Array | string): Promise<ImportJob> {
  const bytes = Buffer.from(content);
  const { id } = await handlers.begin({ fileName, bytes: bytes.length }, call);
  for (let at = 0; at < bytes.length; at += 100_000) await handlers.piece({ id, base64: bytes.subarray(at, at + 100_000).toString('base64') }, call);
  return handlers.run({ id }, call);
}

async function ended({ handlers }: Imports, id: string): Promise<ImportJob> {
  for (;;) {
    const job = await handlers.get({ id }, call);
    if (job.endedAtMs !== null) return job;
    await new Promise(resolve => { setTimeout(resolve, 5); });
  }
}

const lines = ({ handlers }: Imports, id: string) => handlers.lines({ id, status: null, start: 0, end: 1_000 }, call);
const figures = (job: ImportJob) => ({ status: job.status, imported: job.imported, alreadyThere: job.alreadyThere, refused: job.refused, error: job.error?.code ?? null });

test('the two real requests come in, are found line by line, and come in only once', async () => {
  const { desk, imports } = await importDesk();
  const first = await ended(imports, (await send(imports, 'C:\\fake\\requests.xml', REAL)).id);
  expect(first).toMatchObject({ status: 'done', format: 'open311-xml', imported: 2, alreadyThere: 0, refused: 0, bytes: REAL.length, bytesDone: REAL.length });
  const told = await lines(imports, first.id);
  expect(told.lines.map(l => [l.line, l.status, l.ref, l.warnings])).toEqual([
    [3, 'imported', '101005420892', ['description-missing:description']], [22, 'imported', '101005420894', ['description-missing:description']],
  ]);
  const { issue, sync } = readIssue(desk.reader, told.lines[0]!.issueId!)!;
  expect(issue).toMatchObject({ channel: 'import', authorId: session.personId, stationId: desk.station.deviceId, state: 'received', place: { text: 'Warden Ave / Freeman St, Scarborough' } });
  expect(sync).toBe(1);
  const again = await ended(imports, (await send(imports, 'copy.xml', REAL)).id);
  expect(figures(again)).toEqual({ status: 'done', imported: 0, alreadyThere: 2, refused: 0, error: null });
  expect((await lines(imports, again.id)).lines.map(l => l.issueId)).toEqual(told.lines.map(l => l.issueId));
  expect((await imports.handlers.list({}, call)).map(job => job.id).sort()).toEqual([first.id, again.id].sort());
});

test('broken lines are told by number and reason, the rest goes in', async () => {
  const { imports } = await importDesk();
  const job = await ended(imports, (await send(imports, 'bang.csv', '\uFEFFma;noi_dung;linh_vuc\r\n1;Đèn hỏng;field\r\n2;thừa;field;x\r\n3;;\r\n4;Cháy nhà;114\r\n')).id);
  expect(figures(job)).toEqual({ status: 'done', imported: 2, alreadyThere: 0, refused: 2, error: null });
  const { total, lines: refused } = await imports.handlers.lines({ id: job.id, status: 'refused', start: 0, end: 10 }, call);
  expect([total, refused.map(l => [l.line, l.error])]).toEqual([2, [
    [3, { code: 'import/line-broken', facts: { line: 3, columns: 4, expected: 3 } }], [4, { code: 'import/line-empty', facts: { column: 'noi_dung' } }],
  ]]);
});

test('of a refused file nothing goes in, however good its beginning is, and nothing of it stays on disk', async () => {
  const { desk, imports } = await importDesk();
  const good = Array.from({ length: 400 }, (_, i) => `${i};Đèn hỏng số ${i}`).join('\n');
  const job = await ended(imports, (await send(imports, 'x.csv', `ma;noi_dung\n${good}\n401;${'x'.repeat(2_000_000)}\n`)).id);
  expect(figures(job)).toEqual({ status: 'failed', imported: 0, alreadyThere: 0, refused: 0, error: 'import/line-too-long' });
  expect(job.error?.facts).toMatchObject({ line: 402 });
  const bomb = await ended(imports, (await send(imports, 'x.xml', '<!DOCTYPE a [<!ENTITY b "c">]><service_requests><request/></service_requests>')).id);
  expect(figures(bomb).error).toBe('import/entity-bomb');
  expect(readdirSync(join(desk.folder, 'imports'))).toEqual([]);
});

test('a cancelled import keeps what is in, says so, and goes on when the file comes again', async () => {
  const { imports } = await importDesk();
  const rows = `ma;noi_dung\n${Array.from({ length: 1_000 }, (_, i) => `${i};Đèn hỏng số ${i}`).join('\n')}\n`;
  const { id } = await send(imports, 'lon.csv', rows);
  while ((await imports.handlers.get({ id }, call)).imported === 0) await new Promise(resolve => { setImmediate(resolve); });
  await expect(imports.handlers.begin({ fileName: 'other.csv', bytes: 10 }, call)).rejects.toThrow('import/busy');
  const job = await imports.handlers.cancel({ id }, call);
  expect(job.status).toBe('cancelled');
  expect(job.imported).toBeGreaterThan(0);
  expect(job.imported).toBeLessThan(1_000);
  expect((await lines(imports, id)).total).toBe(job.imported);
  const rest = await ended(imports, (await send(imports, 'lon.csv', rows)).id);
  expect(figures(rest)).toEqual({ status: 'done', imported: 1_000 - job.imported, alreadyThere: job.imported, refused: 0, error: null });
}, 30_000);

test('pieces lie on disk unreadable; more or fewer bytes than announced are refused', async () => {
  const { desk, imports } = await importDesk();
  const text = 'ma;noi_dung\n1;Nguyễn Văn Mẫu báo đèn hỏng\n';
  const { id } = await imports.handlers.begin({ fileName: 'a.csv', bytes: Buffer.byteLength(text) }, call);
  await imports.handlers.piece({ id, base64: Buffer.from(text.slice(0, 20)).toString('base64') }, call);
  const [spool] = readdirSync(join(desk.folder, 'imports'));
  expect(readFileSync(join(desk.folder, 'imports', spool!)).includes('noi_dung')).toBe(false);
  await expect(imports.handlers.run({ id }, call)).rejects.toThrow('import/unreadable');
  await expect(imports.handlers.piece({ id, base64: 'không phải' }, call)).rejects.toThrow('import/unreadable');
  await expect(imports.handlers.piece({ id, base64: Buffer.alloc(500).toString('base64') }, call)).rejects.toThrow('import/too-large');
  await expect(imports.handlers.begin({ fileName: 'a.csv', bytes: 65 * 1024 * 1024 }, call)).rejects.toThrow('import/too-large');
  await imports.handlers.begin({ fileName: 'b.csv', bytes: 4 }, call);
  expect(figures(await imports.handlers.get({ id }, call)).status).toBe('cancelled');
});

test('an import that a stop cut off is failed at the next start, with the figures of what went in', async () => {
  const { desk, imports } = await importDesk();
  const { id } = await imports.handlers.begin({ fileName: 'a.csv', bytes: 100 }, call);
  const next = importsOf(desk);
  expect((await next.handlers.list({}, call)).map(figures)).toEqual([{ status: 'failed', imported: 0, alreadyThere: 0, refused: 0, error: 'import/interrupted' }]);
  expect(existsSync(join(desk.folder, 'imports'))).toBe(false);
  await expect(next.handlers.piece({ id, base64: '' }, call)).rejects.toThrow('import/not-found');
});

test('a file is imported from its path, telling its progress; a missing file is a named trouble', async () => {
  const { desk, imports } = await importDesk();
  const path = join(desk.folder, 'list.json');
  writeFileSync(path, JSON.stringify(Array.from({ length: 320 }, (_, i) => ({ service_request_id: i, description: `Rác ${i}`, address: 'x' }))));
  const jobs: ImportJob[] = [];
  for await (const job of imports.importFile(path, session)) jobs.push(job);
  expect(jobs.map(job => job.imported)).toEqual([150, 300, 320, 320]);
  expect(jobs.at(-1)).toMatchObject({ status: 'done', fileName: 'list.json', format: 'open311-json' });
  const operator: Session = { ...session, roles: ['truc_ban'] };
  await expect(imports.importFile(path, operator)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'auth/forbidden', facts: { permission: 'import.run' } });
  await expect(imports.importFile(join(desk.folder, 'missing'), session)[Symbol.asyncIterator]().next()).rejects.toThrow('import/unreadable');
});

test('what went in otherwise than the file has it is counted and told; a refused line has its reason and nothing else', async () => {
  const { desk, imports } = await importDesk();
  const job = await ended(imports, (await send(imports, 'la.csv', '\uFEFFma;noi_dung;linh_vuc;dia_diem\r\n1;Đèn hỏng;119;Đường Mẫu 1\r\n2;Cháy nhà;114;Đường Mẫu 2\r\n3;;114;Đường Mẫu 3\r\n')).id);
  expect(readWarnedLines(desk.reader, job.id, 10)).toEqual({
    total: 1, lines: [expect.objectContaining({ line: 2, ref: '1', status: 'imported', warnings: ['service-replaced:119'] })],
  });
  expect(readWarnedLines(desk.reader, job.id, 0)).toEqual({ total: 1, lines: [] });
  const { lines: refused } = await imports.handlers.lines({ id: job.id, status: 'refused', start: 0, end: 10 }, call);
  expect(refused.map(l => [l.line, l.error?.code, l.warnings])).toEqual([[4, 'import/line-empty', []]]);
});
