import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import { sentence } from '../platform/sentences.ts';
import type { SupervisorState } from '../supervisor.ts';
import { importCommand } from './import-command.ts';
import { bearer, findConsole } from './running.ts';
import { startShell, type Enrolment, type Parts, type Shell } from './shell.ts';

export const HELP = `npm run console -- [OPTIONS]                  starts one console and serves it to the browser of this machine
npm run console -- import FILE [--login L]   imports Open311 XML or JSON, or CSV; through the running console if there is one
npm run console -- address                   prints a new one-time address of the running console

  --data DIR        data folder (default .data/console); one console per folder
  --port N          port on 127.0.0.1; 0 takes any free one (default 0)
  --province URL    with --code CODE and --name NAME: enrols at this province server when the folder is new
  --no-open         do not open a browser
  --json            print one line {"address","pid"} and nothing else; implies --no-open
  --quiet           print only what goes wrong; implies --no-open
  --login L         who imports; the password comes from IOC_PASSWORD or is asked for
  --help            this text

The printed address opens one browser, once; its further windows need no address.
Exit code of an import: 0 when the file went through (refused lines are listed), 1 otherwise.`;

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
    if (error instanceof AppError) console.error(sentence({ code: error.code, facts: error.facts }));
    else if (error instanceof UsageError || isParseError(error)) console.error(`${error.message}\n\n${HELP}`);
    else console.error(`${sentence({ code: 'internal/unexpected', facts: {} })} (${error instanceof Error ? error.message : String(error)})`);
    return 1;
  }
}

async function runCommand(given: Given, parts: Parts): Promise<number> {
  const dataDir = resolve(given.values.data);
  const [command, file, ...more] = given.positionals;
  if (command === undefined) return runConsole(given, dataDir, parts);
  if (command === 'address' && file === undefined) return printAddress(dataDir);
  if (command === 'import' && file !== undefined && more.length === 0) return importCommand({ dataDir, file, login: given.values.login, parts });
  throw new UsageError(`Không hiểu lệnh: ${given.positionals.join(' ')}`);
}

async function runConsole({ values }: Given, dataDir: string, parts: Parts): Promise<number> {
  const silent = values.json || values.quiet;
  const stopped = stopRequested();
  const shell = await startShell({ dataDir, port: portOf(values.port), enrol: enrolmentOf(values), parts });
  if (values.json) console.log(JSON.stringify({ address: shell.address, pid: process.pid }));
  else if (!silent) console.log(`Bàn điều hành: ${shell.address}\nDữ liệu: ${dataDir}\nĐịa chỉ trên mở được một lần, chỉ trên máy này. Ctrl+C để dừng.`);
  // `npm start` runs us as a child and waits for this.
  process.send?.({ type: 'ready', address: shell.address, pid: process.pid });
  reportTrouble(shell);
  if (!silent && !values['no-open']) openInBrowser(shell.address);
  await stopped;
  await shell.close();
  if (process.connected) process.disconnect();
  return 0;
}

async function printAddress(dataDir: string): Promise<number> {
  const running = await findConsole(dataDir);
  if (running === null) {
    console.error(`Không có bàn điều hành nào đang chạy với thư mục ${dataDir}; hãy chạy: npm run console -- --data ${dataDir}`);
    return 1;
  }
  const answer = await fetch(`${running.origin}/local/address`, { method: 'POST', headers: bearer(running) });
  console.log(z.object({ address: z.string() }).parse(await answer.json()).address);
  return 0;
}

/** Resolves at the first Ctrl+C, SIGTERM or end of the parent; a second Ctrl+C ends at once, and the core with us. */
function stopRequested(): Promise<void> {
  return new Promise(resolveStop => {
    const asked = { once: false };
    const stop = (): void => {
      if (asked.once) process.exit(1);
      asked.once = true;
      resolveStop();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
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

function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
