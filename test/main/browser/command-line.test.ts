import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { writePages } from '../../support/stand-in-pages.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const ENTRY = join(import.meta.dirname, '../../support/stand-in-console.ts');
const newFolder = tempFolders();
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

/** The command line as a process of its own, in a folder of its own. */
function run(folder: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TEST_PAGES: writePages(join(folder, 'pages')), ...env },
  });
  children.push(child);
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => { text.out += chunk.toString('utf8'); });
  child.stderr.on('data', (chunk: Buffer) => { text.err += chunk.toString('utf8'); });
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, ...text }));
  return {
    child, ended,
    /** The first whole line on standard output. */
    line: async (): Promise<string> => {
      while (!text.out.includes('\n')) {
        const more = await Promise.race([once(child.stdout, 'data').then(() => true), ended.then(() => false)]);
        if (!more && !text.out.includes('\n')) throw new Error(`ended without a line: ${text.err}`);
      }
      return text.out.slice(0, text.out.indexOf('\n'));
    },
    until: async (stream: 'out' | 'err', words: string): Promise<void> => {
      while (!text[stream].includes(words)) await once(stream === 'out' ? child.stdout : child.stderr, 'data');
    },
  };
}

const Printed = z.object({ address: z.string(), pid: z.number() });
const startJson = async (folder: string, ...args: string[]) => {
  const running = run(folder, ['--json', '--data', 'data', ...args]);
  return { ...running, printed: Printed.parse(JSON.parse(await running.line())) };
};

/** Processes that were started by this one and still run. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(text => text !== '').map(Number);
}
function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') === false;
  } catch {
    return false;
  }
}
async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise(resolve => setTimeout(resolve, 50));
}

describe('a console', () => {
  test('prints one line for a program, answers there, and SIGTERM ends it and its core in order', async () => {
    const folder = newFolder();
    const { child, printed, ended } = await startJson(folder);
    expect(printed.pid).toBe(child.pid);
    expect((await fetch(printed.address, { redirect: 'manual' })).status).toBe(303);
    const cores = process.platform === 'linux' ? childrenOf(printed.pid) : [];
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, out: `${JSON.stringify(printed)}\n`, err: '' });
    if (process.platform === 'linux') expect(cores).toHaveLength(1);
    for (const core of cores) expect(isAlive(core)).toBe(false);
    expect(['closed', 'console.lock', 'console.json'].map(name => existsSync(join(folder, 'data', name)))).toEqual([true, false, false]);
  });

  test.runIf(process.platform === 'linux')('that is killed takes its core with it, and the folder can be opened again', async () => {
    const folder = newFolder();
    const { child, printed } = await startJson(folder);
    const cores = childrenOf(printed.pid);
    expect(cores).toHaveLength(1);
    child.kill('SIGKILL');
    for (const core of cores) await gone(core);
    const again = await startJson(folder);
    again.child.kill('SIGINT');
    expect((await again.ended).code).toBe(0);
  });

  test.runIf(process.platform === 'linux')('says in words what happens when its core is killed', async () => {
    const folder = newFolder();
    const running = run(folder, ['--no-open', '--data', 'data']);
    expect(await running.line()).toMatch(/^Bàn điều hành: http:\/\/127\.0\.0\.1:\d+\/\?t=/);
    process.kill(childrenOf(running.child.pid ?? 0)[0] ?? 0, 'SIGKILL');
    await running.until('err', 'Phần xử lý đã chạy lại.');
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 0, err: 'Phần xử lý dừng đột ngột; đang tự khởi động lại. Dữ liệu đã lưu vẫn còn.\nPhần xử lý đã chạy lại.\n' });
  });

  test('enrols a new folder by the command line, and only a new one', async () => {
    const folder = newFolder();
    const enrol = (code: string): string[] => ['--province', 'http://127.0.0.1:1', '--code', code, '--name', 'Bàn 01'];
    expect(await run(folder, ['--json', '--data', 'data', ...enrol('WRONG1')]).ended)
      .toEqual({ code: 1, out: '', err: 'Không có mã ghi danh này; hãy xem lại mã hoặc xin mã mới ở IOC tỉnh.\n' });
    for (const code of ['ABCDEF', 'USED-UP']) {
      const { child, ended } = await startJson(folder, ...enrol(code));
      expect(readFileSync(join(folder, 'data/enrolled'), 'utf8')).toBe('Bàn 01');
      child.kill('SIGTERM');
      await ended;
    }
  });

  test('gives out another one-time address when asked', async () => {
    const folder = newFolder();
    const { printed } = await startJson(folder);
    const { code, out } = await run(folder, ['address', '--data', 'data']).ended;
    expect(code).toBe(0);
    expect(out.trim()).not.toBe(printed.address);
    expect((await fetch(out.trim(), { redirect: 'manual' })).status).toBe(303);
  });
});

describe.each([['through the running console', true], ['with a core of its own', false]])('an import %s', (_name, running) => {
  const password = { IOC_PASSWORD: 'đúng mật khẩu' };
  const prepare = async (text: string): Promise<string> => {
    const folder = newFolder();
    writeFileSync(join(folder, 'tệp.csv'), text);
    if (running) await startJson(folder);
    return folder;
  };
  const args = ['import', 'tệp.csv', '--data', 'data', '--login', 'hoa'];

  test('tells what went in, and each refused line with its reason', async () => {
    const folder = await prepare('ok\nbad\nok\nbad\n');
    expect(await run(folder, args, password).ended).toEqual({
      code: 0, err: '',
      out: 'Đã nhập xong tệp.csv: 2 bản ghi mới, 0 đã có từ trước, 2 dòng bị từ chối.\n  Dòng 2 (R1): thiếu nội dung\n  Dòng 4 (R3): thiếu nội dung\n',
    });
  });

  test('tells how many lines went in otherwise than the file has them, and of the first ones why', async () => {
    const folder = await prepare(`ok\nbad\n${'odd\n'.repeat(40)}`);
    const { code, out } = await run(folder, args, password).ended;
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toEqual([
      'Đã nhập xong tệp.csv: 41 bản ghi mới, 0 đã có từ trước, 1 dòng bị từ chối, 40 dòng có lưu ý.', '  Dòng 2 (R1): thiếu nội dung',
      'Lưu ý: những dòng sau đã vào nhưng không lấy nguyên như tệp ghi; lời của tệp giữ trong bản ghi.',
      ...Array.from({ length: 20 }, (_, i) => `  Dòng ${i + 3}: linh_vuc: không hiểu chữ trong ô, giữ nguyên để xem lại; không rõ địa điểm`),
      '  … và 20 dòng có lưu ý khác: xem ở màn hình Nhập dữ liệu.',
    ]);
  });

  test('refuses a wrong password', async () => {
    const folder = await prepare('ok\n');
    expect(await run(folder, args, { IOC_PASSWORD: 'sai' }).ended).toEqual({ code: 1, out: '', err: 'Mật khẩu không đúng.\n' });
  });

  test('is cancelled by Ctrl+C and says what was kept', async () => {
    const folder = await prepare('wait\n'.repeat(600));
    const importing = run(folder, args, password);
    const log = join(folder, 'data/importing');
    while (!existsSync(log)) await new Promise(resolve => setTimeout(resolve, 50));
    importing.child.kill('SIGINT');
    const { code, err } = await importing.ended;
    expect(code).toBe(1);
    expect(err).toMatch(/^Đã dừng nhập tệp\.csv; phần đã nhập được giữ lại: (\d+ bản ghi mới, 0 đã có từ trước, 0 dòng bị từ chối|chưa nhập dòng nào)\. Nhập lại cùng tệp sẽ không tạo bản ghi trùng\.\n$/);
    if (running) while (!existsSync(join(folder, 'data/import-cancelled'))) await new Promise(resolve => setTimeout(resolve, 50));
  });
});
