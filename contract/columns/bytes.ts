import { AppError } from '../errors.ts';

/** What a chunk that is not what an encoder makes is answered with. */
export function damaged(cause?: unknown): AppError {
  return new AppError('sync/damaged-chunk', {}, cause === undefined ? undefined : { cause });
}

/** Bytes that grow as they are written. */
export class ByteSink {
  #bytes = new Uint8Array(64);
  #length = 0;

  get length(): number { return this.#length; }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(this.#length + 1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** A whole number ≥ 0, seven bits a byte, low ones first. */
  varint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.byte((rest % 0x80) | 0x80);
    this.byte(rest);
  }

  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) this.#grow(this.#length + bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  taken(): Uint8Array { return this.#bytes.subarray(0, this.#length); }

  #grow(wanted: number): void {
    const larger = new Uint8Array(Math.max(wanted, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Bytes in their order; one that holds for a whole stream may be given once and read for ever. */
export class ByteSource {
  readonly #bytes: Uint8Array;
  readonly #forever: boolean;
  #at = 0;

  constructor(bytes: Uint8Array, forever = false) {
    this.#bytes = bytes;
    this.#forever = forever;
  }

  get done(): boolean { return this.#at >= this.#bytes.length; }

  byte(): number {
    const value = this.#bytes[this.#forever ? 0 : this.#at];
    if (value === undefined) throw damaged();
    this.#at += 1;
    return value;
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER || scale > 2 ** 49) throw damaged();
      if (byte < 0x80) return value;
    }
  }

  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw damaged();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}

/** Single bits, for what no compressor can make smaller. */
export class BitSink {
  readonly bytes = new ByteSink();
  #pending = 0;
  #count = 0;

  /** @param value 0 ≤ value < 2^width; width ≤ 53 */
  put(value: number, width: number): void {
    let rest = value;
    let left = width;
    while (left > 0) {
      const now = Math.min(left, 16);
      this.#pending |= (rest % 0x1_0000 & ((1 << now) - 1)) << this.#count;
      this.#count += now;
      rest = Math.floor(rest / 0x1_0000);
      left -= now;
      for (; this.#count >= 8; this.#count -= 8) {
        this.bytes.byte(this.#pending & 0xff);
        this.#pending >>>= 8;
      }
    }
  }

  end(): ByteSink {
    if (this.#count > 0) this.bytes.byte(this.#pending & 0xff);
    return this.bytes;
  }
}

export class BitSource {
  readonly #bytes: ByteSource;
  #pending = 0;
  #count = 0;

  constructor(bytes: ByteSource) { this.#bytes = bytes; }

  /** @param width ≤ 53 */
  take(width: number): number {
    let value = 0;
    let scale = 1;
    for (let left = width; left > 0;) {
      const now = Math.min(left, 16);
      for (; this.#count < now; this.#count += 8) this.#pending |= this.#bytes.byte() << this.#count;
      value += (this.#pending & ((1 << now) - 1)) * scale;
      this.#pending >>>= now;
      this.#count -= now;
      scale *= 2 ** now;
      left -= now;
    }
    return value;
  }
}
