import sax from 'sax';
import { AppError } from '../../../contract/errors.ts';
import { IMPORT_LIMITS, refuseLongRecord, type RecordParser, type RecordSink, type SourceRecord } from './records.ts';

/** A request while it is being read; `problem` makes it a broken one. */
interface OpenRequest { record: SourceRecord; depth: number; chars: number; problem: string | null }
/** An element inside a request: its own text, and its text with that of the elements in it. */
interface OpenElement { name: string; own: string; all: string; isNil: boolean }

const ENTITY_DECLARATION = /<!ENTITY/i;
/** Mistakes that leave the text readable: a bare & or <, and names of entities that XML does not know. */
const MENDED = /entity|Unencoded </i;
/** A file with more mistakes than this is not the XML that it claims to be; each costs an error object. */
const MAX_MISTAKES = 1_000;
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads `service_requests` of Open311 GeoReport v2 as they come. Elements inside a field become `field.element`. A
 * request with broken markup is reported and the next ones are read; declared entities are never expanded: a file that
 * declares any is refused.
 *
 * @throws {AppError} from `write` and `end`: `import/entity-bomb`, `import/line-too-long` (a field over 1 MB),
 *   `import/not-well-formed` (deeper than 32, or no end), `import/unknown-format` (no request in it)
 */
export function createOpen311XmlParser(sink: RecordSink): RecordParser {
  const parser = sax.parser(true, { position: true });
  const reader = new XmlReader(parser, sink);
  return {
    write(text) {
      parser.write(text);
    },
    end() {
      parser.close();
      reader.finish();
    },
  };
}

class XmlReader {
  readonly #parser: sax.SAXParser;
  readonly #sink: RecordSink;
  readonly #path: OpenElement[] = [];
  #request: OpenRequest | null = null;
  #lastLine = 0;
  #found = 0;
  #mistakes = 0;

  constructor(parser: sax.SAXParser, sink: RecordSink) {
    this.#parser = parser;
    this.#sink = sink;
    parser.onopentag = tag => this.#open(tag);
    parser.onclosetag = () => this.#close();
    parser.ontext = text => this.#addText(text);
    parser.oncdata = text => this.#addText(text);
    parser.ondoctype = doctype => { if (ENTITY_DECLARATION.test(doctype)) throw new AppError('import/entity-bomb'); };
    parser.onsgmldeclaration = declaration => { if (/^ENTITY/i.test(declaration)) throw new AppError('import/entity-bomb'); };
    parser.onerror = error => this.#recover(error);
  }

  finish(): void {
    if (this.#request !== null) this.#tellBroken(this.#request, 'unfinished');
    if (this.#found === 0) throw new AppError('import/unknown-format');
  }

  get #line(): number { return this.#parser.line + 1; }

  #open(tag: { name: string; attributes: Record<string, unknown> }): void {
    const isNil = Object.entries(tag.attributes).some(([name, value]) => localName(name) === 'nil' && /^(true|1)$/i.test(String(value)));
    this.#path.push({ name: localName(tag.name), own: '', all: '', isNil });
    if (this.#path.length > IMPORT_LIMITS.depth) throw new AppError('import/not-well-formed', { line: this.#line, depth: IMPORT_LIMITS.depth });
    if (this.#request === null && localName(tag.name) === 'request') this.#begin();
  }

  /** Requests that share a line are told apart by the numbers that follow it. */
  #begin(): void {
    this.#found++;
    this.#lastLine = Math.max(this.#line, this.#lastLine + 1);
    this.#request = { record: { line: this.#lastLine, fields: {}, warnings: [] }, depth: this.#path.length, chars: 0, problem: null };
  }

  #addText(text: string): void {
    const element = this.#path.at(-1);
    if (this.#request === null || element === undefined) return;
    this.#request.chars += text.length;
    if (this.#request.chars > IMPORT_LIMITS.recordChars) refuseLongRecord(this.#line);
    element.own += text;
    element.all += text;
  }

  #close(): void {
    const request = this.#request;
    const element = this.#path.at(-1);
    if (request !== null && element !== undefined) {
      if (this.#path.length > request.depth) this.#addField(request, element);
      else this.#endRequest(request);
    }
    this.#path.pop();
  }

  #addField(request: OpenRequest, element: OpenElement): void {
    const parent = this.#path.at(-2);
    if (parent !== undefined && this.#path.length > request.depth + 1) parent.all += element.all;
    if (element.isNil || element.own.trim() === '') return;
    const name = this.#path.slice(request.depth).map(e => e.name).join('.');
    const { fields } = request.record;
    // Text with markup in it ("một <b>lớn</b> hố") is one text.
    for (const inner of Object.keys(fields)) if (inner.startsWith(`${name}.`)) delete fields[inner];
    if (Object.keys(fields).length >= IMPORT_LIMITS.fields) {
      request.problem ??= 'too many fields';
      return;
    }
    const text = element.all.trim();
    // defineProperty: an element may be called __proto__.
    const value = Object.hasOwn(fields, name) ? `${fields[name]}\n${text}` : text;
    Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
  }

  #endRequest(request: OpenRequest): void {
    this.#request = null;
    if (request.problem === null) this.#sink.record(request.record);
    else this.#tellBroken(request, request.problem);
  }

  #tellBroken(request: OpenRequest, problem: string): void {
    this.#request = null;
    this.#sink.broken({ line: request.record.line, code: 'import/not-well-formed', facts: { line: request.record.line, problem } });
  }

  /** sax reads on after a mistake when its error is taken away; what the mistake touched is told as broken. */
  #recover(error: Error): void {
    const problem = error.message.split('\n')[0] ?? '';
    if (/Max buffer length/.test(problem)) refuseLongRecord(this.#line);
    const isHopeless = this.#found === 0 && this.#path.length === 0;
    if (isHopeless || ++this.#mistakes > MAX_MISTAKES) throw new AppError('import/not-well-formed', { line: this.#line, problem }, { cause: error });
    const request = this.#request;
    if (request === null) this.#noteOutside(problem);
    else if (MENDED.test(problem)) {
      const warning = `markup-mended:${this.#path.at(-1)?.name ?? ''}`;
      if (!request.record.warnings.includes(warning)) request.record.warnings.push(warning);
    } else request.problem ??= problem;
    (this.#parser as { error: Error | null }).error = null;
    this.#parser.resume();
  }

  /** A file that was cut off between two requests says so in its result. */
  #noteOutside(problem: string): void {
    if (!/Unclosed root/.test(problem)) return;
    this.#lastLine = Math.max(this.#line, this.#lastLine + 1);
    this.#sink.broken({ line: this.#lastLine, code: 'import/not-well-formed', facts: { line: this.#lastLine, problem: 'unfinished' } });
  }
}
