import { createCipheriv, createDecipheriv, randomBytes, type Cipheriv } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const CIPHER = 'aes-256-ctr';

/**
 * A file on its way in, piece by piece, in the data folder. It names people, so it lies there encrypted with a key that
 * only this process knows: what a crash leaves behind cannot be read and is thrown away at the next start.
 */
export class Spool {
  readonly #path: string;
  readonly #key = randomBytes(32);
  readonly #iv = randomBytes(16);
  readonly #cipher: Cipheriv;
  readonly #file: FileHandle;
  #bytes = 0;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
    this.#cipher = createCipheriv(CIPHER, this.#key, this.#iv);
  }

  static async create(folder: string, name: string): Promise<Spool> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, name);
    return new Spool(path, await open(path, 'wx', 0o600));
  }

  get bytes(): number { return this.#bytes; }

  async append(piece: Uint8Array): Promise<void> {
    this.#bytes += piece.length;
    await this.#file.appendFile(this.#cipher.update(piece));
  }

  /** The bytes as they came in; may be read more than once. */
  async *read(): AsyncGenerator<Uint8Array> {
    const decipher = createDecipheriv(CIPHER, this.#key, this.#iv);
    for await (const piece of createReadStream(this.#path)) yield decipher.update(piece as Buffer);
  }

  async remove(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}

/** Throws away what an earlier process left in the folder. */
export async function clearSpools(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
