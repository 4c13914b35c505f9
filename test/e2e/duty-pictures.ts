import type { Page } from 'playwright-core';
import { monthBeside } from '../../contract/roster.ts';
import { monthDayOf } from '../../contract/roster-days.ts';
import { change } from './desk-work.ts';
import { signIn, type Desk } from './desk.ts';
import { goTo } from './tour.ts';

/** Months that pictures take one after another, each planned from its beginning. */
const taken = { months: 1 };

/**
 * The month of duty of a line, step by step: the shortage explained, published for a reason, an absence replanned, acknowledged by who is in it, a shift
 * offered, the sheet on paper; `at` is called when a step stands still. Starts and ends signed out, on a month that nobody has published.
 */
export async function dutySteps({ page }: Desk, at: (screen: string, page: Page) => Promise<void>): Promise<void> {
  let { month } = monthDayOf(Date.now());
  for (let by = 0; by < taken.months; by++) month = monthBeside(month, 1);
  taken.months += 1;
  await signIn(page, 'catruong');
  await goTo(page, `roster/113/${month}`);
  await page.getByText(/^thiếu \d+ ca$/).waitFor();
  await page.keyboard.press('k');
  await page.getByText(/^tốt nhất có thể|^hết giờ/).waitFor({ timeout: 90_000 });
  await at('roster-shortage', page);
  await page.getByRole('button', { name: 'Công bố…' }).click();
  await page.getByLabel('Lý do chấp nhận').fill('Định biên 6 người theo Điều 8.2; đã báo lãnh đạo IOC');
  await at('roster-publish', page);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Đã công bố · bản 1').waitFor();
  await goTo(page, `roster/113/${month}`);
  await page.locator('[data-spot="1 8"]').click();
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
  const absence = page.getByRole('region', { name: 'Có người vắng' });
  await absence.getByRole('button', { name: 'Xếp lại ít thay đổi nhất' }).click();
  await absence.getByText('Đây là cách đổi ít nhất.').or(absence.getByText(/^Đã dừng tìm/)).waitFor({ timeout: 60_000 });
  await absence.scrollIntoViewIfNeeded();
  await at('roster-absence', page);
  await change(page, 'truc113.1');
  await goTo(page, `roster/113/${month}/published`);
  await page.getByText('Lịch của bạn ở bản 1 chờ bạn xác nhận.').waitFor();
  await at('roster-acknowledge', page);
  await page.getByRole('button', { name: 'Xác nhận đã xem' }).click();
  await page.locator('tr.own td.cell').filter({ has: page.locator('.chip') }).last().click();
  await page.getByLabel('Lý do').fill('đưa con đi khám');
  await at('roster-swap', page);
  const opening = page.waitForEvent('popup');
  await page.getByRole('button', { name: /^Xuất/ }).click();
  await page.getByRole('button', { name: /^In A4/ }).click();
  const paper = await opening;
  await paper.locator('.roster-paper.a4').waitFor();
  await at('roster-paper', paper);
  await paper.close();
  await page.getByRole('button', { name: 'Khóa', exact: true }).click();
  await page.getByRole('button', { name: /Người khác/ }).click();
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
}
