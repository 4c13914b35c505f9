import { describe, expect, test } from 'vitest';
import { formKey, type FormPress } from '../../renderer/screens/queue/form-keys.ts';

const press = (key: string, more: Partial<FormPress> = {}): FormPress => ({ key, code: '', ctrlKey: false, altKey: false, metaKey: false, ...more });

describe('a key in an open form, no text being typed', () => {
  test('a digit takes the choice of that number', () => {
    expect(formKey(press('1', { code: 'Digit1' }), 5)).toEqual({ kind: 'choose', index: 0 });
    expect(formKey(press('5', { code: 'Numpad5' }), 5)).toEqual({ kind: 'choose', index: 4 });
  });

  test('also on a Vietnamese layout, which writes letters on the digit row', () => {
    expect(formKey(press('ă', { code: 'Digit1' }), 5)).toEqual({ kind: 'choose', index: 0 });
  });

  test('a letter, and a digit without a choice, begin the text', () => {
    expect(formKey(press('x'), 5)).toEqual({ kind: 'write' });
    expect(formKey(press('Đ'), 5)).toEqual({ kind: 'write' });
    expect(formKey(press('8', { code: 'Digit8' }), 5)).toEqual({ kind: 'write' });
  });

  test('a digit that a question waiting for one does not have is no beginning of the text; a letter is', () => {
    for (const other of [press('8', { code: 'Digit8' }), press('0'), press('ô', { code: 'Digit8' })]) expect(formKey(other, 5, true)).toEqual({ kind: 'nothing' });
    expect(formKey(press('x'), 5, true)).toEqual({ kind: 'write' });
    expect(formKey(press('0', { code: 'Digit0' }), 5)).toEqual({ kind: 'write' });
  });

  test.each([press(' '), press('Enter'), press('Escape'), press('Tab'), press('ArrowDown'), press('x', { ctrlKey: true }), press('1', { altKey: true, code: 'Digit1' }), press('F2')])('$key stays what it is', other => {
    expect(formKey(other, 5)).toBeNull();
  });
});
