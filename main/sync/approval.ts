import type { ConsoleInputs, LinkStatus } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { Call } from '../platform/call.ts';

export interface ApprovalDeps { writer: Writer; correctedNowMs: () => number; tryNow: () => LinkStatus }

/**
 * Lets a copy take many rows away, as the person has seen them counted, and goes on at once.
 *
 * @throws {AppError} `auth/not-signed-in`
 */
export async function approveRemoval({ writer, correctedNowMs, tryNow }: ApprovalDeps, { copy, rows }: ConsoleInputs['sync']['approveRemoval'], { session }: Call): Promise<LinkStatus> {
  if (session === null) throw new AppError('auth/not-signed-in');
  await writer.call('sync.approveRemoval', { copy, rows, personId: session.personId, atMs: correctedNowMs() });
  return tryNow();
}
