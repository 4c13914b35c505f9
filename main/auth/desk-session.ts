import type { Session } from '../../contract/console.ts';
import type { Person } from '../../contract/org.ts';
import type { Database } from '../../db/open.ts';
import { readSession } from '../../db/stores/auth.ts';
import { readPerson, readSite } from '../../db/stores/org.ts';
import type { DbChange, StationRecord, Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import { mayResume, sessionOf, type KeptSession } from './session-rules.ts';

export interface DeskSessionDeps {
  reader: Database; writer: Writer; clock: Clock; station: () => StationRecord | null;
  /** Locks after this long without a touch, ms; 0 never. */
  lockAfterMs: number;
}

/** How often a touch is written down: it only tells a restart whether someone was there. */
const KEEP_TOUCH_MS = 30_000;

/** The session of this desk: who is signed in, when it locks by itself, and what of it a restart finds. */
export class DeskSession {
  readonly #deps: DeskSessionDeps;
  readonly #listeners = new Set<() => void>();
  #session: Session | null = null;
  #touchedAtMs = 0;
  #keptTouchAtMs = 0;
  #lockTimer: NodeJS.Timeout | null = null;
  #unsubscribe: () => void = () => undefined;

  constructor(deps: DeskSessionDeps) {
    this.#deps = deps;
  }

  /** @param resume goes on with the kept session, unless nobody was there for too long */
  begin(resume: boolean): void {
    const { reader, clock, writer, lockAfterMs } = this.#deps;
    const kept: (Session & { touchedAtMs?: number }) | null = readSession(reader);
    this.#unsubscribe = writer.onChange(change => { this.#directoryChanged(change); });
    if (kept === null) return;
    if (!resume || !mayResume(kept, lockAfterMs, clock.nowMs())) {
      writer.call('session.save', null).catch(() => undefined);        // a session that stays behind is not resumed next time either
      return;
    }
    const { touchedAtMs, ...session } = kept;
    this.#session = session;
    this.#touchedAtMs = touchedAtMs ?? session.signedInAtMs;
    this.#armLock();
  }

  close(): void {
    this.#unsubscribe();
    if (this.#lockTimer !== null) clearTimeout(this.#lockTimer);
  }

  /** `locked` as it stands at this moment; null when nobody is signed in. */
  current(): Session | null {
    if (this.#session !== null && !this.#session.locked && this.#idleTooLong()) return { ...this.#session, locked: true };
    return this.#session;
  }

  /** The session a person gets here. */
  sessionFor(person: Person, station: StationRecord, how: Pick<Session, 'signedInAtMs' | 'signedInCorrectedMs' | 'offline'>): Session {
    const site = readSite(this.#deps.reader, person.siteId) ?? (person.siteId === station.site.id ? station.site : null);
    return sessionOf(person, { ...how, site, stationScope: station.scope });
  }

  onSession(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** From now on this is the session; in memory at once, on the disk when the promise resolves. */
  async keep(session: Session | null): Promise<void> {
    this.#touchedAtMs = this.#deps.clock.nowMs();
    this.#set(session);
    this.#armLock();
    await this.#save(session);
  }

  async lock(action: 'auth.lock' | 'auth.autoLock'): Promise<void> {
    const session = this.#session;
    if (session === null || session.locked) return;
    await this.keep({ ...session, locked: true });
    await this.audit(action, session.personId, session.personId);
  }

  async signOut(): Promise<void> {
    const before = this.#session;
    if (before === null) return;
    await this.keep(null);
    await this.audit('auth.signOut', before.personId, before.personId);
  }

  /** Someone is there. @returns false when nobody can be: no session, or a locked one */
  async touch(): Promise<boolean> {
    const session = this.#session;
    if (session === null || session.locked || this.#idleTooLong()) return false;
    this.#touchedAtMs = this.#deps.clock.nowMs();
    this.#armLock();
    if (Math.abs(this.#touchedAtMs - this.#keptTouchAtMs) >= KEEP_TOUCH_MS) await this.#save(session);
    return true;
  }

  audit(action: string, personId: string, subject: string): Promise<null> {
    return this.#deps.writer.call('audit.add', { atMs: this.#deps.clock.nowMs(), personId, action, subject });
  }

  /** A person who was deactivated, or whose roles changed, at the province: the session follows at once. */
  #directoryChanged(change: DbChange): void {
    const session = this.#session;
    const station = this.#deps.station();
    if (session === null || station === null || !change.tables.includes('org')) return;
    const person = readPerson(this.#deps.reader, session.personId);
    if (person === null) return;
    if (!person.active) { this.#inBackground(this.signOut()); return; }
    const next = { ...this.sessionFor(person, station, session), locked: session.locked };
    if (JSON.stringify(next) === JSON.stringify(session)) return;
    this.#set(next);
    this.#inBackground(this.#save(next));
  }

  #set(session: Session | null): void {
    this.#session = session;
    for (const listener of this.#listeners) listener();
  }

  async #save(session: Session | null): Promise<void> {
    this.#keptTouchAtMs = this.#touchedAtMs;
    const kept: KeptSession | null = session === null ? null : { ...session, touchedAtMs: this.#touchedAtMs };
    await this.#deps.writer.call('session.save', kept);
  }

  /** Also after a sleep of the machine, in which no timer ran. */
  #idleTooLong(): boolean {
    const { lockAfterMs, clock } = this.#deps;
    return lockAfterMs > 0 && clock.nowMs() - this.#touchedAtMs >= lockAfterMs;
  }

  #armLock(): void {
    if (this.#lockTimer !== null) clearTimeout(this.#lockTimer);
    this.#lockTimer = null;
    const { lockAfterMs } = this.#deps;
    if (lockAfterMs === 0 || this.#session === null || this.#session.locked) return;
    this.#lockTimer = setTimeout(() => { this.#inBackground(this.lock('auth.autoLock')); }, lockAfterMs);
    this.#lockTimer.unref();
  }

  /** The session in memory already says so; only its trace on the disk is late. */
  #inBackground(task: Promise<unknown>): void {
    task.catch(() => undefined);
  }
}
