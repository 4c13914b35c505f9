import { AppError } from '../../contract/errors.ts';
import type { Person } from '../../contract/org.ts';
import type { ProvinceClient } from './client.ts';
import type { ProvinceLine } from './line.ts';
import type { CallContext } from './transport.ts';

/** What the province says of a person's name and password, and when it said so. */
export interface SignedIn { person: Person; personToken: string; nowMs: number }

/** A call that somebody waits for. */
export type Asked<T> = (client: ProvinceClient, options: { context: CallContext; signal: AbortSignal }) => Promise<T>;

/**
 * What a person asks of the province, with a secret of theirs, over the line as it is. Where a kept connection turns out to be closed, another
 * session shows first who answers on a new one.
 *
 * @param onFailed told why it came to nothing: it may be the link for all
 * @throws {AppError} `link/too-slow` after `waitMs`, `link/…` when there is no link, else as the province judges
 */
export async function askOver<T>(line: ProvinceLine, call: Asked<T>, { waitMs, onFailed }: { waitMs: number; onFailed: (error: unknown) => void }): Promise<T> {
  const signal = AbortSignal.timeout(waitMs);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => { reject(new AppError('link/too-slow')); }, { once: true });
  });
  const ask = (): Promise<T> => line.asDevice(context => call(line.client, { context: { ...context, once: true }, signal }));
  const asked = ask().catch((error: unknown) => {
    if (!(error instanceof AppError) || error.facts['reused'] !== true) throw error;
    line.forget();
    return ask();
  });
  return Promise.race([asked, late]).catch((error: unknown) => {
    onFailed(error);
    throw error;
  });
}
