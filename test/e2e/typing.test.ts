import type { Locator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sealOf } from '../../db/seal.ts';
import { openPersons } from '../../db/stores/issues.ts';
import { LIMITS } from '../../contract/issue.ts';
import { inDatabase, leave } from './desk.ts';
import { openByCommandBar, receiveCall, state, typeCall } from './desk-work.ts';
import { composeWithEnter, METHODS, typeBy, typeTwice } from './input-methods.ts';
import { oneDesk } from './one-desk.ts';

const stage = oneDesk('truc115.1');
const CALL = { place: 'Ấp 3, xã Tân Hưng', words: 'Cháy nhà ở đường Hòa Bình', phone: '0000000931' };
const MARKS_BEHIND = { a: 'ặ'.normalize('NFD'), o: 'ợ'.normalize('NFD') };
const BACKSPACES = ['Backspace', 'Shift+Backspace', 'Control+Backspace', 'Backspace'];
/** Every single letter and digit that the queue, a record or a form binds. */
const BOUND = 'nbrfwlxcgvhmtdsaqzuk1234567890/?';

/** Each test begins at the queue, whatever the one before has left open: where that is nothing, without the seconds of loading it all anew. */
beforeEach(async () => {
  const { page } = stage.desk;
  const left = page.locator('[role=dialog], .issue-form, .issue-head, .marked-bar');
  if (await hash(page) !== '#/queue' || await left.count() > 0 || await filter(page).inputValue() !== '') {
    await page.evaluate("location.hash = '#/queue'");
    await page.reload();
  }
  await page.getByRole('gridcell').first().waitFor();
});

const bar = (page: Page): Locator => page.getByRole('dialog').getByRole('combobox');
const filter = (page: Page): Locator => page.getByLabel('Lọc theo chữ, số, điện thoại');
const focused = (page: Page): Locator => page.locator(':focus');
/** The focused field's text up to the caret, in NFC: a caret that has jumped gives too little or too much. */
const upToCaret = async (page: Page): Promise<string> => (await page.evaluate<string>('document.activeElement.value.slice(0, document.activeElement.selectionStart)')).normalize('NFC');
const hash = (page: Page): Promise<string> => page.evaluate('location.hash');

/** How many changes were written at the desk, how many records and kept views there are: what must not move when nothing was meant. */
function written(): unknown {
  return inDatabase(stage.desk, db => db.prepare("SELECT (SELECT value FROM counter WHERE name='mutation') AS mutations, (SELECT count(*) FROM issue) AS records, (SELECT count(*) FROM saved_view) AS views").get());
}

/** What a Backspace too many could move in the queue. */
async function shownQueue(page: Page): Promise<unknown> {
  return [await hash(page), await page.evaluate('history.length'), await page.locator('.ag-row-selected').getAttribute('row-index'), await page.locator('.ag-row.is-chosen').count(), written()];
}

function record(provisionalNo: string): { description: string; place: string; victims: string[] } {
  return inDatabase(stage.desk, db => {
    const row = db.prepare<string[], { description: string; place: string; persons: Uint8Array | null }>('SELECT description, place_text AS place, persons FROM issue WHERE provisional_no=?').get(provisionalNo);
    if (row === undefined) throw new Error(`no ${provisionalNo}`);
    return { description: row.description, place: row.place, victims: openPersons(sealOf(db), row.persons)?.victims.map(victim => victim.who) ?? [] };
  });
}

async function newForm(page: Page): Promise<string> {
  const form = page.getByText('số tạm, đọc cho người gọi');
  const menu = page.getByRole('menuitem', { name: /115/ }).first();   // where a draft has been left
  await page.keyboard.press('n');
  await form.or(menu).waitFor();
  if (await menu.isVisible()) await menu.click();
  await form.waitFor();
  return page.getByText(/^TẠM-/).first().innerText();
}

/** Who called, how grave; then received. The record's page is left for the queue. */
async function receive(page: Page): Promise<void> {
  await page.keyboard.press('Alt+4');
  await page.keyboard.type(CALL.phone);
  await page.keyboard.press('Alt+5');
  await page.keyboard.press('1');
  await page.keyboard.press('Control+Enter');
  await page.locator('.issue-head').waitFor();
  await toQueue(page);
}

async function toQueue(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('gridcell').first().waitFor();
}

describe.each(METHODS)('typed as by %s', method => {
  test('place and description of a call are in the database letter for letter, and the caret stays where it was', async () => {
    const { page } = stage.desk;
    const provisionalNo = await newForm(page);
    await page.keyboard.press('Alt+1');
    await typeBy(page, method, 'đường Nguyễn Huệ, Đồng Xoài');
    await page.keyboard.press('Home');
    await typeBy(page, method, 'Hẻm học, ');
    expect(await upToCaret(page)).toBe('Hẻm học, ');
    await page.keyboard.press('Alt+2');
    await typeBy(page, method, 'Khói bốc lên từ nhà dân\nđã gọi người ra ngoài');
    for (let i = 0; i < 6; i += 1) await page.keyboard.press('ArrowLeft');
    await typeBy(page, method, ' hết');
    expect(await upToCaret(page)).toBe('Khói bốc lên từ nhà dân\nđã gọi người ra hết');
    await receive(page);
    const { place, description } = record(provisionalNo);
    expect(place).toBe('Hẻm học, đường Nguyễn Huệ, Đồng Xoài');
    expect(description).toBe('Khói bốc lên từ nhà dân\nđã gọi người ra hết ngoài');
  });
});

describe('a search', () => {
  const sent: string[] = [];
  /** The text that the page asked the core for last. */
  const asked = (call: 'openView' | 'search'): string => JSON.parse(/"text":("(?:[^"\\]|\\.)*")/.exec(sent.findLast(frame => frame.includes(`issues/${call}`)) ?? '')?.[1] ?? '""') as string;

  beforeAll(async () => {
    const { page } = stage.desk;
    page.on('websocket', socket => { socket.on('framesent', ({ payload }) => { sent.push(String(payload)); }); });
    await receiveCall(page, CALL);
    await toQueue(page);
    await page.reload();   // what is listened to is a socket opened from now on
  });

  test.each([['duong hoa binh', 'commit'], ['đường Hoà Bình', 'unikey'], ['đường Hòa Bình', 'layout'], ['Đường Hoà Bình', 'composition']] as const)(
    'for “%s”, typed as by %s, asks in NFC and finds the same record in the queue and in the command bar', async (typed, method) => {
      const { page } = stage.desk;
      await page.keyboard.press('/');
      await typeBy(page, method, typed);
      expect((await filter(page).inputValue()).normalize('NFC')).toBe(typed);
      expect(await upToCaret(page)).toBe(typed);
      await expect.poll(() => asked('openView')).toBe(typed);
      await page.getByRole('gridcell').filter({ hasText: CALL.words }).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await typeBy(page, method, typed);
      expect(await upToCaret(page)).toBe(typed);
      await expect.poll(() => asked('search')).toBe(typed);
      await page.getByRole('dialog').getByRole('option').filter({ hasText: CALL.words }).waitFor();
      await page.keyboard.press('Escape');
    });

  test('may be as long in signs with their marks behind as it may be in NFC', async () => {
    const { page } = stage.desk;
    await page.keyboard.press('/');
    await page.keyboard.insertText(MARKS_BEHIND.a.repeat(200));
    await expect.poll(() => asked('openView')).toBe('ặ'.repeat(200));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText(MARKS_BEHIND.a.repeat(200));
    await expect.poll(() => asked('search')).toBe('ặ'.repeat(200));
    await page.keyboard.press('Escape');
  });
});

describe('Enter while an input method is composing', () => {
  test('receives no call and keeps what is being typed; after it Ctrl+Enter receives', async () => {
    const { page } = stage.desk;
    const provisionalNo = await newForm(page);
    await typeCall(page, CALL);
    await page.keyboard.press('Alt+2');
    await page.keyboard.press('End');
    const before = written();
    await composeWithEnter(page, ' gần trươ', ' gần trường');
    expect(await focused(page).inputValue()).toBe(`${CALL.words} gần trường`);
    expect(written()).toEqual(before);
    await page.keyboard.press('Control+Enter');
    await page.locator('.issue-head').waitFor();
    expect(record(provisionalNo).description).toBe(`${CALL.words} gần trường`);
  });

  test('takes no step of a record and sends it to no unit', async () => {
    const { page } = stage.desk;
    await openByCommandBar(page, 'hoa binh');
    const before = written();
    await page.keyboard.press('g');
    const note = page.getByRole('textbox', { name: 'Nội dung ghi chú' });
    await note.waitFor();
    await page.keyboard.type('x');
    await composeWithEnter(page, 'đươ', 'đường');
    expect(await note.inputValue()).toBe('xđường');
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    await page.getByRole('combobox').first().waitFor();
    await composeWithEnter(page, 'cấp cưu 115', 'cấp cứu 115');
    expect(await page.locator('.issue-form .chosen').count()).toBe(0);
    expect(await focused(page).inputValue()).toBe('cấp cứu 115');
    expect(written()).toEqual(before);
    await page.keyboard.press('Escape');
    await toQueue(page);
  });

  test('chooses no area of a call', async () => {
    const { page } = stage.desk;
    await newForm(page);
    await page.getByLabel('Xã, phường').first().focus();
    await composeWithEnter(page, 'tân hương', 'tân hưng');
    expect(await focused(page).inputValue()).toBe('tân hưng');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page).inputValue()).toContain('Tân Hưng');
    await page.keyboard.press('Alt+1');
    await toQueue(page);
  });

  test('runs nothing in the command bar, leaves the filter where it is and keeps no view', async () => {
    const { page } = stage.desk;
    const before = written();
    await page.keyboard.press('Control+k');
    await composeWithEnter(page, 'đăng xuất', 'đăng xuất');
    expect(await bar(page).inputValue()).toBe('đăng xuất');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await composeWithEnter(page, 'hoà', 'hoà');
    await filter(page).and(focused(page)).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('w');
    await page.getByLabel('Lưu danh sách đang xem').and(focused(page)).waitFor();
    await composeWithEnter(page, 'gấp', 'gấp');
    expect(await focused(page).inputValue()).toBe('gấp');
    expect(written()).toEqual(before);
    await page.keyboard.press('Escape');
  });
});

describe('keys that an input method sends of its own accord', () => {
  test('Backspace, also many of them, does nothing to the queue, its rows and its marks', async () => {
    const { page } = stage.desk;
    await page.keyboard.press('ArrowDown');
    await page.locator('.queue-panel h1').waitFor();
    await page.keyboard.press(' ');
    await page.locator('.marked-bar').getByText('Đã đánh dấu 1 bản ghi').waitFor();
    const before = await shownQueue(page);
    for (const keys of BACKSPACES) await page.keyboard.press(keys);
    expect(await shownQueue(page)).toEqual(before);
    await page.keyboard.press('Escape');
  });

  test('letters and digits of the shortcuts, taken away and injected again, are text and nothing else', async () => {
    const { page } = stage.desk;
    const shown = async (): Promise<unknown> => [await hash(page), await page.getByRole('dialog').count(), await page.locator('.issue-form').count(), await page.getByRole('button', { expanded: true }).count(), written()];
    await page.keyboard.press('/');
    const before = await shown();
    await typeTwice(page, BOUND);
    expect(await filter(page).inputValue()).toBe(BOUND);
    expect(await shown()).toEqual(before);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await typeTwice(page, BOUND);
    expect(await bar(page).inputValue()).toBe(BOUND);
    await page.keyboard.press('Escape');
    await openByCommandBar(page, 'hoa binh');
    await page.keyboard.press('x');
    await state(page, 'Đang xác minh').waitFor();
    await page.getByText('Cách xác minh').first().waitFor();
    await page.keyboard.press('2');
    const inForm = await shown();
    await typeTwice(page, BOUND);
    expect(await page.getByRole('textbox', { name: 'Ghi chú' }).inputValue()).toBe(BOUND);
    expect(await page.getByRole('radio', { checked: true }).innerText()).toContain('Xem camera');
    expect(await shown()).toEqual(inForm);
    await page.keyboard.press('Escape');
    await toQueue(page);
  });
});

describe('the longest text', () => {
  test('of a call is counted in NFC, whatever it is typed in, and is kept whole', async () => {
    const { page } = stage.desk;
    const provisionalNo = await newForm(page);
    await page.keyboard.press('Alt+1');
    await page.keyboard.insertText(MARKS_BEHIND.a.repeat(LIMITS.placeText));
    await page.keyboard.press('Alt+2');
    await page.keyboard.insertText(MARKS_BEHIND.a.repeat(LIMITS.description));
    await page.getByText('Còn 0 ký tự').first().waitFor();
    await page.keyboard.press('Alt+3');
    await page.keyboard.insertText(MARKS_BEHIND.a.repeat(LIMITS.name));
    await receive(page);
    expect(record(provisionalNo)).toEqual({ place: 'ặ'.repeat(LIMITS.placeText), description: 'ặ'.repeat(LIMITS.description), victims: ['ặ'.repeat(LIMITS.name)] });
    await openByCommandBar(page, provisionalNo);
    await page.keyboard.press('e');
    const place = page.locator('.issue-form').getByLabel('Địa điểm');
    await place.press('Control+a');
    await page.keyboard.insertText(`${MARKS_BEHIND.o.repeat(LIMITS.placeText)}xy`);
    await page.getByText('Thừa 2 ký tự.').waitFor();
    for (let i = 0; i < 2; i += 1) await page.keyboard.press('Backspace');
    await page.keyboard.press('Control+Enter');
    await page.locator('.issue-form').waitFor({ state: 'detached' });
    expect(record(provisionalNo).place).toBe('ợ'.repeat(LIMITS.placeText));
    await toQueue(page);
  });
});

test('Backspace on a cell of the queue that has the focus, as for screen readers, does nothing either', async () => {
  const { page } = stage.desk;
  await page.getByRole('button', { name: 'Hiển thị' }).click();
  await page.getByRole('radiogroup', { name: 'Chế độ trình đọc màn hình' }).getByRole('radio', { name: 'Tắt' }).press('ArrowRight');
  await page.locator('.ag-paging-panel').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.queue-rows .ag-row [col-id=content]').first().click();
  await page.locator('.ag-cell:focus').waitFor();
  await page.locator('.ag-row-selected').waitFor();
  const before = await shownQueue(page);
  for (const keys of BACKSPACES) await page.keyboard.press(keys);
  expect(await shownQueue(page)).toEqual(before);
  await page.locator('.ag-cell:focus').waitFor();
});

test('Enter while composing the account’s name does not go on to the password', async () => {
  const { page } = stage.desk;
  await leave(page);
  await page.getByText('Chọn tên mình').waitFor();
  await page.keyboard.press('F2');
  const login = page.getByLabel('Tên đăng nhập');
  await login.and(focused(page)).waitFor();
  await composeWithEnter(page, 'truc', 'truc');
  await login.and(focused(page)).waitFor();
});
