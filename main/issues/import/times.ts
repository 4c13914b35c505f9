import { civilParts, instantOf } from '../../../contract/time.ts';

/** An instant read from a source; `isGuess` when it is written as machines do it, names no zone, and was taken as Vietnam's time. */
export interface ReadTime { atMs: number; isGuess: boolean }

const CLOCK = String.raw`(\d{1,2})(?::|h|g)(\d{2})(?::(\d{2})(?:[.,]\d+)?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:T|\s+)${CLOCK}${ZONE})?$`, 'i');
const DAY_FIRST = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\s+${CLOCK})?$`, 'i');
const CLOCK_FIRST = new RegExp(String.raw`^${CLOCK}\s+(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$`, 'i');

/**
 * The instant that a text names: ISO 8601, also with a space for the T or without a zone; day first as it is written in
 * Vietnam (dd/MM/yyyy HH:mm, HH:mm dd/MM/yyyy), which is Vietnam's time and what we ask for. A machine's form without a
 * zone may be any: it is taken as Vietnam's too, as a guess. Null when no such instant exists ("31/02/2026").
 */
export function readTime(text: string): ReadTime | null {
  const bare = text.trim();
  const iso = YEAR_FIRST.exec(bare);
  if (iso !== null) return made(iso.slice(1, 4), iso.slice(4, 7), iso[7], true);
  const day = DAY_FIRST.exec(bare);
  if (day !== null) return made([day[3], day[2], day[1]], day.slice(4, 7), undefined, false);
  const clock = CLOCK_FIRST.exec(bare);
  return clock === null ? null : made([clock[6], clock[5], clock[4]], clock.slice(1, 4), undefined, false);
}

function made(date: (string | undefined)[], clock: (string | undefined)[], zone: string | undefined, isMachines: boolean): ReadTime | null {
  const [year, month, day] = date.map(Number) as [number, number, number];
  const [hour, minute, second] = clock.map(part => Number(part ?? 0)) as [number, number, number];
  const localMs = instantOf(year, month, day, hour, minute, second);
  const p = civilParts(localMs);
  if (p.year !== year || p.month !== month || p.day !== day || p.hour !== hour || p.minute !== minute || p.second !== second) return null;
  if (zone === undefined) return { atMs: localMs, isGuess: isMachines };
  const offsetMin = zoneMinutes(zone);
  return offsetMin === null ? null : { atMs: localMs + (7 * 60 - offsetMin) * 60_000, isGuess: false };
}

function zoneMinutes(zone: string): number | null {
  if (/^[a-z]/i.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
