import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { qrCodesIn } from '../support/qr.ts';
import { allRows } from '../../db/database.ts';
import { STATES, type Issue } from '../../contract/issue.ts';
import { SERVICES } from '../../contract/org.ts';
import { inDatabase } from './desk.ts';
import { state } from './desk-work.ts';
import { oneDesk } from './one-desk.ts';

/** Surveys from the list of who waits for one to a record that is open again (Q13.10, Q16.5); each test goes on where the one before ended. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const stage = oneDesk('truc1022.1');
const seen = {} as { no: string; code: string; phone: string };
const COMMENT = 'Đèn sáng một hôm rồi lại tắt';

async function serious(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then(r => r.violations)') as { id: string; impact: string; nodes: { target: string[] }[] }[];
  return found.filter(one => one.impact === 'serious' || one.impact === 'critical').map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(' | ')}`);
}

/** The number of a report that anyone may be asked about, closed longer ago than it may be reopened. */
function longClosed(): string {
  return inDatabase(stage.desk, db => allRows<{ display_no: string; rest: string; category: string }>(db, 'SELECT display_no, rest, category FROM issue WHERE state = ? AND service = ? ORDER BY received_at', STATES.indexOf('closed'), SERVICES.indexOf('1022'))
    .find(({ rest }) => { const issue = JSON.parse(rest) as Issue; return !issue.reporter.anonymous && issue.history.at(-1)!.atMs < Date.now() - 31 * 86_400_000; })?.display_no ?? '');
}

async function openByNumber(page: Page, no: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(no);
  await page.getByRole('dialog').getByRole('option').filter({ has: page.locator('.no') }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.issue-head .number', { hasText: no }).waitFor();
}

async function byCode(page: Page, text: string): Promise<void> {
  await page.keyboard.press('F8');
  await page.getByRole('heading', { name: 'Nhập phiếu khảo sát theo mã' }).waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

test('the list of who waits for a survey leaves as messages of the site’s own gateway', async () => {
  const { page } = stage.desk;
  await page.keyboard.press('0');
  const tab = page.getByRole('navigation', { name: 'Danh sách' }).locator('[aria-current]');
  await tab.getByText('Khảo sát').waitFor();
  await page.getByRole('gridcell').first().waitFor();
  const waiting = Number(await tab.locator('b').innerText());
  expect(waiting).toBeGreaterThan(0);
  await page.locator('.ag-row .due').first().waitFor();
  await page.keyboard.press('Shift+U');
  await page.getByRole('dialog').waitFor();
  await page.getByText('Kinh moi Ong/Ba danh gia').waitFor();
  await page.getByRole('radio', { name: 'CSV cho Excel' }).click();
  expect(await serious(page)).toEqual([]);
  const coming = page.waitForEvent('download');
  await page.keyboard.press('Control+Enter');
  const download = await coming;
  await page.getByText(/^Đã xuất/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(download.suggestedFilename()).toMatch(/-khao-sat-co-du-lieu-ca-nhan\.csv$/);
  const rows = parse(readFileSync(await download.path()), { delimiter: ';', bom: true, columns: true }) as Record<string, string>[];
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.length).toBeLessThanOrEqual(waiting);
  const [first] = rows;
  expect(first!['Tin nhắn']).toBe(`IOC tinh Binh Phuoc: Kinh moi Ong/Ba danh gia viec xu ly phan anh ${first!['Số vụ việc']!}: goi 1022, doc ma ${first!['Mã khảo sát']!}. Tran trong cam on!`);
  Object.assign(seen, { no: first!['Số vụ việc'], code: first!['Mã khảo sát'], phone: first!['Điện thoại']!.replaceAll(/\D/g, '') });
});

test('one of them goes on paper: a code, five questions, and nothing of who reported', async () => {
  const { page, context } = stage.desk;
  await openByNumber(page, seen.no);
  await state(page, 'Đã đóng').waitFor();
  const opening = context.waitForEvent('page');
  await page.keyboard.press('p');
  const print = await opening;
  await print.locator('.paper.slip').waitFor();
  await print.keyboard.press('3');
  await print.locator('.paper.survey').waitFor();
  expect(await qrCodesIn(await print.locator('.paper .qr').screenshot({ scale: 'css' }))).toEqual([seen.code]);
  expect(await serious(print)).toEqual([]);
  const shown = await print.locator('.paper').innerText();
  for (const words of [seen.no, seen.code, '1 · Rất không hài lòng', 'Xử lý đúng hạn?', 'Kết quả đúng yêu cầu?', 'Thái độ phục vụ tốt?', 'Góp ý']) expect(shown).toContain(words);
  expect(shown.replaceAll(/\D/g, '')).not.toContain(seen.phone);
  expect(await print.locator('.paper .box').count()).toBe(5 + 3 * 3);
  const path = join(stage.desk.data, '..', 'khao-sat.pdf');
  await print.pdf({ path, preferCSSPageSize: true });
  const facts = spawnSync('pdfinfo', [path], { encoding: 'utf8' }).stdout ?? '';
  if (facts !== '') expect([/^Pages:\s+(\d+)/m.exec(facts)?.[1], /^Page size:.*\((\w+)\)/m.exec(facts)?.[1]]).toEqual(['1', 'A4']);
  await print.close();
});

test('what is no code, and a code that no record has, are told so', async () => {
  const { page } = stage.desk;
  await page.bringToFront();
  await byCode(page, 'xin chao');
  await page.getByText('Đây không phải mã khảo sát.').waitFor();
  expect(await serious(page)).toEqual([]);
  await page.getByLabel('Mã khảo sát').fill('BCFGH-JKLMN');
  await page.keyboard.press('Enter');
  await page.getByText('Không có vụ việc nào trên máy này mang mã đó.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('gridcell').first().waitFor();
});

test('an answer comes back on paper: its code opens the form, a score of 1 offers reopening with what was said, and the record is open again', async () => {
  const { page } = stage.desk;
  await byCode(page, seen.code.toLowerCase().replace('-', ''));
  const form = page.locator('.issue-form');
  await form.waitFor();
  await page.locator('.issue-head .number', { hasText: seen.no }).waitFor();
  expect(await form.getByRole('radio', { name: 'Phiếu giấy' }).getAttribute('aria-checked')).toBe('true');
  await page.keyboard.press('1');
  expect(await form.getByRole('radio', { name: /Rất không hài lòng/ }).getAttribute('aria-checked')).toBe('true');
  for (const digit of ['2', '2', '3']) await page.keyboard.press(digit);
  await page.keyboard.type(COMMENT);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Người báo tin không hài lòng: có thể mở lại vụ việc.').waitFor();
  await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toContain('Mở lại');
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await form.waitFor();
  expect(await form.getByRole('radio', { name: /Người báo tin/ }).getAttribute('aria-checked')).toBe('true');
  expect(await form.locator('textarea').inputValue()).toBe(COMMENT);
  await page.keyboard.press('Control+Enter');
  await state(page, 'Mở lại').waitFor();
});

test('the same code again finds the record and says why nothing can be entered', async () => {
  const { page } = stage.desk;
  await byCode(page, seen.code);
  await page.getByText(/không làm được|Mở lại/).first().waitFor();
  await page.getByRole('button', { name: 'Mở vụ việc' }).click();
  await state(page, 'Mở lại').waitFor();
});

test('a low score of a record that is too old to be reopened says so, and a new record that follows it is begun', async () => {
  const { page } = stage.desk;
  const no = longClosed();
  await openByNumber(page, no);
  await page.keyboard.press('q');
  const form = page.locator('.issue-form');
  await form.waitFor();
  const inHand = form.locator('[role=radiogroup]:focus-within');
  const words = form.locator('textarea');
  await page.keyboard.press('1');
  await expect.poll(() => inHand.getAttribute('aria-label')).toBe('Mức hài lòng');
  const [score, end] = [await inHand.boundingBox(), await form.locator('.form-end').boundingBox()];
  expect(score!.y + score!.height, 'in sight').toBeLessThanOrEqual(end!.y);
  await page.keyboard.press('9');
  await page.keyboard.press('Control+Enter');
  await form.getByText(/Còn thiếu: mức hài lòng/).waitFor();
  await expect.poll(() => inHand.getAttribute('aria-label')).toBe('Mức hài lòng');
  for (const [digit, next] of [['1', 'Xử lý đúng hạn?'], ['2', 'Kết quả đúng yêu cầu?'], ['2', 'Thái độ phục vụ tốt?']] as const) {
    await page.keyboard.press(digit);
    await expect.poll(() => inHand.getAttribute('aria-label')).toContain(next);
  }
  await page.keyboard.press('3');
  await form.locator('textarea:focus').waitFor();
  expect(await words.inputValue()).toBe('');
  expect(await form.getByRole('radio', { checked: true }).allInnerTexts()).toEqual(expect.arrayContaining([expect.stringMatching(/1 · Rất không hài lòng/)]));
  expect(await form.getByRole('radio', { checked: true }).count()).toBe(5);
  await page.keyboard.type(COMMENT);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Đã quá 30 ngày, không mở lại được.').waitFor();
  await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toContain('Tiếp nhận vụ việc mới liên quan');
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('số tạm, đọc cho người gọi').waitFor();
  expect(await page.locator('textarea').first().inputValue()).toBe(`Tiếp theo vụ việc số ${no}: ${COMMENT}`);
});
