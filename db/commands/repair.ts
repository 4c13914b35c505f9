import { createHash } from 'node:crypto';
import { PLACED_KINDS } from '../../contract/documents/apply.ts';
import type { Row } from '../../contract/province.ts';
import { isKnown } from '../../contract/words.ts';
import { refuseMassRemoval } from '../breaker.ts';
import { takeRows } from '../incoming.ts';
import { forget } from '../outbox.ts';
import { removeOrg } from '../stores/org.ts';
import { hasWaiting, heldIn, logRepair, markOneGone, type Held } from '../stores/replica.ts';
import { readSyncState, unparkRow } from '../stores/sync.ts';
import type { Work } from '../work.ts';
import type { Commands } from './command.ts';

export const REPAIR_COMMANDS: Commands<'sync.repair'> = {
  'sync.repair': (work, { cursor, place, buckets, rows, going, atMs }) => {
    // Someone has pulled since: what was fetched is compared with nothing any more.
    if (readSyncState(work.db).cursor !== cursor) return { added: 0, changed: 0, removed: 0 };
    const here = new Map(heldIn(work.db, place, new Set(buckets)).map(row => [row.id, row]));
    const there = new Set(rows.map(row => row.id));
    const differing = rows.filter(row => here.get(row.id)?.version !== row.seq);
    const missing = [...here.values()].filter(row => !there.has(row.id));
    refuseMassRemoval(work.db, { copy: nameOf(missing), rows: missing.length === 0 ? 0 : Math.max(missing.length, going) });
    takeRows(work, differing);
    for (const row of missing) remove(work, row);
    const added = differing.filter((row: Row) => !here.has(row.id)).length;
    const repair = { place, buckets, added, changed: differing.length - added, removed: missing.length };
    if (differing.length + missing.length > 0) logRepair(work, repair, atMs);
    return { added, changed: repair.changed, removed: repair.removed };
  },
};

/** The same for the same rows, so that what was approved is what goes. */
function nameOf(rows: readonly Held[]): string {
  return `repair-${createHash('sha256').update(rows.map(row => row.id).sort().join(' ')).digest('hex').slice(0, 32)}`;
}

function remove(work: Work, { kind, id }: Held): void {
  unparkRow(work, kind, id);
  if (!isKnown(PLACED_KINDS, kind)) removeOrg(work, kind, id);
  else if (hasWaiting(work.db, id)) markOneGone(work, id);
  else forget(work, kind, id);
}
