import { inScope, type Scope, type Service } from '../contract/org.ts';
import type { Id } from '../contract/ids.ts';
import type { RowWrite } from './store.ts';

/** What a commit touched: the places of records, and whether the organisation changed (that concerns everyone). */
export interface Touched { organisation: boolean; records: { siteId: Id; service: Service }[] }

/** Tells open consoles that there is something to pull. Holds no data: a signal that is lost costs a pull, never a row. */
export interface LiveHub {
  /** After each commit. On several server processes this is where NOTIFY belongs. */
  publish(seq: number, touched: Touched): void;
  /** Signals for one station until `signal` aborts, the station is cut, or the hub closes. Several commits become one signal. */
  listen(deviceId: Id, scope: Scope, signal: AbortSignal | undefined): AsyncGenerator<{ seq: number }>;
  /** Ends the station's streams at once: its right was taken away. */
  cut(deviceId: Id): void;
  close(): void;
}

interface Listener { deviceId: Id; scope: Scope; latest: number | null; ended: boolean; wake: () => void }

export function touchedBy(rows: readonly RowWrite[]): Touched {
  const records = new Map<string, { siteId: Id; service: Service }>();
  for (const row of rows) {
    if (row.kind === 'issue' && row.siteId !== null && row.service !== null) {
      records.set(`${row.siteId} ${row.service}`, { siteId: row.siteId, service: row.service });
    }
  }
  return { organisation: rows.some(row => row.kind !== 'issue'), records: [...records.values()] };
}

export function createLiveHub(): LiveHub {
  const listeners = new Set<Listener>();
  const end = (listener: Listener): void => { listener.ended = true; listener.wake(); };

  async function* listen(deviceId: Id, scope: Scope, signal: AbortSignal | undefined): AsyncGenerator<{ seq: number }> {
    const listener: Listener = { deviceId, scope, latest: null, ended: signal?.aborted ?? false, wake: () => undefined };
    const abort = (): void => end(listener);
    signal?.addEventListener('abort', abort);
    listeners.add(listener);
    try {
      while (!listener.ended) {
        const seq = listener.latest;
        listener.latest = null;
        if (seq !== null) yield { seq };
        else await new Promise<void>(resolve => { listener.wake = resolve; });
      }
    } finally {
      listeners.delete(listener);
      signal?.removeEventListener('abort', abort);
    }
  }

  return {
    publish(seq, touched) {
      for (const listener of listeners) {
        const concerned = touched.organisation || touched.records.some(record => inScope(listener.scope, record));
        if (!concerned) continue;
        listener.latest = seq;
        listener.wake();
      }
    },
    listen,
    cut(deviceId) { for (const listener of listeners) if (listener.deviceId === deviceId) end(listener); },
    close() { for (const listener of listeners) end(listener); },
  };
}
