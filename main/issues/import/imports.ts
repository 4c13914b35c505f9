import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ConsoleInputs, ConsoleOutputs, Session } from '../../../contract/console.ts';
import type { ImportJob } from '../../../contract/imports.ts';
import { AppError } from '../../../contract/errors.ts';
import { may } from '../../../contract/permissions.ts';
import { newId, type Id } from '../../../contract/ids.ts';
import { actorOf } from '../../../contract/mutations/facts.ts';
import type { Database } from '../../../db/database.ts';
import { readImportJob, readImportJobs, readImportLines } from '../../../db/stores/imports.ts';
import { readAreas, readSites } from '../../../db/stores/org.ts';
import { readPolicyBook } from '../../../db/stores/policy.ts';
import type { StationRecord, Writer } from '../../../db/writer-api.ts';
import type { SignedInCall } from '../../platform/call.ts';
import type { Clock } from '../../platform/clock.ts';
import { enrolled } from '../../platform/enrolled.ts';
import { areaFinder } from './areas.ts';
import { IMPORT_LIMITS } from './records.ts';
import { runJob, type RunDeps } from './run-job.ts';
import { clearSpools, Spool } from './spool.ts';

export interface ImportsDeps {
  reader: Database; writer: Writer; clock: Clock; correctedNowMs: () => number; station: () => StationRecord | null;
  /** Files on their way in lie in `imports/` below it. */
  dataDir: string;
}

type Part = 'imports';
type Handlers = { [P in keyof ConsoleInputs[Part]]: (input: ConsoleInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> };

/** The one import that is on its way; `job` is its newest state. */
interface ActiveJob { job: ImportJob; spool: Spool | null; stop: AbortController; ended: Promise<void> }

export type Imports = ReturnType<typeof createImports>;

/**
 * Imports of Open311 and CSV files: from the screen in pieces (`handlers`), or from a path (`importFile`). One at a time.
 *
 * @returns also `close`, which stops the running import after its transaction
 */
export function createImports(deps: ImportsDeps) {
  const imports = new ImportDesk(deps);
  const handlers: Handlers = {
    begin: ({ fileName, bytes }) => imports.begin(fileName.split(/[\\/]/).at(-1) ?? '', bytes),
    piece: ({ id, base64 }) => imports.piece(id, base64),
    run: ({ id }, { session }) => imports.run(id, session),
    cancel: ({ id }) => imports.cancel(id),
    get: ({ id }) => imports.get(id),
    list: () => imports.list(),
    lines: async ({ id, status, start, end }) => readImportLines(deps.reader, id, status, start, Math.min(end, start + 500)),
  };
  return {
    handlers,
    importFile: (path: string, session: Session): AsyncIterable<ImportJob> => imports.importFile(path, session),
    close: (): Promise<void> => imports.close(),
  };
}

class ImportDesk {
  readonly #deps: ImportsDeps;
  readonly #folder: string;
  /** Done once what an earlier process left behind has been put in order. */
  readonly #ready: Promise<void>;
  #active: ActiveJob | null = null;

  constructor(deps: ImportsDeps) {
    this.#deps = deps;
    this.#folder = join(deps.dataDir, 'imports');
    this.#ready = this.#failInterrupted();
    // Whoever asks for an import hears of the trouble; before that nobody has to.
    this.#ready.catch(() => undefined);
  }

  async begin(fileName: string, bytes: number): Promise<ImportJob> {
    await this.#makeRoom(bytes);
    const job = this.#newJob(fileName, bytes);
    this.#active = { job, spool: null, stop: new AbortController(), ended: Promise.resolve() };
    this.#active.spool = await Spool.create(this.#folder, `${job.id}.part`);
    await this.#deps.writer.call('import.saveJob', job);
    return job;
  }

  async piece(id: Id, base64: string): Promise<ImportJob> {
    const { active, spool } = this.#receiving(id);
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.toString('base64') !== base64) throw new AppError('import/unreadable');
    if (spool.bytes + bytes.length > active.job.bytes) throw new AppError('import/too-large', { limitMb: active.job.bytes / 1024 / 1024 });
    await spool.append(bytes);
    active.job = { ...active.job, bytesDone: spool.bytes };
    return active.job;
  }

  /** Starts to import what has been received, and answers at once. */
  async run(id: Id, session: Session): Promise<ImportJob> {
    const { active, spool } = this.#receiving(id);
    if (spool.bytes !== active.job.bytes) throw new AppError('import/unreadable', { bytes: spool.bytes, expected: active.job.bytes });
    const runDeps = this.#runDeps(() => spool.remove());
    active.job = { ...active.job, status: 'running', bytesDone: 0 };
    active.ended = this.#follow(active, spool, session, runDeps);
    return active.job;
  }

  /** Stops after the transaction that is being written: what went in stays in. */
  async cancel(id: Id): Promise<ImportJob> {
    await this.#ready;
    const active = this.#active;
    if (active === null || active.job.id !== id) return this.get(id);
    active.stop.abort();
    if (active.job.status === 'receiving') {
      await this.#end(active, { ...active.job, status: 'cancelled', endedAtMs: this.#deps.clock.nowMs() });
    }
    await active.ended;
    return active.job;
  }

  async get(id: Id): Promise<ImportJob> {
    const job = readImportJob(this.#deps.reader, id);
    if (job === null && this.#active?.job.id !== id) throw new AppError('import/not-found');
    return this.#newer(id, job);
  }

  /** The end of a job is in the database, and announced, a moment before the running job knows of it. */
  #newer(id: Id, kept: ImportJob | null): ImportJob {
    const active = this.#active?.job.id === id ? this.#active.job : null;
    if (active !== null && (kept === null || kept.endedAtMs === null)) return active;
    if (kept === null) throw new Error('a job that is neither kept nor running');
    return kept;
  }

  async list(): Promise<ImportJob[]> {
    await this.#ready;
    return readImportJobs(this.#deps.reader).map(job => this.#newer(job.id, job));
  }

  async *importFile(path: string, session: Session): AsyncGenerator<ImportJob> {
    if (!may(session.roles, 'import.run')) throw new AppError('auth/forbidden', { permission: 'import.run' });
    const bytes = await fileSize(path);
    await this.#makeRoom(bytes);
    const runDeps = this.#runDeps(() => Promise.resolve());
    const active: ActiveJob = { job: this.#newJob(basename(path), bytes), spool: null, stop: new AbortController(), ended: Promise.resolve() };
    active.job = { ...active.job, status: 'running' };
    this.#active = active;
    await this.#deps.writer.call('import.saveJob', active.job);
    const { promise, resolve } = Promise.withResolvers<void>();
    active.ended = promise;
    try {
      for await (const job of runJob(active.job, () => createReadStream(path), actorOf(session), active.stop.signal, runDeps)) yield active.job = job;
    } finally {
      this.#active = null;
      if (active.job.endedAtMs === null) {
        await this.#deps.writer.call('import.saveJob', { ...active.job, status: 'cancelled', endedAtMs: this.#deps.clock.nowMs() });
      }
      resolve();
    }
  }

  async close(): Promise<void> {
    await this.#ready.catch(() => undefined);
    const active = this.#active;
    if (active !== null) await this.cancel(active.job.id);
  }

  async #makeRoom(bytes: number): Promise<void> {
    await this.#ready;
    if (bytes > IMPORT_LIMITS.fileBytes) throw new AppError('import/too-large', { limitMb: IMPORT_LIMITS.fileBytes / 1024 / 1024 });
    const active = this.#active;
    if (active !== null && this.#newer(active.job.id, readImportJob(this.#deps.reader, active.job.id)).endedAtMs !== null) await active.ended;
    if (this.#active?.job.status === 'running') throw new AppError('import/busy');
    // A file whose pieces stopped coming (its window is gone) must not block the next one.
    if (this.#active !== null) await this.cancel(this.#active.job.id);
  }

  async #follow(active: ActiveJob, spool: Spool, session: Session, runDeps: RunDeps): Promise<void> {
    try {
      for await (const job of runJob(active.job, () => spool.read(), actorOf(session), active.stop.signal, runDeps)) {
        active.job = job;
      }
    } catch {
      // A broken assumption, not the file's fault. Nobody waits here, so the job itself tells that it has ended; what
      // cannot be removed or saved now is put in order at the next start.
      const error = { code: 'import/interrupted', facts: {} } as const;
      const failed: ImportJob = { ...active.job, status: 'failed', error, endedAtMs: this.#deps.clock.nowMs() };
      await Promise.allSettled([spool.remove(), this.#deps.writer.call('import.saveJob', failed)]);
      active.job = failed;
    }
    if (this.#active === active) this.#active = null;
  }

  async #end(active: ActiveJob, job: ImportJob): Promise<void> {
    active.job = job;
    if (this.#active === active) this.#active = null;
    await active.spool?.remove();
    await this.#deps.writer.call('import.saveJob', job);
  }

  /** An import that a stop or a crash has cut off: its spool is gone, what went in is counted from its lines. */
  async #failInterrupted(): Promise<void> {
    await clearSpools(this.#folder);
    for (const job of readImportJobs(this.#deps.reader).filter(j => j.status === 'receiving' || j.status === 'running')) {
      const count = (status: 'imported' | 'already-there' | 'refused') => readImportLines(this.#deps.reader, job.id, status, 0, 0).total;
      await this.#deps.writer.call('import.saveJob', {
        ...job, status: 'failed', error: { code: 'import/interrupted', facts: {} }, endedAtMs: this.#deps.clock.nowMs(),
        imported: count('imported'), alreadyThere: count('already-there'), refused: count('refused'),
      });
    }
  }

  #newJob(fileName: string, bytes: number): ImportJob {
    const nowMs = this.#deps.clock.nowMs();
    return {
      id: newId(nowMs), fileName, format: null, status: 'receiving', bytes, bytesDone: 0, imported: 0, alreadyThere: 0, refused: 0,
      error: null, startedAtMs: nowMs, endedAtMs: null,
    };
  }

  #receiving(id: Id): { active: ActiveJob; spool: Spool } {
    const active = this.#active;
    if (active === null || active.job.id !== id || active.job.status !== 'receiving' || active.spool === null) throw new AppError('import/not-found');
    return { active, spool: active.spool };
  }

  #runDeps(release: RunDeps['release']): RunDeps {
    const station = enrolled(this.#deps.station());
    const context = { siteId: station.site.id, nowMs: this.#deps.correctedNowMs(), categories: readPolicyBook(this.#deps.reader).at(this.#deps.correctedNowMs()).categories, areasNamed: areaFinder(readAreas(this.#deps.reader), readSites(this.#deps.reader)) };
    return { writer: this.#deps.writer, context, atMs: this.#deps.correctedNowMs, nowMs: () => this.#deps.clock.nowMs(), release };
  }
}

/** @throws {AppError} `import/unreadable` when there is no such file */
async function fileSize(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch (cause) {
    throw new AppError('import/unreadable', {}, { cause });
  }
  throw new AppError('import/unreadable');
}
