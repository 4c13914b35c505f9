import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellText, guarded, mayBeFormula } from '../../contract/cell-text.ts';
import type { Cell, Column } from '../../main/issues/export/columns.ts';
import { csvBytes } from '../../main/issues/export/csv.ts';
import { sheetRow } from '../../main/issues/export/sheet-xml.ts';

/** Text as attackers and telephones write it. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.tuple(fc.constantFrom('', ' ', '  ', '\u00A0', '\u3000', '\uFEFF', '\u200B', '\n', '\r', '\t', '\r\n', '\0'), fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '\t', '\r'), fc.string()).map(parts => parts.join('')),
  fc.constantFrom('0271555418', '+84987654321', '1E5', '3-4', '1/2/2026', '12,5', '1.234', '=1+1', '=HYPERLINK("http://x";"y")', '@SUM(1+1)', '-2+3', '"=1+1"', ';=1+1', 'a\ud800b', 'Đường\u0302'),
);
const column = (heading: string): Column => ({ name: 'description', heading, width: 10 });
const DANGEROUS = /^[\s\p{Z}\p{Cf}\p{Cc}\uFFFD]*[=+\-@＝＋－＠﹦]/u;

async function csvOf(columns: Column[], rows: Cell[][]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of csvBytes(columns, (async function* () { yield rows; })())) parts.push(part);
  return Buffer.concat(parts);
}

describe('a text', () => {
  test('is held as it is, in NFC, with a mark in the place of what no cell can hold', () => {
    expect(cellText('Đường Hoà Bi\u0300nh')).toBe('Đường Hoà Bình');
    expect(cellText('a\0b\u0007c\ud800d\udc00e\uffff')).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFD');
    expect(cellText('một\r\nhai\rba\tbốn 😀')).toBe('một\nhai\nba\tbốn 😀');
  });

  test('that a spreadsheet would compute has an apostrophe before it; so has a number that it would change', () => {
    for (const text of ['=1+1', '+84', '-1', '@x', '\tx', '\nx', ' =1', '\u00A0=1', '\u3000＝1', '\uFEFF＠x', '0271555418', '3-4', '1E5', '12345678901', '1/2/2026', '12,5', '14:05', '50%']) expect(guarded(text), JSON.stringify(text)).toBe(`'${text}`);
    for (const text of ['Đường 3/2', '0271 555 418 gọi', 'P1', '12', '0', '115-2026-000123', '0271 555 418', 'a=b', '(=)', '•••• ••• 418', '']) expect(guarded(text), text).toBe(text);
  });

  test('never begins a cell as a formula does, whatever it is', () => {
    fc.assert(fc.property(nasty, text => {
      const held = cellText(text);
      expect(cellText(held)).toBe(held);
      expect(guarded(held)).not.toMatch(DANGEROUS);
      expect(guarded(held).replace(/^'/, '')).toBe(held.replace(/^'/, ''));
      if (DANGEROUS.test(held) || /^[\t\n]/.test(held)) expect(mayBeFormula(held)).toBe(true);
      if (/^[\p{Lu}\p{Ll}\p{Nd}]/u.test(held)) expect(mayBeFormula(held)).toBe(false);
    }), { numRuns: 2_000 });
  });
});

test('a table of any texts comes out of a CSV reader cell by cell, and no cell of it begins as a formula', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(nasty, nasty), { maxLength: 6 }), async rows => {
    const bytes = await csvOf([column('Một'), column('=Hai')], rows.map(row => row.map(text => ({ text: cellText(text) }))));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const read = parse(bytes, { delimiter: ';', bom: true, record_delimiter: '\r\n', skip_empty_lines: false }) as string[][];
    expect(read).toEqual([['Một', "'=Hai"], ...rows.map(row => row.map(text => guarded(cellText(text))))]);
    for (const cell of read.flat()) expect(cell).not.toMatch(DANGEROUS);
  }), { numRuns: 300 });
});

test('moments, figures and gaps stand as Excel of a Vietnamese Windows reads them', async () => {
  const bytes = await csvOf([column('A'), column('B'), column('C'), column('D')], [[{ atMs: Date.UTC(2026, 10, 24, 7, 5) }, { figure: 11.53654 }, null, { text: 'một "hai"; ba\nbốn' }]]);
  expect(bytes.toString()).toBe('\uFEFF"A";"B";"C";"D"\r\n24/11/2026 14:05;11,53654;;"một ""hai""; ba\nbốn"\r\n');
});

test('a row of a sheet says of every cell what it is, and nothing in it is markup', () => {
  expect(sheetRow([{ text: '=1+1' }, { atMs: Date.UTC(2026, 10, 24, 5, 0) }, { figure: 1.5 }, null, { text: '</t>&"_x0041_' }])).toBe(
    '<row><c s="1" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c><c s="2"><v>46350.5</v></c><c s="4"><v>1.5</v></c><c/>'
    + '<c s="1" t="inlineStr"><is><t xml:space="preserve">&lt;/t&gt;&amp;&quot;_x005F_x0041_</t></is></c></row>');
});
