import { z } from 'zod';
import { Id } from './ids.ts';
import { SEVERITIES, STATES, type IssueState, type Severity } from './issue.ts';
import { SERVICES, type Scope, type Service, type Site } from './org.ts';
import type { PolicyPack } from './policy/pack.ts';
import { wordOf } from './words.ts';

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

/** An alarm as every desk may hear and see it, also over a lock: nothing that anybody said, nobody's name. */
export const Alarm = z.object({
  issueId: Id, kind: z.enum(ALARM_KINDS), sound: z.enum(ALARM_SOUNDS), no: z.string(), service: wordOf(SERVICES), severity: wordOf(SEVERITIES),
  category: z.string(), area: z.string(), sinceMs: z.number(), level: z.number().int().min(0).max(2),
});
export type Alarm = z.infer<typeof Alarm>;

/** What rings at this desk. */
export const AlarmState = z.object({
  alarms: z.array(Alarm).describe('the most urgent first'), total: z.number().int(),
  beat: z.number().int().describe('rises each time the sound is due; the window plays it and says so'),
  sound: z.enum(ALARM_SOUNDS).nullable().describe('of the most urgent alarm; null when nothing rings'),
  unheard: z.boolean().describe('no window has said for some beats that it played them'),
  mayTake: z.boolean().describe('whoever is signed in may acknowledge'),
  soundTest: z.object({ atMs: z.number(), heard: z.boolean() }).nullable().describe('of who is signed in, since they signed in'),
});
export type AlarmState = z.infer<typeof AlarmState>;

/** A desk as far as it says what rings there. */
export interface AlarmDesk {
  deviceId: Id; site: Pick<Site, 'id' | 'tier'>;
  /** What it sees: of the person who is signed in, else of the workstation. */
  scope: Scope;
  /** Somebody is signed in, the desk locked or not, who may take alarms up; null when nobody is signed in. */
  onDuty: boolean | null;
}

/** A record as far as it says whether it rings. */
export interface Ringing {
  state: IssueState; siteId: Id; stationId: Id; service: Service; lines: readonly Service[]; severity: Severity; class: 'incident' | 'issue'; receivedAtMs: number;
  acknowledged: boolean; handOff: { to: Service; atMs: number } | null;
}

export interface Rings { kind: Alarm['kind']; sound: AlarmSound; sinceMs: number; level: AlarmLevel; /** When it rings for more desks, ms; null once it does so for all. */ nextAtMs: number | null }

const works = (scope: Scope, lines: readonly Service[]): boolean => scope.services === null || lines.some(line => scope.services!.includes(line));

/** What of the record waits for someone: an offer to another line before its own beginning. */
function waiting(record: Ringing, { alarms }: Pick<PolicyPack, 'alarms'>): Pick<Rings, 'kind' | 'sound' | 'sinceMs'> & { lines: readonly Service[] } | null {
  const { handOff } = record;
  if (handOff !== null) return { kind: 'handOff', sound: record.severity === 'P1' ? 'life' : 'handOff', sinceMs: handOff.atMs, lines: [handOff.to] };
  if (record.state !== STATES[0] || record.acknowledged || !alarms.severities.includes(record.severity)) return null;
  const sound = record.severity === 'P1' ? 'life' : record.class === 'incident' ? 'emergency' : 'issue';
  return { kind: 'new', sound, sinceMs: record.receivedAtMs, lines: [record.service, ...record.lines] };
}

/**
 * Whether and how a record rings at a desk (báo động): at the desks of its line first; after `escalateSeconds` at every desk of its centre, also where nobody
 * is signed in and where it was taken in; after twice that at the province's. Acknowledged, it rings nowhere.
 *
 * @param nowMs corrected time, ms
 * @returns how it rings; from when on it may, as long as nobody takes it up before; null when it never rings there
 */
export function ringsAt(record: Ringing, desk: AlarmDesk, pack: Pick<PolicyPack, 'alarms'>, nowMs: number): Rings | { nextLookMs: number } | null {
  const what = waiting(record, pack);
  if (what === null || nowMs - what.sinceMs >= ALARM_LASTS_MS || desk.onDuty === false) return null;
  const { kind, sound, sinceMs, lines } = what;
  if (desk.scope.siteIds !== null && !desk.scope.siteIds.includes(record.siteId)) return null;
  const stepMs = pack.alarms.escalateSeconds * 1_000;
  const level = Math.max(0, Math.min(2, Math.floor((nowMs - sinceMs) / stepMs))) as AlarmLevel;
  const from = firstLevelAt(record, desk, { kind, lines });
  if (from === null) return null;
  const nextAtMs = level === 2 ? null : sinceMs + (level + 1) * stepMs;
  return level >= from ? { kind, sound, sinceMs, level, nextAtMs } : { nextLookMs: sinceMs + from * stepMs };
}

/** From which level on it rings at the desk; null: never. */
function firstLevelAt(record: Ringing, desk: AlarmDesk, { kind, lines }: { kind: Alarm['kind']; lines: readonly Service[] }): AlarmLevel | null {
  if (record.siteId !== desk.site.id) return desk.site.tier === 'province' && works(desk.scope, lines) && desk.onDuty === true ? 2 : null;
  const wasTakenInHere = kind === 'new' && record.stationId === desk.deviceId;
  if (works(desk.scope, lines) && desk.onDuty === true && !wasTakenInHere) return 0;
  return 1;
}
