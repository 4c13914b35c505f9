import { zstdCompressSync } from 'node:zlib';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { markFile, openDatabase } from '../../db/open.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readUnits } from '../../db/stores/org.ts';
import { readSettings, readStation } from '../../db/stores/station.ts';
import { snapshotChunkOf } from '../../contract/snapshot.ts';
import { startWriter } from '../../db/writer.ts';
import type { DbChange } from '../../db/writer-api.ts';
import { desk, KEY, report, STATION, T0, tempFile, UNIT, unitRow } from './support.ts';

test.each([true, false])('commands answer, changes are told in commit order and before the answer (thread: %s)', async thread => {
  const file = tempFile();
  const writer = await startWriter({ file, keyHex: KEY, thread });
  const told: DbChange[] = [];
  const stop = writer.onChange(change => told.push(change));
  await writer.call('station.save', STATION);
  expect(told).toEqual([{ tables: ['session', 'sync'], issueRids: [] }]);
  const ids = [newId(T0), newId(T0), newId(T0)];
  const outputs = await Promise.all(ids.map(id => writer.call('issue.mutate', { actor: desk, name: 'issue.receive', payload: report(id), atMs: T0, draftId: null })));
  expect(outputs.map(output => output.n)).toEqual([1, 2, 3]);
  expect(told.slice(1).map(change => change.issueRids)).toEqual([[1], [2], [3]]);
  const reader = openDatabase({ file, keyHex: KEY, role: 'reader' });
  expect(ids.map(id => readIssue(reader, id)?.rid)).toEqual([1, 2, 3]);
  stop();
  await writer.call('settings.save', { language: 'en', theme: 'dark', scale: 1.5 });
  expect(told).toHaveLength(4);
  expect(readSettings(reader)).toEqual({ language: 'en', theme: 'dark', scale: 1.5 });
  expect(readStation(reader)).toEqual(STATION);
  reader.close();
  expect(existsSync(markFile(file))).toBe(true);
  await writer.close();
  expect(existsSync(markFile(file))).toBe(false);
  await writer.close();
});

test('a refusal crosses the thread as what it is, and nothing is told', async () => {
  const writer = await startWriter({ file: tempFile(), keyHex: KEY, thread: true });
  await writer.call('station.save', STATION);
  const told: DbChange[] = [];
  writer.onChange(change => told.push(change));
  await expect(writer.call('issue.mutate', { actor: desk, name: 'issue.startVerification', payload: { id: newId(T0) }, atMs: T0, draftId: null }))
    .rejects.toMatchObject({ name: 'AppError', code: 'issue/not-found', facts: {} });
  await expect(writer.call('draft.save', { id: newId(T0), personId: desk.personId, service: '1022', fields: {}, atMs: T0 })).rejects.toMatchObject({ code: 'draft/not-found' });
  expect(told).toEqual([]);
  await writer.close();
});

test('bytes of a chunk are handed over whole, and a slice of a larger buffer is not harmed', async () => {
  const file = tempFile();
  const writer = await startWriter({ file, keyHex: KEY, thread: true });
  const packed = zstdCompressSync(snapshotChunkOf([{ kind: 'unit', id: UNIT, seq: 9, data: unitRow }]));
  const manifest = { codec: 'columns-1' as const, id: 's', seq: 9, cursor: 'c', rows: 1, bytes: packed.length, chunks: [{ sha256: '0'.repeat(64), bytes: packed.length, rows: 1 }, { sha256: '0'.repeat(64), bytes: packed.length, rows: 1 }] };
  await writer.call('sync.snapshotBegin', { manifest });
  const pool = new Uint8Array(packed.length + 100).fill(7);
  pool.set(packed, 50);
  await writer.call('sync.snapshotChunk', { manifestId: 's', index: 0, bytes: pool.subarray(50, 50 + packed.length) });
  expect(pool[0]).toBe(7);
  const own = new Uint8Array(packed);
  await writer.call('sync.snapshotChunk', { manifestId: 's', index: 1, bytes: own });
  expect(own.length).toBe(0);
  await writer.call('sync.snapshotFinish', { manifest, atMs: T0 });
  const reader = openDatabase({ file, keyHex: KEY, role: 'reader' });
  expect(readUnits(reader)).toEqual([unitRow]);
  reader.close();
  await writer.close();
});

test.each([true, false])('a start that fails says why (thread: %s)', async thread => {
  const file = tempFile();
  await (await startWriter({ file, keyHex: KEY, thread })).close();
  await expect(startWriter({ file, keyHex: 'c3'.repeat(32), thread })).rejects.toMatchObject({ code: 'db/wrong-key' });
});

test('after the writer has ended every call fails, none hangs', async () => {
  const writer = await startWriter({ file: tempFile(), keyHex: KEY, thread: true });
  await writer.close();
  await expect(writer.call('upkeep', null)).rejects.toThrow('the writer has ended');
});

test('more than 2,000 changed records are too many to name', async () => {
  const writer = await startWriter({ file: tempFile(), keyHex: KEY, thread: false });
  await writer.call('station.save', STATION);
  const id = newId(T0);
  await writer.call('issue.mutate', { actor: desk, name: 'issue.receive', payload: report(id), atMs: T0, draftId: null });
  const told: DbChange[] = [];
  writer.onChange(change => told.push(change));
  const data = {
    ...report(id), sourceRef: null, occurredAtMs: null, category: 'unknown', victims: [], original: null, stationId: UNIT, authorId: UNIT, provisionalNo: 'x', displayNo: null,
    state: 'received', dueAtMs: null, verification: null, falseProposal: null, leadUnitId: null, coUnitIds: [], forwardedAtMs: null, resolvedById: null,
    result: null, outcome: null, reply: null, history: [], version: 0,
  };
  const rows = Array.from({ length: 2_001 }, (_, i) => ({ kind: 'issue' as const, id: newId(T0 + i), seq: i + 1, deleted: false, data }));
  await writer.call('sync.applyPage', { rows: rows.slice(1), cursor: 'a', verdicts: [], atMs: T0 });
  await writer.call('sync.applyPage', { rows, cursor: 'b', verdicts: [], atMs: T0 });
  expect(told.map(change => change.issueRids?.length ?? null)).toEqual([2_000, null]);
  await writer.close();
});
