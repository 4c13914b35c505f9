import { z } from 'zod';
import { Id } from '../contract/ids.ts';
import { inScope, type Scope, type Service } from '../contract/org.ts';
import { createPacer } from './pacer.ts';

/** What the database notifies (migration 70): a commit and the places that it touched (a site, and the lines of its records as `lineKey` writes them), all of them where none are named; or a station cut off. */
export const Signal = z.union([
  z.object({ seq: z.number(), places: z.array(z.tuple([Id, z.string().max(60)])).optional() }),
  z.object({ cut: Id }),
]);
export type Signal = z.infer<typeof Signal>;

/** Tells open consoles that there is something to pull. Holds no data: a signal that is lost costs a pull, never a row. */
export interface LiveHub {
  /** What a commit, of this server or another, has touched; or that a station's streams end. */
  publish(signal: Signal): void;
  /**
   * Signals for one station until `signal` aborts, the station is cut, or the hub closes. Several commits become one signal.
   *
   * @param first where the province stands, asked once nothing can be missed any more
   */
  listen(deviceId: Id, scope: Scope, signal: AbortSignal | undefined, first: () => Promise<number>): AsyncGenerator<{ seq: number }>;
  close(): void;
}

interface Listener { deviceId: Id; scope: Scope; latest: number | null; ended: boolean; wake: () => void }

/** @param underWay requests that wait for their answer: while they are many, consoles are told later */
export function createLiveHub(underWay: () => number): LiveHub {
  const listeners = new Set<Listener>();
  const pacer = createPacer<Listener>(listener => { listener.wake(); }, underWay);
  const end = (listener: Listener): void => { listener.ended = true; listener.wake(); };

  async function* listen(deviceId: Id, scope: Scope, signal: AbortSignal | undefined, first: () => Promise<number>): AsyncGenerator<{ seq: number }> {
    const listener: Listener = { deviceId, scope, latest: null, ended: signal?.aborted ?? false, wake: () => undefined };
    const abort = (): void => end(listener);
    signal?.addEventListener('abort', abort);
    listeners.add(listener);
    try {
      yield { seq: await first() };
      while (!listener.ended) {
        const seq = listener.latest;
        listener.latest = null;
        if (seq !== null) yield { seq };
        else await new Promise<void>(resolve => { listener.wake = resolve; });
      }
    } finally {
      listeners.delete(listener);
      pacer.forget(listener);
      signal?.removeEventListener('abort', abort);
    }
  }

  return {
    publish(signal) {
      for (const listener of listeners) {
        if ('cut' in signal) {
          if (listener.deviceId === signal.cut) end(listener);
        } else if (signal.places === undefined || signal.places.some(([siteId, key]) => key.split('+').some(service => inScope(listener.scope, { siteId, service: service as Service })))) {
          listener.latest = signal.seq;
          pacer.add(listener);
        }
      }
    },
    listen,
    close() {
      pacer.stop();
      for (const listener of listeners) end(listener);
    },
  };
}
