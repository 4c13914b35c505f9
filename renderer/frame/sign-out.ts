import { client } from '../client.ts';
import { goTo } from '../route.ts';

/** Ends the session; the next person begins at the queue, not where this one was. */
export async function signOut(): Promise<void> {
  await client.auth.signOut({});
  goTo({ screen: 'queue' }, true);
}
