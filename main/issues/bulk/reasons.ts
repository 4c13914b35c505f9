import { BULK, type BulkPreview, type BulkReason, type BulkRequest } from '../../../contract/bulk.ts';
import { AppError, type AppErrorData } from '../../../contract/errors.ts';
import type { Issue } from '../../../contract/issue.ts';
import type { Actor } from '../../../contract/mutations/facts.ts';
import { applyIssueMutation } from '../../../contract/mutations/issue.ts';
import { PAYLOADS } from '../../../contract/mutations/payloads.ts';
import type { Database } from '../../../db/database.ts';
import { factsOf } from '../../../db/outbox.ts';

const SAMPLES = 5;

/** Counts records by the reason for which they are left as they are, in the order in which reasons turn up. */
export class Reasons {
  readonly #byReason = new Map<string, BulkReason>();

  add({ code, facts }: AppErrorData, no: string): void {
    const key = JSON.stringify([code, facts]);
    const reason = this.#byReason.get(key) ?? { code, facts, count: 0, samples: [] };
    reason.count += 1;
    if (reason.samples.length < SAMPLES && no !== '') reason.samples.push(no);
    this.#byReason.set(key, reason);
  }

  get list(): BulkReason[] { return [...this.#byReason.values()]; }
}

/**
 * What a bulk action would do to a record now, by the very rule that will judge it, without writing anything.
 *
 * @returns a function of the record: null when it would go through, otherwise the refusal
 * @throws {AppError} `issue/bad-value` for what was given for all
 */
export function judge(reader: Database, request: BulkRequest, { actor, atMs, deviceId }: { actor: Actor; atMs: number; deviceId: string }): (issue: Issue) => AppErrorData | null {
  const { mutation, payloads } = BULK[request.action];
  const facts = factsOf(reader, deviceId, { actor, atMs, provisionalNo: null });
  const payloadOf = payloads(request.given, { categories: facts.policy.at(atMs).categories, atMs });
  return issue => {
    try {
      applyIssueMutation(mutation, issue, PAYLOADS[mutation].parse({ ...payloadOf(issue), id: issue.id }), facts);
      return null;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { code: error.code, facts: error.facts };
    }
  };
}

/** Adds a record's judgement to a preview. */
export function countIn(preview: Pick<BulkPreview, 'will' | 'unchanged'>, reasons: Reasons, refusal: AppErrorData | null, no: string): void {
  if (refusal === null) preview.will += 1;
  else if (refusal.code === 'issue/nothing-changed') preview.unchanged += 1;
  else reasons.add(refusal, no);
}
