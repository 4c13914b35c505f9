import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTexts } from '../../renderer/strings/text.ts';
import { fieldWords, valueWords } from '../../renderer/screens/health/value-words.ts';
import { titleOf } from '../../renderer/screens/health/attention-words.ts';
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
  expect(typedLines({ id, attachmentId: id, reason: 'Nhầm vụ' }, fieldWords, show)).toEqual(['Lý do: Nhầm vụ']);
});

test('a refused request, view or handover is told in words: who asks, the list’s name, what a person wrote; no JSON and no ids', async () => {
  await startTexts('vi');
  const show = (key: string, value: unknown) => valueWords(key, value, new Map());
  const id = '00000000-0000-7000-8000-000000000001';
  const request = { id, siteId: id, kind: 'access', subject: { name: 'Trần Minh Họa', phone: '0900000001', address: '' }, identified: 'in_person', words: 'Xin bản sao', issueIds: [id], receivedAtMs: 0 };
  expect(typedLines(request, fieldWords, show).slice(0, 4)).toEqual([
    'Yêu cầu gì: Xem dữ liệu', 'Người yêu cầu: Trần Minh Họa · 0900000001', 'Xác định danh tính: Gặp trực tiếp, đã xem giấy tờ', 'Nội dung: Xin bản sao',
  ]);
  const body = { name: 'Quá hạn', filter: {}, sort: { by: 'urgency', descending: false }, columns: [] };
  expect(typedLines({ id, siteId: id, body, from: 5 }, fieldWords, show)).toEqual(['Danh sách: Quá hạn']);
  const content = {
    lines: ['114'], shiftName: 'Ca ngày', fromMs: 0, toMs: 1, figures: [], recordsLeft: 0, warnings: ['Bão'], instructions: '', notes: 'Đèn hỏng',
    records: [{ id, no: '114-2026-1', service: '114', severity: 'P2', state: 'received', words: 'Cháy', place: '', dueAtMs: null, reason: 'urgent', unsent: false, next: 'Gọi lại' }],
    faults: [{ kind: 'clock-off', text: '', count: 3, sinceMs: null }, { kind: 'typed', text: 'Máy in', count: null, sinceMs: null }],
  };
  expect(typedLines({ id, siteId: id, content, digest: 'ab' }, fieldWords, show)).toEqual(['Biên bản: Ca ngày\n114-2026-1: Gọi lại\nBão\nMáy in\nĐèn hỏng']);
  expect(titleOf({ name: 'request.answer', description: '' } as Parameters<typeof titleOf>[0])).toBe('Trả lời yêu cầu dữ liệu');
});
