import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';

/** A line or a polygon of a tile, in its 4096 steps; a polygon is closed by itself. */
export interface Shape { kind: 'line' | 'polygon'; points: readonly (readonly [x: number, y: number])[]; tags?: Readonly<Record<string, string>> }
export type TileLayers = Readonly<Record<string, readonly Shape[]>>;
export interface PackTile { z: number; x: number; y: number; bytes: Buffer }
export interface PackContent { tiles: readonly PackTile[]; kind: 'mvt' | 'png'; metadata: unknown; bounds: readonly [west: number, south: number, east: number, north: number] }

const HEADER_BYTES = 127;
const [GZIP, NONE] = [2, 1];
const KINDS = { mvt: 1, png: 2 } as const;

/** A whole PMTiles 3 archive with one directory: small, and as real as a large one. */
export function packFile({ tiles, kind, metadata, bounds }: PackContent): Buffer {
  const sorted = tiles.map(tile => ({ ...tile, id: zxyToTileId(tile.z, tile.x, tile.y), bytes: kind === 'mvt' ? gzipSync(tile.bytes) : tile.bytes })).sort((a, b) => a.id - b.id);
  const offsets = sorted.map((_, i) => sorted.slice(0, i).reduce((sum, tile) => sum + tile.bytes.length, 0));
  const directory = gzipSync(Buffer.concat([
    varint(sorted.length), ...sorted.map((tile, i) => varint(tile.id - (sorted[i - 1]?.id ?? 0))), ...sorted.map(() => varint(1)),
    ...sorted.map(tile => varint(tile.bytes.length)), ...offsets.map((offset, i) => varint(i === 0 ? offset + 1 : 0)),
  ]));
  const said = gzipSync(JSON.stringify(metadata));
  const data = Buffer.concat(sorted.map(tile => tile.bytes));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles', 'latin1');
  header.writeUInt8(3, 7);
  const parts = [[HEADER_BYTES, directory.length], [HEADER_BYTES + directory.length, said.length], [0, 0], [HEADER_BYTES + directory.length + said.length, data.length]];
  for (const [i, value] of [...parts.flat(), sorted.length, sorted.length, sorted.length].entries()) header.writeBigUInt64LE(BigInt(value), 8 + i * 8);
  for (const [i, byte] of [1, GZIP, kind === 'mvt' ? GZIP : NONE, KINDS[kind], Math.min(...tiles.map(t => t.z)), Math.max(...tiles.map(t => t.z))].entries()) header.writeUInt8(byte, 96 + i);
  for (const [i, degrees] of bounds.entries()) header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4);
  return Buffer.concat([header, directory, said, data]);
}

/** A vector tile (MVT 2). */
export function vectorTile(layers: TileLayers): Buffer {
  return Buffer.concat(Object.entries(layers).map(([name, shapes]) => {
    const pairs = shapes.map(shape => Object.entries(shape.tags ?? {}));
    const [keys, values] = [[...new Set(pairs.flat().map(([key]) => key))], [...new Set(pairs.flat().map(([, value]) => value))]];
    const features = shapes.map((shape, i) => field(2, Buffer.concat([
      field(2, Buffer.concat(pairs[i]!.flatMap(([key, value]) => [varint(keys.indexOf(key)), varint(values.indexOf(value))]))),
      number(3, shape.kind === 'polygon' ? 3 : 2), field(4, geometry(shape)),
    ])));
    return field(3, Buffer.concat([
      number(15, 2), field(1, Buffer.from(name)), ...features, ...keys.map(key => field(3, Buffer.from(key))), ...values.map(value => field(4, field(1, Buffer.from(value)))), number(5, 4096),
    ]));
  }));
}

function geometry({ kind, points }: Shape): Buffer {
  const zigzag = (value: number): Buffer => varint(value < 0 ? -value * 2 - 1 : value * 2);
  const steps = points.map(([x, y], i) => [x - (points[i - 1]?.[0] ?? 0), y - (points[i - 1]?.[1] ?? 0)] as const).map(([x, y]) => Buffer.concat([zigzag(x), zigzag(y)]));
  const [moveTo, lineTo, closePath] = [1 | (1 << 3), 2 | ((points.length - 1) << 3), 7 | (1 << 3)];
  return Buffer.concat([varint(moveTo), steps[0]!, varint(lineTo), ...steps.slice(1), ...(kind === 'polygon' ? [varint(closePath)] : [])]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  while (left >= 128) {
    bytes.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return Buffer.from([...bytes, left]);
}

const field = (id: number, bytes: Buffer): Buffer => Buffer.concat([varint(id * 8 + 2), varint(bytes.length), bytes]);
const number = (id: number, value: number): Buffer => Buffer.concat([varint(id * 8), varint(value)]);

/** A square picture of one colour. */
export function plainPng(size: number, rgb: readonly [number, number, number]): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size);
  header.writeUInt32BE(size, 4);
  header.set([8, 2], 8);
  const row = Buffer.from([0, ...Array.from({ length: size }, () => rgb).flat()]);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: size }, () => row)))), chunk('IEND', Buffer.alloc(0))]);
}

/** The tile in which a point lies. */
export function tileAt(lat: number, lon: number, z: number): { z: number; x: number; y: number } {
  const n = 2 ** z;
  return { z, x: Math.floor((lon + 180) / 360 * n), y: Math.floor((1 - Math.asinh(Math.tan(lat * Math.PI / 180)) / Math.PI) / 2 * n) };
}

/** The former Bình Phước in five zooms, all of one tile's drawing: water in the west, a road across, a layer that no schema knows. */
export function samplePack(layers = { water: 'water', road: 'transportation', other: 'thua_dat' }): Buffer {
  const bytes = vectorTile({
    [layers.water]: [{ kind: 'polygon', points: [[0, 0], [2_000, 0], [2_000, 4_096], [0, 4_096]] }],
    [layers.road]: [{ kind: 'line', points: [[0, 0], [4_096, 4_096]], tags: { class: 'primary', kind: 'major_road', name: 'ĐT.741' } }],
    [layers.other]: [{ kind: 'polygon', points: [[2_400, 400], [3_800, 400], [3_800, 1_600], [2_400, 1_600]] }],
  });
  return packFile({ tiles: everywhere(bytes), kind: 'mvt', bounds: BOUNDS, metadata: { attribution: '<a href="x">© OpenStreetMap</a>', vector_layers: Object.values(layers).map(id => ({ id, fields: {} })) } });
}

/** The same place as pictures, all of one colour; the closest one of where the `hole` is is missing. */
export function samplePictures(rgb: readonly [number, number, number], hole: { lat: number; lon: number }): Buffer {
  const gone = tileAt(hole.lat, hole.lon, CLOSEST);
  return packFile({ tiles: everywhere(plainPng(256, rgb)).filter(({ x, y, z }) => z !== gone.z || x !== gone.x || y !== gone.y), kind: 'png', bounds: BOUNDS, metadata: {} });
}

const BOUNDS = [106, 11, 108, 13] as const;
const CLOSEST = 9;

function everywhere(bytes: Buffer): PackTile[] {
  return [6, 7, 8, CLOSEST].flatMap(z => {
    const [a, b] = [tileAt(12.4, 106.3, z), tileAt(11.2, 107.5, z)];
    return Array.from({ length: b.x - a.x + 1 }, (_, i) => a.x + i).flatMap(x => Array.from({ length: b.y - a.y + 1 }, (_, i) => ({ z, x, y: a.y + i, bytes })));
  });
}
