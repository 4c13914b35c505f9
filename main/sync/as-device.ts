import { AppError } from '../../contract/errors.ts';
import type { ProvinceLine } from './line.ts';

/** What a way beside the exchange of records is made of. `onFailed` is told why a request came to nothing: it may be the link for all. */
export interface RoadDeps { isFree: () => boolean; line: () => ProvinceLine | null; onFailed: (error: unknown) => void }

/** Asks with the device's token, and once more with a new one if it had run out. @throws {AppError} `link/unreachable` while there is no line, and what the request met */
export function asDeviceOf({ line, onFailed }: Pick<RoadDeps, 'line' | 'onFailed'>): <T>(run: (line: ProvinceLine, token: string) => Promise<T>) => Promise<T> {
  return async run => {
    const road = line();
    if (road === null) throw new AppError('link/unreachable', { reason: 'stopped' });
    try {
      return await road.asDevice(({ token }) => run(road, token ?? ''));
    } catch (error) {
      onFailed(error);
      throw error;
    }
  };
}
