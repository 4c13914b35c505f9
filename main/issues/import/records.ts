import { AppError, type ErrorCode, type ErrorFacts } from '../../../contract/errors.ts';

/** One request of a source as it stands there: names of fields and their text, nothing understood yet. */
export interface SourceRecord {
  /** Line of the source (XML, CSV) or place in the list from 1 (JSON); rises from record to record. */
  line: number;
  fields: Record<string, string>;
  /** `code:field` for what the parser had to mend. */
  warnings: string[];
}

/** A record that could not be read; the ones around it can. */
export interface BrokenRecord { line: number; code: ErrorCode; facts: ErrorFacts; ref?: string }

export interface RecordSink {
  record(record: SourceRecord): void;
  broken(record: BrokenRecord): void;
}

/** Takes text piece by piece and tells the sink what it found. Trouble of the whole file is thrown as `AppError`. */
export interface RecordParser {
  write(text: string): void;
  end(): void;
}

export const IMPORT_LIMITS = {
  fileBytes: 64 * 1024 * 1024,
  /** Characters of one field (XML) or one record (JSON, CSV). */
  recordChars: 1024 * 1024,
  depth: 32,
  fields: 200,
} as const;

/** @throws {AppError} `import/line-too-long` */
export function refuseLongRecord(line: number): never {
  throw new AppError('import/line-too-long', { line, limitKb: IMPORT_LIMITS.recordChars / 1024 });
}
