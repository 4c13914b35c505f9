import type { AccessLine, AccessPage, AccessQuery } from '../../contract/access-log.ts';
import { asDeviceOf, type RoadDeps } from './as-device.ts';
import { called } from './client.ts';

/** The line to the province as the log of personal data uses it: behind records, pages and files. */
export interface AccessRoad {
  /** Whether nothing more urgent is to go. */
  isFree(): boolean;
  send(lines: readonly AccessLine[]): Promise<void>;
  search(query: AccessQuery): Promise<AccessPage>;
}

export function accessRoad({ isFree, ...deps }: RoadDeps): AccessRoad {
  const asDevice = asDeviceOf(deps);
  return {
    isFree,
    send: async lines => { await asDevice((road, token) => called(road.client.accessLog.add({ lines: [...lines] }, { context: { token } }))); },
    search: query => asDevice((road, token) => called(road.client.accessLog.search(query, { context: { token } }))),
  };
}
