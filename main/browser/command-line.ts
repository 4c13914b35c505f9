import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import { sentence } from '../platform/sentences.ts';
import type { SupervisorState } from '../supervisor.ts';
import { importCommand } from './import-command.ts';
import { bearer, findConsole } from './running.ts';
import { stickCommand } from './stick-command.ts';
import { startShell, type Enrolment, type Parts, type Shell } from './shell.ts';

export const HELP = `npm run console -- [TÙY CHỌN]                     chạy một bàn điều hành cho trình duyệt của máy này
npm run console -- import TỆP [--login TÊN]       nhập Open311 (XML, JSON) hay CSV; qua bàn đang chạy, nếu có
npm run console -- stick export THƯ_MỤC           xuất thay đổi chưa gửi ra tệp .iocgui (USB)
npm run console -- stick import TỆP               nhận tệp trả lời .ioctra, hoặc tệp .iocgui của trạm khác để mang hộ
npm run console -- stick answers THƯ_MỤC          ghi tệp trả lời của các tệp mang hộ
npm run console -- address                        in địa chỉ mới, dùng một lần, của bàn đang chạy

  --data THƯ_MỤC     thư mục dữ liệu (mặc định .data/console); mỗi bàn một thư mục
  --port N           cổng ở 127.0.0.1; 0 là cổng trống bất kỳ (mặc định 0)
  --province URL     cùng với --code MÃ và --name TÊN_BÀN: ghi danh ở máy chủ tỉnh này khi thư mục còn mới
  --no-open          không mở trình duyệt
  --json             in một dòng {"address","pid"} và không in gì khác; không mở trình duyệt
  --quiet            chỉ in khi có sự cố; không mở trình duyệt
  --login TÊN        người nhập, người xuất hay nhận tệp; mật khẩu lấy từ IOC_PASSWORD, hoặc được hỏi
  --help             in hướng dẫn này

Địa chỉ in ra mở được một lần, cho một trình duyệt; các cửa sổ sau của trình duyệt đó không cần địa chỉ.
Lệnh stick: ca trưởng hoặc quản trị; có --json.
Mã thoát khi nhập: 0 khi đã đi hết tệp (dòng bị từ chối được liệt kê), 1 khi không.`;

const OPTIONS = {
  data: { type: 'string', default: '.data/console' }, port: { type: 'string', default: '0' },
  province: { type: 'string' }, code: { type: 'string' }, name: { type: 'string' }, login: { type: 'string' },
  'no-open': { type: 'boolean', default: false }, json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
} as const;

type Given = ReturnType<typeof parse>;
const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });

/** Runs the command line to its end. @returns the exit code; a console runs until it is told to stop */
export async function runCommandLine(args: string[], parts: Parts): Promise<number> {
  try {
    const given = parse(args);
    if (given.values.help) {
      console.log(HELP);
      return 0;
    }
    return await runCommand(given, parts);
  } catch (error) {
    const usage = error instanceof UsageError ? error.message : misreadOption(error);
    console.error(usage === null ? wordsOf(error) : `${usage}\n\n${HELP}`);
    return 1;
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof AppError) return sentence({ code: error.code, facts: error.facts });
  return `${sentence({ code: 'internal/unexpected', facts: {} })} (${error instanceof Error ? error.message : String(error)})`;
}

async function runCommand(given: Given, parts: Parts): Promise<number> {
  const dataDir = resolve(given.values.data);
  const [command, file, ...more] = given.positionals;
  if (command === undefined) return runConsole(given, dataDir, parts);
  if (command === 'address' && file === undefined) return printAddress(dataDir, given.values.json);
  if (command === 'import' && file !== undefined && more.length === 0) return importCommand({ dataDir, file, login: given.values.login, parts });
  if (command === 'stick' && (file === 'export' || file === 'import' || file === 'answers') && more[0] !== undefined && more.length === 1) {
    return stickCommand({ dataDir, action: file, path: more[0], login: given.values.login, json: given.values.json, parts });
  }
  throw new UsageError(`Không hiểu lệnh: ${given.positionals.join(' ')}`);
}

async function runConsole({ values }: Given, dataDir: string, parts: Parts): Promise<number> {
  const silent = values.json || values.quiet;
  const stopped = stopRequested();
  const shell = await startShell({ dataDir, port: portOf(values.port), enrol: enrolmentOf(values), parts });
  if (values.json) console.log(JSON.stringify({ address: shell.address, pid: process.pid }));
  else if (!silent) console.log(`Bàn điều hành: ${shell.address}\nDữ liệu: ${dataDir}\nĐịa chỉ trên mở được một lần, chỉ trên máy này. Ctrl+C để dừng.`);
  if (process.send !== undefined) await tellParent(shell, process.send.bind(process));
  reportTrouble(shell);
  if (!silent && !values['no-open']) openInBrowser(shell.address);
  await stopped;
  await shell.close();
  if (process.connected) process.disconnect();
  return 0;
}

/** `npm start` runs us as a child: it waits for this, and enrols us where we are not yet. */
const EnrolRequest = z.object({ type: z.literal('enrol'), address: z.string(), code: z.string(), stationName: z.string() });

async function tellParent(shell: Shell, send: (message: object) => void): Promise<void> {
  process.on('message', (message: unknown) => {
    const asked = EnrolRequest.safeParse(message);
    if (!asked.success) return;
    const { type, ...enrolment } = asked.data;
    shell.enrol(enrolment).then(() => { send({ type, done: true }); }, (error: unknown) => {
      console.error(wordsOf(error));
      send({ type, done: false });
    });
  });
  send({ type: 'ready', address: shell.address, pid: process.pid, enrolledAt: await shell.enrolledAt() });
}

async function printAddress(dataDir: string, json: boolean): Promise<number> {
  const running = await findConsole(dataDir);
  if (running === null) {
    console.error(`Không có bàn điều hành nào đang chạy với thư mục ${dataDir}; hãy chạy: npm run console -- --data ${dataDir}`);
    return 1;
  }
  const answer = await fetch(`${running.origin}/local/address`, { method: 'POST', headers: bearer(running) });
  const { address } = z.object({ address: z.string() }).parse(await answer.json());
  console.log(json ? JSON.stringify({ address, pid: running.pid }) : address);
  return 0;
}

/**
 * Resolves at the first Ctrl+C, SIGTERM or end of the parent; a second Ctrl+C ends at once, and the core with us. A
 * parent that was stopped by the same Ctrl+C says so by SIGTERM: that is no second one.
 */
function stopRequested(): Promise<void> {
  return new Promise(resolveStop => {
    const asked = { once: false };
    process.on('SIGINT', () => {
      if (asked.once) process.exit(1);
      asked.once = true;
      resolveStop();
    });
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { resolveStop(); });
    if (process.send !== undefined) process.once('disconnect', () => { resolveStop(); });
  });
}

/** Says on the terminal what happens to the core after the console was ready. */
function reportTrouble(shell: Shell): void {
  const words = (state: SupervisorState): string | null => {
    switch (state.name) {
      case 'restarting': return 'Phần xử lý dừng đột ngột; đang tự khởi động lại. Dữ liệu đã lưu vẫn còn.';
      case 'ready': return 'Phần xử lý đã chạy lại.';
      case 'gave-up': return sentence(state.error);
      default: return null;
    }
  };
  shell.supervisor.onState(state => {
    const text = words(state);
    if (text !== null) console.error(text);
  });
}

function openInBrowser(address: string): void {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const [command, args] = process.platform === 'win32' ? ['cmd', ['/c', 'start', '', address]] as const
    : process.platform === 'darwin' ? ['open', [address]] as const : ['xdg-open', [address]] as const;
  const opener = spawn(command, args, { stdio: 'ignore', detached: true });
  opener.on('error', () => { console.error('Không mở được trình duyệt; hãy tự mở địa chỉ ở trên.'); });
  opener.unref();
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`Cổng không hợp lệ: ${text}`);
  return port;
}

function enrolmentOf(values: Given['values']): Enrolment | null {
  const { province, code, name } = values;
  if (province === undefined && code === undefined && name === undefined) return null;
  if (province === undefined || code === undefined || name === undefined) throw new UsageError('Ghi danh cần đủ ba tham số: --province, --code và --name.');
  return { address: province, code, stationName: name };
}

class UsageError extends Error {}

/** What `parseArgs` found wrong with the line, in our words; null for any other error. */
function misreadOption(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) return null;
  const option = /'(-[^' ]+)/.exec(error.message)?.[1] ?? '';
  return error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' ? `Tùy chọn ${option} thiếu giá trị, hoặc không nhận giá trị.` : `Không có tùy chọn ${option}.`;
}
