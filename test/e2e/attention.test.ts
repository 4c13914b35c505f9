import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Desk } from './desk.ts';
import { openByCommandBar, receiveCall, state } from './desk-work.ts';
import { twoDesks } from './two-desks.ts';

const stage = twoDesks({ call: { name: 'ban-115', login: 'truc115.1' }, lead: { name: 'ban-ca-truong', login: 'catruong' } });
const sides = {} as { loser: Desk; winner: Desk };
const CALL = { place: 'Ngã tư Mẫu', words: 'Khói bốc từ kho phế liệu', phone: '0000000777' };


const show = (page: Page, screen: string): Promise<unknown> => page.evaluate(`location.hash = '#/${screen}'`);

/** Changes the priority of the open record. */
async function setPriority(page: Page, level: RegExp): Promise<void> {
  await page.keyboard.press('e');
  await page.getByRole('radio', { name: level }).click();
  await page.keyboard.press('Control+Enter');
  await page.locator('.issue-form').waitFor({ state: 'detached' });
}

async function verifyWith(page: Page, words: string): Promise<void> {
  await page.keyboard.press('x');
  await state(page, 'Đang xác minh').waitFor();
  await page.getByText('Cách xác minh').first().waitFor();
  await page.keyboard.press('1');
  await page.getByRole('textbox').last().fill(words);
  await page.keyboard.press('Control+Enter');
  await state(page, 'Đã xác minh').waitFor();
}

test('with the province stopped the page names the step that is broken, what is kept, and the oldest change with a way to it', async () => {
  const { call, lead, world } = stage;
  await receiveCall(call.page, CALL);
  await call.page.getByText('Đã lên máy chủ').waitFor();
  await openByCommandBar(lead.page, 'khoi boc tu kho');
  await world.stopProvince();
  for (const [{ page }, level] of [[call, /^P2/], [lead, /^P3/]] as const) {
    await page.getByText('Mất kết nối').first().waitFor();
    await setPriority(page, level);
    await verifyWith(page, page === call.page ? 'Gọi lại, có cháy thật' : 'Xem camera, thấy khói');
  }
  const { page } = call;
  await show(page, 'health');
  await page.getByRole('heading', { name: /^Máy chủ từ chối kết nối ở cổng \d+$/ }).waitFor();
  const chain = page.getByRole('region', { name: 'Vì sao chưa đồng bộ?' });
  await chain.getByRole('row', { name: /Kết nối Lỗi/ }).getByRole('button', { name: /Thử ngay/ }).waitFor();
  await chain.getByRole('row', { name: /Ai trả lời Chưa kiểm tra được .*bước trước chưa thông/ }).waitFor();
  await chain.getByRole('row', { name: /Mạng của máy Ổn .*không cần mạng/ }).waitFor();
  await chain.getByRole('row', { name: /Ổ đĩa máy này Ổn Ổ đĩa còn .* trống/ }).waitFor();
  const figures = await page.locator('.figures').innerText();
  expect(figures).toMatch(/3\s*thay đổi, khoảng \d+ (byte|KB)/);
  await page.locator('.figures a').click();
  await page.getByRole('heading', { name: CALL.words }).waitFor();
});

test('back in touch the page says so without being asked', async () => {
  await show(stage.call.page, 'health');
  await stage.world.startProvinceAgain();
  await stage.call.page.getByRole('row', { name: /Kết nối Ổn/ }).waitFor();
  for (const { page } of [stage.call, stage.lead]) await page.getByText('Đã đồng bộ').first().waitFor();
});

test('the value that lost is seen with both sides in words; "keep mine" wins, and both desks agree', async () => {
  const isLoser = ({ page }: Desk): Promise<boolean> => page.locator('.rail-count').isVisible();
  await expect.poll(async () => await isLoser(stage.call) !== await isLoser(stage.lead), { timeout: 30_000 }).toBe(true);
  [sides.loser, sides.winner] = await isLoser(stage.call) ? [stage.call, stage.lead] : [stage.lead, stage.call];
  const { page } = sides.loser;
  const mine = sides.loser === stage.call ? 'P2' : 'P3', theirs = mine === 'P2' ? 'P3' : 'P2';
  await show(page, 'health/attention');
  await page.getByRole('option', { name: /Giá trị bị thay/ }).click();
  const row = page.locator('.lost tbody tr');
  await expect.poll(() => row.innerText()).toMatch(new RegExp(`Mức ưu tiên\\s+${mine} · .*\\s+${theirs} · `));
  expect(await row.innerText()).toMatch(/\d\d:\d\d/);
  await page.keyboard.press('1');
  await page.getByText(/Đã gửi lại giá trị của tôi/).waitFor();
  await page.getByRole('option', { name: /Giá trị bị thay/ }).waitFor({ state: 'detached' });
  for (const desk of [sides.loser, sides.winner]) {
    await openByCommandBar(desk.page, 'khoi boc tu kho');
    await desk.page.locator('.issue-head').getByText(mine, { exact: true }).waitFor();
  }
});

test('what was refused goes back into a form with its words, is corrected and sent, and leaves the list with that', async () => {
  const { page } = sides.loser;
  await show(page, 'health/attention');
  await page.getByRole('option', { name: /Bị từ chối.*Xác minh/s }).click();
  const words = page.locator('.typed pre');
  await expect.poll(() => words.innerText()).toMatch(/Ghi chú: (Gọi lại, có cháy thật|Xem camera, thấy khói)/);
  const before = await page.getByRole('option').count();
  await page.keyboard.press('e');
  await page.locator('.issue-form').waitFor();
  const box = page.getByRole('textbox').last();
  const kept = await box.inputValue();
  expect(kept).toMatch(/Gọi lại, có cháy thật|Xem camera, thấy khói/);
  await box.fill(`${kept}, đã sửa`);
  await page.keyboard.press('Control+Enter');
  await page.getByText(`${kept}, đã sửa`).first().waitFor();
  await openByCommandBar(sides.winner.page, 'khoi boc tu kho');
  await sides.winner.page.getByText(`${kept}, đã sửa`).first().waitFor();
  await show(page, 'health/attention');
  await expect.poll(() => page.getByRole('option').count()).toBe(before - 1);
});

test('put away by mistake, an entry is taken back by one key; all go out to two files', async () => {
  const { page } = sides.loser;
  const entries = page.getByRole('option');
  const before = await entries.count();
  expect(before).toBeGreaterThan(0);
  const files: string[] = [];
  page.on('download', file => { files.push(file.suggestedFilename()); });
  await page.keyboard.press('x');
  await page.getByText(`Đã xuất ${before} mục`).waitFor();
  await expect.poll(() => files.map(name => name.split('.').at(-1)).sort()).toEqual(['csv', 'json']);
  await page.keyboard.press('d');
  await page.getByText(/Đã bỏ khỏi danh sách/).waitFor();
  await expect.poll(() => entries.count()).toBe(before - 1);
  await page.keyboard.press('z');
  await expect.poll(() => entries.count()).toBe(before);
});
