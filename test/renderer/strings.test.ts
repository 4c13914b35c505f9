import { beforeAll, describe, expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../contract/errors.ts';
import { MUTATION_NAMES } from '../../contract/mutations/payloads.ts';
import { en } from '../../renderer/strings/en.ts';
import { startTexts, t, texts } from '../../renderer/strings/text.ts';
import { vi } from '../../renderer/strings/vi.ts';
import { sentences } from '../../renderer/ui/error-text.ts';

function leaves(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => (typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value as object, `${path}${key}.`)));
}
const blanks = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1] ?? '').sort();

beforeAll(() => startTexts('vi'));

describe('the texts', () => {
  test('are the same set in both languages, none of them empty unless both are', () => {
    const english = new Map(leaves(en));
    for (const [key, text] of leaves(vi)) expect([key, english.has(key), text === '', english.get(key) === '']).toEqual([key, true, text === '', text === '']);
    expect(english.size).toBe(leaves(vi).length);
  });

  test('leave the same blanks to be filled in both languages', () => {
    const english = new Map(leaves(en));
    for (const [key, text] of leaves(vi)) expect([key, blanks(english.get(key) ?? '')]).toEqual([key, blanks(text)]);
  });

  test('of Vietnamese are in NFC, as everything else is', () => {
    for (const [key, text] of leaves(vi)) expect([key, text]).toEqual([key, text.normalize('NFC')]);
  });

  test('with a dot in their key are found, in the language of the window', async () => {
    for (const name of MUTATION_NAMES) expect(t(`domain.done.${name}`)).toBe(vi.domain.done[name]);
    await texts.changeLanguage('en');
    expect(t('domain.done.issue.verify')).toBe(en.domain.done['issue.verify']);
    await texts.changeLanguage('vi');
  });
});

describe('an error', () => {
  test.each(ERROR_CODES)('%s is told in two sentences without blanks left over', code => {
    const { what, todo } = sentences({ code, facts: { field: 'place', state: 'closed', column: 'description', limit: 500, version: 2, limitMb: 8, station: 'BP-01', from: 3, to: 9, waitS: 20, no: '115-2026-000001', folder: '/usb', file: 'tinh.pmtiles', rows: 90, of: 400, percent: 40, code: 'sync/of-next-year', status: 'set-aside', times: 3, days: 30, by: 'Đặng Thử Nghiệm' } });
    expect(what.length).toBeGreaterThan(5);
    expect(todo.length).toBeGreaterThan(5);
    expect(`${what} ${todo}`).not.toContain('{{');
  });

  test('of a code that only a newer version knows is told with the code; a word of one is shown as it is', () => {
    const code = 'issue/frozen' as ErrorCode;
    expect(sentences({ code, facts: {} })).toEqual(sentences({ code: 'sync/unknown-code', facts: { code } }));
    expect(sentences({ code, facts: {} }).what).toContain('issue/frozen');
    expect(t('domain.state.escalated' as 'domain.state.closed')).toBe('escalated');
    expect(t(`domain.role.${'giam_sat' as 'kiem_tra'}`)).toBe('giam_sat');
  });

  test('names the field and the state in the operator’s words', () => {
    expect(sentences({ code: 'issue/field-required', facts: { field: 'place' } }).what).toBe('Còn thiếu: Địa điểm.');
    expect(sentences({ code: 'issue/wrong-state', facts: { state: 'closed' } }).what).toContain('Đã đóng');
  });
});
