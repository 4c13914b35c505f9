import { ALARM_LASTS_MS, ALARM_SOUNDS, ALARMS_SHOWN, ringsAt, type Alarm, type AlarmDesk, type AlarmLevel, type AlarmState, type Rings } from '../../contract/alarms.ts';
import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import type { Id } from '../../contract/ids.ts';
import { inScope } from '../../contract/org.ts';
import { may } from '../../contract/permissions.ts';
import type { Database } from '../../db/database.ts';
import { readRinging, type RingingRecord } from '../../db/stores/alarms.ts';
import { readAreaNames } from '../../db/stores/org.ts';
import { readPolicyBook } from '../../db/stores/policy.ts';
import type { DbChange, StationRecord, Writer } from '../../db/writer-api.ts';
import type { Call, SignedInCall } from '../platform/call.ts';
import type { Log } from '../platform/log.ts';
import type { Timers } from '../platform/timers.ts';
import { Beats } from './beats.ts';

export interface AlarmsDeps {
  reader: Database; writer: Writer; timers: Timers; log: Log;
  /** Corrected time, ms. */
  correctedNowMs: () => number;
  station: () => StationRecord | null;
  currentSession: () => Session | null;
}

/** What the shell is told: it calls attention to the window, and sounds itself where no window does. */
export interface AlarmCall { ringing: boolean; unheard: boolean }

/** Many commits in a row are looked at once. */
const LOOK_AFTER_MS = 100;
/** At the latest, whatever the clock has been set to meanwhile. */
const LOOK_AGAIN_MS = 30_000;

type Input<P extends keyof ConsoleParsedInputs['alarms']> = ConsoleParsedInputs['alarms'][P];
type Output<P extends keyof ConsoleOutputs['alarms']> = ConsoleOutputs['alarms'][P];

/**
 * The alarms of this desk (báo động): kept by the core from what is in the local database, with or without a link and whether or not a window is open. They ring
 * until somebody has taken the record up; a desk that is started anew begins where it stood.
 */
export class Alarms {
  readonly #deps: AlarmsDeps;
  readonly #beats: Beats;
  readonly #listeners = new Set<(call: AlarmCall) => void>();
  readonly #endWatch: () => void;
  #alarms: Alarm[] = [];
  /** What has rung here: how loudly, and since when by a clock that nobody can set. */
  #rung = new Map<string, { level: AlarmLevel; atMs: number }>();
  #test: { personId: Id; sinceMs: number; atMs: number; heard: boolean } | null = null;
  #cancelLook: () => void = () => undefined;
  #lookAtMs = Infinity;

  constructor(deps: AlarmsDeps) {
    this.#deps = deps;
    this.#beats = new Beats({ timers: deps.timers, rules: () => this.#policy().alarms, onBeat: () => { this.#tell(); } });
    this.#endWatch = deps.writer.onChange(change => { if (concerns(change)) this.lookSoon(); });
    this.lookSoon();
  }

  /** Calls back with each beat, and when what rings has changed. */
  onCall(listener: (call: AlarmCall) => void): void {
    this.#listeners.add(listener);
  }

  /** What rings here, as somebody who is signed in may know it. */
  state(session: Session): AlarmState {
    return this.#state(session);
  }

  /** Looks anew after something that may have changed what rings: a commit, another person at the desk. */
  lookSoon(): void {
    this.#lookIn(LOOK_AFTER_MS);
  }

  close(): void {
    this.#endWatch();
    this.#cancelLook();
    this.#beats.stop();
  }

  handlers = {
    state: (_: Input<'state'>, { session }: Call): Output<'state'> => this.#state(session),
    heard: ({ beat }: Input<'heard'>): Output<'heard'> => {
      if (this.#beats.heard(beat)) this.#tell();
      return {};
    },
    noteTest: async ({ heard }: Input<'noteTest'>, { session }: SignedInCall): Promise<Output<'noteTest'>> => {
      const atMs = this.#deps.correctedNowMs();
      await this.#deps.writer.call('audit.add', { atMs, personId: session.personId, action: 'alarm.soundTest', subject: heard ? 'heard' : 'not-heard' });
      this.#test = { personId: session.personId, sinceMs: session.signedInAtMs, atMs, heard };
      this.#tell();
      return this.#state(session);
    },
  };

  #state(session: Session | null): AlarmState {
    const test = this.#test;
    const isTheirs = test !== null && session !== null && test.personId === session.personId && test.sinceMs === session.signedInAtMs;
    return {
      alarms: this.#alarms.slice(0, ALARMS_SHOWN), total: this.#alarms.length, sound: ALARM_SOUNDS.find(sound => this.#alarms.some(alarm => alarm.sound === sound)) ?? null,
      beat: this.#beats.count, unheard: this.#beats.isUnheard, mayTake: session !== null && !session.locked && may(session.roles, 'issue.acknowledge'),
      soundTest: isTheirs ? { atMs: test.atMs, heard: test.heard } : null,
    };
  }

  #policy() {
    return readPolicyBook(this.#deps.reader).at(this.#deps.correctedNowMs());
  }

  /** A look that is nearer stays: commits that follow one another without a pause do not put it off. */
  #lookIn(ms: number): void {
    const { timers } = this.#deps;
    const atMs = timers.nowMs() + ms;
    if (this.#lookAtMs <= atMs) return;
    this.#cancelLook();
    this.#lookAtMs = atMs;
    this.#cancelLook = timers.after(ms, () => { this.#look(); });
  }

  #look(): void {
    this.#lookAtMs = Infinity;
    try {
      const { alarms, nextMs } = this.#ringing();
      const changed = JSON.stringify(alarms) !== JSON.stringify(this.#alarms);
      const before = new Set(this.#alarms.map(keyOf));
      this.#alarms = alarms;
      this.#beats.ring(alarms.length > 0, alarms.some(alarm => !before.has(keyOf(alarm))));
      if (changed) this.#tell();
      this.#lookIn(Math.min(LOOK_AGAIN_MS, Math.max(LOOK_AFTER_MS, nextMs - this.#deps.correctedNowMs())));
    } catch (error) {
      // Whatever is wrong with the database shows itself elsewhere; what rings goes on, and this is tried again.
      this.#deps.log.error({ error: String(error) }, 'alarms could not be looked at');
      this.#lookIn(LOOK_AGAIN_MS);
    }
  }

  #ringing(): { alarms: Alarm[]; nextMs: number } {
    const { reader, correctedNowMs, timers } = this.#deps;
    const desk = this.#desk();
    if (desk === null) return { alarms: [], nextMs: Infinity };
    const [nowMs, policy] = [correctedNowMs(), this.#policy()];
    const found: { record: RingingRecord; rings: Rings }[] = [];
    let nextMs = Infinity;
    for (const record of readRinging(reader, policy.alarms.severities, nowMs - ALARM_LASTS_MS)) {
      const rings = ringsAt(record, desk, policy, nowMs, kind => {
        const before = this.#rung.get(`${record.id} ${kind}`);
        return before === undefined ? null : { level: before.level, forMs: timers.nowMs() - before.atMs };
      });
      if (rings === null) continue;
      nextMs = Math.min(nextMs, ('nextLookMs' in rings ? rings.nextLookMs : rings.nextAtMs) ?? Infinity);
      if ('kind' in rings) found.push({ record, rings });
    }
    this.#remember(found);
    const areas = found.length === 0 ? new Map<Id, string>() : readAreaNames(reader);
    const categories = new Set(policy.categories.map(category => category.code));
    const alarms = found.map(({ record, rings }): Alarm => ({
      kind: rings.kind, sound: rings.sound, line: rings.line, sinceMs: rings.sinceMs, level: rings.level, issueId: record.id, no: record.no, service: record.service, severity: record.severity, mine: this.#mayTake(record, rings),
      // Only words that the directory and the policy have: what somebody else has written there is nobody's business over a lock.
      category: categories.has(record.category) ? record.category : 'unknown', area: record.areaId === null ? '' : areas.get(record.areaId) ?? '',
    }));
    return { nextMs, alarms: alarms.sort((a, b) => Number(b.mine) - Number(a.mine) || ALARM_SOUNDS.indexOf(a.sound) - ALARM_SOUNDS.indexOf(b.sound) || a.sinceMs - b.sinceMs) };
  }

  #remember(found: readonly { record: RingingRecord; rings: Rings }[]): void {
    const before = this.#rung;
    this.#rung = new Map(found.map(({ record, rings }) => {
      const key = `${record.id} ${rings.kind}`;
      return [key, { level: rings.level, atMs: before.get(key)?.atMs ?? this.#deps.timers.nowMs() }];
    }));
  }

  /** By the rule by which the step itself is judged: others see that it rings, and whom to call. */
  #mayTake(record: RingingRecord, { kind, line }: Rings): boolean {
    const session = this.#deps.currentSession();
    if (session === null || !may(session.roles, 'issue.acknowledge')) return false;
    if (kind === 'join') return inScope(session.scope, { siteId: record.siteId, service: line });
    return inScope(session.scope, record) && (kind === 'new' || record.handOff?.byId !== session.personId);
  }

  #desk(): AlarmDesk | null {
    const station = this.#deps.station();
    if (station === null) return null;
    const session = this.#deps.currentSession();
    return {
      deviceId: station.deviceId, site: station.site, scope: session?.scope ?? station.scope,
      onDuty: session !== null && may(session.roles, 'issue.acknowledge'), personId: session?.personId ?? null,
    };
  }

  #tell(): void {
    const call = { ringing: this.#alarms.length > 0, unheard: this.#beats.isUnheard };
    for (const listener of this.#listeners) listener(call);
  }
}

const keyOf = ({ issueId, kind, level }: Alarm): string => `${issueId} ${kind} ${level}`;

function concerns({ tables }: DbChange): boolean {
  return tables.includes('issue') || tables.includes('org') || tables.includes('session');
}
