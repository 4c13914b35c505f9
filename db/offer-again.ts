import { kindOf, type PlacedKind } from '../contract/documents/apply.ts';
import type { Id } from '../contract/ids.ts';
import type { Actor } from '../contract/mutations/facts.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from './database.ts';
import { keepBase, readBase, rebase, writeBase } from './outbox.ts';
import { removeAttention } from './stores/attention.ts';
import { readSyncState } from './stores/sync.ts';
import { kindHere, readWritten } from './stores/written.ts';
import type { Work } from './work.ts';

/** Takes the place of a mutation that no log here has any more: the numbers have no gaps, and the province refuses it. */
export const GONE = 'sync.gone';
/** Of the form that the wire demands. */
const NO_RECORD: Id = '00000000-0000-7000-8000-000000000000';

interface Logged { n: number; name: string; actor_id: Uint8Array; actor: string | null; at_ms: number; payload: string; provisional_no: string | null }

/**
 * The province knows of this workstation's mutations only those up to `lastN`, though it had judged more: it was restored
 * from an older copy. What it has forgotten is put back into the outbox, to be judged again, and stays in view meanwhile.
 *
 * @returns how many are offered again; 0 when nothing was forgotten
 */
export function offerAgain(work: Work, lastN: number): number {
  const { ackedN } = readSyncState(work.db);
  if (ackedN <= lastN) return 0;
  const logged = new Map(allRows<Logged>(work.db, 'SELECT n, name, actor_id, actor, at_ms, payload, provisional_no FROM sent_log WHERE n > ?', lastN).map(row => [row.n, row]));
  run(work.db, 'UPDATE outbox SET acked_seq=NULL, again=1 WHERE n > ? AND n <= ?', lastN, ackedN);
  const touched = new Set<Id>();
  for (let n = lastN + 1; n <= ackedN; n += 1) {
    const issueId = put(work, n, logged.get(n));
    // What is said of one that no log has any more stands: its words are nowhere else.
    if (issueId === NO_RECORD) continue;
    touched.add(issueId);
    removeAttention(work, n);
  }
  run(work.db, 'DELETE FROM sent_log WHERE n > ?', lastN);
  for (const id of touched) {
    // A record whose receiving was refused is offered like any other: nothing of it is at the province.
    const base = readBase(work.db, id);
    const kind = base?.kind ?? kindOffered(work.db, id);
    if (base?.refused === true) writeBase(work, id, { kind, data: null, refused: false });
    keepBase(work, kind, id, readWritten(work.db, kind, id));
    rebase(work, id);
  }
  work.touch('sync');
  return ackedN - lastN;
}

/** The kind of a row whose changes are all in the outbox again. */
function kindOffered(db: Database, id: Id): PlacedKind {
  const waiting = getRow<{ name: string }>(db, 'SELECT name FROM outbox WHERE issue_id=? LIMIT 1', idToBlob(id));
  return waiting === undefined ? kindHere(db, id) : kindOf(waiting.name);
}

function put(work: Work, n: number, row: Logged | undefined): Id {
  const waiting = getRow<{ issue_id: Uint8Array }>(work.db, 'SELECT issue_id FROM outbox WHERE n=?', n);
  if (waiting !== undefined) return blobToId(waiting.issue_id);
  if (row === undefined || row.name === GONE) {
    insert(work.db, { n, name: GONE, actor_id: idToBlob(NO_RECORD), actor: null, at_ms: 0, payload: '{}', provisional_no: null }, NO_RECORD);
    return NO_RECORD;
  }
  const issueId = (JSON.parse(row.payload) as { id: Id }).id;
  insert(work.db, row, issueId);
  return issueId;
}

function insert(db: Database, row: Logged, issueId: Id): void {
  const nobody: Actor = { personId: blobToId(row.actor_id), unitId: null, roles: [], scope: { siteIds: [], services: [] } };
  run(db, 'INSERT INTO outbox(n, issue_id, name, actor_id, actor, at_ms, payload, provisional_no, again) VALUES (?,?,?,?,?,?,?,?,1)',
    row.n, idToBlob(issueId), row.name, row.actor_id, row.actor ?? JSON.stringify(nobody), row.at_ms, row.payload, row.provisional_no);
}
