import type { ChangeEvent } from '../../contract/console.ts';

/** More records than this in one event are not named: the reader asks for everything again, which costs less. */
const MAX_NAMED = 200;

export interface Subscriptions {
  publish(event: ChangeEvent): void;
  /** Every event from now until the signal; while the reader is busy, events melt into one. Ends when the signal fires. */
  stream(signal: AbortSignal | undefined): AsyncIterableIterator<ChangeEvent>;
  /** Readers at this moment. */
  readonly readers: number;
}

/** Hands "ask again" to every open screen. Each reader holds at most one event, so a slow one costs bounded memory. */
export function createSubscriptions(): Subscriptions {
  const readers = new Set<(event: ChangeEvent) => void>();
  return {
    publish: event => { for (const tell of readers) tell(event); },
    stream: signal => read(readers, signal),
    get readers() { return readers.size; },
  };
}

async function* read(readers: Set<(event: ChangeEvent) => void>, signal: AbortSignal | undefined): AsyncGenerator<ChangeEvent, void, void> {
  let waiting: ChangeEvent | null = null;
  let wake = (): void => {};
  const tell = (event: ChangeEvent): void => {
    waiting = waiting === null ? event : mergeEvents(waiting, event);
    wake();
  };
  const onAbort = (): void => { wake(); };
  readers.add(tell);
  signal?.addEventListener('abort', onAbort);
  try {
    while (signal?.aborted !== true) {
      const event: ChangeEvent | null = waiting;
      waiting = null;
      if (event !== null) yield event;
      else await new Promise<void>(resolve => { wake = resolve; });
    }
  } finally {
    readers.delete(tell);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** One event that makes a screen ask for no less than the two would, in this order. */
export function mergeEvents(earlier: ChangeEvent, later: ChangeEvent): ChangeEvent {
  const ids = new Set([...earlier.issueIds, ...later.issueIds]);
  const named = !namesNone(earlier) && !namesNone(later) && ids.size <= MAX_NAMED;
  return {
    tables: [...new Set([...earlier.tables, ...later.tables])],
    issueIds: named ? [...ids] : [],
    // Counts are totals since a view was opened, so the later one holds.
    fresh: { ...earlier.fresh, ...later.fresh },
  };
}

/** Records changed, and they were too many to name. */
function namesNone(event: ChangeEvent): boolean {
  return event.tables.includes('issue') && event.issueIds.length === 0;
}
