export interface Latest<Input> {
  /** Asks after a pause of `delayMs`; whatever was asked before is aborted and its answer never delivered. */
  ask(input: Input): void;
  /** Aborts what is under way; nothing more is delivered for it. */
  cancel(): void;
}

/**
 * Keeps only the newest question alive, so that a slow answer to an old text never stands under a new one.
 *
 * @param run must pass the signal on
 */
export function createLatest<Input, Output>(options: {
  run: (input: Input, signal: AbortSignal) => Promise<Output>;
  onAnswer: (input: Input, output: Output) => void;
  onError: (input: Input, error: unknown) => void;
  delayMs: number;
}): Latest<Input> {
  const state: { abort: AbortController | undefined; timer: ReturnType<typeof setTimeout> | undefined } = { abort: undefined, timer: undefined };

  const cancel = (): void => {
    clearTimeout(state.timer);
    state.abort?.abort();
    state.abort = undefined;
  };
  async function start(input: Input): Promise<void> {
    const abort = new AbortController();
    state.abort = abort;
    try {
      const output = await options.run(input, abort.signal);
      if (!abort.signal.aborted) options.onAnswer(input, output);
    } catch (error) {
      if (!abort.signal.aborted) options.onError(input, error);
    }
  }
  return {
    ask(input) {
      cancel();
      state.timer = setTimeout(() => { void start(input); }, options.delayMs);
    },
    cancel,
  };
}
