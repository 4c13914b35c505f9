import { expect, test } from 'vitest';
import { meaningOf } from '../../main/issues/import/fields.ts';
import { csvTemplate, TEMPLATE_COLUMNS } from '../../renderer/screens/imports/csv-template.ts';

test('the importer knows every column of the template, each with a meaning of its own', () => {
  const meanings = TEMPLATE_COLUMNS.map(column => meaningOf(column));
  expect(meanings).not.toContain(undefined);
  expect(new Set(meanings).size).toBe(TEMPLATE_COLUMNS.length);
});

test('the template opens as a table in a Vietnamese Excel: BOM, semicolons, CRLF, quotes doubled', () => {
  const text = csvTemplate({ noi_dung: 'Đèn "hỏng"; tối' });
  expect(text.startsWith('\uFEFFma_nguon;linh_vuc;')).toBe(true);
  expect(text).toContain('"Đèn ""hỏng""; tối"');
  expect(text.split('\r\n')).toHaveLength(3);
});
