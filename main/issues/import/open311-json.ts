import { AppError } from '../../../contract/errors.ts';
import { IMPORT_LIMITS, refuseLongRecord, type RecordParser, type RecordSink } from './records.ts';

/**
 * Reads a JSON list of requests as it comes: the objects that lie directly in an array, wherever the array is
 * (`[…]`, `{"service_requests": […]}`). Only one request at a time is held. A request that is not JSON is reported by its
 * place in the list, and the next ones are read.
 *
 * @throws {AppError} from `write` and `end`: `import/line-too-long`, `import/not-well-formed`, `import/unknown-format`
 */
export function createOpen311JsonParser(sink: RecordSink): RecordParser {
  const reader = new JsonReader(sink);
  return { write: text => { reader.write(text); }, end: () => { reader.end(); } };
}

class JsonReader {
  readonly #sink: RecordSink;
  /** Brackets that are open, outermost first. */
  #open = '';
  #isInString = false;
  #isEscaped = false;
  /** Text of the request that is being read; null between requests. */
  #element: string | null = null;
  #elementDepth = 0;
  #count = 0;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  write(text: string): void {
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (c === 0x5c) this.#isEscaped = true;
        else if (c === 0x22) this.#isInString = false;
      } else if (c === 0x22) this.#isInString = true;
      else if (c === 0x7b || c === 0x5b) {
        if (this.#opened(c === 0x7b ? '{' : '[')) from = i;
      } else if ((c === 0x7d || c === 0x5d) && this.#closed(text, from, i)) from = i + 1;
    }
    if (this.#element === null) return;
    this.#element += text.slice(from);
    if (this.#element.length > IMPORT_LIMITS.recordChars) refuseLongRecord(this.#count + 1);
  }

  end(): void {
    if (this.#element !== null || this.#open !== '') this.#broken('unfinished');
    if (this.#count === 0) throw new AppError('import/unknown-format');
  }

  /** Whether a request begins here. */
  #opened(bracket: '{' | '['): boolean {
    const begins = this.#element === null && bracket === '{' && this.#open.endsWith('[');
    this.#open += bracket;
    if (this.#open.length > IMPORT_LIMITS.depth) throw new AppError('import/not-well-formed', { line: this.#count + 1, depth: IMPORT_LIMITS.depth });
    if (begins) {
      this.#element = '';
      this.#elementDepth = this.#open.length;
    }
    return begins;
  }

  /** Whether a request ends here. Inside one, brackets that do not match are left to `JSON.parse`. */
  #closed(text: string, from: number, at: number): boolean {
    if (this.#open === '') throw new AppError('import/not-well-formed', { line: this.#count + 1 });
    const ends = this.#element !== null && this.#open.length === this.#elementDepth;
    this.#open = this.#open.slice(0, -1);
    if (!ends) return false;
    const element = this.#element + text.slice(from, at + 1);
    this.#element = null;
    if (element.length > IMPORT_LIMITS.recordChars) refuseLongRecord(this.#count + 1);
    this.#tell(element);
    return true;
  }

  #tell(element: string): void {
    let parsed: unknown;
    try {
      parsed = JSON.parse(element);
    } catch {
      this.#broken('JSON');
      return;
    }
    const fields: Record<string, string> = {};
    flatten(parsed as object, '', fields);
    if (Object.keys(fields).length > IMPORT_LIMITS.fields) this.#broken('too many fields');
    else this.#sink.record({ line: ++this.#count, fields, warnings: [] });
  }

  #broken(problem: string): void {
    const line = ++this.#count;
    this.#sink.broken({ line, code: 'import/not-well-formed', facts: { line, problem } });
  }
}

/** Values as text under their path; null and empty text are left out, as `xsi:nil` is in XML. */
function flatten(value: object, path: string, into: Record<string, string>): void {
  for (const [key, part] of Object.entries(value) as [string, unknown][]) {
    const name = path === '' ? key : `${path}.${key}`;
    if (part === null || part === '') continue;
    if (typeof part === 'object') flatten(part, name, into);
    else Object.defineProperty(into, name, { value: String(part).trim(), enumerable: true, configurable: true, writable: true });
  }
}
