import { Alphabet } from './alphabet.ts';
import { BitSink, ByteSink } from './bytes.ts';
import { BOUNDS, FIRST_INSTANT, FIRST_RECALLED, FORM, KNOWN, MICRO, NEW, UUID_V7, type Form } from './form.ts';
import { IndexSink, LayoutWriter } from './layout.ts';
import { MAX_WHOLE, NumberSink } from './numbers.ts';
import { RowMemory } from './memory.ts';
import { writeNumbers, writeTexts } from './texts.ts';

/** Values of one path, as they come; how most of them are written is chosen once all are here. */
class Column {
  readonly forms: Form[] = [];
  readonly formOf = new Map<string, number>();
  readonly formSymbols = new ByteSink();
  /** Per form: the children that an object of this form has, in the order in which they are written. */
  readonly records: (readonly Column[] | undefined)[] = [];
  readonly recordKeys: (readonly string[] | undefined)[] = [];
  readonly children = new Map<string, Column>();
  element: Column | undefined;
  readonly wholes: number[] = [];
  readonly wholeContexts: number[] = [];
  readonly micros: number[] = [];
  readonly microContexts: number[] = [];
  readonly instantSymbols = new ByteSink();
  readonly instants = new NumberSink();
  readonly doubles = new ByteSink();
  readonly texts: string[] = [];
  readonly idSymbols = new ByteSink();
  readonly idIndexes = new IndexSink();
  readonly knownIds = new Map<number, number>();
  readonly lengths = new NumberSink();
  readonly json: string[] = [];
  readonly depth: number;
  constructor(depth: number) { this.depth = depth; }
}

/** Rows of JSON to `columns-1`. */
export function encodeColumns(rows: readonly Readonly<Record<string, unknown>>[]): Uint8Array {
  const encoder = new Encoder();
  for (const row of rows) encoder.row(row);
  return encoder.end(rows.length);
}

class Encoder {
  readonly #root = new Column(0);
  readonly #memory = new RowMemory();
  readonly #ids = new Map<string, number>();
  readonly #globals = new NumberSink();
  readonly #timeSymbols = new ByteSink();
  readonly #times = new NumberSink();
  readonly #chance = new BitSink();
  #lastTime = 0;
  #columns = 0;
  #keys = 0;

  row(row: Readonly<Record<string, unknown>>): void {
    this.#memory.nextRow();
    this.#value(this.#root, row);
  }

  #value(column: Column, value: unknown): void {
    if (typeof value === 'number') this.#number(column, value);
    else if (typeof value === 'string') this.#text(column, value);
    else if (value === true || value === false) this.#form(column, value ? FORM.yes : FORM.no);
    else if (value === null || value === undefined) this.#form(column, FORM.null);
    else if (Array.isArray(value)) this.#list(column, value);
    else this.#record(column, value as Record<string, unknown>);
  }

  #form(column: Column, form: Form, key: string = String(form)): number {
    let symbol = column.formOf.get(key);
    if (symbol === undefined) {
      symbol = column.forms.push(form) - 1;
      column.formOf.set(key, symbol);
    }
    column.formSymbols.byte(symbol);
    return symbol;
  }

  #number(column: Column, value: number): void {
    if (Number.isInteger(value) && Math.abs(value) <= MAX_WHOLE) {
      if (Math.abs(value) >= FIRST_INSTANT) {
        this.#form(column, FORM.instant);
        const recalled = this.#memory.placeOfInstant(value);
        column.instantSymbols.byte(recalled < 0 ? NEW : FIRST_RECALLED + recalled);
        if (recalled < 0) column.instants.put(value - this.#memory.lastInstant);
        this.#memory.noteInstant(value);
        return;
      }
      this.#form(column, FORM.whole);
      column.wholes.push(value);
      column.wholeContexts.push(this.#memory.lastId);
      return;
    }
    const micro = Math.round(value * MICRO);
    if (micro / MICRO === value && Math.abs(micro) <= MAX_WHOLE) {
      this.#form(column, FORM.micro);
      column.micros.push(micro);
      column.microContexts.push(this.#memory.lastId);
      return;
    }
    this.#form(column, FORM.double);
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value);
    column.doubles.append(bytes);
  }

  #text(column: Column, value: string): void {
    if (!UUID_V7.test(value)) {
      this.#form(column, FORM.text);
      column.texts.push(value);
      return;
    }
    this.#form(column, FORM.id);
    const known = this.#ids.get(value);
    const id = known ?? this.#ids.size;
    const recalled = known === undefined ? -1 : this.#memory.placeOfId(known);
    const index = column.knownIds.get(id);
    if (recalled >= 0) column.idSymbols.byte(FIRST_RECALLED + recalled);
    else if (index !== undefined) {
      column.idSymbols.byte(KNOWN);
      column.idIndexes.put(index);
    } else {
      column.idSymbols.byte(NEW);
      this.#globals.put(known === undefined ? 0 : known + 1);
      if (known === undefined) this.#newId(value);
    }
    if (index === undefined && column.knownIds.size < BOUNDS.dictionary) column.knownIds.set(id, column.knownIds.size);
    this.#memory.noteId(id);
  }

  #newId(id: string): void {
    this.#ids.set(id, this.#ids.size);
    const timeMs = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
    const recalled = this.#memory.placeOfInstant(timeMs);
    this.#timeSymbols.byte(recalled < 0 ? NEW : FIRST_RECALLED + recalled);
    if (recalled < 0) {
      this.#times.put(timeMs - this.#lastTime);
      this.#lastTime = timeMs;
    }
    this.#chance.put(Number.parseInt(id.slice(15, 18), 16), 12);
    this.#chance.put(Number.parseInt(id.slice(19, 23), 16) & 0x3fff, 14);
    this.#chance.put(Number.parseInt(id.slice(24), 16), 48);
  }

  #list(column: Column, values: readonly unknown[]): void {
    if (column.element === undefined) {
      if (!this.#roomFor(column, 1)) return this.#json(column, values);
      column.element = this.#newColumn(column);
    }
    this.#form(column, FORM.list);
    column.lengths.put(values.length);
    for (const value of values) this.#value(column.element, value);
  }

  #record(column: Column, value: Record<string, unknown>): void {
    const keys = Object.keys(value).filter(key => value[key] !== undefined);
    const name = JSON.stringify(keys);
    if (!column.formOf.has(name)) {
      if (!this.#roomFor(column, keys.length) || keys.some(key => key.length > BOUNDS.keyLength)) return this.#json(column, value);
      const ordered = keys.sort((one, other) => rank(value[one]) - rank(value[other]));
      this.#keys += keys.length;
      column.recordKeys[column.forms.length] = ordered;
      column.records[column.forms.length] = ordered.map(key => {
        const child = column.children.get(key) ?? this.#newColumn(column);
        column.children.set(key, child);
        return child;
      });
    }
    const symbol = this.#form(column, FORM.record, name);
    const children = column.records[symbol]!;
    column.recordKeys[symbol]!.forEach((key, index) => this.#value(children[index]!, value[key]));
  }

  #json(column: Column, value: unknown): void {
    this.#form(column, FORM.json);
    column.json.push(JSON.stringify(value));
  }

  #roomFor(column: Column, keys: number): boolean {
    return column.depth < BOUNDS.depth && column.forms.length < BOUNDS.forms && this.#columns + keys <= BOUNDS.columns && this.#keys + keys <= BOUNDS.keys;
  }

  #newColumn(parent: Column): Column {
    this.#columns += 1;
    return new Column(parent.depth + 1);
  }

  end(rows: number): Uint8Array {
    const layout = new LayoutWriter(Alphabet.of(textsOf(this.#root)));
    layout.numbers(this.#globals);
    layout.stream('symbols', this.#timeSymbols);
    layout.numbers(this.#times);
    layout.stream('bits', this.#chance.end());
    writeColumn(layout, this.#root);
    return layout.end(rows);
  }
}

/** The order in which an object's values are written: what others are counted from comes first. */
function rank(value: unknown): number {
  if (typeof value === 'number') return value >= FIRST_INSTANT ? 0 : 2;
  if (typeof value === 'string') return UUID_V7.test(value) ? 1 : 2;
  if (Array.isArray(value)) return 3;
  return typeof value === 'object' && value !== null ? 4 : 2;
}

function* textsOf(column: Column): Generator<string> {
  yield* column.texts;
  yield* column.json;
  for (const [key, child] of column.children) {
    yield key;
    yield* textsOf(child);
  }
  if (column.element !== undefined) yield* textsOf(column.element);
}

function writeColumn(layout: LayoutWriter, column: Column): void {
  const { tree } = layout;
  const children = [...column.children.keys()];
  tree.varint(children.length);
  for (const key of children) layout.name(key);
  tree.byte(column.forms.length);
  column.forms.forEach((form, symbol) => {
    tree.byte(form);
    if (form !== FORM.record) return;
    const keys = column.recordKeys[symbol]!;
    tree.varint(keys.length);
    for (const key of keys) tree.varint(children.indexOf(key));
  });
  layout.stream('symbols', column.formSymbols);
  const has = (form: Form): boolean => column.forms.includes(form);
  if (has(FORM.whole)) writeNumbers(layout, column.wholes, column.wholeContexts);
  if (has(FORM.instant)) {
    layout.stream('symbols', column.instantSymbols);
    layout.numbers(column.instants);
  }
  if (has(FORM.micro)) writeNumbers(layout, column.micros, column.microContexts);
  if (has(FORM.double)) layout.stream('bits', column.doubles);
  if (has(FORM.text)) writeTexts(layout, column.texts);
  if (has(FORM.id)) {
    layout.stream('symbols', column.idSymbols);
    layout.indexes(column.idIndexes);
  }
  if (has(FORM.list)) layout.numbers(column.lengths);
  if (has(FORM.json)) layout.texts(column.json);
  for (const child of column.children.values()) writeColumn(layout, child);
  if (column.element !== undefined) writeColumn(layout, column.element);
}
