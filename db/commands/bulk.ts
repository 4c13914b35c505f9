import { BULK, undoPayload, type BulkJob, type BulkUndo } from '../../contract/bulk.ts';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { FieldChange } from '../../contract/mutations/named-part.ts';
import { readBulkUndo, removeOldBulkJobs, writeBulkJob, writeBulkLine } from '../stores/bulk.ts';
import { readIssue } from '../stores/issues.ts';
import { readPolicyBook } from '../stores/policy.ts';
import { requireStation } from '../stores/station.ts';
import { writeMutation } from '../unit-of-work.ts';
import type { Work } from '../work.ts';
import type { BulkBatch, BulkLine } from '../writer-api.ts';
import type { Commands } from './command.ts';

const KEPT_MS = 86_400_000;

export const BULK_COMMANDS: Commands<'bulk.batch' | 'bulk.saveJob'> = {
  'bulk.batch': (work, batch) => {
    const writeOne = writerOf(work, batch);
    const job = { ...batch.job };
    const lines = batch.items.map(item => lineOf(work, job, item, writeOne));
    writeBulkJob(work, job, batch.actor.personId);
    return { job, lines };
  },
  'bulk.saveJob': (work, { job, personId }) => {
    removeOldBulkJobs(work, job.startedAtMs - KEPT_MS);
    writeBulkJob(work, job, personId);
    return null;
  },
};

/** What undoes it, if anything can, and how many fields it had to leave as they are. */
interface Written { undo: BulkUndo | null; kept: number }
type WriteOne = (issue: Issue, line: number) => Written;

function writerOf(work: Work, { job, request, actor, atMs }: BulkBatch): WriteOne {
  const { deviceId } = requireStation(work.db);
  const { mutation, canUndo, payloads } = BULK[job.action];
  const write = (id: Id, payload: Record<string, unknown>): void => {
    writeMutation(work, { actor, name: mutation, payload: { ...payload, id }, atMs, provisionalNo: null });
  };
  if (request === null) {
    return (issue, line) => {
      const set = job.undoOf === null ? null : readBulkUndo(work.db, job.undoOf, line);
      if (set === null) throw new AppError('bulk/changed-since');
      const { payload, kept } = undoPayload(issue, set);
      write(issue.id, payload);
      return { undo: null, kept };
    };
  }
  const payloadOf = payloads(request.given, { categories: readPolicyBook(work.db).at(atMs).categories, atMs });
  return issue => {
    const payload = payloadOf(issue);
    write(issue.id, payload);
    return { undo: canUndo ? { atMs, byId: actor.personId, deviceId, fields: payload['fields'] as Record<string, FieldChange> } : null, kept: 0 };
  };
}

/** One record: changed, so already, or refused; what a refused one had begun is undone. Counts it in the job. */
function lineOf(work: Work, job: BulkJob, { line, id }: BulkBatch['items'][number], writeOne: WriteOne): BulkLine {
  try {
    // A transaction inside a transaction is a savepoint.
    const { undo, kept } = work.db.transaction(() => {
      const issue = readIssue(work.db, id)?.issue;
      if (issue === undefined) throw new AppError('issue/not-found');
      return writeOne(issue, line);
    })();
    writeBulkLine(work, job.id, { line, id, error: null }, undo);
    job.done += 1;
    job.partly += kept > 0 ? 1 : 0;
    return { line, id, end: 'done', error: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'issue/nothing-changed') {
      job.unchanged += 1;
      return { line, id, end: 'unchanged', error: null };
    }
    const told = { code: error.code, facts: error.facts };
    writeBulkLine(work, job.id, { line, id, error: told }, null);
    job.refused += 1;
    return { line, id, end: 'refused', error: told };
  }
}
