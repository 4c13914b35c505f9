import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { runCommandLine } from '../../../main/browser/command-line.ts';
import type { Shell } from '../../../main/browser/shell.ts';
import { openConsole, STAND_IN_CORE } from '../../support/open-console.ts';
import { writePages } from '../../support/stand-in-pages.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const newFolder = tempFolders();
const shells: Shell[] = [];
afterEach(async () => { for (const shell of shells.splice(0)) await shell.close(); });

/** The command line in this process: what ends by itself needs no other. */
async function run(folder: string, args: string[], pages = writePages(join(folder, 'pages'))): Promise<{ code: number; out: string; err: string }> {
  const printed = { log: vi.spyOn(console, 'log').mockReturnValue(), error: vi.spyOn(console, 'error').mockReturnValue() };
  try {
    const code = await runCommandLine(args, { coreEntry: STAND_IN_CORE, pages });
    return { code, out: printed.log.mock.calls.flat().join('\n'), err: printed.error.mock.calls.flat().join('\n') };
  } finally {
    printed.log.mockRestore();
    printed.error.mockRestore();
  }
}

describe('trouble is one Vietnamese sentence without a stack:', () => {
  const sentenceOf = async (folder: string, args: string[], pages?: string): Promise<string> => {
    const { code, out, err } = await run(folder, args, pages);
    expect([code, out]).toEqual([1, '']);
    expect(err).not.toMatch(/^\s+at /m);
    expect(err.split('\n')).toHaveLength(1);
    return err;
  };

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const folder = newFolder();
    expect(await sentenceOf(folder, ['--data', join(folder, 'data'), '--port', String(port)])).toBe(`Cổng ${port} đã bị chương trình khác dùng; hãy chọn cổng khác bằng --port.`);
    other.close();
  });

  test('a folder that cannot be written', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(await sentenceOf(folder, ['--data', join(folder, 'file/data')])).toBe(`Không ghi được vào thư mục ${join(folder, 'file/data')}; hãy chọn thư mục khác bằng --data, hoặc sửa quyền.`);
  });

  test('a folder that another console has open', async () => {
    const folder = newFolder();
    await openConsole(folder).then(visit => shells.push(visit.shell));
    expect(await sentenceOf(folder, ['--data', join(folder, 'data')])).toMatch(/^Thư mục dữ liệu đang được một bàn điều hành khác mở \(tiến trình \d+\); hãy đóng bàn kia/);
  });

  test('pages that have not been built', async () => {
    const folder = newFolder();
    expect(await sentenceOf(folder, ['--data', join(folder, 'data')], '/nonexistent')).toBe('Chưa có giao diện đã dựng; hãy chạy: npm run build');
  });

  test('a database without its key', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/console.db'), '');
    expect(await sentenceOf(folder, ['--data', join(folder, 'data')])).toMatch(/^Có dữ liệu nhưng không có tệp khóa .*đừng xóa thư mục dữ liệu\.$/);
  });

  test('a damaged database', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/damaged'), '');
    expect(await sentenceOf(folder, ['--data', join(folder, 'data')])).toBe('Tệp dữ liệu bị hỏng; hãy gọi quản trị để khôi phục từ sao lưu.');
  });

  test('an address when nothing runs', async () => {
    const folder = newFolder();
    expect(await sentenceOf(folder, ['address', '--data', join(folder, 'data')])).toMatch(/^Không có bàn điều hành nào đang chạy/);
  });

  test('a file that is not there', async () => {
    const folder = newFolder();
    expect(await sentenceOf(folder, ['import', join(folder, 'none.csv'), '--data', join(folder, 'data')])).toBe(`Không đọc được tệp ${join(folder, 'none.csv')}.`);
  });

  test('an import without a password', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a.csv'), 'ok');
    expect(await sentenceOf(folder, ['import', join(folder, 'a.csv'), '--data', join(folder, 'data'), '--login', 'hoa'])).toMatch(/^Cần tên đăng nhập/);
  });
});

test.each([['--port', 'abc'], ['--unknown'], ['fly'], ['import'], ['--province', 'http://x']])('%s %s is answered with the usage', async (...args) => {
  const { code, err } = await run(newFolder(), args.filter((arg): arg is string => typeof arg === 'string'));
  expect(code).toBe(1);
  expect(err).toMatch(/^(Cổng không hợp lệ|Không có tùy chọn|Không hiểu lệnh|Ghi danh cần đủ)/);
  expect(err).toContain('npm run console -- [TÙY CHỌN]');
});

test('--help says what there is', async () => {
  expect(await run(newFolder(), ['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('import TỆP') as string, err: '' });
});
