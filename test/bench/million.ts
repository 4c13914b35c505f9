import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Id } from '../../contract/ids.ts';
import { getRow } from '../../db/database.ts';
import { openDatabase } from '../../db/open.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { openProvince } from '../../province/open.ts';
import { makeIssues, makeSample, SAMPLE_SEED } from '../../province/sample.ts';
import { openServer } from '../../province/server-database.ts';
import { commitChanges } from '../../province/store.ts';
import { postgresMissing, startPostgres } from '../province/postgres.ts';
import { startConsole, startProgram, temporaryFolder, type ProvinceReady, type Running } from '../support/processes.ts';
import { TcpProxy, type Shape } from '../support/tcp-proxy.ts';
import { connectWire } from '../support/wire.ts';
import { coreRssMb, rssMb } from './memory.ts';
import type { BenchOptions } from './options.ts';
import { round } from './statistics.ts';

const SEED = 77;
const BATCH = 2_000;
const PAGE = 2_000;
/** 10 Mbit/s, 50 ms round trip. */
const LINK: Shape = { rateBytesPerSecond: 1_250_000, delayMs: 25 };
const CUT_EVERY_MS = 20_000;
/** The shell looks this often; the copy takes minutes. */
const LOOK_MS = 250;
const LIMIT_MS = 30 * 60_000;

interface Copied { ms: number; bytes: number; cuts: number; clientRssMb: number; provinceRssMb: number; rows: number; different: number }

/** A replica of a million rows, loaded by a real console through a link that is cut every 20 s, and through one that is not. */
export async function* benchMillion({ rows, note }: BenchOptions): AsyncGenerator<Record<string, number | string>> {
  const missing = postgresMissing();
  if (missing !== null) throw new Error(`this bench needs Debian's postgresql: ${missing}`);
  const postgres = startPostgres();
  try {
    note(`${rows} records into PostgreSQL`);
    await fill(postgres.url, rows);
    const province = await startProgram<ProvinceReady>('province/index.ts', ['serve', '--port', '0', '--codes', '3', '--json'], { DATABASE_URL: postgres.url });
    try {
      const codes = province.ready.codes.filter(({ site }) => site === province.ready.codes[0]?.site).map(({ code }) => code);
      note('the first station asks: the copy is made');
      const first = await copied(province, { code: codes[0] ?? '', url: null, shape: {}, cut: false, note });
      note('over 10 Mbit/s, uncut');
      const uncut = await copied(province, { code: codes[1] ?? '', url: null, shape: LINK, cut: false, note });
      note('over 10 Mbit/s, cut every 20 s');
      const cut = await copied(province, { code: codes[2] ?? '', url: postgres.url, shape: LINK, cut: true, note });
      yield {
        bench: 'million', rows: cut.rows, firstMs: first.ms, uncutMs: uncut.ms, uncutBytes: uncut.bytes, cutMs: cut.ms, cutBytes: cut.bytes, cuts: cut.cuts,
        bytesRatio: round(cut.bytes / uncut.bytes, 3), different: cut.different, clientRssMb: Math.max(uncut.clientRssMb, cut.clientRssMb), provinceRssMb: Math.max(first.provinceRssMb, uncut.provinceRssMb, cut.provinceRssMb),
      };
    } finally {
      await province.stop();
    }
  } finally {
    postgres.stop();
  }
}

async function fill(url: string, rows: number): Promise<void> {
  const nowMs = Date.now();
  const opened = await openProvince({ databaseUrl: url, data: null, sample: 0, name: '', nowMs });
  const org = makeSample({ seed: SAMPLE_SEED, size: 'full', nowMs, issues: 0 });
  const commit = (issues: ReturnType<typeof makeIssues> extends Iterable<infer T> ? T[] : never): Promise<unknown> => opened.db.transaction(tx => commitChanges(tx, {
    rows: issues.map(data => ({ kind: 'issue', id: data.id, siteId: data.siteId, service: data.service, deleted: false, data: { ...data }, expected: 0 })),
  }));
  let batch: Parameters<typeof commit>[0] = [];
  for (const issue of makeIssues(SEED, rows, org, nowMs)) {
    if (batch.push(issue) < BATCH) continue;
    await commit(batch);
    batch = [];
  }
  if (batch.length > 0) await commit(batch);
  await opened.close();
}

/** @param of.url where the province's rows lie, to compare every one of them; null: only counted */
async function copied(province: Running<ProvinceReady>, of: { code: string; url: string | null; shape: Shape; cut: boolean; note: BenchOptions['note'] }): Promise<Copied> {
  const proxy = await TcpProxy.start({ targetPort: Number(new URL(province.ready.address).port), up: of.shape, down: of.shape });
  const folder = temporaryFolder('bench-million');
  const desk = await startConsole({ data: folder.path });
  const wire = await connectWire(desk.ready.address);
  const peak = { client: 0, province: 0, cuts: 0 };
  try {
    await wire.client.station.enrol({ address: proxy.address, code: of.code, stationName: 'Bàn đo' });
    const startedAt = performance.now();
    for (let cutAtMs = startedAt + CUT_EVERY_MS; ; await pause(LOOK_MS)) {
      const { loading, lastSyncAtMs } = await wire.client.sync.status({});
      if (loading === null && lastSyncAtMs !== null) break;
      if (performance.now() - startedAt > LIMIT_MS) throw new Error('this does not come to an end');
      Object.assign(peak, { client: Math.max(peak.client, coreRssMb(desk.ready.pid)), province: Math.max(peak.province, rssMb(province.child.pid ?? 0)) });
      if (!of.cut || performance.now() < cutAtMs) continue;
      proxy.cut();
      peak.cuts += 1;
      cutAtMs += CUT_EVERY_MS;
      of.note(`  cut ${peak.cuts} at ${Math.floor((loading ?? 0) * 100)} %`);
    }
    const ms = round(performance.now() - startedAt, 0);
    const bytes = proxy.bytes().down;
    wire.close();
    await desk.stop();
    return { ms, bytes, cuts: peak.cuts, clientRssMb: peak.client, provinceRssMb: peak.province, ...await compared(folder.path, of.url) };
  } finally {
    wire.close();
    await desk.stop();
    await proxy.close();
    folder.remove();
  }
}

/** How many records are here, and how many of the province's are missing here or differ in anything. */
async function compared(dataDir: string, url: string | null): Promise<{ rows: number; different: number }> {
  const local = openDatabase({ file: join(dataDir, 'console.db'), keyHex: readFileSync(join(dataDir, 'key'), 'utf8').trim(), role: 'reader' });
  try {
    const rows = getRow<{ rows: number }>(local, 'SELECT count(*) AS rows FROM issue')?.rows ?? 0;
    if (url === null) return { rows, different: 0 };
    const db = await openServer(url);
    let [different, theirs, after] = [0, 0, '00000000-0000-0000-0000-000000000000'];
    for (;;) {
      const page = await db.query<{ id: Id; data: unknown }>(`SELECT id, data FROM record WHERE kind = 'issue' AND NOT deleted AND id > $1 ORDER BY id LIMIT ${PAGE}`, [after]);
      different += page.filter(({ id, data }) => !isDeepStrictEqual(readIssue(local, id)?.issue, data)).length;
      theirs += page.length;
      after = page.at(-1)?.id ?? after;
      if (page.length < PAGE) break;
    }
    await db.close();
    return { rows, different: different + Math.abs(rows - theirs) };
  } finally {
    local.close();
  }
}
