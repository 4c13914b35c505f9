import { join } from 'node:path';
import type { Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import { inScope } from '../../contract/org.ts';
import type { Row } from '../../contract/province.ts';
import { climb } from '../../province/ladder.ts';
import { setScope } from '../../province/places.ts';
import { KEPT_MS, prune } from '../../province/prune.ts';
import { World, CALM, LINES, type WorldOptions } from './world.ts';
import { edit, inBulk, mergedApart, work } from './work.ts';
import { check, checkKept, type Outcome } from './oracle.ts';
import { COMPARE_EVERY_MS, type SimDesk } from './desk.ts';

/** What happens in a run. Where people know many intents, most steps hold several of them. */
const STEPS = { few: 60, all: 50 };
/** Of people with one record, before somebody else has a turn. */
const MOST_STEPS = 6;
const MINUTE_MS = 60_000;
/** After all trouble has ended, everybody agrees within so much time. */
const HEAL_MS = 40 * MINUTE_MS;

export interface SimResult { seed: number; outcome: Outcome; faults: Record<string, number> }

/**
 * One run: a seed's consoles work, meet its faults, and agree in the end.
 *
 * @throws {Error} the promise that does not hold
 */
export async function simulate(options: WorldOptions): Promise<SimResult> {
  const world = await World.create({ ...options, folder: join(options.folder, String(options.seed)) });
  try {
    world.province.onEnded = () => { world.time.after(0, () => { void world.time.during(ended(world)); }); };
    if (world.knowsAll) everyMinute(world);
    await world.time.runFor(5_000);
    for (let at = 0; at < (world.knowsAll ? STEPS.all : STEPS.few); at += 1) {
      await step(world);
      await world.time.runFor(pause(world));
    }
    const agreeing = await heal(world);
    if (world.broken !== null) throw world.broken;
    if (!agreeing) throw new Error(`no agreement within ${HEAL_MS / MINUTE_MS} minutes: ${await told(world)}`);
    return { seed: options.seed, outcome: await check(world.province, world.desks), faults: world.faults.all() };
  } finally {
    await world.close();
  }
}

function pause({ random }: World): number {
  return random.chance(0.05) ? random.int(20 * MINUTE_MS) : random.chance(0.4) ? random.int(50) : random.int(15_000);
}

type Step = (world: World, desk: SimDesk) => Promise<void> | void;

const STEPS_BY_WEIGHT: readonly [number, Step][] = [
  [10, (world, desk) => world.receive(desk)],
  [26, async (world, desk) => {
    const ids = desk.issueIds();
    if (ids.length > 0) await change(world, desk, world.talkedOf(ids) ?? world.random.pick(ids));
  }],
  [8, apart],
  [3, async (world, desk) => { await change(world, desk, desk.issueIds()[0] ?? world.id()); await refused(world, desk); }],
  [10, badWeather],
  [8, (_, desk) => { Object.assign(desk.deps.weather, CALM); }],
  [4, (world, desk) => { desk.kill(); world.note('desk-killed'); desk.open(); }],
  [3, async world => { await ended(world); }],
  [4, world => { world.province.ambush(world.random.pick(['killed-before-commit', 'killed-after-commit', 'raced'])); }],
  [2, world => { world.province.troubleUntilMs = world.time.nowMs() + world.random.int(2 * MINUTE_MS); }],
  [2, backup],
  [2, restore],
  [3, clock],
  [4, moved],
  [1, deleted],
  [2, scopeChanged],
  [1, forgotten],
  [2, newerFields],
  [3, disk],
];
const MORE_STEPS: typeof STEPS_BY_WEIGHT = [
  [7, mergedApart],
  [6, apart],
  [4, inBulk],
];

async function step(world: World): Promise<void> {
  const steps = world.knowsAll ? [...STEPS_BY_WEIGHT, ...MORE_STEPS] : STEPS_BY_WEIGHT;
  let at = world.random.int(steps.reduce((sum, [weight]) => sum + weight, 0));
  const chosen = steps.find(([weight]) => (at -= weight) < 0)!;
  await world.time.during(Promise.resolve(chosen[1](world, world.random.pick(world.desks))));
  for (const desk of world.desks) checkKept(desk);
}

/** The server ends, and is started again by whoever watches over it. */
async function ended({ province, time, random }: World): Promise<void> {
  await province.kill();
  time.after(random.int(30_000), () => { void time.during(province.start()); });
}

/** People at this desk change a record: once, or as much as they do one after the other before somebody else has a turn. */
async function change(world: World, desk: SimDesk, id: Id): Promise<void> {
  world.lastChanged = id;
  await (world.knowsAll ? work(world, desk, id, 1 + world.random.int(MOST_STEPS)) : world.change(desk, id));
}

/** Two desks change the same record without hearing of each other. */
async function apart(world: World, desk: SimDesk): Promise<void> {
  const other = world.random.pick(world.knowsAll ? world.othersThan(desk) : world.desks);
  const known = desk.issueIds().filter(id => other.find(id) !== null);
  if (other === desk || known.length === 0) return;
  const id = world.talkedOf(known) ?? world.random.pick(known);
  const both = world.knowsAll && world.crew.chance(0.7) ? edit : change;
  await both(world, desk, id);
  await both(world, other, id);
  world.note('same-row');
}

/** A change that looks right here and that the province refuses: its person may not write in that place. */
async function refused(world: World, desk: SimDesk): Promise<void> {
  const { actor, station } = desk.deps;
  const elsewhere = { ...actor, scope: { siteIds: null, services: null } };
  const foreign = world.sites.find(id => station.scope.siteIds !== null && !station.scope.siteIds.includes(id));
  if (foreign === undefined) return;
  world.note('refused');
  await desk.actAs(elsewhere, 'issue.receive', world.report(foreign, desk));
}

function badWeather(world: World, desk: SimDesk): void {
  const { random } = world;
  const state = random.pick(['clear', 'clear', 'clear', 'down', 'down', 'portal', 'silent', 'wrong-province'] as const);
  if (state === 'down') world.note('link-down');
  Object.assign(desk.deps.weather, { state, cuts: random.unit() * 0.6, repeats: random.unit() * 0.3, gaps: random.chance(0.4) ? 0.6 : 0, latencyMs: random.pick([5, 20, 150, 1_500]) });
}

async function backup(world: World): Promise<void> {
  await world.province.engine.keep('backup');
}

async function restore(world: World): Promise<void> {
  await world.province.kill();
  await world.province.engine.restore('backup');
  world.note('province-restored');
  await world.province.start();
}

/** The disk fills up while somebody writes, or there is room again. */
async function disk(world: World, desk: SimDesk): Promise<void> {
  desk.setDisk(!desk.diskFull);
  for (let at = 0; desk.diskFull && at < 8; at += 1) {
    const saved = await desk.act('issue.receive', { ...world.report(desk.scope.siteIds?.[0] ?? world.sites[0]!, desk), description: world.text().repeat(300) });
    if (!saved) return;
  }
}

function clock(world: World, desk: SimDesk): void {
  desk.clockOffMs = world.random.pick([0, 86_400_000, -86_400_000, -10 * 365 * 86_400_000, 3 * 60_000, -7_200_000]);
  world.note('clock-set');
}

async function anyRecord(world: World): Promise<Id | null> {
  const rows = await world.province.rows(`kind = 'issue' AND NOT deleted`);
  return rows.length === 0 ? null : world.random.pick(rows).id;
}

async function moved(world: World): Promise<void> {
  const id = await anyRecord(world);
  if (id !== null && await world.province.change(id, { siteId: world.random.pick(world.sites) })) world.note('record-moved');
}

async function deleted(world: World): Promise<void> {
  const id = await anyRecord(world);
  if (id !== null && await world.province.change(id, { deleted: true })) world.note('record-deleted');
}

/** A console that sees everything sees one site from now on, or one that saw a site sees others. */
async function scopeChanged(world: World, desk: SimDesk): Promise<void> {
  const sites = world.random.chance(0.3) ? null : ['TT', 'H1', 'H2'].filter(() => world.random.chance(0.5));
  const lines = world.knowsAll && world.crew.chance(0.4) ? { services: world.crew.pick(LINES) } : {};
  await setScope(world.province.engine.db, desk.deps.station.stationCode, { sites, ...lines });
  world.note('scope-changed');
}

/** A running province looks every minute which reminders are due, and records them in its own name. */
function everyMinute(world: World): void {
  const { province, time } = world;
  const look = async (): Promise<void> => {
    if (!province.up) return;
    const recorded = await climb(province.engine.db, province.nowMs(), (what, error) => { world.broken ??= new Error(what, { cause: error }); });
    if (recorded > 0) world.note('ladder');
  };
  time.after(MINUTE_MS, () => { void time.during(look()).catch((error: unknown) => { world.broken ??= error; }); everyMinute(world); });
}

/** Half a year passes for what is deleted, at once. */
async function forgotten(world: World): Promise<void> {
  const { db } = world.province.engine;
  await prune(db, world.province.nowMs());
  await prune(db, world.province.nowMs() + KEPT_MS + 86_400_000);
  world.note('horizon-passed');
}

async function newerFields(world: World): Promise<void> {
  const id = await anyRecord(world);
  if (id !== null && await world.province.change(id, { data: { later: { told: world.text() } } })) world.note('newer-fields');
}

/** All trouble ends, and there is time enough for everybody to hear of everything. */
async function heal(world: World): Promise<boolean> {
  for (const desk of world.desks) {
    Object.assign(desk.deps.weather, CALM);
    if (desk.diskFull) desk.setDisk(false);
  }
  world.province.troubleUntilMs = 0;
  for (let ms = 0; ms < HEAL_MS; ms += MINUTE_MS) {
    await world.time.during(world.province.start());
    await world.time.runFor(MINUTE_MS);
    const head = await world.province.head();
    const records = await world.province.rows(`kind = 'issue' AND NOT deleted`);
    if (ms >= 2 * COMPARE_EVERY_MS + MINUTE_MS && world.desks.every(desk => agreed(desk, head, records))) return true;
  }
  return false;
}

async function told(world: World): Promise<string> {
  const head = await world.province.head();
  return [`head ${head}`, ...world.desks.map(desk => `${desk.deps.station.stationCode} ${JSON.stringify({ ...desk.state(), ...desk.trouble() })}`)].join('\n  ');
}

/** @param records what the province has: a change that waits for one of these, where this console may see it, must not wait any longer */
function agreed(desk: SimDesk, head: number, records: readonly Pick<Row, 'id' | 'data'>[]): boolean {
  const { pending, cursor } = desk.state();
  const [held, { scope }] = [desk.heldIds(), desk];
  const waitsInVain = records.some(row => held.has(row.id) && inScope(scope, row.data as unknown as Issue));
  return pending === 0 && !waitsInVain && cursor?.split('.')[2] === String(head);
}
