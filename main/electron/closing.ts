import { ConsoleState } from '../../contract/console.ts';
import type { CoreCalls } from '../platform/core-calls.ts';

const STATE_WITHIN_MS = 1_500;

/**
 * Who is on shift at this machine, so that closing must be asked about: the name of the one signed in, locked or not.
 * Null when nobody is, and when the core cannot say: a broken console must be closable.
 */
export async function onShift(core: Pick<CoreCalls, 'call'>): Promise<string | null> {
  try {
    return ConsoleState.parse(await core.call(['station', 'state'], {}, STATE_WITHIN_MS)).session?.name ?? null;
  } catch {
    return null;
  }
}
