import { ByteSink, type ByteSource, damaged } from './bytes.ts';

/** Codes of a text's bytes: the end of a string, a letter outside the alphabet (two bytes follow), then the alphabet. */
const END = 0;
const OTHER = 1;
const FIRST = 2;
const ROOM = 256 - FIRST;

/**
 * The UTF-16 units that a chunk uses most, one byte each: half of what UTF-8 takes for Vietnamese, and a compressor sees
 * letters instead of pieces of them. Any string comes back as it was, lone surrogates included.
 */
export class Alphabet {
  readonly #units: Uint16Array;
  readonly #codes = new Uint8Array(0x1_0000);

  constructor(units: Uint16Array) {
    this.#units = units;
    units.forEach((unit, index) => { this.#codes[unit] = index + FIRST; });
  }

  static of(texts: Iterable<string>): Alphabet {
    const counts = new Uint32Array(0x1_0000);
    const used: number[] = [];
    for (const text of texts) {
      for (let i = 0; i < text.length; i += 1) {
        const unit = text.charCodeAt(i);
        if ((counts[unit]! += 1) === 1) used.push(unit);
      }
    }
    const most = used.sort((one, other) => counts[other]! - counts[one]! || one - other).slice(0, ROOM);
    return new Alphabet(Uint16Array.from(most).sort());
  }

  static read(source: ByteSource): Alphabet {
    const units = new Uint16Array(source.byte());
    if (units.length > ROOM) throw damaged();
    let unit = 0;
    for (let i = 0; i < units.length; i += 1) {
      unit += source.varint();
      if (unit > 0xffff) throw damaged();
      units[i] = unit;
    }
    return new Alphabet(units);
  }

  write(sink: ByteSink): void {
    sink.byte(this.#units.length);
    this.#units.forEach((unit, index) => sink.varint(unit - (this.#units[index - 1] ?? 0)));
  }

  encode(sink: ByteSink, text: string): void {
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      const code = this.#codes[unit]!;
      if (code !== 0) sink.byte(code);
      else {
        sink.byte(OTHER);
        sink.byte(unit & 0xff);
        sink.byte(unit >> 8);
      }
    }
    sink.byte(END);
  }

  decode(source: ByteSource, maxLength: number): string {
    let text = '';
    let piece: number[] = [];
    for (let code = source.byte(); code !== END; code = source.byte()) {
      const unit = code === OTHER ? source.byte() | (source.byte() << 8) : this.#units[code - FIRST];
      if (unit === undefined) throw damaged();
      if (piece.push(unit) < 1_024) continue;
      text += String.fromCharCode(...piece);
      if (text.length > maxLength) throw damaged();
      piece = [];
    }
    return text + String.fromCharCode(...piece);
  }
}
