import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { overflow, serious } from './axe.ts';
import { freshAddress, pictureIfFailed, startWorld, type Desk, type World } from './desk.ts';
import { tour, wear, type Look } from './tour.ts';

const stage = {} as { browser: Browser; world: World; desk: Desk };

beforeAll(async () => {
  stage.browser = await startBrowser();
  stage.world = await startWorld(1);
  stage.desk = await stage.world.desk(stage.browser, 'ban');
  await stage.desk.page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  await stage.desk.page.getByText('Chọn tên mình').waitFor();
});
afterEach(({ task }) => pictureIfFailed(task, [stage.desk]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

const LOOKS: Look[] = [
  { theme: 'light', width: 1366, height: 768, scale: 1 },
  { theme: 'dark', width: 1366, height: 768, scale: 1.5 },
];

test.each(LOOKS)('every screen holds and has nothing serious for axe: $theme, $width×$height at $scale', async look => {
  const { page } = stage.desk;
  await wear(stage.desk, freshAddress(stage.desk), look);
  const found: Record<string, string[]> = {};
  const seen: string[] = [];
  await tour(page, async screen => {
    seen.push(screen);
    const wrong = [...await serious(page), ...await overflow(page)];
    if (wrong.length > 0) found[screen] = wrong;
  });
  expect(found).toEqual({});
  expect(seen).toEqual(['sign-in', 'queue-empty-panel', 'queue', 'queue-bulk', 'queue-filter', 'issue', 'command-bar', 'keys', 'imports', 'directory', 'access', 'policy', 'survey', 'health', 'roster', 'roster-published', 'roster-board', 'handover-new', 'handover', 'handovers', 'request-new', 'request', 'attention', 'intake', 'locked']);
});

test('one switch makes the interface English, and back', async () => {
  const { page } = stage.desk;
  await wear(stage.desk, freshAddress(stage.desk), { theme: 'light', width: 1366, height: 768, scale: 1 });
  await page.getByRole('button', { name: 'Hiển thị' }).click();
  await page.getByText('English').first().click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByText('Tiếng Việt').first().click();
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
});
