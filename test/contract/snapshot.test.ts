import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { encodeColumns } from '../../contract/columns/encode.ts';
import { rowsOfSnapshotChunk, snapshotChunkOf, type SnapshotRow } from '../../contract/snapshot.ts';

const T0 = Date.UTC(2026, 10, 24);
const id = newId(T0), other = newId(T0 + 1);

test('rows of several kinds come back in their order, whether or not their data names id and seq', () => {
  const rows: SnapshotRow[] = [
    { kind: 'site', id, seq: 3, data: { id, name: 'IOC mẫu', newer: null } },
    { kind: 'issue', id: other, seq: 9, data: { id: other, version: 9, siteId: id } },
    { kind: 'issue', id, seq: 10, data: { version: 9, description: 'phiên bản cũ' } },
    { kind: 'person', id: other, seq: 11, data: {} },
  ];
  expect([...rowsOfSnapshotChunk(snapshotChunkOf(rows))]).toStrictEqual(rows.map(row => ({ ...row, deleted: false })));
  expect([...rowsOfSnapshotChunk(snapshotChunkOf([]))]).toEqual([]);
});

test.each([
  ['a kind that is none', { id, seq: 1, '9 regions': {} }], ['no kind', { id, seq: 1 }], ['no id', { seq: 1, unit: {} }], ['an id that is none', { seq: 1, unit: { id: 'BP-01' } }],
  ['no seq', { id, unit: {} }], ['a seq that is none', { id, seq: 1.5, unit: {} }], ['data that is none', { id, seq: 1, unit: [] }],
])('a row with %s is refused', (_, row) => {
  expect(() => [...rowsOfSnapshotChunk(encodeColumns([row]))]).toThrow(expect.objectContaining({ code: 'sync/damaged-chunk' }));
});

test('a row of a kind that only a later version knows comes as it was put in', () => {
  const row = { kind: 'region', id, seq: 3, data: { name: 'Vùng mẫu', parts: [{ at: 1 }] } };
  expect([...rowsOfSnapshotChunk(snapshotChunkOf([row]))]).toEqual([{ ...row, deleted: false }]);
});
