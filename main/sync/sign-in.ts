import { AppError } from '../../contract/errors.ts';
import type { Person } from '../../contract/org.ts';
import type { ProvinceLine } from './line.ts';

/** A person who signs in is not kept waiting for a link that gives no answer. */
const SIGN_IN_MS = 8_000;

/** What the province says of a person's name and password, and when it said so. */
export interface SignedIn { person: Person; personToken: string; nowMs: number }

/**
 * A person's sign-in at the province, over the line as it is. Where a kept connection turns out to be closed, another session shows
 * first who answers on a new one.
 *
 * @param onFailed told why it came to nothing: it may be the link for all
 * @throws {AppError} `link/too-slow` after 8 s, `link/…` when there is no link, `auth/…` as the province judges
 */
export async function signInOver(line: ProvinceLine, input: { login: string; password: string }, onFailed: (error: unknown) => void): Promise<SignedIn> {
  const signal = AbortSignal.timeout(SIGN_IN_MS);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => { reject(new AppError('link/too-slow')); }, { once: true });
  });
  const ask = (): Promise<SignedIn> => line.asDevice(context => line.client.people.signIn(input, { context: { ...context, once: true }, signal }));
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
