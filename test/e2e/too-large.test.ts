import { expect, test } from 'vitest';
import { receiveCall } from './desk-work.ts';
import { oneDesk } from './one-desk.ts';

const PASTED = 'ệ'.repeat(360_000);                         // three bytes each
const stage = oneDesk('truc115.1');

test('a file pasted into a note is refused whole and said so; what was typed stays', async () => {
  const { page } = stage.desk;
  await receiveCall(page, { place: 'Ngã ba Mẫu', words: 'Dán nhầm một tệp', phone: '0000000418' });
  await page.keyboard.press('g');
  const note = page.getByRole('textbox').last();
  await note.fill('Đã gọi lại');
  await note.evaluate((box: EventTarget, text) => {
    const data = Reflect.construct(Reflect.get(globalThis, 'DataTransfer') as new () => { setData(type: string, text: string): void }, []);
    data.setData('text', text);
    const event = Reflect.construct(Reflect.get(globalThis, 'ClipboardEvent') as new () => Event, ['paste', { bubbles: true, cancelable: true, clipboardData: data }]);
    if (box.dispatchEvent(event)) throw new Error('the paste was let in');
  }, PASTED);
  await page.getByText('Đoạn vừa dán dài 360000 ký tự, ô này nhận nhiều nhất 2000.').waitFor();
  expect(await note.inputValue()).toBe('Đã gọi lại');
  await page.keyboard.press('Control+Enter');
  await page.locator('ol.history').getByText('Đã gọi lại').waitFor();
});

test('more than a megabyte that got into a note are refused in words, the text and the connection stay', async () => {
  const { page } = stage.desk;
  const sockets: string[] = [];
  page.on('websocket', socket => sockets.push(socket.url()));
  await receiveCall(page, { place: 'Ngã tư Mẫu', words: 'Ghi chú dài quá mức', phone: '0000000419' });
  await page.keyboard.press('g');
  const note = page.getByRole('textbox').last();
  await note.waitFor();
  // As a paste leaves it; inserting so much letter by letter keeps a browser busy for minutes.
  await note.evaluate((box: { value: string; dispatchEvent(event: Event): boolean }, text) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), 'value')?.set?.call(box, text);
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }, PASTED);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Nội dung gửi lên quá lớn.').waitFor();
  expect((await note.inputValue()).length).toBe(PASTED.length);
  await note.fill('Ghi chú ngắn hơn');
  await page.keyboard.press('Control+Enter');
  await page.locator('ol.history').getByText('Ghi chú ngắn hơn').waitFor();
  expect(sockets).toEqual([]);                               // none was opened anew
});
