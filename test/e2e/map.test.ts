import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { samplePack, samplePictures } from '../support/map-pack.ts';
import { pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';
import { typeCall } from './desk-work.ts';

/** Drawing by software beside other tests may take long, and as long as it does the page shows nothing. */
const DRAWING = { timeout: 120_000 };
const stage: { browser: Browser; world: World; desk: Desk } = Object.create(null);

beforeAll(async () => {
  stage.browser = await startBrowser({ draws: true });
  stage.world = await startWorld(1);
  stage.desk = await stage.world.desk(stage.browser, 'map');
  await signIn(stage.desk.page, 'truc115.1');
});
afterEach(async ({ task }) => { await pictureIfFailed(task, [stage.desk]); });
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

const sheet = (page: Page): Locator => page.getByRole('application', { name: 'Bản đồ nơi xảy ra' });
const position = (page: Page): Locator => page.getByLabel('Vị trí (vĩ độ; kinh độ)');
const said = (page: Page): Locator => page.locator('.map [role=status]');
const neighbours = (page: Page): Locator => page.locator('.neighbours li');

async function startCall(page: Page): Promise<void> {
  await page.keyboard.press('n');
  await page.getByText('số tạm, đọc cho người gọi').waitFor();
  await sheet(page).waitFor();
}

/** The numbers that the field of the position has. */
async function point(page: Page): Promise<[lat: number, lon: number]> {
  const [lat = NaN, lon = NaN] = (await position(page).inputValue()).split(';').map(part => Number(part.replace(',', '.')));
  return [lat, lon];
}

describe('without a map pack', () => {
  test('a place is put on the grid by keyboard, kept like what is typed, and goes with the record', async () => {
    const { page } = stage.desk;
    await startCall(page);
    await page.getByText(/^Lưới kinh vĩ độ\. Máy này chưa có bản đồ nền/).waitFor();
    await neighbours(page).first().waitFor();
    expect(await said(page).innerText()).toMatch(/^Chưa đặt điểm\. Bản đồ rộng .*: [1-6] vụ trong 24 giờ, \d+ đơn vị, \d+ xã, phường\.$/);

    await page.keyboard.press('Alt+m');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await said(page).innerText()).toMatch(/^Tâm ngắm \d+,\d{5}; \d+,\d{5}\.$/);
    await page.keyboard.press('Enter');
    const [lat, lon] = await point(page);
    expect(lat > 11 && lat < 13 && lon > 106 && lon < 108).toBe(true);
    await page.locator('.pin').waitFor({ state: 'attached' });
    expect(await said(page).innerText()).toBe(`Đã đặt điểm ở ${await position(page).inputValue()}.`);

    for (const key of ['+', '+', 'ArrowUp', 'ArrowRight', 'Delete', 'Backspace']) await page.keyboard.press(key);
    expect(await point(page)).toEqual([lat, lon]);
    await page.keyboard.press('Enter');
    const [finerLat, finerLon] = await point(page);
    expect([finerLat > lat, finerLon > lon, finerLon - lon < 0.1]).toEqual([true, true, true]);
    await page.getByText(/Đã lưu nháp/).waitFor();
    await page.reload();
    await sheet(page).waitFor();
    expect(await point(page)).toEqual([finerLat, finerLon]);

    await typeCall(page, { place: 'Ngã ba thử bản đồ', words: 'Thử đặt điểm trên lưới', phone: '0900000418' });
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Thử đặt điểm trên lưới' }).waitFor();
    await page.getByText(`${finerLat.toFixed(5).replace('.', ',')}; ${finerLon.toFixed(5).replace('.', ',')}`).first().waitFor();
  });

  test('on the record its position is corrected in the edit form, typed as people write it; what cannot be read stops the saving and stays', async () => {
    const { page } = stage.desk;
    await page.getByRole('button', { name: 'Sửa vị trí' }).click();
    await page.locator('.issue-form [data-field=position]:focus').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('11,53');
    await page.getByRole('alert').getByText(/^Chưa đọc được: ghi hai số/).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.locator('.form-end').getByText(/^Chưa đọc được/).waitFor();
    expect(await position(page).inputValue()).toBe('11,53');
    await position(page).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('11.5312, 106.8823');
    await page.keyboard.press('Control+Enter');
    await page.locator('.facts').getByText('11,53120; 106,88230').waitFor();
  });

  test('records near a call have figures, on the map and in the list, and a figure chooses one; what a point replaces can be taken back', async () => {
    const { page } = stage.desk;
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Tiếp nhận mới/ }).waitFor();
    await startCall(page);
    await position(page).fill('11,5313; 106,8825');
    const first = neighbours(page).filter({ hasText: 'Thử đặt điểm trên lưới' });
    await first.waitFor();
    expect(await first.innerText()).toMatch(/^1\n[^]*\d+ m · /);
    await page.keyboard.press('Alt+m');
    await page.keyboard.press('1');
    await page.locator('.neighbours li.chosen').getByText('Thử đặt điểm trên lưới').waitFor();
    expect(await said(page).innerText()).toMatch(/^Vụ 1, .*: Thử đặt điểm trên lưới$/);
    expect(await page.locator('.map-sheet .neighbour.chosen text').textContent()).toBe('1');

    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Enter');
    expect((await point(page))[0]).toBeLessThan(11.5313);
    await page.getByRole('button', { name: 'Lấy lại “11,5313; 106,8825”' }).click();
    expect(await position(page).inputValue()).toBe('11,5313; 106,8825');
  });

  test('a pointer needs no dragging: a click aims, the button puts', async () => {
    const { page } = stage.desk;
    await position(page).fill('');
    const box = (await sheet(page).boundingBox())!;
    await page.mouse.click(box.x + 60, box.y + 50);
    expect(await position(page).inputValue()).toBe('');
    await page.getByRole('button', { name: /^Đặt điểm ở tâm ngắm/ }).click();
    const clicked = await point(page);
    await page.getByRole('button', { name: 'Sang đông' }).click();
    await page.getByRole('button', { name: 'Phóng to' }).click();
    expect(await point(page)).toEqual(clicked);
    await page.mouse.dblclick(box.x + 300, box.y + 90);
    expect((await point(page))[1]).toBeGreaterThan(clicked[1]);
  });
});

describe('with a map pack', () => {
  const put = (bytes: Uint8Array): void => {
    const folder = join(stage.desk.data, 'map');
    mkdirSync(folder, { recursive: true });
    for (const old of readdirSync(folder)) rmSync(join(folder, old));
    writeFileSync(join(folder, 'tinh.pmtiles'), bytes);
  };
  /** Share of the map's pixels in a colour, as the screen shows it; up to `near` away in each channel. */
  const shareOf = async (page: Page, rgb: readonly number[], near = 6): Promise<number> => {
    const picture = (await sheet(page).screenshot()).toString('base64');
    return page.evaluate<number>(`(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${picture}';
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const ink = canvas.getContext('2d');
      ink.drawImage(image, 0, 0);
      const { data } = ink.getImageData(0, 0, image.width, image.height);
      let hits = 0;
      for (let i = 0; i < data.length; i += 4) if (${JSON.stringify(rgb)}.every((value, c) => Math.abs(value - data[i + c]) <= ${near})) hits += 1;
      return hits / (data.length / 4);
    })()`);
  };
  const canDraw = (page: Page): Promise<boolean> => page.evaluate<boolean>(`document.createElement('canvas').getContext('webgl2') !== null`);
  const WATER = [0xb9, 0xcf, 0xe8], ROAD = [255, 255, 255];

  test('its bytes come over the wire and the ground is drawn, with nothing asked of anybody else', async ({ skip }) => {
    const { page } = stage.desk;
    skip(!await canDraw(page), 'this Chromium has no WebGL, not even by software');
    const [asked, complaints]: [string[], string[]] = [[], []];
    page.on('request', request => asked.push(request.url()));
    page.on('console', message => { if (message.type() === 'error') complaints.push(message.text()); });
    page.on('pageerror', error => complaints.push(error.message));
    put(samplePack());
    await page.reload();
    await page.locator('.map-pack[data-drawn=true]').waitFor(DRAWING);
    await page.getByText('© OpenStreetMap').waitFor();
    expect(await shareOf(page, WATER)).toBeGreaterThan(0.2);
    expect(await shareOf(page, ROAD)).toBeGreaterThan(0.002);
    expect(await page.locator('.map-sheet .grid').count()).toBe(0);
    const { origin } = new URL(page.url());
    expect(asked.filter(url => !url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith(`blob:${origin}`))).toEqual([]);
    expect(complaints).toEqual([]);
    // The same keys and the same pin lie on it.
    await page.keyboard.press('Alt+m');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    expect(await said(page).innerText()).toMatch(/^Đã đặt điểm ở/);
    expect(await page.locator('.map-sheet .pin').count()).toBe(1);
  });

  test('pictures and layers of an unknown schema are drawn too', async ({ skip }) => {
    const { page } = stage.desk;
    skip(!await canDraw(page), 'this Chromium has no WebGL, not even by software');
    put(samplePictures([200, 60, 120], { lat: 11.53, lon: 106.88 }));
    await page.reload();
    await page.locator('.map-pack[data-drawn=true]').waitFor(DRAWING);
    expect(await shareOf(page, [200, 60, 120], 12)).toBeGreaterThan(0.3);
    put(samplePack({ water: 'mat_nuoc', road: 'duong', other: 'thua_dat' }));
    await page.reload();
    await page.locator('.map-pack[data-drawn=true]').waitFor(DRAWING);
    expect(await shareOf(page, [0xb4, 0xbc, 0xc4])).toBeGreaterThan(0.0005);
  });

  test('one that is cut short is named, and the grid is there', async () => {
    const { page } = stage.desk;
    put(samplePack().subarray(0, 400));
    await page.reload();
    await page.getByText('Gói bản đồ tinh.pmtiles bị hỏng hoặc chưa chép xong.').waitFor(DRAWING);
    expect(await page.locator('.map-sheet .grid').count()).toBe(1);
  });
});
