import { DOCUMENT_SCHEMAS, type Document, type DocumentOf } from '../../contract/documents/apply.ts';
import type { DocumentKind } from '../../contract/documents/document.ts';
import type { Id } from '../../contract/ids.ts';
import type { Scope, Service } from '../../contract/org.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import { openedJson, sealedJson } from '../sealed-json.ts';
import type { Work } from '../work.ts';
import { maskOf, type SyncFlag } from './issues.ts';

/** A document and where its changes are. */
export interface StoredDocument<K extends DocumentKind = DocumentKind> { document: DocumentOf<K>; sync: SyncFlag }

const DAY_MS = 86_400_000;

interface DocumentRow { data: string; sync: SyncFlag }

/** Whether this program understands the row; if not, it is parked until one does. */
export function fitsDocument(kind: DocumentKind, data: unknown): data is Document {
  return DOCUMENT_SCHEMAS[kind].safeParse(data).success;
}

export function readDocument<K extends DocumentKind>(db: Database, kind: K, id: Id): StoredDocument<K> | null {
  const row = getRow<DocumentRow>(db, 'SELECT data, sync FROM document WHERE id=? AND kind=?', idToBlob(id), kind);
  return row === undefined ? null : { document: openedJson<DocumentOf<K>>(db, row.data), sync: row.sync };
}

/** The kind of the document of that id, if there is one. */
export function kindOfDocument(db: Database, id: Id): DocumentKind | null {
  return getRow<{ kind: DocumentKind }>(db, 'SELECT kind FROM document WHERE id=?', idToBlob(id))?.kind ?? null;
}

/** Which documents of a kind: of a scope, made since `sinceMs`, still open or not, due before `dueBeforeMs`, some of them from the newest on. */
export interface DocumentsWanted { scope?: Scope; sinceMs?: number; open?: boolean; dueBeforeMs?: number; start?: number; count?: number }

/** SQL for what is wanted, and its parameters. */
function wanted(kind: DocumentKind, { scope, sinceMs, open, dueBeforeMs }: DocumentsWanted): { where: string; params: unknown[] } {
  const sites = scope?.siteIds?.map(idToBlob) ?? null;
  const services = scope?.services ?? null;
  const conditions: [sql: string, ...params: unknown[]][] = [
    ['kind=?', kind],
    ...(sinceMs === undefined ? [] : [['at_ms >= ?', sinceMs] as [string, number]]),
    ...(sites === null ? [] : [[`site_id IN (${sites.map(() => '?').join(',')})`, ...sites] as [string, ...Uint8Array[]]]),
    ...(services === null ? [] : [[`lines & ${maskOf(services)} <> 0`] as [string]]),
    ...(open === undefined ? [] : [[`data ->> '$.state' ${open ? '=' : '<>'} 'open'`] as [string]]),
    ...(dueBeforeMs === undefined ? [] : [[`data ->> '$.dueAtMs' < ?`, dueBeforeMs] as [string, number]]),
  ];
  return { where: conditions.map(([sql]) => sql).join(' AND '), params: conditions.flatMap(([, ...params]) => params) };
}

/** Documents of a kind from the newest on, those that came to be at the same moment by id. */
export function readDocuments<K extends DocumentKind>(db: Database, kind: K, which: DocumentsWanted = {}): StoredDocument<K>[] {
  const { where, params } = wanted(kind, which);
  return allRows<DocumentRow>(db, `SELECT data, sync FROM document WHERE ${where} ORDER BY at_ms DESC, id DESC LIMIT ? OFFSET ?`, ...params, which.count ?? -1, which.start ?? 0)
    .map(row => ({ document: openedJson<DocumentOf<K>>(db, row.data), sync: row.sync }));
}

export function countDocuments(db: Database, kind: DocumentKind, which: DocumentsWanted = {}): number {
  const { where, params } = wanted(kind, which);
  return getRow<{ n: number }>(db, `SELECT count(*) AS n FROM document WHERE ${where}`, ...params)?.n ?? 0;
}

/** When the figures of a line's newest handover at a site were closed that has been taken over, ms; null when there is none. */
export function readLastTakenMs(db: Database, siteId: Id, line: Service): number | null {
  const { where, params } = wanted('handover', { scope: { siteIds: [siteId], services: [line] } });
  return getRow<{ to_ms: number }>(db, `SELECT data ->> '$.content.toMs' AS to_ms FROM document WHERE ${where} AND data ->> '$.state' = 'received' ORDER BY at_ms DESC, id DESC LIMIT 1`, ...params)?.to_ms ?? null;
}

/** The lines that others have taken over from this person after `sinceMs`. */
export function readTakenLines(db: Database, personId: Id, sinceMs: number): Set<string> {
  const rows = allRows<{ line: string }>(db, `SELECT DISTINCT line.value AS line FROM document, json_each(document.data, '$.lines') AS line
    WHERE kind='handover' AND at_ms >= ? AND data ->> '$.given.byId' = ? AND data ->> '$.taken.atMs' > ?`, sinceMs - DAY_MS, personId, sinceMs);
  return new Set(rows.map(row => row.line));
}

/** Writes a document as it is, unknown fields included. Its place among the others is when it came to be. */
export function writeDocument(work: Work, kind: DocumentKind, document: Document, sync: SyncFlag): void {
  run(work.db, 'INSERT OR REPLACE INTO document(id, kind, site_id, lines, at_ms, sync, version, data) VALUES (?,?,?,?,?,?,?,?)',
    idToBlob(document.id), kind, idToBlob(document.siteId), maskOf(document.lines), document.history[0]?.atMs ?? 0, sync, document.version, sealedJson(work.db, document));
  touch(work, kind);
}

export function setDocumentSync(work: Work, id: Id, sync: SyncFlag): void {
  const kind = kindOfDocument(work.db, id);
  if (kind === null || run(work.db, 'UPDATE document SET sync=? WHERE id=? AND sync <> ?', sync, idToBlob(id), sync).changes === 0) return;
  touch(work, kind);
}

export function removeDocument(work: Work, id: Id): void {
  const kind = kindOfDocument(work.db, id);
  if (kind === null) return;
  run(work.db, 'DELETE FROM document WHERE id=?', idToBlob(id));
  touch(work, kind);
}

function touch(work: Work, kind: DocumentKind): void {
  work.touch(kind === 'view' ? 'view' : 'document');
}

/** Documents that the province has given and that lie outside the scope. */
export function documentsOutside(db: Database, scope: Scope): Id[] {
  const sites = scope.siteIds?.map(idToBlob) ?? null;
  const parts = [
    ...(sites === null ? [] : [`site_id NOT IN (${sites.map(() => '?').join(',')})`]),
    ...(scope.services === null ? [] : [`lines & ${maskOf(scope.services)} = 0`]),
  ];
  if (parts.length === 0) return [];
  return allRows<{ id: Uint8Array }>(db, `SELECT id FROM document WHERE version > 0 AND (${parts.join(' OR ')})`, ...(sites ?? [])).map(row => blobToId(row.id));
}

/** Documents of the province that the finished copy does not have. Never those with changes made here. */
export function documentsNotInSnapshot(db: Database): { kind: string; id: Id; version: number }[] {
  return allRows<{ kind: string; id: Uint8Array; version: number }>(db, `SELECT kind, id, version FROM document WHERE version > 0
    AND NOT EXISTS (SELECT 1 FROM snapshot_row s WHERE s.kind=document.kind AND s.id=document.id)
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.issue_id=document.id) AND NOT EXISTS (SELECT 1 FROM base_row b WHERE b.issue_id=document.id)`)
    .map(row => ({ ...row, id: blobToId(row.id) }));
}

/** The same rows as far as comparing goes, all of them or a site's. */
export function documentsHere(db: Database, siteId: Id | null): { kind: string; id: Id; version: number; siteId: Id }[] {
  return allRows<{ kind: string; id: Uint8Array; version: number; site_id: Uint8Array }>(db, `SELECT kind, id, version, site_id FROM document WHERE version > 0 AND (:site IS NULL OR site_id=:site)`,
    { site: siteId === null ? null : idToBlob(siteId) }).map(row => ({ kind: row.kind, id: blobToId(row.id), version: row.version, siteId: blobToId(row.site_id) }));
}
