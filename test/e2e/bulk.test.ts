import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { leave, signIn } from './desk.ts';
import { oneDesk } from './one-desk.ts';

const stage = oneDesk('catruong');
beforeAll(() => stage.desk.page.getByRole('gridcell').first().waitFor());

const marked = (page: Page): Locator => page.locator('.ag-row.is-chosen');
const bar = (page: Page): Locator => page.locator('.marked-bar');
const result = (page: Page): Locator => page.locator('.result-bar');
/** The levels of the first rows, in the order in which they stand. */
const levels = (page: Page, count: number): Promise<string[]> => page.evaluate(`[...document.querySelectorAll('.queue-rows .ag-row')]
  .sort((a, b) => a.getAttribute('row-index') - b.getAttribute('row-index')).slice(0, ${count}).map(row => row.querySelector('.severity')?.textContent ?? '')`);
const focused = (page: Page): Locator => page.locator(':focus');

test('Space marks a row, Shift and arrows draw the marks out and in, Ctrl+A marks all, Esc lets go', async () => {
  const { page } = stage.desk;
  await page.keyboard.press('ArrowDown');
  await page.locator('.queue-panel h1').waitFor();
  await page.keyboard.press(' ');
  await bar(page).getByText('Đã đánh dấu 1 bản ghi').waitFor();
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowDown');
  await bar(page).getByText('Đã đánh dấu 4 bản ghi').waitFor();
  await page.keyboard.press('Shift+ArrowUp');
  await bar(page).getByText('Đã đánh dấu 3 bản ghi').waitFor();
  await expect.poll(() => marked(page).count()).toBe(3);
  await page.keyboard.press('Control+a');
  await bar(page).getByText(/Đã đánh dấu \d{2,3} bản ghi/).waitFor();
  const all = await page.getByRole('navigation', { name: 'Danh sách' }).getByRole('button', { name: /^Đang mở/ }).innerText();
  await bar(page).getByText(`Đã đánh dấu ${/\d+/.exec(all)?.[0] ?? ''} bản ghi`).waitFor();
  await page.keyboard.press('Escape');
  await bar(page).waitFor({ state: 'detached' });
  await expect.poll(() => marked(page).count()).toBe(0);
});

test('the marked records are classified by keys alone after a word on what will happen, and Ctrl+Z gives them back as they were', async () => {
  const { page } = stage.desk;
  await page.keyboard.press('PageUp');
  await page.keyboard.press(' ');
  for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowDown');
  await bar(page).getByText('Đã đánh dấu 6 bản ghi').waitFor();
  const before = await levels(page, 6);
  await page.keyboard.press('b');
  await page.getByRole('heading', { name: 'Phân loại 6 bản ghi' }).waitFor();
  await page.getByRole('radio', { name: 'Giữ như cũ' }).and(focused(page)).waitFor();
  await page.keyboard.press('ArrowLeft');
  const same = before.filter(level => level === 'P4').length;
  await page.getByText(`Làm được với ${6 - same} bản ghi`).waitFor();
  await page.keyboard.press('Control+Enter');
  await result(page).getByText(`Đã phân loại ${6 - same} bản ghi`).waitFor();
  await expect.poll(() => levels(page, 6)).toEqual(Array.from({ length: 6 }, () => 'P4'));
  await bar(page).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await result(page).getByText(`Đã hoàn tác ${6 - same} bản ghi`).waitFor();
  await expect.poll(() => levels(page, 6)).toEqual(before);
  await page.keyboard.press('Escape');
  await result(page).waitFor({ state: 'detached' });
});

test('what cannot be done is said before, is left as it is, stays marked, and says why; a step of the workflow offers no undoing', async () => {
  const { page } = stage.desk;
  await page.keyboard.press('Control+a');
  await page.keyboard.press('b');
  await page.getByRole('heading', { name: /^Phân loại/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Bắt đầu xác minh' }).last().focus();
  await page.keyboard.press('Enter');
  const form = page.locator('.bulk-form');
  await form.getByText(/Không làm được với \d+ bản ghi/).waitFor();
  expect(await form.innerText()).toContain('không hoàn tác được');
  const will = /Làm được với (\d+) bản ghi/.exec(await form.innerText())?.[1] ?? '';
  const cannot = /Không làm được với (\d+) bản ghi/.exec(await form.innerText())?.[1] ?? '';
  expect(Number(will)).toBeGreaterThan(0);
  await page.keyboard.press('Control+Enter');
  await result(page).getByText(`Đã bắt đầu xác minh ${will} bản ghi`).waitFor();
  await bar(page).getByText(`Đã đánh dấu ${cannot} bản ghi`).waitFor();
  expect(await result(page).innerText()).toContain('bước này không hoàn tác được');
  expect(await page.getByRole('button', { name: /Hoàn tác/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Xem lý do' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Bản ghi để nguyên và lý do' }).waitFor();
  await page.locator('.refused-panel li').first().getByText('Bản ghi đang ở trạng thái khác').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await bar(page).waitFor({ state: 'detached' });
});

test('marks last while the operator reads a record, and go with another list', async () => {
  const { page } = stage.desk;
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await bar(page).getByText('Đã đánh dấu 2 bản ghi').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.on-page').waitFor();
  await page.keyboard.press('Escape');
  await bar(page).getByText('Đã đánh dấu 2 bản ghi').waitFor();
  await expect.poll(() => marked(page).count()).toBe(2);
  await page.keyboard.press('2');
  await bar(page).waitFor({ state: 'detached' });
  await page.keyboard.press('1');
});

test('what is written for many is there after the page was loaded anew, and gone once it is done', async () => {
  const { page } = stage.desk;
  const field = page.locator('.bulk-form').getByRole('textbox', { name: 'Ghi chú' });
  const open = async (): Promise<string> => {
    await page.getByRole('gridcell').first().waitFor();
    await page.locator('.queue-rows .ag-row[row-index="1"] [col-id=chosen]').click();
    await page.locator('.queue-rows .ag-row[row-index="2"] [col-id=chosen]').click();
    await bar(page).getByText('Đã đánh dấu 2 bản ghi').waitFor();
    await bar(page).getByRole('button', { name: 'Ghi chú' }).click();
    await field.waitFor();
    return field.inputValue();
  };
  expect(await open()).toBe('');
  await page.keyboard.type('Đã gọi lại cả xóm');
  await page.reload();
  expect(await open()).toBe('Đã gọi lại cả xóm');
  await page.keyboard.press('Control+Enter');
  await result(page).getByText('Đã ghi chú vào 2 bản ghi').waitFor();
  await page.reload();
  expect(await open()).toBe('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await bar(page).waitFor({ state: 'detached' });
});

test('by mouse: the box of a row, Shift for all up to a row, Ctrl for one of them', async () => {
  const { page } = stage.desk;
  const row = (at: number): Locator => page.locator(`.queue-rows .ag-row[row-index="${at}"]`);
  await row(1).locator('[col-id=chosen]').click();
  await bar(page).getByText('Đã đánh dấu 1 bản ghi').waitFor();
  await row(4).locator('[col-id=content]').click({ modifiers: ['Shift'] });
  await bar(page).getByText('Đã đánh dấu 4 bản ghi').waitFor();
  await row(2).locator('[col-id=content]').click({ modifiers: ['Control'] });
  await bar(page).getByText('Đã đánh dấu 3 bản ghi').waitFor();
  expect(await page.evaluate(`[...document.querySelectorAll('.ag-row.is-chosen')].map(row => row.getAttribute('row-index')).sort().join()`)).toBe('1,3,4');
  await row(2).locator('[col-id=content]').click();
  await expect.poll(() => page.locator('.ag-row-selected').getAttribute('row-index')).toBe('2');
  expect(await marked(page).count()).toBe(3);
  await page.getByRole('button', { name: /^Bỏ chọn/ }).click();
  await bar(page).waitFor({ state: 'detached' });
});

test('the filter panel narrows by several things, chips take each off, and an empty list says how to widen it', async () => {
  const { page } = stage.desk;
  await page.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('f');
  await page.getByRole('checkbox', { name: /^P1/ }).and(focused(page)).waitFor();
  await page.keyboard.press(' ');
  await page.keyboard.press('Tab');
  await page.keyboard.press(' ');
  await page.getByLabel('Tiếp nhận từ ngày').focus();
  await page.keyboard.type('31/02/2026');
  await page.getByText('Không có ngày này').waitFor();
  for (let i = 0; i < 10; i++) await page.keyboard.press('Backspace');
  await page.keyboard.type('01/01/2090');
  await page.keyboard.press('Escape');
  await page.getByText('Không có bản ghi nào khớp').waitFor();
  const chips = page.getByRole('group', { name: 'Đang lọc:' });
  expect((await chips.getByRole('button').allInnerTexts()).map(text => text.trim())).toEqual(['P1', 'P2', 'Từ 01/01/2090', 'Bỏ lọc']);
  await page.getByRole('button', { name: 'Bỏ lọc: Từ 01/01/2090' }).focus();
  await page.keyboard.press('Delete');
  await page.getByRole('gridcell').first().waitFor();
  expect(new Set(await levels(page, 5))).not.toContain('P3');
  await page.getByRole('button', { name: 'Bỏ lọc: P1' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => levels(page, 3)).toEqual(['P2', 'P2', 'P2']);
});

test('columns are shown, moved and widened by keys; all of it is kept as a view, which a key brings back and which opens the queue the next time', async () => {
  const { page } = stage.desk;
  const headers = (): Promise<string[]> => page.evaluate(`[...document.querySelectorAll('.ag-header-cell')].sort((a, b) => a.getAttribute('aria-colindex') - b.getAttribute('aria-colindex')).map(h => h.getAttribute('col-id'))`);
  const widthOf = (id: string): Promise<number> => page.evaluate(`document.querySelector('.ag-header-cell[col-id=${id}]').offsetWidth`);
  await page.keyboard.press('l');
  await page.getByLabel('Sắp xếp', { exact: true }).and(focused(page)).waitFor();
  await page.keyboard.press('Tab');
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowDown');
  await page.getByRole('checkbox', { name: 'Tiếp nhận' }).and(focused(page)).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('checkbox', { name: 'Địa bàn' }).and(focused(page)).waitFor();
  await page.keyboard.press(' ');
  await page.getByRole('checkbox', { name: 'Địa bàn', checked: true }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(headers).toEqual(['chosen', 'severity', 'number', 'content', 'state', 'due', 'area', 'sync']);
  const wide = await widthOf('area');
  await page.getByRole('checkbox', { name: 'Địa bàn', checked: true }).focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => widthOf('area')).toBe(wide + 16);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.ag-cell[col-id=area]').first().innerText()).toMatch(/\S/);

  await page.keyboard.press('w');
  await page.getByLabel('Lưu danh sách đang xem').and(focused(page)).waitFor();
  await page.keyboard.type('Gấp trong ngày');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Rời khung nhìn: Gấp trong ngày' }).waitFor();
  await page.keyboard.press('1');
  await expect.poll(headers).toEqual(['chosen', 'severity', 'number', 'content', 'state', 'due', 'sync']);
  await page.keyboard.press('Alt+1');
  await expect.poll(headers).toEqual(['chosen', 'severity', 'number', 'content', 'state', 'due', 'area', 'sync']);
  await expect.poll(() => levels(page, 3)).toEqual(['P2', 'P2', 'P2']);

  await page.keyboard.press('w');
  await page.getByRole('button', { name: /Alt\+1 Gấp trong ngày/ }).and(focused(page)).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Thôi mở hàng đợi bằng “Gấp trong ngày”' }).waitFor();
  await page.keyboard.press('Escape');
  await leave(page);
  await signIn(page, 'catruong');
  await page.getByRole('button', { name: 'Rời khung nhìn: Gấp trong ngày' }).waitFor();
  await expect.poll(() => levels(page, 3)).toEqual(['P2', 'P2', 'P2']);

  await page.keyboard.press('w');
  await page.getByRole('button', { name: 'Xóa “Gấp trong ngày”' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Đã xóa khung nhìn “Gấp trong ngày”.').waitFor();
  await page.getByRole('button', { name: 'Hoàn tác' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Alt\+1 Gấp trong ngày/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
});

test('for screen readers the list comes page by page, with cells that take the focus and are told', async () => {
  const { page } = stage.desk;
  await page.getByRole('button', { name: 'Hiển thị' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('radiogroup', { name: 'Chế độ trình đọc màn hình' }).getByRole('radio', { name: 'Tắt' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('.ag-paging-panel').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Hiển thị' }).and(focused(page)).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('.ag-cell:focus').waitFor();
  const at = () => page.evaluate(`document.activeElement.closest('.ag-row')?.getAttribute('row-index')`);
  const first = Number(await at());
  await page.keyboard.press('ArrowDown');
  await expect.poll(at).toBe(String(first + 1));
  await expect.poll(() => page.locator('.ag-row-selected').getAttribute('row-index')).toBe(String(first + 1));
  await page.keyboard.press(' ');
  await bar(page).getByText('Đã đánh dấu 1 bản ghi').waitFor();
  expect(await page.locator('.ag-row.is-chosen [role=checkbox][aria-checked=true]').count()).toBe(1);
});
