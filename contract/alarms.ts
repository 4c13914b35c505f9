import { z } from 'zod';
import { Id } from './ids.ts';
import { SEVERITIES, STATES, type AskedLine, type IssueState, type Severity } from './issue.ts';
import { SERVICES, type Scope, type Service, type Site } from './org.ts';
import type { PolicyPack } from './policy/pack.ts';
import { isKnown, wordOf } from './words.ts';

/** How an alarm sounds, the most urgent first: a life at stake (P1), another emergency, a record that a line offers to ours, any other record. */
export const ALARM_SOUNDS = ['life', 'emergency', 'handOff', 'issue'] as const;
export type AlarmSound = (typeof ALARM_SOUNDS)[number];

/** What rings for lack of a person who has taken it up: a new record, one that another line offers, or one to which the line has been called as well. */
export const ALARM_KINDS = ['new', 'handOff', 'join'] as const;

/** Whom it rings for: the desks of its line, then every desk of its centre, then the province as well. */
export const ALARM_LEVELS = [0, 1, 2] as const;
export type AlarmLevel = (typeof ALARM_LEVELS)[number];

/** So many are listed; the others are counted. */
export const ALARMS_SHOWN = 20;

/**
 * What came in with a file has been somebody's business before: older than this it is a backlog that the queue shows. So is what is less urgent. A call of the two levels for which
 * forces are sent rings until somebody has taken it up, however long that lasts.
 */
export const ALARM_LASTS_MS = 12 * 3_600_000;

/** What lies further ahead of a desk's time than this comes from a clock that is wrong, here or there: it rings as what is old. */
const AHEAD_MS = 60_000;

/** An alarm as every desk may hear and see it, also over a lock: nothing that anybody said, nobody's name. */
export const Alarm = z.object({
  issueId: Id, kind: z.enum(ALARM_KINDS), sound: z.enum(ALARM_SOUNDS), no: z.string(), service: wordOf(SERVICES), severity: wordOf(SEVERITIES),
  line: wordOf(SERVICES).describe('that is to answer: its own, or the one that it is offered or called to'),
  category: z.string(), area: z.string(), sinceMs: z.number(), level: z.number().int().min(0).max(2),
  mine: z.boolean().describe('whoever is signed in may take it up'),
});
export type Alarm = z.infer<typeof Alarm>;

/** What rings at this desk. */
export const AlarmState = z.object({
  alarms: z.array(Alarm).describe('what whoever is here may take up first, then the most urgent'), total: z.number().int(),
  beat: z.number().int().describe('rises each time the sound is due; the window plays it and says so'),
  sound: z.enum(ALARM_SOUNDS).nullable().describe('of the most urgent of all; null when nothing rings'),
  unheard: z.boolean().describe('no window has said for some beats that it played them'),
  mayTake: z.boolean().describe('somebody is signed in, the desk not locked, who may take alarms up'),
  soundTest: z.object({ atMs: z.number(), heard: z.boolean() }).nullable().describe('of who is signed in, since they signed in'),
});
export type AlarmState = z.infer<typeof AlarmState>;

/** A desk as far as it says what rings there. */
export interface AlarmDesk {
  deviceId: Id; site: Pick<Site, 'id' | 'tier'>;
  /** What it sees: of the person who is signed in, else of the workstation. */
  scope: Scope;
  /** Somebody is signed in, the desk locked or not, who may take alarms up. */
  onDuty: boolean;
  /** Who that is. */
  personId: Id | null;
}

/** A record as far as it says whether it rings. */
export interface Ringing {
  state: IssueState; siteId: Id; stationId: Id; service: Service; lines: readonly Service[]; severity: Severity; class: 'incident' | 'issue';
  /** Since when it waits, ms: from its receipt, from when that was saved, or from when its level became what it is. */
  sinceMs: number;
  /** It came in with a file, not at a desk. */
  imported: boolean;
  acknowledged: boolean; handOff: { to: Service; atMs: number; byId: Id } | null;
  /** Lines called to it that have not answered. */
  asked: readonly AskedLine[];
}

/** That it has rung here already: no jump of a clock silences it or calls fewer desks. */
export interface Rung { level: AlarmLevel; /** For how long, by a clock that nobody can set, ms. */ forMs: number }

export interface Rings { kind: Alarm['kind']; sound: AlarmSound; line: Service; sinceMs: number; level: AlarmLevel; /** When it may ring for more desks, ms; null once it does so for all. */ nextAtMs: number | null }

const works = (scope: Scope, lines: readonly Service[]): boolean => scope.services === null || lines.some(line => scope.services!.includes(line));

/** `line` is to answer, `lines` hear it first; `byId` has made the others wait for it. */
interface Waiting { kind: Alarm['kind']; sound: AlarmSound; sinceMs: number; line: Service; lines: readonly Service[]; byId: Id | null }

/** What of the record waits for someone: its own beginning, an offer to another line, and each line called to it. */
function waiting(record: Ringing, { alarms }: Pick<PolicyPack, 'alarms'>): Waiting[] {
  const { handOff, severity, sinceMs } = record;
  const sound = severity === 'P1' ? 'life' : record.class === 'incident' ? 'emergency' : 'issue';
  const found: Waiting[] = [];
  if (handOff !== null) found.push({ kind: 'handOff', sound: severity === 'P1' ? 'life' : 'handOff', sinceMs: handOff.atMs, line: handOff.to, lines: [handOff.to], byId: handOff.byId });
  // A level that only a newer version knows may be the most urgent of all.
  const isUrgent = alarms.severities.includes(severity) || !isKnown(SEVERITIES, severity);
  if (record.state === STATES[0] && !record.acknowledged && isUrgent) found.push({ kind: 'new', sound, sinceMs, line: record.service, lines: [record.service, ...record.lines], byId: null });
  for (const { line, byId, atMs } of record.asked) found.push({ kind: 'join', sound: severity === 'P1' ? 'life' : 'emergency', sinceMs: atMs, line, lines: [line], byId });
  return found;
}

/**
 * Whether and how a record rings at a desk (báo động): at the desks of its line first; after `escalateSeconds` at every desk of its centre, also where nobody
 * is signed in and where it was taken in; after twice that at the province's. Taken up, it rings nowhere. Of a new record that is offered to another line too, or to which others
 * have been called, the one that rings for more desks counts: an offer silences nothing.
 *
 * @param nowMs corrected time, ms
 * @param rung for each kind, how it has rung here so far
 * @returns how it rings; from when on it may, as long as nobody takes it up before; null when it never rings there
 */
export function ringsAt(record: Ringing, desk: AlarmDesk, pack: Pick<PolicyPack, 'alarms'>, nowMs: number, rung: (kind: Alarm['kind']) => Rung | null = () => null): Rings | { nextLookMs: number } | null {
  if (desk.scope.siteIds !== null && !desk.scope.siteIds.includes(record.siteId)) return null;
  const all = waiting(record, pack).map(what => oneAt(what, record, desk, { stepMs: pack.alarms.escalateSeconds * 1_000, nowMs, rung: rung(what.kind) }));
  const nextMs = Math.min(...all.map(one => (one === null ? null : 'kind' in one ? one.nextAtMs : one.nextLookMs) ?? Infinity));
  const [loudest] = all.filter(one => one !== null && 'kind' in one).toSorted((a, b) => b.level - a.level);
  if (loudest !== undefined) return { ...loudest, nextAtMs: nextMs === Infinity ? null : nextMs };
  return nextMs === Infinity ? null : { nextLookMs: nextMs };
}

function oneAt(what: Waiting, record: Ringing, desk: AlarmDesk, { stepMs, nowMs, rung }: { stepMs: number; nowMs: number; rung: Rung | null }): Rings | { nextLookMs: number } | null {
  const { kind, sound, sinceMs, line } = what;
  const ageMs = nowMs - sinceMs;
  if (!isEndless(record) && (rung?.forMs ?? ageMs) >= ALARM_LASTS_MS) return null;
  const from = firstLevelAt(what, record, desk);
  if (from === null) return null;
  const byAge = ageMs < -AHEAD_MS ? 2 : Math.max(0, Math.min(2, Math.floor(ageMs / stepMs)));
  const level = Math.max(byAge, rung?.level ?? 0) as AlarmLevel;
  return level >= from ? { kind, sound, line, sinceMs, level, nextAtMs: level === 2 ? null : sinceMs + (level + 1) * stepMs } : { nextLookMs: sinceMs + from * stepMs };
}

/** A level that only a newer version knows may be the most urgent of all. */
const isEndless = ({ severity, imported }: Ringing): boolean => !imported && (severity === 'P1' || severity === 'P2' || !isKnown(SEVERITIES, severity));

/** From which level on it rings at the desk; null: never. */
function firstLevelAt({ kind, lines, byId }: Waiting, record: Ringing, desk: AlarmDesk): AlarmLevel | null {
  if (record.siteId !== desk.site.id) return desk.site.tier === 'province' && works(desk.scope, lines) && desk.onDuty ? 2 : null;
  const isTheirOwn = kind === 'new' ? record.stationId === desk.deviceId : byId === desk.personId;
  return works(desk.scope, lines) && desk.onDuty && !isTheirOwn ? 0 : 1;
}
