import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { redact, redactText } from '../../../main/platform/redact.ts';

const HIDDEN = '[ẩn]';

describe('the diary hides', () => {
  test.each([
    ['gọi lại 0912345678 ngay', `gọi lại ${HIDDEN} ngay`],
    ['0912 345 678', HIDDEN],
    ['+84 912.345.678', HIDDEN],
    ['0271-3555-418', HIDDEN],
    ['key 00112233445566778899aabbccddeeff', `key ${HIDDEN}`],
  ])('phone numbers and keys inside a sentence: %s', (text, expected) => { expect(redactText(text)).toBe(expected); });

  test.each([
    'port 8601 taken', 'took 1234567 ms', '2026-11-24T10:00:00.000Z', 'version 0.12.345', '127.0.0.1:40222', 'id 0199c2f3-1111-7abc-8def-0123456789ab',
  ])('nothing of an ordinary line: %s', text => { expect(redactText(text)).toBe(text); });

  test.each(['password', 'personToken', 'Authorization', 'cookie', 'keyHex', 'privateKey', 'phone', 'reporter', 'name', 'stationName', 'login', 'description', 'payload'])(
    'whatever stands under %s', key => {
      expect(JSON.stringify(redact({ call: { [key]: 'bí mật' }, list: [{ [key]: { deeper: 'bí mật' } }] }))).not.toContain('bí mật');
    });

  test('a secret at any depth, beside anything', () => {
    fc.assert(fc.property(fc.object({ maxDepth: 4 }), fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 4 }), (other, path) => {
      const planted = path.reduceRight<object>((inner, key) => ({ ...other, [key]: inner }), { ...other, password: 'S3CRET-planted' });
      expect(JSON.stringify(redact(planted))).not.toContain('S3CRET-planted');
    }));
  });
});

test('an error keeps its code, stack and cause', () => {
  const error = new AppError('db/damaged', { page: 7 }, { cause: new Error('call 0912345678') });
  expect(redact({ error })).toMatchObject({ error: { code: 'db/damaged', facts: { page: 7 }, stack: expect.stringContaining('redact.test.ts'), cause: { message: `call ${HIDDEN}` } } });
});

test('a value that contains itself ends', () => {
  const loop: Record<string, unknown> = {};
  loop.again = loop;
  expect(JSON.stringify(redact(loop)).length).toBeLessThan(200);
});
