import { PLACED_KINDS } from '../../contract/documents/apply.ts';
import type { Id } from '../../contract/ids.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import type { Row } from '../../contract/province.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import { openedJson, sealedJson } from '../sealed-json.ts';
import type { Work } from '../work.ts';
import { isKnown } from '../../contract/words.ts';
import { documentsNotInSnapshot } from './documents.ts';
import { hasReplicatedIssues } from './issues.ts';
import { hasOrg } from './org.ts';

export interface SyncStateRow {
  cursor: string | null; snapshot: { id: string; loaded: number; total: number } | null;
  offsetMs: number | null; offsetMeasuredAtMs: number | null; lastSyncAtMs: number | null;
  /** Every mutation up to this one has its verdict. */
  ackedN: number;
}
interface StateRow {
  cursor: string | null; pulled_seq: number; offset_ms: number | null; offset_measured_at_ms: number | null; last_sync_at_ms: number | null;
  snapshot_id: string | null; snapshot_chunks: number; snapshot_fresh: number;
}

function state(db: Database): StateRow {
  const row = getRow<StateRow>(db, 'SELECT * FROM sync_state');
  if (row === undefined) throw new Error('the sync state is missing');
  return row;
}

/** Where this workstation stands with the province; `snapshot` is set while the first copy is on its way. */
export function readSyncState(db: Database): SyncStateRow {
  const row = state(db);
  const loaded = getRow<{ loaded: number }>(db, 'SELECT count(*) AS loaded FROM snapshot_chunk')?.loaded ?? 0;
  const firstUnjudged = getRow<{ n: number | null }>(db, 'SELECT min(n) AS n FROM outbox WHERE acked_seq IS NULL AND n > 0')?.n ?? null;
  const written = getRow<{ value: number }>(db, `SELECT value FROM counter WHERE name='mutation'`)?.value ?? 0;
  return {
    cursor: row.cursor, snapshot: row.snapshot_id === null ? null : { id: row.snapshot_id, loaded, total: row.snapshot_chunks },
    offsetMs: row.offset_ms, offsetMeasuredAtMs: row.offset_measured_at_ms, lastSyncAtMs: row.last_sync_at_ms,
    ackedN: firstUnjudged === null ? written : firstUnjudged - 1,
  };
}

/** Every change of the province up to this seq has been taken in (the last one perhaps in part). */
export function readPulledSeq(db: Database): number {
  return state(db).pulled_seq;
}

export function writePulledSeq(work: Work, seq: number): void {
  run(work.db, 'UPDATE sync_state SET pulled_seq=?', seq);
}

export function writeCursor(work: Work, cursor: string | null): void {
  run(work.db, 'UPDATE sync_state SET cursor=?', cursor);
  work.touch('sync');
}

export function writeLastSync(work: Work, atMs: number): void {
  run(work.db, 'UPDATE sync_state SET last_sync_at_ms=?', atMs);
}

export function writeOffset(work: Work, offset: { offsetMs: number; measuredAtMs: number; roundTripMs: number }): void {
  run(work.db, 'UPDATE sync_state SET offset_ms=?, offset_measured_at_ms=?, round_trip_ms=?', offset.offsetMs, offset.measuredAtMs, offset.roundTripMs);
  work.touch('sync');
}

/** Chunks of the first copy that are already in. */
export function readLoadedChunks(db: Database): number[] {
  return allRows<{ idx: number }>(db, 'SELECT idx FROM snapshot_chunk ORDER BY idx').map(row => row.idx);
}

/** @param fresh nothing of the province was here before, so nothing will have to be forgotten */
export function startSnapshot(work: Work, id: string, chunks: number, fresh: boolean): void {
  run(work.db, 'UPDATE sync_state SET snapshot_id=?, snapshot_chunks=?, snapshot_fresh=?', id, chunks, fresh ? 1 : 0);
  run(work.db, 'DELETE FROM snapshot_chunk');
  run(work.db, 'DELETE FROM snapshot_row');
  work.touch('sync');
}

export function readSnapshot(db: Database): { id: string | null; fresh: boolean } {
  const row = state(db);
  return { id: row.snapshot_id, fresh: row.snapshot_fresh === 1 };
}

/** `copyId`: of the copy that is on its way. `isUnordered`: rows of the province are here, and their order of changes has ended. */
export interface BeforeCopy { copyId: string | null; isUnordered: boolean }

export function readBeforeCopy(db: Database): BeforeCopy {
  const { snapshot_id: copyId, pulled_seq: pulledSeq } = state(db);
  return { copyId, isUnordered: pulledSeq === 0 && (hasReplicatedIssues(db) || hasOrg(db)) };
}

export function noteChunk(work: Work, index: number): void {
  run(work.db, 'INSERT OR IGNORE INTO snapshot_chunk(idx) VALUES (?)', index);
  work.touch('sync');
}

export function noteSnapshotRow(work: Work, kind: string, id: Id): void {
  run(work.db, 'INSERT OR IGNORE INTO snapshot_row(kind, id) VALUES (?,?)', kind, idToBlob(id));
}

/** The versions that a copy of `seq` is too old to say anything of: in the province's present order, and taken in here up to `upTo`. What follows the copy tells of them. */
export interface TooNew { seq: number; upTo: number }

/** What is too new for a copy of `seq`; nothing is, once the order of changes is another one. */
export function tooNewFor(db: Database, seq: number): TooNew {
  return { seq, upTo: readPulledSeq(db) };
}

/** Whether a newer version of the row is here than a copy brings. */
export function isNewerHere(db: Database, { kind, id, seq }: Pick<Row, 'kind' | 'id' | 'seq'>, upTo: number): boolean {
  if (upTo <= seq) return false;
  const from = kind === 'issue' ? 'issue WHERE' : `${isKnown(PLACED_KINDS, kind) ? 'document' : 'org_row'} WHERE kind=:kind AND`;
  return getRow(db, `SELECT 1 FROM (SELECT version FROM ${from} id=:id UNION ALL SELECT seq FROM parked_row WHERE kind=:kind AND id=:id)
    WHERE version > :seq AND version <= :upTo LIMIT 1`, { kind, id: idToBlob(id), seq, upTo }) !== undefined;
}

/** Rows of the province that the finished copy does not have: gone, or out of scope. Never those with changes made here. */
export function rowsNotInSnapshot(db: Database): { kind: string; id: Id; version: number }[] {
  const issues = allRows<{ id: Uint8Array; version: number }>(db, `SELECT id, version FROM issue WHERE version > 0
    AND NOT EXISTS (SELECT 1 FROM snapshot_row s WHERE s.kind='issue' AND s.id=issue.id)
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.issue_id=issue.id) AND NOT EXISTS (SELECT 1 FROM base_row b WHERE b.issue_id=issue.id)`);
  const others = allRows<{ kind: string; id: Uint8Array; version: number }>(db, `SELECT kind, id, version FROM org_row
    WHERE NOT EXISTS (SELECT 1 FROM snapshot_row s WHERE s.kind=org_row.kind AND s.id=org_row.id)`);
  return [...issues.map(row => ({ ...row, kind: 'issue', id: blobToId(row.id) })), ...documentsNotInSnapshot(db), ...others.map(row => ({ ...row, id: blobToId(row.id) }))];
}

/** Notes which records under waiting changes the finished copy does not have. What was made or refused here is no such record. */
export function markGone(work: Work, { seq, upTo }: TooNew): void {
  run(work.db, `UPDATE base_row SET gone = 1 WHERE refused = 0 AND data IS NOT NULL AND (data ->> '$.version' <= ? OR data ->> '$.version' > ?)
    AND NOT EXISTS (SELECT 1 FROM snapshot_row s WHERE s.kind=base_row.kind AND s.id=base_row.issue_id)`, seq, upTo);
}

export function endSnapshot(work: Work): void {
  startSnapshot(work, '', 0, false);
  run(work.db, 'UPDATE sync_state SET snapshot_id=NULL');
}

/** Keeps a row that this version of the program does not understand, as it came. */
export function parkRow(work: Work, row: Row): void {
  run(work.db, 'INSERT OR REPLACE INTO parked_row(kind, id, seq, data) VALUES (?,?,?,?)', row.kind, idToBlob(row.id), row.seq, sealedJson(work.db, row.data));
}

export function unparkRow(work: Work, kind: string, id: Id): void {
  run(work.db, 'DELETE FROM parked_row WHERE kind=? AND id=?', kind, idToBlob(id));
}

export function readParkedRows(db: Database): Row[] {
  return allRows<{ kind: string; id: Uint8Array; seq: number; data: string }>(db, 'SELECT * FROM parked_row ORDER BY seq').map(row => ({
    kind: row.kind, id: blobToId(row.id), seq: row.seq, deleted: false, data: openedJson<Record<string, unknown>>(db, row.data),
  }));
}

export function readParkedIds(db: Database): Set<Id> {
  return new Set(allRows<{ id: Uint8Array }>(db, 'SELECT id FROM parked_row').map(row => blobToId(row.id)));
}

/** The same rows as far as comparing goes, with the site that a record names. */
export function readParkedHeld(db: Database): { kind: string; id: Id; version: number; siteId: string | null }[] {
  return allRows<{ kind: string; id: Uint8Array; version: number; siteId: string | null }>(db, `SELECT kind, id, seq AS version, data ->> '$.siteId' AS siteId FROM parked_row`)
    .map(row => ({ ...row, id: blobToId(row.id) }));
}

export function countParkedRows(db: Database): number {
  return getRow<{ rows: number }>(db, 'SELECT count(*) AS rows FROM parked_row')?.rows ?? 0;
}

/** Forgets parked rows that the finished copy does not have. */
export function dropParkedNotInSnapshot(work: Work, { seq, upTo }: TooNew): void {
  run(work.db, `DELETE FROM parked_row WHERE (seq <= ? OR seq > ?)
    AND NOT EXISTS (SELECT 1 FROM snapshot_row s WHERE s.kind=parked_row.kind AND s.id=parked_row.id)`, seq, upTo);
}

/** How long judged mutations are kept, in case the province is restored from an older copy. */
const SENT_LOG_MS = 30 * 86_400_000;
/** The newest of them are kept whatever the clock has said: it may have been years ahead, or behind. */
const SENT_LOG_KEPT = 10_000;

export interface SentMutation {
  n: number; name: string; actor: Actor; atMs: number; payload: Record<string, unknown>; provisionalNo: string | null;
}

export function logSent(work: Work, sent: SentMutation, status: string, judgedAtMs: number): void {
  run(work.db, 'INSERT OR IGNORE INTO sent_log(n, name, actor_id, actor, at_ms, payload, provisional_no, status, judged_at_ms) VALUES (?,?,?,?,?,?,?,?,?)',
    sent.n, sent.name, idToBlob(sent.actor.personId), JSON.stringify(sent.actor), sent.atMs, sealedJson(work.db, sent.payload), sent.provisionalNo, status, judgedAtMs);
}

/** Drops what is older than 30 days before the newest entry and not among the last 10,000. */
export function pruneSentLog(work: Work): void {
  run(work.db, 'DELETE FROM sent_log WHERE judged_at_ms < (SELECT max(judged_at_ms) FROM sent_log) - ? AND n <= (SELECT max(n) FROM sent_log) - ?', SENT_LOG_MS, SENT_LOG_KEPT);
}
