import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { ROOT } from '../support/processes.ts';
import { PASSWORD, pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';
import { typeCall } from './desk-work.ts';

const stage = {} as { browser: Browser; world: World; a: Desk; b: Desk; file: string; answer: string };

beforeAll(async () => {
  stage.browser = await startBrowser();
  stage.world = await startWorld(2);
  stage.a = await stage.world.desk(stage.browser, 'ban-a');
  stage.b = await stage.world.desk(stage.browser, 'ban-b');
  await Promise.all([signIn(stage.a.page, 'catruong'), signIn(stage.b.page, 'catruong')]);
});
afterEach(({ task }) => pictureIfFailed(task, [stage.a, stage.b]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

async function choose(page: Page, path: string): Promise<void> {
  await page.bringToFront();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Chọn tệp' }).click();
  await (await chooser).setFiles(path);
}

/** `npm run console -- stick …`, through the running console if there is one. */
function stick(desk: Desk, args: string[], login = 'catruong') {
  return spawnSync(process.execPath, ['main/browser/index.ts', 'stick', ...args, '--data', desk.data, '--login', login],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, IOC_PASSWORD: PASSWORD } });
}

/** Presses what saves a file, and keeps what came. */
async function saved({ page, data }: Desk, press: () => Promise<void>): Promise<string> {
  const coming = page.waitForEvent('download');
  await press();
  const download = await coming;
  const path = join(data, '..', download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

test('without a link a call is exported by keyboard, and stays waiting on the machine', async () => {
  const { page } = stage.a;
  await stage.world.stopProvince();
  await page.getByText('Mất kết nối').first().waitFor();
  await page.evaluate("location.hash = '#/intake/115'");
  await page.getByText('số tạm, đọc cho người gọi').waitFor();
  await typeCall(page, { place: 'Ấp 5, xã Tân Hưng', words: 'Xe tải lật, một người kẹt', phone: '0900000115' });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Xe tải lật, một người kẹt' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('gui bang usb');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Gửi bằng USB' }).waitFor();
  await page.getByText('Tệp chứa đúng 1 thay đổi này').waitFor();
  await page.locator('.status-bar').getByText('Xuất tệp').waitFor();
  stage.file = await saved(stage.a, () => page.keyboard.press('x'));
  expect(stage.file).toMatch(/BP-\d\d_\d{8}-\d{4}_1-1\.iocgui$/);
  await page.getByText(/Đã xuất BP-\d\d_.*\.iocgui/).waitFor();
  expect(readFileSync(stage.file).includes('kẹt')).toBe(false);
  await page.getByText('Tệp chứa đúng 1 thay đổi này').waitFor();
});

test('an empty file and its own are refused in words', async () => {
  const { page } = stage.a;
  const empty = join(stage.a.data, '../rong.iocgui');
  writeFileSync(empty, '');
  await choose(page, empty);
  await page.getByRole('alert').getByText('Đây không phải tệp do bàn điều hành xuất ra.').waitFor();
  await choose(page, stage.file);
  await page.getByRole('alert').getByText('Đây là tệp do chính máy này xuất ra.').waitFor();
});

test('another desk carries it when its link is back, and saves the answer', async () => {
  const { page } = stage.b;
  await page.evaluate("location.hash = '#/health'");
  await page.getByRole('button', { name: /Gửi bằng USB/ }).click();
  await page.getByRole('heading', { name: 'Gửi bằng USB' }).waitFor();
  await choose(page, stage.file);
  await page.getByText('Chờ mạng để chuyển').waitFor();
  await stage.a.console.stop();
  await stage.world.startProvinceAgain();
  await page.getByText('Đã có trả lời').waitFor();
  stage.answer = await saved(stage.b, () => page.getByRole('button', { name: 'Lưu tệp trả lời' }).click());
  expect(stage.answer).toMatch(/_1-1\.ioctra$/);
  const folder = mkdtempSync(join(stage.b.data, '../usb-'));
  const said = stick(stage.b, ['answers', folder, '--json']);
  expect(JSON.parse(said.stdout)).toEqual({ action: 'answers', files: [join(folder, basename(stage.answer))], waiting: 0 });
  expect(readFileSync(join(folder, basename(stage.answer)))).toEqual(readFileSync(stage.answer));
  expect(stick(stage.b, ['answers', folder], 'lanhdao').stderr).toContain('Vai trò của người này không được làm việc này.');
});

test('the answer comes home by command line, while the province cannot be reached', async () => {
  await stage.world.stopProvince();
  const said = stick(stage.a, ['import', stage.answer]);
  expect([said.status, said.stdout]).toEqual([0, expect.stringMatching(/1 thay đổi có kết quả, 0 mục mới trong Cần xử lý, \d+ bản ghi mới của tỉnh; còn 0 thay đổi chờ gửi/)]);
});
