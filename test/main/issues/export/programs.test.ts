import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { openXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../../contract/ids.ts';
import type { Issue } from '../../../../contract/issue.ts';
import { instantOf } from '../../../../contract/time.ts';
import { issueWith, T0 } from '../support.ts';
import { exportsDesk } from './support.ts';

/** What programs do with the files: LibreOffice where it is, and a reader by other hands. */
const OFFICE = 'soffice';
const hasOffice = spawnSync(OFFICE, ['--version']).status === 0;
const OFFICE_WITHIN_MS = 120_000;

const AT_MS = instantOf(2026, 11, 24, 14, 5);
const TEXTS = ['=1+1', '+84987', '-2+3', '@SUM(1;2)', '  =1+1', '＝1+1', '\t=1', '0271555418', '3-4', '1E5', 'Đường Hoà Bi\u0300nh', 'a\0b\ud800c', '_x0041_', '<b>&amp;"', 'một\r\nhai', '=HYPERLINK("http://a.invalid";"x")'];
const HELD = ['=1+1', '+84987', '-2+3', '@SUM(1;2)', '  =1+1', '＝1+1', '\t=1', '0271555418', '3-4', '1E5', 'Đường Hoà Bình', 'a\uFFFDb\uFFFDc', '_x0041_', '<b>&amp;"', 'một\nhai', '=HYPERLINK("http://a.invalid";"x")'];
const ISSUES: Issue[] = TEXTS.map((description, i) => issueWith({
  id: newId(T0 + i), displayNo: `1022-2026-${String(i).padStart(6, '0')}`, description, receivedAtMs: AT_MS + i * 60_000, place: { text: '', areaId: null, landmark: '', lat: 11.53654, lon: null },
}));
const stage = {} as { folder: string; csv: Buffer; xlsx: Buffer };

beforeAll(async () => {
  if (!hasOffice) console.warn('LibreOffice is not on this machine: what it shows of exported files is not tried (Debian: libreoffice-calc).');
  const desk = await exportsDesk(ISSUES);
  const [csv, xlsx] = [await desk.fetch(await desk.order('csv')), await desk.fetch(await desk.order('xlsx'))];
  await desk.end();
  Object.assign(stage, { folder: mkdtempSync(join(tmpdir(), 'ioc-office-')), csv: csv.bytes, xlsx: xlsx.bytes });
  writeFileSync(join(stage.folder, 'list.csv'), csv.bytes);
  writeFileSync(join(stage.folder, 'list.xlsx'), xlsx.bytes);
});
afterAll(() => { rmSync(stage.folder, { recursive: true, force: true }); });

/** What LibreOffice shows of a file, cell by cell. `input` says how to read a CSV: `;`, quotes, UTF-8, and all as a person's double click would. */
function shownBy(file: string, input: readonly string[]): Record<string, string>[] {
  const profile = `-env:UserInstallation=file://${join(stage.folder, 'profile')}`;
  const out = join(stage.folder, `out-${file}`);
  const run = spawnSync(OFFICE, [profile, '--headless', ...input, '--convert-to', 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false', '--outdir', out, join(stage.folder, file)], { encoding: 'utf8', timeout: OFFICE_WITHIN_MS });
  expect([run.status, run.stderr.replace(/^.*javaldx.*$/gm, '').trim()]).toEqual([0, '']);
  return parse(readFileSync(join(out, 'list.csv')), { delimiter: ';', bom: true, columns: true, relax_quotes: true }) as Record<string, string>[];
}

describe('a workbook', () => {
  test('read by another library: text as text, moments as dates, a heading that stays, a filter, widths', async () => {
    const { sheets: [sheet] } = await openXlsx(stage.xlsx);
    if (sheet === undefined) throw new Error('no sheet');
    const [heading = [], ...rows] = sheet.rows;
    const column = (name: string): unknown[] => rows.map(row => row[heading.indexOf(name)]);
    expect(column('description')).toEqual(HELD);
    expect(column('receivedAt')[0]).toBeInstanceOf(Date);
    expect((column('receivedAt')[1] as Date).getTime() - (column('receivedAt')[0] as Date).getTime()).toBeCloseTo(60_000, -2);
    expect(column('lat')[0]).toBe(11.53654);
    expect(sheet.name).toBe('Hàng đợi');
    expect(sheet.freezePane).toMatchObject({ rows: 1 });
    expect(sheet.autoFilter?.range).toBe(`A1:AC${ISSUES.length + 1}`);
    expect(sheet.columns?.[7]?.width).toBe(60);
  });

  test.runIf(hasOffice)('opened by LibreOffice (where it is installed): nothing computed, dates as we write them', () => {
    const rows = shownBy('list.xlsx', []);
    expect(rows.map(row => row['description'])).toEqual(HELD);
    expect(rows[0]).toMatchObject({ displayNo: '1022-2026-000000', receivedAt: '24/11/2026 14:05' });
  });
});

test.runIf(hasOffice)('a CSV opened by LibreOffice (where it is installed): no cell computed, each as it was or behind an apostrophe', () => {
  const rows = shownBy('list.csv', ['--infilter=CSV:59,34,76,1,,1066,false,true']);
  expect(rows.map(row => row['description'])).toEqual(HELD.map((text, i) => (i <= 9 || i === 15 ? `'${text}` : text)));
  expect(rows.map(row => row['displayNo'])).toEqual(ISSUES.map(issue => issue.displayNo));
});
