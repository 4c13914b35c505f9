import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { decodeColumns } from '../../contract/columns/decode.ts';
import { encodeColumns } from '../../contract/columns/encode.ts';
import { AppError } from '../../contract/errors.ts';
import { newId } from '../../contract/ids.ts';
import { makeSample } from '../../province/sample.ts';

const T0 = Date.UTC(2026, 10, 24);
const sample = makeSample({ seed: 3, size: 'small', nowMs: T0, issues: 120 });
const issues = [...sample.issues].map(issue => ({ issue }));
const org = [...sample.sites.map(site => ({ site })), ...sample.units.map(unit => ({ unit })), ...sample.people.map(person => ({ person }))];

function roundTrip(rows: Record<string, unknown>[]): Record<string, unknown>[] { return [...decodeColumns(encodeColumns(rows))]; }

/** What JSON would have made of it: negative zero and `undefined` are not JSON. */
function plain(rows: unknown): Record<string, unknown>[] { return JSON.parse(JSON.stringify(rows)) as Record<string, unknown>[]; }

const text = fc.oneof(
  fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'TẠM-BP-01-261124-03', '113-2026-000109', '\ud800', 'Phường Tiến Thành', '0'.repeat(40)),
  fc.tuple(fc.constantFrom('BP-', '115-2026-'), fc.nat()).map(([prefix, n]) => prefix + n), fc.uuid({ version: 7 }), fc.uuid(),
);
const number = fc.oneof(
  fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger(), fc.integer({ min: T0, max: T0 + 100_000 }),
  fc.integer({ min: -180_000_000, max: 180_000_000 }).map(micro => micro / 1e6), fc.constantFrom(2 ** 50, -(2 ** 50), 2 ** 50 + 1, 1e300, -1e-300, 2 ** 31, 2 ** 32, 7, 8, -8),
);
const value = fc.letrec(tie => ({
  any: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.constant(null), fc.boolean(), number, text, fc.array(tie('any'), { maxLength: 6 }),
    fc.dictionary(fc.oneof(fc.constantFrom('atMs', 'byId', 'note', '__proto__', 'constructor', ''), text), tie('any'), { maxKeys: 6 })),
})).any;
const rows = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'history', '__proto__', 'x y', 'Đ'), value, { maxKeys: 5 }), { maxLength: 30 });

test('any rows of JSON come back as they were', () => {
  fc.assert(fc.property(rows, some => { expect(roundTrip(plain(some))).toEqual(plain(some)); }), { numRuns: 250 });
});

test('a missing key stays missing and a null stays null', () => {
  const some = [{ a: 1 }, { a: null }, {}, { a: { b: null } }, { a: { } }, { a: [null, {}, []] }];
  expect(roundTrip(some)).toStrictEqual(some);
});

test('a key named __proto__ is a key like any other', () => {
  const some = plain([{ x: 1 }]).concat(JSON.parse('[{"__proto__":{"polluted":true}}]') as Record<string, unknown>[]);
  const [, back] = roundTrip(some);
  expect(JSON.stringify(back)).toBe('{"__proto__":{"polluted":true}}');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('rows beyond the bounds of columns, keys and depth come back too', () => {
  const wide = Array.from({ length: 500 }, (_, row) => Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`key ${row * 20 + at}`, { at }])));
  const deep = [{ deep: JSON.parse('['.repeat(60) + '{"a":1}' + ']'.repeat(60)) as unknown }];
  const longKey = [{ ['k'.repeat(5_000)]: 1 }];
  expect(roundTrip([...wide, ...deep, ...longKey])).toEqual([...wide, ...deep, ...longKey]);
});

test('records and the organisation of a province come back as they were, and small', () => {
  const some = [...org, ...issues];
  const bytes = encodeColumns(some);
  expect([...decodeColumns(bytes)]).toEqual(some);
  expect(zstdCompressSync(bytes).length).toBeLessThan(zstdCompressSync(JSON.stringify(some)).length * 0.65);
});

test('the same rows give the same bytes', () => {
  expect(encodeColumns(issues)).toEqual(encodeColumns(plain(issues) as typeof issues));
});

/** Whatever the bytes, there are rows or there is an AppError, and soon. */
function decodesOrRefuses(bytes: Uint8Array): void {
  try {
    for (const row of decodeColumns(bytes)) expect(row).toBeTypeOf('object');
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'sync/damaged-chunk' });
  }
}

test('changed, cut and mixed bytes are refused or give other rows, but never hang or break', () => {
  const good = encodeColumns([...org.slice(0, 40), ...issues.slice(0, 40)]);
  const changes = fc.array(fc.tuple(fc.oneof(fc.nat({ max: 1_500 }), fc.nat({ max: good.length - 1 })), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(changes, fc.option(fc.nat({ max: good.length }), { freq: 4 }), (changed, cut) => {
    const bytes = Uint8Array.from(good);
    for (const [at, byte] of changed) bytes[at] = byte;
    decodesOrRefuses(cut === null ? bytes : bytes.subarray(0, cut));
  }), { numRuns: 2_000 });
});

test('bytes of no encoder are refused', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), decodesOrRefuses), { numRuns: 2_000 });
  for (const bytes of [[], [0xff], Array<number>(300).fill(0xff), Array<number>(300).fill(1)]) decodesOrRefuses(Uint8Array.from(bytes));
});

test('a few bytes that claim countless rows are refused', () => {
  const good = encodeColumns(Array.from({ length: 100 }, () => ({ id: newId(T0), list: [], note: 'a'.repeat(200) })));
  const many = Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0x0f, ...good.subarray(1)]);
  expect(() => [...decodeColumns(many)]).toThrow(expect.objectContaining({ code: 'sync/damaged-chunk' }));
  const alike = encodeColumns(Array.from({ length: 100 }, () => ({ note: 'a'.repeat(200) })));
  expect(() => [...decodeColumns(Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0x0f, ...alike.subarray(1)]))]).toThrow(expect.objectContaining({ code: 'sync/damaged-chunk' }));
});

test('every value, id, key and word takes room, however few bytes it came in', () => {
  const uuid = (n: number): string => `019ad1d3-368c-7b36-aafd-${n.toString(16).padStart(12, '0')}`;
  const cases: [string, Record<string, unknown>[], number][] = [
    ['values', Array.from({ length: 500 }, () => ({ a: null })), 1_400],
    ['ids', Array.from({ length: 20 }, (_, n) => ({ a: uuid(n) })), 500],
    ['keys', Array.from({ length: 10 }, () => ({ ['k'.repeat(100)]: null })), 500],
    ['text', Array.from({ length: 10 }, () => ({ a: 'x'.repeat(100) })), 500],
  ];
  for (const [what, some, room] of cases) {
    const bytes = encodeColumns(some);
    expect([...decodeColumns(bytes, 100_000)], what).toEqual(some);
    expect(() => [...decodeColumns(bytes, room)], what).toThrow(AppError);
  }
});

test('4,096 dictionaries of 65,536 words that are one byte over and over are refused before they are made', () => {
  const bomb = zstdDecompressSync(Buffer.from('KLUv/WBGyn0BANAAnfcCoB8AAAAQYQEAAQsAAAABBwABgIAEAQYAnAc+UL1y0V/zwMdPAXBdGSQB', 'base64'));
  expect(() => [...decodeColumns(bomb)]).toThrow(AppError);
});

test('what is no row, and a number that JSON does not have, are refused', () => {
  expect(() => [...decodeColumns(encodeColumns([null as never]))]).toThrow(AppError);
  const bytes = encodeColumns([{ a: Math.PI }]);
  const at = Buffer.from(bytes).indexOf(Buffer.from('400921fb54442d18', 'hex'));
  expect(at).toBeGreaterThan(0);
  bytes.set(Buffer.from('7ff8000000000000', 'hex'), at);
  expect(() => [...decodeColumns(bytes)]).toThrow(AppError);
});
