import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';

/** The grid of a month as it is worked with by keyboard: what is chosen, what is told, and where the focus is afterwards. */
const stage: { browser: Browser; world: World; desk: Desk } = Object.create(null);

beforeAll(async () => {
  stage.browser = await startBrowser();
  stage.world = await startWorld(1);
  stage.desk = await stage.world.desk(stage.browser, 'luoi-truc');
  await signIn(stage.desk.page, 'catruong');
  await stage.desk.page.evaluate(`location.hash = '#/roster/113/2027-01'`);
  await stage.desk.page.getByRole('heading', { name: 'Lịch trực tháng 01/2027 – tuyến 113' }).waitFor();
});
afterEach(({ task }) => pictureIfFailed(task, [stage.desk]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

const focused = (page: Page): Promise<string> => page.evaluate<string>(`document.activeElement.getAttribute('data-spot') ?? document.activeElement.tagName`);
const paste = (page: Page, text: string): Promise<void> => page.evaluate(`(() => { const data = new DataTransfer(); data.setData('text/plain', ${JSON.stringify(text)}); document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()`);

test('Home and End go along the month, with Ctrl to the corners; Ctrl+A chooses the whole grid', async () => {
  const { page } = stage.desk;
  await page.locator('[data-spot="1 4"]').click();
  const went: string[] = [];
  for (const key of ['End', 'Home', 'Control+End', 'Control+Home']) {
    await page.keyboard.press(key);
    went.push(await focused(page));
  }
  expect(went).toEqual(['1 30', '1 0', '5 30', '0 0']);
  await page.keyboard.press('Control+a');
  expect(await page.locator('td.picked').count()).toBe(6 * 31);
});

test('what cannot be pasted is told without moving the grid, and goes by Esc and with the next edit', async () => {
  const { page } = stage.desk;
  const trouble = page.getByRole('alert'), top = async (): Promise<number | undefined> => (await page.locator('.roster-grid').boundingBox())?.y;
  await page.locator('[data-spot="5 0"]').click();
  const before = await top();
  await paste(page, 'S\nS\nS\n');
  await trouble.getByText('Không dán được: 2 hàng nằm dưới người cuối của lịch.').waitFor();
  expect(await top()).toBe(before);
  await page.keyboard.press('Escape');
  await expect.poll(() => trouble.count()).toBe(0);
  await paste(page, 'sai');
  await trouble.getByText('“sai”').waitFor();
  await page.keyboard.press('p');
  await expect.poll(() => trouble.count()).toBe(0);
  await page.keyboard.press('Control+z');
});

test('a holiday is marked in the head, and every row of staffing is in sight', async () => {
  const { page } = stage.desk;
  await page.getByRole('columnheader', { name: 'Lễ 1', exact: true }).waitFor();
  const scroll = await page.locator('.roster-scroll').boundingBox();
  for (const row of await page.locator('.roster-grid .cover tr').all()) {
    const box = await row.boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(scroll!.y + scroll!.height + 1);
  }
});

test('the focus is at the chosen cell after what had it has gone', async () => {
  const { page } = stage.desk;
  await page.getByLabel('Mẫu xoay ca…').selectOption('slow');
  await page.locator('[data-spot="0 0"]').click();
  for (const key of ['+', 'd']) await page.keyboard.press(key);
  await expect.poll(() => focused(page)).toBe('0 0');
  const give = page.getByRole('region', { name: 'Ô đang chọn' }).getByRole('button', { name: 'Giao ca này' }).first();
  await give.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('0 0');
  const absence = page.getByRole('region', { name: 'Có người vắng' });
  await page.locator('[data-spot="0 1"]').click();
  await absence.getByRole('button', { name: 'Xếp lại ít thay đổi nhất' }).focus();
  await page.keyboard.press('Enter');
  await absence.getByRole('button', { name: 'Bỏ', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('0 1');
  // Another month takes it too.
  for (const [key, month] of [['PageDown', '02'], ['PageUp', '01']] as const) {
    await page.keyboard.press(key);
    await page.getByRole('heading', { name: `Lịch trực tháng ${month}/2027 – tuyến 113` }).waitFor();
    await expect.poll(() => focused(page)).toBe('0 0');
  }
});

test('somebody is added by the beginning of their name: the arrows choose, the field keeps the focus', async () => {
  const { page } = stage.desk;
  await page.keyboard.press('Insert');
  const field = page.getByLabel('Tìm trong danh bạ'), options = page.getByRole('listbox', { name: 'Người tìm thấy' }).getByRole('option');
  await field.fill('ngo thi gia');
  await options.first().waitFor();
  const named = await options.locator('b').allInnerTexts();
  expect(named[0]).toMatch(/^Ngô Thị Giả/);
  await field.fill('nguyen');
  await page.keyboard.press('ArrowDown');
  const second = options.nth(1);
  expect(await field.getAttribute('aria-activedescendant')).toBe(await second.getAttribute('id'));
  const name = await second.locator('b').innerText();
  await page.keyboard.press('Enter');
  await page.getByRole('rowheader', { name, exact: true }).waitFor();
  expect(await focused(page)).toBe('INPUT');
});
