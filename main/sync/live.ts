import { AppError } from '../../contract/errors.ts';
import type { Timers } from '../platform/timers.ts';
import { provinceError } from './client.ts';
import type { ProvinceLine } from './line.ts';

/** After this long without trouble the stream counts as working. */
const PROVED_MS = 10_000;

export interface LiveOptions {
  line: ProvinceLine; timers: Timers;
  onNews: (seq: number) => void;
  onProved: () => void;
  onEnd: (error: AppError) => void;
}

/**
 * Listens to the province's live stream until it ends, whatever the reason, and says so exactly once.
 *
 * @returns a function that stops listening
 */
export function listenLive({ line, timers, onNews, onProved, onEnd }: LiveOptions): () => void {
  const stop = new AbortController();
  const unproved = timers.after(PROVED_MS, onProved);
  const listen = async (): Promise<never> => {
    const token = await line.open();
    const stream = await line.client.sync.live(undefined, { context: { token }, signal: stop.signal });
    for await (const { seq } of stream) {
      onProved();
      if (seq !== undefined) onNews(seq);
    }
    throw new AppError('link/unreachable', { reason: 'stream-ended' });
  };
  listen().catch((error: unknown) => {
    unproved();
    if (!stop.signal.aborted) onEnd(provinceError(error));
  });
  return () => {
    unproved();
    stop.abort();
  };
}
