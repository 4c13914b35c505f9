import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, type ErrorCode, type ErrorFacts } from '../contract/errors.ts';
import { formatDateTime } from '../contract/time.ts';
import { makeCode, renewEpoch, revokeStation } from './commands.ts';
import type { SampleChoice } from './open.ts';
import { serve, type ReadyMessage, type ServeOptions } from './serve.ts';

const HELP = `The provincial sync server.

  node province/index.ts [serve] [options]     starts the server
  node province/index.ts code --site CODE      makes a one-time enrolment code (also while the server runs)
  node province/index.ts revoke --station CODE takes a workstation's right away
  node province/index.ts new-epoch             after a backup was restored: every console starts its copy again

  --data DIR        data folder, or "memory" (default .data/province); with DATABASE_URL it only keeps prebuilt copies
  --port N          port (default 8600, 0 = any free one)
  --host H          address to listen on (default 127.0.0.1)
  --sample S        none | small | full | a number of records: fills a new database with an invented province (default full; none with DATABASE_URL)
  --name TEXT       the province's name, for a new database without sample
  --codes N|CODES   prints N fresh codes for every site, or one for each named site (site codes with commas)
  --code-minutes M  how long codes may be used (default 15; one day with a sample)
  --services LIST   code: what the station will see, such as 113,114 (default all)
  --json            prints one JSON line when ready, and nothing else
  --help            this text

DATABASE_URL=postgres://… uses that PostgreSQL server; without it the embedded engine runs in the data folder.`;

const SENTENCES: Partial<Record<ErrorCode, (facts: ErrorFacts) => string>> = {
  'db/locked-by-other': facts => `Thư mục dữ liệu đang được một máy chủ khác dùng${facts['pid'] === undefined ? '' : ` (tiến trình ${String(facts['pid'])})`}. Dừng máy chủ đó, hoặc chọn --data khác.`,
  'shell/folder-read-only': facts => `Không ghi được vào thư mục ${String(facts['folder'])}. Chọn thư mục khác bằng --data.`,
  'shell/port-taken': facts => `Cổng ${String(facts['port'])} đang được chương trình khác dùng hoặc không được phép mở. Chọn cổng khác bằng --port.`,
  'link/unreachable': facts => `Không kết nối được PostgreSQL theo DATABASE_URL: ${String(facts['reason'])}.`,
  'db/from-future': () => 'Cơ sở dữ liệu này do phiên bản máy chủ mới hơn tạo ra. Dùng phiên bản đó; dữ liệu vẫn nguyên.',
  'input/invalid': facts => `Không hiểu ${String(facts['field'])}. Xem --help.`,
  'device/unknown': () => 'Không có máy trạm nào mang mã đó.',
};

function sentenceOf(error: unknown): string {
  if (error instanceof AppError) return SENTENCES[error.code]?.(error.facts) ?? error.code;
  return `Máy chủ tỉnh dừng vì lỗi không mong đợi: ${error instanceof Error ? error.message : String(error)}`;
}

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' }, port: { type: 'string', default: '8600' }, host: { type: 'string', default: '127.0.0.1' },
      sample: { type: 'string' }, name: { type: 'string', default: 'Tỉnh chưa đặt tên' }, codes: { type: 'string' }, 'code-minutes': { type: 'string' },
      site: { type: 'string' }, services: { type: 'string' }, station: { type: 'string' },
      json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
    },
  });
}
type Given = ReturnType<typeof readArguments>['values'];

function wholeNumber(text: string, field: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new AppError('input/invalid', { field });
  return Number(text);
}

function serveOptions(given: Given): ServeOptions {
  const databaseUrl = process.env['DATABASE_URL'];
  const sample = sampleChoice(given.sample ?? (databaseUrl === undefined ? 'full' : 'none'));
  const port = wholeNumber(given.port, '--port');
  if (port > 65_535) throw new AppError('input/invalid', { field: '--port' });
  return {
    databaseUrl, data: dataFolder(given, databaseUrl), sample, name: given.name, host: given.host, port,
    codes: given.codes ?? null,
    codeLifeMs: given['code-minutes'] === undefined ? null : wholeNumber(given['code-minutes'], '--code-minutes') * 60_000,
  };
}

function sampleChoice(text: string): SampleChoice {
  return text === 'none' || text === 'small' || text === 'full' ? text : wholeNumber(text, '--sample');
}

function dataFolder(given: Given, databaseUrl: string | undefined): string | null {
  if (given.data === 'memory') return 'memory';
  if (given.data !== undefined) return resolve(given.data);
  return databaseUrl === undefined ? resolve('.data/province') : null;
}

function tell(ready: ReadyMessage, json: boolean): void {
  if (json) { console.log(JSON.stringify(ready)); return; }
  if (process.send !== undefined) return;   // whoever started us has it by message, and tells it in his own words
  console.log(`Máy chủ tỉnh “${ready.provinceName}” trả lời tại ${ready.address} (${ready.engine}).`);
  for (const { site, code } of ready.codes) console.log(`  mã ghi danh ${site}: ${code}`);
  if (ready.accounts.length > 0) console.log(`  ${ready.accounts.length} tài khoản mẫu, ví dụ ${ready.accounts[0]?.login} / ${ready.accounts[0]?.password}`);
}

async function run(): Promise<void> {
  const { values: given, positionals } = readArguments();
  if (given.help) { console.log(HELP); return; }
  const command = positionals[0] ?? 'serve';
  if (command === 'serve') {
    await serve(serveOptions(given), ready => tell(ready, given.json));
    return;
  }
  const options = serveOptions({ ...given, sample: 'none' });
  const say = (result: object, sentence: string): void => console.log(given.json ? JSON.stringify(result) : sentence);
  if (command === 'code') {
    const made = await makeCode(options, given.site ?? '', given.services?.split(',') ?? null);
    say(made, `${made.code}  (dùng một lần, đến ${formatDateTime(made.expiresAtMs)})`);
  } else if (command === 'revoke') {
    await revokeStation(options, given.station ?? '');
    say({ revoked: given.station }, `Đã thu hồi ${given.station}.`);
  } else if (command === 'new-epoch') {
    const epoch = await renewEpoch(options);
    say({ epoch }, 'Kỷ nguyên mới: mọi bàn điều hành sẽ tải lại bản sao, việc chưa gửi vẫn giữ.');
  } else throw new AppError('input/invalid', { field: command });
}

try {
  await run();
} catch (error) {
  console.error(error instanceof TypeError && 'code' in error ? `${error.message}. Xem --help.` : sentenceOf(error));
  process.exit(1);
}
