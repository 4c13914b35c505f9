import { Alphabet } from './alphabet.ts';
import { ByteSink, ByteSource, damaged } from './bytes.ts';
import { BOUNDS, SECTIONS, type Section } from './form.ts';
import { type NumberSink, NumberSource } from './numbers.ts';

/** Small whole numbers below 65,536, low and high bytes apart: the high ones are mostly alike. */
export class IndexSink {
  readonly low = new ByteSink();
  readonly high = new ByteSink();

  put(index: number): void {
    this.low.byte(index & 0xff);
    this.high.byte(index >> 8);
  }
}

export class IndexSource {
  readonly #low: ByteSource;
  readonly #high: ByteSource;

  constructor(low: ByteSource, high: ByteSource) {
    this.#low = low;
    this.#high = high;
  }

  next(): number { return this.#low.byte() | (this.#high.byte() << 8); }
}

/** Where streams are put: their bytes in sections, their lengths in the tree. */
export class LayoutWriter {
  readonly tree = new ByteSink();
  readonly #sections = SECTIONS.map(() => new ByteSink());
  readonly #alphabet: Alphabet;

  constructor(alphabet: Alphabet) {
    this.#alphabet = alphabet;
    alphabet.write(this.tree);
  }

  /** A stream of one byte over and over is written once. */
  stream(section: Section, sink: ByteSink): void {
    const bytes = sink.taken();
    const alike = bytes.length > 1 && bytes.every(byte => byte === bytes[0]);
    this.tree.varint(alike ? 1 : bytes.length * 2);
    this.#sections[SECTIONS.indexOf(section)]!.append(alike ? bytes.subarray(0, 1) : bytes);
  }

  numbers(sink: NumberSink): void {
    const { symbols, bits } = sink.end();
    this.stream('symbols', symbols);
    this.stream('bits', bits);
  }

  indexes({ low, high }: IndexSink): void {
    this.stream('indexes', low);
    this.stream('indexes', high);
  }

  texts(texts: readonly string[]): void {
    const sink = new ByteSink();
    for (const text of texts) this.#alphabet.encode(sink, text);
    this.stream('texts', sink);
  }

  /** A name in the tree itself. */
  name(text: string): void { this.#alphabet.encode(this.tree, text); }

  end(rows: number): Uint8Array {
    const whole = new ByteSink();
    whole.varint(rows);
    whole.varint(this.tree.length);
    for (const section of this.#sections) whole.varint(section.length);
    whole.append(this.tree.taken());
    for (const section of this.#sections) whole.append(section.taken());
    return whole.taken();
  }
}

/** What a word takes beside its letters: an empty one takes room too. */
const WORD_UNITS = 8;

/** A text stream and the alphabet that it is written in. */
export interface TextSource { next(maxLength: number): string }

export class LayoutReader {
  readonly rows: number;
  /** What may still be read before the first row, in units: a stream of one byte gives words for ever. */
  #room: number;
  readonly tree: ByteSource;
  readonly #sections: ByteSource[];
  readonly #alphabet: Alphabet;

  constructor(bytes: Uint8Array, maxUnits: number) {
    this.#room = maxUnits;
    const whole = new ByteSource(bytes);
    this.rows = whole.varint();
    const treeLength = whole.varint();
    const lengths = SECTIONS.map(() => whole.varint());
    this.tree = new ByteSource(whole.take(treeLength));
    this.#sections = lengths.map(length => new ByteSource(whole.take(length)));
    this.#alphabet = Alphabet.read(this.tree);
  }

  stream(section: Section): ByteSource {
    const length = this.tree.varint();
    const source = this.#sections[SECTIONS.indexOf(section)];
    if (source === undefined) throw damaged();
    return length === 1 ? new ByteSource(source.take(1), true) : new ByteSource(source.take(Math.floor(length / 2)));
  }

  numbers(): NumberSource { return new NumberSource(this.stream('symbols'), this.stream('bits')); }

  indexes(): IndexSource { return new IndexSource(this.stream('indexes'), this.stream('indexes')); }

  texts(): TextSource {
    const source = this.stream('texts');
    return { next: maxLength => this.#alphabet.decode(source, maxLength) };
  }

  /** The words of a dictionary; those of all dictionaries together come to no more than the rows may. */
  words(count: number): string[] {
    const source = this.texts();
    return Array.from({ length: count }, () => {
      const word = source.next(this.#room);
      this.#room -= WORD_UNITS + word.length;
      if (this.#room < 0) throw damaged();
      return word;
    });
  }

  name(): string { return this.#alphabet.decode(this.tree, BOUNDS.keyLength); }
}
