import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openByCommandBar, receiveCall } from './desk-work.ts';
import { twoDesks } from './two-desks.ts';

const stage = twoDesks({ one: { name: 'mot', login: 'truc115.2' }, two: { name: 'hai', login: 'truc115.1' } });
const WORDS = 'Cây đổ chắn đường, có ảnh gửi kèm';

// A chooser is caught from the first on; asked for one by one, the browser may open its own before it is told not to.
beforeAll(() => { stage.one.page.on('filechooser', () => undefined); });

const files = (page: Page): Locator => page.getByRole('region', { name: 'Tệp đính kèm' });
const tile = (page: Page, name: string): Locator => files(page).getByRole('listitem').filter({ hasText: name });

async function add(page: Page, file: { name: string; mimeType: string; buffer: Buffer } | string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('t');
  await (await chooser).setFiles(file);
}

test('a picture added at one console is seen small at the other, and opened there', async () => {
  const [one, two] = [stage.one.page, stage.two.page];
  await receiveCall(one, { place: 'Ngã ba Mẫu', words: WORDS, phone: '0900000000' });
  await add(one, { name: 'cay-do.png', mimeType: 'image/png', buffer: await one.screenshot() });
  await tile(one, 'cay-do.png').getByText('Đã lên máy chủ').waitFor();
  await openByCommandBar(two, WORDS);
  await tile(two, 'cay-do.png').locator('.thumb img').waitFor();
  await two.getByRole('button', { name: 'Mở cay-do.png' }).click();
  const picture = two.getByRole('dialog', { name: 'Xem tệp' }).getByRole('img', { name: 'cay-do.png' });
  await picture.waitFor();
  expect(await picture.evaluate((image: { naturalWidth: number; naturalHeight: number }) => [image.naturalWidth, image.naturalHeight])).toEqual([1366, 768]);
  await two.keyboard.press('Escape');
  await two.getByRole('dialog').waitFor({ state: 'detached' });
});

test('what is saved from the other console is the file, byte for byte', async () => {
  const [one, two] = [stage.one.page, stage.two.page];
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(700_000)]);
  await add(one, { name: 'bien-ban.pdf', mimeType: 'application/pdf', buffer: content });
  await tile(two, 'bien-ban.pdf').getByRole('button', { name: 'Tải về' }).click();
  const download = two.waitForEvent('download');
  await tile(two, 'bien-ban.pdf').getByRole('button', { name: 'Lưu ra máy' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('bien-ban.pdf');
  expect(readFileSync(await saved.path()).equals(content)).toBe(true);
});

test('a large file goes on by itself after the core was killed; a disguised one is refused in words', async () => {
  const { page, corePid, data } = stage.one;
  const sound = join(data, '..', 'ghi-am.mp3');
  writeFileSync(sound, Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), Buffer.from('fffb9064', 'hex'), randomBytes(24 * 1024 * 1024)]));
  await add(page, sound);
  await tile(page, 'ghi-am.mp3').getByText(/chờ gửi|Đang gửi/).waitFor();
  process.kill(corePid(), 'SIGKILL');
  await tile(page, 'ghi-am.mp3').getByText('Đã lên máy chủ').waitFor({ timeout: 60_000 });
  await add(page, { name: 'anh.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>') });
  await tile(page, 'anh.jpg').getByText('Nội dung tệp không phải ảnh, âm thanh, video MP4 hay PDF.').waitFor();
  await tile(page, 'anh.jpg').getByRole('button', { name: 'Bỏ qua' }).click();
});

test('a file is removed with a reason, and the history tells of it at both consoles', async () => {
  const [one, two] = [stage.one.page, stage.two.page];
  await tile(one, 'bien-ban.pdf').getByRole('button', { name: /^Gỡ tệp/ }).click();
  await tile(one, 'bien-ban.pdf').getByRole('textbox').fill('Biên bản của vụ khác');
  await one.keyboard.press('Control+Enter');
  for (const page of [one, two]) {
    await tile(page, 'bien-ban.pdf').waitFor({ state: 'detached' });
    await page.locator('.history').getByText('Gỡ tệp: bien-ban.pdf').waitFor();
    await page.locator('.history').getByText('Biên bản của vụ khác').waitFor();
  }
});
