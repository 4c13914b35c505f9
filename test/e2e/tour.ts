import type { Page } from 'playwright-core';
import { monthDayOf } from '../../contract/roster-days.ts';
import { connectWire } from '../support/wire.ts';
import { PASSWORD, signIn, type Desk } from './desk.ts';

export interface Look { theme: 'light' | 'dark'; width: number; height: number; scale: number }

/** Sets theme and text size of a desk, as the display menu does, and the window's size. */
export async function wear(desk: Desk, address: string, look: Look): Promise<void> {
  const wire = await connectWire(address);
  await wire.client.station.saveSettings({ language: 'vi', theme: look.theme, scale: look.scale });
  wire.close();
  await desk.page.setViewportSize({ width: look.width, height: look.height });
  await desk.page.waitForTimeout(300);
}

/**
 * Every screen of the console in turn, from the sign-in on; `at` is called when a screen stands still. Starts and ends
 * signed out.
 */
export async function tour(page: Page, at: (screen: string) => Promise<void>): Promise<void> {
  await at('sign-in');
  await signIn(page, 'catruong');
  await page.getByRole('gridcell').first().waitFor();
  await at('queue-empty-panel');
  await page.keyboard.press('ArrowDown');
  // At a large text size the panel gives its room to the list.
  await page.locator('aside h1').or(page.locator('.queue:not(.with-panel)')).first().waitFor();
  await at('queue');
  await page.keyboard.press(' ');
  await page.keyboard.press('b');
  await page.locator('.bulk-form').waitFor();
  await at('queue-bulk');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.locator('.marked-bar').waitFor({ state: 'detached' });
  await page.keyboard.press('f');
  await page.locator('.filter-panel').waitFor();
  await at('queue-filter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.locator('.on-page').waitFor();
  await at('issue');
  await page.keyboard.press('v');
  await page.getByText('đang hiện; lần xem').or(page.locator('.on-page', { hasNot: page.getByRole('button', { name: 'Xem', exact: true }) })).first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('den duong');
  await page.getByRole('dialog').getByRole('option').filter({ has: page.locator('.no') }).first().waitFor();
  await at('command-bar');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await at('keys');
  await page.keyboard.press('Escape');
  for (const screen of ['imports', 'directory', 'access', 'policy', 'survey', 'health'] as const) {
    await goTo(page, screen);
    await at(screen);
  }
  await roster(page, at);
  await handovers(page, at);
  await requests(page, at);
  await goTo(page, 'health/attention');
  await at('attention');
  await goTo(page, 'intake/115');
  await page.getByText('số tạm, đọc cho người gọi').waitFor();
  await at('intake');
  await goTo(page, 'queue');
  await page.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { name: 'Máy đang khóa' }).waitFor();
  await at('locked');
  await page.getByRole('button', { name: /Người khác/ }).click();
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
}

/** A month of duty that the engine has filled, as far as its people reach. */
async function roster(page: Page, at: (screen: string) => Promise<void>): Promise<void> {
  await goTo(page, 'roster/115/2026-08');
  await page.getByText('thiếu 15 ca').first().waitFor();
  await page.keyboard.press('k');
  await page.getByText(/^tốt nhất có thể/).waitFor({ timeout: 90_000 });
  await at('roster');
  // This month by a turn of crews, published once: the next round of the tour finds it so.
  const { month } = monthDayOf(Date.now());
  await goTo(page, `roster/115/${month}/published`);
  await page.getByText('Tháng này chưa công bố').or(page.getByText('Đã công bố · bản 1')).first().waitFor();
  if (await page.getByText('Tháng này chưa công bố').isVisible()) {
    await goTo(page, `roster/115/${month}`);
    await page.getByLabel('Mẫu xoay ca…').selectOption('slow');
    await page.getByText(/^Tự lưu/).waitFor();
    await page.getByRole('button', { name: 'Công bố…' }).click();
    await page.getByLabel('Lý do chấp nhận').fill('Định biên 3 người theo Điều 8.2; đã báo lãnh đạo IOC');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Đã công bố · bản 1').waitFor();
  }
  await at('roster-published');
  await goTo(page, 'roster/board');
  await page.getByRole('heading', { name: 'Đang trực – ca sau – tuần này' }).waitFor();
  await at('roster-board');
}

/** The list of handovers, the form of one and one that waits for its second signature; each round of the tour adds one. */
async function handovers(page: Page, at: (screen: string) => Promise<void>): Promise<void> {
  await goTo(page, 'handover/new');
  await page.getByLabel('Ai chỉ đạo, lúc nào, việc gì').fill('Ưu tiên xe cấp cứu qua ĐT.741 đến 06:00 do sửa cầu Hai Mươi; báo ca trưởng nếu kẹt quá 10 phút.');
  await page.getByLabel('Thiết bị khác, mỗi dòng một thiết bị').fill('Máy in phòng trực: kẹt giấy, hẹn sửa ngày mai');
  await page.getByText(/Tự lưu \d\d:\d\d/).waitFor();
  await at('handover-new');
  await page.keyboard.press('Control+Enter');
  await page.getByLabel('Mật khẩu của bạn').fill(PASSWORD);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Chưa ký').waitFor();
  await at('handover');
  await goTo(page, 'handover');
  await at('handovers');
}

/** The form of a request about personal data, and one that waits for its answer. */
async function requests(page: Page, at: (screen: string) => Promise<void>): Promise<void> {
  await goTo(page, 'requests/new');
  await page.getByLabel('Họ và tên').fill('Trần Minh Họa');
  await page.getByLabel('Yêu cầu gì').selectOption('erase');
  await page.getByLabel('Nội dung yêu cầu').fill('Đề nghị xóa số điện thoại của tôi khỏi phản ánh về đèn đường');
  await page.getByText(/Tự lưu \d\d:\d\d/).waitFor();
  await at('request-new');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Xóa dữ liệu về mình' }).waitFor();
  await at('request');
}

export async function goTo(page: Page, screen: string): Promise<void> {
  await page.evaluate(`location.hash = '#/${screen}'`);
  await page.waitForTimeout(700);
}

