import { AppError } from '../../contract/errors.ts';
import type { Mutation } from '../../contract/province.ts';
import { PUSH_MEDIA_TYPE, pushBodyOf } from '../../contract/push-body.ts';
import type { Database } from '../../db/open.ts';
import { pendingMutations } from '../../db/outbox.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import { called } from './client.ts';
import { nextBatch } from './engine.ts';
import type { ProvinceLine } from './line.ts';

/** A push holds at most as much as this in JSON; as it travels it is a tenth or less. */
const MAX_PUSH_CHARS = 512 << 10;

export interface PushOptions { reader: Database; writer: Writer; clock: Clock; line: ProvinceLine; batch: number; signal: AbortSignal }

/**
 * Sends the oldest mutations without a verdict, in order, and notes the verdicts in one transaction. A lost answer costs
 * nothing: the province gives the stored verdicts again.
 *
 * @returns how many to send next time
 */
export async function pushOnce({ reader, writer, clock, line, batch, signal }: PushOptions): Promise<number> {
  const mutations = firstOf(pendingMutations(reader, batch), MAX_PUSH_CHARS);
  const first = mutations[0];
  if (first === undefined) return batch;
  const token = await line.open();
  const { verdicts } = await called(line.client.sync.push({ mutations }, { context: { token, once: true, body: { type: PUSH_MEDIA_TYPE, bytes: pushBodyOf(mutations) } }, signal }));
  // Without a verdict of the first one the same push would be sent for ever.
  if (!verdicts.some(verdict => verdict.n === first.n)) throw new AppError('link/foreign-answer', { reason: 'no-verdict' });
  await writer.call('sync.applyVerdicts', { verdicts, atMs: clock.nowMs() });
  return nextBatch(mutations.length, batch);
}

/** As many as fit, at least one, without what only this machine knows of them. */
export function firstOf(pending: readonly (Mutation & { issueId: string })[], maxChars: number): Mutation[] {
  const taken: Mutation[] = [];
  let chars = 0;
  for (const { issueId: _, ...mutation } of pending) {
    chars += JSON.stringify(mutation).length;
    if (taken.length > 0 && chars > maxChars) break;
    taken.push(mutation);
  }
  return taken;
}
