import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import { encodeColumns } from '../../contract/columns/encode.ts';
import type { Row, SnapshotManifest } from '../../contract/province.ts';
import { snapshotChunkOf } from '../../contract/snapshot.ts';
import { withBulkCommits } from '../../db/open.ts';
import { pendingMutations } from '../../db/outbox.ts';
import { readAttention } from '../../db/stores/attention.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readSites, readUnits } from '../../db/stores/org.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import { desk, openDesk, orgRows, SITE, T0, UNIT } from './support.ts';

type TestDesk = ReturnType<typeof openDesk>;
/** Rows as a chunk. */
function chunkOf(kind: Row['kind'], rows: { id: Id; version?: number }[], seq = 50): Uint8Array {
  return snapshotChunkOf(rows.map(row => ({ kind, id: row.id, seq: row.version ?? seq, data: { ...row } })));
}
const pack = (chunk: Uint8Array) => new Uint8Array(zstdCompressSync(chunk));

function manifestOf(id: string, chunks: Uint8Array[], seq = 50): SnapshotManifest {
  return { codec: 'columns-1', id, seq, cursor: `snapshot ${id}`, rows: 0, bytes: 0, chunks: chunks.map(bytes => ({ sha256: '0'.repeat(64), bytes: bytes.length, rows: 1 })) };
}

function template(on: TestDesk): Issue {
  const id = on.receive();
  const issue = readIssue(on.db, id)?.issue;
  if (issue === undefined) throw new Error('gone');
  return { ...issue, displayNo: 'DX-26-1' };
}

const org = (kind: Row['kind']) => orgRows.filter(row => row.kind === kind).map(row => row.data as { id: Id });

test('chunks become rows, whatever their order, and the cursor comes with the last', () => {
  const on = openDesk();
  const one = { ...template(on), id: newId(T0), version: 41 }, two = { ...one, id: newId(T0 + 1), version: 42, description: 'Cây đổ', newer: 'x' };
  const chunks = [pack(chunkOf('site', org('site'))), pack(chunkOf('unit', org('unit'))), pack(chunkOf('issue', [one, two]))];
  const manifest = manifestOf('s1', chunks);
  on.call('sync.forgetCursor', { sameOrder: false });
  expect(on.call('sync.snapshotBegin', { manifest })).toEqual({ loaded: [] });
  on.call('sync.snapshotChunk', { manifestId: 's1', index: 2, bytes: chunks[2]! });
  expect(readSyncState(on.db)).toMatchObject({ cursor: null, snapshot: { id: 's1', loaded: 1, total: 3 } });
  expect(on.call('sync.snapshotBegin', { manifest })).toEqual({ loaded: [2] });       // goes on after a cut
  expect(() => on.call('sync.snapshotFinish', { manifest, atMs: T0 })).toThrow(/before all its chunks/);
  on.call('sync.snapshotChunk', { manifestId: 's1', index: 0, bytes: chunks[0]! });
  on.call('sync.snapshotChunk', { manifestId: 's1', index: 1, bytes: chunks[1]! });
  on.call('sync.snapshotFinish', { manifest, atMs: T0 + 7 });
  expect(readSyncState(on.db)).toMatchObject({ cursor: 'snapshot s1', snapshot: null, lastSyncAtMs: T0 + 7 });
  expect(readIssue(on.db, one.id)).toMatchObject({ sync: 0, issue: { ...one, version: 41 } });
  expect(readIssue(on.db, two.id)?.issue).toEqual({ ...two, newer: 'x' });
  on.close();
});

test('what the copy does not have is forgotten, except what has unsent changes', () => {
  const on = openDesk();
  const mine = on.receive();                                                          // never sent
  const base = template(on);
  const [kept, gone, edited] = [1, 2, 3].map(i => ({ ...base, id: newId(T0 + i), version: 30 + i }));
  on.call('sync.applyPage', { rows: [kept!, gone!, edited!].map(data => ({ kind: 'issue', id: data.id, seq: data.version, deleted: false, data })), cursor: 'c', verdicts: [], atMs: T0 });
  on.mutate(desk, 'issue.note', { id: edited!.id, note: 'chưa gửi' });
  const chunks = [pack(chunkOf('site', org('site'))), pack(chunkOf('issue', [kept!]))];
  const manifest = manifestOf('s2', chunks);
  on.call('sync.snapshotBegin', { manifest });
  chunks.forEach((bytes, index) => on.call('sync.snapshotChunk', { manifestId: 's2', index, bytes }));
  on.call('sync.snapshotFinish', { manifest, atMs: T0 });
  expect([mine, kept!.id, gone!.id, edited!.id].map(id => readIssue(on.db, id) !== null)).toEqual([true, true, false, true]);
  expect(readIssue(on.db, edited!.id)?.issue.history.at(-1)?.note).toBe('chưa gửi');
  expect(readSites(on.db).map(site => site.id)).toEqual([SITE]);
  expect(readUnits(on.db)).toEqual([]);
  expect(pendingMutations(on.db, 10).map(m => m.n)).toEqual([1, 2, 3]);
  // Its change is judged; then it goes too, and only the refusal tells of it.
  const verdict = { n: 3, status: 'rejected' as const, seq: 50, error: { code: 'issue/not-found' as const, facts: {} } };
  on.call('sync.applyVerdicts', { verdicts: [verdict], atMs: T0 });
  expect(readIssue(on.db, edited!.id)).toBe(null);
  expect(readAttention(on.db).map(({ attention }) => [attention.issueNo, attention.description])).toEqual([['DX-26-1', base.description]]);
  on.close();
});

test('pending changes stay in view while a copy is loaded over them', () => {
  const on = openDesk();
  const base = { ...template(on), id: newId(T0), version: 30 };
  on.call('sync.applyPage', { rows: [{ kind: 'issue', id: base.id, seq: 30, deleted: false, data: base }], cursor: 'c', verdicts: [], atMs: T0 });
  on.mutate(desk, 'issue.edit', { id: base.id, fields: { category: { from: 'unknown', to: 'water' } } });
  const chunk = pack(chunkOf('issue', [{ ...base, severity: 'P1', version: 44 } as Issue]));
  on.call('sync.snapshotBegin', { manifest: manifestOf('s3', [chunk]) });
  on.call('sync.snapshotChunk', { manifestId: 's3', index: 0, bytes: chunk });
  expect(readIssue(on.db, base.id)).toMatchObject({ sync: 1, issue: { category: 'water', severity: 'P1', version: 44 } });
  on.close();
});

test('another manifest starts anew; a chunk of the former one is refused', () => {
  const on = openDesk();
  const chunk = pack(chunkOf('unit', org('unit')));
  on.call('sync.snapshotBegin', { manifest: manifestOf('old', [chunk]) });
  on.call('sync.snapshotChunk', { manifestId: 'old', index: 0, bytes: chunk });
  expect(on.call('sync.snapshotBegin', { manifest: manifestOf('new', [chunk]) })).toEqual({ loaded: [] });
  expect(() => on.call('sync.snapshotChunk', { manifestId: 'old', index: 0, bytes: chunk })).toThrow(expect.objectContaining({ code: 'sync/chunk-gone' }));
  on.close();
});

test('a chunk that is damaged, no chunk at all, or a bomb is refused, and changes nothing', () => {
  const on = openDesk();
  const good = pack(chunkOf('unit', [{ ...org('unit')[0]!, name: 'Tên khác' } as { id: Id }]));
  const cut = good.slice(0, good.length - 4);
  const foreign = [{ unit: org('unit')[0] }, { seq: 4, other: {} }, { seq: 4, unit: { id: 7 } }, { seq: 4, unit: 'x' }].map(row => pack(encodeColumns([row])));
  const former = new Uint8Array(zstdCompressSync(JSON.stringify({ kind: 'unit', ids: [], seqs: [], columns: {} })));
  const bomb = new Uint8Array(zstdCompressSync(Buffer.alloc(70 * 1024 * 1024, 32)));
  on.call('sync.snapshotBegin', { manifest: manifestOf('s4', [good]) });
  for (const bytes of [cut, ...foreign, former, bomb, new TextEncoder().encode('<html>Đăng nhập</html>')]) {
    expect(() => on.call('sync.snapshotChunk', { manifestId: 's4', index: 0, bytes })).toThrow(expect.objectContaining({ code: 'sync/damaged-chunk' }));
  }
  expect(readUnits(on.db).map(unit => [unit.id, unit.name])).toEqual([[UNIT, 'Đội cấp nước Đồng Xoài']]);
  expect(readSyncState(on.db).snapshot).toMatchObject({ loaded: 0 });
  on.close();
});

test('after a piece, whole or damaged, every commit waits for the disk again', () => {
  const on = openDesk();
  const chunk = pack(chunkOf('site', org('site')));
  on.call('sync.snapshotBegin', { manifest: manifestOf('s1', [chunk, chunk]) });
  const pragma = (name: string) => on.db.pragma(name, { simple: true });
  const seen = () => [pragma('synchronous'), pragma('wal_autocheckpoint')];
  const asUsual = [2, 1_000];
  expect(seen()).toEqual(asUsual);
  expect(withBulkCommits(on.db, () => pragma('synchronous'))).toBe(1);
  on.call('sync.snapshotChunk', { manifestId: 's1', index: 0, bytes: chunk });
  expect(pragma('synchronous')).toBe(2);
  expect(() => on.call('sync.snapshotChunk', { manifestId: 's1', index: 1, bytes: Uint8Array.of(1, 2, 3) })).toThrow(expect.objectContaining({ code: 'sync/damaged-chunk' }));
  expect(pragma('synchronous')).toBe(2);
  on.call('sync.snapshotChunk', { manifestId: 's1', index: 1, bytes: chunk });
  on.call('sync.snapshotFinish', { manifest: manifestOf('s1', [chunk, chunk]), atMs: T0 });
  expect(seen()).toEqual(asUsual);
  on.close();
});
