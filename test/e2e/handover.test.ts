import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { change } from './desk-work.ts';
import { PASSWORD, pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';

/** A shift is handed over: at two desks, and at one desk while the province is down. */
const stage = {} as { browser: Browser; world: World; goes: Desk; comes: Desk };
const LATE = 'Hỏi lại đơn vị về vụ quá hạn';
const NEXT = 'Gọi lại gia đình trước 22:15';
const ORDER = 'Ưu tiên xe cấp cứu qua ĐT.741 đến 06:00';

beforeAll(async () => {
  stage.browser = await startBrowser();
  stage.world = await startWorld(2);
  stage.goes = await stage.world.desk(stage.browser, 'ban-giao');
  stage.comes = await stage.world.desk(stage.browser, 'ban-nhan');
  // Who has signed in here once can sign without a link.
  await signIn(stage.goes.page, 'truc115.3');
  await change(stage.goes.page, 'truc115.1');
  await signIn(stage.comes.page, 'truc115.2');
});
afterEach(({ task }) => pictureIfFailed(task, [stage.goes, stage.comes]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

async function toHandovers(page: Page): Promise<void> {
  await page.getByRole('link', { name: /Bàn giao ca/ }).click();
  await page.getByRole('heading', { name: 'Bàn giao ca', exact: true }).waitFor();
}

/** The keyboard is in the first field, which says the form's heading, and the heading is in sight. */
async function begunAtFirst(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Ca', exact: true, description: /^Lập biên bản bàn giao/ }).and(page.locator(':focus')).waitFor();
  expect((await page.getByRole('heading', { name: 'Lập biên bản bàn giao' }).boundingBox())?.y).toBeGreaterThan(0);
  expect(await page.evaluate(`document.querySelector('.handover-parts').scrollTop`)).toBe(0);
}

/** Begins a handover by keyboard and writes what no queue knows. */
async function write(page: Page, instructions: string): Promise<void> {
  await page.keyboard.press('n');
  await begunAtFirst(page);
  await page.getByLabel('Ai chỉ đạo, lúc nào, việc gì').fill(instructions);
  await page.getByText(/Tự lưu \d\d:\d\d/).waitFor();
}

async function give(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await page.getByLabel('Mật khẩu của bạn').fill(PASSWORD);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Chưa ký').waitFor();
}

/** Space on each part that asks for it, ↓ to the first. */
async function readAll(page: Page): Promise<void> {
  await page.keyboard.press('ArrowDown');
  for (let left = await page.getByRole('button', { name: 'Chưa đọc', exact: true }).count(); left > 0; left--) {
    await expect.poll(() => page.locator('.handover-part:focus').count()).toBe(1);
    await page.keyboard.press(' ');
    await expect.poll(() => page.getByRole('button', { name: 'Chưa đọc', exact: true }).count()).toBe(left - 1);
  }
}

describe('a shift handover', () => {
  test('is filled from the queue and written by keyboard; what is typed outlives a reload', async () => {
    const { page } = stage.goes;
    await toHandovers(page);
    await write(page, ORDER);
    // What stands where changes as records fall overdue, and one record may stand in two parts: each field is known by its record.
    const every = page.getByLabel(/^Việc phải làm tiếp của/);
    const label = await page.locator('.handover-part.overdue').getByLabel(/^Việc phải làm tiếp của/).last().getAttribute('aria-label') ?? '';
    const labels = await Promise.all((await every.all()).map(async field => await field.getAttribute('aria-label') ?? ''));
    const others = labels.filter(other => other !== label);
    const [late, next] = [page.locator('.handover-part.overdue').getByLabel(label, { exact: true }), page.getByLabel(others[0]!, { exact: true }).first()];
    await next.fill(NEXT);
    await late.fill(LATE);
    await page.getByText(/Tự lưu \d\d:\d\d/).waitFor();
    await page.reload();
    await begunAtFirst(page);
    await page.keyboard.press('Control+l');
    await page.getByRole('heading', { name: 'Máy đang khóa' }).waitFor();
    await page.getByRole('textbox', { name: /^Mật khẩu/ }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await begunAtFirst(page);
    await expect.poll(() => page.getByLabel('Ai chỉ đạo, lúc nào, việc gì').inputValue()).toBe(ORDER);
    expect(await next.inputValue()).toBe(NEXT);
    expect(await late.inputValue()).toBe(LATE);
    expect(await page.locator('.handover-part.overdue li').count()).toBe(await page.locator('.handover-part.overdue').getByLabel(/^Việc phải làm tiếp của/).count());
    await page.getByRole('heading', { name: /^1\. Vụ đang mở [1-9]/ }).waitFor();
    await page.getByText('Số liệu của IOC tỉnh Bình Phước, tuyến 115', { exact: false }).waitFor();
  });

  test('a wrong password signs nothing; the own one does, and the figures stand still from then on', async () => {
    const { page } = stage.goes;
    await page.keyboard.press('Control+Enter');
    await page.getByText(/Số liệu khóa lúc/).waitFor();
    await page.getByLabel('Mật khẩu của bạn').fill('không phải');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').filter({ hasText: /mật khẩu/i }).waitFor();
    await page.keyboard.press('Escape');
    await begunAtFirst(page);
    await page.keyboard.press('Control+Enter');
    await page.getByLabel('Mật khẩu của bạn').fill(PASSWORD);
    await page.keyboard.press('Control+Enter');
    await page.getByText('vẫn chịu trách nhiệm trả lời đến khi bên nhận ký').waitFor();
    await page.getByText(NEXT).first().waitFor();
    await page.locator('.handover-part.overdue').getByText(LATE).waitFor();
  });

  test('the other desk is told, reads part by part, and can sign only then; both see both signatures', async () => {
    const { page } = stage.comes;
    await expect.poll(() => page.locator('.rail-count').filter({ hasText: '1' }).count()).toBe(1);
    await toHandovers(page);
    await page.keyboard.press('Enter');
    await page.getByText(ORDER).waitFor();
    await page.locator('.handover-part.overdue').getByText(LATE).waitFor();
    await page.getByText('Số liệu của IOC tỉnh Bình Phước, tuyến 115', { exact: false }).waitFor();
    await page.getByLabel('Mật khẩu của người nhận').fill(PASSWORD);
    expect(await page.getByRole('button', { name: /Ký nhận ca/ }).isEnabled()).toBe(false);
    await page.getByRole('button', { name: /^Còn \d mục chưa đọc: tới mục/ }).press('Enter');
    await readAll(page);
    await page.getByLabel('Ý kiến của bên nhận (nếu có)').fill('Đã nhận đủ bộ đàm');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => page.getByText('Đã ký', { exact: true }).count()).toBe(2);
    await expect.poll(() => stage.goes.page.getByText('Đã ký', { exact: true }).count()).toBe(2);
    await stage.goes.page.getByText('Đã nhận đủ bộ đàm').waitFor();
    await expect.poll(() => page.locator('.rail .rail-count').count()).toBe(0);
  });

  test('prints as a record with both names and the check code', async () => {
    const { page, context } = stage.goes;
    const opened = context.waitForEvent('page');
    await page.keyboard.press('p');
    const paper = await opened;
    await paper.getByRole('heading', { name: 'BIÊN BẢN BÀN GIAO CA' }).waitFor();
    const [code] = /[0-9A-F]{4}-[0-9A-F]{4}/.exec(await page.getByText(/Mã kiểm tra/).innerText()) ?? [];
    expect(await paper.locator('.paper').innerText()).toContain(code ?? 'no code');
    expect(await paper.locator('.paper').innerText()).toContain(ORDER);
    expect(await paper.locator('.paper').innerText()).toContain(LATE);
    expect(await paper.locator('.paper').innerText()).toContain('Số liệu của IOC tỉnh Bình Phước, tuyến 115');
    await paper.close();
  });

  test('with the province down it is handed over at one desk, who comes sits down there, and it is everywhere once the link is back', async () => {
    const { page } = stage.goes;
    await stage.world.stopProvince();
    await page.getByText('Mất kết nối').first().waitFor();
    await page.keyboard.press('Escape');
    await toHandovers(page);
    await write(page, 'Bàn giao lúc mất mạng');
    await page.getByRole('heading', { name: /^5\. Thiết bị hỏng/ }).waitFor();
    await page.getByText(/Mất kết nối với IOC tỉnh từ/).waitFor();
    await give(page);
    await page.getByLabel('Người nhận ca').selectOption('truc115.3');
    await page.getByRole('button', { name: /^Còn \d mục chưa đọc: tới mục/ }).press('Enter');
    await readAll(page);
    await page.getByLabel('Mật khẩu của người nhận').fill(PASSWORD);
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => page.getByText('Đã ký', { exact: true }).count()).toBe(2);
    await stage.world.startProvinceAgain();
    await toHandovers(stage.comes.page);
    await stage.comes.page.getByRole('row').filter({ hasText: 'Đã bàn giao' }).nth(1).waitFor();
    await stage.comes.page.getByRole('row').filter({ hasText: 'Chưa đọc' }).waitFor();
  });
});
