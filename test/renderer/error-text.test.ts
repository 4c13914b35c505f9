import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { errorOf } from '../../renderer/ui/error-text.ts';

const told = { code: 'link/foreign-answer', facts: { status: 200 } } as const;
const unexpected = { code: 'internal/unexpected', facts: {} };

test.each([
  ['a failed call says', new ORPCError('APP', { data: told }), told],
  ['the page itself refuses', new AppError(told.code, told.facts), told],
  ['an answer tells of, as of a file on its way', told, told],
  ['nobody expected', new TypeError('x is undefined'), unexpected],
  ['is no error at all', { status: 500 }, unexpected],
  ['the core is away for', Object.assign(new Error('gone'), { name: 'AbortError' }), { code: 'core/starting', facts: {} }],
])('what %s has its own sentences', (_, error, code) => {
  expect(errorOf(error)).toEqual(code);
});
