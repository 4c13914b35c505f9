import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { freshAddress, pictureIfFailed, startWorld, type Desk, type World } from './desk.ts';
import { tour, wear, type Look } from './tour.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
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

interface Finding { id: string; impact: string | null; nodes: { target: string[] }[] }

/** What axe-core calls serious or critical on what the page shows now. */
async function serious(page: Page): Promise<string[]> {
  // The page's policy forbids scripts from elsewhere; the debugger's evaluation is not the page's.
  await page.evaluate(AXE);
  const findings = await page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then(r => r.violations)') as Finding[];
  return findings.filter(f => f.impact === 'serious' || f.impact === 'critical').map(f => `${f.id}: ${f.nodes.map(n => n.target.join(' ')).join(' | ')}`);
}

/** Whether the page asks to be scrolled sideways, and what stands over its right edge. */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1).slice(0, 5).map(e => e.tagName + '.' + e.className);
  })()`);
}

const LOOKS: Look[] = [
  { theme: 'light', width: 1366, height: 768, scale: 1 },
  { theme: 'dark', width: 1920, height: 1080, scale: 1 },
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
  expect(seen).toEqual(['sign-in', 'queue-empty-panel', 'queue', 'queue-bulk', 'queue-filter', 'issue', 'command-bar', 'keys', 'imports', 'directory', 'policy', 'health', 'attention', 'intake', 'locked']);
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
