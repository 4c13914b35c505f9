import { applyIntent, INTENT_PAYLOADS, kindOf, type IntentName, type IntentPayload, type PlacedKind, type Written } from '../contract/documents/apply.ts';
import type { DataRequest } from '../contract/documents/request.ts';
import { AppError } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import type { Issue } from '../contract/issue.ts';
import type { Actor, Facts } from '../contract/mutations/facts.ts';
import { isErased } from '../contract/mutations/erase.ts';
import type { Mutation } from '../contract/province.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from './database.ts';
import { forgetPersons, forgetRequest, isErasedHere } from './forget-persons.ts';
import { openedJson, sealedJson } from './sealed-json.ts';
import { leaveTextUnclean } from './text-clean.ts';
import { HELD, RECORD_CAME, releaseHeld } from './held.ts';
import { readRefusedIssue } from './stores/attention.ts';
import { PENDING, readIssue, REFUSED, SENT, type SyncFlag } from './stores/issues.ts';
import { readUnitInForce } from './stores/org.ts';
import { readPolicyBook } from './stores/policy.ts';
import { requireStation } from './stores/station.ts';
import { unparkRow } from './stores/sync.ts';
import { kindHere, makesRow, readWritten, removeWritten, setWrittenSync, wordsOf, writeWritten } from './stores/written.ts';
import type { Work } from './work.ts';

/** A mutation that was written here: not yet judged, or judged and waiting for its row (`ackedSeq`). `issueId` is its record's or document's. */
export interface OutboxEntry {
  n: number; issueId: Id; name: IntentName; actor: Actor; atMs: number; payload: Record<string, unknown>;
  provisionalNo: string | null; ackedSeq: number | null;
  /** It was judged before, by a province that has forgotten it. */
  again: boolean;
  /** Offered again, and the record has come down since: a judgement that missed it is of before. */
  recordCame: boolean;
  /** The record's words, once the record itself has gone from here. */
  wordsOfGone: { issueNo: string; description: string } | null;
}
interface OutboxRow {
  n: number; issue_id: Uint8Array; name: IntentName; actor_id: Uint8Array; actor: string; at_ms: number; payload: string;
  provisional_no: string | null; acked_seq: number | null; again: number; issue_no: string | null; description: string | null;
}

function toEntry(db: Database, row: OutboxRow): OutboxEntry {
  return {
    n: row.n, issueId: blobToId(row.issue_id), name: row.name, actor: JSON.parse(row.actor) as Actor, atMs: row.at_ms,
    payload: openedJson<Record<string, unknown>>(db, row.payload), provisionalNo: row.provisional_no, ackedSeq: row.acked_seq, again: row.again !== 0, recordCame: row.again === RECORD_CAME,
    wordsOfGone: row.issue_no === null ? null : { issueNo: row.issue_no, description: row.description ?? '' },
  };
}

/** The first `limit` mutations after `afterN` without a verdict, in the order in which they must be sent. */
export function pendingMutations(db: Database, limit: number, afterN = 0): (Mutation & { issueId: Id })[] {
  return allRows<OutboxRow>(db, 'SELECT * FROM outbox WHERE acked_seq IS NULL AND n > ? ORDER BY n LIMIT ?', afterN, limit).map(row => ({
    n: row.n, name: row.name, actorId: blobToId(row.actor_id), atMs: row.at_ms, payload: openedJson<Record<string, unknown>>(db, row.payload),
    ...(row.provisional_no === null ? {} : { provisionalNo: row.provisional_no }), issueId: blobToId(row.issue_id),
  }));
}

/** How much is unsent, since when, and how many refusals nobody has dismissed. What is held back is not counted: nothing can send it now. */
export function pendingCounts(db: Database): { pending: number; oldestAtMs: number | null; refused: number } {
  const unsent = getRow<{ pending: number; oldest: number | null }>(db, 'SELECT count(*) AS pending, min(at_ms) AS oldest FROM outbox WHERE acked_seq IS NULL AND n > 0');
  const refused = getRow<{ refused: number }>(db, `SELECT count(*) AS refused FROM attention WHERE dismissed_at_ms IS NULL AND status='rejected'`);
  return { pending: unsent?.pending ?? 0, oldestAtMs: unsent?.oldest ?? null, refused: refused?.refused ?? 0 };
}

export function readEntry(db: Database, n: number): OutboxEntry | null {
  const row = getRow<OutboxRow>(db, 'SELECT * FROM outbox WHERE n=?', n);
  return row === undefined ? null : toEntry(db, row);
}

/** In the order in which they were written; what is held keeps its place among them. */
function entriesOf(db: Database, issueId: Id): OutboxEntry[] {
  return allRows<OutboxRow>(db, 'SELECT * FROM outbox WHERE issue_id=? ORDER BY iif(n < 0, n - ?, n)', idToBlob(issueId), HELD).map(row => toEntry(db, row));
}

export function addEntry(work: Work, entry: Omit<OutboxEntry, 'ackedSeq' | 'again' | 'recordCame' | 'wordsOfGone'>): void {
  run(work.db, 'INSERT INTO outbox(n, issue_id, name, actor_id, actor, at_ms, payload, provisional_no) VALUES (?,?,?,?,?,?,?,?)',
    entry.n, idToBlob(entry.issueId), entry.name, idToBlob(entry.actor.personId), JSON.stringify(entry.actor), entry.atMs,
    sealedJson(work.db, entry.payload), entry.provisionalNo);
}

export function removeEntry(work: Work, n: number): void {
  run(work.db, 'DELETE FROM outbox WHERE n=?', n);
}

/** Keeps a judged mutation in the overlay until the row of `seq` has come: the screen must not fall back meanwhile. */
export function markAcked(work: Work, n: number, seq: number): void {
  run(work.db, 'UPDATE outbox SET acked_seq=? WHERE n=?', seq, n);
}

/** The province's version of a record or a document under pending changes; `data` is null when it was made here. */
export interface BaseRow {
  kind: PlacedKind; data: Written | null; refused: boolean;
  /** The province does not have it any more; it goes once nothing waits. */
  gone: boolean;
}

export function readBase(db: Database, issueId: Id): BaseRow | null {
  const row = getRow<{ kind: PlacedKind; data: string | null; refused: number; gone: number }>(db, 'SELECT kind, data, refused, gone FROM base_row WHERE issue_id=?', idToBlob(issueId));
  return row === undefined ? null : { kind: row.kind, data: row.data === null ? null : openedJson<Written>(db, row.data), refused: row.refused === 1, gone: row.gone === 1 };
}

/** The seq of the province's version under pending changes, 0 when it has none: without taking 3 KB apart. */
export function baseVersion(db: Database, issueId: Id): number {
  return getRow<{ version: number | null }>(db, `SELECT data ->> '$.version' AS version FROM base_row WHERE issue_id=?`, idToBlob(issueId))?.version ?? 0;
}

export function writeBase(work: Work, issueId: Id, base: Omit<BaseRow, 'gone'>): void {
  run(work.db, 'INSERT OR REPLACE INTO base_row(issue_id, kind, data, refused) VALUES (?,?,?,?)',
    idToBlob(issueId), base.kind, base.data === null ? null : sealedJson(work.db, base.data), base.refused ? 1 : 0);
}

/** Before the first pending change of a record or a document, what the province has of it is put aside. */
export function keepBase(work: Work, kind: PlacedKind, issueId: Id, before: Written | null): void {
  run(work.db, 'INSERT OR IGNORE INTO base_row(issue_id, kind, data) VALUES (?,?,?)', idToBlob(issueId), kind, before === null ? null : sealedJson(work.db, before));
}

export function removeBase(work: Work, issueId: Id): void {
  run(work.db, 'DELETE FROM base_row WHERE issue_id=?', idToBlob(issueId));
}

/** The records that a page must not simply overwrite. */
export function overlaidIds(db: Database): Set<Id> {
  const rows = allRows<{ id: Uint8Array }>(db, `SELECT issue_id AS id FROM outbox UNION SELECT issue_id FROM base_row
    UNION SELECT issue_id FROM attention WHERE dismissed_at_ms IS NULL AND issue_id IS NOT NULL`);
  return new Set(rows.map(row => blobToId(row.id)));
}

/** What the pure function may know, as it was when the mutation was written. */
export function factsOf(db: Database, deviceId: Id, entry: { actor: Actor; atMs: number; provisionalNo: string | null }): Facts {
  return {
    actor: entry.actor, deviceId, atMs: entry.atMs, arrivedAtMs: null, provisionalNo: entry.provisionalNo ?? '', nextDisplayNo: null, policy: readPolicyBook(db), record: id => readIssue(db, id)?.issue,
    unit: id => readUnitInForce(db, id, entry.atMs),
  };
}

/** The row already tells of this mutation: its page came before its verdict, and doing it twice would show it twice. */
function isAlreadyIn(row: Written | undefined, entry: OutboxEntry, deviceId: Id): boolean {
  if (row === undefined) return false;
  return row.history.some(h => h.atMs === entry.atMs && h.deviceId === deviceId && h.byId === entry.actor.personId && h.action === entry.name);
}

/**
 * The province's row with the pending mutations on top. One that no longer applies is left out here and stays in the
 * outbox: only the province's verdict ends it.
 */
export function overlay(db: Database, base: Written | null, entries: readonly OutboxEntry[]): Written | null {
  const { deviceId } = requireStation(db);
  let row: Written | undefined = base ?? undefined;
  for (const entry of entries) {
    if (isAlreadyIn(base ?? undefined, entry, deviceId)) continue;
    try {
      const payload = entry.payload as IntentPayload<IntentName>;
      row = { ...applyIntent(entry.name, row, payload, factsOf(db, deviceId, entry)).row, version: base?.version ?? 0 };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return row ?? null;
}

function flagOf(db: Database, issueId: Id, entries: readonly OutboxEntry[]): SyncFlag {
  if (readRefusedIssue(db, issueId)) return REFUSED;
  return entries.some(entry => entry.ackedSeq === null) ? PENDING : SENT;
}

/** Says anew where the row's changes are, when nothing else about it has changed. */
export function refreshFlag(work: Work, issueId: Id): void {
  setWrittenSync(work, kindHere(work.db, issueId), issueId, flagOf(work.db, issueId, entriesOf(work.db, issueId)));
}

/** Makes the local row what it must be now: base + mutations, or the base alone once nothing is pending. */
export function rebase(work: Work, issueId: Id): void {
  const entries = entriesOf(work.db, issueId);
  const base = readBase(work.db, issueId);
  const flag = flagOf(work.db, issueId, entries);
  const [first] = entries;
  const kind = base?.kind ?? (first === undefined ? kindHere(work.db, issueId) : kindOf(first.name));
  if (base === null && (first === undefined || !makesRow(first.name))) {
    if (first === undefined) setWrittenSync(work, kind, issueId, flag);
    return;
  }
  const settled = base?.gone === true ? null : base?.data ?? null;
  const row = entries.length === 0 ? settled : overlay(work.db, base?.data ?? null, entries);
  if (row === null) removeWritten(work, kind, issueId);
  else writeWritten(work, kind, row, flag);
  if (entries.length === 0 && base?.refused !== true) removeBase(work, issueId);
}

/** Everything here forgets who reported the record; the words that were searched for go with the next upkeep. */
function forgetErased(work: Work, issue: Issue, erasedHere: boolean): void {
  forgetPersons(work, issue);
  // Erased here, the record's own words have been written anew before its row came back.
  if (erasedHere || isErasedHere(work.db, issue.id) === false) leaveTextUnclean(work);
}

/** Takes a row of the province in, under whatever is pending on it here. */
export function takeIn(work: Work, kind: PlacedKind, row: Written, overlaid: ReadonlySet<Id>): void {
  if (kind === 'issue' && isErased(row as Issue)) forgetErased(work, row as Issue, overlaid.has(row.id));
  if (kind === 'request' && isErased(row as DataRequest)) forgetRequest(work, row.id);
  if (!overlaid.has(row.id)) {
    writeWritten(work, kind, row, SENT);
    return;
  }
  run(work.db, 'DELETE FROM outbox WHERE issue_id=? AND acked_seq <= ?', idToBlob(row.id), row.version);
  releaseHeld(work, row.id);
  writeBase(work, row.id, { kind, data: row, refused: false });
  rebase(work, row.id);
}

/** The province has deleted the row, or it has left this workstation's scope; unsent changes stay to be judged. */
export function takeOut(work: Work, kind: PlacedKind, issueId: Id, seq: number): void {
  run(work.db, 'DELETE FROM outbox WHERE issue_id=? AND acked_seq <= ?', idToBlob(issueId), seq);
  forget(work, kind, issueId);
}

/** Takes the row away here; what waits for a verdict keeps its words, to be shown with it. */
export function forget(work: Work, kind: PlacedKind, issueId: Id): void {
  const waits = getRow(work.db, 'SELECT 1 FROM outbox WHERE issue_id=? LIMIT 1', idToBlob(issueId)) !== undefined;
  const row = waits ? readWritten(work.db, kind, issueId) : null;
  if (row !== null) {
    const { issueNo, description } = wordsOf(kind, row);
    run(work.db, 'UPDATE outbox SET issue_no=?, description=? WHERE issue_id=?', issueNo, description, idToBlob(issueId));
  }
  removeBase(work, issueId);
  removeWritten(work, kind, issueId);
  unparkRow(work, kind, issueId);
}

/** Lets go of judged mutations whose rows must have come by now: pages bring every change up to `seq`, in order. */
export function settleUpTo(work: Work, seq: number): void {
  const settled = allRows<{ issue_id: Uint8Array }>(work.db, 'SELECT DISTINCT issue_id FROM outbox WHERE acked_seq < ?', seq);
  run(work.db, 'DELETE FROM outbox WHERE acked_seq < ?', seq);
  for (const row of settled) rebase(work, blobToId(row.issue_id));
}

/** Whether the row was made here and that very making has been refused. */
export function isRefusedMaking(db: Database, issueId: Id): boolean {
  return readBase(db, issueId)?.refused === true;
}

/** Parses what a caller gives as payload, once, at the door. @throws {AppError} `issue/bad-value` with the field */
export function parsePayload<N extends IntentName>(name: N, payload: Record<string, unknown>): IntentPayload<N> {
  const parsed = INTENT_PAYLOADS[name].safeParse(payload);
  if (!parsed.success) throw new AppError('issue/bad-value', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  return parsed.data as IntentPayload<N>;
}

/** Refused records and documents stay as they were written until someone has seen them; the base then is the writer's own row. */
export function keepRefused(work: Work, entry: OutboxEntry): void {
  if ((readBase(work.db, entry.issueId)?.data ?? null) !== null) return;        // the province has such a row: it stands
  const kind = kindOf(entry.name);
  const row = overlay(work.db, null, [entry]) ?? readWritten(work.db, kind, entry.issueId);
  if (row !== null) writeBase(work, entry.issueId, { kind, data: row, refused: true });
}

/** Brings back a record or a document whose refused making had been put away, from what the log of judged mutations has of it. */
export function restoreRefused(work: Work, n: number, issueId: Id): void {
  if (readBase(work.db, issueId) !== null) return;
  const row = getRow<Omit<OutboxRow, 'issue_id' | 'acked_seq' | 'again'>>(work.db, 'SELECT n, name, actor_id, actor, at_ms, payload, provisional_no FROM sent_log WHERE n=?', n);
  if (row === undefined || row.actor === null || readWritten(work.db, kindOf(row.name), issueId) !== null) return;
  keepRefused(work, toEntry(work.db, { ...row, issue_id: idToBlob(issueId), acked_seq: null, again: 0 }));
}

/** Bytes of what is unsent, as JSON; kept by triggers, so that asking costs nothing. What travels is a tenth or less. */
export function pendingBytes(db: Database): number {
  return getRow<{ bytes: number }>(db, 'SELECT bytes FROM outbox_size')?.bytes ?? 0;
}

/** The oldest change without a verdict: what waits the longest, and the first to be sent. */
export function oldestPending(db: Database): { n: number; issueId: Id; name: string; atMs: number } | null {
  const row = getRow<{ n: number; issue_id: Uint8Array; name: string; at_ms: number }>(db, 'SELECT n, issue_id, name, at_ms FROM outbox WHERE acked_seq IS NULL AND n > 0 ORDER BY n LIMIT 1');
  return row === undefined ? null : { n: row.n, issueId: blobToId(row.issue_id), name: row.name, atMs: row.at_ms };
}
