import { readFileSync } from 'node:fs';
import { openXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, test } from 'vitest';
import { entryOf } from '../../contract/documents/duty-attendance.ts';
import type { DutyRoster } from '../../contract/documents/duty-roster.ts';
import type { Id } from '../../contract/ids.ts';
import { OFF } from '../../contract/roster.ts';
import { monthDayOf } from '../../contract/roster-days.ts';
import { readDocuments } from '../../db/stores/documents.ts';
import { connectWire } from '../support/wire.ts';
import { serious } from './axe.ts';
import { change } from './desk-work.ts';
import { freshAddress, inDatabase } from './desk.ts';
import { oneDesk } from './one-desk.ts';

/** What was worked: told by a sign-in, taken over while it runs, corrected by whoever plans, and out of the desk as a time sheet. */
const stage = oneDesk('catruong');
const { month: MONTH, day: TODAY } = monthDayOf(Date.now());
const people = {} as { first: Id; second: Id; name: string; other: string };
const roster = (): DutyRoster => inDatabase(stage.desk, db => readDocuments(db, 'roster')[0]!.document);
const entry = (personId: Id) => entryOf(roster().attended, { personId, day: TODAY, cell: 1 });
const goTo = (hash: string): Promise<void> => stage.desk.page.evaluate(`location.hash = '#/${hash}'`);
const rowOf = (id: Id): number => roster().plan.members.findIndex(one => one.personId === id);

beforeAll(async () => {
  // A shift from midnight to midnight: one of today runs whenever this is tried.
  const { client, close } = await connectWire(freshAddress(stage.desk));
  const plan = await client.rosters.first({ service: '115', month: MONTH });
  const all = await client.directory.people({});
  const [first, second] = ['truc115.1', 'truc115.2'].map(login => all.find(one => one.login === login)!);
  Object.assign(people, { first: first!.id, second: second!.id, name: first!.name, other: second!.name });
  const members = plan.members.map(one => ({ ...one, cells: one.cells.map(() => (one.personId === first!.id ? 1 : OFF)) }));
  await client.rosters.publish({ plan: { ...plan, shifts: [{ code: 'T', fromMin: 0, minutes: 1_440, isNight: true }], members }, from: { edition: 0, approved: 0 }, reason: 'thử chấm công' });
  close();
});

describe('what is worked of a month of duty', () => {
  test('whoever signs in while their shift runs has come: the month and the board say so', async () => {
    const { page } = stage.desk;
    await change(page, 'truc115.1');
    await expect.poll(() => entry(people.first)?.source).toBe('signIn');
    await goTo(`roster/115/${MONTH}/published`);
    await page.getByRole('region', { name: 'Ca đang trực' }).getByText('có mặt').waitFor();
    await page.keyboard.press('t');
    await page.locator(`[data-spot="${rowOf(people.first)} ${TODAY}"] .worked.came`).waitFor();
    // Days that are over and of which nothing is known say that; one's own shift is not taken over by oneself.
    expect(await page.locator('.worked.unknown').count()).toBe(TODAY);
    expect(await page.getByRole('button', { name: /^Nhận ca đang trực/ }).count()).toBe(0);
  });

  test('a colleague takes the running shift over, asked once more before: the board shows them, and who is relieved is told', async () => {
    const { page } = stage.desk;
    await change(page, 'truc115.2');
    await goTo('roster/board');
    await page.getByRole('button', { name: `Nhận ca đang trực của ${people.name}` }).click();
    await page.getByLabel('Lý do').fill('bị ốm giữa ca');
    await page.keyboard.press('Enter');
    await page.getByText(`thay ${people.name} · có mặt`).waitFor();
    expect(entry(people.second)).toMatchObject({ source: 'takeOver', insteadOfId: people.first, reason: 'bị ốm giữa ca', toMs: null });
    expect(entry(people.first)!.toMs).toBe(entry(people.second)!.fromMs);
    expect(roster().changedIn.find(one => one.personId === people.first)!.atMs).toBe(entry(people.second)!.fromMs);
    expect(await serious(page)).toEqual([]);
  });

  test('whoever plans corrects an entry by keyboard, and reads the hours of all', async () => {
    const { page } = stage.desk;
    await change(page, 'catruong');
    await goTo(`roster/115/${MONTH}/published`);
    await page.getByRole('button', { name: /^Chấm công/ }).waitFor();
    await page.keyboard.press('t');
    await page.locator(`[data-spot="${rowOf(people.first)} ${TODAY}"]`).click();
    await page.getByRole('form', { name: 'Sửa chấm công' }).waitFor();
    await page.keyboard.press('e');
    for (const key of ['Tab', 'ArrowDown', 'Tab']) await page.keyboard.press(key);
    await page.keyboard.type('không liên lạc được');
    await page.keyboard.press('Enter');
    await page.getByText(/vắng \(.+: “không liên lạc được”\)/).waitFor();
    await page.locator(`[data-spot="${rowOf(people.first)} ${TODAY}"] .worked.absent`).waitFor();
    await page.locator(`[data-spot="${rowOf(people.second)} ${TODAY}"] .worked.instead`).waitFor();
    const line = page.getByRole('region', { name: 'Bảng công' }).getByRole('row', { name: new RegExp(people.name) });
    expect((await line.getByRole('cell').allInnerTexts()).at(5)).toBe('1');
    expect(await serious(page)).toEqual([]);
  });

  test('the time sheet leaves the desk as a workbook', async () => {
    const { page } = stage.desk;
    await page.keyboard.press('Escape');
    await page.locator('[data-spot="0 0"]').click();
    await page.keyboard.press('u');
    await page.getByRole('button', { name: /^Bảng công/ }).waitFor();
    const coming = page.waitForEvent('download');
    await page.keyboard.press('5');
    const download = await coming;
    expect(download.suggestedFilename()).toBe(`Bang-cong-115-${MONTH}.xlsx`);
    const { sheets: [sheet, entries] } = await openXlsx(readFileSync(await download.path()));
    expect(sheet!.rows.slice(4).map(row => row[1])).toEqual(expect.arrayContaining([people.name, people.other]));
    expect(entries!.rows.slice(2).map(row => [row[2], row[3] === 'vắng'])).toEqual(expect.arrayContaining([[people.name, true], [people.other, false]]));
  });
});
