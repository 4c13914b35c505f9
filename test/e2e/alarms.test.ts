import { describe, expect, test } from 'vitest';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { connectWire } from '../support/wire.ts';
import { freshAddress, leave, signIn, type Desk } from './desk.ts';
import { receiveCall } from './desk-work.ts';
import { twoDesks } from './two-desks.ts';

const ESCALATE_S = 10;
const stage = twoDesks({ call: { name: 'ban-115', login: 'truc115.1' }, other: { name: 'ban-ca-truong', login: 'catruong' } }, world => {
  world.issuePolicy({ alarms: { ...DEFAULT_PACK.alarms, repeatSeconds: 2, escalateSeconds: ESCALATE_S } });
});
const CALL = { place: 'ĐT.741, cách cầu Hai Mươi 200 m', words: 'Xe tải va xe máy, hai người nằm giữa đường', phone: '0000000418' };


const strip = (desk: Desk) => desk.page.locator('.alarm-strip');
const words = (desk: Desk) => strip(desk).innerText();

describe('a call that nobody has taken up', () => {
  test('rings at the other desk, heard by its window, and tells of nobody', async () => {
    await receiveCall(stage.call.page, CALL);
    await strip(stage.other).waitFor();
    expect(await words(stage.other)).toMatch(/P[12] · 115 · .+ · chưa ai nhận/);
    // Nothing of the reporter, nothing of what was said.
    expect(await words(stage.other)).not.toMatch(/0000000418|Xe tải|Hai Mươi/);
  });

  test('it stands over an open dialog too, and over the lock, where it says what to do', async () => {
    const { page } = stage.other;
    await page.keyboard.press('Control+l');
    await page.getByText('Đăng nhập hoặc mở khóa để nhận báo động.').waitFor();
    await page.getByRole('textbox', { name: /^Mật khẩu/ }).fill('Mau-2026!');
    await page.keyboard.press('Enter');
    await strip(stage.other).getByRole('button', { name: /Nhận báo động/ }).waitFor();
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<dialog id="over-all"></dialog>');
      document.getElementById('over-all').style.cssText = 'position:fixed;inset:0;width:100vw;height:100vh;max-width:none;max-height:none';
      document.getElementById('over-all').showModal()`);
    // What a modal dialog makes inert is seen but not hit, so that only a picture says what is above: the strip's edge, where the dialog is white.
    const seen = async (): Promise<string> => (await page.screenshot({ clip: { x: 0, y: 0, width: 700, height: 90 } })).toString('base64');
    const before = await seen();
    await page.waitForTimeout(3_000);
    expect(await seen()).not.toBe(before);
    await page.evaluate(`document.querySelector('.alarm-strip').style.visibility = 'hidden'`);
    const without = await seen();
    await page.evaluate(`document.querySelector('.alarm-strip').style.visibility = ''`);
    expect(await seen()).not.toBe(without);
  });

  test('F9 takes it up, also with that dialog open: it falls silent here and at the desk that took the call in, and the history says who and when', async () => {
    const { page } = stage.other;
    const core = await connectWire(freshAddress(stage.other));
    // Three beats that no window had said it played would be said aloud.
    for (let state = await core.client.alarms.state({}); state.beat < 4; state = await core.client.alarms.state({})) await page.waitForTimeout(250);
    expect(await core.client.alarms.state({})).toMatchObject({ total: 1, unheard: false });
    core.close();
    await strip(stage.call).waitFor();
    await page.keyboard.press('F9');
    await strip(stage.other).waitFor({ state: 'detached' });
    await strip(stage.call).waitFor({ state: 'detached' });
    await page.evaluate(`document.getElementById('over-all').remove()`);
    await page.getByRole('heading', { name: CALL.words }).waitFor();
    await page.locator('.history li').filter({ hasText: 'Nhận báo động' }).first().waitFor();
  });
});

test('with the province down it rings all the same: at the desk that took it in, once nobody of its line has answered in time', async () => {
  await stage.world.stopProvince();
  await receiveCall(stage.call.page, { ...CALL, phone: '0000000419', words: 'Cháy nhà kho, còn người bên trong' });
  const takenInMs = performance.now();
  await strip(stage.call).waitFor({ timeout: 30_000 });
  expect(performance.now() - takenInMs).toBeGreaterThan(ESCALATE_S * 500);
  expect(await strip(stage.call).getByTitle('Đã báo mọi bàn của trung tâm').count()).toBe(1);
  await stage.call.page.keyboard.press('F9');
  await strip(stage.call).waitFor({ state: 'detached' });
  await stage.world.startProvinceAgain();
});

test('the sound test is asked for after signing in, and what was answered stays for this shift only', async () => {
  const { page } = stage.other;
  await page.getByRole('button', { name: 'Thử chuông' }).click();
  for (const sound of ['Tính mạng (P1)', 'Sự cố khẩn cấp', 'Lĩnh vực khác đề nghị nhận', 'Phản ánh khẩn']) await page.getByText(sound).waitFor();
  await page.getByRole('button', { name: 'Nghe', exact: true }).first().click();
  await page.getByRole('button', { name: 'Nghe rõ' }).click();
  await page.getByRole('button', { name: /^Đã thử chuông lúc \d\d:\d\d$/ }).waitFor();
  await leave(page);
  await signIn(page, 'catruong');
  await page.getByRole('button', { name: 'Thử chuông' }).waitFor();
});
