import { parseArgs } from 'node:util';
import type { BenchOptions } from './options.ts';
import { benchMillion } from './million.ts';
import { benchProvince } from './province.ts';
import { benchQueue } from './queue.ts';
import { benchReplan } from './replan.ts';
import { benchRoster } from './roster.ts';
import { benchRosterLines } from './roster-lines.ts';
import { benchRosterLong } from './roster-long.ts';
import { benchRosterPage } from './roster-page.ts';
import { benchSoak } from './soak.ts';
import { benchStartup } from './startup.ts';
import { benchSync } from './sync.ts';

/** A measurement: figures by name, one object a line of output. */
type Bench = (options: BenchOptions) => AsyncIterable<Record<string, number | string | boolean>>;

const BENCHES: Record<string, { run: Bench; says: string }> = {
  queue: { run: benchQueue, says: 'trang, tìm kiếm, đếm và phân loại hàng loạt trên cơ sở dữ liệu tại máy (--rows, mặc định 1000000)' },
  startup: { run: benchStartup, says: 'từ lúc chạy tiến trình lõi đến trang đầu tiên, trung vị của --runs lần (mặc định 5)' },
  province: { run: benchProvince, says: 'một máy chủ tỉnh với --consoles bàn (mặc định 1000) trong --seconds giây (mặc định 120); cần PostgreSQL của Debian' },
  million: { run: benchMillion, says: 'bản sao --rows bản ghi (mặc định 1000000) qua đường 10 Mbit/s, không đứt và đứt mỗi 20 giây; PostgreSQL của Debian nếu có' },
  soak: { run: benchSoak, says: 'bốn bàn và một trang Chromium làm việc --minutes phút (mặc định 120): bộ nhớ, báo động bị sót, dữ liệu khớp; cần Chromium' },
  roster: { run: benchRoster, says: 'phân ca theo các bài mẫu công khai trong --instances THƯ_MỤC, mỗi bài --seconds giây (mặc định 120), trung vị của --runs lần (mặc định 1)' },
  'roster-lines': { run: benchRosterLines, says: 'các đường dây 113, 114, 115 với số người hiện có và số tối thiểu: bảng trực đầu tiên, chứng minh tốt nhất, ca không ai trực được' },
  'roster-long': { run: benchRosterLong, says: 'phân ca 8 và 12 tuần, 20 đến 40 người, mỗi bài --seconds giây (mặc định 120): bảng hợp lệ đầu tiên, tốt nhất, cận dưới' },
  'roster-page': { run: benchRosterPage, says: 'trang trong lúc bộ xếp lịch chạy, --runs lần mỗi tuyến (mặc định 3): lần đứng lâu nhất, từ Esc đến lúc dừng; cần Chromium' },
  replan: { run: benchReplan, says: 'một người vắng, xếp lại ít thay đổi nhất: 115, 113, 10 người, 30 người trong 84 ngày, mỗi trường hợp --runs lần (mặc định 10); đối chiếu với số ô ít nhất đã chứng minh' },
  sync: { run: benchSync, says: 'bản sao đầu, gửi sửa đổi, một lần đứt, không có gì mới; đường truyền chậm và nhanh' },
};

const HELP = `npm run -s bench -- TÊN [--rows N] [--runs N] [--consoles N] [--seconds N] [--minutes N] [--instances THƯ_MỤC] [--json]\n\n${
  Object.entries(BENCHES).map(([name, bench]) => `  ${name.padEnd(12)} ${bench.says}`).join('\n')
}\n\n--json: mỗi dòng một đối tượng JSON, ngoài ra không in gì lên đầu ra chuẩn (-s: để npm cũng không in gì).`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rows: { type: 'string' }, runs: { type: 'string' }, consoles: { type: 'string' }, seconds: { type: 'string' }, minutes: { type: 'string' }, instances: { type: 'string', default: '' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  const bench = BENCHES[positionals[0] ?? ''];
  if (values.help || bench === undefined) {
    console.log(HELP);
    return values.help ? 0 : 1;
  }
  const options: BenchOptions = {
    rows: Number(values.rows ?? 1_000_000), runs: values.runs === undefined ? null : Number(values.runs), instances: values.instances,
    consoles: Number(values.consoles ?? 1_000), seconds: Number(values.seconds ?? 120), minutes: Number(values.minutes ?? 120),
    note: text => { process.stderr.write(`${text}\n`); },
  };
  for await (const figures of bench.run(options)) {
    console.log(values.json ? JSON.stringify(figures) : Object.entries(figures).map(([name, value]) => `${name.padEnd(20)} ${value}`).join('\n'));
  }
  return 0;
}

process.exitCode = await main();
