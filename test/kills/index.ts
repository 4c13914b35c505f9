import { fork } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { postgresMissing } from '../province/postgres.ts';
import type { Ending } from './promises.ts';
import type { Engine } from './province.ts';
import { emptyTally, joined, replayOf, type Tally } from './run.ts';

const HELP = `npm run kills -- [--times 200] [--from 0] [--engine pglite|postgresql] [--json]

Giết (SIGKILL) lõi của bàn và máy chủ tỉnh ở những điểm có tên, cho chạy lại trên cùng các tệp, rồi kiểm: điều gì đã báo là lưu thì còn,
đúng một lần; mỗi thay đổi một phán quyết; hai bên bằng nhau từng dòng; cơ sở dữ liệu nguyên vẹn. Điểm và thời điểm do hạt giống quyết định.
Không nêu --engine: lần lượt cả hai máy cơ sở dữ liệu, nếu máy này có PostgreSQL. Điểm nào không lần nào bị giết thì cả lượt chạy là hỏng.`;

/** One process an engine, side by side. */
function run(engine: Engine, seeds: number[], onSome: (tally: Tally) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'worker.ts'), [engine, ...seeds.map(String)]);
    child.on('message', tally => { onSome(tally as Tally); });
    child.once('exit', code => { if (code === 0) resolve(); else reject(new Error(`a process ended with ${String(code)}`)); });
  });
}

function enginesOf(asked: string | undefined): Engine[] {
  const missing = postgresMissing();
  if (asked === 'pglite' || asked === 'postgresql') {
    if (asked === 'postgresql' && missing !== null) throw new Error(missing);
    return [asked];
  }
  if (asked !== undefined) throw new Error('--engine: pglite, postgresql');
  if (missing !== null) console.warn(`skipped: kills over PostgreSQL (${missing})`);
  return missing === null ? ['pglite', 'postgresql'] : ['pglite'];
}

function print({ counts, failures, endings }: Tally): void {
  console.log('điểm                                    lần    đạt');
  for (const [point, { times, ok }] of Object.entries(counts)) console.log(`${point.padEnd(36)}${String(times).padStart(7)}${String(ok).padStart(7)}`);
  const sum = (key: keyof Ending): number => endings.reduce((all, ending) => all + ending[key], 0);
  const all = Object.values(counts).reduce((total, { times }) => total + times, 0);
  console.log(`${all} lần giết; ${sum('changes')} thay đổi = ${sum('applied')} applied + ${sum('merged')} merged + ${sum('conflict')} conflict + ${sum('rejected')} rejected; ${failures.length} hỏng`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: {
    times: { type: 'string', default: '200' }, from: { type: 'string', default: '0' }, engine: { type: 'string' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
  } });
  if (values.help) { console.log(HELP); return 0; }
  const [from, times] = [Number(values.from), Number(values.times)];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(times) || from < 0 || times < 1) throw new Error('--from, --times: cần số nguyên');
  const engines = enginesOf(values.engine);
  let all = emptyTally();
  const seeds = Array.from({ length: times }, (_, nth) => from + nth);
  await Promise.all(engines.map((engine, at) => run(engine, seeds.filter((_, nth) => Math.floor(nth * engines.length / times) === at), some => {
    all = joined(all, some);
    for (const failure of some.failures) console.error(`${failure.point} (${engine}) hỏng: ${failure.why}\n  chạy lại: ${replayOf(failure)}`);
  })));
  if (values.json) console.log(JSON.stringify(all));
  else print(all);
  const missed = times < Object.keys(all.counts).length ? [] : Object.entries(all.counts).filter(([, { times: hit }]) => hit === 0).map(([name]) => name);
  if (missed.length > 0) console.error(`không lần nào tới được: ${missed.join('; ')}`);
  return all.failures.length + missed.length === 0 ? 0 : 1;
}

process.exitCode = await main();
