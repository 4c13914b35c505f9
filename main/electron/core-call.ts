import { AppError } from '../../contract/errors.ts';
import type { Supervisor } from '../supervisor.ts';

/** Asks the core for a procedure that anyone may call; one at a time under its own number. */
export class CoreCaller {
  readonly #supervisor: Pick<Supervisor, 'post' | 'onMessage'>;
  #last = 0;

  constructor(supervisor: Pick<Supervisor, 'post' | 'onMessage'>) {
    this.#supervisor = supervisor;
  }

  /**
   * @param withinMs how long to wait for the answer
   * @throws {AppError} the core's refusal, or 'core/starting' when none answers in time
   */
  call(path: [string, string], input: unknown, withinMs: number): Promise<unknown> {
    this.#last += 1;
    const n = this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => { end(); reject(new AppError('core/starting')); }, withinMs);
      const stopListening = this.#supervisor.onMessage(message => {
        if (message.type !== 'answer' || message.n !== n) return;
        end();
        if (message.error === undefined) resolve(message.output);
        else reject(new AppError(message.error.code, message.error.facts));
      });
      const end = (): void => { clearTimeout(timer); stopListening(); };
      if (!this.#supervisor.post({ type: 'call', n, path, input })) {
        end();
        reject(new AppError('core/starting'));
      }
    });
  }
}
