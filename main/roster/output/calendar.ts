import { createHash } from 'node:crypto';
import { OFF, type RosterMember, type RosterPlan } from '../../../contract/roster.ts';
import { monthName, shiftTimes } from '../../../contract/roster-days.ts';
import { isLine } from '../../../contract/roster-desks.ts';
import { DESK_NAMES } from '../../../contract/roster-words.ts';
import { cellText } from '../../../contract/cell-text.ts';

/** What a line of a calendar may have, octets without its end (RFC 5545, §3.1). */
const LINE_OCTETS = 75;
const ZONE = 'Asia/Ho_Chi_Minh';
const MINUTE_MS = 60_000;

/** Whose calendar it is, and of which centre; `atMs`: when it is made, by which a later one of the same month replaces it. */
export interface CalendarOf { plan: RosterPlan; member: RosterMember; site: { id: string; name: string }; atMs: number }

/**
 * A person's month as a calendar (RFC 5545): an event for each shift. Who it is of, the line and the day make the UID, so that a later file of the month
 * changes the events of the one before. Vietnam has had +07:00 since 1975 and no other time with it.
 */
export function personCalendar({ plan, member, site, atMs }: CalendarOf): string {
  const { service, month, shifts } = plan;
  const where = isLine(service) ? service : DESK_NAMES[service];
  const who = member.personId ?? createHash('sha256').update(`${site.id} ${member.name.normalize('NFC')}`).digest('hex').slice(0, 32);
  const events = member.cells.flatMap((cell, day) => {
    const shift = cell <= OFF ? undefined : shifts[cell - 1];
    if (shift === undefined) return [];
    const { from, to } = shiftTimes(shift);
    const start = localTime(month, day, shift.fromMin);
    return [
      'BEGIN:VEVENT', `UID:truc-${service}-${start.dayOfShift}-${who}@ioc-console.invalid`, `DTSTAMP:${utcTime(atMs)}`, `SEQUENCE:${Math.floor(atMs / MINUTE_MS)}`,
      `DTSTART;TZID=${ZONE}:${start.time}`, ...shift.minutes === 0 ? [] : [`DTEND;TZID=${ZONE}:${localTime(month, day, shift.fromMin + shift.minutes).time}`],
      `SUMMARY:${escaped(`Trực ${where} – ca ${shift.code}`)}`, `DESCRIPTION:${escaped(`${member.name}, ${from}–${to}`)}`, `LOCATION:${escaped(site.name)}`, 'END:VEVENT',
    ];
  });
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//IOC Console//Lich truc//VI', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${escaped(`Trực ${where} – ${monthName(month)}`)}`,
    'BEGIN:VTIMEZONE', `TZID:${ZONE}`, 'BEGIN:STANDARD', 'DTSTART:19750613T000000', 'TZOFFSETFROM:+0800', 'TZOFFSETTO:+0700', 'TZNAME:+07', 'END:STANDARD', 'END:VTIMEZONE',
    ...events, 'END:VCALENDAR',
  ];
  return lines.map(line => `${folded(line)}\r\n`).join('');
}

/** A line no longer than 75 octets, the rest on further lines behind a space; never cut inside a sign. */
export function folded(line: string): string {
  const parts: string[] = [''];
  let octets = 0;
  for (const sign of line) {
    const more = Buffer.byteLength(sign);
    if (octets + more > LINE_OCTETS) {
      parts.push('');
      octets = 1;
    }
    parts[parts.length - 1] += sign;
    octets += more;
  }
  return parts.join('\r\n ');
}

/** A text as a value (§3.3.11): what separates values is marked, line ends are `\n`, and what no text may hold is a visible mark. */
export function escaped(text: string): string {
  return cellText(text).replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
}

/** So many minutes after midnight of a day of the month (from 0 on), on the clock of Vietnam: a month's last night ends in the next one. */
function localTime(month: string, day: number, minutes: number): { time: string; dayOfShift: string } {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const compact = (minute: number): string => new Date(Date.UTC(year, number - 1, day + 1, 0, minute)).toISOString().replace(/[-:]|\.\d+Z/g, '');
  return { time: compact(minutes), dayOfShift: compact(0).slice(0, 8) };
}

function utcTime(atMs: number): string {
  return `${new Date(atMs).toISOString().replace(/[-:]|\.\d+Z/g, '')}Z`;
}
