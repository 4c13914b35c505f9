import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../contract/errors.ts';
import { createCsvParser } from './csv.ts';
import { detectFormat, TextReader, type Format } from './detect.ts';
import { meaningOf } from './fields.ts';
import { createOpen311JsonParser } from './open311-json.ts';
import { createOpen311XmlParser } from './open311-xml.ts';
import { refuseLongRecord, type BrokenRecord, type RecordParser, type RecordSink, type SourceRecord } from './records.ts';

/** What one piece of a file held, in the order of its lines. */
export interface ReadPiece { records: SourceRecord[]; broken: BrokenRecord[]; bytesDone: number; format: Format | null }

/** Bytes that are read in one go, between two turns of the event loop: some milliseconds of work. */
export const PIECE_BYTES = 32 * 1024;
/** XML and JSON show at once what they are; a table does with its first line, which must not be longer than this. */
const MAX_FIRST_LINE = 64 * 1024;

/** Whether enough of the file has been seen to say what it is. */
function isDecidable(beginning: string): boolean {
  const text = beginning.trimStart();
  if (text === '') return false;
  if (text.length > MAX_FIRST_LINE) refuseLongRecord(1);
  return /^[<[{]|[\r\n]/.test(text);
}

/** A table without one of these has nothing to receive. */
function checkColumns(columns: readonly string[]): void {
  const meanings = columns.map(meaningOf);
  if (!meanings.some(m => m === 'description' || m === 'title' || m === 'serviceName')) throw new AppError('import/missing-column', { column: 'noi_dung' });
}

function parserFor(format: Format, sink: RecordSink): RecordParser {
  switch (format) {
    case 'open311-xml': return createOpen311XmlParser(sink);
    case 'open311-json': return createOpen311JsonParser(sink);
    case 'csv': return createCsvParser(sink, checkColumns);
  }
}

/** Small pieces, whatever the size of what comes in. */
function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

/**
 * Reads a file of any of our formats piece by piece, giving way to others between two pieces.
 *
 * @throws {AppError} what is wrong with the file as a whole; single broken records are in the pieces
 */
export async function* readRecords(file: AsyncIterable<Uint8Array>): AsyncGenerator<ReadPiece> {
  const text = new TextReader();
  const found = { records: [] as SourceRecord[], broken: [] as BrokenRecord[] };
  const sink: RecordSink = { record: record => { found.records.push(record); }, broken: broken => { found.broken.push(broken); } };
  const state = { beginning: '', format: null as Format | null, parser: null as RecordParser | null, bytesDone: 0 };
  const feed = (part: string, isEnd: boolean): void => {
    if (state.parser === null) {
      state.beginning += part;
      if (!isEnd && !isDecidable(state.beginning)) return;
      state.format = detectFormat(state.beginning);
      if (state.format === null) throw new AppError('import/unknown-format');
      state.parser = parserFor(state.format, sink);
      state.parser.write(state.beginning);
    } else if (part !== '') state.parser.write(part);
    if (isEnd) state.parser.end();
  };
  const taken = (): ReadPiece => ({ records: found.records.splice(0), broken: found.broken.splice(0), bytesDone: state.bytesDone, format: state.format });
  for await (const bytes of file) {
    for (const piece of pieces(bytes)) {
      feed(text.read(piece), false);
      state.bytesDone += piece.length;
      yield taken();
      await nextTurn();
    }
  }
  feed(text.end(), true);
  yield taken();
}
