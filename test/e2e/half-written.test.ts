import { once } from 'node:events';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startBrowser } from '../support/browser.ts';
import { pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';
import { openByCommandBar, receiveCall, state } from './desk-work.ts';

const stage = {} as { browser: Browser; world: World; desk: Desk };
const CALL = { place: 'Ấp 3, xã Tân Hưng', words: 'Cây đổ chắn ngang đường Hòa Bình', phone: '0000000914' };
const WORDS = 'gọi lại người báo lúc 9 giờ';

beforeAll(async () => {
  stage.browser = await startBrowser();
  stage.world = await startWorld(1);
  stage.desk = await stage.world.desk(stage.browser, 'ban');
  await signIn(stage.desk.page, 'truc115.1');
  await receiveCall(stage.desk.page, CALL);
});
afterEach(({ task }) => pictureIfFailed(task, [stage.desk]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

const mark = () => stage.desk.page.getByRole('button', { name: /Ghi chú · đang viết dở/ });
const field = () => stage.desk.page.getByRole('textbox', { name: 'Nội dung ghi chú' });

/** Opens the form of a note; gives what is written in it. */
async function noteForm(): Promise<string> {
  await stage.desk.page.keyboard.press('g');
  await field().waitFor();
  return field().inputValue();
}

async function signOut(): Promise<void> {
  const { page } = stage.desk;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('dang xuat');
  await page.getByRole('option', { name: /Đăng xuất/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
}

async function openAgain(): Promise<void> {
  await openByCommandBar(stage.desk.page, 'cay do chan ngang');
  await stage.desk.page.getByRole('heading', { name: CALL.words }).waitFor();
}

test('a note put aside is there after a reload, and its button says so', async () => {
  const { page } = stage.desk;
  expect(await mark().count()).toBe(0);
  expect(await noteForm()).toBe('');
  await page.keyboard.type(WORDS);
  await page.keyboard.press('Escape');
  await mark().waitFor();
  await page.reload();
  await mark().waitFor();
  expect(await noteForm()).toBe(WORDS);
});

test('words typed at the very end before a reload are there too', async () => {
  const { page } = stage.desk;
  await page.keyboard.press('End');
  await page.keyboard.type(' và 10 giờ');
  await page.reload();
  await mark().waitFor();
  expect(await noteForm()).toBe(`${WORDS} và 10 giờ`);
});

test('they are there too where the way to the core is slow, and a page that is not answered opens that way again', async () => {
  const { page } = stage.desk;
  const way = { isSlow: false, opened: 0 };
  await page.routeWebSocket('**/wire', socket => {
    const core = socket.connectToServer();
    way.opened += 1;
    const isMute = way.opened === 2;
    socket.onMessage(message => { if (!way.isSlow && !isMute) core.send(message); });
  });
  await page.reload();
  await mark().waitFor();
  await noteForm();
  way.isSlow = true;
  await page.keyboard.press('End');
  await page.keyboard.type(' hoặc 11 giờ');
  await page.reload();
  way.isSlow = false;
  await mark().waitFor();
  expect(await noteForm()).toBe(`${WORDS} và 10 giờ hoặc 11 giờ`);
  expect(way.opened).toBe(3);
  await page.unrouteAll();
});

test('an older save that reaches the core only after the last words does not take their place', async () => {
  const { page, context } = stage.desk;
  const saves: (string | Buffer)[] = [];
  page.on('websocket', socket => { socket.on('framesent', ({ payload }) => { if (payload.includes('saveForm')) saves.push(payload); }); });
  await page.reload();
  await mark().waitFor();
  const before = await noteForm();
  await page.keyboard.press('End');
  await page.keyboard.type(' rồi thôi');
  await expect.poll(() => saves.length).toBeGreaterThan(0);
  await page.keyboard.type(' hẳn');
  await page.reload();
  await mark().waitFor();
  expect(await noteForm()).toBe(`${before} rồi thôi hẳn`);
  const { origin, host } = new URL(page.url());
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const late = new WebSocket(`ws://${host}/wire`, { headers: { cookie, origin } });
  await once(late, 'open');
  late.send(saves[0]!);
  expect(String((await once(late, 'message'))[0])).toContain('savedAtMs');
  late.close();
  await page.reload();
  await mark().waitFor();
  expect(await noteForm()).toBe(`${before} rồi thôi hẳn`);
  await field().fill(WORDS);
});

test('beside the queue the marked button is not behind “more”', async () => {
  const { page } = stage.desk;
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.locator('aside').getByRole('heading', { name: CALL.words }).waitFor();
  await page.locator('aside').getByRole('button', { name: /đang viết dở/ }).waitFor();
});

test('signed out with words just typed: nobody else sees them, the same person has them again', async () => {
  const { page } = stage.desk;
  await noteForm();
  await field().fill(WORDS);
  await signOut();
  await signIn(page, 'truc115.2');
  await openAgain();
  await page.getByRole('button', { name: /Ghi chú/ }).waitFor();
  expect(await mark().count()).toBe(0);
  expect(await noteForm()).toBe('');
  await signOut();
  await signIn(page, 'truc115.1');
  await openAgain();
  await mark().waitFor();
  expect(await noteForm()).toBe(WORDS);
});

test('locked in the middle of a word and taken over by someone else: kept for the one who wrote it', async () => {
  const { page } = stage.desk;
  await field().press('End');
  await page.keyboard.type(', số');
  await page.keyboard.press('Control+l');
  await page.getByText('Bàn điều hành đang khóa').or(page.getByRole('button', { name: /Người khác/ })).first().waitFor();
  await page.keyboard.press('F2');
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  await signIn(page, 'truc115.1');
  await openAgain();
  expect(await noteForm()).toBe(`${WORDS}, số`);
});

test('the core is killed after the pause, and the page is loaded anew: they are there', async () => {
  const { page } = stage.desk;
  await field().fill(WORDS);
  await page.waitForTimeout(400);
  const before = stage.desk.corePid();
  process.kill(before, 'SIGKILL');
  await expect.poll(() => { try { return stage.desk.corePid(); } catch { return before; } }).not.toBe(before);
  await page.reload();
  await mark().waitFor();
  expect(await noteForm()).toBe(WORDS);
});

test('emptied again it is not kept, and says nothing', async () => {
  const { page } = stage.desk;
  await field().fill('');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Ghi chú/ }).waitFor();
  await expect.poll(() => mark().count()).toBe(0);
  await page.reload();
  await page.getByRole('button', { name: /Ghi chú/ }).waitFor();
  expect(await mark().count()).toBe(0);
});

test('once the step is taken they are gone, also after a reload', async () => {
  const { page } = stage.desk;
  await noteForm();
  await page.keyboard.type(WORDS);
  await page.keyboard.press('Control+Enter');
  await page.locator('ol.history').getByText(WORDS).waitFor();
  expect(await mark().count()).toBe(0);
  await page.reload();
  await page.getByRole('button', { name: /Ghi chú/ }).waitFor();
  expect(await mark().count()).toBe(0);
  expect(await noteForm()).toBe('');
});

test('begun for a step that someone else has taken since: still to be read, until put away', async () => {
  const { page } = stage.desk;
  const told = page.getByRole('status').filter({ hasText: 'Chữ bạn viết dở cho bước “Xác minh”' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await page.getByText('Cách xác minh').first().waitFor();
  await page.keyboard.type('nghe tiếng cưa máy');
  await signOut();
  await signIn(page, 'truc115.2');
  await openAgain();
  await page.keyboard.press('x');
  await page.getByText('Cách xác minh').first().waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Control+Enter');
  await state(page, 'Đã xác minh').waitFor();
  expect(await told.count()).toBe(0);
  await signOut();
  await signIn(page, 'truc115.1');
  await openAgain();
  await told.getByText('nghe tiếng cưa máy').waitFor();
  await told.getByRole('button', { name: 'Đã xem, bỏ qua' }).click();
  await told.waitFor({ state: 'detached' });
});
