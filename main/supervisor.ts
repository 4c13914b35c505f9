import { AppError, type AppErrorData } from '../contract/errors.ts';
import type { Clock } from './platform/clock.ts';
import { FromCore, type ToCore } from './platform/core-messages.ts';
import type { Log } from './platform/log.ts';
import { decideRestart } from './platform/restart-policy.ts';

/** A core process as its shell sees it, whether Node or Electron forked it. */
export interface CoreChild {
  readonly pid: number | undefined;
  /** @param handle a socket (Node) or message ports (Electron) that go along */
  post(message: ToCore, handle?: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process has ended. */
  onExit(listener: (how: string) => void): void;
  /** At once and without asking (SIGKILL). */
  kill(): void;
}

export type SupervisorState =
  | { name: 'idle' }
  | { name: 'starting' }
  | { name: 'ready'; stepsMs: Record<string, number> }
  | { name: 'restarting'; delayMs: number }
  /** Not started again: it died too often ('core/gave-up'), or said why it cannot start. */
  | { name: 'gave-up'; error: AppErrorData }
  | { name: 'stopped' };

export interface SupervisorDeps {
  fork: () => CoreChild;
  start: { dataDir: string; keyHex: string; version: string };
  clock: Clock;
  log: Log;
}

/** How long a core may take to end in order before it is killed. */
const STOP_WITHIN_MS = 10_000;

/** Keeps one core process running for a shell. */
export class Supervisor {
  readonly #deps: SupervisorDeps;
  readonly #stateListeners = new Set<(state: SupervisorState) => void>();
  readonly #messageListeners = new Set<(message: FromCore) => void>();
  readonly #deathsAtMs: number[] = [];
  #state: SupervisorState = { name: 'idle' };
  #child: CoreChild | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasBeenReady = false;
  #stopping: Promise<void> | null = null;

  constructor(deps: SupervisorDeps) {
    this.#deps = deps;
  }

  get state(): SupervisorState {
    return this.#state;
  }

  /** Process id of the core that runs now. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Calls back after each change of state; gives the function that ends it. */
  onState(listener: (state: SupervisorState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => { this.#stateListeners.delete(listener); };
  }

  /** Calls back with what the core says besides starting and ending; gives the function that ends it. */
  onMessage(listener: (message: FromCore) => void): () => void {
    this.#messageListeners.add(listener);
    return () => { this.#messageListeners.delete(listener); };
  }

  /** Starts the core. Also once more after it gave up, when a person has asked for another try. */
  start(): void {
    if (this.#child !== null || this.#stopping !== null) return;
    this.#deathsAtMs.length = 0;
    this.#launch();
  }

  /** Resolves once the core is ready; @throws {AppError} when it gave up or was stopped before. */
  async ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const check = (state: SupervisorState): void => {
        if (state.name === 'ready') resolve();
        else if (state.name === 'gave-up') reject(new AppError(state.error.code, state.error.facts));
        else if (state.name === 'stopped') reject(new AppError('core/starting'));
        else return;
        end();
      };
      const end = this.onState(check);
      check(this.#state);
    });
  }

  /** Hands a message to the core; false when none is ready to take it. */
  post(message: ToCore, handle?: unknown): boolean {
    if (this.#child === null || this.#state.name !== 'ready') return false;
    this.#child.post(message, handle);
    return true;
  }

  /** Ends the core in order and waits for it; kills it when that takes over ten seconds. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopNow();
    return this.#stopping;
  }

  async #stopNow(): Promise<void> {
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child !== null) {
      await new Promise<void>(resolve => {
        const hurry = setTimeout(() => {
          this.#deps.log.warn({ pid: child.pid }, 'core did not stop in time and was killed');
          child.kill();
        }, STOP_WITHIN_MS);
        child.onExit(() => { clearTimeout(hurry); resolve(); });
        child.post({ type: 'stop' });
      });
    }
    this.#become({ name: 'stopped' });
  }

  #launch(): void {
    this.#become({ name: 'starting' });
    const child = this.#deps.fork();
    this.#child = child;
    const failure = { error: null as AppErrorData | null };
    child.onMessage(raw => {
      const parsed = FromCore.safeParse(raw);
      if (!parsed.success) this.#deps.log.warn({ error: parsed.error }, 'core said something unknown');
      else if (parsed.data.type === 'failed') failure.error = parsed.data.error;
      else this.#hear(parsed.data);
    });
    child.onExit(how => { this.#childEnded(how, failure.error); });
    child.post({ type: 'start', ...this.#deps.start, resume: this.#hasBeenReady });
  }

  #hear(message: FromCore): void {
    if (message.type === 'ready') {
      this.#hasBeenReady = true;
      this.#become({ name: 'ready', stepsMs: message.stepsMs });
      return;
    }
    for (const listener of this.#messageListeners) listener(message);
  }

  #childEnded(how: string, failure: AppErrorData | null): void {
    this.#child = null;
    if (this.#stopping !== null) return;
    // A core that can say why it does not start would say the same again.
    if (failure !== null && failure.code !== 'internal/unexpected') {
      this.#become({ name: 'gave-up', error: failure });
      return;
    }
    const nowMs = this.#deps.clock.nowMs();
    this.#deathsAtMs.push(nowMs);
    const decision = decideRestart(this.#deathsAtMs, nowMs);
    this.#deps.log.error({ how, decision }, 'core died');
    if (!decision.restart) {
      this.#become({ name: 'gave-up', error: { code: 'core/gave-up', facts: { deaths: decision.deaths } } });
      return;
    }
    this.#become({ name: 'restarting', delayMs: decision.delayMs });
    this.#timer = setTimeout(() => { this.#launch(); }, decision.delayMs);
  }

  #become(state: SupervisorState): void {
    this.#state = state;
    if (state.name !== 'starting') this.#deps.log.info({ state: state.name, ...(state.name === 'ready' ? { stepsMs: state.stepsMs } : {}) }, 'core state');
    for (const listener of [...this.#stateListeners]) listener(state);
  }
}
