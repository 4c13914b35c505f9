import { chanceOf } from '../support/chance.ts';
import { POINTS, type Point, type Scene } from './points.ts';
import type { Ending } from './promises.ts';
import type { Engine } from './province.ts';
import { eventually, KillStage } from './stage.ts';

/** How often a point was hit, and how often everything held after it. */
export interface Count { times: number; ok: number }
export interface Failure { seed: number; engine: Engine; point: string; why: string }
export interface Tally { counts: Record<string, Count>; failures: Failure[]; endings: Ending[] }

/** A process that is not killed within this time never comes to its point. */
const KILLED_WITHIN_MS = 20_000;
/** Every so many kills the two consoles also change the same record at once, so that all four verdicts occur. */
const CONTEST_EVERY = 3;

export function emptyTally(): Tally {
  return { counts: Object.fromEntries(POINTS.map(point => [nameOf(point), { times: 0, ok: 0 }])), failures: [], endings: [] };
}

export function nameOf({ victim, name }: Point): string {
  return `${victim}: ${name}`;
}

/** The sum of two tallies. */
export function joined(a: Tally, b: Tally): Tally {
  const counts = Object.fromEntries(Object.entries(a.counts).map(([name, { times, ok }]) =>
    [name, { times: times + (b.counts[name]?.times ?? 0), ok: ok + (b.counts[name]?.ok ?? 0) }]));
  return { counts, failures: [...a.failures, ...b.failures], endings: [...a.endings, ...b.endings] };
}

/** How to see one kill again. */
export function replayOf({ seed, engine }: Pick<Failure, 'seed' | 'engine'>): string {
  return `npm run kills -- --engine ${engine} --from ${seed} --times 1`;
}

/** Kills once a seed, at the point that the seed names. One that fails does not stop the others: they go on in a new province. */
export async function runKills(engine: Engine, seeds: readonly number[], told: (tally: Tally) => void = () => undefined): Promise<Tally> {
  let all = emptyTally();
  let stage: KillStage | null = null;
  let ending: Ending | null = null;
  for (const seed of seeds) {
    const point = pointOf(seed);
    const some = emptyTally();
    const count = some.counts[nameOf(point)] ?? { times: 0, ok: 0 };
    try {
      stage ??= await KillStage.open(engine);
      ending = await killOnce(stage, point, seed, count);
      count.ok += 1;
    } catch (error) {
      some.failures.push({ seed, engine, point: nameOf(point), why: error instanceof Error ? String(error.stack) : String(error) });
      if (ending !== null) some.endings.push(ending);
      await stage?.close();
      [stage, ending] = [null, null];
    }
    told(some);
    all = joined(all, some);
  }
  if (ending !== null) {
    const last = { ...emptyTally(), endings: [ending] };
    told(last);
    all = joined(all, last);
  }
  await stage?.close();
  return all;
}

function pointOf(seed: number): Point {
  const point = POINTS[seed % POINTS.length];
  if (point === undefined) throw new Error('no points');
  return point;
}

async function killOnce(stage: KillStage, point: Point, seed: number, count: { times: number }): Promise<Ending> {
  const chance = chanceOf(seed);
  const [a, b] = chance() < 0.5 ? [...stage.consoles] : [...stage.consoles].reverse();
  if (a === undefined || b === undefined) throw new Error('the stage has two consoles');
  const scene: Scene = { stage, a, b, id: await b.receive(), chance };
  await seen(scene, scene.id);
  if (seed % CONTEST_EVERY === 0) await contest(scene);
  const victim = point.victim === 'core' ? a : stage.province;
  await point.lead(scene);
  const how = await Promise.race([victim.victim.ended, pause()]);
  if (how !== 'SIGKILL') throw new Error(`was never killed at this point (${how})`);
  count.times += 1;
  const ending = await stage.settle();
  await point.after?.(scene);
  return ending;
}

/** Both change one record without knowing of each other: one edit loses in part or whole, and one step comes too late. */
async function contest(scene: Scene): Promise<void> {
  const { a, b, chance } = scene;
  const id = await a.receive();
  await seen(scene, id);
  a.proxy.silence(true);
  await a.edit(id, chance() < 0.5);
  await a.verify(id);
  await b.edit(id, false);
  await b.verify(id);
  await eventually(async () => (await b.status()).pending === 0, 'the other console’s changes at the province');
  a.proxy.silence(false);
}

async function seen({ a, b }: Scene, id: string): Promise<void> {
  await eventually(async () => [a, b].every(console => typeof console.find(id)?.displayNo === 'string'), 'the record at both consoles');
}

function pause(): Promise<string> {
  return new Promise(resolve => { setTimeout(() => { resolve('still running'); }, KILLED_WITHIN_MS).unref(); });
}
