import { describe, expect, test } from 'vitest';
import { matches, mayRun, type KeyPress } from '../../renderer/ui/key-match.ts';

function press(key: string, code: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...held };
}

describe('a key press', () => {
  test('is a letter by its sign or by its place', () => {
    expect(matches('x', press('x', 'KeyX'))).toBe(true);
    expect(matches('x', press('X', 'KeyX'))).toBe(true);
    expect(matches('x', press('ж', 'KeyX'))).toBe(true);
    expect(matches('x', press('c', 'KeyC'))).toBe(false);
  });

  test('on the digit row of the Vietnamese layout is still a digit', () => {
    expect(matches('1', press('ă', 'Digit1'))).toBe(true);
    expect(matches('3', press('ê', 'Digit3'))).toBe(true);
    expect(matches('4', press('4', 'Numpad4'))).toBe(true);
  });

  test('with Ctrl or Alt is not the bare letter, and the bare letter is not the chord', () => {
    expect(matches('n', press('n', 'KeyN', { ctrlKey: true }))).toBe(false);
    expect(matches('ctrl+k', press('k', 'KeyK'))).toBe(false);
    expect(matches('ctrl+k', press('k', 'KeyK', { ctrlKey: true }))).toBe(true);
    expect(matches('alt+1', press('1', 'Digit1', { altKey: true }))).toBe(true);
  });

  test('with Shift is not the bare letter, but a sign that needs Shift is found', () => {
    expect(matches('r', press('R', 'KeyR', { shiftKey: true }))).toBe(false);
    expect(matches('?', press('?', 'Slash', { shiftKey: true }))).toBe(true);
    expect(matches('/', press('/', 'Slash'))).toBe(true);
  });
});

describe('a shortcut', () => {
  test('of one letter never runs in a field, one that says so does', () => {
    expect(mayRun({}, true, false)).toBe(false);
    expect(mayRun({ whileTyping: true }, true, false)).toBe(true);
    expect(mayRun({}, false, false)).toBe(true);
  });

  test('never runs while an input method composes', () => {
    expect(mayRun({ whileTyping: true }, true, true)).toBe(false);
    expect(mayRun({}, false, true)).toBe(false);
  });
});
