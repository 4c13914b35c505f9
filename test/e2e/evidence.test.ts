import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Issue } from '../../contract/issue.ts';
import { STATES } from '../../contract/issue.ts';
import type { Person } from '../../contract/org.ts';
import { needsEvidence } from '../../contract/policy/evidence.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { allRows, blobToId } from '../../db/database.ts';
import { inDatabase } from './desk.ts';
import { change, openByCommandBar, state } from './desk-work.ts';
import { oneDesk } from './one-desk.ts';

/** What a unit shows of its result, or says in the place of it. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const stage = oneDesk('truc1022.1');
const PICTURE = { name: 'den-sang.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=', 'base64') };

/** Records of the sample that a unit works at and that ask for evidence, each with somebody who may say that it is done. */
function atWork(): { no: string; login: string }[] {
  return inDatabase(stage.desk, db => {
    const people = allRows<{ data: string }>(db, `SELECT data FROM org_row WHERE kind = 'person'`).map(({ data }) => JSON.parse(data) as Person);
    return allRows<{ display_no: string; category: string; lead_unit_id: Uint8Array; rest: string }>(db, 'SELECT display_no, category, lead_unit_id, rest FROM issue WHERE state = ?', STATES.indexOf('in_progress')).flatMap(row => {
      const login = people.find(one => one.active && one.unitId === blobToId(row.lead_unit_id) && one.roles.includes('dau_moi'))?.login;
      const held = ((JSON.parse(row.rest) as Issue).attachments ?? []).length;
      return login !== undefined && held === 0 && needsEvidence(row, DEFAULT_PACK) ? [{ no: row.display_no, login }] : [];
    });
  });
}

async function serious(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then(r => r.violations)') as { id: string; impact: string; nodes: { target: string[] }[] }[];
  return found.filter(one => one.impact === 'serious' || one.impact === 'critical').map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(' | ')}`);
}

async function beginResult(page: Page, { no, login }: { no: string; login: string }): Promise<void> {
  await change(page, login);
  await openByCommandBar(page, no);
  await state(page, 'Đang xử lý').waitFor();
  await page.keyboard.press('h');
  await page.locator('.issue-form textarea').first().fill('Đã thay bóng, đèn sáng lại');
}

test('before anything is pressed the form says that evidence is missing, and takes a file; with it the result is told', async () => {
  const { page } = stage.desk;
  const [first] = atWork();
  await beginResult(page, first!);
  const form = page.locator('.issue-form');
  await form.getByText('Loại việc này cần bằng chứng trước khi báo xong.').waitFor();
  await page.keyboard.press('Control+Enter');
  await form.getByText('Còn thiếu bằng chứng').waitFor();
  expect(await serious(page)).toEqual([]);
  await page.getByTestId('evidence-file').setInputFiles(PICTURE);
  await form.getByText(/1 tệp từ lúc chuyển cho đơn vị/).waitFor();
  await page.keyboard.press('Control+Enter');
  await state(page, 'Đã xử lý xong').waitFor();
});

test('without a file a reason is chosen and given, and stands in the history', async () => {
  const { page } = stage.desk;
  const [, second] = atWork();
  await beginResult(page, second ?? atWork()[0]!);
  await page.getByLabel('Không có bằng chứng', { exact: true }).check();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Ghi vì sao không có bằng chứng.').waitFor();
  await page.getByLabel('Không có bằng chứng vì').fill('Làm ban đêm, máy ảnh hỏng');
  await page.keyboard.press('Control+Enter');
  await state(page, 'Đã xử lý xong').waitFor();
  await page.locator('.history').getByText('Không có bằng chứng vì: Làm ban đêm, máy ảnh hỏng').waitFor();
});
