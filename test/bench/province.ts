import { setTimeout as pause } from 'node:timers/promises';
import type { Id } from '../../contract/ids.ts';
import { cpuSeconds, rssMb } from './memory.ts';
import type { BenchOptions } from './options.ts';
import { LightConsole, type PulledIssue } from './province-console.ts';
import { mutationsPerSecond, rawCommitsPerSecond } from './province-limits.ts';
import { Operator } from './province-work.ts';
import { startWorld, type ProvinceWorld } from './province-world.ts';
import { percentile, round } from './statistics.ts';

const RECORDS = 2_000;
const WRITES_PER_SECOND = 50;
/** Sessions and streams that are opened at the same time. */
const AT_ONCE = 20;
/** The server makes its copies 20 s after its start; what is measured is daily life. */
const CALM_MS = 25_000;
const LAST_LOOKS_MS = 5_000;
const LIMIT_SECONDS = 15;

/** One province server, its PostgreSQL and many consoles on this machine: 50 mutations a second in all, then as many as it takes. */
export async function* benchProvince({ consoles: count, seconds, note }: BenchOptions): AsyncGenerator<Record<string, number | string>> {
  note('the province, its database and its consoles');
  const world = await startWorld(count, RECORDS);
  const consoles: LightConsole[] = [];
  try {
    const sightings = new Sightings();
    for (const identity of world.identities) consoles.push(new LightConsole(world.province.ready.address, identity, (one, rows) => { sightings.rows(one, rows); }));
    await inPortions(consoles, async one => { await one.openSession(); await one.follow(); });
    await pause(CALM_MS);
    note(`${seconds} s of daily life`);
    const life = await daily(world, consoles, seconds, sightings);
    for (const one of consoles) one.deafen();
    note('as many as it takes');
    const limits = { maxMutationsPerSecond: await mutationsPerSecond(consoles, LIMIT_SECONDS), rawCommitsPerSecond: await rawCommitsPerSecond(world, LIMIT_SECONDS) };
    yield { bench: 'province', consoles: count, seconds, ...life, ...limits };
  } finally {
    for (const one of consoles) one.close();
    await world.end();
  }
}

async function inPortions<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) await Promise.all(items.slice(from, from + AT_ONCE).map(work));
}

async function daily(world: ProvinceWorld, consoles: readonly LightConsole[], seconds: number, sightings: Sightings): Promise<Record<string, number>> {
  const pid = world.province.child.pid ?? 0;
  const operators = consoles.map((one, index) => new Operator(one, index));
  const acks: number[] = [];
  const memory: number[] = [];
  const under: Promise<void>[] = [];
  const startedAt = performance.now();
  const cpuBefore = cpuSeconds(pid);
  for (let nth = 0; nth < seconds * WRITES_PER_SECOND; nth += 1) {
    const waitMs = startedAt + nth / WRITES_PER_SECOND * 1_000 - performance.now();
    if (waitMs > 0) await pause(waitMs);
    // A step that shares no factor with the number of sites: the sites take turns and so do the consoles.
    const operator = operators[nth * 7_919 % operators.length];
    if (operator !== undefined) under.push(write(operator, sightings, acks));
    if (nth % WRITES_PER_SECOND === 0) memory.push(rssMb(pid));
  }
  const wallSeconds = (performance.now() - startedAt) / 1_000;
  const cpu = (cpuSeconds(pid) - cpuBefore) / wallSeconds;
  await Promise.all(under);
  await pause(LAST_LOOKS_MS);
  return {
    mutations: acks.length, ackMsP50: round(percentile(acks, 0.5), 1), ackMsP95: round(percentile(acks, 0.95), 1),
    seenElsewhereMsP50: round(percentile(sightings.samples, 0.5), 0), seenElsewhereMsP95: round(percentile(sightings.samples, 0.95), 0),
    unseen: sightings.unseen(consoles), looks: consoles.reduce((sum, one) => sum + one.looks, 0), triedAgain: consoles.reduce((sum, one) => sum + one.failures, 0), cpu: round(cpu), rssMb: Math.max(...memory),
  };
}

async function write(operator: Operator, sightings: Sightings, acks: number[]): Promise<void> {
  const { id, entries, name, payload } = operator.next();
  const writtenAt = performance.now();
  sightings.written(id, entries, operator.console, writtenAt);
  await operator.console.write(name, payload);
  acks.push(performance.now() - writtenAt);
}

/** When each console has first had each mutation, told by how many entries a record's history has. */
class Sightings {
  readonly samples: number[] = [];
  readonly #records = new Map<Id, { writer: LightConsole; writtenAt: number[] }>();
  readonly #seen = new Map<LightConsole, Map<Id, number>>();

  written(id: Id, entries: number, writer: LightConsole, atMs: number): void {
    const record = this.#records.get(id) ?? { writer, writtenAt: [] };
    record.writtenAt[entries - 1] = atMs;
    this.#records.set(id, record);
  }

  rows(by: LightConsole, rows: readonly PulledIssue[]): void {
    const nowMs = performance.now();
    const seen = this.#seen.get(by) ?? new Map<Id, number>();
    this.#seen.set(by, seen);
    for (const { id, data } of rows) {
      const record = this.#records.get(id);
      const entries = data.history?.length ?? 0;
      if (record === undefined || record.writer === by) continue;
      for (let nth = seen.get(id) ?? 0; nth < entries; nth += 1) this.samples.push(nowMs - (record.writtenAt[nth] ?? nowMs));
      seen.set(id, entries);
    }
  }

  /** Records whose last state some console of the writer's site does not have: none, or something was lost. */
  unseen(consoles: readonly LightConsole[]): number {
    const missing = [...this.#records].filter(([id, { writer, writtenAt }]) => consoles.some(one =>
      one !== writer && one.identity.siteId === writer.identity.siteId && (this.#seen.get(one)?.get(id) ?? 0) < writtenAt.length));
    return missing.length;
  }
}
