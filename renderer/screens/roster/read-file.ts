import { PEOPLE_IMPORT } from '../../../contract/roster-import.ts';

/** In what a file was written. */
export type Encoding = 'UTF-8' | 'UTF-16' | 'Windows-1258';
/** Why a file is not read: a workbook itself (what is wanted is a copy out of it, or a CSV), no text, or too much. */
export type FileTrouble = 'workbook' | 'notText' | 'tooLarge';

/** Bytes that are read of a file at most: of UTF-16 as many as the text may have signs, and more. */
export const FILE_BYTES = PEOPLE_IMPORT.chars * 4;

const BEGINS = { zip: [0x50, 0x4b, 0x03, 0x04], ole: [0xd0, 0xcf, 0x11, 0xe0] } as const;
/** Tab, line feed, form feed and carriage return are the only control characters of a text; those above 0x7F no code page writes. */
const NO_TEXT = /[\u0000-\u0008\u000B\u000E-\u001F\u007F-\u009F\uFFFD]/;

/** The text of a file of people: UTF-8, UTF-16 with its mark, or else the old Vietnamese code page of Windows, by the decoder of the platform. */
export function textOfFile(bytes: Uint8Array): { text: string; encoding: Encoding } | FileTrouble {
  if (bytes.length > FILE_BYTES) return 'tooLarge';
  if (Object.values(BEGINS).some(begin => begin.every((byte, at) => bytes[at] === byte))) return 'workbook';
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  const found = utf16 !== null ? decoded(bytes, utf16, 'UTF-16') : decoded(bytes, 'utf-8', 'UTF-8') ?? decoded(bytes, 'windows-1258', 'Windows-1258');
  return found === null || NO_TEXT.test(found.text) ? 'notText' : found;
}

function decoded(bytes: Uint8Array, label: string, encoding: Encoding): { text: string; encoding: Encoding } | null {
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes).normalize('NFC'), encoding };
  } catch {
    return null;
  }
}
