import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTexts } from '../../renderer/strings/text.ts';
import { fieldWords, valueWords } from '../../renderer/screens/health/value-words.ts';
import { diffWords, typedLines } from '../../renderer/screens/health/attention-text.ts';

test('the words that differ are marked on both sides', () => {
  const { mine, theirs } = diffWords('Tổ 4, ấp Thuận Phú 1, cạnh cây xăng', 'Tổ 2, ấp Thuận Phú 1, sau nhà văn hóa');
  expect(mine.filter(p => p.differs).map(p => p.text.trim())).toEqual(['4,', 'cạnh cây xăng']);
  expect(theirs.filter(p => p.differs).map(p => p.text.trim())).toEqual(['2,', 'sau nhà văn hóa']);
});

test('no word of either side is lost or moved', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 }).map(ws => ws.join(' '));
  fc.assert(fc.property(text, text, (a, b) => {
    const { mine, theirs } = diffWords(a, b);
    expect(mine.map(p => p.text).join('')).toBe(a);
    expect(theirs.map(p => p.text).join('')).toBe(b);
    expect(mine.filter(p => !p.differs).map(p => p.text).join('').replace(/\s/g, '')).toBe(theirs.filter(p => !p.differs).map(p => p.text).join('').replace(/\s/g, ''));
  }));
});

test('what was typed into a refused edit is listed by field, ids left out', () => {
  const payload = { id: 'x', note: '', fields: { description: { from: 'cũ', to: 'mới' } } };
  expect(typedLines(payload, key => key, (_, value) => String(value))).toEqual(['description: mới']);
});

test('a refused file is told by its name and size, its removal by the reason', async () => {
  await startTexts('vi');
  const show = (key: string, value: unknown) => valueWords(key, value, new Map());
  const id = '00000000-0000-7000-8000-000000000001';
  const attachment = { id, sha256: 'ab'.repeat(32), bytes: 2_048, mime: 'image/jpeg', name: 'cay-do.jpg', thumb: null };
  expect(typedLines({ id, attachment }, fieldWords, show)).toEqual(['Tệp: cay-do.jpg, 2 KB']);
  expect(typedLines({ id, attachmentId: id, reason: 'Nhầm vụ' }, fieldWords, show)).toEqual(['Lý do gỡ: Nhầm vụ']);
});
