import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { ROOT } from '../support/processes.ts';
import { PASSWORD, pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';
import { openByCommandBar } from './desk-work.ts';

const REAL_ANSWER = join(ROOT, 'test/main/issues/fixtures/open311-two-requests.xml');
const CSV = ['ma_nguon;linh_vuc;noi_dung;dia_diem', 'A-1;HT;Nắp cống vỡ trước số 12 đường Hoà Bình;Đường Hoà Bình', 'A-2;HT;;Đường Hòa Bình', 'A-3;HT;Cây ngã chắn đường Hòa Bình;Đường Hòa Bình'].join('\r\n');
const stage = {} as { browser: Browser; world: World; desk: Desk };

beforeAll(async () => {
  stage.browser = await startBrowser();
  stage.world = await startWorld(1);
  stage.desk = await stage.world.desk(stage.browser, 'ban');
  await signIn(stage.desk.page, 'catruong');
});
afterEach(({ task }) => pictureIfFailed(task, [stage.desk]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

function file(name: string, content: string | Buffer): string {
  const path = join(stage.desk.data, '..', name);
  writeFileSync(path, content);
  return path;
}

async function importOnScreen(path: string): Promise<void> {
  const { page } = stage.desk;
  await page.evaluate("location.hash = '#/imports'");
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Chọn tệp/ }).click();
  await (await chooser).setFiles(path);
}

test('a file with a broken line: the rest goes in, the line is named with its reason', async () => {
  const { page } = stage.desk;
  await importOnScreen(file('phan-anh.csv', `\uFEFF${CSV}`));
  await page.getByText('Đã nhập xong').first().waitFor();
  await page.getByText('Bị từ chối').first().waitFor();
  const lines = await page.getByRole('main').innerText();
  expect(lines).toMatch(/3\s+◆ Bị từ chối\s+A-2\s+Dòng này không có nội dung: ô noi_dung trống/);
});

test('the same file again brings nothing in', async () => {
  const { page } = stage.desk;
  await importOnScreen(file('phan-anh-lan-hai.csv', `\uFEFF${CSV}`));
  await page.getByText('phan-anh-lan-hai.csv').first().waitFor();
  await expect.poll(async () => (await page.getByRole('main').innerText()).match(/Đã có sẵn\s+A-1/) !== null, { timeout: 20_000 }).toBe(true);
});

test('an entity bomb is refused with a sentence', async () => {
  const { page } = stage.desk;
  const bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><service_requests><request><description>&b;</description></request></service_requests>';
  await importOnScreen(file('bom.xml', bomb));
  await page.getByText('Không nhập được').first().waitFor();
});

test('the command line imports a real server’s answer into the running console, and nothing twice', () => {
  const run = () => spawnSync(process.execPath, ['main/browser/index.ts', 'import', REAL_ANSWER, '--data', stage.desk.data, '--login', 'catruong'],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, IOC_PASSWORD: PASSWORD } });
  const first = run();
  expect([first.status, first.stdout]).toEqual([0, expect.stringMatching(/: 2 bản ghi mới, .*, 2 dòng có lưu ý\.\n[^]*Dòng 3 \(101005420892\): không có diễn biến, lấy tên loại việc/)]);
  const second = run();
  expect(second.status).toBe(0);
  expect(second.stdout).toMatch(/0[^\n]*2|trùng|có sẵn/);
});

test.each(['duong hoa binh', 'đường Hoà Bình', 'Đường Hòa Bình'])('%s finds every spelling of the street', async typed => {
  const { page } = stage.desk;
  await page.evaluate("location.hash = '#/queue'");
  await page.keyboard.press('Control+k');
  await page.keyboard.type(typed);
  const hits = page.getByRole('dialog').getByRole('option').filter({ hasText: /H(oà|òa) Bình/ });
  await expect.poll(() => hits.count(), { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
  await page.keyboard.press('Escape');
});

test('digits of a phone find the record of a call', async () => {
  const { page } = stage.desk;
  await page.evaluate("location.hash = '#/intake/1022'");
  await page.getByText('số tạm', { exact: false }).first().waitFor();
  await page.keyboard.press('Alt+1');
  await page.keyboard.type('Ấp 3, xã Tân Hưng');
  await page.keyboard.press('Alt+2');
  await page.keyboard.type('Đèn đường tắt cả tuần');
  await page.keyboard.press('Alt+4');
  await page.keyboard.type('0000 777 913');
  await page.keyboard.press('Alt+5');
  await page.keyboard.press('3');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Đèn đường tắt cả tuần' }).waitFor();
  await page.keyboard.press('Escape');
  await openByCommandBar(page, '777913');
  await page.getByRole('heading', { name: 'Đèn đường tắt cả tuần' }).waitFor();
});
