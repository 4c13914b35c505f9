import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';

/**
 * A file encrypted in blocks: a head with a salt, then blocks of 64 KB, each with its own nonce under AES-256-GCM. The key is
 * derived from the database's key and the salt; a block's place, and whether it is the last, are authenticated with it. So
 * a block that was changed, moved or taken from another file does not open, and neither does a file whose end is missing.
 */
export const BLOCK_BYTES = 64 * 1024;
const MAGIC = Buffer.from('IOCA1\n');
const SALT_BYTES = 32;
const HEAD_BYTES = MAGIC.length + SALT_BYTES;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED_BYTES = NONCE_BYTES + BLOCK_BYTES + TAG_BYTES;
const CIPHER = 'aes-256-gcm';

/** @param databaseKey 32 bytes */
function keyOf(databaseKey: Uint8Array, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', databaseKey, salt, 'ioc-console attachment blocks', 32));
}

function placeOf(index: number, isLast: boolean): Buffer {
  const place = Buffer.alloc(9);
  place.writeBigUInt64BE(BigInt(index));
  place[8] = isLast ? 1 : 0;
  return place;
}

function seal(key: Uint8Array, index: number, isLast: boolean, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(placeOf(index, isLast));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws {AppError} 'attachment/damaged' */
function unseal(key: Uint8Array, index: number, isLast: boolean, sealed: Uint8Array): Buffer {
  if (sealed.length <= NONCE_BYTES + TAG_BYTES) throw new AppError('attachment/damaged');
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(placeOf(index, isLast)).setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new AppError('attachment/damaged', {}, { cause });
  }
}

/** What a finished file was: its plain bytes' hash and number, and the salt of its key. */
export interface Written { sha256: string; bytes: number; salt: Uint8Array }

/** Writes a file block by block, as its bytes come; a block at most is in memory. */
export class BlobWriter {
  readonly #file: FileHandle;
  readonly #key: Uint8Array;
  readonly #salt: Uint8Array;
  readonly #hash: Hash = createHash('sha256');
  readonly #block = Buffer.alloc(BLOCK_BYTES);
  #held = 0;
  #index = 0;

  private constructor(file: FileHandle, databaseKey: Uint8Array, salt: Uint8Array) {
    this.#file = file;
    this.#salt = salt;
    this.#key = keyOf(databaseKey, salt);
  }

  static async create(path: string, databaseKey: Uint8Array): Promise<BlobWriter> {
    const file = await open(path, 'wx+', 0o600);
    const salt = randomBytes(SALT_BYTES);
    await file.write(Buffer.concat([MAGIC, salt]), 0, HEAD_BYTES, 0);
    return new BlobWriter(file, databaseKey, salt);
  }

  /** Goes on with a file that was cut off: whole blocks that still open stay, what comes after them is written anew. */
  static async resume(path: string, databaseKey: Uint8Array): Promise<BlobWriter> {
    const file = await open(path, 'r+');
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    if (bytesRead < HEAD_BYTES || !head.subarray(0, MAGIC.length).equals(MAGIC)) {
      await file.close();
      throw new AppError('attachment/damaged');
    }
    const writer = new BlobWriter(file, databaseKey, Uint8Array.from(head.subarray(MAGIC.length)));
    await writer.#takeUp();
    return writer;
  }

  /** Plain bytes taken so far. */
  get bytes(): number {
    return this.#index * BLOCK_BYTES + this.#held;
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    for (let at = 0; at < bytes.length;) {
      // A full block waits for the next byte: only then is it known not to be the last.
      if (this.#held === BLOCK_BYTES) await this.#write(false);
      const taken = bytes.subarray(at, at + BLOCK_BYTES - this.#held);
      this.#block.set(taken, this.#held);
      this.#held += taken.length;
      at += taken.length;
    }
  }

  /** Closes the file once everything is on the disk. */
  async finish(): Promise<Written> {
    const bytes = this.bytes;
    await this.#write(true);
    await this.#file.sync();
    await this.#file.close();
    return { sha256: this.#hash.digest('hex'), bytes, salt: this.#salt };
  }

  /** Lets the file be, as far as it has come. */
  async close(): Promise<void> {
    await this.#file.close();
  }

  async #write(isLast: boolean): Promise<void> {
    const sealed = seal(this.#key, this.#index, isLast, this.#block.subarray(0, this.#held));
    await this.#file.write(sealed, 0, sealed.length, HEAD_BYTES + this.#index * SEALED_BYTES);
    this.#index += 1;
    this.#held = 0;
  }

  async #takeUp(): Promise<void> {
    const sealed = Buffer.alloc(SEALED_BYTES);
    for (;;) {
      const { bytesRead } = await this.#file.read(sealed, 0, SEALED_BYTES, HEAD_BYTES + this.#index * SEALED_BYTES);
      const plain = bytesRead < SEALED_BYTES ? null : openOrNull(this.#key, this.#index, sealed);
      if (plain === null) break;
      this.#hash.update(plain);
      this.#index += 1;
    }
    await this.#file.truncate(HEAD_BYTES + this.#index * SEALED_BYTES);
  }
}

function openOrNull(key: Uint8Array, index: number, sealed: Uint8Array): Buffer | null {
  try {
    return unseal(key, index, false, sealed);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/**
 * Plain bytes from anywhere in a file that was written whole.
 *
 * @param blob what was written; the salt comes from the database and not from the file, so that no other file passes for it
 * @param count at most so many, fewer only at the end
 * @throws {AppError} 'attachment/damaged' when the blocks do not open, or are not there
 */
export async function readBlob(path: string, databaseKey: Uint8Array, blob: Pick<Written, 'bytes' | 'salt'>, range: { from: number; count: number }): Promise<Buffer> {
  const key = keyOf(databaseKey, blob.salt);
  const last = Math.ceil(blob.bytes / BLOCK_BYTES) - 1;
  const end = Math.min(range.from + range.count, blob.bytes);
  const file = await open(path, 'r').catch((cause: unknown) => { throw new AppError('attachment/damaged', {}, { cause }); });
  try {
    const parts: Buffer[] = [];
    for (let index = Math.floor(range.from / BLOCK_BYTES); index * BLOCK_BYTES < end; index += 1) {
      const plain = await readBlock(file, key, index, { isLast: index === last, plainBytes: Math.min(BLOCK_BYTES, blob.bytes - index * BLOCK_BYTES) });
      parts.push(plain.subarray(Math.max(0, range.from - index * BLOCK_BYTES), end - index * BLOCK_BYTES));
    }
    return Buffer.concat(parts);
  } finally {
    await file.close();
  }
}

async function readBlock(file: FileHandle, key: Uint8Array, index: number, { isLast, plainBytes }: { isLast: boolean; plainBytes: number }): Promise<Buffer> {
  const sealed = Buffer.alloc(NONCE_BYTES + plainBytes + TAG_BYTES);
  const { bytesRead } = await file.read(sealed, 0, sealed.length, HEAD_BYTES + index * SEALED_BYTES);
  if (bytesRead < sealed.length) throw new AppError('attachment/damaged');
  return unseal(key, index, isLast, sealed);
}
