import { fold, nfc } from '../text.ts';
import { parseDate } from '../time.ts';
import { civilDate } from './calendar.ts';
import type { PolicyPack } from './pack.ts';

/** The units in which a span is typed, and what one is worth in minutes. */
export const UNITS = ['minutes', 'hours', 'days'] as const;
export type Unit = (typeof UNITS)[number];

/** @param dayMinutes of a working day; null: days have 24 hours */
export function unitMinutes(unit: Unit, dayMinutes: number | null): number {
  return unit === 'minutes' ? 1 : unit === 'hours' ? 60 : dayMinutes ?? 1_440;
}

/** The largest unit of which a span is a whole number. */
export function unitOf(minutes: number, dayMinutes: number | null): Unit {
  if (minutes > 0 && minutes % unitMinutes('days', dayMinutes) === 0) return 'days';
  return minutes > 0 && minutes % 60 === 0 ? 'hours' : 'minutes';
}

/** A whole number as it is typed: "90", " 7 "; null when it is none. */
export function readCount(text: string): number | null {
  const found = /^\s*(\d{1,9})\s*$/.exec(text);
  return found === null ? null : Number(found[1]);
}

/** A span typed in a unit, in minutes: "2", "1,5"; null when it is none, or no whole number of minutes. */
export function readSpan(text: string, unit: Unit, dayMinutes: number | null): number | null {
  const found = /^\s*(\d{1,6})(?:[.,](\d{1,3}))?\s*$/.exec(text);
  if (found === null) return null;
  const minutes = Number(`${found[1] ?? '0'}.${found[2] ?? '0'}`) * unitMinutes(unit, dayMinutes);
  return Math.abs(minutes - Math.round(minutes)) < 1e-6 ? Math.round(minutes) : null;
}

/** Minutes as hours, as they are typed: "12", "11,5". */
export function hoursFigure(minutes: number): string {
  return String(Math.round((minutes / 60) * 1_000) / 1_000).replace('.', ',');
}

/** Words typed with commas, semicolons or lines between them; each once. */
export function readWords(text: string): string[] {
  return [...new Set(text.split(/[,;\n]/u).map(word => nfc(word).trim()).filter(word => word !== ''))];
}

/** A share typed in percent: "75", "75 %", "150%"; null when it is none. */
export function readPercent(text: string): number | null {
  const found = /^\s*(\d{1,4})\s*%?\s*$/.exec(text);
  return found === null ? null : Number(found[1]) / 100;
}

/** yyyy-MM-dd of a day typed as dd/MM/yyyy; null when there is no such day. */
export function readDay(text: string): string | null {
  const atMs = parseDate(text);
  return atMs === null ? null : civilDate(atMs);
}

/** dd/MM/yyyy of a yyyy-MM-dd. */
export function dayText(date: string): string {
  return date.split('-').toReversed().join('/');
}

const two = (n: number): string => String(n).padStart(2, '0');
const clockText = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** "07:30–11:30, 13:30–17:00" */
export function hoursText(spans: PolicyPack['calendar']['spans']): string {
  return spans.map(({ fromMin, toMin }) => `${clockText(fromMin)}–${clockText(toMin)}`).join(', ');
}

const SPAN = /^\s*(\d{1,2})[:hg](\d{2})\s*[–—-]\s*(\d{1,2})[:hg](\d{2})\s*$/u;

/** Hours of a day as they are typed; null when they are none. Whether they rise and lie apart is for the schema to say. */
export function readHours(text: string): PolicyPack['calendar']['spans'] | null {
  const spans = text.split(/[,;]/).map(part => {
    const numbers = SPAN.exec(part)?.slice(1).map(Number);
    if (numbers === undefined) return null;
    const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = numbers;
    return fromMinute > 59 || toMinute > 59 ? null : { fromMin: fromHour * 60 + fromMinute, toMin: toHour * 60 + toMinute };
  });
  return spans.some(span => span === null) ? null : spans as PolicyPack['calendar']['spans'];
}

/** How "not in the regulation" is written where a source is typed. */
const PROPOSED = ['mặc định đề xuất', 'proposed default'];

/** A source as it is typed; nothing, and the words for it, are "mặc định đề xuất". */
export function readSource(text: string): string | null {
  const source = nfc(text).trim();
  return source === '' || PROPOSED.some(words => fold(words) === fold(source)) ? null : source;
}
