import { expect, test } from 'vitest';
import { ERROR_CODES, type ErrorFacts } from '../../../contract/errors.ts';
import { sentence } from '../../../main/platform/sentences.ts';

test.each(ERROR_CODES)('%s is one whole sentence, with facts or without', code => {
  const full = { field: 'description', port: 8601, folder: '/d', file: '/d/key', pid: 7, deaths: 4, column: 'noi_dung' };
  for (const facts of [{}, full] as ErrorFacts[]) {
    const text = sentence({ code, facts });
    expect(text).not.toMatch(/undefined|null|\n|\{\{|  /);
    expect(text.length).toBeGreaterThan(10);
  }
});

test('a code without a sentence of its own is named, so that it can be read out', () => {
  expect(sentence({ code: 'sync/chunk-gone', facts: {} })).toBe('Không thực hiện được (sync/chunk-gone).');
});

test('a refused line names the field in words', () => {
  expect(sentence({ code: 'issue/field-required', facts: { field: 'place.text' } })).toBe('thiếu địa điểm');
});
