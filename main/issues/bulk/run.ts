import { BULK_LIMITS, type BulkJob, type BulkRequest } from '../../../contract/bulk.ts';
import { AppError, type AppErrorData } from '../../../contract/errors.ts';
import type { Actor } from '../../../contract/mutations/facts.ts';
import type { BulkBatch, BulkLine, Writer } from '../../../db/writer-api.ts';

/** A bulk action with all its records; `request` null takes back what `job.undoOf` did. */
export interface BulkWork {
  request: BulkRequest | null; items: BulkBatch['items']; actor: Actor; atMs: () => number; signal: AbortSignal; writer: Writer;
  /** After each transaction: the job as it is now, and how its records fared. */
  onBatch: (job: BulkJob, lines: BulkLine[]) => void;
}

/** Writes batch after batch until all is done or `signal` says stop. Never throws: trouble ends the work, and what is written stays. */
export async function runBulk(start: BulkJob, { request, items, actor, atMs, signal, writer, onBatch }: BulkWork): Promise<{ job: BulkJob; error: AppErrorData | null }> {
  let job = start;
  try {
    for (let at = 0; at < items.length && !signal.aborted; at += BULK_LIMITS.batch) {
      const written = await writer.call('bulk.batch', { job, actor, atMs: atMs(), items: items.slice(at, at + BULK_LIMITS.batch), request });
      job = written.job;
      onBatch(job, written.lines);
    }
    return { job, error: null };
  } catch (error) {
    return { job, error: error instanceof AppError ? { code: error.code, facts: error.facts } : { code: 'internal/unexpected', facts: {} } };
  }
}
