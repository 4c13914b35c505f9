import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';
import { receiveCall } from './desk-work.ts';

const PASTED = 'ệ'.repeat(360_000);                         // three bytes each
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

test('more than a megabyte pasted into a note are refused in words, the text and the connection stay', async () => {
  const { page } = stage.desk;
  const sockets: string[] = [];
  page.on('websocket', socket => sockets.push(socket.url()));
  await receiveCall(page, { place: 'Ngã tư Mẫu', words: 'Ghi chú dài quá mức', phone: '0000000419' });
  await page.keyboard.press('g');
  const note = page.getByRole('textbox').last();
  await note.waitFor();
  // As a paste leaves it; inserting so much letter by letter keeps a browser busy for minutes.
  await note.evaluate((box: { value: string; dispatchEvent(event: Event): boolean }, text) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), 'value')?.set?.call(box, text);
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }, PASTED);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Nội dung gửi lên quá lớn.').waitFor();
  expect((await note.inputValue()).length).toBe(PASTED.length);
  await note.fill('Ghi chú ngắn hơn');
  await page.keyboard.press('Control+Enter');
  await page.locator('ol.history').getByText('Ghi chú ngắn hơn').waitFor();
  expect(sockets).toEqual([]);                               // none was opened anew
});
