import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import type { Offered } from '../../contract/province.ts';
import { asDeviceOf, type RoadDeps } from './as-device.ts';
import { called } from './client.ts';
import type { ExchangeOptions } from './transport.ts';

/** The line to the province as files use it: behind records and pages, and never in their way for longer than a piece. */
export interface FileRoad {
  /** Whether nothing more urgent is to go; asked anew before every piece. */
  isFree(): boolean;
  offer(place: { issueId: Id; sha256: string }): Promise<Offered>;
  /** One request of the upload protocol. */
  exchange(path: string, request: Omit<ExchangeOptions, 'token'>): Promise<{ status: number; headers: IncomingHttpHeaders }>;
  /** Bytes of a file, both ends included, as they come. */
  fetch(path: string, range: { fromByte: number; toByte: number; signal: AbortSignal; onBytes: (bytes: Uint8Array) => void }): Promise<void>;
}

export function fileRoad({ isFree, ...deps }: RoadDeps): FileRoad {
  const asDevice = asDeviceOf(deps);
  return {
    isFree,
    offer: place => asDevice((road, token) => called(road.client.attachments.offer(place, { context: { token } }))),
    exchange: (path, request) => asDevice((road, token) => road.transport.exchange(path, { ...request, token })),
    fetch: (path, { fromByte, toByte, signal, onBytes }) => asDevice((road, token) => road.transport.download(path, {
      token, fromByte, toByte, signal, onBytes,
      onStart: at => { if (at !== fromByte) throw new AppError('link/foreign-answer', { reason: 'range' }); },
    })),
  };
}
