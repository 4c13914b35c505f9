import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openXlsx } from 'hucre/xlsx';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PRESETS, withPreset } from '../../contract/roster-presets.ts';
import { startBrowser } from '../support/browser.ts';
import { connectWire } from '../support/wire.ts';
import { serious } from './axe.ts';
import { freshAddress, pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';

/** A month of duty leaves the desk: on paper, as a workbook, as a person's calendar. */
const stage = {} as { browser: Browser; world: World; desk: Desk; print: Page };
const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0;

beforeAll(async () => {
  if (!hasPoppler) console.warn('poppler-utils is not on this machine: what stands in printed PDFs is not read back.');
  stage.browser = await startBrowser();
  stage.world = await startWorld(1);
  stage.desk = await stage.world.desk(stage.browser, 'lich-in');
  await signIn(stage.desk.page, 'catruong');
  await keep(10);
  await stage.desk.page.evaluate(`location.hash = '#/roster/115/2026-08'`);
  await stage.desk.page.locator('[data-spot="9 30"]').waitFor();
});
afterEach(({ task }) => pictureIfFailed(task, [stage.desk]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

/** August of 115 with so many people in four crews, as if it had been planned here. */
async function keep(people: number): Promise<void> {
  const { client, close } = await connectWire(freshAddress(stage.desk));
  const members = Array.from({ length: people }, (_, row) => ({ personId: null, name: `Nguyễn Thị Mẫu Thử ${row + 1}`, cells: Array.from({ length: 31 }, () => 0) }));
  await client.rosters.save({ plan: withPreset({ service: '115', month: '2026-08', seats: 2, profile: 'LAB48', shifts: [...PRESETS.slow.shifts], members }, 'slow') });
  close();
}

async function saved(page: Page, key: string): Promise<{ name: string; bytes: Buffer }> {
  await page.keyboard.press('u');
  await page.getByRole('button', { name: /^Excel/ }).waitFor();
  const coming = page.waitForEvent('download');
  await page.keyboard.press(key);
  const download = await coming;
  await page.getByRole('button', { name: /^Excel/ }).waitFor({ state: 'detached' });
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The page as a PDF: its papers, and the text of each as a reader of PDFs finds it. */
async function printed(page: Page, name: string): Promise<{ pages: string[]; size: string }> {
  const path = join(stage.desk.data, '..', `${name}.pdf`);
  await page.pdf({ path, preferCSSPageSize: true });
  const read = (program: string, ...args: string[]): string => spawnSync(program, args, { encoding: 'utf8' }).stdout.normalize('NFC');
  const [, width, height, paper = ''] = /^Page size:\s+([\d.]+) x ([\d.]+) pts \((\w+)\)/m.exec(read('pdfinfo', path)) ?? [];
  return { pages: read('pdftotext', '-layout', path, '-').split('\f').slice(0, -1), size: `${paper} ${Number(width) > Number(height) ? 'across' : 'upright'}` };
}

describe('a month of duty', () => {
  test('is saved as a workbook, and as the calendar of whose row the cursor is in', async () => {
    const { page } = stage.desk;
    await page.locator('[data-spot="1 0"]').click();
    const book = await saved(page, '3');
    expect(book.name).toBe('Lich-truc-115-2026-08.xlsx');
    const { sheets: [grid, days] } = await openXlsx(book.bytes);
    expect([grid!.rows[1]![0], grid!.rows[5]![1], days!.name]).toEqual(['LỊCH TRỰC ĐƯỜNG DÂY 115 – THÁNG 08/2026', 'Nguyễn Thị Mẫu Thử 1', 'Theo ngày']);
    const calendar = await saved(page, '4');
    expect(calendar.name).toBe('Lich-truc-115-2026-08-Nguyen-Thi-Mau-Thu-2.ics');
    expect(calendar.bytes.toString()).toContain('DTSTART;TZID=Asia/Ho_Chi_Minh:20260801T140000\r\nDTEND;TZID=Asia/Ho_Chi_Minh:20260801T220000\r\nSUMMARY:Trực 115 – ca C\r\n');
  });

  test('the menu is gone through by keyboard: no key in it types into the month, Esc closes it', async () => {
    const { page } = stage.desk;
    const before = await page.locator('.roster-grid tbody').first().innerText();
    await page.keyboard.press('u');
    await page.getByRole('button', { name: /^In A4/ }).waitFor();
    for (const key of ['s', 'p', 'Tab']) await page.keyboard.press(key);
    expect(await page.evaluate('document.activeElement.innerText')).toMatch(/^In A3/);
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^In A4/ }).waitFor({ state: 'detached' });
    expect(await page.locator('.roster-grid tbody').first().innerText()).toBe(before);
  });

  test('opens as it will be on paper, says that it is a draft, and follows what is typed', async () => {
    const { page, context } = stage.desk;
    const opening = context.waitForEvent('page');
    await page.keyboard.press('u');
    await page.getByRole('button', { name: /^In A4/ }).click();
    stage.print = await opening;
    const paper = stage.print.locator('.roster-paper.a4');
    await paper.waitFor();
    expect(await serious(stage.print)).toEqual([]);
    const words = await paper.innerText();
    for (const said of ['LỊCH TRỰC ĐƯỜNG DÂY 115', 'THÁNG 08/2026', 'BẢN NHÁP', 'NGƯỜI LẬP', 'LÃNH ĐẠO TRUNG TÂM', 'Đ: 22:00–06:00 hôm sau']) expect(words).toContain(said);
    await page.locator('[data-spot="0 0"]').click();
    await page.keyboard.press('p');
    await expect.poll(() => paper.locator('tbody tr').first().locator('td').nth(1).innerText()).toBe('P');
  });

  test.runIf(hasPoppler)('ten people stand on one A4, also on one A3; sixty go over to further ones, each with its heading (poppler-utils)', async () => {
    const { print } = stage;
    const one = await printed(print, 'roster-a4');
    expect([one.pages.length, one.size]).toEqual([1, 'A4 across']);
    for (const said of ['LỊCH TRỰC ĐƯỜNG DÂY 115', 'Nguyễn Thị Mẫu Thử 10', 'BẢN NHÁP', 'LÃNH ĐẠO TRUNG TÂM', 'Trang 1/1']) expect(one.pages[0]).toContain(said);
    await print.keyboard.press('2');
    await print.locator('.roster-paper.a3').waitFor();
    const wide = await printed(print, 'roster-a3');
    expect([wide.pages.length, wide.size]).toEqual([1, 'A3 across']);
    await keep(60);
    await print.locator('tbody tr').nth(59).waitFor();
    await print.keyboard.press('1');
    await print.locator('.roster-paper.a4').waitFor();
    const { pages } = await printed(print, 'roster-60');
    expect(pages.length).toBeGreaterThan(1);
    for (const [at, text] of pages.entries()) for (const said of ['LỊCH TRỰC ĐƯỜNG DÂY 115', 'THÁNG 08/2026', 'Họ và tên', 'CN', 'BẢN NHÁP', `Trang ${at + 1}/${pages.length}`]) expect(text).toContain(said);
    for (let row = 1; row <= 60; row++) expect(pages.filter(text => new RegExp(`Mẫu Thử ${row}\\b`).test(text))).toHaveLength(1);
    expect(pages.at(-1)).toContain('NGƯỜI LẬP');
  });
});
