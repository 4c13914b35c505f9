import { zstdDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { rowsOfSnapshotChunk } from '../../contract/snapshot.ts';
import { packChunks } from '../../province/snapshot-chunks.ts';

test('a copy holds rows of a kind that only a later version knows, behind all others', async () => {
  const row = (kind: string) => ({ kind, id: newId(1_790_000_000_000), seq: 4, deleted: false, data: { name: 'mẫu' } });
  const [camera, unit, site] = [row('camera'), row('unit'), row('site')];
  const chunks = await packChunks([camera, unit, site], 'quick');
  expect(chunks.flatMap(chunk => [...rowsOfSnapshotChunk(zstdDecompressSync(chunk.bytes))])).toEqual([site, unit, camera]);
});
