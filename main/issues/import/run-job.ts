import type { ImportJob, ImportLine } from '../../../contract/imports.ts';
import { AppError } from '../../../contract/errors.ts';
import { LIMITS } from '../../../contract/issue.ts';
import type { Actor } from '../../../contract/mutations/facts.ts';
import type { ImportItem, Writer } from '../../../db/writer-api.ts';
import { mapRecord, type MapContext } from './map.ts';
import { readRecords } from './read-records.ts';
import type { BrokenRecord, SourceRecord } from './records.ts';
import { refusalOf } from './refuse.ts';

export interface RunDeps {
  writer: Writer; context: MapContext; atMs: () => number; nowMs: () => number;
  /** Lets go of the file; done before the end is announced, so that whoever hears of it finds nothing left. */
  release: () => Promise<void>;
}

const BATCH_LINES = 150;

/**
 * Imports a file: once through to see that it is whole and harmless, so that nothing of a refused file goes in, then
 * again to receive it, 150 lines a transaction. The job tells how it ended and never throws for what the file holds.
 *
 * @param file gives the file's bytes, each time from the start
 * @param signal cancels between two transactions: what is in stays in
 * @returns the job after each transaction, the last one ended
 */
export async function* runJob(start: ImportJob, file: () => AsyncIterable<Uint8Array>, actor: Actor, signal: AbortSignal, deps: RunDeps): AsyncGenerator<ImportJob> {
  const runner = new JobRunner({ ...start, status: 'running', bytesDone: 0 }, actor, deps);
  try {
    for await (const piece of readRecords(file())) {
      if (signal.aborted) break;
      runner.noteFormat(piece.format);
    }
    for await (const piece of readRecords(file())) {
      if (signal.aborted) break;
      runner.add(piece.records, piece.broken, piece.bytesDone);
      while (runner.hasBatch && !signal.aborted) yield await runner.writeBatch();
    }
    while (runner.hasLines && !signal.aborted) yield await runner.writeBatch();
    yield await runner.finish(signal.aborted ? 'cancelled' : 'done', null);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    yield await runner.finish('failed', error);
  }
}

class JobRunner {
  readonly #actor: Actor;
  readonly #deps: RunDeps;
  #job: ImportJob;
  #items: ImportItem[] = [];
  #broken: BrokenRecord[] = [];
  #bytesRead = 0;

  constructor(job: ImportJob, actor: Actor, deps: RunDeps) {
    this.#job = job;
    this.#actor = actor;
    this.#deps = deps;
  }

  get hasLines(): boolean { return this.#items.length + this.#broken.length > 0; }
  get hasBatch(): boolean { return this.#items.length >= BATCH_LINES || this.#broken.length >= BATCH_LINES; }

  noteFormat(format: ImportJob['format']): void {
    this.#job = { ...this.#job, format };
  }

  add(records: readonly SourceRecord[], broken: readonly BrokenRecord[], bytesRead: number): void {
    this.#broken.push(...broken);
    for (const record of records) {
      const refusal = refusalOf(record);
      if (refusal === null) this.#items.push(mapRecord(record, this.#deps.context)); else this.#broken.push(refusal);
    }
    this.#bytesRead = bytesRead;
  }

  async writeBatch(): Promise<ImportJob> {
    const items = this.#items.splice(0, BATCH_LINES);
    const refused: ImportLine[] = this.#broken.splice(0, BATCH_LINES).map(broken => ({
      line: broken.line, status: 'refused', ref: (broken.ref ?? '').slice(0, LIMITS.sourceRef), issueId: null, error: { code: broken.code, facts: broken.facts }, warnings: [],
    }));
    const job = { ...this.#job, bytesDone: this.#bytesRead };
    const { lines } = await this.#deps.writer.call('import.batch', { jobId: job.id, actor: this.#actor, atMs: this.#deps.atMs(), items, refused, job });
    const count = (status: ImportLine['status']) => lines.filter(line => line.status === status).length;
    this.#job = {
      ...job, imported: job.imported + count('imported'), alreadyThere: job.alreadyThere + count('already-there'), refused: job.refused + count('refused'),
    };
    return this.#job;
  }

  async finish(status: ImportJob['status'], error: AppError | null): Promise<ImportJob> {
    this.#job = {
      ...this.#job, status, error: error === null ? null : { code: error.code, facts: error.facts }, endedAtMs: this.#deps.nowMs(),
      bytesDone: status === 'done' ? this.#job.bytes : this.#job.bytesDone,
    };
    await this.#deps.release();
    await this.#deps.writer.call('import.saveJob', this.#job);
    return this.#job;
  }
}
