import { expect, test } from 'vitest';
import { IMPORT_WARNINGS } from '../../contract/imports.ts';
import type { AppErrorData } from '../../contract/errors.ts';
import { importWarning, sentence } from '../../main/platform/sentences.ts';
import { csvTemplate, EXAMPLE_REF } from '../../renderer/screens/imports/csv-template.ts';
import { imports } from '../../renderer/strings/vi/imports.ts';
import { errors as words } from '../../renderer/strings/vi/errors.ts';
import { refusalOf } from '../../main/issues/import/refuse.ts';

test('the screen and the command line note the same thing in the same words', () => {
  for (const code of IMPORT_WARNINGS) expect(importWarning(`${code}:abc`)).toBe(imports.warning[code].replace('{{field}}', 'abc'));
});

test('the screen and the command line refuse a line in the same words', () => {
  const errors: AppErrorData[] = [
    { code: 'import/line-empty', facts: { column: 'noi_dung' } }, { code: 'import/line-example', facts: {} }, { code: 'import/not-well-formed', facts: {} }, { code: 'issue/outside-scope', facts: {} },
  ];
  for (const error of errors) {
    const { what, todo } = words[error.code];
    expect(sentence(error)).toBe(`${what} ${todo}`.replace('{{column}}', 'noi_dung'));
  }
});

test('the example line of the template is never received', () => {
  expect(csvTemplate({ noi_dung: 'Đèn hỏng' })).toContain(`"${EXAMPLE_REF}"`);
  expect(refusalOf({ line: 2, fields: { ma_nguon: EXAMPLE_REF, noi_dung: 'Đèn hỏng' }, warnings: [] })).toEqual({ line: 2, ref: EXAMPLE_REF, code: 'import/line-example', facts: {} });
  expect(refusalOf({ line: 2, fields: { ma_nguon: 'PA-1', noi_dung: 'Đèn hỏng' }, warnings: [] })).toBeNull();
});
