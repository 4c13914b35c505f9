import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Id } from '../../contract/ids.ts';
import { createRandom, weighted } from '../../province/sample/random.ts';

test('an id is a UUIDv7 that carries its time', () => {
  fc.assert(fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 2 ** 47 }), (seed, atMs) => {
    const id = createRandom(seed, 'ids').id(atMs);
    expect(Id.parse(id)).toBe(id);
    expect(id[14]).toBe('7');
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(atMs);
  }));
});

test('streams of one seed are independent, and a whole number stays below its bound', () => {
  fc.assert(fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 1_000_000 }), (seed, below) => {
    const draw = (stream: string) => { const random = createRandom(seed, stream); return Array.from({ length: 8 }, () => random.int(2 ** 32)); };
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    const n = createRandom(seed, 'c').int(below);
    expect(n >= 0 && n < below).toBe(true);
  }));
});

test('weights are kept to', () => {
  const random = createRandom(1, 'weights');
  const drawn = { a: 0, b: 0 };
  for (let i = 0; i < 10_000; i += 1) drawn[weighted(random, [['a', 3], ['b', 1]] as const)] += 1;
  expect(drawn.a / 10_000).toBeCloseTo(0.75, 1);
});
