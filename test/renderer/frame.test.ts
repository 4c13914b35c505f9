import { describe, expect, test } from 'vitest';
import { linkFace } from '../../renderer/frame/link-face.ts';
import { steppedScale } from '../../renderer/frame/scale.ts';
import { initials, looksComposed } from '../../renderer/screens/sign-in/words.ts';
import { isTouched } from '../../renderer/touched.ts';

describe('the link in words', () => {
  test('says the worst thing first', () => {
    expect(linkFace({ link: 'down', pending: 3, loading: 0.4, lastError: null }, true)).toBe('down');
    expect(linkFace({ link: 'down', pending: 3, loading: null, lastError: { code: 'device/revoked', facts: {} } }, true)).toBe('shut-out');
    expect(linkFace({ link: 'never', pending: 0, loading: 0, lastError: null }, true)).toBe('never');
    expect(linkFace({ link: 'up', pending: 3, loading: 0.4, lastError: null }, true)).toBe('first-copy');
    expect(linkFace({ link: 'up', pending: 3, loading: 0, lastError: { code: 'sync/copy-being-made', facts: { percent: 40 } } }, true)).toBe('being-made');
    expect(linkFace({ link: 'up', pending: 3, loading: null, lastError: null }, true)).toBe('sending');
    expect(linkFace({ link: 'up', pending: 0, loading: null, lastError: null }, true)).toBe('synced');
  });

  test('claims nothing once no console is behind the page', () => {
    expect(linkFace({ link: 'up', pending: 0, loading: null, lastError: null }, false)).toBe('unknown');
  });
});

describe('the text size', () => {
  test('goes in tenths from 100 to 200 % and back to 100 %', () => {
    expect(steppedScale(1, 1)).toBe(1.1);
    expect(steppedScale(1.1, 1)).toBe(1.2);
    expect(steppedScale(2, 1)).toBe(2);
    expect(steppedScale(1, -1)).toBe(1);
    expect(steppedScale(1.7, 0)).toBe(1);
  });
});

describe('an answer', () => {
  test('is asked again when one of its tables changed', () => {
    expect(isTouched({ tables: ['org'] }, { tables: ['issue'], issueIds: [] })).toBe(false);
    expect(isTouched({ tables: ['org', 'session'] }, { tables: ['session'], issueIds: [] })).toBe(true);
  });

  test('about one record is asked again for that record, or when too many changed to name', () => {
    const meta = { tables: ['issue'] as const, issueId: 'a' };
    expect(isTouched(meta, { tables: ['issue'], issueIds: ['b'] })).toBe(false);
    expect(isTouched(meta, { tables: ['issue'], issueIds: ['b', 'a'] })).toBe(true);
    expect(isTouched(meta, { tables: ['issue'], issueIds: [] })).toBe(true);
  });
});

test('a tile shows the first letters of the last two words of a name', () => {
  expect(initials('Trần Minh Họa')).toBe('MH');
  expect(initials('  Đặng   Ánh ')).toBe('ĐÁ');
});

test('a password with marks looks as if an input method had been at work', () => {
  expect(looksComposed('Mau-2026!')).toBe(false);
  expect(looksComposed('Mâu-2026!')).toBe(true);
});
