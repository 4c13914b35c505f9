import { gzipSync, zstdCompressSync, constants } from 'node:zlib';
import { packChunks } from '../../province/snapshot-chunks.ts';
import { makeSample, SAMPLE_SEED } from '../../province/sample.ts';
import { startConsole, startProvince, temporaryFolder, type ProvinceReady, type Running } from '../support/processes.ts';
import { TcpProxy, type Shape } from '../support/tcp-proxy.ts';
import { connectWire, type ConsoleClient } from '../support/wire.ts';
import { editOf, receivedRecords } from './edits.ts';
import type { BenchOptions } from './options.ts';
import { coreRssMb, coreRssPeakMb } from './memory.ts';
import { round } from './statistics.ts';

const EDITS = 1_000;
/** Nothing of the workstation before is under way any more. */
const SETTLE_MS = 3_000;
const LINKS: { link: string; issues: number; shape: Shape }[] = [
  { link: 'slow', issues: 2_000, shape: { rateBytesPerSecond: 64_000, delayMs: 150 } },
  { link: 'fast', issues: 20_000, shape: {} },
  // As much JSON as 20,000 records of 484 bytes, with which the aim for `fast` was set.
  { link: 'fast-10mb', issues: 3_450, shape: {} },
];

interface World { province: Running<ProvinceReady>; proxy: TcpProxy; code(): string; login: string; password: string }
interface Desk { client: ConsoleClient; pid: number; end(): Promise<void> }

/**
 * A real province and real consoles over a TCP proxy that shapes and counts: payload bytes both ways, no TCP/IP headers.
 * A line for each link.
 */
export async function* benchSync({ note }: BenchOptions): AsyncGenerator<Record<string, number | string>> {
  for (const { link, issues, shape } of LINKS) {
    const folder = temporaryFolder('bench-sync');
    const province = await startProvince({ data: folder.path, sample: issues, codes: '4' });
    const proxy = await TcpProxy.start({ targetPort: Number(new URL(province.ready.address).port), up: shape, down: shape });
    const site = province.ready.codes[0]?.site;
    const codes = province.ready.codes.filter(c => c.site === site).map(c => c.code);
    const account = province.ready.accounts.find(a => a.role === 'ca_truong' && a.site === site);
    if (account === undefined) throw new Error('the sample has a shift lead at the province');
    try {
      const world: World = { province, proxy, code: () => codes.shift() ?? '', login: account.login, password: account.password };
      note(`${link}: ${issues} issues`);
      await warm(world);
      yield { bench: 'sync', link, rows: issues, ...await measure(world), ...await limits(issues) };
    } finally {
      await proxy.close();
      await province.stop();
      folder.remove();
    }
  }
}

/** The province has served a workstation of this scope before, directly: its snapshot is made ahead, as in daily life. */
async function warm(world: World): Promise<void> {
  const desk = await startDesk();
  try {
    await copy(desk, world, world.province.ready.address);
    await pause(SETTLE_MS);
  } finally {
    await desk.end();
  }
}

async function measure(world: World): Promise<Record<string, number>> {
  const first = await startDesk();
  try {
    const pull = await copy(first, world);
    await pause(SETTLE_MS);
    const memory = { rssMb: coreRssMb(first.pid), rssPeakMb: coreRssPeakMb(first.pid) };
    const idle = await nothingChanged(first, world);
    // Before the edits: what they change would come down behind the second copy.
    const cut = await copyWithCuts(world, pull.downBytes, 1);
    const five = await copyWithCuts(world, pull.downBytes, 5);
    const push = await edits(first, world);
    return {
      pullMs: pull.ms, wordsMs: pull.wordsMs, downBytes: pull.downBytes, ...push, cutExtraMs: round(cut.ms - pull.ms, 0), cutExtraBytes: cut.downBytes - pull.downBytes,
      fiveCutsExtraMs: round(five.ms - pull.ms, 0), fiveCutsExtraBytes: five.downBytes - pull.downBytes, ...idle, ...memory,
    };
  } finally {
    await first.end();
  }
}

async function startDesk(): Promise<Desk> {
  const folder = temporaryFolder('bench-desk');
  const running = await startConsole({ data: folder.path });
  const { client, close } = await connectWire(running.ready.address);
  return {
    client, pid: running.ready.pid,
    async end() {
      close();
      await running.stop();
      folder.remove();
    },
  };
}

/**
 * From the moment at which the workstation is enrolled to the first usable replica: all rows in, nothing left to pull; and
 * until each is found by its words too.
 */
async function copy({ client }: Desk, { proxy, code }: World, address = proxy.address): Promise<{ ms: number; wordsMs: number; downBytes: number }> {
  await client.station.enrol({ address, code: code(), stationName: 'Bàn đo' });
  const before = proxy.bytes();
  const startedAt = performance.now();
  await until(async () => {
    const status = await client.sync.status({});
    return status.loading === null && status.lastSyncAtMs !== null;
  });
  const ms = round(performance.now() - startedAt, 0);
  const downBytes = proxy.bytes().down - before.down;
  await until(async () => !(await client.sync.status({})).textBehind);
  return { ms, wordsMs: round(performance.now() - startedAt, 0), downBytes };
}

/** Another workstation whose connections are all reset, once at half of the uncut copy or several times on its way. */
async function copyWithCuts(world: World, uncutBytes: number, cuts: number): Promise<{ ms: number; downBytes: number }> {
  const desk = await startDesk();
  try {
    void cutEvery(world.proxy, Math.round(uncutBytes / (cuts + 1)), cuts);
    return await copy(desk, world);
  } finally {
    await desk.end();
  }
}

async function cutEvery(proxy: TcpProxy, bytes: number, cuts: number): Promise<void> {
  for (let left = cuts; left > 0; left -= 1) await proxy.cutAfter('down', bytes);
}

async function nothingChanged({ client }: Desk, { proxy }: World): Promise<{ idleMs: number; idleBytes: number }> {
  await pause(3_000);
  const before = proxy.bytes();
  const syncedAtMs = (await client.sync.status({})).lastSyncAtMs;
  const startedAt = performance.now();
  await client.sync.tryNow({});
  await until(async () => (await client.sync.status({})).lastSyncAtMs !== syncedAtMs);
  const idleMs = round(performance.now() - startedAt, 0);
  await pause(500);
  const after = proxy.bytes();
  return { idleMs, idleBytes: after.up - before.up + after.down - before.down };
}

/** Edits of 1,000 different records, made while the link is down, then sent: from the link's return to the last verdict. */
async function edits({ client }: Desk, { proxy, login, password }: World): Promise<{ pushMs: number; pushUpBytes: number }> {
  await client.auth.signIn({ login, password });
  const received = receivedRecords(EDITS, Date.now());
  for (const { name, payload } of received) await client.issues.mutate({ name, payload, draftId: null });
  await untilSent(client);
  await untilQuiet(proxy);
  await proxy.refuse();
  for (const [nth, { payload }] of received.entries()) {
    const { issue } = await client.issues.get({ id: String(payload['id']) });
    await client.issues.mutate({ ...editOf(issue, nth), draftId: null });
  }
  await proxy.accept();
  const before = proxy.bytes();
  const startedAt = performance.now();
  await client.sync.tryNow({});
  await untilSent(client);
  const pushMs = round(performance.now() - startedAt, 0);
  const { refused } = await client.sync.status({});
  if (refused > 0) throw new Error(`${refused} were refused`);
  return { pushMs, pushUpBytes: proxy.bytes().up - before.up };
}

async function untilSent(client: ConsoleClient): Promise<void> {
  await until(async () => (await client.sync.status({})).pending === 0);
}

/** The same issues as our copy holds them, and as one JSON file, as small as general compressors make it. */
async function limits(issues: number): Promise<{ snapshotBytes: number; limitGzipBytes: number; limitZstd19Bytes: number }> {
  const sample = makeSample({ seed: SAMPLE_SEED, size: 'full', nowMs: Date.now(), issues });
  const records = [...sample.issues];
  const file = Buffer.from(JSON.stringify(records));
  const rows = records.map(issue => ({ kind: 'issue' as const, id: issue.id, seq: issue.version, deleted: false, data: { ...issue } }));
  let snapshotBytes = 0;
  for await (const { bytes } of packChunks([rows], { effort: 'dense' })) snapshotBytes += bytes.length;
  return {
    snapshotBytes,
    limitGzipBytes: gzipSync(file, { level: 6 }).length,
    limitZstd19Bytes: zstdCompressSync(file, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }).length,
  };
}

/** What was sent has come back as rows. */
async function untilQuiet(proxy: TcpProxy): Promise<void> {
  for (let last = -1; last !== proxy.bytes().down; await pause(SETTLE_MS)) last = proxy.bytes().down;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; !await isSo(); waitedMs += 10) {
    if (waitedMs > 180_000) throw new Error('this does not come to an end');
    await pause(10);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(done => { setTimeout(done, ms); });
}
