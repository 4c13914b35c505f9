import { expect, test } from 'vitest';
import { MAX_INPUT_BYTES } from '../../contract/console.ts';
import { refuseTooLarge } from '../../renderer/input-size.ts';
import { errorOf } from '../../renderer/ui/error-text.ts';

function codeOf(input: unknown): string | null {
  try {
    refuseTooLarge(input);
    return null;
  } catch (error) {
    return errorOf(error).code;
  }
}

test('an input is measured as it travels, in bytes: accents and quotes count for what they cost', () => {
  const room = MAX_INPUT_BYTES - '{"note":""}'.length;
  expect(codeOf({ note: 'x'.repeat(room) })).toBeNull();
  expect(codeOf({ note: 'x'.repeat(room + 1) })).toBe('input/too-large');
  expect(codeOf({ note: 'ệ'.repeat(Math.floor(room / 3)) })).toBeNull();
  expect(codeOf({ note: 'ệ'.repeat(Math.floor(room / 3) + 1) })).toBe('input/too-large');
  expect(codeOf({ note: '"'.repeat(room / 2 + 1) })).toBe('input/too-large');
  expect(codeOf(undefined)).toBeNull();
});
