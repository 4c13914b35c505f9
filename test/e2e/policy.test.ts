import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { allRows } from '../../db/database.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readKnownPacks } from '../../db/stores/policy.ts';
import { startBrowser } from '../support/browser.ts';
import { temporaryFolder } from '../support/processes.ts';
import { overflow, serious } from './axe.ts';
import { freshAddress, inDatabase, PASSWORD, pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';
import { typeCall } from './desk-work.ts';
import { wear } from './tour.ts';

interface Stage { browser: Browser; world: World; admin: Desk; call: Desk; folder: ReturnType<typeof temporaryFolder> }
const stage = {} as Stage;

beforeAll(async () => {
  stage.browser = await startBrowser();
  stage.folder = temporaryFolder('policy');
  stage.world = await startWorld(2);
  stage.admin = await stage.world.desk(stage.browser, 'ban-quan-tri');
  stage.call = await stage.world.desk(stage.browser, 'ban-115');
  await signIn(stage.admin.page, 'quantri');
  await signIn(stage.call.page, 'truc115.1');
});
afterEach(({ task }) => pictureIfFailed(task, [stage.admin, stage.call]));
afterAll(async () => {
  await stage.world.end();
  await stage.browser.close();
  stage.folder.remove();
});

/** A P2 call, typed and received. @returns its id */
async function receiveP2(page: Page, words: string): Promise<string> {
  await page.evaluate(`location.hash = '#/queue'`);
  await page.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('n');
  await page.getByText('số tạm, đọc cho người gọi').waitFor();
  await typeCall(page, { place: 'ĐT.741, cách cầu Hai Mươi 200 m', words, phone: '0000000418' });
  await page.keyboard.press('Alt+5');
  await page.keyboard.press('2');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: words }).waitFor();
  return /issue\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
}

/** How long the record may wait before somebody takes it up, in minutes, and the pack that it keeps. */
function clocked(desk: Desk, id: string): { minutes: number; policyId: string | undefined } {
  const { issue } = inDatabase(desk, db => readIssue(db, id))!;
  return { minutes: ((issue.dueAtMs ?? 0) - issue.receivedAtMs) / 60_000, policyId: issue.policyId };
}

const ack = (page: Page) => page.getByLabel('P2 Nhận báo động: Thời gian', { exact: true });
const packs = (desk: Desk) => inDatabase(desk, readKnownPacks);
const saved = async (page: Page): Promise<void> => { await page.waitForTimeout(300); await page.getByText(/^Đã lưu nháp/).waitFor(); };

describe('an administrator edits the policy pack', () => {
  test('by keyboard, from the pack in force; what is typed survives a reload, also what is no value yet', async () => {
    const { page } = stage.admin;
    await page.evaluate(`location.hash = '#/policy'`);
    await page.getByText(/Chữ ký của tỉnh: đúng/).waitFor();
    await page.keyboard.press('e');
    await page.getByRole('button', { name: /Từ gói đang hiệu lực/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(/^Đã lưu nháp/).waitFor();
    await page.keyboard.press('Alt+2');
    await ack(page).fill('1x');
    await page.getByText('Ghi một số, ví dụ 30 hoặc 1,5.').waitFor();
    await saved(page);
    await page.reload();
    await page.getByRole('navigation', { name: 'Các phần của gói' }).waitFor();
    await page.keyboard.press('Alt+2');
    await ack(page).waitFor();
    expect(await ack(page).inputValue()).toBe('1x');
    expect(await page.getByRole('button', { name: 'Xuất tệp' }).isDisabled()).toBe(true);
    await ack(page).fill('30');
    await page.getByText('hạn xác minh ngắn hơn hạn nhận báo động (mức P2)').waitFor();
    await ack(page).fill('7');
    await page.getByText('hạn xác minh ngắn hơn').waitFor({ state: 'detached' });
    await page.getByLabel('Nơi ghi: P2 Nhận báo động').fill('QĐ 12/QĐ-UBND');
  });

  test('a value goes back to what it was, a step is taken back and done again', async () => {
    const { page } = stage.admin;
    await page.getByRole('button', { name: 'Về giá trị cũ: 2 phút' }).click();
    expect(await ack(page).inputValue()).toBe('2');
    await page.getByRole('button', { name: /^Hoàn tác/ }).click();
    expect(await ack(page).inputValue()).toBe('7');
    await page.getByRole('button', { name: 'Làm lại' }).click();
    expect(await ack(page).inputValue()).toBe('2');
    await page.getByRole('button', { name: /^Hoàn tác/ }).click();
    expect([await ack(page).inputValue(), await page.getByLabel('Nơi ghi: P2 Nhận báo động').inputValue()]).toEqual(['7', 'QĐ 12/QĐ-UBND']);
  });

  test('adds a holiday; one on a day that has one is told at once', async () => {
    const { page } = stage.admin;
    await page.keyboard.press('Alt+8');
    await page.getByRole('button', { name: 'Thêm ngày' }).click();
    await page.keyboard.type('02/09/2027');
    await page.keyboard.press('Tab');
    await page.getByText('có hai lần').waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('24/11/2027');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ngày Văn hóa Việt Nam');
    await page.getByText('có hai lần').waitFor({ state: 'detached' });
  });

  test('where answers of surveys go and whom the last step of the ladder goes to are edited too; an address that is none is told', async () => {
    const { page } = stage.admin;
    await page.keyboard.press('Alt+6');
    const address = page.getByLabel('Trang trả lời khảo sát');
    await address.fill('khaosat.example');
    await page.getByText('Ghi địa chỉ bắt đầu bằng https://').waitFor();
    await address.fill('https://khaosat.example/?ma={ma}');
    await page.getByText('Ghi địa chỉ bắt đầu bằng https://').waitFor({ state: 'detached' });
    await page.getByLabel('Không hỏi khi bản ghi có chữ').fill('bạo lực, bạo hành');
    await page.getByRole('checkbox', { name: 'Người mất tích' }).uncheck();
    await page.keyboard.press('Alt+5');
    const last = page.getByRole('group', { name: /bậc 3: Chuyển tới/ });
    await last.getByRole('button', { name: 'Thêm người' }).click();
    await last.getByLabel(/Chức vụ 1$/).fill('Phó Chủ tịch UBND tỉnh');
    await last.getByLabel(/Họ tên 1$/).fill('Đặng Thử Nghiệm');
    await last.getByLabel(/Điện thoại 1$/).fill('0900000001');
    await page.keyboard.press('Control+Enter');
    const row = (name: string) => page.locator('.differences tr').filter({ hasText: name });
    expect(await row('Trang trả lời khảo sát').innerText()).toMatch(/để trống\s+https:\/\/khaosat\.example/);
    expect(await row('Không hỏi loại việc').count()).toBe(1);
    expect(await row('Không hỏi khi bản ghi có chữ').innerText()).toContain('bạo lực, bạo hành');
    expect(await page.locator('.differences').innerText()).toContain('Phó Chủ tịch UBND tỉnh Đặng Thử Nghiệm 0900000001');
  });

  test('so are establishment and rules of duty: what is weaker than the law is told, a limit is taken away and put back', async () => {
    const { page } = stage.admin;
    await page.keyboard.press('Alt+0');
    await page.getByLabel('Tuyến 115: Số người').fill('4');
    await page.getByLabel(/^CC40 Giờ làm một tuần.*nhiều nhất$/).fill('44');
    await page.getByText('nhẹ hơn 40 giờ của Quyết định 188/1999/QĐ-TTg').waitFor();
    await page.getByRole('button', { name: 'Bỏ giới hạn: YTE24 Đêm trực liền nhau: nhiều nhất' }).click();
    await page.getByLabel('YTE24 Đêm trực liền nhau: nhiều nhất', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Bỏ giới hạn: YTE24 Đợt nghỉ: ít nhất' }).click();
    // The key that took it away is where the one is that puts it back.
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('YTE24 Đợt nghỉ: ít nhất', { exact: true }).inputValue()).toBe('1');
    await page.getByLabel('LAB48 Nghỉ giữa hai ca: ít nhất', { exact: true }).fill('25');
    await page.getByText('nhiều nhất là 24').waitFor();
    await page.getByRole('button', { name: 'Về giá trị cũ: 12 giờ (luật)' }).click();
    await page.getByText('nhiều nhất là 24').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Enter');
    const row = (name: string) => page.locator('.differences tr').filter({ hasText: name });
    expect(await row('Định biên · Tuyến 115').innerText()).toMatch(/3 người, 1 chỗ mỗi ca, suốt ngày đêm\s+4 người, 1 chỗ mỗi ca, suốt ngày đêm\s+Q8\.2/);
    expect(await row('CC40 · Giờ làm một tuần').innerText()).toMatch(/40 giờ \(luật\)\s+44 giờ \(luật\)\s+Quyết định 188\/1999\/QĐ-TTg/);
    expect(await row('YTE24 ·').innerText()).toMatch(/4 đêm \(quy định nội bộ\)\s+không giới hạn/);
  });

  test('a file that is no pack is refused with the place that is wrong and changes nothing; the draft as a file comes back as it was', async () => {
    const { page } = stage.admin;
    mkdirSync(stage.folder.path, { recursive: true });
    const [broken, whole] = [join(stage.folder.path, 'hong.json'), join(stage.folder.path, 'goi.json')];
    await saved(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Xuất tệp' }).click()]);
    await download.saveAs(whole);
    const pack = JSON.parse(readFileSync(whole, 'utf8')) as Record<string, unknown>;
    expect(pack).toMatchObject({ code: 'bp-2022-02', effectiveFrom: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string });
    writeFileSync(broken, JSON.stringify({ ...pack, dedupe: { ...pack['dedupe'] as object, splitDays: -1 } }));
    await page.getByTestId('policy-file').setInputFiles(broken);
    await page.getByText(/có giá trị không dùng được ở dedupe\.splitDays/).waitFor();
    await page.getByTestId('policy-file').setInputFiles(whole);
    await page.getByText(/Đã đọc goi.json vào bản nháp/).waitFor();
    await page.keyboard.press('Alt+2');
    expect(await ack(page).inputValue()).toBe('7');
  });

  test('every part holds at every look, with nothing serious for axe', async () => {
    const { page } = stage.admin;
    const found: Record<string, string[]> = {};
    for (const look of [{ theme: 'light', width: 1366, height: 768, scale: 1 }, { theme: 'dark', width: 1366, height: 768, scale: 1.5 }] as const) {
      await wear(stage.admin, freshAddress(stage.admin), look);
      for (const keys of [...Array.from({ length: 10 }, (_, part) => `Alt+${String((part + 1) % 10)}`), 'Control+Enter']) {
        await page.keyboard.press(keys);
        await page.waitForTimeout(150);
        const wrong = [...await serious(page), ...await overflow(page)];
        if (wrong.length > 0) found[`${look.theme} ${keys}`] = wrong;
      }
    }
    await wear(stage.admin, freshAddress(stage.admin), { theme: 'light', width: 1366, height: 768, scale: 1 });
    expect(found).toEqual({});
  });
});

describe('a pack is issued', () => {
  test('after its differences have been said; without a link it is not, and the draft stays', async () => {
    const { page } = stage.admin;
    await page.keyboard.press('Alt+1');
    await page.getByLabel('Có hiệu lực ngay khi ban hành').check();
    await page.keyboard.press('Control+Enter');
    const changed = page.locator('.differences tr').filter({ hasText: 'Sự cố khẩn cấp P2 · Nhận báo động' });
    expect(await changed.innerText()).toMatch(/2 phút, suốt ngày đêm\s+7 phút, suốt ngày đêm\s+nơi ghi: mặc định đề xuất, Quy chế không ghi → QĐ 12\/QĐ-UBND/);
    expect(await page.locator('.differences tr').filter({ hasText: '24/11/2027' }).innerText()).toMatch(/thêm\s+–\s+Ngày Văn hóa Việt Nam \(nghỉ\)/);
    await saved(page);
    await stage.world.stopProvince();
    await page.getByText(/Ban hành cần có mạng; bản nháp vẫn giữ/).waitFor();
    await page.getByLabel(/^Mật khẩu của/).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('Không tới được máy chủ.').waitFor();
    await stage.world.startProvinceAgain();
    await page.getByText(/Ban hành cần có mạng/).waitFor({ state: 'detached' });
    await page.getByLabel(/^Mật khẩu của/).fill('sai-mat-khau');
    await page.keyboard.press('Enter');
    await page.getByText('Mật khẩu không đúng.').waitFor();
  });

  test('it comes to another console, signed; a new record is clocked by it, one of before keeps its own', async () => {
    const before = await receiveP2(stage.call.page, 'Ngã xe, đau chân, trước khi có gói mới');
    const { page } = stage.admin;
    await page.getByLabel(/^Mật khẩu của/).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText(/Đã ban hành gói bp-2022-02/).waitFor();
    await expect.poll(() => packs(stage.call).find(one => one.code === 'bp-2022-02')?.signature).toBe('good');
    const issued = packs(stage.call).find(one => one.code === 'bp-2022-02')!;
    expect(issued.issuedBy.length).toBeGreaterThan(3);
    // A receipt is told to the second: one within that in which the pack takes effect would be of before it.
    await expect.poll(() => Date.now()).toBeGreaterThan(issued.effectiveFromMs + 1_500);
    const after = await receiveP2(stage.call.page, 'Ngã xe, đau tay, sau khi có gói mới');
    expect([clocked(stage.call, before).minutes, clocked(stage.call, after).minutes]).toEqual([2, 7]);
    expect([clocked(stage.call, after).policyId === issued.id, clocked(stage.call, before).policyId === issued.id]).toEqual([true, false]);
    await expect.poll(() => inDatabase(stage.call, db => readIssue(db, after)!.issue.version)).toBeGreaterThan(0);
    expect(clocked(stage.call, after)).toEqual({ minutes: 7, policyId: issued.id });
    await page.getByText(`khóa ${issued.keyId}`).waitFor();
    await page.getByText('Ngày Văn hóa Việt Nam').last().waitFor();
    await page.getByRole('region', { name: 'Lịch trực: định biên, giờ làm, giờ nghỉ' }).getByRole('row', { name: /^Tuyến 115 4 người, 1 chỗ mỗi ca/ }).waitFor();
    await page.getByRole('row', { name: /44 giờ \(luật\) Quyết định 188/ }).waitFor();
    expect(inDatabase(stage.admin, db => allRows(db, 'SELECT 1 FROM policy_draft'))).toEqual([]);
  });

  test('one that is not in force yet is taken back', async () => {
    const { page } = stage.admin;
    await page.keyboard.press('e');
    await page.getByRole('button', { name: /Từ gói đang hiệu lực \(bp-2022-02\)/ }).click();
    await page.getByText(/^Đã lưu nháp/).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByLabel(/^Mật khẩu của/).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText(/Đã ban hành gói bp-2022-03/).waitFor();
    await expect.poll(() => packs(stage.admin).some(one => one.code === 'bp-2022-03')).toBe(true);
    await page.getByRole('combobox').selectOption({ label: await page.locator('option', { hasText: 'bp-2022-03' }).innerText() });
    await page.getByRole('button', { name: 'Rút lại gói này' }).click();
    await page.getByLabel(/^Mật khẩu của/).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await expect.poll(() => packs(stage.call).some(one => one.code === 'bp-2022-03')).toBe(false);
    await expect.poll(() => page.locator('option', { hasText: 'bp-2022-03' }).count()).toBe(0);
  });

  test('whoever else is signed in sees the pack and no way to change it', async () => {
    const { page } = stage.call;
    await page.evaluate(`location.hash = '#/policy/edit'`);
    await page.getByText('Chỉ quản trị của IOC tỉnh sửa được gói Quy chế.').waitFor();
    await page.evaluate(`location.hash = '#/policy'`);
    await page.getByText(/Chữ ký của tỉnh: đúng/).waitFor();
    expect(await page.getByRole('button', { name: /Sửa gói|Rút lại/ }).count()).toBe(0);
  });
});
