/**
 * Runs a round again and again. One that takes longer than `everyMs` is not overtaken by the next; one that fails is reported as `what` and tried again.
 *
 * @returns a function that ends it, once the round under way has ended
 */
export function regularly(round: () => Promise<unknown>, { everyMs, what, report }: { everyMs: number; what: string; report: (what: string, error: unknown) => void }): () => Promise<void> {
  const state: { round: Promise<unknown> | null } = { round: null };
  const timer = setInterval(() => {
    state.round ??= round().catch((error: unknown) => { report(what, error); }).finally(() => { state.round = null; });
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await state.round;
  };
}
