import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { emptyTally, joined, replayOf, type Tally } from './run.ts';

const HELP = `npm run fuzz -- [--messages 100000] [--from 0] [--json]

Gửi các thông điệp thật đã bị làm hỏng (lật bit, cắt, nhân đôi, ghép, sai kiểu, lồng sâu, khóa lạ) vào mọi cửa nhận dữ liệu từ ngoài:
tỉnh, bàn, tệp USB. Mỗi thông điệp do một hạt giống quyết định; thông điệp làm hỏng được ghi ra tệp, kèm lệnh gửi lại.`;

/** Each process takes its share of the seeds. */
function run(from: number, messages: number, onSome: (tally: Tally) => void): Promise<void[]> {
  const workers = Math.min(availableParallelism(), messages);
  const share = Math.ceil(messages / workers);
  return Promise.all(Array.from({ length: workers }, (_, at) => new Promise<void>((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'worker.ts'), [from + at * share, Math.min(from + messages, from + (at + 1) * share)].map(String));
    child.on('message', tally => { onSome(tally as Tally); });
    child.once('exit', code => { if (code === 0) resolve(); else reject(new Error(`a process ended with ${String(code)}`)); });
  })));
}

function print({ counts, failures, slowestMs }: Tally): void {
  const all = Object.values(counts);
  const [sent, taken] = [all.reduce((sum, { messages }) => sum + messages, 0), all.reduce((sum, one) => sum + one.taken, 0)];
  console.log('loại             gửi   từ chối  nhận được  đi hết đường');
  for (const [kind, { messages, refused, accepted, taken: through }] of Object.entries(counts)) {
    console.log(`${kind.padEnd(13)}${String(messages).padStart(8)}${String(refused).padStart(10)}${String(accepted).padStart(11)}${String(through).padStart(14)}`);
  }
  console.log(`${sent} thông điệp, ${taken} (${(taken / sent * 100).toFixed(1)} %) qua socket hoặc vào cơ sở dữ liệu, số còn lại chỉ giải mã; nặng nhất ${Math.round(slowestMs)} ms CPU; ${failures.length} hỏng`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { messages: { type: 'string', default: '100000' }, from: { type: 'string', default: '0' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) { console.log(HELP); return 0; }
  const [from, messages] = [Number(values.from), Number(values.messages)];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(messages) || from < 0 || messages < 1) throw new Error('--from, --messages: cần số nguyên');
  let all = emptyTally();
  await run(from, messages, some => {
    all = joined(all, some);
    for (const { seed, kind, why, file } of some.failures) console.error(`${kind} hỏng: ${why}\n  thông điệp: ${file}\n  gửi lại: ${replayOf(seed)}`);
  });
  if (values.json) console.log(JSON.stringify(all));
  else print(all);
  return all.failures.length === 0 ? 0 : 1;
}

process.exitCode = await main();
