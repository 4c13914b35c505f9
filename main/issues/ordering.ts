/** A column to order by, indexed by rid: a small code (counting sort) or an instant in ms (radix sort). */
export interface OrderKey { column: Uint8Array | Float64Array; descending: boolean }

const DIGIT = 65_536;
/** Instants are sorted as 48-bit numbers: shifted so that years before 1970 stay positive, and cut at the far end. */
const INSTANT_SHIFT = 2 ** 46;
const INSTANT_MAX = 2 ** 48 - 1;

/**
 * The rids in the order of the keys, most significant key first; equal rows keep the order they came in.
 * Instants beyond some 6,000 years from now count as equal ("no deadline").
 *
 * @param rids left untouched
 */
export function orderRids(rids: Int32Array, keys: readonly OrderKey[]): Int32Array {
  let from = rids.slice();
  let to = new Int32Array(rids.length);
  for (const key of keys.toReversed()) {
    for (const digits of digitsOf(key, from)) {
      if (distribute(from, to, digits, key.descending)) [from, to] = [to, from];
    }
  }
  return from;
}

/** Digits of a key, least significant first, as functions of the rid. */
function digitsOf(key: OrderKey, rids: Int32Array): ((rid: number) => number)[] {
  const { column } = key;
  if (column instanceof Uint8Array) return [rid => column[rid]!];
  const clamped = (rid: number): number => Math.min(Math.max(column[rid]! + INSTANT_SHIFT, 0), INSTANT_MAX);
  const passes = [
    (rid: number) => clamped(rid) % DIGIT,
    (rid: number) => Math.floor(clamped(rid) / DIGIT) % DIGIT,
    (rid: number) => Math.floor(clamped(rid) / (DIGIT * DIGIT)),
  ];
  return rids.length < 2 ? [] : passes;
}

/** One stable counting pass. Returns false, with `to` untouched, when all rows share one digit. */
function distribute(from: Int32Array, to: Int32Array, digit: (rid: number) => number, descending: boolean): boolean {
  const starts = new Int32Array(DIGIT + 1);
  for (let i = 0; i < from.length; i++) {
    const d = digit(from[i]!);
    starts[(descending ? DIGIT - 1 - d : d) + 1]!++;
  }
  for (let d = 1; d <= DIGIT; d++) {
    if (starts[d] === from.length) return false;
    starts[d]! += starts[d - 1]!;
  }
  for (let i = 0; i < from.length; i++) {
    const rid = from[i]!;
    const d = digit(rid);
    const slot = descending ? DIGIT - 1 - d : d;
    to[starts[slot]!++] = rid;
  }
  return true;
}
