import { expect, test } from 'vitest';
import { strandedWords } from '../../renderer/screens/queue/stranded.ts';

const form = (action: string, fields: Record<string, unknown>) => ({ action, fields, savedAtMs: 0 });

test('words of steps that can no longer be taken are told, those of the others are in their forms', () => {
  const forms = [
    form('issue.note', { text: 'gọi lại' }), form('issue.verify', { method: 'call', note: 'nghe rõ' }), form('issue.close', { outcome: null, reply: 'đã xong' }),
    form('issue.edit', { base: { description: 'cũ' }, now: { description: 'mới' }, hasReporter: false }),
  ];
  expect(strandedWords(forms, ['issue.note'])).toEqual([
    { action: 'issue.verify', words: 'nghe rõ' }, { action: 'issue.close', words: 'đã xong' }, { action: 'issue.edit', words: 'mới' },
  ]);
  expect(strandedWords(forms, forms.map(({ action }) => action))).toEqual([]);
});

test('a mere choice is not told', () => {
  expect(strandedWords([form('issue.verify', { method: 'call', note: ' ' }), form('issue.edit', { now: null })], [])).toEqual([]);
});
