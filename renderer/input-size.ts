import { ORPCError } from '@orpc/client';
import { MAX_INPUT_BYTES } from '../contract/console.ts';
import type { AppErrorData } from '../contract/errors.ts';

/** UTF-8 needs at most three bytes for each of a string's units. */
const MAX_BYTES_PER_UNIT = 3;

/**
 * Refuses what no screen should send (a file pasted into a text field) before it leaves: the wire would be cut by it, and
 * with it everything else that the window is doing.
 *
 * @throws {ORPCError} `APP` with `input/too-large`, as if the core had refused it
 */
export function refuseTooLarge(input: unknown): void {
  const text = JSON.stringify(input) ?? '';
  if (text.length * MAX_BYTES_PER_UNIT <= MAX_INPUT_BYTES) return;
  const { length: bytes } = new TextEncoder().encode(text);
  if (bytes <= MAX_INPUT_BYTES) return;
  const data: AppErrorData = { code: 'input/too-large', facts: { bytes, limit: MAX_INPUT_BYTES } };
  throw new ORPCError('APP', { defined: true, status: 422, message: data.code, data });
}
