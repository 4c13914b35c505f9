import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { BLOCK_BYTES, BlobWriter, readBlob, type Written } from '../../../main/attachments/blob-file.ts';
import { sha256 } from './support.ts';

const KEY = randomBytes(32);
const HEAD = 38, SEALED = 12 + BLOCK_BYTES + 16;
const world = { folder: '', count: 0 };
beforeAll(() => { world.folder = mkdtempSync(join(tmpdir(), 'ioc-blob-')); });
afterAll(() => { rmSync(world.folder, { recursive: true, force: true }); });

async function written(plain: Buffer, piece = 100_000): Promise<{ path: string; blob: Written }> {
  const path = join(world.folder, `${world.count += 1}`);
  const writer = await BlobWriter.create(path, KEY);
  for (let at = 0; at < plain.length; at += piece) await writer.append(plain.subarray(at, at + piece));
  return { path, blob: await writer.finish() };
}

const all = (path: string, blob: Written, key: Buffer = KEY): Promise<Buffer> => readBlob(path, key, blob, { from: 0, count: blob.bytes });
const damaged = (reading: Promise<unknown>) => expect(reading).rejects.toEqual(new AppError('attachment/damaged'));

describe('a file on the disk', () => {
  test.each([1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES, 300_001])('of %d bytes is read as it was written, whole and from anywhere', async bytes => {
    const plain = randomBytes(bytes);
    const { path, blob } = await written(plain, 7_777);
    expect(blob).toMatchObject({ bytes, sha256: sha256(plain) });
    expect((await all(path, blob)).equals(plain)).toBe(true);
    const from = Math.floor(bytes / 3);
    expect((await readBlob(path, KEY, blob, { from, count: 70_000 })).equals(plain.subarray(from, from + 70_000))).toBe(true);
  });

  test('says nothing of its content, and opens with no other key', async () => {
    const plain = Buffer.from('Biển số 93A-000.00 '.repeat(9_000));
    const { path, blob } = await written(plain);
    expect(readFileSync(path).includes('93A-000.00')).toBe(false);      // fewer letters would be there by chance now and then
    await damaged(all(path, blob, randomBytes(32)));
  });

  test('does not open once a byte of it has changed, wherever it is', async () => {
    const { path, blob } = await written(randomBytes(2 * BLOCK_BYTES + 500));
    const good = readFileSync(path);
    for (const at of [HEAD, HEAD + 12, HEAD + SEALED - 1, HEAD + SEALED + 5, good.length - 1]) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 1;
      writeFileSync(path, bad);
      await damaged(all(path, blob));
    }
    writeFileSync(path, good);
    expect((await all(path, blob)).length).toBe(blob.bytes);
  });

  test('does not open when its end is missing, even at the edge of a block', async () => {
    const { path, blob } = await written(randomBytes(2 * BLOCK_BYTES + 500));
    truncateSync(path, HEAD + 2 * SEALED);
    await damaged(all(path, blob));
    // Told that it is shorter, its last block was not sealed as the last.
    await damaged(all(path, { ...blob, bytes: 2 * BLOCK_BYTES }));
  });

  test('does not open when its blocks have changed places, or come from another file', async () => {
    const { path, blob } = await written(randomBytes(3 * BLOCK_BYTES));
    const other = await written(randomBytes(3 * BLOCK_BYTES));
    const good = readFileSync(path);
    const block = (of: Buffer, i: number): Buffer => of.subarray(HEAD + i * SEALED, HEAD + (i + 1) * SEALED);
    writeFileSync(path, Buffer.concat([good.subarray(0, HEAD), block(good, 1), block(good, 0), block(good, 2)]));
    await damaged(all(path, blob));
    writeFileSync(path, Buffer.concat([good.subarray(0, HEAD), block(good, 0), block(readFileSync(other.path), 1), block(good, 2)]));
    await damaged(all(path, blob));
    writeFileSync(path, readFileSync(other.path));
    await damaged(all(path, blob));
  });

  test('that was cut off goes on after its last whole block, and is the same in the end', async () => {
    const plain = randomBytes(4 * BLOCK_BYTES + 99);
    const path = join(world.folder, 'cut');
    const first = await BlobWriter.create(path, KEY);
    await first.append(plain.subarray(0, 2 * BLOCK_BYTES + 10));
    await first.close();
    writeFileSync(path, Buffer.concat([readFileSync(path), randomBytes(999)]));      // half a block that the power cut left
    const second = await BlobWriter.resume(path, KEY);
    expect(second.bytes).toBe(2 * BLOCK_BYTES);
    await second.append(plain.subarray(second.bytes));
    const blob = await second.finish();
    expect(blob.sha256).toBe(sha256(plain));
    expect((await all(path, blob)).equals(plain)).toBe(true);
  });
});
