import type { AccessLine, AccessPage, AccessQuery } from '../../contract/access-log.ts';
import { AppError } from '../../contract/errors.ts';
import { called } from './client.ts';
import type { ProvinceLine } from './line.ts';

/** The line to the province as the log of personal data uses it: behind records, pages and files. */
export interface AccessRoad {
  /** Whether nothing more urgent is to go. */
  isFree(): boolean;
  send(lines: readonly AccessLine[]): Promise<void>;
  search(query: AccessQuery): Promise<AccessPage>;
}

/** @param onFailed told why a request came to nothing: it may be the link for all */
export function accessRoad({ isFree, line, onFailed }: { isFree: () => boolean; line: () => ProvinceLine | null; onFailed: (error: unknown) => void }): AccessRoad {
  const asDevice = async <T>(run: (line: ProvinceLine, token: string) => Promise<T>): Promise<T> => {
    const road = line();
    if (road === null) throw new AppError('link/unreachable', { reason: 'stopped' });
    try {
      return await road.asDevice(({ token }) => run(road, token ?? ''));
    } catch (error) {
      onFailed(error);
      throw error;
    }
  };
  return {
    isFree,
    send: async lines => { await asDevice((road, token) => called(road.client.accessLog.add({ lines: [...lines] }, { context: { token } }))); },
    search: query => asDevice((road, token) => called(road.client.accessLog.search(query, { context: { token } }))),
  };
}
