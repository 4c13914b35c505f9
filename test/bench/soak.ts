import { setTimeout as pause } from 'node:timers/promises';
import { startBrowser } from '../support/browser.ts';
import { chanceOf } from '../support/chance.ts';
import { rssMb } from './memory.ts';
import type { BenchOptions } from './options.ts';
import { AlarmWatch } from './soak-alarms.ts';
import { growthOf, type Growth, type Sample } from './soak-growth.ts';
import { heapMb } from './soak-heap.ts';
import { Load } from './soak-load.ts';
import { SoakPage } from './soak-page.ts';
import { Work } from './soak-work.ts';
import { startSoak, type SoakDesk, type SoakWorld } from './soak-world.ts';
import { percentile, round } from './statistics.ts';

const SEED = 20_261_129;
const RECORDS_PER_SECOND = 5;
const EDITS_PER_SECOND = 2.5;
const SAMPLE_EVERY_MS = 10_000;
/** A run that is too short for samples each ten seconds has so many. */
const SAMPLES_AT_LEAST = 40;
const CUT_EVERY_MS = 15 * 60_000;
const CUT_FOR_MS = 60_000;
/** However short a run is, so many cuts. */
const CUTS_AT_LEAST = 4;
/** Of the run. */
const HEAPS_FIRST_AT = 0.15;
const TOUCH_EVERY_MS = 30_000;
const ALARMS_END_WITHIN_MS = 40_000;

/** What is measured in the run, by what it is of; `at` of a sample is the share of the run that is over. */
interface Measured { cores: Sample[][]; province: Sample[]; page: Sample[]; nodes: Sample[]; listeners: Sample[]; heaps: number[]; provinceHeaps: number[]; rows: Sample[]; stallMs: number[] }

interface Parts { world: SoakWorld; alarms: AlarmWatch; work: Work; load: Load; page: SoakPage; failures: Failures; note: (text: string) => void }

/**
 * A shift of hours: records come in, alarms ring and are taken up, four operators edit, links go and come back, a page is worked in. One line: whether memory stays
 * flat, whether an alarm was missed, whether all hold the same in the end.
 */
export async function* benchSoak({ minutes, note }: BenchOptions): AsyncGenerator<Record<string, number | string | boolean>> {
  const browser = await startBrowser();
  try {
    note('starting a province and four consoles');
    const world = await startSoak(note);
    try {
      const failures = new Failures(note);
      const [chance, failed] = [chanceOf(SEED), failures.add];
      const alarms = new AlarmWatch(world.desks, chance, failed, note);
      const work = new Work(world.desks, chance, failed);
      const load = new Load(world.desks, { chance, alarms, work, failed });
      await alarms.start();
      await work.start();
      const page = await SoakPage.open(browser, world.desks[0]!, chance);
      yield { bench: 'soak', minutes, ...await soak({ world, alarms, work, load, page, failures, note }, minutes * 60_000) };
    } finally {
      await world.end();
    }
  } finally {
    await browser.close();
  }
}

async function soak(parts: Parts, totalMs: number): Promise<Record<string, number | string | boolean>> {
  const { world, alarms, work, load, page, failures, note } = parts;
  const measured: Measured = { cores: world.desks.map(() => []), province: [], page: [], nodes: [], listeners: [], heaps: [], provinceHeaps: [], rows: [], stallMs: [] };
  const ended = new AbortController();
  const startMs = performance.now();
  const at = (): number => (performance.now() - startMs) / totalMs;
  const everyMs = Math.min(SAMPLE_EVERY_MS, totalMs / SAMPLES_AT_LEAST);
  const timer = setTimeout(() => { ended.abort(); }, totalMs);
  const timers = [every(TOUCH_EVERY_MS, failures, () => Promise.all(world.desks.map(desk => desk.client.auth.touch({})))), ...watchMemory(parts, measured, everyMs, at)];
  const cuts = cutNowAndThen(parts, totalMs, ended.signal);
  let workedMs = totalMs;
  await Promise.all([
    load.run(RECORDS_PER_SECOND, ended.signal).then(() => { workedMs = performance.now() - startMs; }), work.run(EDITS_PER_SECOND, ended.signal), heaps(parts, measured, totalMs, ended.signal),
    page.run(everyMs, ended.signal, ({ heapMb: value, nodes, listeners }) => {
      measured.page.push({ at: at(), value });
      measured.nodes.push({ at: at(), value: nodes });
      measured.listeners.push({ at: at(), value: listeners });
    }, failures.add),
  ]);
  for (const one of [timer, ...timers]) clearInterval(one);
  note('waiting until everything is sent, then comparing');
  for (let waitedMs = 0; alarms.open > 0 && waitedMs < ALARMS_END_WITHIN_MS; waitedMs += 100) await pause(100);
  alarms.close();
  const attention = (await Promise.all(world.desks.map(({ client }) => client.sync.attention({})))).flat();
  for (const { name, status, error } of attention.slice(0, 5)) note(`in attention: ${name} ${status} ${JSON.stringify(error)}`);
  const { rows, equal } = await world.compare();
  const ringing = (await Promise.all(world.desks.map(({ client }) => client.alarms.state({})))).flatMap(state => state.alarms).filter(alarm => alarm.kind === 'new').length;
  return {
    recordsIn: load.received, recordsPerSecond: round(load.received / workedMs * 1_000), edits: work.edits, editsPerSecond: round(work.edits / workedMs * 1_000), saveMsP95: round(percentile(load.saveMs, 0.95), 1),
    alarms: alarms.count, alarmsMissed: alarms.missed, alarmMsP50: round(percentile(alarms.ms, 0.5), 0), alarmMsP95: round(percentile(alarms.ms, 0.95), 0),
    alarmsAfterCut: alarms.heldMs.length, ...(alarms.heldMs.length === 0 ? {} : { alarmAfterCutMsP95: round(percentile(alarms.heldMs, 0.95), 0) }), alarmsLeft: ringing,
    cuts: await cuts, ...figures(measured), pageRounds: page.rounds, stallMsP95: round(percentile(measured.stallMs, 0.95), 1), stallMsWorst: round(Math.max(...measured.stallMs), 0),
    rowsFirstQuarter: rows - load.received + (measured.rows.find(sample => sample.at >= 0.25)?.value ?? 0), rowsLast: rows,
    attention: attention.length, failures: failures.count, equal,
  };
}

/** Memory of the four cores and the province, and how long a short question of a screen waits. */
function watchMemory({ world, load, failures }: Parts, measured: Measured, everyMs: number, at: () => number): NodeJS.Timeout[] {
  const memory = every(everyMs, failures, async () => {
    for (const [nth, desk] of world.desks.entries()) measured.cores[nth]!.push({ at: at(), value: rssMb(desk.corePid) });
    measured.province.push({ at: at(), value: rssMb(world.provincePid()) });
    measured.rows.push({ at: at(), value: load.received });
  });
  const ask = async ({ client }: SoakDesk): Promise<void> => {
    const askedMs = performance.now();
    await client.sync.status({});
    measured.stallMs.push(performance.now() - askedMs);
  };
  return [memory, every(1_000, failures, () => Promise.all(world.desks.map(ask)))];
}

/**
 * Heaps of the page's desk and the province, twice: a full clearing up changes how a program goes on, so the first is early enough to be forgotten when the
 * second quarter begins, the second at the end.
 */
async function heaps({ world, note }: Parts, measured: Measured, totalMs: number, signal: AbortSignal): Promise<void> {
  const desk = world.desks[0]!;
  const look = async (): Promise<void> => {
    measured.heaps.push(await heapMb(desk.corePid, desk.inspectPort));
    measured.provinceHeaps.push(await heapMb(world.provincePid(), world.provinceInspectPort));
  };
  const until = (share: number): Promise<unknown> => pause(totalMs * share, undefined, { signal }).catch(() => undefined);
  await until(HEAPS_FIRST_AT);
  await look();
  await until(0.25 - HEAPS_FIRST_AT);
  for (let quarter = 1; quarter <= 4; quarter += 1) {
    note(`quarter ${quarter} is over: cores ${world.desks.map(one => rssMb(one.corePid)).join(' ')} MB, province ${rssMb(world.provincePid())} MB, page ${round(measured.page.at(-1)?.value ?? 0, 1)} MB`);
    if (quarter < 4) await until(0.25);
  }
  await look();
}

/** One desk after the other is without a link for a while. @returns how many times */
async function cutNowAndThen({ world, alarms, note }: Parts, totalMs: number, signal: AbortSignal): Promise<number> {
  const everyMs = Math.min(CUT_EVERY_MS, totalMs / CUTS_AT_LEAST);
  const forMs = Math.min(CUT_FOR_MS, everyMs / 4);
  let cuts = 0;
  await pause(everyMs / 2, undefined, { signal }).catch(() => undefined);
  for (; !signal.aborted; cuts += 1) {
    const desk = world.desks[cuts % world.desks.length]!;
    note(`${desk.name} is without a link for ${round(forMs / 1_000, 0)} s`);
    desk.isLinked = false;
    await desk.proxy.refuse();
    alarms.cut(desk);
    await pause(forMs, undefined, { signal }).catch(() => undefined);
    await desk.proxy.accept();
    desk.isLinked = true;
    alarms.back(desk);
    await pause(everyMs - forMs, undefined, { signal }).catch(() => undefined);
  }
  return cuts;
}

function figures(measured: Measured): Record<string, number> {
  const [core] = measured.cores.map(growthOf).toSorted((a, b) => b.growthPct - a.growthPct);
  const named = (name: string, unit: string, growth: Growth): Record<string, number> => ({
    [`${name}${unit}FirstQuarter`]: growth.firstQuarter, [`${name}${unit}SecondQuarter`]: growth.secondQuarter, [`${name}${unit}Last`]: growth.last, [`${name}${unit === 'Mb' ? '' : unit}GrowthPct`]: growth.growthPct,
  });
  const [nodes, listeners] = [growthOf(measured.nodes), growthOf(measured.listeners)];
  const heap = (list: number[]): [number, number] => [round(list[0] ?? 0, 1), round(list.at(-1) ?? 0, 1)];
  const [[coreHeapMbFirstQuarter, coreHeapMbLast], [provinceHeapMbFirstQuarter, provinceHeapMbLast]] = [heap(measured.heaps), heap(measured.provinceHeaps)];
  return {
    ...named('core', 'Mb', core!), coreHeapMbFirstQuarter, coreHeapMbLast, ...named('page', 'Mb', growthOf(measured.page)),
    pageNodesFirstQuarter: nodes.firstQuarter, pageNodesLast: nodes.last, pageListenersFirstQuarter: listeners.firstQuarter, pageListenersLast: listeners.last,
    ...named('province', 'Mb', growthOf(measured.province)), provinceHeapMbFirstQuarter, provinceHeapMbLast,
  };
}

function every(ms: number, failures: Failures, run: () => Promise<unknown>): NodeJS.Timeout {
  return setInterval(() => { run().catch((error: unknown) => { failures.add('in between', error); }); }, ms);
}

/** What was asked for and refused, or went wrong in the page: each is a fault, here or in the product. */
class Failures {
  count = 0;
  readonly #note: (text: string) => void;

  constructor(note: (text: string) => void) {
    this.#note = note;
  }

  readonly add = (what: string, error: unknown): void => {
    this.count += 1;
    const data = (error as { data?: unknown }).data;
    this.#note(`${what} failed: ${data === undefined ? String(error) : JSON.stringify(data)}`);
  };
}
