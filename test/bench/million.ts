import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { enrolStation, refusalOf } from '../province/support.ts';
import { startConsole, temporaryFolder } from '../support/processes.ts';
import { TcpProxy, type Shape } from '../support/tcp-proxy.ts';
import { connectWire } from '../support/wire.ts';
import { coreRssMb, rssMb } from './memory.ts';
import { wholeOfConsole, wholeOfProvince, type Whole } from './million-equal.ts';
import { startMillion, type MillionWorld } from './million-world.ts';
import type { BenchOptions } from './options.ts';
import { round } from './statistics.ts';

/** 10 Mbit/s each way, 50 ms round trip. */
const LINK: Shape = { rateBytesPerSecond: 1_250_000, delayMs: 25 };
const CUT_EVERY_MS = 20_000;
const LOOK_EVERY_MS = 250;

interface Loaded { ms: number; wordsMs: number; downBytes: number; cuts: number; rssMb: number; repaired: number; whole: Whole }

/** A replica of very many rows, made once by the province and loaded twice: over an uncut link and over one that is cut every 20 s. */
export async function* benchMillion({ rows, note }: BenchOptions): AsyncGenerator<Record<string, number | string | boolean>> {
  note(`filling a province with ${rows} records`);
  const world = await startMillion(rows, note);
  const proxy = await TcpProxy.start({ targetPort: Number(new URL(world.province.ready.address).port), up: LINK, down: LINK });
  const province = watchMemory(() => rssMb(world.province.child.pid ?? 0));
  try {
    note('the province makes its copy');
    const make = await firstCopy(world);
    note(`made in ${make.makeMs} ms; loaded uncut`);
    const uncut = await load(world, proxy, null);
    note(`${uncut.ms} ms; loaded with cuts`);
    const cut = await load(world, proxy, CUT_EVERY_MS);
    const provinceRssMb = province.stop();
    note('comparing every row');
    const whole = await world.afterwards(wholeOfProvince);
    yield {
      bench: 'million', engine: world.engine, rows, ...make, uncutMs: uncut.ms, uncutWordsMs: uncut.wordsMs, uncutBytes: uncut.downBytes,
      cutMs: cut.ms, cutBytes: cut.downBytes, bytesRatio: round(cut.downBytes / uncut.downBytes, 3), cuts: cut.cuts,
      equal: isDeepStrictEqual(uncut.whole, whole) && isDeepStrictEqual(cut.whole, whole), repaired: uncut.repaired + cut.repaired,
      clientRssMb: Math.max(uncut.rssMb, cut.rssMb), provinceRssMb,
    };
  } finally {
    province.stop();
    await proxy.close();
    await world.end();
  }
}

/** From the first station's question to the manifest, as a console asks; and how long anybody else's short question took meanwhile. */
async function firstCopy({ province: { ready } }: MillionWorld): Promise<{ makeMs: number; toldToWait: number; worstAnswerMs: number }> {
  const station = await enrolStation(ready.address, codeOf(ready.codes));
  const others = { asking: true, worstMs: 0 };
  const asking = (async () => {
    for (; others.asking; await pause(LOOK_EVERY_MS)) {
      const askedAt = performance.now();
      await station.client.health();
      others.worstMs = Math.max(others.worstMs, performance.now() - askedAt);
    }
  })();
  const startedAt = performance.now();
  let toldToWait = 0;
  for (;;) {
    const refused = await refusalOf(station.client.sync.snapshot()).then(() => true, () => false);
    if (!refused) break;
    toldToWait += 1;
    await pause(LOOK_EVERY_MS);
  }
  await station.client.sync.snapshot();
  const makeMs = round(performance.now() - startedAt, 0);
  others.asking = false;
  await asking;
  return { makeMs, toldToWait, worstAnswerMs: round(others.worstMs, 0) };
}

async function load({ province: { ready } }: MillionWorld, proxy: TcpProxy, cutEveryMs: number | null): Promise<Loaded> {
  const folder = temporaryFolder('bench-million-desk');
  const running = await startConsole({ data: folder.path });
  const { client, close } = await connectWire(running.ready.address);
  const memory = watchMemory(() => coreRssMb(running.ready.pid));
  let cuts = 0;
  const cutting = cutEveryMs === null ? undefined : setInterval(() => { proxy.cut(); cuts += 1; }, cutEveryMs);
  try {
    await client.station.enrol({ address: proxy.address, code: codeOf(ready.codes), stationName: 'Bàn đo' });
    const before = proxy.bytes().down;
    const startedAt = performance.now();
    const until = async (isSo: (status: Awaited<ReturnType<typeof client.sync.status>>) => boolean): Promise<number> => {
      while (!isSo(await client.sync.status({}))) await pause(LOOK_EVERY_MS);
      return round(performance.now() - startedAt, 0);
    };
    const ms = await until(status => status.loading === null && status.lastSyncAtMs !== null);
    const downBytes = proxy.bytes().down - before;
    clearInterval(cutting);
    const wordsMs = await until(status => !status.textBehind);
    const { repairedRows } = await client.sync.status({});
    const rss = memory.stop();
    close();
    await running.stop();
    const whole = wholeOfConsole(join(folder.path, 'console.db'), readFileSync(join(folder.path, 'key'), 'utf8').trim());
    return { ms, wordsMs, downBytes, cuts, rssMb: rss, repaired: repairedRows ?? 0, whole };
  } finally {
    clearInterval(cutting);
    memory.stop();
    close();
    await running.stop();
    folder.remove();
  }
}

/** The most that a process was seen to hold. */
function watchMemory(nowMb: () => number): { stop(): number } {
  const seen = { most: 0 };
  const timer = setInterval(() => { seen.most = Math.max(seen.most, nowMb()); }, LOOK_EVERY_MS);
  return { stop() { clearInterval(timer); return seen.most; } };
}

function codeOf(codes: { site: string; code: string }[]): string {
  const at = codes.findIndex(({ site }) => site === codes[0]?.site);
  return codes.splice(at, 1)[0]?.code ?? '';
}
