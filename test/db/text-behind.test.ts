import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { SnapshotManifest } from '../../contract/province.ts';
import { snapshotChunkOf } from '../../contract/snapshot.ts';
import { indexedForms } from '../../db/full-text.ts';
import { openDatabase } from '../../db/open.ts';
import { createRunner } from '../../db/runner.ts';
import { sealOf } from '../../db/seal.ts';
import { issueText, readIssue } from '../../db/stores/issues.ts';
import { readTextFrom } from '../../db/text-behind.ts';
import { desk, KEY, lead, openDesk, orgRows, STATION, T0, tempFile } from './support.ts';

type TestDesk = ReturnType<typeof openDesk>;
/** More than are given their words in one transaction. */
const MANY = 1_200;

const chunkOf = (issues: readonly Issue[]) =>
  new Uint8Array(zstdCompressSync(snapshotChunkOf([...orgRows, ...issues.map(data => ({ kind: 'issue' as const, id: data.id, seq: data.version, data: { ...data } }))])));

/** What the province has: as a record made here would be, but for its words. */
function provinceIssues(count: number): Issue[] {
  const on = openDesk();
  const like = readIssue(on.db, on.receive())?.issue;
  on.close();
  if (like === undefined) throw new Error('gone');
  return Array.from({ length: count }, (_, nth) => ({ ...like, id: newId(T0 + nth), version: 10 + nth, displayNo: `DX-26-${nth}`, description: `Việc${nth} ở ngõ${nth % 7}` }));
}
const ISSUES = provinceIssues(MANY);

/** A desk into which the copy came in two chunks, finished or not, with no words behind it yet. */
function copied({ finished = true, file = tempFile() } = {}): { on: TestDesk; manifest: SnapshotManifest } {
  const on = openDesk(file, false);
  on.call('station.save', STATION);
  const chunks = [chunkOf(ISSUES.slice(0, MANY / 2)), chunkOf(ISSUES.slice(MANY / 2))];
  const manifest: SnapshotManifest = { codec: 'columns-1', id: 's', seq: 5_000, cursor: 'c', rows: MANY, bytes: 0, chunks: chunks.map(({ length }) => ({ sha256: '0'.repeat(64), bytes: length, rows: 1 })) };
  on.call('sync.snapshotBegin', { manifest });
  chunks.slice(0, finished ? 2 : 1).forEach((bytes, index) => on.call('sync.snapshotChunk', { manifestId: 's', index, bytes }));
  if (finished) on.call('sync.snapshotFinish', { manifest, atMs: T0 });
  return { on, manifest };
}

const found = (on: TestDesk, word: string, table: 'ex' | 'fo' = 'fo') => on.db.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH ?`).pluck().all(`"${word}"`);
function bringWords(on: TestDesk): number {
  for (let calls = 1; ; calls += 1) if (!on.call('sync.textNext', null).more) return calls;
}

/** Each record is found by every one of its words, and no word finds a row that has it not. */
function expectAllFound(on: TestDesk): void {
  const rows = on.db.prepare('SELECT id FROM issue').all().length;
  const expected = { ex: new Map<string, number[]>(), fo: new Map<string, number[]>() };
  for (const rid of on.db.prepare<[], number>('SELECT rid FROM issue ORDER BY rid').pluck().all()) {
    const id = on.db.prepare<[number], string>('SELECT lower(hex(id)) FROM issue WHERE rid=?').pluck().get(rid) ?? '';
    const stored = readIssue(on.db, id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Id);
    if (stored === null) throw new Error('a row without its record');
    const forms = indexedForms(issueText(stored.issue), sealOf(on.db));
    for (const [table, text] of [['ex', forms.exact], ['fo', forms.folded]] as const) {
      for (const word of new Set(text.split(' '))) expected[table].set(word, [...expected[table].get(word) ?? [], rid]);
    }
  }
  expect(rows).toBeGreaterThan(0);
  for (const table of ['ex', 'fo'] as const) {
    const all = on.db.prepare(`SELECT rowid FROM ${table} ORDER BY rowid`).pluck().all();
    expect(all).toHaveLength(rows);
    for (const [word, rids] of expected[table]) if (word.startsWith('viec') || word.startsWith('việc') || rids.length < 50) expect([word, found(on, word, table)]).toEqual([word, rids]);
  }
}

test('a first copy is there before its words; then they follow piece by piece, and nothing is missing', () => {
  const { on } = copied();
  expect(on.db.prepare('SELECT count(*) FROM issue').pluck().get()).toBe(MANY);
  expect([found(on, 'viec7').length, readTextFrom(on.db)]).toEqual([0, 1]);
  expect(on.call('sync.textNext', null)).toEqual({ more: true });
  expect([found(on, 'viec7').length, found(on, 'viec1100').length]).toEqual([1, 0]);
  expect(bringWords(on)).toBe(2);
  expect(readTextFrom(on.db)).toBe(null);
  expectAllFound(on);
  expect(on.call('sync.textNext', null)).toEqual({ more: false });
  on.close();
});

test('whatever is written, changed and removed between the pieces, every record is found by its words and by no others', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('words' as const) }), fc.record({ do: fc.constant('receive' as const) }),
    fc.record({ do: fc.constantFrom('edit', 'step', 'remove', 'page'), at: fc.nat({ max: MANY - 1 }) }),
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 12 }), steps => {
    const { on } = copied();
    const gone = new Set<number>();
    for (const [nth, one] of steps.entries()) {
      if (one.do === 'words') on.call('sync.textNext', null);
      else if (one.do === 'receive') on.receive({ description: `Mới${nth}` });
      else {
        const issue = ISSUES[one.at];
        const stored = issue === undefined ? null : readIssue(on.db, issue.id)?.issue ?? null;
        if (issue === undefined || stored === null || gone.has(one.at)) continue;
        const row = (data: object, deleted = false) => on.call('sync.applyPage', { rows: [{ kind: 'issue', id: issue.id, seq: 6_000 + nth, deleted, data: { ...data } }], cursor: 'd', verdicts: [], atMs: T0 });
        if (one.do === 'edit') on.mutate(desk, 'issue.edit', { id: issue.id, fields: { description: { from: stored.description, to: `Sửa${nth} ${stored.description}` } } });
        else if (one.do === 'step') on.mutate(lead, 'issue.note', { id: issue.id, note: 'ghi' });
        else if (one.do === 'page') row({ ...stored, description: `Tỉnh${nth}` });
        else { row({}, true); gone.add(one.at); }
      }
    }
    bringWords(on);
    expectAllFound(on);
    on.close();
  }), { numRuns: 12 });
});

test('what is missing is known after a stop in the middle, and a second copy writes its words at once', () => {
  const { on, manifest } = copied({ finished: false });
  on.call('sync.textNext', null);
  on.db.close();                                                   // as a kill would: nothing is tidied
  const again = openDesk(on.file, false);
  expect(readTextFrom(again.db)).toBe(501);
  const chunk = chunkOf(ISSUES.slice(MANY / 2));
  again.call('sync.snapshotBegin', { manifest: { ...manifest, id: 'other', chunks: manifest.chunks.slice(1) } });
  again.call('sync.snapshotChunk', { manifestId: 'other', index: 0, bytes: chunk });
  expect([found(again, 'viec1100').length, found(again, 'viec550').length]).toEqual([1, 0]);
  bringWords(again);
  expectAllFound(again);
  again.close();
});

test('words that are in before the last chunk leave the indexes to be tidied by the end of the copy', () => {
  const { on, manifest } = copied({ finished: false });
  expect(bringWords(on)).toBe(2);
  const segments = () => on.db.prepare('SELECT count(DISTINCT segid) FROM fo_idx').pluck().get();
  on.call('sync.snapshotChunk', { manifestId: 's', index: 1, bytes: chunkOf(ISSUES.slice(MANY / 2)) });
  bringWords(on);
  expect(segments()).toBeGreaterThan(1);
  on.call('sync.snapshotFinish', { manifest, atMs: T0 });
  expect(segments()).toBeLessThanOrEqual(1);
  expectAllFound(on);
  on.close();
});

test('who searches is told when the last words are in, and not before', () => {
  const { on } = copied();
  on.close();
  const db = openDatabase({ file: on.file, keyHex: KEY, role: 'writer' });
  const runner = createRunner(db);
  const changes = [1, 2, 3].map(() => runner.run('sync.textNext', null).change);
  expect(changes).toEqual([null, null, { tables: ['issue', 'sync'], issueRids: [] }]);
  db.close();
});

test('a record that was here before the copy and is another in it is found by its new words at once', () => {
  const on = openDesk(tempFile(), false);
  on.call('station.save', STATION);
  const [one] = ISSUES;
  if (one === undefined) throw new Error('no records');
  on.receive();                                                    // written here, so the copy is a first one all the same
  const stranger = chunkOf([{ ...one, version: 11 }]), changed = chunkOf([{ ...one, version: 12, description: 'Khác hẳn' }]);
  const manifest: SnapshotManifest = { codec: 'columns-1', id: 's', seq: 12, cursor: 'c', rows: 2, bytes: 0, chunks: [stranger, changed].map(({ length }) => ({ sha256: '0'.repeat(64), bytes: length, rows: 1 })) };
  on.call('sync.snapshotBegin', { manifest });
  on.call('sync.snapshotChunk', { manifestId: 's', index: 0, bytes: stranger });
  bringWords(on);
  on.call('sync.snapshotChunk', { manifestId: 's', index: 1, bytes: changed });
  expect([found(on, 'viec0').length, found(on, 'hẳn', 'ex').length]).toEqual([0, 1]);
  on.close();
});

test('after the copy the log is kept short again, also while its words are still to come', () => {
  const { on } = copied();
  expect([readTextFrom(on.db), on.db.pragma('wal_autocheckpoint', { simple: true })]).toEqual([1, 1_000]);
  on.close();
});

test('the log is kept short again even where the indexes cannot be made one piece', () => {
  const { on } = copied();
  const checkpoint = () => on.db.pragma('wal_autocheckpoint', { simple: true });
  on.call('sync.textNext', null);
  on.call('sync.textNext', null);
  on.db.pragma('wal_autocheckpoint=8000');
  on.db.exec(`UPDATE sync_state SET text_from=${MANY + 1}; DROP TABLE fo`);
  expect(() => on.call('sync.textNext', null)).toThrow(/fo/);
  expect(checkpoint()).toBe(1_000);
  on.db.close();
});
