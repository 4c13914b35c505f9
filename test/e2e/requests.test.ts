import { expect, test } from 'vitest';
import { oneDesk } from './one-desk.ts';

const stage = oneDesk('catruong');
const WORDS = 'Đề nghị cho biết phản ánh nào có tên tôi';

test('a request about personal data is taken in; what was begun is there after a reload', async () => {
  const { page } = stage.desk;
  await page.evaluate("location.hash = '#/requests'");
  await page.getByText('Chưa có yêu cầu nào.').waitFor();
  await page.keyboard.press('n');
  await page.getByLabel('Họ và tên').fill('Đặng Thử Nghiệm');
  await page.getByLabel('Nội dung yêu cầu').fill(WORDS);
  await page.getByText(/Tự lưu \d\d:\d\d/).waitFor();
  await page.reload();
  await expect.poll(() => page.getByLabel('Nội dung yêu cầu').inputValue()).toBe(WORDS);
  await page.getByText('Chưa chọn loại yêu cầu.').waitFor();
  await page.getByLabel('Yêu cầu gì').selectOption('access');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Xem, nhận bản sao dữ liệu về mình' }).waitFor();
  await page.getByText('theo lịch làm việc của quy chế').waitFor();
  await page.locator('.request-list').getByText('Đặng Thử Nghiệm').waitFor();
});

test('an answer is not given before it is known who asks; what is typed for each step stays with that step, also after a reload', async () => {
  const { page } = stage.desk;
  const words = page.locator('.request-steps textarea');
  await words.fill('Đã gửi bản sao qua bưu điện');
  await page.getByText('Xác định danh tính rồi mới trả lời được.').waitFor();
  expect(await page.getByRole('button', { name: /^Trả lời Ctrl/ }).isDisabled()).toBe(true);
  await page.getByRole('radio', { name: 'Ghi chú' }).click();
  expect(await words.inputValue()).toBe('');
  await words.fill('Người dân hẹn tới chiều nay');
  await page.waitForTimeout(600);
  await page.reload();
  await expect.poll(() => words.inputValue()).toBe('Đã gửi bản sao qua bưu điện');
  await page.getByRole('radio', { name: 'Ghi chú' }).click();
  await expect.poll(() => words.inputValue()).toBe('Người dân hẹn tới chiều nay');
  await words.focus();
  await page.keyboard.press('Control+Enter');
  await page.locator('article.request li').getByText('Người dân hẹn tới chiều nay').waitFor();
  await expect.poll(() => words.inputValue()).toBe('');
});

test('identified and answered it stands among the ended ones, and nothing more can be done', async () => {
  const { page } = stage.desk;
  await page.getByLabel('Đã xác định danh tính bằng').selectOption('in_person');
  await page.getByLabel('Đã xác định danh tính bằng').waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: 'Trả lời' }).click();
  const words = page.locator('.request-steps textarea');
  await expect.poll(() => words.inputValue()).toBe('Đã gửi bản sao qua bưu điện');
  await words.focus();
  await page.keyboard.press('Control+Enter');
  await page.getByText(/Dương Quốc Tưởng Tượng trả lời lúc/).waitFor();
  await page.locator('.request-steps').waitFor({ state: 'detached' });
  await page.locator('.request-list').getByText('Đã trả lời').waitFor();
  await page.locator('article.request header').getByText('Đã lên máy chủ').waitFor();
});
