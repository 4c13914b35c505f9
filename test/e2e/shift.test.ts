import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { leave, signIn } from './desk.ts';
import { fillAndSend, forward, openByCommandBar, receiveCall, state, typeCall, verify } from './desk-work.ts';
import { twoDesks } from './two-desks.ts';

const stage = twoDesks({ call: { name: 'ban-115', login: 'truc115.1' }, lead: { name: 'ban-ca-truong', login: 'catruong' } });
const CALL = { place: 'ĐT.741, cách cầu Hai Mươi 200 m', words: 'Xe tải va xe máy, hai người nằm giữa đường', phone: '0000000418' };


/** How many records the desk says it has not sent. */
async function pendingAt(page: Page): Promise<string> {
  return page.locator('.link-pill').innerText();
}

describe('the whole way of a call, at two desks and a province', () => {
  test('a call taken in by keyboard shows at the other desk, untouched', async () => {
    const no = await receiveCall(stage.call.page, CALL);
    expect(no).toMatch(/^TẠM-BP-\d+-\d{6}-\d{2}$/);
    await stage.lead.page.getByText('1 bản ghi mới').waitFor();
  });

  test('it gets its final number and says that it is at the province', async () => {
    const { page } = stage.call;
    await page.getByText(/^115-2\d{3}-\d{6}$/).first().waitFor();
    await page.getByText('Đã lên máy chủ').waitFor();
  });

  test('verified and sent to a unit by keyboard, found without accents', async () => {
    await verify(stage.call.page);
    await forward(stage.call.page, 'trung tam cap cuu 115');
  });

  test('the list at the other desk has not moved; R shows the new record, and the command bar finds it without accents', async () => {
    const { page } = stage.lead;
    await page.keyboard.press('r');
    await page.getByRole('gridcell', { name: /Xe tải va xe máy/ }).waitFor();
    await openByCommandBar(page, 'xe tai va xe may');
    await page.getByRole('heading', { name: CALL.words }).waitFor();
    await state(page, 'Đã chuyển xử lý').waitFor();
  });

  test('the unit’s own person accepts, works and reports; nobody else is offered that', async () => {
    const { page } = stage.lead;
    expect(await page.getByRole('button', { name: /Nhận xử lý/ }).count()).toBe(0);
    await leave(page);
    await signIn(page, 'capcuu');
    await openByCommandBar(page, 'xe tai va xe may');
    await page.getByRole('button', { name: /Nhận xử lý/ }).waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('Control+Enter');
    await state(page, 'Đã nhận xử lý').waitFor();
    await page.keyboard.press('s');
    await page.keyboard.press('Control+Enter');
    await state(page, 'Đang xử lý').waitFor();
    await page.keyboard.press('h');
    await fillAndSend(page, 'Đã đưa hai nạn nhân vào bệnh viện lúc 14:20');
    await state(page, 'Đã xử lý xong').waitFor();
  });

  test('the IOC closes it with an outcome and a reply; every step stands in the history with its author', async () => {
    const { page } = stage.call;
    await state(page, 'Đã xử lý xong').waitFor();
    await page.keyboard.press('d');
    await page.getByText('Đã khắc phục').first().waitFor();
    await page.keyboard.press('Space');
    await fillAndSend(page, 'Cảm ơn anh đã báo tin.');
    await state(page, 'Đã đóng').waitFor();
    const history = await page.locator('ol.history').innerText();
    for (const step of ['Tiếp nhận', 'Bắt đầu xác minh', 'Xác minh: tin đúng', 'Điều lực lượng: ', 'Nhận xử lý', 'Bắt đầu xử lý', 'Xử lý xong', 'Đóng']) expect(history).toContain(step);
  });
});

describe('without a province', () => {
  test('both desks go on; what they enter is said to be saved on the machine', async () => {
    // What the desk did last has left it: one thing is to wait below, not two.
    await expect.poll(() => pendingAt(stage.call.page)).toContain('Đã đồng bộ');
    await stage.world.stopProvince();
    await stage.call.page.keyboard.press('Escape');
    await stage.call.page.getByText('Mất kết nối').first().waitFor();
    await receiveCall(stage.call.page, { ...CALL, words: 'Cụ ông khó thở khi mất mạng' });
    await stage.call.page.getByText('Đã lưu trên máy').waitFor();
    await leave(stage.lead.page);
    await signIn(stage.lead.page, 'catruong');   // has signed in here before, so also without a link
    expect(await pendingAt(stage.call.page)).toContain('· 1 chờ gửi');
  });

  test('five seconds after the province is back they agree', async () => {
    await stage.world.startProvinceAgain();
    await stage.lead.page.getByText(/bản ghi mới/).waitFor({ timeout: 5_000 });
    await stage.call.page.getByText('Đã lên máy chủ').waitFor({ timeout: 5_000 });
  });
});

describe('the core is killed while a form is being saved', () => {
  test('the console comes back by itself with everything that was said to be saved', async () => {
    const { page } = stage.call;
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.getByText('số tạm, đọc cho người gọi').waitFor();
    await typeCall(page, { ...CALL, words: 'Chữ này đã được lưu' });
    process.kill(stage.call.corePid(), 'SIGKILL');
    await page.keyboard.press('Alt+2');
    await page.keyboard.press('End');
    await page.keyboard.type(' và chữ này gõ khi phần xử lý đang chết');
    await page.getByText(/Đã lưu nháp/).waitFor();
    await page.reload();
    await expect.poll(() => page.locator('[data-field="description"]').inputValue(), { timeout: 20_000 })
      .toBe('Chữ này đã được lưu và chữ này gõ khi phần xử lý đang chết');
  });
});
