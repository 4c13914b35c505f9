import { accessSync, constants, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { ImportJob, ImportLine } from '../../contract/imports.ts';
import { AppError } from '../../contract/errors.ts';
import { EMPTY_REPORT, type ImportReport } from '../platform/core-messages.ts';
import { importWarning, sentence } from '../platform/sentences.ts';
import { ImportNews, type ImportRequest } from './local-api.ts';
import { ask } from './prompt.ts';
import { bearer, findConsole, type RunningConsole } from './running.ts';
import { prepareCore, type Parts } from './shell.ts';

/** More lines of a kind than this are counted, not printed. */
const MAX_REFUSED = 200;
const MAX_WARNED = 20;

export interface ImportCommand { dataDir: string; file: string; login: string | undefined; parts: Parts }

/**
 * `npm run console -- import FILE`: through the console that has the folder open, else with a core of its own.
 * Ctrl+C cancels between two lines; what is in stays in.
 *
 * @returns the exit code: 0 when the file went through, refused lines included; 1 when it failed or was cancelled
 */
export async function importCommand(command: ImportCommand): Promise<0 | 1> {
  const path = readable(resolve(command.file));
  const login = command.login ?? await ask('Tên đăng nhập: ', false);
  const password = process.env.IOC_PASSWORD ?? await ask('Mật khẩu: ', true);
  if (!login || !password) {
    console.error('Cần tên đăng nhập (--login) và mật khẩu (biến môi trường IOC_PASSWORD, hoặc gõ khi được hỏi).');
    return 1;
  }
  const cancel = new AbortController();
  const onInterrupt = (): void => { cancel.abort(); };
  process.on('SIGINT', onInterrupt);
  const progress = new Progress(basename(path));
  try {
    const request = { path, login, password };
    const running = await findConsole(command.dataDir);
    const report = running === null
      ? await importAlone(command, request, progress, cancel.signal)
      : await importThrough(running, request, progress, cancel.signal);
    return summarise(progress.last, report, basename(path));
  } finally {
    progress.clear();
    process.off('SIGINT', onInterrupt);
  }
}

function readable(path: string): string {
  try {
    accessSync(path, constants.R_OK);
    if (!statSync(path).isFile()) throw new Error('not a file');
    return path;
  } catch (error) {
    throw new AppError('import/unreadable', { file: path }, { cause: error });
  }
}

async function importAlone(command: ImportCommand, request: ImportRequest, progress: Progress, signal: AbortSignal): Promise<ImportReport> {
  const { supervisor, calls, closeLog } = prepareCore(command.dataDir, command.parts.coreEntry);
  try {
    supervisor.start();
    await supervisor.ready();
    const running = calls.importFile(request, job => { progress.show(job); });
    if (signal.aborted) running.cancel();
    signal.addEventListener('abort', () => { running.cancel(); });
    return await running.done;
  } finally {
    await supervisor.stop();
    closeLog();
  }
}

/** The running console does the work; leaving its answer is how it is told to stop. */
async function importThrough(running: RunningConsole, request: ImportRequest, progress: Progress, signal: AbortSignal): Promise<ImportReport> {
  try {
    const answer = await fetch(`${running.origin}/local/import`, {
      method: 'POST', headers: { ...bearer(running), 'content-type': 'application/json' }, body: JSON.stringify(request), signal,
    });
    if (!answer.ok || answer.body === null) throw new AppError('core/starting');
    for await (const line of linesOf(answer.body)) {
      const news = ImportNews.parse(JSON.parse(line));
      if ('job' in news) progress.show(news.job);
      else if ('error' in news) throw new AppError(news.error.code, news.error.facts);
      else return news.report;
    }
  } catch (error) {
    if (signal.aborted) return EMPTY_REPORT;
    if (error instanceof AppError) throw error;
    throw new AppError('core/starting', {}, { cause: error });
  }
  throw new AppError('core/starting');
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  const rest = { text: '' };
  for await (const chunk of body) {
    const lines = (rest.text + decoder.decode(chunk, { stream: true })).split('\n');
    rest.text = lines.pop() ?? '';
    yield* lines;
  }
}

function summarise(job: ImportJob | null, { refused, warned }: ImportReport, fileName: string): 0 | 1 {
  const counts = job === null ? 'chưa nhập dòng nào' : `${countsOf(job)}${warned.total === 0 ? '' : `, ${warned.total} dòng có lưu ý`}`;
  if (job?.status === 'done') console.log(`Đã nhập xong ${fileName}: ${counts}.`);
  else if (job?.status === 'failed') console.error(`Không nhập được ${fileName}: ${sentence(job.error ?? { code: 'internal/unexpected', facts: {} })} Đã giữ lại: ${counts}.`);
  else console.error(`Đã dừng nhập ${fileName}; phần đã nhập được giữ lại: ${counts}. Nhập lại cùng tệp sẽ không tạo bản ghi trùng.`);
  list(refused, job?.refused ?? refused.length, MAX_REFUSED, 'dòng bị từ chối', line => (line.error === null ? 'không rõ lý do' : sentence(line.error)));
  if (warned.total > 0) console.log('Lưu ý: những dòng sau đã vào nhưng không lấy nguyên như tệp ghi; lời của tệp giữ trong bản ghi.');
  list(warned.lines, warned.total, MAX_WARNED, 'dòng có lưu ý', line => line.warnings.map(importWarning).join('; '));
  return job?.status === 'done' ? 0 : 1;
}

function list(lines: readonly ImportLine[], total: number, most: number, kind: string, reason: (line: ImportLine) => string): void {
  const shown = lines.slice(0, most);
  for (const line of shown) console.log(`  Dòng ${line.line}${line.ref === '' ? '' : ` (${line.ref})`}: ${reason(line)}`);
  if (total > shown.length) console.log(`  … và ${total - shown.length} ${kind} khác: xem ở màn hình Nhập dữ liệu.`);
}

function countsOf(job: ImportJob): string {
  return `${job.imported} bản ghi mới, ${job.alreadyThere} đã có từ trước, ${job.refused} dòng bị từ chối`;
}

/** One line on a terminal that rewrites itself; nothing where the output goes into a file. */
class Progress {
  last: ImportJob | null = null;
  readonly #fileName: string;

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  show(job: ImportJob): void {
    this.last = job;
    if (!process.stderr.isTTY || job.status !== 'running') return;
    const percent = job.bytes === 0 ? 0 : Math.min(100, Math.floor(100 * job.bytesDone / job.bytes));
    process.stderr.write(`\r\u001b[2K${this.#fileName}: ${percent} % · ${countsOf(job)}`);
  }

  clear(): void {
    if (process.stderr.isTTY && this.last !== null) process.stderr.write('\r\u001b[2K');
  }
}
