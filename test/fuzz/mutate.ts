import { oneOf, upTo, type Chance } from '../support/chance.ts';

/** Bytes with a few of them changed: flipped, cut off, doubled, spliced from elsewhere, overwritten. */
export function mutateBytes(chance: Chance, good: Uint8Array): Buffer {
  let bytes = Buffer.from(good);
  for (let left = 1 + upTo(chance, 3); left > 0; left -= 1) bytes = oneOf(chance, BYTE_CHANGES)(chance, bytes);
  return bytes;
}

const span = (chance: Chance, bytes: Buffer): [number, number] => {
  const from = upTo(chance, bytes.length + 1);
  return [from, from + upTo(chance, Math.min(64, bytes.length - from + 1))];
};

const BYTE_CHANGES: readonly ((chance: Chance, bytes: Buffer) => Buffer<ArrayBuffer>)[] = [
  (chance, bytes) => flipped(Buffer.from(bytes), upTo(chance, bytes.length), 1 << upTo(chance, 8)),
  (chance, bytes) => Buffer.from(bytes.subarray(0, upTo(chance, bytes.length + 1))),
  (chance, bytes) => { const [from, to] = span(chance, bytes); return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]); },
  (chance, bytes) => { const [from, to] = span(chance, bytes); return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]); },
  (chance, bytes) => {
    const [[from, to], at] = [span(chance, bytes), upTo(chance, bytes.length + 1)];
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(from, to), bytes.subarray(Math.min(bytes.length, at + to - from))]);
  },
  (chance, bytes) => {
    const [from, to] = span(chance, bytes);
    return Buffer.concat([bytes.subarray(0, from), Buffer.from(Array.from({ length: to - from }, () => oneOf(chance, [0, 1, 127, 128, 255, upTo(chance, 256)]))), bytes.subarray(to)]);
  },
];

function flipped(bytes: Buffer<ArrayBuffer>, at: number, mask: number): Buffer<ArrayBuffer> {
  if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ mask;
  return bytes;
}

type Holder = Record<string, unknown> | unknown[];
/** Stands in a text for what no value can say; replaced once the text is made. */
const DEEP = '\u0001deep\u0001';

const ODD: readonly unknown[] = [
  null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, '', ' ', '\0', '\ud800', '\u202e', 'x'.repeat(5_000), '__proto__', 'constructor', 'issue.unknown', 'ward',
  '00000000-0000-7000-8000-000000000001', [], {}, [[]], [null], { length: 3 }, DEEP,
];

/** A fresh one each time: it may be changed further. */
const odd = (chance: Chance): unknown => structuredClone(oneOf<unknown[]>(chance, ODD.map(value => [value]))[0]);

/** The text of a JSON value with some of it changed: other types, huge numbers, deep nesting, doubled and odd keys, parts in wrong places. */
export function mutateJson(chance: Chance, good: unknown): string {
  const value: unknown = structuredClone(good);
  for (let left = 1 + upTo(chance, 3); left > 0; left -= 1) changeOne(chance, value);
  let text = JSON.stringify(value);
  if (chance() < 0.1) text = insertKey(chance, text);
  const depth = oneOf(chance, [50, 600, 20_000]);
  const [open, close] = oneOf(chance, [['[', ']'], ['{"a":', '}']] as const);
  return text.replaceAll(JSON.stringify(DEEP), () => open.repeat(depth) + (open === '[' ? '' : '0') + close.repeat(depth));
}

/** Doubles a key, or names one that an object has from elsewhere, as only a text can. */
function insertKey(chance: Chance, text: string): string {
  const places = [...text.matchAll(/\{(?=")/g)].map(match => match.index + 1);
  if (places.length === 0) return text;
  const at = oneOf(chance, places);
  return text.slice(0, at) + oneOf(chance, ['"id":1,', '"n":7,', '"__proto__":{"id":1,"roles":["quan_tri"]},', '"constructor":{"prototype":{}},', '"toString":1,', '"kind":"issue",']) + text.slice(at);
}

function changeOne(chance: Chance, root: unknown): void {
  let holder = root;
  // A step down at a time, so that outer parts are met as often as inner ones.
  for (;;) {
    if (!isHolder(holder)) return;
    const key = keyOf(chance, holder);
    if (key === null) return;
    const inner: unknown = Reflect.get(holder, key);
    if (isHolder(inner) && chance() < 0.75) { holder = inner; continue; }
    oneOf(chance, VALUE_CHANGES)(chance, holder, key, root);
    return;
  }
}

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

function keyOf(chance: Chance, holder: Holder): string | null {
  const keys = Object.keys(holder);
  return keys.length === 0 ? null : oneOf(chance, keys);
}

const VALUE_CHANGES: readonly ((chance: Chance, holder: Holder, key: string, root: unknown) => void)[] = [
  (chance, holder, key) => { Reflect.set(holder, key, odd(chance)); },
  (chance, holder, key) => { Reflect.set(holder, key, odd(chance)); },
  (_chance, holder, key) => { if (Array.isArray(holder)) holder.splice(Number(key), 1); else Reflect.deleteProperty(holder, key); },
  (chance, holder, key) => {
    if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]));
    else Reflect.set(holder, oneOf(chance, ['moi', 'toJSON', 'hasOwnProperty', '0', '']), odd(chance));
  },
  (chance, holder, key, root) => {
    const from = isHolder(root) ? root : holder;
    const other = keyOf(chance, from);
    if (other !== null) Reflect.set(holder, key, structuredClone(Reflect.get(from, other)));
  },
  (chance, holder, key) => {
    const value: unknown = Reflect.get(holder, key);
    if (typeof value === 'string') Reflect.set(holder, key, mutateBytes(chance, Buffer.from(value)).toString('utf8'));
    else if (typeof value === 'number') Reflect.set(holder, key, value * oneOf(chance, [-1, 0.1, 1_000, 1e15]) + upTo(chance, 3) - 1);
  },
];
