import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../contract/issue.ts';
import { allRows, blobToId } from '../../db/database.ts';
import { readAttention } from '../../db/stores/attention.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { inDatabase } from './desk.ts';
import { acceptAndStart, allSent, change, closeAsFixed, joinLines, newForm, openByCommandBar, openWhenHere, receiveReport, sendForce, sendTo, state, step, surveyAndReopen, typeCall, verify } from './desk-work.ts';
import { twoDesks } from './two-desks.ts';

const stage = twoDesks({ one: { name: 'ban-mot', login: 'truc1022.1', ownLink: true }, two: { name: 'ban-hai', login: 'truc1022.2', ownLink: true } });
type Key = 'one' | 'two';
const KEYS: readonly Key[] = ['one', 'two'];

/** Cuts the links of these desks, and waits until they say so. */
async function cut(...keys: Key[]): Promise<void> {
  for (const key of keys) await stage.link[key].refuse();
  for (const key of keys) await stage[key].page.getByText('Mất kết nối').first().waitFor();
}

/** All links are back, and both desks have sent what waited and heard of everything. */
async function together(): Promise<void> {
  for (const key of KEYS) await stage.link[key].accept();
  for (const key of KEYS) await stage[key].page.locator('.link-pill').getByText(/Đã đồng bộ/).waitFor({ timeout: 40_000 });
}

async function note(page: Page, words: string): Promise<void> {
  await page.keyboard.press('g');
  await page.locator('.issue-form textarea').fill(words);
  await page.keyboard.press('Control+Enter');
  await page.locator('.history').getByText(words).first().waitFor();
}

/**
 * The record with these words as both desks have it: the same to the last field, under the same number of the province's order, so it is what the province has.
 * Nothing waits, and nobody is asked to deal with anything.
 */
async function sameEverywhere(words: string): Promise<Issue> {
  const at = (key: Key) => inDatabase(stage[key], db => {
    const found = allRows<{ id: Uint8Array }>(db, 'SELECT id FROM issue WHERE description = ?', words).map(({ id }) => readIssue(db, blobToId(id)));
    return { issue: found[0]?.issue, sync: found[0]?.sync, waiting: allRows(db, 'SELECT n FROM outbox').length, attention: readAttention(db).map(({ attention }) => attention) };
  });
  await expect.poll(() => at('one').issue?.version === at('two').issue?.version && at('one').waiting + at('two').waiting === 0, { timeout: 20_000 }).toBe(true);
  const [one, two] = [at('one'), at('two')];
  expect(one).toMatchObject({ sync: 0, waiting: 0, attention: [] });
  expect(two).toEqual(one);
  expect(one.issue?.version).toBeGreaterThan(0);
  return one.issue!;
}

const actions = ({ history }: Issue): string[] => history.map(entry => entry.action.replace('issue.', ''));

describe('with the link down', () => {
  const [FIRST, SECOND] = ['Cây đổ ngang đường', 'Cành cây gãy chắn lối đi'] as const;
  /** Opens a record, says that it is of the same case as another, and stays on it. */
  async function mergeInto(page: Page, what: string, into: string): Promise<void> {
    await openWhenHere(page, what);
    await page.keyboard.press('i');
    await page.keyboard.press('Control+Enter');
    await page.locator('.issue-form').getByText('Chọn vụ việc để gộp vào.').waitFor();
    await page.locator('.issue-form').getByRole('combobox').fill(into);
    await page.locator('.cases [aria-selected=true]').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.issue-form .chosen').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Vụ việc này đã gộp vào').waitFor();
  }

  test('two consoles merge the same pair apart, each the other way; together again both show the older as the case, and nothing is refused', async () => {
    const [one, two] = [stage.one.page, stage.two.page];
    for (const words of [FIRST, SECOND]) {
      await one.evaluate("location.hash = '#/queue'");
      await one.getByRole('button', { name: /Tiếp nhận mới/ }).waitFor();
      await receiveReport(one, { place: 'Đường Mẫu 7', words, phone: '0000000077', level: '4' });
      await allSent(one);
    }
    await openWhenHere(two, 'canh cay gay');
    await cut('one', 'two');
    await mergeInto(one, 'cay do ngang duong', 'canh cay gay');
    await mergeInto(two, 'canh cay gay', 'cay do ngang duong');
    await together();
    for (const page of [one, two]) {
      await openByCommandBar(page, 'cay do ngang duong');
      await page.getByText('Gộp 1 lượt phản ánh khác').waitFor();
      await page.locator('.case-lines').getByText(SECOND).waitFor();
      expect(await page.locator('.link-pill').innerText()).not.toContain('từ chối');
    }
    for (const words of [FIRST, SECOND]) await sameEverywhere(words);
  }, 90_000);
});

describe('a report to 1022, with the link down in the middle of each stretch of its way', () => {
  const WORDS = 'Nắp cống vỡ giữa đường Hùng Vương';

  test('is returned and sent on at a desk without a link, while the other desk changes it: both end with all of that', async () => {
    const [one, two] = [stage.one.page, stage.two.page];
    await receiveReport(one, { place: 'Đường Hùng Vương', words: WORDS, phone: '0000000023', level: '3' });
    await verify(one);
    await sendTo(one, 'cong ty moi truong', 'Đã chuyển xử lý');
    await allSent(one);
    await change(two, 'moitruong');
    await openWhenHere(two, 'nap cong vo');
    await cut('two');
    await step(two, /Trả lại/, 'Nắp cống do công ty cấp thoát nước quản lý', 'Trả lại');
    await change(two, 'truc1022.2');           // known at this desk, so also without a link
    await openByCommandBar(two, 'nap cong vo');
    await sendTo(two, 'cap thoat nuoc', 'Đã chuyển xử lý');
    await note(one, 'Người dân gọi lại, có xe máy ngã');
    await allSent(one);
    await together();
    await one.locator('.history').getByText('Nắp cống do công ty cấp thoát nước quản lý').first().waitFor();
    const issue = await sameEverywhere(WORDS);
    expect(actions(issue)).toEqual(['receive', 'startVerification', 'verify', 'forward', 'note', 'return', 'forward']);
    expect(issue).toMatchObject({ state: 'forwarded', returned: { times: 1 } });
  }, 90_000);

  test('is worked and resolved by its unit with both links down, then closed, surveyed and reopened at the other desk alone', async () => {
    const [one, two] = [stage.one.page, stage.two.page];
    await change(two, 'capnuoc');
    await openByCommandBar(two, 'nap cong vo');
    await cut('one', 'two');
    await acceptAndStart(two);
    await step(two, /Báo đã xử lý xong/, 'Đã thay nắp cống', 'Đã xử lý xong');
    await note(one, 'Đã đặt rào chắn tạm');
    await together();
    await state(one, 'Đã xử lý xong').waitFor();
    await cut('one');
    await closeAsFixed(one);
    await surveyAndReopen(one, 'Nắp mới kêu to, xe qua lại nghiêng');
    await note(two, 'Ảnh nắp mới đã gửi phòng kỹ thuật');
    await together();
    await state(two, 'Mở lại').waitFor();
    const issue = await sameEverywhere(WORDS);
    expect(actions(issue).slice(7).sort()).toEqual(['accept', 'close', 'note', 'note', 'reopen', 'resolve', 'start', 'survey']);
    expect(issue).toMatchObject({ state: 'reopened', reopenings: 1, survey: { score: 2 }, result: null });
  }, 120_000);
});

describe('a joint fire of 113, 114 and 115, with the link down in the middle', () => {
  const WORDS = 'Cháy kho gỗ, khói lan sang khu trọ';

  test('lines join while the link is down, both send forces apart, and both end with one case, all forces and their times', async () => {
    const [one, two] = [stage.one.page, stage.two.page];
    await Promise.all([change(one, 'truc115.1'), change(two, 'truc114.1')]);
    await newForm(two, /114/);
    await typeCall(two, { place: 'Kho gỗ Mẫu', words: WORDS, phone: '0000000116' });
    await two.keyboard.press('Control+Enter');
    await two.getByRole('heading', { name: WORDS }).waitFor();
    await cut('two');
    await sendTo(two, 'canh sat pccc', 'Chuyển khẩn, chờ xác minh');
    await joinLines(two, [/113 · An ninh/, /115 · Cấp cứu/]);
    await together();
    await openWhenHere(one, 'chay kho go');
    await cut('one', 'two');
    await sendForce(one, 'cap cuu 115');
    await one.getByRole('button', { name: /Ghi xuất phát: bây giờ/ }).click();
    await one.getByRole('button', { name: /Ghi đến nơi: bây giờ/ }).waitFor();
    await sendForce(two, 'canh sat pccc');
    await two.keyboard.press('x');
    await two.getByText('Cách xác minh').first().waitFor();
    await two.keyboard.press('1');
    await two.keyboard.press('Control+Enter');
    await state(two, 'Đã chuyển xử lý').waitFor();
    await together();
    for (const page of [one, two]) {
      await state(page, 'Đã chuyển xử lý').waitFor();
      for (const unit of [/Trung tâm Cấp cứu 115/, /Cảnh sát PCCC/]) await page.locator('.resources').getByText(unit).first().waitFor();
    }
    const issue = await sameEverywhere(WORDS);
    expect(issue).toMatchObject({ service: '114', lines: ['113', '115'], state: 'forwarded' });
    expect(issue.resources?.map(force => force.enRouteAtMs !== null).sort()).toEqual([false, true]);
  }, 120_000);
});
