import type { SyncState } from '../../contract/queue.ts';

/** The word for where a row's changes are, from its column `sync`: 0 nothing to send, 1 to be sent, 2 refused. */
export function syncState(sync: number, isLinkUp: boolean): SyncState {
  if (sync === 0) return 'sent';
  if (sync === 1) return isLinkUp ? 'waiting' : 'saved';
  return 'refused';
}
