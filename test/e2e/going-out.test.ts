import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { openXlsx } from 'hucre/xlsx';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { qrCodesIn } from '../support/qr.ts';
import { leave, pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';
import { receiveCall } from './desk-work.ts';

/** What leaves a desk: lists as files, records on paper, numbers on the wall. */
const stage = {} as { browser: Browser; world: World; desk: Desk };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0;
const CALL = { place: 'Ấp Thuận Phú 1, xã Thuận Phú', words: 'Cụ ông ngã giàn giáo, bất tỉnh', phone: '0271 000 913' };

beforeAll(async () => {
  if (!hasPoppler) console.warn('poppler-utils is not on this machine: what stands in printed PDFs is not read back.');
  stage.browser = await startBrowser();
  stage.world = await startWorld(1);
  stage.desk = await stage.world.desk(stage.browser, 'ban');
  await signIn(stage.desk.page, 'truc115.1');
});
afterEach(({ task }) => pictureIfFailed(task, [stage.desk]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
});

/** What axe-core calls serious or critical on the page. */
async function serious(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then(r => r.violations)') as { id: string; impact: string; nodes: { target: string[] }[] }[];
  return found.filter(one => one.impact === 'serious' || one.impact === 'critical').map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(' | ')}`);
}

async function toQueue(page: Page): Promise<void> {
  await page.evaluate("location.hash = '#/queue'");
  await page.getByRole('gridcell').first().waitFor();
}

/** The file that the dialog makes, with what is chosen in it. */
async function exported(page: Page, choose: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  await page.keyboard.press('u');
  await page.getByRole('dialog').waitFor();
  await choose();
  const coming = page.waitForEvent('download');
  await page.keyboard.press('Control+Enter');
  const download = await coming;
  await page.getByText(/^Đã xuất/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

describe('a list', () => {
  test('goes out as the queue shows it, without persons', async () => {
    const { page } = stage.desk;
    await receiveCall(page, CALL);
    await toQueue(page);
    const total = Number(await page.getByRole('navigation', { name: 'Danh sách' }).locator('[aria-current] b').innerText());
    const first = await page.locator('.ag-row[row-index="0"] .cell-content b').innerText();
    const { name, bytes } = await exported(page, async () => undefined);
    const rows = parse(bytes, { delimiter: ';', bom: true, columns: true }) as Record<string, string>[];
    expect(name).toMatch(/^IOC-[\w-]+-\d{6}-\d{4}\.csv$/);
    expect([rows.length, first.startsWith(rows[0]!['Diễn biến']!.slice(0, 20))]).toEqual([total, true]);
    const mine = rows.find(row => row['Diễn biến'] === CALL.words);
    expect(mine).toMatchObject({ 'Địa điểm': CALL.place, 'Trạng thái': 'Mới tiếp nhận', 'Điện thoại': '•••• ••• 913' });
    expect(bytes.toString()).not.toContain('000 913');
  });

  test('with persons asks for a purpose first, and is then named so', async () => {
    const { page } = stage.desk;
    const { name, bytes } = await exported(page, async () => {
      await page.getByText('Excel (xlsx)').click();
      await page.getByText('Kèm người báo tin').click();
      await page.keyboard.press('Control+Enter');
      await page.getByText('Ghi ít nhất 5 ký tự').waitFor();
      await page.keyboard.type('Kiểm tra chất lượng ca trực');
      expect(await serious(page)).toEqual([]);
    });
    expect(name).toMatch(/-co-du-lieu-ca-nhan\.xlsx$/);
    const { sheets: [sheet] } = await openXlsx(bytes);
    const [heading = [], ...rows] = sheet!.rows;
    expect(rows.map(row => row[heading.indexOf('Điện thoại')])).toContain(CALL.phone);
  });
});

/** The page as a PDF, and its text as a reader of PDFs finds it. */
async function printed(page: Page, name: string): Promise<{ path: string; text: string; pages: number; size: string }> {
  const path = join(stage.desk.data, '..', `${name}.pdf`);
  await page.pdf({ path, preferCSSPageSize: true });
  const read = (program: string, ...args: string[]) => (hasPoppler ? spawnSync(program, args, { encoding: 'utf8' }).stdout : '');
  const facts = read('pdfinfo', path);
  return { path, text: read('pdftotext', '-layout', path, '-').normalize('NFC'), pages: Number(/^Pages:\s+(\d+)/m.exec(facts)?.[1]), size: /^Page size:.*\((\w+)\)/m.exec(facts)?.[1] ?? '' };
}

describe('a record on paper', () => {
  const print = {} as { page: Page; no: string };
  beforeAll(async () => {
    const { page, context } = stage.desk;
    await receiveCall(page, { ...CALL, words: 'Sản phụ chuyển dạ trên đường Nguyễn Huệ' });
    await page.locator('.issue-head .number', { hasText: /^115-/ }).waitFor();
    print.no = await page.locator('.issue-head .number').innerText();
    const opening = context.waitForEvent('page');
    await page.keyboard.press('p');
    print.page = await opening;
    await print.page.locator('.paper.slip').waitFor();
  });

  test('the slip says what, where and who goes, and its code opens the record in the command bar', async () => {
    const { page } = print;
    expect(await qrCodesIn(await page.locator('.paper .qr').screenshot({ scale: 'css' }))).toEqual([print.no]);
    expect(await serious(page)).toEqual([]);
    const shown = await page.locator('.paper').innerText();
    for (const words of [print.no, 'TẠM-', CALL.place, 'P1 · Đe dọa tính mạng', '115 · Cấp cứu']) expect(shown).toContain(words);
    expect(shown).not.toMatch(/913|Sản phụ/);
    await stage.desk.page.keyboard.press('Escape');
    await stage.desk.page.keyboard.press('Control+k');
    await stage.desk.page.keyboard.type(print.no);
    await stage.desk.page.getByRole('dialog').getByRole('option').filter({ hasText: 'Sản phụ chuyển dạ' }).first().waitFor();
    await stage.desk.page.keyboard.press('Escape');
  });

  test('the form masks who reported until somebody who may asks', async () => {
    const { page } = print;
    await page.keyboard.press('2');
    const reporter = page.locator('.paper.form dl > div', { hasText: 'Người báo tin' });
    await reporter.waitFor();
    expect(await reporter.innerText()).toMatch(/•••• ••• 913/);
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press('v');
    await expect.poll(() => reporter.innerText()).toContain(CALL.phone);
  });

  test.runIf(hasPoppler)('both come out of the printer with their marks, their pages counted, and who printed them (poppler-utils)', async () => {
    const { page } = print;
    const form = await printed(page, 'form');
    expect([form.size, form.pages]).toEqual(['A4', 1]);
    for (const words of ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'PHIẾU TIẾP NHẬN, XỬ LÝ THÔNG TIN', 'Sản phụ chuyển dạ trên đường Nguyễn Huệ', CALL.place, 'Trang 1/1', 'NGƯỜI TIẾP NHẬN']) expect(form.text).toContain(words);
    expect(form.text).toMatch(/In bởi \p{L}[\p{L} ]+ lúc \d\d\/\d\d\/\d{4} \d\d:\d\d/u);
    const fonts = spawnSync('pdffonts', [form.path], { encoding: 'utf8' }).stdout.trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/BeVietnamPro.*yes yes yes/);
    await page.keyboard.press('1');
    await page.locator('.paper.slip').waitFor();
    const slip = await printed(page, 'slip');
    expect([slip.size, slip.pages, slip.text.includes('Trang 1/1')]).toEqual(['A5', 1, true]);
    const picture = spawnSync('pdftoppm', ['-png', '-r', '150', slip.path], { maxBuffer: 64 << 20 }).stdout;
    expect(await qrCodesIn(picture)).toEqual([print.no]);
  });

  test.runIf(hasPoppler)('a long history goes over to a second page, counted on both (poppler-utils)', async () => {
    const { page } = stage.desk;
    await page.evaluate(`location.hash = ${JSON.stringify(new URL(print.page.url()).hash.replace('slip', 'issue'))}`);
    await page.locator('.issue.on-page').waitFor();
    for (const note of ['Đã gọi lại lần một', 'Đã gọi lại lần hai']) {
      await page.keyboard.press('g');
      await page.getByRole('textbox').last().fill(`${note}: ${'người nhà báo đường ngập, xe vòng lối khác. '.repeat(40)}`);
      await page.keyboard.press('Control+Enter');
      await page.locator('.history .note', { hasText: note }).waitFor();
    }
    await print.page.keyboard.press('2');
    await print.page.locator('.paper.form td', { hasText: 'Đã gọi lại lần hai' }).waitFor();
    const { text, pages } = await printed(print.page, 'long');
    expect(pages).toBeGreaterThan(1);
    for (let n = 1; n <= pages; n++) expect(text).toContain(`Trang ${n}/${pages}`);
  });
});

describe('the wall', () => {
  const wall = {} as { page: Page };
  const data = () => wall.page.locator('.wall .data');
  beforeAll(async () => {
    const { page, context } = stage.desk;
    await toQueue(page);
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Bảng treo' }).click();
    wall.page = await opening;
    await wall.page.setViewportSize({ width: 1920, height: 1080 });
    await data().getByText(/^Số liệu lúc/).waitFor();
  });

  test('shows numbers, kinds and places, and nothing that anybody said; all of it can be read from afar', async () => {
    const { page } = wall;
    const shown = await page.locator('body').innerText();
    expect(shown).toMatch(/Vụ P1, P2 đang mở/);
    expect(shown).toMatch(/Máy chủ tỉnh\s+Thông/);
    expect(shown).not.toMatch(/913|Sản phụ|giàn giáo|Nguyễn Huệ/);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      expect(await serious(page)).toEqual([]);
    }
    const small = await page.evaluate(`[...document.querySelectorAll('.wall *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim() !== '') && parseFloat(getComputedStyle(e).fontSize) < 28).map(e => e.outerHTML.slice(0, 80))`);
    expect(small).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  test('takes a new call in by itself, and goes on while the desk is locked', async () => {
    const open = async () => Number(await wall.page.locator('aside tr', { hasText: '115' }).first().locator('td').first().innerText());
    const before = await open();
    await receiveCall(stage.desk.page, { ...CALL, words: 'Trẻ em sốt co giật' });
    await expect.poll(open, { timeout: 20_000 }).toBe(before + 1);
    const at = await data().innerText();
    await stage.desk.page.keyboard.press('Control+l');
    await stage.desk.page.getByRole('heading', { name: 'Máy đang khóa' }).waitFor();
    await expect.poll(() => data().innerText(), { timeout: 30_000 }).not.toBe(at);
    expect(await data().innerText()).toMatch(/^Số liệu lúc/);
  });

  test('says so when its figures are old, and goes on when the core is back', async () => {
    process.kill(stage.desk.corePid(), 'SIGKILL');
    await data().getByText(/^Số liệu CŨ/).waitFor();
    await wall.page.locator('footer li.broken').first().getByText('Phần xử lý').waitFor();
    await data().getByText(/^Số liệu lúc/).waitFor({ timeout: 30_000 });
  });

  test('is nobody’s when nobody is signed in', async () => {
    await stage.desk.page.getByRole('button', { name: /Người khác/ }).click();
    await wall.page.getByText('Chưa có ai đăng nhập trên bàn này').waitFor();
    expect(await wall.page.locator('.wall').innerText()).not.toMatch(/Vụ P1, P2/);
    await signIn(stage.desk.page, 'lanhdao');
    await data().getByText(/^Số liệu lúc/).waitFor();
    await leave(stage.desk.page);
  });
});
