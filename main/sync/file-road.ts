import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import type { Offered } from '../../contract/province.ts';
import { called } from './client.ts';
import type { ProvinceLine } from './line.ts';
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

/** @param onFailed told why a request came to nothing: it may be the link for all */
export function fileRoad({ isFree, line, onFailed }: { isFree: () => boolean; line: () => ProvinceLine | null; onFailed: (error: unknown) => void }): FileRoad {
  const need = (): ProvinceLine => {
    const found = line();
    if (found === null) throw new AppError('link/unreachable', { reason: 'stopped' });
    return found;
  };
  /** With the device's token, and once more with a new one if it had run out. */
  const asDevice = async <T>(run: (line: ProvinceLine, token: string) => Promise<T>): Promise<T> => {
    const road = need();
    try {
      return await road.asDevice(({ token }) => run(road, token ?? ''));
    } catch (error) {
      onFailed(error);
      throw error;
    }
  };
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
