import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { leave, signIn } from './desk.ts';

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
  await page.getByText('số tạm, đọc cho người gọi').waitFor();
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

/** Someone else sits down at the desk. */
export async function change(page: Page, login: string): Promise<void> {
  await leave(page);
  await signIn(page, login);
}

/** Opens a record that is on its way from another desk: looked for again until it has come. */
export async function openWhenHere(page: Page, typed: string): Promise<void> {
  const hit = page.getByRole('dialog').getByRole('option').filter({ has: page.locator('.no') }).first();
  await expect.poll(async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(typed);
    const isHere = await hit.waitFor({ timeout: 1_500 }).then(() => true, () => false);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    return isHere;
  }, { timeout: 25_000 }).toBe(true);
  await openByCommandBar(page, typed);
}

/** Every action, where the panel shows only the first of them. */
export async function showAll(page: Page): Promise<void> {
  const more = page.getByRole('button', { name: 'Khác…', exact: true });
  if (await more.isVisible()) await more.click();
}

/** Takes a step whose form is words only, found by its button. */
export async function step(page: Page, button: RegExp, text: string | null, ends: string): Promise<void> {
  await showAll(page);
  await page.locator('.issue-actions').getByRole('button', { name: button }).first().click();
  await page.locator('.issue-form').waitFor();
  if (text !== null) await page.locator('.issue-form textarea').first().fill(text);
  await page.keyboard.press('Control+Enter');
  await state(page, ends).waitFor();
}

/** Sends the record to the unit whose name fits what is typed; `ends` is its state then. */
export async function sendTo(page: Page, unit: string, ends: string): Promise<void> {
  await page.keyboard.press('c');
  await page.locator('.issue-form').getByRole('combobox').first().fill(unit);
  await page.keyboard.press('Enter');
  await page.locator('.issue-form .chosen').waitFor();
  await page.keyboard.press('Control+Enter');
  await state(page, ends).waitFor();
}

/** Waits until the desk has nothing unsent. */
export async function allSent(page: Page): Promise<void> {
  await page.getByText('Đã lên máy chủ').first().waitFor();
}

/** Opens the form for a new record of the line; who answers for one line only is not asked which. */
export async function newForm(page: Page, line: RegExp): Promise<void> {
  await page.keyboard.press('n');
  const choose = page.getByRole('menuitem', { name: line });
  const form = page.getByText('số tạm, đọc cho người gọi');
  await form.or(choose).first().waitFor();
  if (await choose.isVisible()) await choose.click();
  await form.waitFor();
}

/** A report to 1022 typed and saved. @param level the key of its priority */
export async function receiveReport(page: Page, { place, words, phone, level }: { place: string; words: string; phone: string; level: string }): Promise<void> {
  await newForm(page, /1022/);
  await page.keyboard.type(place);
  await page.keyboard.press('Alt+2');
  await page.keyboard.type(words);
  await page.keyboard.press('Alt+4');
  await page.keyboard.type(phone);
  await page.keyboard.press('Alt+5');
  await page.keyboard.press(level);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: words }).waitFor();
}

/** The lead unit takes the record and begins. */
export async function acceptAndStart(page: Page): Promise<void> {
  for (const [key, word] of [['a', 'Đã nhận xử lý'], ['s', 'Đang xử lý']] as const) {
    await page.keyboard.press(key);
    await page.keyboard.press('Control+Enter');
    await state(page, word).waitFor();
  }
}

export async function closeAsFixed(page: Page): Promise<void> {
  await page.keyboard.press('d');
  await page.getByText('Đã khắc phục').first().waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Control+Enter');
  await state(page, 'Đã đóng').waitFor();
}

/** The reporter, called back, is not content, and asks for it to be opened again. */
export async function surveyAndReopen(page: Page, why: string): Promise<void> {
  await page.keyboard.press('q');
  await page.locator('.issue-form').waitFor();
  await page.keyboard.press('1');
  await page.getByRole('radio', { name: /2 · Không hài lòng/ }).click();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Người báo tin không hài lòng: có thể mở lại vụ việc.').waitFor();
  await page.keyboard.press('z');
  await page.getByRole('radio', { name: /Người báo tin/ }).click();
  await page.locator('.issue-form textarea').fill(why);
  await page.keyboard.press('Control+Enter');
  await state(page, 'Mở lại').waitFor();
}

/** Other lines are to work the record too. */
export async function joinLines(page: Page, lines: readonly RegExp[]): Promise<void> {
  await showAll(page);
  await page.getByRole('button', { name: /Thêm đầu số cùng xử lý/ }).click();
  for (const line of lines) {
    const box = page.getByLabel(line);
    await box.check();
    expect((await page.locator('.some > label', { has: box }).boundingBox())!.width, 'no room between the box and its words').toBeLessThan(300);
  }
  await page.keyboard.press('Control+Enter');
  await page.getByText('Cùng xử lý').first().waitFor();
}

/** Another force goes out, of the unit whose name fits what is typed. */
export async function sendForce(page: Page, unit: string): Promise<void> {
  await showAll(page);
  await page.getByRole('button', { name: /Điều thêm lực lượng/ }).click();
  await page.locator('.issue-form').getByRole('combobox').first().fill(unit);
  await page.keyboard.press('Enter');
  await page.locator('.issue-form .chosen').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Lực lượng đã điều').waitFor();
}

/** A page takes a letter and then does nothing, and hears nothing, until it is told to go on. @returns what tells it */
export async function typesAndStandsStill(page: Page, letter: string): Promise<() => Promise<void>> {
  const told = Promise.withResolvers<undefined>();
  await page.route('**/stand-still', async route => { await told.promise; await route.fulfill({ body: '' }); });
  const stands = page.evaluate(`(() => {
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '${letter}', code: 'Key${letter.toUpperCase()}', bubbles: true, cancelable: true }));
    const still = new XMLHttpRequest();
    still.open('GET', '/stand-still', false);
    still.send();
  })()`);
  return async () => {
    told.resolve(undefined);
    await stands;
  };
}
