import { fold, nfc } from '../../../contract/text.ts';
import { meaningOf } from './fields.ts';
import type { BrokenRecord, SourceRecord } from './records.ts';

/** The template's own example has a number of this kind: it is there to be looked at, never to be received. */
const EXAMPLE = /^vi-du(-|$)/;

/** Why a record is not worth receiving, in words of an import; null when it is. */
export function refusalOf({ line, fields }: SourceRecord): BrokenRecord | null {
  const entries = Object.entries(fields).map(([name, value]) => ({ name, meaning: meaningOf(name), value: nfc(value).trim() }));
  const ref = entries.find(entry => entry.meaning === 'ref')?.value ?? '';
  if (EXAMPLE.test(fold(ref))) return { line, ref, code: 'import/line-example', facts: {} };
  const told = entries.filter(({ meaning }) => meaning === 'description' || meaning === 'title' || meaning === 'serviceName');
  if (told.some(entry => entry.value !== '')) return null;
  return { line, ref, code: 'import/line-empty', facts: { column: told.find(entry => entry.meaning === 'description')?.name ?? 'noi_dung' } };
}
