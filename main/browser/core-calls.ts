import { AppError } from '../../contract/errors.ts';
import type { ImportJob } from '../../contract/console.ts';
import type { FromCore, ImportReport, ToCore } from '../platform/core-messages.ts';
import type { Supervisor } from '../supervisor.ts';

export interface RunningImport {
  /** Resolves when the import has ended, cancelled or not; rejects with an `AppError` when it was refused as a whole. */
  done: Promise<ImportReport>;
  cancel(): void;
}

/** What a shell asks of its core for itself, over the process channel. Every call rejects when the core dies meanwhile. */
export class CoreCalls {
  readonly #supervisor: Supervisor;
  readonly #waiting = new Map<number, { take: (message: FromCore) => void; fail: (error: AppError) => void }>();
  #next = 1;

  constructor(supervisor: Supervisor) {
    this.#supervisor = supervisor;
    supervisor.onMessage(message => { if ('n' in message) this.#waiting.get(message.n)?.take(message); });
    supervisor.onState(state => {
      if (state.name === 'ready') return;
      for (const { fail } of this.#waiting.values()) fail(new AppError('core/starting'));
    });
  }

  /** Calls a procedure that anyone may call. @throws {AppError} */
  call(path: [string, string], input: unknown): Promise<unknown> {
    return this.#ask(n => ({ type: 'call', n, path, input }), (message, resolve, reject) => {
      if (message.type !== 'answer') return;
      if (message.error === undefined) resolve(message.output);
      else reject(new AppError(message.error.code, message.error.facts));
    }).answer;
  }

  /** Imports a file in the name of a person whose password the core checks. */
  importFile(request: { path: string; login: string; password: string }, onJob: (job: ImportJob) => void): RunningImport {
    const { n, answer } = this.#ask<ImportReport>(number => ({ type: 'import', n: number, ...request }), (message, resolve, reject) => {
      if (message.type === 'import-job') onJob(message.job);
      else if (message.type === 'import-end' && message.error === undefined) resolve(message.report);
      else if (message.type === 'import-end' && message.error !== undefined) reject(new AppError(message.error.code, message.error.facts));
    });
    return { done: answer, cancel: () => { this.#supervisor.post({ type: 'import-cancel', n }); } };
  }

  #ask<Answer>(
    message: (n: number) => ToCore,
    take: (message: FromCore, resolve: (answer: Answer) => void, reject: (error: AppError) => void) => void,
  ): { n: number; answer: Promise<Answer> } {
    const n = this.#next;
    this.#next += 1;
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(n, { take: reply => { take(reply, resolve, reject); }, fail: reject });
      if (!this.#supervisor.post(message(n))) reject(new AppError('core/starting'));
    });
    const forget = (): void => { this.#waiting.delete(n); };
    answer.then(forget, forget);
    return { n, answer };
  }
}
