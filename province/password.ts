import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError } from '../contract/errors.ts';

const MIN_LENGTH = 8;
const MAX_LENGTH = 200;

/**
 * A new password: asked for twice on the terminal, without showing it, or the first line of the standard input. Never an
 * argument, which every user of the machine could read.
 *
 * @throws {AppError} 'input/invalid' when there is none, it is too short or too long, or the two differ
 */
export async function readNewPassword(): Promise<string> {
  const password = process.stdin.isTTY ? await askTwice() : await firstLine();
  if (password.length < MIN_LENGTH || password.length > MAX_LENGTH) throw unusable(`cần từ ${MIN_LENGTH} đến ${MAX_LENGTH} ký tự`);
  return password;
}

function unusable(reason: string): AppError {
  return new AppError('input/invalid', { field: 'mật khẩu', reason });
}

async function askTwice(): Promise<string> {
  const first = await askHidden('Mật khẩu mới: ');
  if (await askHidden('Nhập lại mật khẩu: ') !== first) throw unusable('hai lần nhập không giống nhau');
  return first;
}

async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write(_chunk, _encoding, done) { done(); } });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // Ctrl+C and Ctrl+D at the question: nothing is done.
  const gone = new AbortController();
  for (const event of ['SIGINT', 'close'] as const) lines.once(event, () => { gone.abort(); });
  try {
    return await lines.question('', { signal: gone.signal });
  } catch (cause) {
    throw new AppError('input/invalid', { field: 'mật khẩu', reason: 'đã dừng theo yêu cầu' }, { cause });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

async function firstLine(): Promise<string> {
  try {
    for await (const line of createInterface({ input: process.stdin })) return line;
  } finally {
    process.stdin.destroy();   // whoever writes to it may keep it open
  }
  throw unusable('không có trên đầu vào chuẩn');
}
