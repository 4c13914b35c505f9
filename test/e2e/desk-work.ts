import type { Locator, Page } from 'playwright-core';

/** What operators do at a desk, by keyboard as they do it. */

/** A 115 call typed from the first key to the record on the screen; gives the provisional number told to the caller. */
export async function receiveCall(page: Page, call: { place: string; words: string; phone: string }): Promise<string> {
  await page.keyboard.press('n');
  await page.getByText('số tạm, đọc cho người gọi').waitFor();
  const provisionalNo = await page.getByText(/^TẠM-/).first().innerText();
  await typeCall(page, call);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: call.words }).waitFor();
  return provisionalNo;
}

/** Fills the five questions; the form is left open. */
export async function typeCall(page: Page, { place, words, phone }: { place: string; words: string; phone: string }): Promise<void> {
  await page.keyboard.press('Alt+1');
  await page.keyboard.type(place);
  await page.keyboard.press('Alt+2');
  await page.keyboard.type(words);
  await page.keyboard.press('Alt+4');
  await page.keyboard.type(phone);
  await page.keyboard.press('Alt+5');
  await page.keyboard.press('1');
  await page.getByText(/Đã lưu nháp/).waitFor();
}

/** The record's state, as a word on its page or panel. */
export function state(page: Page, word: string): Locator {
  return page.locator('.issue-head').getByText(word, { exact: true }).first();
}

export async function verify(page: Page): Promise<void> {
  await page.keyboard.press('x');
  await state(page, 'Đang xác minh').waitFor();
  await page.getByText('Cách xác minh').first().waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Control+Enter');
  await state(page, 'Đã xác minh').waitFor();
}

/** Sends the record to the unit whose name fits what is typed, without accents. */
export async function forward(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('c');
  await page.getByRole('combobox').first().waitFor();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await state(page, 'Đã chuyển xử lý').waitFor();
}

/** Opens the first record that the command bar finds, and waits until it is there: keys pressed before that are the list's. */
export async function openByCommandBar(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(typed);
  await page.getByRole('dialog').getByRole('option').filter({ has: page.locator('.no') }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.issue-head').waitFor();
}

/** Puts words into the one text field of an action's form and sends it. */
export async function fillAndSend(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').last().fill(text);
  await page.keyboard.press('Control+Enter');
}
