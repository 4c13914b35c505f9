import { setImmediate as nextTurn } from 'node:timers/promises';
import { BULK, BULK_ACTIONS, BULK_LIMITS, type BulkAction, type BulkGiven, type BulkJob, type BulkPreview, type BulkRefused, type BulkRequest } from '../../../contract/bulk.ts';
import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../../contract/console.ts';
import { AppError } from '../../../contract/errors.ts';
import { newId, type Id } from '../../../contract/ids.ts';
import { actorOf } from '../../../contract/mutations/facts.ts';
import { MUTATION_PERMISSION } from '../../../contract/mutations/workflow.ts';
import { inScope } from '../../../contract/org.ts';
import { may } from '../../../contract/permissions.ts';
import type { Database } from '../../../db/database.ts';
import { readBulkJob, readBulkRefusals, readLastBulkJob, readRunningBulkJobs, readUndoableLines } from '../../../db/stores/bulk.ts';
import { readForms } from '../../../db/stores/form-texts.ts';
import type { IssueQueries } from '../../../db/stores/issue-queries.ts';
import { readIssue } from '../../../db/stores/issues.ts';
import type { StationRecord, Writer } from '../../../db/writer-api.ts';
import type { SignedInCall } from '../../platform/call.ts';
import type { Clock } from '../../platform/clock.ts';
import { enrolled } from '../../platform/enrolled.ts';
import type { Views } from '../views.ts';
import { countIn, judge, Reasons } from './reasons.ts';
import { runBulk, type BulkWork } from './run.ts';

export interface BulkDeps {
  reader: Database; writer: Writer; clock: Clock; correctedNowMs: () => number; station: () => StationRecord | null;
  views: Views; queries: IssueQueries;
}

type Part = 'bulk';
type Handlers = { [P in keyof ConsoleParsedInputs[Part]]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> | ConsoleOutputs[Part][P] };

/** Records that a preview looks at between two turns of the event loop: some 10 ms. */
const PREVIEW_SLICE = 100;
const MAX_LINES = 500;

/**
 * Bulk actions on what is chosen in a list: what would happen, doing it in batches, and taking it back. One at a time.
 *
 * @returns also `close`, which stops a running one after its transaction
 */
export function createBulk(deps: BulkDeps) {
  const desk = new BulkDesk(deps);
  // A form that is about no record is the workstation's.
  const place = (session: Session, action: BulkAction) => ({ personId: session.personId, issueId: enrolled(deps.station()).deviceId, action: BULK[action].mutation });
  const handlers: Handlers = {
    given: (_input, { session }) => {
      const forms = readForms(deps.reader, session.personId, enrolled(deps.station()).deviceId);
      return Object.fromEntries(BULK_ACTIONS.flatMap(action => forms.filter(form => form.action === BULK[action].mutation).map(({ fields }) => [action, fields]))) as BulkGiven;
    },
    async keep({ action, given, turn }, { session }) {
      if (Object.keys(given).length > 0) return deps.writer.call('form.save', { ...place(session, action), fields: given, atMs: deps.correctedNowMs(), turn });
      await deps.writer.call('form.remove', { ...place(session, action), turn });
      return { savedAtMs: deps.correctedNowMs() };
    },
    preview: ({ viewId, request }, { session }) => desk.preview(viewId, request, session),
    start: ({ viewId, request }, { session }) => desk.start(viewId, request, session),
    cancel: ({ id }, { session }) => desk.cancel(id, session),
    undo: ({ id }, { session }) => desk.undo(id, session),
    current: (_input, { session }) => desk.current(session),
    refused: ({ id, start, end }, { session }) => desk.refused(id, start, Math.min(end, start + MAX_LINES), session),
  };
  return { handlers, close: (): Promise<void> => desk.close() };
}

interface ActiveJob { job: BulkJob; personId: Id; stop: AbortController; ended: Promise<void> }

class BulkDesk {
  readonly #deps: BulkDeps;
  /** Done once what an earlier process left unfinished has been told so. */
  readonly #ready: Promise<void>;
  #active: ActiveJob | null = null;

  constructor(deps: BulkDeps) {
    this.#deps = deps;
    this.#ready = this.#endInterrupted();
    // Whoever asks for a bulk action hears of the trouble; before that nobody has to.
    this.#ready.catch(() => undefined);
  }

  async preview(viewId: string, request: BulkRequest, session: Session): Promise<BulkPreview> {
    const ids = this.#chosen(viewId, request, session);
    const judged = judge(this.#deps.reader, request, { actor: actorOf(session), atMs: this.#deps.correctedNowMs(), deviceId: this.#station().deviceId });
    const reasons = new Reasons();
    const preview = { chosen: ids.length, will: 0, unchanged: 0 };
    for (const [i, id] of ids.entries()) {
      const issue = readIssue(this.#deps.reader, id)?.issue;
      const refusal = issue === undefined ? { code: 'issue/not-found' as const, facts: {} } : judged(issue);
      countIn(preview, reasons, refusal, issue?.displayNo ?? issue?.provisionalNo ?? '');
      if (i % PREVIEW_SLICE === PREVIEW_SLICE - 1) await nextTurn();
    }
    return { ...preview, reasons: reasons.list };
  }

  async start(viewId: string, request: BulkRequest, session: Session): Promise<BulkJob> {
    await this.#ready;
    const ids = this.#chosen(viewId, request, session);
    BULK[request.action].payloads(request.given, { categories: [], atMs: 0 });
    return this.#begin({ request, items: ids.map((id, line) => ({ line, id })) }, { action: request.action, undoOf: null }, session);
  }

  /** Stops between two transactions: what is written stays written, the rest stays chosen. */
  async cancel(id: Id, session: Session): Promise<BulkJob> {
    const active = this.#active;
    if (active !== null && active.job.id === id && active.personId === session.personId) {
      active.stop.abort();
      await active.ended;
    }
    return this.#job(id, session);
  }

  /** Takes a bulk edit back where nobody has changed the same field since. */
  async undo(id: Id, session: Session): Promise<BulkJob> {
    await this.#ready;
    await this.#kept();
    const job = this.#job(id, session);
    if (job.undoUntilMs === null || job.undoUntilMs < this.#deps.clock.nowMs()) throw new AppError('bulk/undo-over');
    return this.#begin({ request: null, items: readUndoableLines(this.#deps.reader, id) }, { action: job.action, undoOf: id }, session, async () => {
      await this.#save({ ...job, undoUntilMs: null }, session.personId);
    });
  }

  async current({ personId }: Session): Promise<BulkJob | null> {
    await this.#ready;
    return this.#active?.personId === personId ? this.#active.job : readLastBulkJob(this.#deps.reader, personId);
  }

  refused(id: Id, start: number, end: number, session: Session): BulkRefused {
    this.#job(id, session);
    const { total, lines } = readBulkRefusals(this.#deps.reader, id, start, end);
    return {
      total, lines: lines.map(({ issueId, error }) => {
        const issue = readIssue(this.#deps.reader, issueId)?.issue;
        const isVisible = issue !== undefined && inScope(session.scope, issue);
        return { issueId, error, no: isVisible ? issue.displayNo ?? issue.provisionalNo : '', description: isVisible ? issue.description.slice(0, 120) : '' };
      }),
    };
  }

  async close(): Promise<void> {
    await this.#ready.catch(() => undefined);
    this.#active?.stop.abort();
    await this.#active?.ended;
  }

  /** The chosen records in the order of the list. @throws {AppError} `auth/forbidden`, `bulk/nothing-chosen`, `bulk/too-many`, `queue/view-gone` */
  #chosen(viewId: string, { action }: BulkRequest, session: Session): Id[] {
    const permission = MUTATION_PERMISSION[BULK[action].mutation];
    if (!may(session.roles, permission)) throw new AppError('auth/forbidden', { permission });
    const { count, rids } = this.#deps.views.chosen(viewId, session, BULK_LIMITS.records);
    if (count === 0) throw new AppError('bulk/nothing-chosen');
    if (count > BULK_LIMITS.records) throw new AppError('bulk/too-many', { limit: BULK_LIMITS.records });
    const byRid = this.#deps.queries.idsByRid(rids);
    return rids.map(rid => byRid.get(rid)).filter(id => id !== undefined);
  }

  async #begin({ request, items }: Pick<BulkWork, 'request' | 'items'>, { action, undoOf }: Pick<BulkJob, 'action' | 'undoOf'>, session: Session, onDone?: () => Promise<void>): Promise<BulkJob> {
    await this.#kept();
    if (this.#active !== null) throw new AppError('bulk/busy');
    const { clock, correctedNowMs, writer, queries, views } = this.#deps;
    const nowMs = clock.nowMs();
    const job: BulkJob = {
      id: newId(nowMs), action, undoOf, status: 'running', total: items.length, done: 0, unchanged: 0, refused: 0, partly: 0,
      error: null, startedAtMs: nowMs, endedAtMs: null, undoUntilMs: null,
    };
    const active: ActiveJob = { job, personId: session.personId, stop: new AbortController(), ended: Promise.resolve() };
    this.#active = active;
    try {
      await this.#save(job, session.personId);
    } catch (error) {
      this.#active = null;
      throw error;
    }
    const work: BulkWork = {
      request, items, actor: actorOf(session), atMs: correctedNowMs, signal: active.stop.signal, writer,
      onBatch: (now, lines) => {
        active.job = now;
        // What is done is chosen no longer; what was refused stays so.
        views.letGo(session.personId, lines.filter(line => line.end !== 'refused').map(line => queries.rid(line.id)).filter(rid => rid !== null));
      },
    };
    active.ended = this.#follow(active, work, onDone);
    return job;
  }

  async #follow(active: ActiveJob, work: BulkWork, onDone?: () => Promise<void>): Promise<void> {
    const { job, error } = await runBulk(active.job, work);
    const endedAtMs = this.#deps.clock.nowMs();
    const status = error !== null ? 'failed' : work.signal.aborted && job.done + job.unchanged + job.refused < job.total ? 'cancelled' : 'done';
    const canUndo = job.undoOf === null && BULK[job.action].canUndo && job.done > 0;
    const ended: BulkJob = { ...job, status, error, endedAtMs, undoUntilMs: canUndo ? endedAtMs + BULK_LIMITS.undoMs : null };
    active.job = ended;
    // Nobody waits here: what cannot be kept now is put in order at the next start.
    await this.#save(ended, active.personId).catch(() => undefined);
    this.#active = null;
    if (status === 'done') await onDone?.().catch(() => undefined);
  }

  /** Bulk actions that a stop or a crash has cut off: what is written is counted, and can be taken back from now on. */
  async #endInterrupted(): Promise<void> {
    const nowMs = this.#deps.clock.nowMs();
    for (const { job, personId } of readRunningBulkJobs(this.#deps.reader)) {
      const canUndo = job.undoOf === null && BULK[job.action].canUndo && job.done > 0;
      await this.#save({ ...job, status: 'failed', error: { code: 'bulk/interrupted', facts: {} }, endedAtMs: nowMs, undoUntilMs: canUndo ? nowMs + BULK_LIMITS.undoMs : null }, personId);
    }
  }

  /** A bulk action that has ended is told so a moment before that is in the database. */
  async #kept(): Promise<void> {
    if (this.#active !== null && this.#active.job.endedAtMs !== null) await this.#active.ended;
  }

  #job(id: Id, { personId }: Session): BulkJob {
    const job = readBulkJob(this.#deps.reader, id, personId);
    if (job === null) throw new AppError('bulk/not-found');
    return job;
  }

  #save(job: BulkJob, personId: Id): Promise<null> {
    return this.#deps.writer.call('bulk.saveJob', { job, personId });
  }

  #station(): StationRecord {
    return enrolled(this.#deps.station());
  }
}
