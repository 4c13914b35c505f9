import { BitSource, type ByteSource, damaged } from './bytes.ts';
import { BOUNDS, FIRST_RECALLED, FORM, KNOWN, MICRO, NEW } from './form.ts';
import { type IndexSource, LayoutReader, type TextSource } from './layout.ts';
import { RowMemory } from './memory.ts';
import { MAX_WHOLE, type NumberSource } from './numbers.ts';
import { readNumbers, readTexts, type CountedSource } from './texts.ts';

/** A chunk of a snapshot, with room to spare. */
const MAX_UNITS = 48 * 1024 * 1024;
const VALUE_UNITS = 4;
const ID_UNITS = 40;

interface Shape { keys: string[]; children: Column[]; units: number }
/** One path's streams; those that its forms do not need are absent. */
interface Column {
  forms: number[]; shapes: (Shape | undefined)[]; symbols: ByteSource;
  wholes?: CountedSource; instantSymbols?: ByteSource; instants?: NumberSource; micros?: CountedSource; doubles?: ByteSource;
  texts?: TextSource; idSymbols?: ByteSource; idIndexes?: IndexSource; lengths?: NumberSource; json?: TextSource;
  knownIds: number[]; knownAlready: Set<number>; element?: Column;
}

/**
 * Rows of JSON from `columns-1`, as they were but for the order of keys, one at a time: a chunk's rows are many times its
 * bytes. Safe for bytes of anyone: what comes out is bounded whatever they say.
 *
 * @param maxUnits what the rows may come to in all: some units per value, one per UTF-16 unit of its text and keys
 * @throws {AppError} `sync/damaged-chunk`, at any row, when the bytes are not what an encoder makes, or come to more
 */
export function* decodeColumns(bytes: Uint8Array, maxUnits = MAX_UNITS): Generator<Record<string, unknown>, void, undefined> {
  yield* new Decoder(bytes, maxUnits).rows();
}

class Decoder {
  readonly #layout: LayoutReader;
  readonly #root: Column;
  readonly #memory = new RowMemory();
  readonly #ids: string[] = [];
  readonly #globals: NumberSource;
  readonly #timeSymbols: ByteSource;
  readonly #times: NumberSource;
  readonly #chance: BitSource;
  #lastTime = 0;
  #columns = 0;
  #keys = 0;
  #room: number;

  constructor(bytes: Uint8Array, maxUnits: number) {
    this.#room = maxUnits;
    this.#layout = new LayoutReader(bytes, maxUnits);
    this.#globals = this.#layout.numbers();
    this.#timeSymbols = this.#layout.stream('symbols');
    this.#times = this.#layout.numbers();
    this.#chance = new BitSource(this.#layout.stream('bits'));
    this.#root = this.#readColumn(0);
  }

  * rows(): Generator<Record<string, unknown>, void, undefined> {
    for (let left = this.#layout.rows; left > 0; left -= 1) {
      this.#memory.nextRow();
      const row = this.#value(this.#root);
      if (typeof row !== 'object' || row === null || Array.isArray(row)) throw damaged();
      yield row as Record<string, unknown>;
    }
  }

  #readColumn(depth: number): Column {
    const layout = this.#layout;
    const { tree } = layout;
    this.#columns += 1;
    if (this.#columns > BOUNDS.columns + 1 || depth > BOUNDS.depth) throw damaged();
    const names = Array.from({ length: this.#bounded(tree.varint(), BOUNDS.columns) }, () => layout.name());
    const forms: number[] = [];
    const shapeIndexes: (number[] | undefined)[] = [];
    for (let left = tree.byte(); left > 0; left -= 1) {
      const form = tree.byte();
      const keys = form === FORM.record ? Array.from({ length: this.#bounded(tree.varint(), names.length) }, () => this.#bounded(tree.varint(), names.length - 1)) : undefined;
      this.#keys += keys?.length ?? 0;
      if (this.#keys > BOUNDS.keys) throw damaged();
      shapeIndexes[forms.push(form) - 1] = keys;
    }
    const column: Column = { forms, shapes: [], symbols: layout.stream('symbols'), knownIds: [], knownAlready: new Set() };
    this.#readStreams(column);
    const children = names.map(() => this.#readColumn(depth + 1));
    if (forms.includes(FORM.list)) column.element = this.#readColumn(depth + 1);
    column.shapes = shapeIndexes.map(indexes => {
      if (indexes === undefined) return undefined;
      const keys = indexes.map(index => names[index]!);
      return { keys, children: indexes.map(index => children[index]!), units: keys.reduce((sum, key) => sum + key.length, 0) };
    });
    return column;
  }

  #readStreams(column: Column): void {
    const layout = this.#layout;
    const has = (form: number): boolean => column.forms.includes(form);
    if (has(FORM.whole)) column.wholes = readNumbers(layout);
    if (has(FORM.instant)) {
      column.instantSymbols = layout.stream('symbols');
      column.instants = layout.numbers();
    }
    if (has(FORM.micro)) column.micros = readNumbers(layout);
    if (has(FORM.double)) column.doubles = layout.stream('bits');
    if (has(FORM.text)) column.texts = readTexts(layout);
    if (has(FORM.id)) {
      column.idSymbols = layout.stream('symbols');
      column.idIndexes = layout.indexes();
    }
    if (has(FORM.list)) column.lengths = layout.numbers();
    if (has(FORM.json)) column.json = layout.texts();
  }

  #bounded(value: number, most: number): number {
    if (value > most) throw damaged();
    return value;
  }

  #spend(units: number): void {
    this.#room -= units;
    if (this.#room < 0) throw damaged();
  }

  #value(column: Column): unknown {
    this.#spend(VALUE_UNITS);
    const symbol = column.symbols.byte();
    switch (column.forms[symbol]) {
      case FORM.null: return null;
      case FORM.no: return false;
      case FORM.yes: return true;
      case FORM.whole: return column.wholes!.next(this.#memory.lastId);
      case FORM.instant: return this.#instant(column);
      case FORM.micro: return column.micros!.next(this.#memory.lastId) / MICRO;
      case FORM.double: return this.#double(column.doubles!);
      case FORM.text: return this.#text(column.texts!);
      case FORM.id: return this.#id(column);
      case FORM.list: return this.#list(column);
      case FORM.json: return this.#json(column.json!);
      case FORM.record: return this.#record(column.shapes[symbol]!);
      default: throw damaged();
    }
  }

  #instant(column: Column): number {
    const symbol = column.instantSymbols!.byte();
    const value = symbol === NEW ? this.#memory.lastInstant + column.instants!.next() : this.#memory.instant(symbol - FIRST_RECALLED);
    if (value === undefined || Math.abs(value) > MAX_WHOLE) throw damaged();
    this.#memory.noteInstant(value);
    return value;
  }

  #double(source: ByteSource): number {
    const bytes = Uint8Array.from({ length: 8 }, () => source.byte());
    const value = new DataView(bytes.buffer).getFloat64(0);
    if (!Number.isFinite(value)) throw damaged();
    return value;
  }

  #text(source: TextSource): string {
    const text = source.next(this.#room);
    this.#spend(text.length);
    return text;
  }

  #id(column: Column): string {
    this.#spend(ID_UNITS);
    const symbol = column.idSymbols!.byte();
    const number = symbol === NEW ? this.#newId() : symbol === KNOWN ? column.knownIds[column.idIndexes!.next()] : this.#memory.id(symbol - FIRST_RECALLED);
    const id = number === undefined ? undefined : this.#ids[number];
    if (number === undefined || id === undefined) throw damaged();
    if (column.knownIds.length < BOUNDS.dictionary && !column.knownAlready.has(number)) {
      column.knownAlready.add(number);
      column.knownIds.push(number);
    }
    this.#memory.noteId(number);
    return id;
  }

  #newId(): number {
    const everywhere = this.#globals.next();
    if (everywhere !== 0) return everywhere - 1;
    const symbol = this.#timeSymbols.byte();
    const timeMs = symbol === NEW ? this.#lastTime + this.#times.next() : this.#memory.instant(symbol - FIRST_RECALLED);
    if (timeMs === undefined || timeMs < 0 || timeMs >= 2 ** 48) throw damaged();
    if (symbol === NEW) this.#lastTime = timeMs;
    const time = hex(timeMs, 12);
    const version = hex(0x7000 | this.#chance.take(12), 4);
    const variant = hex(0x8000 | this.#chance.take(14), 4);
    return this.#ids.push(`${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${hex(this.#chance.take(48), 12)}`) - 1;
  }

  #list(column: Column): unknown[] {
    const length = column.lengths!.next();
    const values: unknown[] = [];
    if (length < 0) throw damaged();
    for (let left = length; left > 0; left -= 1) values.push(this.#value(column.element!));
    return values;
  }

  #record({ keys, children, units }: Shape): Record<string, unknown> {
    this.#spend(units);
    const record: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i += 1) {
      const key = keys[i]!;
      const value = this.#value(children[i]!);
      if (key === '__proto__') Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
      else record[key] = value;
    }
    return record;
  }

  #json(source: TextSource): unknown {
    try {
      return JSON.parse(this.#text(source)) as unknown;
    } catch (cause) {
      throw damaged(cause);
    }
  }
}

function hex(value: number, digits: number): string { return value.toString(16).padStart(digits, '0'); }
