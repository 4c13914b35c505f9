import type { SheetRow, SheetSlice } from '../../db/stores/issue-queries.ts';

/** Where the sheet's rows come from: slices for the first load, single rows after a change. */
export interface SheetSource {
  largestRid(): number;
  slice(after: SheetSlice | null): SheetSlice;
  sheetRows(rids: readonly number[]): SheetRow[];
}

/** Small numbers for ids and words, so that a column is a typed array. 0 stands for "none". */
export class Dictionary {
  readonly #numbers = new Map<string, number>();

  /** The number of a word, or of an id given as 32 hex digits in upper case, as SQLite's `hex()` writes a blob; new ones get the next. */
  number(word: string | null): number {
    if (word === null || word === '') return 0;
    let n = this.#numbers.get(word);
    if (n === undefined) {
      n = this.#numbers.size + 1;
      this.#numbers.set(word, n);
    }
    return n;
  }

  /** The number of an id in its canonical text form. */
  numberOfId(id: string): number {
    return this.number(id.replaceAll('-', '').toUpperCase());
  }
}

const COLUMNS = {
  live: Uint8Array, open: Uint8Array, state: Uint8Array, service: Uint8Array, lines: Uint8Array, severity: Uint8Array,
  site: Uint16Array, area: Uint16Array, unit: Uint16Array, category: Uint16Array, author: Uint32Array,
  receivedAtMs: Float64Array, dueAtMs: Float64Array,
} as const;
type ColumnName = keyof typeof COLUMNS;
export type Columns = { [N in ColumnName]: InstanceType<(typeof COLUMNS)[N]> };
const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[];

function makeColumns(capacity: number, old: Columns | null): Columns {
  const columns = Object.fromEntries(COLUMN_NAMES.map(name => [name, new COLUMNS[name](capacity)])) as unknown as Columns;
  if (old !== null) for (const name of COLUMN_NAMES) columns[name].set(old[name] as never);
  return columns;
}

/** A turn of the event loop, so that calls from the screen are answered between two slices. */
const turn = (): Promise<void> => new Promise(resolve => { setImmediate(resolve); });

/**
 * The sortable fields of every record as typed arrays indexed by rid: some 34 bytes a record. It holds every scope, so
 * whoever reads it applies the session's rights in the same loop (`filter.ts`).
 */
export class Sheet {
  readonly sites = new Dictionary();
  readonly areas = new Dictionary();
  readonly units = new Dictionary();
  readonly people = new Dictionary();
  readonly categories = new Dictionary();
  readonly #source: SheetSource;
  #columns = makeColumns(1_024, null);
  #size = 1;
  #loaded = false;

  constructor(source: SheetSource) {
    this.#source = source;
  }

  /** The arrays as they are now; growing replaces them, so never keep them across a turn of the event loop. */
  get columns(): Columns { return this.#columns; }
  /** One more than the largest rid. */
  get size(): number { return this.#size; }
  /** Whether every record has been read once. */
  get isLoaded(): boolean { return this.#loaded; }

  /**
   * Reads every record, a slice at a time with a turn of the event loop in between. Calling it again reads all anew and
   * forgets records that are no longer there.
   */
  async load(signal: AbortSignal): Promise<void> {
    this.#reserve(this.#source.largestRid());
    const seen = new Uint8Array(this.#size);
    let slice = this.#source.slice(null);
    while (!signal.aborted) {
      for (const row of slice.rows) {
        this.#put(row);
        if (row[0] < seen.length) seen[row[0]] = 1;
      }
      if (slice.last) break;
      await turn();
      if (signal.aborted) return;
      slice = this.#source.slice(slice);
    }
    const { live } = this.#columns;
    const doubtful: number[] = [];
    for (let rid = 1; rid < seen.length; rid++) if (live[rid] === 1 && seen[rid] === 0) doubtful.push(rid);
    // A row whose time of receipt changed while the slices went by may have slipped past them: ask for it by rid.
    this.apply(doubtful);
    this.#loaded = true;
  }

  /** Reads these records again; those that are gone stop being live. */
  apply(rids: readonly number[]): void {
    if (rids.length === 0) return;
    const missing = new Set(rids);
    for (const row of this.#source.sheetRows(rids)) {
      this.#put(row);
      missing.delete(row[0]);
    }
    for (const rid of missing) if (rid < this.#size) this.#columns.live[rid] = 0;
  }

  #reserve(rid: number): void {
    if (rid >= this.#columns.live.length) {
      this.#columns = makeColumns(Math.max(this.#columns.live.length * 2, Math.ceil((rid + 1) * 1.125)), this.#columns);
    }
    if (rid >= this.#size) this.#size = rid + 1;
  }

  #put(row: SheetRow): void {
    const [rid, receivedAtMs, state, service, severity, dueAtMs, open, site, area, unit, author, lines, category] = row;
    this.#reserve(rid);
    const c = this.#columns;
    c.live[rid] = 1;
    c.open[rid] = open;
    c.state[rid] = state;
    c.service[rid] = service;
    c.lines[rid] = service < 8 ? lines | 1 << service : lines;
    c.severity[rid] = severity;
    c.site[rid] = this.sites.number(site);
    c.area[rid] = this.areas.number(area);
    c.unit[rid] = this.units.number(unit);
    c.author[rid] = this.people.number(author);
    c.category[rid] = this.categories.number(category);
    c.receivedAtMs[rid] = receivedAtMs;
    c.dueAtMs[rid] = dueAtMs;
  }
}
