import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';
import { allSent, openByCommandBar, openWhenHere } from './desk-work.ts';

const stage = {} as { browser: Browser; world: World; one: Desk; two: Desk };

beforeAll(async () => {
  stage.browser = await startBrowser();
  stage.world = await startWorld(2);
  stage.one = await stage.world.desk(stage.browser, 'ban-mot');
  stage.two = await stage.world.desk(stage.browser, 'ban-hai');
  await signIn(stage.one.page, 'truc1022.1');
  await signIn(stage.two.page, 'truc1022.2');
});
afterEach(({ task }) => pictureIfFailed(task, [stage.one, stage.two]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

describe('with the link down', () => {
  const [FIRST, SECOND] = ['Cây đổ ngang đường', 'Cành cây gãy chắn lối đi'] as const;
  /** Opens a record, says that it is of the same case as another, and stays on it. */
  async function mergeInto(page: Page, what: string, into: string): Promise<void> {
    await openWhenHere(page, what);
    await page.keyboard.press('i');
    await page.locator('.issue-form input').first().fill(into);
    await page.locator('.cases button').first().click();
    await page.locator('.issue-form .chosen').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Vụ việc này đã gộp vào').waitFor();
  }

  test('two consoles merge the same pair apart, each the other way; together again both show the older as the case, and nothing is refused', async () => {
    const [one, two] = [stage.one.page, stage.two.page];
    for (const words of [FIRST, SECOND]) {
      await one.evaluate("location.hash = '#/queue'");
      await one.getByRole('button', { name: /Tiếp nhận mới/ }).waitFor();
      await one.keyboard.press('n');
      const choose = one.getByRole('menuitem', { name: /1022/ });
      await one.getByText('số tạm, đọc cho người gọi').or(choose).first().waitFor();
      if (await choose.isVisible()) await choose.click();
      await one.getByText('số tạm, đọc cho người gọi').waitFor();
      await one.getByText('số tạm, đọc cho người gọi').waitFor();
      await one.keyboard.type('Đường Mẫu 7');
      await one.keyboard.press('Alt+2');
      await one.keyboard.type(words);
      await one.keyboard.press('Alt+3');
      await one.keyboard.type('0000000077');
      await one.keyboard.press('Alt+4');
      await one.keyboard.press('4');
      await one.keyboard.press('Control+Enter');
      await one.getByRole('heading', { name: words }).waitFor();
      await allSent(one);
    }
    await openWhenHere(two, 'canh cay gay');
    await stage.world.stopProvince();
    await mergeInto(one, 'cay do ngang duong', 'canh cay gay');
    await mergeInto(two, 'canh cay gay', 'cay do ngang duong');
    await stage.world.startProvinceAgain();
    for (const page of [one, two]) {
      await openByCommandBar(page, 'cay do ngang duong');
      await page.getByText('Gộp 1 lượt phản ánh khác').waitFor();
      await page.locator('.case-lines').getByText(SECOND).waitFor();
      await allSent(page);
      expect(await page.locator('.link-pill').innerText()).not.toContain('từ chối');
    }
  }, 90_000);
});
