import { createCipheriv, hkdfSync, randomBytes, type Cipheriv } from 'node:crypto';
import type { Database } from './database.ts';

const BLOCK = 16, KEY_BYTES = 32, NONCE_BYTES = 8;
/** A letter that no keyboard here types: what begins with it in an index of words is the sign of a word, not a word. */
export const SIGN = '\u2135';
const SIGN_BYTES = 6;
const MOST_SIGNS = 20_000;
/** Marks a block that a word is in; those of telephones begin with how many digits stand behind one. */
const OF_WORD = 0xfe;

/**
 * The group of personal data in the local database, encrypted by itself (reading, §2.6): what a record says of who reported and who was hurt, under
 * keys of its own, derived from the database's (HKDF, RFC 5869). What lies there has been authenticated as a page of the database already.
 *
 * Texts go through one long-running AES-256-CTR stream, its nonce new for each process and its counter noted beside each text: a cipher of its own
 * for every record takes ten times as long. Telephones and names are found by what AES makes of them, never by themselves.
 */
export class Seal {
  readonly #key: Buffer;
  readonly #nonce = randomBytes(NONCE_BYTES);
  readonly #signs = new Map<string, string>();
  readonly #finder: Cipheriv;
  /** Makes the stream again from the counters of its blocks, for the same reason. */
  readonly #opener: Cipheriv;
  #stream: Cipheriv | null = null;
  #blocks = 0n;

  /** @param keyHex the database's key, 64 hex digits */
  constructor(keyHex: string) {
    const keys = Buffer.from(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), Buffer.alloc(0), 'ioc: persons of records', 2 * KEY_BYTES));
    this.#key = keys.subarray(0, KEY_BYTES);
    this.#finder = createCipheriv('aes-256-ecb', keys.subarray(KEY_BYTES), null).setAutoPadding(false);
    this.#opener = createCipheriv('aes-256-ecb', this.#key, null).setAutoPadding(false);
  }

  /** A text sealed; its length is hidden up to 15 bytes by spaces behind it, which JSON does not mind. */
  close(text: string): Buffer {
    const bytes = Buffer.byteLength(text);
    const padded = Buffer.alloc(Math.ceil(bytes / BLOCK) * BLOCK, ' ');
    padded.write(text);
    const at = Buffer.alloc(BLOCK);
    this.#nonce.copy(at);
    at.writeBigUInt64BE(this.#blocks, NONCE_BYTES);
    this.#stream ??= createCipheriv('aes-256-ctr', this.#key, at);
    this.#blocks += BigInt(padded.length / BLOCK);
    return Buffer.concat([at, this.#stream.update(padded)]);
  }

  /** What `close` was given, by any process that has the key, and the spaces behind it. */
  open(sealed: Uint8Array): string {
    const text = Buffer.from(sealed.subarray(BLOCK));
    const counters = Buffer.alloc(text.length);
    const { buffer, byteOffset } = sealed;
    const first = new DataView(buffer, byteOffset, BLOCK).getBigUint64(NONCE_BYTES);
    for (let at = 0, n = first; at < text.length; at += BLOCK, n++) {
      counters.set(sealed.subarray(0, NONCE_BYTES), at);
      counters.writeBigUInt64BE(n, at + NONCE_BYTES);
    }
    const stream = this.#opener.update(counters);
    for (let i = 0; i < text.length; i++) text[i]! ^= stream[i]!;
    return text.toString();
  }

  /**
   * Digits that stand for a telephone's: equal endings have equal endings, and nothing else is to be seen of them (prefix-preserving encryption after
   * Xu, Fan, Ammar and Moon, 2002, from the last digit on). So the index of endings finds both a whole number and its last digits.
   */
  phone(digits: string): string {
    const backwards = [...digits].reverse().join('');
    const blocks = Buffer.alloc(backwards.length * BLOCK);
    for (let i = 0; i < backwards.length; i++) {
      blocks[i * BLOCK] = Math.min(i, OF_WORD - 1);
      blocks.write(backwards.slice(Math.max(0, i - BLOCK + 1), i), i * BLOCK + 1, 'latin1');
    }
    const made = this.#finder.update(blocks);
    return [...backwards].map((digit, i) => (Number(digit) + made.readUInt32BE(i * BLOCK)) % 10).reverse().join('');
  }

  /** The sign by which a word of a name is found: of equal words equal. @param word as one of the indexes would hold it; 15 bytes of it count */
  sign(word: string): string {
    const known = this.#signs.get(word);
    if (known !== undefined) return known;
    const block = Buffer.alloc(BLOCK);
    block[0] = OF_WORD;
    block.write(word, 1);
    const sign = SIGN + this.#finder.update(block).toString('hex', 0, SIGN_BYTES);
    if (this.#signs.size >= MOST_SIGNS) this.#signs.clear();
    this.#signs.set(word, sign);
    return sign;
  }
}

const seals = new WeakMap<Database, Seal>();

/** Lets a connection open what is sealed, and seal. */
export function giveSeal(db: Database, keyHex: string): void {
  seals.set(db, new Seal(keyHex));
}

/** @throws {Error} when the connection was not opened by `openDatabase` */
export function sealOf(db: Database): Seal {
  const seal = seals.get(db);
  if (seal === undefined) throw new Error('this connection cannot open personal data');
  return seal;
}
