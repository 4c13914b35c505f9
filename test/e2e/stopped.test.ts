import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readSession } from '../../db/stores/auth.ts';
import { startBrowser } from '../support/browser.ts';
import { startConsole } from '../support/processes.ts';
import { inDatabase, pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';

const stage = {} as { browser: Browser; world: World; desk: Desk };

beforeAll(async () => {
  stage.browser = await startBrowser();
  stage.world = await startWorld(1);
  stage.desk = await stage.world.desk(stage.browser, 'ban');
  await signIn(stage.desk.page, 'truc115.1');
});
afterEach(({ task }) => pictureIfFailed(task, [stage.desk]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

test('a page whose console was stopped says so at once, and after the next start that it needs the new address', async () => {
  const { page, console: running, data } = stage.desk;
  const banner = page.locator('.wire-banner');
  const pill = page.locator('.link-pill');
  await page.getByText('Đã đồng bộ').waitFor();
  // Who signs in is shown to be a moment before it is on the disk.
  await expect.poll(() => inDatabase(stage.desk, readSession)).not.toBeNull();

  // A core is back so soon that whoever only looks now and then may miss what was said.
  await page.evaluate(`window.said = [];
    new MutationObserver(() => { said.push(document.querySelector('.wire-banner')?.textContent ?? ''); }).observe(document.body, { childList: true, subtree: true, characterData: true })`);
  process.kill(stage.desk.corePid(), 'SIGKILL');
  await expect.poll(() => page.evaluate('said.join()')).toContain('Đang khởi động lại phần xử lý');
  await banner.waitFor({ state: 'hidden' });
  await page.getByText('Đã đồng bộ').waitFor();
  // Who signs in is shown to be a moment before it is on the disk.
  await expect.poll(() => inDatabase(stage.desk, readSession)).not.toBeNull();

  await running.stop();
  await page.getByText('Bàn điều hành trên máy này đã dừng.').waitFor();
  expect(await banner.innerText()).toMatch(/đã báo là lưu thì vẫn còn .* npm start/);
  expect(await pill.innerText()).toBe('Bàn không còn trả lời');

  const again = await startConsole({ data, port: Number(new URL(running.ready.address).port) });
  try {
    await page.getByText('Địa chỉ của trang này không còn dùng được.').waitFor();
    expect(await banner.innerText()).toMatch(/đã chạy lại.* npm run console -- address$/);

    // The browser is let in again by another window: this page goes on too.
    const other = await stage.desk.context.newPage();
    await other.goto(again.ready.address);
    await banner.waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  } finally {
    await again.stop();
  }
});
