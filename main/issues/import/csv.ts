import { Parser } from 'csv-parse';
import { AppError } from '../../../contract/errors.ts';
import { IMPORT_LIMITS, refuseLongRecord, type RecordParser, type RecordSink } from './records.ts';

const DELIMITERS = [';', ',', '\t'] as const;
/** A first line longer than this is no line of column names. */
const MAX_HEADER = 64 * 1024;
/** A quote that is opened and never closed costs its own line only. What stands behind it is read again; so much of that in one file is no slip any more. */
const MAX_READ_AGAIN = 64 * 1024 * 1024;

/** The sign between columns: the one that the first line has most of, outside quotes; null when it has none. */
export function detectDelimiter(firstLine: string): string | null {
  const bare = firstLine.replace(/"(?:[^"]|"")*"/g, '');
  const counted = DELIMITERS.map(sign => ({ sign, count: bare.split(sign).length - 1 })).sort((a, b) => b.count - a.count);
  const most = counted[0];
  return most === undefined || most.count === 0 ? null : most.sign;
}

/**
 * Reads CSV (RFC 4180, `;` `,` or tab) as it comes; the first line names the columns. Rows with more or fewer values
 * than columns are reported, and the next ones are read.
 *
 * @param checkColumns sees the column names once; may throw
 * @throws {AppError} from `write` and `end`: `import/line-too-long`, `import/unknown-format`, what `checkColumns` throws
 */
export function createCsvParser(sink: RecordSink, checkColumns: (columns: readonly string[]) => void): RecordParser {
  const reader = new CsvReader(sink, checkColumns);
  return { write: text => { reader.write(text); }, end: () => { reader.end(); } };
}

class CsvReader {
  readonly #sink: RecordSink;
  readonly #checkColumns: (columns: readonly string[]) => void;
  #parser: Parser | null = null;
  #head = '';
  #delimiter = ';';
  #columns: readonly string[] | null = null;
  #lastLine = 0;
  /** csv-parse counts a CRLF inside quotes as two lines. */
  #countedTwice = 0;
  #trouble: AppError | null = null;
  /** Lines before the first one that the parser of now has seen. */
  #linesBefore = 0;
  /** What stands after the line of a quote that was never closed. */
  #rest: string | null = null;
  /** Characters that were read a second time. */
  #again = 0;

  constructor(sink: RecordSink, checkColumns: (columns: readonly string[]) => void) {
    this.#sink = sink;
    this.#checkColumns = checkColumns;
  }

  write(text: string): void {
    if (this.#parser !== null) {
      this.#parser.write(text);
      this.#throwTrouble();
      return;
    }
    this.#head += text;
    const hasLine = /\S[^\r\n]*[\r\n]/.test(this.#head);
    if (hasLine) this.#begin();
    else if (this.#head.length > MAX_HEADER) refuseLongRecord(1);
  }

  end(): void {
    if (this.#parser === null) this.#begin();
    this.#parser?.end();
    this.#throwTrouble();
    while (this.#rest !== null) this.#readAgain(this.#rest);
    if (this.#columns === null) throw new AppError('import/unknown-format');
  }

  #begin(): void {
    const delimiter = detectDelimiter(this.#head.trimStart().split(/[\r\n]/, 1)[0] ?? '');
    if (delimiter === null) throw new AppError('import/unknown-format');
    this.#delimiter = delimiter;
    this.#parser = this.#newParser(delimiter);
    this.#parser.write(this.#head);
    this.#head = '';
    this.#throwTrouble();
  }

  /** Goes on behind the line that cannot be read, with the columns that are known. */
  #readAgain(text: string): void {
    this.#rest = null;
    this.#again += text.length;
    if (this.#again > MAX_READ_AGAIN) {
      this.#trouble = new AppError('import/not-well-formed', { line: this.#lastLine + 1, problem: 'QUOTES' });
      throw this.#trouble;
    }
    this.#linesBefore = this.#lastLine;
    this.#countedTwice = 0;
    const parser = this.#newParser(this.#delimiter);
    parser.write(text);
    parser.end();
    this.#throwTrouble();
  }

  /** A quote that an open one of an earlier line has met: that line is broken, and what it has swallowed is read for itself. */
  #swallowed(raw: string, line: number): void {
    const outer = { linesBefore: this.#linesBefore, countedTwice: this.#countedTwice };
    this.#lastLine = line;
    this.#broken(line, { line, problem: 'CSV_QUOTE_NOT_CLOSED' });
    for (let rest = afterFirstLine(raw); rest !== null; rest = this.#rest) this.#readAgain(rest);
    this.#linesBefore = outer.linesBefore;
    this.#countedTwice = outer.countedTwice;
  }

  #newParser(delimiter: string): Parser {
    const parser = new Parser({
      delimiter, raw: true, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, skip_records_with_error: true,
      max_record_size: IMPORT_LIMITS.recordChars, record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (wrapped: unknown, { lines }) => {
        // With `raw` the record comes beside its own text, whatever the declared type says.
        const { record, raw: text } = wrapped as { record: string[]; raw: string };
        this.#row(record, lines, text);
        return null;
      },
      on_skip: (error, raw) => {
        this.#skipped(error?.code ?? '');
        if (error?.code === 'CSV_QUOTE_NOT_CLOSED') this.#rest = afterFirstLine(raw ?? '');
        return undefined;
      },
    });
    parser.on('error', error => { this.#trouble ??= new AppError('import/not-well-formed', { line: this.#lastLine + 1 }, { cause: error }); });
    parser.resume();
    return parser;
  }

  /** csv-parse calls back in the middle of its work, where throwing would leave it half done. */
  #throwTrouble(): void {
    if (this.#trouble === null) return;
    this.#parser?.destroy();
    throw this.#trouble;
  }

  #row(values: readonly string[], linesCounted: number, raw: string): void {
    if (this.#trouble !== null) return;
    const all = values.join('');
    this.#countedTwice += all.split('\r\n').length - 1;
    const line = Math.max(this.#linesBefore + linesCounted - this.#countedTwice - (all.split(/\r\n|\r|\n/).length - 1), this.#lastLine + 1);
    try {
      if (this.#columns !== null && isSwallowed(raw, this.#delimiter)) return this.#swallowed(raw, line);
      this.#lastLine = line;
      if (this.#columns === null) this.#header(values);
      else if (values.length !== this.#columns.length) this.#broken(line, { line, columns: values.length, expected: this.#columns.length });
      else this.#sink.record({ line, fields: toFields(this.#columns, values), warnings: [] });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#trouble = error;
    }
  }

  #header(values: readonly string[]): void {
    const columns = values.map(value => value.trim());
    if (columns.length > IMPORT_LIMITS.fields) throw new AppError('import/not-well-formed', { line: 1, columns: columns.length });
    this.#checkColumns(columns);
    this.#columns = columns.map((name, i) => (name === '' ? `column ${i + 1}` : name));
  }

  #skipped(code: string): void {
    if (this.#trouble !== null) return;
    const line = this.#lastLine + 1;
    if (code === 'CSV_MAX_RECORD_SIZE') {
      this.#trouble = new AppError('import/line-too-long', { line, limitKb: IMPORT_LIMITS.recordChars / 1024 });
      return;
    }
    this.#lastLine = line;
    this.#broken(line, { line, problem: code });
  }

  #broken(line: number, facts: Record<string, string | number>): void {
    this.#sink.broken({ line, code: 'import/line-broken', facts });
  }
}

/** Null when there is nothing behind the first line. */
function afterFirstLine(text: string): string | null {
  const end = /\r\n|\n|\r/.exec(text);
  const rest = end === null ? '' : text.slice(end.index + end[0].length);
  return rest.trim() === '' ? null : rest;
}

/**
 * Whether a value of several lines ends at a quote that closes nothing: followed by neither a separator nor the line's end,
 * it was meant to open a value of its own.
 */
function isSwallowed(raw: string, delimiter: string): boolean {
  const text = raw.replace(/(?:\r\n|\n|\r)$/, '');
  if (!/[\r\n]/.test(text)) return false;
  for (let at = 0; at < text.length;) {
    if (text[at] !== '"') {
      const next = text.indexOf(delimiter, at);
      if (next < 0) return false;
      at = next + delimiter.length;
      continue;
    }
    at = closingQuote(text, at + 1) + 1;
    if (at > text.length || at === 0) return true;
    if (at < text.length && !text.startsWith(delimiter, at)) return true;
    at += delimiter.length;
  }
  return false;
}

/** Where the quote stands that is no half of a doubled one; beyond the end when there is none. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return text.length;
}

/** Values by column; of two columns with one name both are kept. */
function toFields(columns: readonly string[], values: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [i, name] of columns.entries()) {
    const text = values[i]!.trim();
    if (text === '') continue;
    const value = Object.hasOwn(fields, name) ? `${fields[name]}\n${text}` : text;
    Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return fields;
}
