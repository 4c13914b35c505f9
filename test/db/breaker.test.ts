import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { Service } from '../../contract/org.ts';
import type { SnapshotManifest } from '../../contract/province.ts';
import { snapshotChunkOf } from '../../contract/snapshot.ts';
import { pendingMutations } from '../../db/outbox.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import { DESK, desk, LEAD, openDesk, orgRows, STATION, T0, type Desk } from './support.ts';

/** A desk with so many records of the province, every second of 113. */
function deskWith(count: number): { on: Desk; rows: Issue[] } {
  const on = openDesk();
  on.db.pragma('synchronous=OFF');
  const base = readIssue(on.db, on.receive())!.issue;
  on.call('sync.applyVerdicts', { verdicts: [{ n: 1, status: 'rejected', seq: 1 }], atMs: T0 });
  on.call('attention.dismiss', { n: 1, personId: DESK, atMs: T0 });
  const rows = Array.from({ length: count }, (_, i): Issue => ({ ...base, id: newId(T0 + i), service: (i % 2 === 0 ? '113' : '114') satisfies Service, version: 10 + i }));
  on.call('sync.applyPage', { rows: rows.map(data => ({ kind: 'issue', id: data.id, seq: data.version, deleted: false, data: { ...data } })), cursor: 'c', verdicts: [], atMs: T0 });
  on.call('sync.forgetCursor', { sameOrder: false });
  return { on, rows };
}

/** A new copy of these records is fetched; its end is what is judged. */
function finish(on: Desk, id: string, issues: Issue[]): void {
  const bytes = new Uint8Array(zstdCompressSync(snapshotChunkOf([...orgRows, ...issues.map(data => ({ kind: 'issue' as const, id: data.id, seq: data.version, data: { ...data } }))])));
  const manifest: SnapshotManifest = { codec: 'columns-1', id, seq: 5_000, cursor: `copy ${id}`, rows: 0, bytes: 0, chunks: [{ sha256: '0'.repeat(64), bytes: 1, rows: 1 }] };
  on.call('sync.snapshotBegin', { manifest });
  on.call('sync.snapshotChunk', { manifestId: id, index: 0, bytes });
  on.call('sync.snapshotFinish', { manifest, atMs: T0 });
}
const ids = (on: Desk): Set<unknown> => new Set(on.db.prepare('SELECT hex(id) FROM issue').pluck().all());
const massRemoval = (rows: number, of: number, copy: string) => expect.objectContaining({ code: 'sync/mass-removal', facts: { rows, of, copy } });

test('a copy that lacks more than a few rows takes nothing away, however often it comes, and stops no sending', () => {
  const { on, rows } = deskWith(300);
  on.mutate(desk, 'issue.note', { id: rows[299]!.id, note: 'chưa gửi' });
  const before = ids(on);
  for (const copy of ['short', 'short', 'empty']) expect(() => finish(on, copy, rows.slice(0, 240))).toThrow(massRemoval(59, 304, copy));
  expect(ids(on)).toEqual(before);
  expect(readSyncState(on.db).cursor).toBe(null);
  expect(pendingMutations(on.db, 10).map(mutation => mutation.n)).toEqual([2]);
  on.call('sync.applyVerdicts', { verdicts: [{ n: 2, status: 'applied', seq: 6_000 }], atMs: T0 });
  expect(() => finish(on, 'short', rows.slice(0, 249))).not.toThrow();              // fifty of them, as a few may go
  expect(ids(on).size).toBe(250);
  on.close();
});

test('exactly the approved copy takes exactly so many rows away, once, and that is written down', () => {
  const { on, rows } = deskWith(200);
  expect(() => finish(on, 'short', rows.slice(0, 100))).toThrow(massRemoval(100, 204, 'short'));
  on.call('sync.approveRemoval', { copy: 'other', rows: 100, personId: LEAD, atMs: T0 });
  expect(() => finish(on, 'short', rows.slice(0, 100))).toThrow(massRemoval(100, 204, 'short'));
  on.call('sync.approveRemoval', { copy: 'short', rows: 99, personId: LEAD, atMs: T0 });
  expect(() => finish(on, 'short', rows.slice(0, 100))).toThrow(massRemoval(100, 204, 'short'));
  on.call('sync.approveRemoval', { copy: 'short', rows: 100, personId: LEAD, atMs: T0 });
  finish(on, 'short', rows.slice(0, 100));
  expect(ids(on).size).toBe(100);
  expect(readSyncState(on.db).cursor).toBe('copy short');
  expect(on.db.prepare(`SELECT subject FROM audit WHERE action = 'sync.approveRemoval' ORDER BY seq DESC LIMIT 1`).pluck().get()).toBe('short 100');
  on.call('sync.forgetCursor', { sameOrder: false });
  expect(() => finish(on, 'short', rows.slice(0, 10))).toThrow(massRemoval(90, 104, 'short'));
  on.close();
});

test('what lies outside a scope that the session has announced goes without asking', () => {
  const { on, rows } = deskWith(300);
  const scope = { siteIds: null, services: ['114' as const] };
  on.call('sync.scopeChanged', { scope, atMs: T0 });
  // The copy is faster than the leaving.
  finish(on, 'narrow', rows.filter(row => row.service === '114'));
  expect(ids(on).size).toBe(150);
  expect(readSyncState(on.db).cursor).toBe('copy narrow');
  on.close();
});

test('records leave a narrower scope some at a time, with what waits for them, and what is not the province’s yet stays', () => {
  const { on, rows } = deskWith(1_200);
  const here: Id = on.receive();
  on.mutate(desk, 'issue.note', { id: rows[0]!.id, note: 'chưa gửi' });
  on.call('sync.scopeChanged', { scope: { siteIds: [STATION.site.id], services: ['114'] }, atMs: T0 });
  const answers = [1, 2, 3].map(() => on.call('sync.leaveScope', null).more);
  expect(answers).toEqual([true, false, false]);
  expect(ids(on).size).toBe(601);
  expect(readIssue(on.db, here)).not.toBe(null);
  expect(pendingMutations(on.db, 10).map(mutation => mutation.name)).toEqual(['issue.receive', 'issue.note']);
  on.close();
});
