import { errorOf } from './ui/error-text.ts';

/** Where the typed text is: `atMs` is when the core said that it has it, never when we sent it. */
export type SaveState =
  | { kind: 'clean' }
  | { kind: 'saving' }
  | { kind: 'saved'; atMs: number }
  | { kind: 'failed'; error: unknown; willRetry: boolean };

export interface DraftSaverOptions<Fields> {
  save: (fields: Fields) => Promise<{ savedAtMs: number }>;
  onState: (state: SaveState) => void;
  /** Whether the same text may succeed later (the core restarts) or never will (too long). */
  mayRetry: (error: unknown) => boolean;
  delayMs: number;
  retryMs: number;
}

/** How typed words are saved: after a pause too short to notice, and again while the core is away or the window is locked. */
export const SAVING = {
  delayMs: 120, retryMs: 1_000,
  mayRetry(error: unknown): boolean {
    const { code } = errorOf(error);
    return !code.startsWith('draft/') && !code.startsWith('input/') && !code.startsWith('issue/') && code !== 'auth/forbidden';
  },
};

/** What the core has not said that it has: when it was put, counted over all forms of the page, and what sends it once more with nothing waited for. */
export interface Unsaid { n: number; say: () => void }

const puts = { n: 0 };

export interface DraftSaver<Fields> {
  /** The form as it is now; saved within `delayMs`, the newest text winning. */
  put(fields: Fields): void;
  /** Saves at once what is not saved yet; resolves when the core has answered, rejects with its refusal. */
  flush(): Promise<void>;
  /** For a page that goes. */
  unsaid(): Unsaid[];
  /** The form has gone: what was put and not saved is still sent, again and again until the core has it. */
  close(): void;
  /** The draft is no longer wanted (received or removed): nothing more is sent. */
  stop(): void;
}

/** The page goes, and not all that it has to say may find room: what was put last goes first. */
export function sayLast(keepers: Iterable<Pick<DraftSaver<never>, 'unsaid'>>): void {
  for (const { say } of [...keepers].flatMap(keeper => keeper.unsaid()).toSorted((a, b) => b.n - a.n)) say();
}

/**
 * Saves a form as it is typed, one save at a time, so that an older text never lands on a newer one. A failed save keeps
 * the text and tries again until the core is back: nothing is said to be saved before the core has said so.
 */
export function createDraftSaver<Fields>(options: DraftSaverOptions<Fields>): DraftSaver<Fields> {
  const state: { waiting: Fields | undefined; sending: Fields | undefined; running: Promise<void> | undefined; timer: ReturnType<typeof setTimeout> | undefined; closed: boolean; stopped: boolean; putN: number } =
    { waiting: undefined, sending: undefined, running: undefined, timer: undefined, closed: false, stopped: false, putN: 0 };

  const tell = (next: SaveState): void => { if (!state.closed) options.onState(next); };
  const after = (ms: number): void => {
    clearTimeout(state.timer);
    if (!state.stopped) state.timer = setTimeout(() => { send().catch(() => undefined); }, ms);
  };

  async function sendOnce(fields: Fields): Promise<void> {
    state.waiting = undefined;
    state.sending = fields;
    try {
      const answer = await options.save(fields);
      if (state.waiting === undefined) tell({ kind: 'saved', atMs: answer.savedAtMs });
    } catch (error) {
      if (!state.stopped) state.waiting ??= fields;
      const willRetry = options.mayRetry(error);
      tell({ kind: 'failed', error, willRetry });
      if (willRetry) after(options.retryMs);
      throw error;
    } finally {
      state.sending = undefined;
    }
  }

  async function send(): Promise<void> {
    clearTimeout(state.timer);
    while (state.running !== undefined) await state.running.catch(() => undefined);
    if (state.waiting === undefined) return;
    state.running = sendOnce(state.waiting).finally(() => { state.running = undefined; });
    await state.running;
  }

  return {
    put(fields) {
      state.waiting = fields;
      puts.n += 1;
      state.putN = puts.n;
      tell({ kind: 'saving' });
      after(options.delayMs);
    },
    flush: send,
    unsaid() {
      const fields = state.waiting ?? state.sending;
      return fields === undefined || state.stopped ? [] : [{ n: state.putN, say: () => { options.save(fields).catch(() => undefined); } }];
    },
    close() {
      state.closed = true;
      send().catch(() => undefined);
    },
    stop() {
      state.closed = true;
      state.stopped = true;
      state.waiting = undefined;
      clearTimeout(state.timer);
    },
  };
}
