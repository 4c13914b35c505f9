/**
 * Instants are integers in ms since the epoch (UTC). What people read is always Asia/Ho_Chi_Minh: +07:00, no daylight
 * saving, so a fixed offset is exact and a wrongly set PC time zone changes nothing.
 */
export const VIETNAM_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** The civil parts of an instant in Vietnam; `weekday` is 1 for Monday … 7 for Sunday. */
export interface CivilParts {
  year: number; month: number; day: number;
  hour: number; minute: number; second: number; weekday: number;
}

export function civilParts(atMs: number): CivilParts {
  const local = new Date(atMs + VIETNAM_OFFSET_MS);
  return {
    year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate(),
    hour: local.getUTCHours(), minute: local.getUTCMinutes(), second: local.getUTCSeconds(),
    weekday: local.getUTCDay() === 0 ? 7 : local.getUTCDay(),
  };
}

/** The instant of a civil time in Vietnam; months from 1. */
export function instantOf(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  return Date.UTC(year, month - 1, day, hour, minute, second) - VIETNAM_OFFSET_MS;
}

/** The first instant of the civil day that `atMs` falls on. */
export function startOfDay(atMs: number): number {
  return Math.floor((atMs + VIETNAM_OFFSET_MS) / DAY_MS) * DAY_MS - VIETNAM_OFFSET_MS;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** dd/MM/yyyy */
export function formatDate(atMs: number): string {
  const p = civilParts(atMs);
  return `${two(p.day)}/${two(p.month)}/${p.year}`;
}

/** The first instant of a day written dd/MM/yyyy (also d/M/yyyy, with `-` or `.`); null when there is no such day. */
export function parseDate(text: string): number | null {
  const found = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
  if (found === null) return null;
  const [day, month, year] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const atMs = instantOf(year, month, day);
  const p = civilParts(atMs);
  return p.year === year && p.month === month && p.day === day ? atMs : null;
}

/** The first instant of the day after the one that `atMs` falls on. */
export function nextDay(atMs: number): number {
  return startOfDay(atMs) + DAY_MS;
}

/** HH:mm, or HH:mm:ss with `seconds`. */
export function formatTime(atMs: number, seconds = false): string {
  const p = civilParts(atMs);
  return `${two(p.hour)}:${two(p.minute)}${seconds ? `:${two(p.second)}` : ''}`;
}

/** dd/MM/yyyy HH:mm */
export function formatDateTime(atMs: number): string {
  return `${formatDate(atMs)} ${formatTime(atMs)}`;
}

const MOMENT = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s+(\d{1,2})[:hg.](\d{2})?)?\s*$/;

/** The instant of a dd/MM/yyyy HH:mm as people write it ("5/1/2026 8h30" too); midnight without a time, null when it is none. */
export function parseDateTime(text: string): number | null {
  const parts = MOMENT.exec(text);
  if (parts === null) return null;
  const [day, month, year, hour, minute] = parts.slice(1).map(part => Number(part ?? 0)) as [number, number, number, number, number];
  const atMs = instantOf(year, month, day, hour, minute);
  const civil = civilParts(atMs);
  return civil.day === day && civil.month === month && civil.year === year && civil.hour === hour && civil.minute === minute ? atMs : null;
}

/** yymmdd, the day part of a provisional number. */
export function compactDay(atMs: number): string {
  const p = civilParts(atMs);
  return `${two(p.year % 100)}${two(p.month)}${two(p.day)}`;
}

/** A machine's clock further than this from the province's is told to its people; it stops nothing. */
export const SKEW_MS = 5 * 60_000;
