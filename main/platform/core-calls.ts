import { AppError } from '../../contract/errors.ts';
import type { ImportJob } from '../../contract/imports.ts';
import { StickReport, type FromCore, type ImportReport, type StickRequest, type ToCore } from './core-messages.ts';

export interface RunningImport {
  /** Resolves when the import has ended, cancelled or not; rejects with an `AppError` when it was refused as a whole. */
  done: Promise<ImportReport>;
  cancel(): void;
}

/** What a shell has to its core: the supervisor. */
export interface CoreChannel {
  post(message: ToCore): boolean;
  onMessage(listener: (message: FromCore) => void): unknown;
  onState(listener: (state: { name: string }) => void): unknown;
}

/** What a shell asks of its core for itself, over the process channel. Every call rejects when the core dies meanwhile. */
export class CoreCalls {
  readonly #channel: CoreChannel;
  readonly #waiting = new Map<number, { take: (message: FromCore) => void; fail: (error: AppError) => void }>();
  #next = 1;

  constructor(channel: CoreChannel) {
    this.#channel = channel;
    channel.onMessage(message => { if ('n' in message) this.#waiting.get(message.n)?.take(message); });
    channel.onState(state => {
      if (state.name === 'ready') return;
      for (const { fail } of this.#waiting.values()) fail(new AppError('core/starting'));
    });
  }

  /**
   * Calls a procedure, as whoever is signed in at this console.
   *
   * @param withinMs how long to wait for the answer; without it for as long as the core lives
   * @throws {AppError} the core's refusal, or 'core/starting' when none answers
   */
  call(path: [string, string], input: unknown, withinMs?: number): Promise<unknown> {
    const { n, answer } = this.#ask(number => ({ type: 'call', n: number, path, input }), takeAnswer);
    if (withinMs !== undefined) {
      const timer = setTimeout(() => { this.#waiting.get(n)?.fail(new AppError('core/starting')); }, withinMs);
      const stop = (): void => { clearTimeout(timer); };
      answer.then(stop, stop);
    }
    return answer;
  }

  /** Makes or takes in a stick file in the name of a person whose password the core checks. */
  async stick(request: StickRequest): Promise<StickReport> {
    return StickReport.parse(await this.#ask(n => ({ type: 'stick', n, ...request }), takeAnswer).answer);
  }

  /** Imports a file in the name of a person whose password the core checks. */
  importFile(request: { path: string; login: string; password: string }, onJob: (job: ImportJob) => void): RunningImport {
    const { n, answer } = this.#ask<ImportReport>(number => ({ type: 'import', n: number, ...request }), (message, resolve, reject) => {
      if (message.type === 'import-job') onJob(message.job);
      else if (message.type === 'import-end' && message.error === undefined) resolve(message.report);
      else if (message.type === 'import-end' && message.error !== undefined) reject(new AppError(message.error.code, message.error.facts));
    });
    return { done: answer, cancel: () => { this.#channel.post({ type: 'import-cancel', n }); } };
  }

  #ask<Answer>(
    message: (n: number) => ToCore,
    take: (message: FromCore, resolve: (answer: Answer) => void, reject: (error: AppError) => void) => void,
  ): { n: number; answer: Promise<Answer> } {
    const n = this.#next;
    this.#next += 1;
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(n, { take: reply => { take(reply, resolve, reject); }, fail: reject });
      if (!this.#channel.post(message(n))) reject(new AppError('core/starting'));
    });
    const forget = (): void => { this.#waiting.delete(n); };
    answer.then(forget, forget);
    return { n, answer };
  }
}

function takeAnswer(message: FromCore, resolve: (answer: unknown) => void, reject: (error: AppError) => void): void {
  if (message.type !== 'answer') return;
  if (message.error === undefined) resolve(message.output);
  else reject(new AppError(message.error.code, message.error.facts));
}
