import { z } from 'zod';
import { Id } from './ids.ts';
import { SEVERITIES, STATES, type IssueState, type Severity } from './issue.ts';
import { SERVICES, type Scope, type Service, type Site } from './org.ts';
import type { PolicyPack } from './policy/pack.ts';
import { isKnown, wordOf } from './words.ts';

/** How an alarm sounds, the most urgent first: a life at stake (P1), another emergency, a record that a line offers to ours, any other record. */
export const ALARM_SOUNDS = ['life', 'emergency', 'handOff', 'issue'] as const;
export type AlarmSound = (typeof ALARM_SOUNDS)[number];

/** What rings for lack of a person who has taken it up: a new record, or one that another line offers. */
export const ALARM_KINDS = ['new', 'handOff'] as const;

/** Whom it rings for: the desks of its line, then every desk of its centre, then the province as well. */
export const ALARM_LEVELS = [0, 1, 2] as const;
export type AlarmLevel = (typeof ALARM_LEVELS)[number];

/** So many are listed; the others are counted. */
export const ALARMS_SHOWN = 20;

/** Older ones are a backlog that the queue shows: they have rung long enough, at every desk. */
export const ALARM_LASTS_MS = 12 * 3_600_000;

/** What lies further ahead of a desk's time than this comes from a clock that is wrong, here or there: it rings as what is old. */
const AHEAD_MS = 60_000;

/** An alarm as every desk may hear and see it, also over a lock: nothing that anybody said, nobody's name. */
export const Alarm = z.object({
  issueId: Id, kind: z.enum(ALARM_KINDS), sound: z.enum(ALARM_SOUNDS), no: z.string(), service: wordOf(SERVICES), severity: wordOf(SEVERITIES),
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
  acknowledged: boolean; handOff: { to: Service; atMs: number; byId: Id } | null;
}

/** That it has rung here already: no jump of a clock silences it or calls fewer desks. */
export interface Rung { level: AlarmLevel; /** For how long, by a clock that nobody can set, ms. */ forMs: number }

export interface Rings { kind: Alarm['kind']; sound: AlarmSound; sinceMs: number; level: AlarmLevel; /** When it may ring for more desks, ms; null once it does so for all. */ nextAtMs: number | null }

const works = (scope: Scope, lines: readonly Service[]): boolean => scope.services === null || lines.some(line => scope.services!.includes(line));

interface Waiting { kind: Alarm['kind']; sound: AlarmSound; sinceMs: number; lines: readonly Service[] }

/** What of the record waits for someone: its own beginning, and an offer to another line. */
function waiting(record: Ringing, { alarms }: Pick<PolicyPack, 'alarms'>): Waiting[] {
  const { handOff, severity, sinceMs } = record;
  const sound = severity === 'P1' ? 'life' : record.class === 'incident' ? 'emergency' : 'issue';
  const found: Waiting[] = [];
  if (handOff !== null) found.push({ kind: 'handOff', sound: severity === 'P1' ? 'life' : 'handOff', sinceMs: handOff.atMs, lines: [handOff.to] });
  // A level that only a newer version knows may be the most urgent of all.
  const isUrgent = alarms.severities.includes(severity) || !isKnown(SEVERITIES, severity);
  if (record.state === STATES[0] && !record.acknowledged && isUrgent) found.push({ kind: 'new', sound, sinceMs, lines: [record.service, ...record.lines] });
  return found;
}

/**
 * Whether and how a record rings at a desk (báo động): at the desks of its line first; after `escalateSeconds` at every desk of its centre, also where nobody
 * is signed in and where it was taken in; after twice that at the province's. Taken up, it rings nowhere. Of a new record that is offered to another line too, the one
 * that rings for more desks counts: an offer silences nothing.
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
  const { kind, sound, sinceMs } = what;
  const ageMs = nowMs - sinceMs;
  if ((rung?.forMs ?? ageMs) >= ALARM_LASTS_MS) return null;
  const from = firstLevelAt(what, record, desk);
  if (from === null) return null;
  const byAge = ageMs < -AHEAD_MS ? 2 : Math.max(0, Math.min(2, Math.floor(ageMs / stepMs)));
  const level = Math.max(byAge, rung?.level ?? 0) as AlarmLevel;
  return level >= from ? { kind, sound, sinceMs, level, nextAtMs: level === 2 ? null : sinceMs + (level + 1) * stepMs } : { nextLookMs: sinceMs + from * stepMs };
}

/** From which level on it rings at the desk; null: never. */
function firstLevelAt({ kind, lines }: Waiting, record: Ringing, desk: AlarmDesk): AlarmLevel | null {
  if (record.siteId !== desk.site.id) return desk.site.tier === 'province' && works(desk.scope, lines) && desk.onDuty ? 2 : null;
  const isTheirOwn = kind === 'new' ? record.stationId === desk.deviceId : record.handOff?.byId === desk.personId;
  return works(desk.scope, lines) && desk.onDuty && !isTheirOwn ? 0 : 1;
}
