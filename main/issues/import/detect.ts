import type { ImportFormat } from '../../../contract/imports.ts';
import type { z } from 'zod';
import { AppError } from '../../../contract/errors.ts';
import { detectDelimiter } from './csv.ts';

export type Format = z.infer<typeof ImportFormat>;

/** What a file is, from its beginning; names and endings of files are not asked. Null when it is nothing that we read. */
export function detectFormat(beginning: string): Format | null {
  const text = beginning.replace(/^\uFEFF/, '').trimStart();
  if (text.startsWith('<')) return 'open311-xml';
  if (text.startsWith('[') || text.startsWith('{')) return 'open311-json';
  return detectDelimiter(text.split(/[\r\n]/, 1)[0] ?? '') === null ? null : 'csv';
}

/** Letters that only Vietnamese in Unicode has much of: ă đ ĩ ũ ơ ư and the block of stacked marks. */
const VIETNAMESE = /[ĂăĐđĨĩŨũƠơƯư\u1EA0-\u1EF9]/gu;
/** The marks of wrong readings that are still valid UTF-8: UTF-8 read as Latin-1, TCVN3 and VNI typed as if they were Latin-1. */
const MISREAD = [
  /Ã[\u00A0-\u00BF]|Ä[\u0080-\u00BF‘’]|á[º»][\u0080-\u00BF…†‡ˆ‰Š‹]?|Æ[°¡]/gu,
  /[A-Za-z][¸µ¶·¹¨©ª«¬®\u00AD×÷§¾»¼½][A-Za-z\s]|§[A-Za-z\u00AD]|®[a-z\u00AD¸-ÿ]/gu,
  /(?<=\p{L})[aeouyAEOUYöôÖÔ][ùøûõïÙØÛÕÏ]|[\s^][ñÑ][aeiouöô]/gu,
] as const;
const MIN_MISREAD = 5;
/** The first pattern is sure; the others also occur in French or Spanish, but not in one character of 250. */
const MIN_MISREAD_SHARE = [0, 0.004, 0.004];

/**
 * Turns bytes to text piece by piece and watches that it is text.
 *
 * @throws {AppError} `import/not-text`: not UTF-8 (UTF-16, TCVN3, VNI, Latin-1), bytes that no text has, or letters that
 *   a wrong encoding left behind
 */
export class TextReader {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #misread = MISREAD.map(() => 0);
  #vietnamese = 0;
  #chars = 0;
  /** The end of the last piece: a misread letter may lie across the cut. */
  #tail = '';
  #isFirst = true;

  read(bytes: Uint8Array): string {
    if (this.#isFirst && hasUtf16Mark(bytes)) throw new AppError('import/not-text', { encoding: 'UTF-16' });
    this.#isFirst = false;
    return this.#check(this.#decode(bytes, true));
  }

  /** What the last bytes still held. */
  end(): string {
    const text = this.#check(this.#decode(new Uint8Array(), false));
    const isMisread = this.#misread.some((count, i) => count >= Math.max(MIN_MISREAD, this.#chars * MIN_MISREAD_SHARE[i]!));
    if (this.#vietnamese === 0 && isMisread) throw new AppError('import/not-text', { encoding: 'TCVN3/VNI/Latin-1' });
    return text;
  }

  #decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.#decoder.decode(bytes, { stream });
    } catch (cause) {
      throw new AppError('import/not-text', { encoding: '' }, { cause });
    }
  }

  #check(text: string): string {
    // Tab, line feed, form feed and carriage return are the only control characters of a text file.
    if (/[\u0000-\u0008\u000B\u000E-\u001F]/.test(text)) throw new AppError('import/not-text', { encoding: '' });
    this.#chars += text.length;
    this.#vietnamese += text.match(VIETNAMESE)?.length ?? 0;
    for (const [i, pattern] of MISREAD.entries()) this.#misread[i]! += (this.#tail + text).match(pattern)?.length ?? 0;
    this.#tail = text.slice(-2);
    return text;
  }
}

function hasUtf16Mark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
