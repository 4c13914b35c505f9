import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { PMTiles, TileType } from 'pmtiles';
import { beforeEach, describe, expect, test } from 'vitest';
import { FILE_PIECE_BYTES, consoleContract } from '../../../contract/console.ts';
import type { AppError } from '../../../contract/errors.ts';
import { PackShelf } from '../../../main/map/pack-shelf.ts';
import { PackSource } from '../../../renderer/map/pack-source.ts';
import { packFile, samplePack, tileAt, vectorTile } from '../../support/map-pack.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const PACK = samplePack();
const stage = { data: '', folder: '' };
const freshFolder = tempFolders();
const shelf = (): PackShelf => new PackShelf(stage.folder);
const put = (name: string, bytes: Uint8Array | string, ageS = 0): void => {
  writeFileSync(join(stage.folder, name), bytes);
  utimesSync(join(stage.folder, name), 1_700_000_000 - ageS, 1_700_000_000 - ageS);
};
const codeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'fine', (error: AppError) => error.code);

beforeEach(() => {
  stage.data = freshFolder();
  stage.folder = join(stage.data, 'map');
  mkdirSync(stage.folder);
});

describe('the pack of a workstation', () => {
  test('is none where there is no folder, an empty one, or other files only', async () => {
    expect(await new PackShelf(join(stage.data, 'nothing')).look()).toEqual({ pack: null, trouble: null });
    put('README.txt', 'no map');
    put('.hidden.pmtiles', PACK);
    expect(await shelf().look()).toEqual({ pack: null, trouble: null });
  });

  test('is the newest that can be read; one that is still being copied leaves the older one in use', async () => {
    put('old.pmtiles', PACK, 100);
    put('NEW.PMTiles', PACK);
    expect((await shelf().look()).pack).toMatchObject({ name: 'NEW.PMTiles', bytes: PACK.length });
    put('half.pmtiles', PACK.subarray(0, PACK.length - 1), -50);
    expect((await shelf().look()).pack).toMatchObject({ name: 'NEW.PMTiles' });
  });

  test.each([
    ['shorter than a header', Buffer.from('PMTiles'), 'map/not-a-pack'], ['something else', Buffer.alloc(4_000, 'GIF89a'), 'map/not-a-pack'],
    ['of version 2', Buffer.concat([Buffer.from('PMTiles\u0002', 'latin1'), Buffer.alloc(300)]), 'map/not-a-pack'], ['cut short', PACK.subarray(0, PACK.length - 1), 'map/pack-damaged'],
  ])('is none when it is %s, and that is said', async (_what, bytes, code) => {
    put('a.pmtiles', bytes);
    expect(await shelf().look()).toEqual({ pack: null, trouble: { code, facts: { file: 'a.pmtiles' } } });
  });

  test('is never what a link points to', async () => {
    const secret = join(stage.data, 'console.db');
    copyFileSync(join(import.meta.dirname, 'pack-shelf.test.ts'), secret);
    writeFileSync(join(stage.data, 'outside.pmtiles'), PACK);
    symlinkSync(join(stage.data, 'outside.pmtiles'), join(stage.folder, 'a.pmtiles'));
    expect(await shelf().look()).toEqual({ pack: null, trouble: null });
    put('b.pmtiles', PACK);
    const open = shelf();
    const key = (await open.look()).pack!.key;
    rmSync(join(stage.folder, 'b.pmtiles'));
    symlinkSync(secret, join(stage.folder, 'b.pmtiles'));
    expect(await codeOf(open.read(key, 0, 100))).toMatch(/^map\//);
  });
});

describe('its bytes', () => {
  test('are those of the file, wherever they are asked for, and end where it ends', async () => {
    put('a.pmtiles', PACK);
    const open = shelf();
    const key = (await open.look()).pack!.key;
    await fc.assert(fc.asyncProperty(fc.nat(PACK.length - 1), fc.integer({ min: 1, max: FILE_PIECE_BYTES }), async (from, count) => {
      const { piece, bytes } = await open.read(key, from, count);
      expect(bytes).toBe(PACK.length);
      expect(piece.equals(PACK.subarray(from, from + count))).toBe(true);
    }));
    for (const from of [PACK.length, PACK.length + 1, 2 ** 40, Number.MAX_SAFE_INTEGER]) expect(await codeOf(open.read(key, from, 1))).toBe('map/pack-damaged');
  });

  test('of another file are never given under the old key: replaced, shortened, taken away', async () => {
    put('a.pmtiles', PACK);
    const open = shelf();
    const key = (await open.look()).pack!.key;
    const other = samplePack({ water: 'water', road: 'roads', other: 'x' });
    writeFileSync(join(stage.data, 'b'), other);
    renameSync(join(stage.data, 'b'), join(stage.folder, 'a.pmtiles'));
    expect(await codeOf(open.read(key, 0, 10))).toBe('map/pack-changed');
    const next = (await open.look()).pack!.key;
    expect(next).not.toBe(key);
    expect(await codeOf(open.read(next, 0, 10))).toBe('fine');
    truncateSync(join(stage.folder, 'a.pmtiles'), 200);
    expect(await codeOf(open.read(next, 0, 10))).toBe('map/pack-changed');
    rmSync(join(stage.folder, 'a.pmtiles'));
    expect(await codeOf(open.read(next, 0, 10))).toBe('map/pack-changed');
    expect(await codeOf(open.read('../console.db', 0, 10))).toBe('map/pack-changed');
  });

  test('that a page may ask for are bounded by the contract', () => {
    const schema = consoleContract.map.read['~orpc'].inputSchema!;
    const isTaken = (input: unknown): boolean => { const result = schema['~standard'].validate(input); return !(result instanceof Promise) && result.issues === undefined; };
    expect(isTaken({ key: 'k', from: 0, count: FILE_PIECE_BYTES })).toBe(true);
    for (const wrong of [{ from: -1 }, { from: 0.5 }, { from: 2 ** 60 }, { from: Infinity }, { count: 0 }, { count: FILE_PIECE_BYTES + 1 }, { key: 'x'.repeat(81) }, { path: '/etc/passwd' }]) {
      expect([wrong, isTaken({ key: 'k', from: 0, count: 1, ...wrong })]).toEqual([wrong, false]);
    }
  });
});

describe('the reader of the screens', () => {
  const readerOf = async (bytes: Buffer): Promise<{ pack: PMTiles; told: unknown[] }> => {
    put('a.pmtiles', bytes);
    const open = shelf();
    const { pack } = await open.look();
    const told: unknown[] = [];
    const read = async ({ key, from, count }: { key: string; from: number; count: number }) => {
      const answer = await open.read(key, from, count);
      return { base64: answer.piece.toString('base64'), bytes: answer.bytes };
    };
    return { pack: new PMTiles(new PackSource(pack!, read, error => told.push(error))), told };
  };

  test('finds header, metadata and tiles in it, over the pieces of the wire', async () => {
    const { pack, told } = await readerOf(PACK);
    expect(await pack.getHeader()).toMatchObject({ tileType: TileType.Mvt, minZoom: 6, maxZoom: 9, minLon: 106, maxLat: 13 });
    expect(await pack.getMetadata()).toMatchObject({ vector_layers: [{ id: 'water' }, { id: 'transportation' }, { id: 'thua_dat' }] });
    const { x, y } = tileAt(11.53, 106.88, 9);
    expect(Buffer.from((await pack.getZxy(9, x, y))!.data).includes('ĐT.741')).toBe(true);
    expect(await pack.getZxy(9, 0, 0)).toBeUndefined();
    expect(told).toEqual([]);
  });

  test('gets a tile of many pieces whole', async () => {
    const bytes = Buffer.from(Array.from({ length: FILE_PIECE_BYTES * 2 + 77 }, (_, i) => (i * 31) % 251));
    const { pack } = await readerOf(packFile({ tiles: [{ z: 0, x: 0, y: 0, bytes }], kind: 'png', bounds: [-180, -85, 180, 85], metadata: {} }));
    expect(Buffer.from((await pack.getZxy(0, 0, 0))!.data).equals(bytes)).toBe(true);
  });

  test('stops at a pack that points out of itself, with words for it, and asks for no more than a pack may hold', async () => {
    const tile = { z: 0, x: 0, y: 0, bytes: vectorTile({}) };
    const sound = packFile({ tiles: [tile], kind: 'mvt', bounds: [-1, -1, 1, 1], metadata: {} });
    // The tiles of the header begin where the file ends: its directory then speaks of what is not there.
    const hostile = Buffer.from(sound);
    hostile.writeBigUInt64LE(BigInt(sound.length), 56);
    hostile.writeBigUInt64LE(0n, 64);
    const { pack, told } = await readerOf(hostile);
    expect(await codeOf(pack.getZxy(0, 0, 0))).toBe('map/pack-damaged');
    expect(told).toHaveLength(1);
    expect(await codeOf(new PackSource({ name: 'a', bytes: 1e12, key: 'k' }, () => Promise.reject(new Error('asked')), () => undefined).getBytes(0, 2 ** 33))).toBe('map/pack-damaged');
    expect(readFileSync(join(stage.folder, 'a.pmtiles')).equals(hostile)).toBe(true);
  });
});
