import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { typesAndStandsStill } from './desk-work.ts';
import { pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';

/** A month of duty is planned: by keyboard, by the engine, and kept as it is typed. */
const stage: { browser: Browser; world: World; desk: Desk } = Object.create(null);

beforeAll(async () => {
  stage.browser = await startBrowser();
  stage.world = await startWorld(1);
  stage.desk = await stage.world.desk(stage.browser, 'lich-truc');
  await signIn(stage.desk.page, 'catruong');
  await stage.desk.page.evaluate(`location.hash = '#/roster/115/2026-08'`);
  await stage.desk.page.getByRole('heading', { name: 'Lịch trực tháng 08/2026 – tuyến 115' }).waitFor();
});
afterEach(({ task }) => pictureIfFailed(task, [stage.desk]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

/** What stands in a member's month, a letter a day. */
const monthOf = async (page: Page, row: number): Promise<string> =>
  (await page.locator('.roster-grid tbody').first().locator('tr').nth(row).locator('td.cell').allTextContents()).map(cell => (cell === '' ? '.' : cell)).join('');
const saved = (page: Page) => page.getByText(/^Tự lưu \d\d:\d\d/).waitFor();

describe('the roster of a line', () => {
  test('says at once that three people cannot cover August, and how many could', async () => {
    const { page } = stage.desk;
    const card = page.getByRole('region', { name: 'Đủ hay thiếu người' });
    await card.getByText(/^Cần 93 ca · có 78 ca \(3 người × 26\)$/).waitFor();
    await card.getByText('thiếu 15 ca').waitFor();
    await card.getByText('tối thiểu 4 người').waitFor();
    await card.getByText(/Chia đều thì có người phải trực 31 ca, 56 giờ\/tuần; giới hạn 26 ca, 48 giờ\/tuần/).waitFor();
  });

  test('is typed cell by cell and many at once, each step can be taken back, and all of it is there after a reload', async () => {
    const { page } = stage.desk;
    await page.locator('[data-spot="0 0"]').click();
    for (const key of ['s', 's', 'c', 'd', 'p', '0', 'c']) await page.keyboard.press(key);
    expect(await monthOf(page, 0)).toBe(`SSCĐP.C${'.'.repeat(24)}`);
    for (const key of ['Shift+ArrowRight', 'Shift+ArrowDown', 's']) await page.keyboard.press(key);
    expect([await monthOf(page, 0), await monthOf(page, 1)]).toEqual([`SSCĐP.CSS${'.'.repeat(22)}`, `${'.'.repeat(7)}SS${'.'.repeat(22)}`]);
    await page.keyboard.press('Control+z');
    expect([await monthOf(page, 0), await monthOf(page, 1)]).toEqual([`SSCĐP.C${'.'.repeat(24)}`, '.'.repeat(31)]);
    await page.keyboard.press('Control+y');
    expect(await monthOf(page, 1)).toBe(`${'.'.repeat(7)}SS${'.'.repeat(22)}`);
    // Eight hours between an afternoon and a morning are told, and lead to their cell.
    await page.getByText('Nghỉ chuyển ca dưới 12 giờ: 1').waitFor();
    await page.getByText('luật: Điều 110 Bộ luật Lao động 2019').waitFor();
    await page.locator('.roster-broken').getByRole('button').first().click();
    expect(await page.locator('td.cursor').getAttribute('data-spot')).toBe('0 7');
    await saved(page);
    await page.reload();
    await expect.poll(() => monthOf(page, 0)).toBe(`SSCĐP.CSS${'.'.repeat(22)}`);
    expect(await monthOf(page, 1)).toBe(`${'.'.repeat(7)}SS${'.'.repeat(22)}`);
  });

  test('takes what a spreadsheet has copied; a word that is no shift keeps all of it out', async () => {
    const { page } = stage.desk;
    await page.locator('[data-spot="1 10"]').click();
    const paste = (text: string): Promise<void> => page.evaluate(`(() => { const data = new DataTransfer(); data.setData('text/plain', ${JSON.stringify(text)}); document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()`);
    await paste('S\tC\tĐ\nđ\tX9\tP\n');
    await page.getByRole('alert').getByText('Không dán được: “X9”').waitFor();
    expect(await monthOf(page, 1)).toBe(`${'.'.repeat(7)}SS${'.'.repeat(22)}`);
    await paste('S\tC\tĐ\r\nđ\t\tP\r\n');
    await expect.poll(() => monthOf(page, 1)).toBe(`${'.'.repeat(7)}SS.SCĐ${'.'.repeat(18)}`);
    expect(await monthOf(page, 2)).toBe(`${'.'.repeat(10)}Đ.P${'.'.repeat(18)}`);
  });

  test('is filled by the engine around the leave, proven to be the best there is, and can be taken back', async () => {
    const { page } = stage.desk;
    await saved(page);
    const before = await monthOf(page, 0);
    await page.keyboard.press('k');
    await page.getByText(/^tốt nhất có thể, tìm ra sau/).waitFor({ timeout: 60_000 });
    await page.getByText('Không trái quy tắc nào.').waitFor();
    const after = await monthOf(page, 0);
    expect([after[4], (await monthOf(page, 2))[12]]).toEqual(['P', 'P']);
    // 93 wanted; two days of leave take nothing that four days off would not.
    const worked = [after, await monthOf(page, 1), await monthOf(page, 2)].map(month => [...month].filter(cell => 'SCĐ'.includes(cell)).length);
    expect(worked).toEqual([26, 26, 26]);
    expect(await page.locator('.roster-grid .cover .sum').allInnerTexts().then(sums => sums.reduce((sum, text) => sum + Number(text.replace('−', '')), 0))).toBe(15);
    await page.keyboard.press('Control+z');
    expect(await monthOf(page, 0)).toBe(before);
    // From the beginning: nothing is planned, and that can be taken back as well.
    await page.getByRole('button', { name: 'Từ đầu' }).click();
    await expect.poll(() => monthOf(page, 0)).toBe('.'.repeat(31));
    await page.keyboard.press('Control+z');
    expect(await monthOf(page, 0)).toBe(before);
  });

  test('is filled by a turn of crews; each choice for a cell says what it would do, and a shift is given to whom nothing keeps from it', async () => {
    const { page } = stage.desk;
    await page.evaluate(`location.hash = '#/roster/115/2026-09'`);
    await page.getByRole('heading', { name: 'Lịch trực tháng 09/2026 – tuyến 115' }).waitFor();
    await page.getByLabel('Mẫu xoay ca…').selectOption('day48');
    await expect.poll(() => monthOf(page, 0)).toBe('T..'.repeat(10));
    await page.getByLabel('Mẫu xoay ca…').selectOption('fixed');
    await expect.poll(() => monthOf(page, 0)).toBe('S'.repeat(30));
    expect([await monthOf(page, 1), await monthOf(page, 2)]).toEqual(['C'.repeat(30), 'Đ'.repeat(30)]);
    await page.getByText('Quá 48 giờ/tuần: 3').waitFor();
    const look = page.getByRole('region', { name: 'Ô đang chọn' });
    await page.locator('[data-spot="1 4"]').click();
    await look.getByText('đang là ca C').waitFor();
    await look.getByRole('button', { name: /^nghỉ/ }).getByText('Ngày này thiếu C 1.').waitFor();
    await look.getByRole('button', { name: /^S ca S/ }).getByText(/^Trái: Nghỉ chuyển ca dưới 12 giờ\. .*Ngày này thiếu C 1\.$/).waitFor();
    await look.getByRole('button', { name: /^nghỉ/ }).click();
    await expect.poll(() => monthOf(page, 1)).toBe(`CCCC.${'C'.repeat(25)}`);
    // Who is off has no shift to give; who works on another one can take it where the law lets them.
    await page.locator('[data-spot="0 4"]').click();
    await look.getByText('Ai trực thay ca S ngày 05/09?').waitFor();
    await look.locator('.candidates li').filter({ hasText: 'đang có ca Đ' }).getByText('Nghỉ chuyển ca dưới 12 giờ').waitFor();
    expect(await look.locator('.candidates li').count()).toBe(2);
    await page.getByLabel('Mẫu xoay ca…').selectOption('slow');
    await page.locator('[data-spot="1 0"]').click();
    await look.locator('.candidates li').filter({ hasText: 'đang có ca Đ' }).getByRole('button', { name: 'Giao ca này' }).click();
    await expect.poll(async () => [(await monthOf(page, 1))[0], (await monthOf(page, 2))[0]]).toEqual(['.', 'C']);
  });

  test('stays usable while the engine runs, which ends at once when it is called off', async () => {
    const { page } = stage.desk;
    await page.evaluate(`location.hash = '#/roster/113/2026-08'`);
    await page.getByText(/^Cần 186 ca · có 156 ca \(6 người × 26\)$/).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('button', { name: /^Dừng, giữ kết quả/ }).waitFor();
    await page.locator('[data-spot="0 0"]').click();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('td.cursor').getAttribute('data-spot')).toBe('0 1');
    await page.keyboard.press('p');
    await page.getByText(/^đang cải thiện|^tốt nhất có thể/).waitFor();
    if (await page.getByRole('button', { name: /^Dừng, giữ kết quả/ }).isVisible()) await page.keyboard.press('Escape');
    await page.getByText(/^đã dừng, giữ bản tốt nhất|^tốt nhất có thể/).waitFor();
    // What was typed meanwhile is not written over: what was found waits to be taken, also while another screen is looked at.
    expect(await monthOf(page, 0)).toBe(`.P${'.'.repeat(29)}`);
    await page.evaluate(`location.hash = '#/queue'`);
    await page.getByRole('button', { name: /Tiếp nhận mới/ }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Đưa kết quả vào lưới' }).click();
    await expect.poll(async () => [...await monthOf(page, 0)].filter(cell => 'SCĐ'.includes(cell)).length).toBeGreaterThan(20);
    expect(await page.getByRole('button', { name: 'Đưa kết quả vào lưới' }).count()).toBe(0);
  });

  test('somebody is absent: the fewest changes are shown before they are made, what stays empty with them, and they can be taken back', async () => {
    const { page } = stage.desk;
    await page.evaluate(`location.hash = '#/roster/113/2026-10'`);
    await page.getByRole('heading', { name: 'Lịch trực tháng 10/2026 – tuyến 113' }).waitFor();
    await page.getByLabel('Mẫu xoay ca…').selectOption('slow');
    await expect.poll(() => monthOf(page, 0)).toMatch(/^SSCCĐĐ\.\.SS/);
    const before = await monthOf(page, 0);
    await page.locator('[data-spot="0 8"]').click();
    for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
    const card = page.getByRole('region', { name: 'Có người vắng' });
    await card.getByRole('button', { name: 'Xếp lại ít thay đổi nhất' }).click();
    await card.getByText('Đây là cách đổi ít nhất.').waitFor();
    expect(await page.locator('td.picked').count()).toBe(3);
    expect(await monthOf(page, 0)).toBe(before);
    const told = await card.getByText(/^\d+ ô đổi, \d+ người$/).innerText();
    await card.getByRole('button', { name: 'Nhận', exact: true }).click();
    await expect.poll(async () => (await monthOf(page, 0)).slice(8, 11)).toBe('PPP');
    expect(Number(told.split(' ')[0])).toBeGreaterThan(0);
    await page.keyboard.press('Control+z');
    await expect.poll(() => monthOf(page, 0)).toBe(before);
  });

  test('says which rules conflict, why somebody cannot take a shift, what mends a breach; a copy is tried, compared and taken as the draft', async () => {
    const { page } = stage.desk;
    await page.evaluate(`location.hash = '#/roster/115/2026-11'`);
    await page.getByRole('heading', { name: 'Lịch trực tháng 11/2026 – tuyến 115' }).waitFor();
    const conflicts = page.getByRole('region', { name: 'Vì sao không xếp đủ người' });
    await conflicts.locator('li').filter({ hasText: 'tối đa 48 giờ/tuần' }).getByText('chỉ làm được 75/90 ca').waitFor({ timeout: 20_000 });
    expect(await conflicts.getByText('quy tắc nhà').count()).toBe(0);
    // An afternoon, and a morning eight hours after it.
    await page.locator('[data-spot="0 0"]').click();
    for (const key of ['c', 's']) await page.keyboard.press(key);
    await page.getByText('Nghỉ chuyển ca dưới 12 giờ: 1').waitFor();
    await page.locator('[data-spot="1 1"]').click();
    await page.keyboard.press('c');
    await page.locator('[data-spot="0 1"]').click();
    await page.keyboard.press('v');
    const why = page.getByRole('region', { name: 'Vì sao không xếp được' });
    await why.getByText('Ai chưa có trong ca S ngày 02/11').waitFor();
    await why.locator('li').filter({ hasText: 'đang trực ca C cùng ngày, rời đi thì ca đó thiếu người' }).waitFor();
    await expect.poll(() => why.locator('li').count()).toBe(2);
    await why.getByLabel('Ca', { exact: true }).selectOption('2');
    await why.getByText('Ai chưa có trong ca Đ ngày 02/11').waitFor();
    await expect.poll(() => why.locator('li').count()).toBe(3);
    await page.locator('[data-spot="0 0"]').click();
    await page.keyboard.press('Escape');
    expect(await why.count()).toBe(0);
    const before = [await monthOf(page, 0), await monthOf(page, 1), await monthOf(page, 2)];
    await page.locator('.roster-broken').getByRole('button', { name: 'Sửa ô' }).first().click();
    await page.locator('.roster-ways').getByRole('button').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Không trái quy tắc nào.').waitFor();
    expect([await monthOf(page, 0), await monthOf(page, 1), await monthOf(page, 2)]).not.toEqual(before);
    await page.keyboard.press('Control+z');
    await page.getByText('Nghỉ chuyển ca dưới 12 giờ: 1').waitFor();
    expect([await monthOf(page, 0), await monthOf(page, 1), await monthOf(page, 2)]).toEqual(before);
    const copies = page.getByRole('region', { name: 'Phương án' });
    await copies.getByRole('button', { name: 'Chép thành phương án' }).click();
    await copies.getByText('Đã lưu Phương án A').waitFor();
    await copies.getByRole('button', { name: 'Mở: Phương án A' }).click();
    await page.locator('.roster-main .tag').getByText('Phương án A').waitFor();
    await page.locator('[data-spot="2 5"]').click();
    await page.keyboard.press('d');
    await saved(page);
    await expect.poll(() => copies.locator('tr').filter({ hasText: 'Ô khác nháp' }).locator('td').allInnerTexts()).toEqual(['–', '1']);
    await page.reload();
    await expect.poll(() => monthOf(page, 2)).toBe('.'.repeat(30));
    await copies.getByRole('button', { name: 'Lấy làm nháp: Phương án A' }).click();
    await expect.poll(async () => (await monthOf(page, 2))[5]).toBe('Đ');
    await page.keyboard.press('Control+z');
    await expect.poll(() => monthOf(page, 2)).toBe('.'.repeat(30));
    await copies.getByRole('button', { name: 'Xóa: Phương án A' }).click();
    await copies.getByText('Đã xóa Phương án A.').waitFor();
    await copies.getByRole('button', { name: 'Lấy lại' }).click();
    await copies.getByRole('button', { name: 'Mở: Phương án A' }).waitFor();
  });

  test('people and leave come in from a table: seen first, taken as one step; cells are pinned and wished for, and the desk is set, each by keyboard', async () => {
    const { page } = stage.desk;
    await page.evaluate(`location.hash = '#/roster/115/2027-04'`);
    await page.getByRole('heading', { name: 'Lịch trực tháng 04/2027 – tuyến 115' }).waitFor();
    await page.getByText('Định biên 03 · có 03 trong lịch').waitFor();
    const rows = page.locator('.roster-grid tbody').first().locator('tr');
    const [name] = await rows.nth(0).locator('th').allInnerTexts();
    const before = await monthOf(page, 0);
    // Somebody of the roster, a day that there is not, and a name that nobody has.
    await page.keyboard.press('Control+i');
    const dialog = page.getByRole('dialog', { name: 'Nhập người và nghỉ phép – tháng 04/2027' });
    await dialog.getByLabel('Dán từ Excel, hoặc từ tệp CSV').fill(`Họ tên\tĐơn vị\tNghỉ phép từ\tNghỉ phép đến\n${name!.toLocaleUpperCase('vi')}\t\t30/03/2027\t02/04/2027\n${name}\t\t31/04/2027\t\nĐặng Thử Mới\tTrạm y tế xã\t5/4\t\n`);
    await dialog.getByText('Thêm 1 người, đổi 3 ô; 0 người đổi thông tin.').waitFor();
    await dialog.getByText('Dòng 3: không đọc được ngày “31/04/2027”; viết ngày/tháng/năm').waitFor();
    await dialog.getByText(/^Dòng 2: .*, 30\/03\/2027 – 02\/04\/2027 có phần ngoài tháng này; chỉ ghi phần trong tháng\.$/).waitFor();
    await dialog.getByRole('row', { name: /Đặng Thử Mới/ }).getByText('người mới, ngoài danh bạ').waitFor();
    expect([await rows.count(), await monthOf(page, 0)]).toEqual([3, before]);
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => rows.count()).toBe(4);
    expect([await monthOf(page, 0), await monthOf(page, 3)]).toEqual([`PP${'.'.repeat(28)}`, `....P${'.'.repeat(25)}`]);
    await page.getByText('Định biên 03 · có 04 trong lịch').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => rows.count()).toBe(3);
    expect(await monthOf(page, 0)).toBe(before);
    // A shift that is pinned, and somebody who would rather not have the night after; the same keys take it back.
    await page.locator('[data-spot="0 9"]').click();
    for (const key of ['s', 'ArrowLeft', 'Control+g', 'ArrowRight', '-', 'd']) await page.keyboard.press(key);
    const cell = (day: string) => page.getByRole('gridcell', { name: new RegExp(`^${name}, .. ${day}/04: `) });
    await expect.poll(() => cell('10').getAttribute('aria-label')).toMatch(/: ca S\. đã ghim$/);
    await expect.poll(() => cell('11').getAttribute('aria-label')).toMatch(/: nghỉ\. không muốn ca Đ$/);
    for (const key of ['-', 'd', 'ArrowLeft', 'Control+g']) await page.keyboard.press(key);
    await expect.poll(async () => `${await cell('10').getAttribute('aria-label')} ${await cell('11').getAttribute('aria-label')}`).not.toMatch(/ghim|muốn/);
    // The desk: two people a shift; without the morning what stands in it is off, which is said before.
    await page.keyboard.press('F4');
    const desk = page.getByRole('region', { name: 'Cài đặt bàn trực' });
    await desk.getByLabel('Suất mỗi ca').fill('2');
    await page.keyboard.press('Enter');
    await page.getByText(/^Cần 180 ca/).waitFor();
    await desk.getByRole('button', { name: /^S · 06:00–14:00/ }).click();
    await desk.getByRole('button', { name: 'Bỏ ca S' }).click();
    await desk.getByText('Ca S đang có ở 1 ô của 1 người').waitFor();
    await desk.getByRole('button', { name: 'Bỏ ca S' }).click();
    await page.getByText(/^Cần 120 ca/).waitFor();
    expect(await monthOf(page, 0)).toBe('.'.repeat(30));
    await page.keyboard.press('Escape');
    for (let steps = 0; steps < 2; steps++) await page.keyboard.press('Control+z');
    await page.getByText(/^Cần 90 ca/).waitFor();
    expect((await monthOf(page, 0))[9]).toBe('S');
    // Somebody of another desk is added, and taken out again.
    await page.keyboard.press('Insert');
    await page.getByLabel('Tìm trong danh bạ').fill('catruong');
    await page.keyboard.press('Enter');
    await expect.poll(() => rows.count()).toBe(4);
    await page.keyboard.press('Escape');
    await page.keyboard.press('F2');
    await page.getByRole('region', { name: 'Người trực', exact: true }).getByRole('button', { name: 'Bỏ khỏi lịch' }).click();
    await expect.poll(() => rows.count()).toBe(3);
  });

  test('two windows on one month: what one types joins what the other has; where both change a cell, the later one is asked and nothing is lost', async () => {
    const { page, context } = stage.desk;
    const hash = `'#/roster/114/2027-05'`;
    await page.evaluate(`location.hash = ${hash}`);
    const title = (on: Page): Promise<void> => on.getByRole('heading', { name: 'Lịch trực tháng 05/2027 – tuyến 114' }).waitFor();
    await title(page);
    const other = await context.newPage();
    await other.goto(new URL(page.url()).origin);
    await other.evaluate(`location.hash = ${hash}`);
    await title(other);
    await page.locator('[data-spot="0 0"]').click();
    await page.keyboard.press('s');
    await expect.poll(() => monthOf(other, 0)).toBe(`S${'.'.repeat(30)}`);
    await other.getByText(/^Đã ghép phần .* sửa ở cửa sổ khác lúc/).waitFor();
    await other.locator('[data-spot="1 0"]').click();
    await other.keyboard.press('c');
    await expect.poll(() => monthOf(page, 1)).toBe(`C${'.'.repeat(30)}`);
    // Taken back is what was done here, not what the other window has done.
    await page.keyboard.press('Control+z');
    await expect.poll(async () => [await monthOf(other, 0), await monthOf(other, 1)]).toEqual(['.'.repeat(31), `C${'.'.repeat(30)}`]);
    // The other window types and stands still, so that it hears nothing before the cell is taken.
    await other.locator('[data-spot="2 5"]').click();
    const goOn = await typesAndStandsStill(other, 'd');
    await page.locator('[data-spot="2 5"]').click();
    await page.keyboard.press('s');
    await saved(page);
    await goOn();
    const notice = other.getByRole('status').filter({ hasText: 'đã sửa tháng này ở cửa sổ khác' });
    await notice.getByText(/^Bản của cửa sổ này khác 1 ô, chưa vào nháp: .*, 06\/05: ca S → ca Đ\.$/).waitFor();
    expect(await other.getByRole('button', { name: 'Công bố…' }).isDisabled()).toBe(true);
    await notice.getByText(/phương án “Bản riêng /).waitFor();
    expect([(await monthOf(page, 2))[5], (await monthOf(other, 2))[5]]).toEqual(['S', 'Đ']);
    await page.getByRole('region', { name: 'Phương án' }).getByText(/^Bản riêng /).first().waitFor();
    await other.keyboard.press('F7');
    await expect.poll(async () => (await monthOf(other, 2))[5]).toBe('S');
    expect(await notice.count()).toBe(0);
    await expect.poll(() => page.getByRole('region', { name: 'Phương án' }).getByText(/^Bản riêng /).count()).toBe(0);
    await other.keyboard.press('Control+z');
    await expect.poll(async () => [(await monthOf(page, 2))[5], (await monthOf(other, 2))[5]]).toEqual(['Đ', 'Đ']);
    await other.close();
  });
});
