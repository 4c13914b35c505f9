import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FAULTS, FaultCounts, type Fault } from './faults.ts';
import { emptyTally, joined, replayOf, TAKEN_INTENTS, type Tally } from './seeds.ts';

const HELP = `npm run sim -- [--seeds 1..200] [--json]

Mô phỏng tất định: một tỉnh, hai đến năm bàn, đồng hồ ảo, đường truyền trong bộ nhớ, mọi sự cố rút thăm theo hạt giống.
Hạt giống nào hỏng thì in lệnh chạy lại đúng nó; sự cố nào không xảy ra lần nào thì cả lượt chạy bị coi là hỏng.`;

const TOLD_EVERY = 50;

function seedsOf(text: string): number[] {
  const range = /^(\d{1,9})\.\.(\d{1,9})$/.exec(text);
  const [from, to] = range === null ? [Number(text), Number(text)] : [Number(range[1]), Number(range[2])];
  if (!Number.isSafeInteger(from) || to < from) throw new Error(`--seeds ${text}: cần dạng 1..200`);
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** Every process takes each n-th seed: the slow ones are spread. */
function run(seeds: readonly number[], onOne: (tally: Tally) => void): Promise<void[]> {
  const workers = Math.min(availableParallelism(), seeds.length);
  return Promise.all(Array.from({ length: workers }, (_, at) => new Promise<void>((resolve, reject) => {
    const mine = seeds.filter((_seed, place) => place % workers === at);
    const child = fork(join(import.meta.dirname, 'worker.ts'), mine.map(String));
    child.on('message', tally => { onOne(tally as Tally); });
    child.once('exit', code => { if (code === 0) resolve(); else reject(new Error(`a process of the simulation ended with ${String(code)}`)); });
  })));
}

function print(tally: Tally): void {
  const { mutations, applied, merged, conflict, rejected } = tally.outcome;
  console.log(`${tally.runs} lượt, ${tally.failed.length} hỏng`);
  console.log(`${mutations} thay đổi = ${applied} applied + ${merged} merged + ${conflict} conflict + ${rejected} rejected`);
  for (const [name, { taken, refused }] of Object.entries(tally.outcome.intents).sort()) console.log(`${String(taken).padStart(8)}  ${name.padEnd(30)} ${refused} bị từ chối`);
  for (const [fault, count] of Object.entries(tally.faults)) console.log(`${String(count).padStart(8)}  ${fault.padEnd(30)} ${FAULTS[fault as Fault]}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { seeds: { type: 'string', default: '1..200' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) { console.log(HELP); return 0; }
  const seeds = seedsOf(values.seeds);
  let all = emptyTally();
  await run(seeds, one => {
    all = joined(all, one);
    for (const { seed, why } of one.failed) console.error(`hạt giống ${seed} hỏng: ${why}\n  chạy lại: ${replayOf(seed)}`);
    if (all.runs % TOLD_EVERY === 0) console.error(`${all.runs}/${seeds.length}`);
  });
  const faults = new FaultCounts();
  faults.add(all.faults);
  if (values.json) console.log(JSON.stringify(all));
  else print(all);
  // A single seed does not meet everything.
  const missing = seeds.length >= 50 ? faults.missing() : [];
  if (seeds.length >= 200) missing.push(...TAKEN_INTENTS.filter(name => (all.outcome.intents[name]?.taken ?? 0) === 0));
  if (missing.length > 0) console.error(`chưa lần nào xảy ra: ${missing.join(', ')}`);
  return all.failed.length + missing.length === 0 ? 0 : 1;
}

process.exitCode = await main();
