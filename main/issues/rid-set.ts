/** A growing set of rids, one bit each: a million take 125 KB. */
export class RidSet {
  #bits: Uint8Array;

  constructor(rids: Int32Array | readonly number[] = [], size = 1_024) {
    this.#bits = new Uint8Array((size >> 3) + 1);
    for (const rid of rids) this.add(rid);
  }

  has(rid: number): boolean {
    return ((this.#bits[rid >> 3] ?? 0) & (1 << (rid & 7))) !== 0;
  }

  add(rid: number): void {
    const byte = rid >> 3;
    if (byte >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits[byte]! |= 1 << (rid & 7);
  }

  delete(rid: number): void {
    const byte = rid >> 3;
    if (byte < this.#bits.length) this.#bits[byte]! &= ~(1 << (rid & 7));
  }

  /** Every rid in the set, rising. */
  all(): number[] {
    const rids: number[] = [];
    for (let byte = 0; byte < this.#bits.length; byte++) {
      const bits = this.#bits[byte]!;
      for (let bit = 0; bits >> bit !== 0; bit++) if (bits & (1 << bit)) rids.push((byte << 3) + bit);
    }
    return rids;
  }

  clear(): void {
    this.#bits.fill(0);
  }
}
