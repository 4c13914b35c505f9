import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { DutyRoster } from '../../contract/documents/duty-roster.ts';
import { monthDayOf } from '../../contract/roster-days.ts';
import { readDocuments } from '../../db/stores/documents.ts';
import { change } from './desk-work.ts';
import { inDatabase } from './desk.ts';
import { twoDesks } from './two-desks.ts';

/** A month of duty is published, acknowledged, and shifts change hands, with links down in between; the clock of one PC is set to a place fifteen hours behind. */
const stage = twoDesks({ lead: { name: 'ban-lap', login: 'catruong', ownLink: true }, staff: { name: 'ban-truc', login: 'truc115.1', ownLink: true, timeZone: 'America/Los_Angeles' } });
type Key = 'lead' | 'staff';
/** The next August of which no shift has begun. */
const MONTH = nextAugust(monthDayOf(Date.now()).month);
const [YEAR, NUMBER] = MONTH.split('-') as [string, string];
const titleOf = (line: string): string => `Lịch trực tháng ${NUMBER}/${YEAR} – tuyến ${line}`;

/** @param month yyyy-MM */
function nextAugust(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return `${year + (number >= 8 ? 1 : 0)}-08`;
}

const goTo = (page: Page, hash: string): Promise<void> => page.evaluate(`location.hash = '#/${hash}'`);
async function see(page: Page, view: '' | '/published', line = '115'): Promise<void> {
  await goTo(page, `roster/${line}/${MONTH}${view}`);
  await page.getByRole('heading', { name: titleOf(line) }).waitFor();
}
const rosterAt = (key: Key): DutyRoster | undefined => inDatabase(stage[key], db => readDocuments(db, 'roster').find(({ document }) => document.plan.service === '115')?.document);
const cell = (page: Page, row: number, day: number): Promise<string> => page.locator(`[data-spot="${row} ${day}"] .chip`).innerText();
const choose = (page: Page, row: number, day: number): Promise<void> => page.locator(`[data-spot="${row} ${day}"]`).click();
const asks = (page: Page) => page.getByRole('region', { name: 'Đổi ca', exact: true });
const offline = (page: Page): Promise<void> => page.getByText('đã lưu ở máy này, chưa gửi lên tỉnh').waitFor();

describe('a month of duty', () => {
  test('is published as it is accepted: what it breaks is said, and a reason goes with it', async () => {
    const { page } = stage.lead;
    await see(page, '/published');
    await page.getByText('Tháng này chưa công bố').waitFor();
    await see(page, '');
    await page.getByText('thiếu 15 ca').waitFor();
    await page.getByLabel('Mẫu xoay ca…').selectOption('fixed');
    await page.getByText(/^Tự lưu/).waitFor();
    await page.getByRole('button', { name: 'Công bố…' }).click();
    const card = page.getByRole('region', { name: 'Công bố lịch trực' });
    await card.getByText(/^Trái quy tắc ở \d+ chỗ: /).waitFor();
    await page.keyboard.press('Control+Enter');
    await card.getByText('Ghi lý do.', { exact: true }).waitFor();
    await card.getByLabel('Lý do chấp nhận').fill('Định biên 3 người theo Điều 8.2');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Đã công bố · bản 1').waitFor();
    await page.getByText('“Định biên 3 người theo Điều 8.2”').waitFor();
    await page.getByText('Chưa xác nhận (3)').waitFor();
  });

  test('is told to whoever is in it, who says that they have seen it', async () => {
    const { page } = stage.staff;
    await page.getByRole('link', { name: /Lịch trực/ }).locator('.rail-count').filter({ hasText: '1' }).waitFor();
    await page.getByRole('link', { name: /Lịch trực/ }).click();
    await page.getByRole('heading', { name: 'Đang trực – ca sau – tuần này' }).waitFor();
    await see(page, '/published');
    await page.getByText('Lịch của bạn ở bản 1 chờ bạn xác nhận.').waitFor();
    await page.getByRole('button', { name: 'Xác nhận đã xem' }).click();
    await page.getByText('Bạn đã xác nhận.').waitFor();
    await stage.lead.page.getByText('Chưa xác nhận (2)').waitFor();
    expect(await page.getByRole('button', { name: 'Công bố…' }).count()).toBe(0);
  });

  test('two who change shifts between them with their links down: each step is kept, and goes up when the link is back', async () => {
    const [{ page: lead }, { page: staff }] = [stage.lead, stage.staff];
    const own = rosterAt('staff')!.plan.members.findIndex(member => member.personId === rosterAt('staff')!.seen[0]!.personId);
    const other = own === 0 ? 1 : 0;
    const [mine, theirs] = [await cell(staff, own, 9), await cell(staff, other, 9)];
    const otherName = rosterAt('staff')!.plan.members[other]!.name;
    await stage.link.staff.refuse();
    await staff.getByText('Mất kết nối').first().waitFor();
    await choose(staff, own, 9);
    await staff.getByLabel('Ai trực thay').selectOption({ label: otherName });
    await staff.getByLabel('Đổi lấy ca của họ').selectOption({ label: `10/${NUMBER} · ca ${theirs}` });
    await staff.getByLabel('Lý do').fill('đưa con đi khám');
    await staff.getByRole('button', { name: 'Xin đổi ca này' }).click();
    await asks(staff).getByText('chờ nhận').waitFor();
    await offline(staff);
    // The lead knows nothing of it, and publishes no second edition over what comes.
    expect(rosterAt('lead')!.asks).toEqual([]);
    await stage.link.staff.accept();
    await asks(lead).getByText('chờ nhận').waitFor();
    // Who plans approves; with the link down again it is theirs at once, and everybody's later.
    await stage.link.lead.refuse();
    await lead.getByText('Mất kết nối').first().waitFor();
    await asks(lead).getByRole('button', { name: 'Duyệt', exact: true }).click();
    await lead.keyboard.press('Enter');
    await asks(lead).getByText('Ghi lý do.', { exact: true }).waitFor();
    await lead.keyboard.type('đã gọi điện, đồng ý');
    await lead.keyboard.press('Enter');
    await expect.poll(() => cell(lead, own, 9)).toBe(theirs);
    await offline(lead);
    expect(await cell(staff, own, 9)).toBe(mine);
    await stage.link.lead.accept();
    await expect.poll(() => cell(staff, own, 9), { timeout: 40_000 }).toBe(theirs);
    expect(await cell(staff, other, 9)).toBe(mine);
    await expect.poll(() => rosterAt('lead')!.version, { timeout: 40_000 }).toBe(rosterAt('staff')!.version);
    expect(rosterAt('staff')!.asks).toMatchObject([{ state: 'approved', reason: 'đưa con đi khám' }]);
    expect(rosterAt('staff')).toEqual(rosterAt('lead'));
  });

  test('whoever does not approve a change says why, and whoever asked reads it', async () => {
    const [{ page: lead }, { page: staff }] = [stage.lead, stage.staff];
    const own = rosterAt('staff')!.plan.members.findIndex(member => member.personId === rosterAt('staff')!.seen[0]!.personId);
    await choose(staff, own, 12);
    await staff.getByRole('button', { name: 'Xin đổi ca này' }).click();
    await staff.getByText('Ghi lý do.', { exact: true }).waitFor();
    await staff.keyboard.type('việc nhà');
    await staff.getByRole('button', { name: 'Xin đổi ca này' }).click();
    await asks(lead).getByText('chờ nhận').waitFor();
    await asks(lead).getByRole('button', { name: 'Không duyệt', exact: true }).click();
    await lead.keyboard.type('hôm đó đã thiếu người');
    await lead.keyboard.press('Enter');
    await asks(staff).getByText('Đã xong (2)').click();
    await asks(staff).getByText(/^không duyệt · .+ · “hôm đó đã thiếu người”$/).waitFor();
  });

  test('two who publish apart: the first to arrive holds, the second is told why, and loses nothing that they planned', async () => {
    const [{ page: lead }, { page: staff }] = [stage.lead, stage.staff];
    await change(staff, 'lanhdao');
    await see(staff, '');
    await see(lead, '');
    await stage.link.staff.refuse();
    await staff.getByText('Mất kết nối').first().waitFor();
    const put = async (page: Page, day: number): Promise<void> => {
      await choose(page, 0, day);
      await page.keyboard.press('0');
      await page.getByText(/^Tự lưu/).waitFor();
      await page.getByRole('button', { name: 'Công bố…' }).click();
      await page.getByLabel('Lý do chấp nhận').fill('nghỉ bù');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Đã công bố · bản 2').waitFor();
    };
    await see(lead, '');
    await lead.getByRole('button', { name: 'Công bố…' }).click();
    await lead.getByRole('button', { name: 'Lấy bản đã công bố vào lưới' }).click();
    await lead.getByText('Trùng bản đã công bố').first().waitFor();
    await lead.getByRole('button', { name: 'Thôi', exact: true }).click();
    await put(staff, 20);
    const before = rosterAt('lead')!.version;
    await put(lead, 21);
    await expect.poll(() => rosterAt('lead')!.version, { timeout: 40_000 }).toBeGreaterThan(before);
    await stage.link.staff.accept();
    await staff.getByRole('link', { name: /Tình trạng/ }).locator('.rail-count').waitFor({ timeout: 40_000 });
    await expect.poll(() => rosterAt('staff')!.plan.members[0]!.cells.slice(20, 22).map(one => one === 0), { timeout: 40_000 }).toEqual([false, true]);
    await goTo(staff, 'health/attention');
    await staff.getByText('Lịch trực này đã đổi ở nơi khác từ lúc bạn mở.').first().waitFor();
    await see(staff, '');
    await staff.getByText(/^Khác bản đã công bố: 2 ô/).waitFor();
  });

  test('of the other two lines: the shortage is explained, the engine does what can be done, it is accepted with a reason and published', async () => {
    const { page } = stage.lead;
    for (const line of ['113', '114']) {
      await see(page, '', line);
      const capacity = page.getByRole('region', { name: 'Đủ hay thiếu người' });
      await capacity.getByText(/^Cần 186 ca · có 156 ca \(6 người × 26\)$/).waitFor();
      await capacity.getByText('thiếu 30 ca').waitFor();
      await capacity.getByText('tối thiểu 8 người').waitFor();
      await page.keyboard.press('k');
      await page.getByText(/^đang cải thiện|^tốt nhất có thể/).waitFor({ timeout: 60_000 });
      await page.keyboard.press('Escape');
      await page.getByText(/^đã dừng, giữ bản tốt nhất|^tốt nhất có thể/).waitFor({ timeout: 30_000 });
      await page.getByText(/^Tự lưu/).waitFor();
      await page.getByRole('button', { name: 'Công bố…' }).click();
      const card = page.getByRole('region', { name: 'Công bố lịch trực' });
      // Thirty at least: nobody can sit on more than the arithmetic says.
      const lacks = await card.getByText(/^Thiếu \d+ suất trực trong \d+ ca\.$/).innerText();
      expect(Number(/\d+/.exec(lacks)![0])).toBeGreaterThanOrEqual(30);
      await card.getByLabel('Lý do chấp nhận').fill('Định biên 6 người theo Điều 8.2');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Đã công bố · bản 1').waitFor();
      await page.getByText('Chưa xác nhận (6)').waitFor();
    }
  });

  test('somebody of 113 falls ill: the fewest changes go out as another edition, which only those it touches acknowledge, and onto paper', async () => {
    const { page } = stage.lead;
    await see(page, '', '113');
    await choose(page, 0, 8);
    for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
    const absence = page.getByRole('region', { name: 'Có người vắng' });
    await absence.getByRole('button', { name: 'Xếp lại ít thay đổi nhất' }).click();
    await absence.getByText(/^Đây là cách đổi ít nhất\.$|^đang kiểm tra xem/).waitFor({ timeout: 60_000 });
    await absence.getByRole('button', { name: 'Nhận', exact: true }).click();
    await expect.poll(() => cell(page, 0, 9)).toBe('P');
    await page.getByText(/^Tự lưu/).waitFor();
    await page.getByRole('button', { name: 'Công bố…' }).click();
    const card = page.getByRole('region', { name: 'Công bố lịch trực' });
    await card.getByText(/^So với bản 1: \d+ ô của \d+ người đổi/).waitFor();
    await card.getByLabel('Lý do chấp nhận').fill('nghỉ ốm');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Đã công bố · bản 2').waitFor();
    const opening = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Xuất…' }).click();
    await page.getByRole('button', { name: /^In A4/ }).click();
    const paper = (await opening).locator('.roster-paper.a4');
    await paper.getByText(`THÁNG ${NUMBER}/${YEAR}`).waitFor();
    await paper.getByText('Bản 2').waitFor();
    expect(await paper.locator('tbody tr').count()).toBe(6);
  });
});
