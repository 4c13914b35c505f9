import { client } from '../client.ts';
import { goTo } from '../route.ts';
import { keepTyped } from './person-change.ts';

/** Ends the session once what was typed is kept; the next person begins at the queue, not where this one was. */
export async function signOut(): Promise<void> {
  await keepTyped();
  await client.auth.signOut({});
  goTo({ screen: 'queue' }, true);
}

/** Locks the window once what was typed is kept: someone else may sign in over the lock. */
export async function lock(): Promise<void> {
  await keepTyped();
  await client.auth.lock({});
}
