import fc from 'fast-check';
import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import type { Mutation } from '../../contract/province.ts';
import { pushBodyOf, readPushBody } from '../../contract/push-body.ts';
import { editOf, receivedRecords } from '../bench/edits.ts';

const NOW = Date.UTC(2026, 10, 24);
const ROOM = 16 << 20;
const id = fc.uuid({ version: 7 });
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'Cây đổ chắn đường', 'TẠM-BP-01-261124-03'));
const mutation: fc.Arbitrary<Mutation> = fc.record({
  n: fc.integer({ min: 1, max: 2 ** 40 }), name: text, actorId: id, atMs: fc.integer({ min: 0, max: 4e12 }), provisionalNo: text,
  payload: fc.dictionary(fc.constantFrom('id', 'note', 'fields', '__proto__'), fc.oneof(id, text, fc.jsonValue())),
}, { requiredKeys: ['n', 'name', 'actorId', 'atMs', 'payload'] });
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('a push by columns holds what it would hold as JSON', () => {
  fc.assert(fc.property(fc.array(mutation, { maxLength: 40 }), mutations => {
    expect(plain(readPushBody(pushBodyOf(plain(mutations) as Mutation[]), ROOM))).toEqual(plain({ mutations }));
  }), { numRuns: 200 });
});

test('a thousand edits take three fifths of what they take as JSON', () => {
  const mutations = receivedRecords(1_000, NOW).map(({ payload }, nth): Mutation =>
    ({ n: nth + 1, actorId: '019012ab-1234-7abc-8def-0123456789ab', atMs: NOW + nth * 9_973, ...editOf(payload as never, nth) }));
  const packed = zstdCompressSync(pushBodyOf(mutations)).length;
  expect(packed).toBeLessThan(zstdCompressSync(JSON.stringify({ mutations })).length * 0.65);
  expect(packed).toBeLessThan(35_000);
});

test('what is no push, or comes to more than there is room for, is refused as bad input', () => {
  const refused = (bytes: Uint8Array): unknown => {
    try { return readPushBody(bytes, ROOM); } catch (error) { return error instanceof AppError ? [error.code, error.facts] : error; }
  };
  const alike = Array.from({ length: 2_000 }, (_, n): Mutation => ({ n, name: 'issue.note', actorId: 'a', atMs: NOW, payload: { note: 'x'.repeat(20_000) } }));
  const bomb = pushBodyOf(alike);
  expect(bomb.length).toBeLessThan(100_000);
  const many = pushBodyOf(Array.from({ length: 2_001 }, (_, n): Mutation => ({ n, name: '', actorId: 'a', atMs: 0, payload: {} })));
  expect(refused(many)).toEqual(['input/invalid', { field: 'mutations' }]);
  for (const bytes of [bomb, new Uint8Array(0), Buffer.from('{"mutations":[]}'), bomb.subarray(0, bomb.length - 1)]) {
    expect(refused(bytes)).toEqual(['input/invalid', { field: 'body' }]);
  }
});
