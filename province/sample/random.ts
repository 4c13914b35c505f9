import type { Id } from '../../contract/ids.ts';

/** A seeded source of chance: the same seed and stream give the same numbers on every machine. */
export interface Random {
  /** A whole number, 0 ≤ n < below; `below` ≤ 2^32. */
  int(below: number): number;
  /** A number, 0 ≤ x < 1, with 32 bits of chance. */
  unit(): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** A UUIDv7 whose time part is `atMs` and whose 74 other bits come from this stream. */
  id(atMs: number): Id;
}

const MASK_64 = (1n << 64n) - 1n;

/** One step of splitmix64 (Steele, Lea, Flood 2014): spreads a small seed over 64 bits. */
function splitmix64(state: bigint): { state: bigint; value: bigint } {
  const next = (state + 0x9e3779b97f4a7c15n) & MASK_64;
  let z = next;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
  return { state: next, value: z ^ (z >> 31n) };
}

/** FNV-1a over the UTF-16 units, 64 bits: makes a stream's name part of its seed. */
function hash64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i += 1) hash = ((hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n) & MASK_64;
  return hash;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex16(n: number): string {
  return HEX[(n >>> 8) & 255]! + HEX[n & 255]!;
}

function hex32(n: number): string {
  return hex16(n >>> 16) + hex16(n & 0xffff);
}

/**
 * sfc32 (Chris Doty-Humphrey's "small fast counting", 128 bits of state, passes PractRand), seeded by splitmix64 from
 * the seed and the stream's name, so that more people do not change the issues.
 *
 * @param seed any safe integer
 * @param stream what the numbers are for; different names are independent of each other
 */
export function createRandom(seed: number, stream: string): Random {
  const first = splitmix64((BigInt(seed) ^ hash64(stream)) & MASK_64);
  const second = splitmix64(first.state);
  let a = Number(first.value & 0xffffffffn) | 0;
  let b = Number(first.value >> 32n) | 0;
  let c = Number(second.value & 0xffffffffn) | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i += 1) next();
  const unit = (): number => next() / 0x1_0000_0000;
  const int = (below: number): number => Math.floor(unit() * below);
  return {
    unit, int,
    chance: probability => unit() < probability,
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new Error(`nothing to pick from in ${stream}`);
      return items[int(items.length)]!;
    },
    id: atMs => {
      const high = Math.floor(atMs / 0x1_0000);
      const words = [next(), next(), next()] as const;
      return `${hex32(high)}-${hex16(atMs % 0x1_0000)}-${hex16(0x7000 | (words[0] & 0xfff))}-`
        + `${hex16(0x8000 | ((words[0] >>> 12) & 0x3fff))}-${hex16(words[1] & 0xffff)}${hex32(words[2])}`;
    },
  };
}

/** A choice by weight; weights are any positive numbers. */
export function weighted<T>(random: Random, table: readonly (readonly [T, number])[]): T {
  let left = random.unit() * table.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of table) {
    left -= weight;
    if (left < 0) return value;
  }
  return table[table.length - 1]![0];
}
