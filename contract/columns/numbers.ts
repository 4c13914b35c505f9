import { BitSink, BitSource, ByteSink, type ByteSource, damaged } from './bytes.ts';

/** Whole numbers beyond this are kept as doubles: the difference of two within it is exact. */
export const MAX_WHOLE = 2 ** 50;
const SMALL = 8;
const SMALL_BITS = 3;
const SMALL_SYMBOLS = 2 * SMALL;

/**
 * A whole number as one symbol for its sign and size and bits for the rest, as in deflate: a compressor finds which sizes
 * are usual and is not bothered with bits that only look like chance.
 */
function symbolOf(value: number): { symbol: number; extra: number; width: number } {
  const size = Math.abs(value);
  const sign = value < 0 ? 1 : 0;
  if (size < SMALL) return { symbol: size * 2 + sign, extra: 0, width: 0 };
  const exponent = size < 2 ** 31 ? 31 - Math.clz32(size) : 63 - Math.clz32(Math.floor(size / 2 ** 32));
  const width = exponent - 1;
  const half = Math.floor(size / 2 ** width) & 1;
  return { symbol: SMALL_SYMBOLS + ((exponent - SMALL_BITS) * 2 + half) * 2 + sign, extra: size % 2 ** width, width };
}

export class NumberSink {
  readonly symbols = new ByteSink();
  readonly #bits = new BitSink();

  /** @param value whole, |value| ≤ 2 · MAX_WHOLE */
  put(value: number): void {
    const { symbol, extra, width } = symbolOf(value);
    this.symbols.byte(symbol);
    if (width > 0) this.#bits.put(extra, width);
  }

  end(): { symbols: ByteSink; bits: ByteSink } { return { symbols: this.symbols, bits: this.#bits.end() }; }
}

export class NumberSource {
  readonly #symbols: ByteSource;
  readonly #bits: BitSource;

  constructor(symbols: ByteSource, bits: ByteSource) {
    this.#symbols = symbols;
    this.#bits = new BitSource(bits);
  }

  next(): number {
    const symbol = this.#symbols.byte();
    const sign = symbol % 2 === 1 ? -1 : 1;
    if (symbol < SMALL_SYMBOLS) return symbol === 0 ? 0 : sign * (symbol >> 1);
    const scaled = (symbol - SMALL_SYMBOLS) >> 1;
    const width = (scaled >> 1) + SMALL_BITS - 1;
    if (width > 51) throw damaged();
    return sign * ((2 + (scaled & 1)) * 2 ** width + this.#bits.take(width));
  }
}

/** What a number of a column is counted from. */
export const FROM = { zero: 0, previous: 1, sameContext: 2 } as const;
export type From = (typeof FROM)[keyof typeof FROM];

/**
 * Counts each number from one before it: from nothing, from the one before in the column, or from the last one in the same
 * context (the same last id, the same beginning of a numbered text).
 */
export class Reference<Context> {
  readonly #from: number;
  readonly #byContext = new Map<Context, number>();
  #previous = 0;

  /** @param from one of `FROM` */
  constructor(from: number) { this.#from = from; }

  before(context: Context): number {
    if (this.#from === FROM.zero) return 0;
    return (this.#from === FROM.sameContext ? this.#byContext.get(context) : undefined) ?? this.#previous;
  }

  take(context: Context, value: number): number {
    this.#previous = value;
    if (this.#from === FROM.sameContext) this.#byContext.set(context, value);
    return value;
  }
}

/** How many bits a compressor will want, about. */
function bitsOf(differences: readonly number[]): number {
  const counts = new Uint32Array(256);
  let bits = 0;
  for (const difference of differences) {
    const { symbol, width } = symbolOf(difference);
    counts[symbol]! += 1;
    bits += width;
  }
  for (const count of counts) if (count > 0) bits += count * Math.log2(differences.length / count);
  return bits;
}

/** The way of counting that comes out smallest, and the differences that it gives. */
export function bestDifferences<Context>(values: readonly number[], contexts: readonly Context[]): { from: From; differences: number[] } {
  return Object.values(FROM)
    .map(from => {
      const reference = new Reference<Context>(from);
      const differences = values.map((value, index) => {
        const context = contexts[index]!;
        const difference = value - reference.before(context);
        reference.take(context, value);
        return difference;
      });
      return { from, differences, bits: bitsOf(differences) };
    })
    .reduce((best, other) => (other.bits < best.bits ? other : best));
}
