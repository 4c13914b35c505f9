import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { leave, PASSWORD, pictureIfFailed, startWorld, type Desk, type World } from './desk.ts';
import { forward, receiveCall, state, verify } from './desk-work.ts';

const stage = {} as { browser: Browser; world: World; desk: Desk };
const CALL = { place: 'Ấp 3, xã Tân Hưng', words: 'Ngã xe ở đường Hòa Bình', phone: '0000000913' };

beforeAll(async () => {
  stage.browser = await startBrowser();
  stage.world = await startWorld(1);
  stage.desk = await stage.world.desk(stage.browser, 'ban');
  await stage.desk.page.getByText('Chọn tên mình').waitFor();
});
afterEach(({ task }) => pictureIfFailed(task, [stage.desk]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

describe('sign-in by keyboard alone', () => {
  test('letters narrow the tiles, also without accents; arrows move, Esc gives all back', async () => {
    const { page } = stage.desk;
    const tiles = page.getByRole('option');
    const all = await tiles.count();
    expect(all).toBeGreaterThan(20);
    await page.keyboard.type('truc115');
    await expect.poll(() => tiles.count()).toBe(3);
    const chosen = () => page.getByRole('option', { selected: true }).innerText();
    const first = await chosen();
    await page.keyboard.press('ArrowRight');
    expect(await chosen()).not.toBe(first);
    await page.keyboard.press('ArrowLeft');
    expect(await chosen()).toBe(first);
    expect(await page.getByRole('status').filter({ hasText: '3 người khớp' }).count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => tiles.count()).toBe(all);
  });

  test('no tile cuts a name or a title, however long', async () => {
    // As text: the tests are compiled without the browser's types.
    await stage.desk.page.evaluate(`document.querySelector('.tile > :last-child').append(' ' + 'Phó Trưởng phòng Tổng hợp '.repeat(12))`);
    const cut = stage.desk.page.evaluate(`[...document.querySelectorAll('.tile')].filter(tile => tile.scrollHeight > tile.clientHeight).map(tile => tile.textContent)`);
    expect(await cut).toEqual([]);
  });

  test('nobody found is said, and Enter goes on with what was typed as the account', async () => {
    const { page } = stage.desk;
    await page.keyboard.type('truc115.9');
    await page.getByText('Không có ai trên máy này khớp “truc115.9”').waitFor();
    expect(await page.getByRole('option').count()).toBe(0);
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Tên đăng nhập').inputValue()).toBe('truc115.9');
    await page.getByRole('textbox', { name: /^Mật khẩu/ }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
  });

  test('the exact account is the one chosen, though others carry its letters', async () => {
    const { page } = stage.desk;
    await page.keyboard.type('capcuu');
    await page.getByRole('option', { selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(PASSWORD);
    expect(await page.getByRole('option', { selected: true }).getAttribute('id')).toBe('tile-capcuu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  test('a refused password is replaced by typing the right one', async () => {
    const { page } = stage.desk;
    await page.keyboard.type('truc115.2');
    await page.keyboard.press('Enter');
    await page.keyboard.type('nham lan');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Mật khẩu không đúng' }).waitFor();
    await page.keyboard.type(PASSWORD);
    expect(await page.getByRole('textbox', { name: /^Mật khẩu/ }).inputValue()).toBe(PASSWORD);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  test('a name, Enter, the password, Enter', async () => {
    const { page } = stage.desk;
    await page.keyboard.type('truc115.1');
    await expect.poll(() => page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Tiếp nhận mới/ }).waitFor();
  });
});

describe('the form of a step', () => {
  test('a digit chooses, letters go into the note, and no key of the queue runs meanwhile', async () => {
    const { page } = stage.desk;
    await receiveCall(page, CALL);
    await page.keyboard.press('x');
    await page.getByText('Cách xác minh').first().waitFor();
    await page.keyboard.press('2');
    await page.keyboard.type('nghe rõ');
    expect(await page.getByRole('radio', { checked: true }).innerText()).toContain('Xem camera');
    expect(await page.getByRole('textbox', { name: 'Ghi chú' }).inputValue()).toBe('nghe rõ');
    await page.keyboard.press('Alt+4');
    expect(await page.getByRole('radio', { checked: true }).innerText()).toContain('Đơn vị xác nhận');
  });

  test('put aside and taken up again it has kept everything, and the record has the focus in between', async () => {
    const { page } = stage.desk;
    await page.keyboard.press('Escape');
    await page.locator('article.issue:focus').waitFor();
    await page.keyboard.press('x');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.press('Control+Enter');
    await state(page, 'Đã xác minh').waitFor();
    expect(await page.locator('ol.history').innerText()).toContain('nghe rõ');
  });

  test('letters typed before anything is chosen are not swallowed either; what is missing gets the focus', async () => {
    const { page } = stage.desk;
    await receiveCall(page, { ...CALL, words: 'Cuộc gọi thứ hai' });
    await page.keyboard.press('x');
    await page.getByText('Cách xác minh').first().waitFor();
    await page.keyboard.type('nhà có người');
    expect(await page.getByRole('textbox', { name: 'Ghi chú' }).inputValue()).toBe('nhà có người');
    await page.keyboard.press('Control+Enter');
    await page.locator('[role=radio]:focus').waitFor();
  });

  test('back in the queue the record is the chosen one; the first arrow after that moves on', async () => {
    const { page } = stage.desk;
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('row', { selected: true }).filter({ hasText: 'Cuộc gọi thứ hai' }).waitFor();
    await page.locator('aside').getByRole('heading', { name: 'Cuộc gọi thứ hai' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.locator('aside').getByRole('heading', { name: CALL.words }).waitFor();
  });

  test('the time of the call and the time of writing it down have different names', async () => {
    const { page } = stage.desk;
    await page.locator('aside ol.history').waitFor();
    expect(await page.locator('aside dt').filter({ hasText: 'Nhận tin lúc' }).count()).toBe(1);
    expect(await page.locator('aside ol.history').innerText()).toContain('Tiếp nhận, ghi vào hệ thống');
  });
});

test('the text of a record, which may be longer than its panel, is reached and scrolled by keyboard', async () => {
  const { page } = stage.desk;
  const body = page.getByRole('region', { name: 'Thông tin' });
  await body.waitFor();
  // However short this record and high this window: the panel has less room than its text.
  await page.evaluate(`document.querySelector('.issue-body').style.maxHeight = '6rem'`);
  for (let presses = 0; presses < 60 && await body.and(page.locator(':focus')).count() === 0; presses += 1) await page.keyboard.press('Tab');
  await body.and(page.locator(':focus')).waitFor();
  expect(await body.evaluate((region: { scrollTop: number }) => region.scrollTop)).toBe(0);
  const scrolled = () => body.evaluate((region: { scrollTop: number }) => region.scrollTop);
  await page.keyboard.press('ArrowDown');
  await expect.poll(scrolled).toBeGreaterThan(20);
  const before = await scrolled();
  await page.keyboard.press('PageDown');
  await expect.poll(scrolled).toBeGreaterThan(before);
  await page.evaluate(`document.querySelector('.issue-body').style.maxHeight = ''`);
  // With room for all of it the same keys choose rows again.
  const size = page.viewportSize() ?? { width: 1366, height: 768 };
  await page.setViewportSize({ ...size, height: 1_200 });
  await page.keyboard.press('ArrowDown');
  await page.locator('aside').getByRole('heading', { name: 'Cuộc gọi thứ hai' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.locator('aside').getByRole('heading', { name: CALL.words }).waitFor();
  await page.setViewportSize(size);
});

test('Esc in a drop-down of the filter gives the keys back to the list', async () => {
  const { page } = stage.desk;
  const state = page.getByLabel('Trạng thái', { exact: true });
  await state.focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.locator('aside').getByRole('heading', { name: 'Cuộc gọi thứ hai' }).waitFor();
  expect(await state.inputValue()).toBe('open');
  await page.keyboard.press('ArrowUp');
  await page.locator('aside').getByRole('heading', { name: CALL.words }).waitFor();
});

test('V shows who reported, for whom it may be shown', async () => {
  const { page } = stage.desk;
  expect(await page.locator('aside').innerText()).not.toContain(CALL.phone);
  await page.keyboard.press('v');
  await page.locator('aside').getByText(CALL.phone).waitFor();
});

test('in a queue gone to by mouse the arrow chooses a row and Enter opens it', async () => {
  const { page } = stage.desk;
  await page.getByRole('link', { name: 'Danh bạ' }).click();
  await page.getByRole('link', { name: 'Hàng đợi' }).click();
  await page.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.on-page').waitFor();
  await page.keyboard.press('Escape');
});

describe('the command bar', () => {
  const scheme = () => stage.desk.page.evaluate("document.documentElement.dataset.mantineColorScheme");

  test('changes the ground, and says which one is in use', async () => {
    const { page } = stage.desk;
    for (const [typed, expected] of [['giao dien toi', 'dark'], ['nền sáng', 'light']] as const) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
      await expect.poll(scheme).toBe(expected);
    }
    await page.keyboard.press('Control+k');
    await page.keyboard.type('nen sang');
    await page.getByRole('option', { name: /Nền: Sáng đang dùng/ }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('offers to take in what this person may, and nothing else', async () => {
    const { page } = stage.desk;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('tiep nhan');
    const offered = page.getByRole('option', { name: /^Tiếp nhận/ });
    await offered.first().waitFor();
    expect(await offered.allInnerTexts()).toEqual([expect.stringContaining('115')]);
    await page.keyboard.press('Escape');
  });

  test('changes the language, there and back', async () => {
    const { page } = stage.desk;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('tieng anh');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Take a call|Receive|New/ }).or(page.getByRole('link', { name: 'Queue' })).first().waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('tieng viet');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Hàng đợi' }).waitFor();
  });

  test('who types no accents is told nothing about accents; who does finds the others under a heading of their own', async () => {
    const { page } = stage.desk;
    const bar = page.getByRole('dialog');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('hoa binh');
    await bar.getByRole('option').filter({ hasText: CALL.words }).waitFor();
    expect(await bar.innerText()).not.toMatch(/khác dấu|dấu khác/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('hỏa bình');
    await bar.getByText('Vụ việc, dấu khác với chữ đã gõ').waitFor();
    await bar.getByRole('option').filter({ hasText: CALL.words }).waitFor();
    await page.keyboard.press('Escape');
  });
});

test('a dispatch while the link is cut is said not to have reached the unit, with the number to call, until it has left', async () => {
  const { page } = stage.desk;
  const notYet = page.getByText('Đơn vị CHƯA nhận được').first();
  const number = await receiveCall(page, { ...CALL, words: 'Cuộc gọi trước khi mất mạng' });
  await verify(page);
  await stage.world.stopProvince();
  await page.getByText('Mất kết nối').first().waitFor();
  await forward(page, 'cap cuu 115');
  await notYet.waitFor();
  expect(await page.getByText(/Gọi ngay cho đơn vị: \d/).count()).toBe(1);
  expect(await page.getByText('Chưa gửi đi, đơn vị CHƯA nhận được').count()).toBe(1);
  await stage.world.startProvinceAgain();
  await notYet.waitFor({ state: 'detached' });
  await page.getByText(`số tạm ${number}`).waitFor();
  await page.getByText('Chờ đơn vị chủ trì nhận.').waitFor();
  await page.keyboard.press('Escape');
});

test('when all is well the health screen says so in one line', async () => {
  const { page } = stage.desk;
  await page.getByText('Đã đồng bộ').first().waitFor();
  await page.evaluate("location.hash = '#/health'");
  await page.getByRole('heading', { name: /^Mọi thứ đều ổn/ }).waitFor();
  expect(await page.getByRole('main').getByText('Vì sao chưa đồng bộ?').count()).toBe(0);
  await leave(page);
});
