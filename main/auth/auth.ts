import type { ConsoleInputs, ConsoleOutputs, Session } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import type { Person } from '../../contract/org.ts';
import { compareByGivenName, nfc } from '../../contract/text.ts';
import type { Database } from '../../db/open.ts';
import { readAttempts, readSession, readVerifier } from '../../db/stores/auth.ts';
import { readPeople, readPerson, readSite } from '../../db/stores/org.ts';
import type { DbChange, StationRecord, Writer } from '../../db/writer-api.ts';
import type { Call } from '../platform/call.ts';
import type { Clock } from '../platform/clock.ts';
import { hashPassword, matchesPassword } from './password.ts';
import { mayResume, sessionOf, type KeptSession } from './session-rules.ts';

/** The province as far as a sign-in needs it. */
export interface ProvinceLink { signIn(input: { login: string; password: string }): Promise<{ person: Person; personToken: string }> }

export interface AuthDeps {
  reader: Database; writer: Writer; clock: Clock; link: ProvinceLink; station: () => StationRecord | null;
  /** Goes on with the kept session: after a crash or a restart of the core, not on a new start of the console. */
  resume: boolean;
  /** Locks after this long without a touch, ms; 0 never. Default 10 minutes. */
  lockAfterMs?: number;
}

type AuthHandlers = { [P in keyof ConsoleInputs['auth']]: (input: ConsoleInputs['auth'][P], call: Call) => Promise<ConsoleOutputs['auth'][P]> };
type PersonTile = ConsoleOutputs['station']['state']['people'][number];

export interface Auth {
  handlers: AuthHandlers;
  /** Who is signed in, `locked` as it stands at this moment; null when nobody is. */
  currentSession(): Session | null;
  /** The names that the sign-in screen offers: people of this site and whoever has signed in here before. */
  tiles(): PersonTile[];
  readonly lockAfterMs: number;
  /** The session a person would get, without touching the one of the screen: for what is started from a command line. */
  check(login: string, password: string): Promise<Session>;
  /** Told whenever someone signs in or out, locks or unlocks. @returns a function that ends it */
  onSession(listener: () => void): () => void;
  close(): void;
}

const LOCK_AFTER_MS = 10 * 60_000;
/** A person whom no link has confirmed for this long must come back to the province once. */
const OFFLINE_VALID_MS = 14 * 86_400_000;
const MAX_FAILURES = 5;
/** How often a touch is written down: it only tells a restart whether someone was there. */
const KEEP_TOUCH_MS = 30_000;

/** Who works here: sign-in at the province or, without a link, against what this machine remembers; lock and unlock. */
export function createAuth(deps: AuthDeps): Auth {
  const service = new AuthService(deps);
  service.begin();
  return {
    handlers: {
      signIn: input => service.signIn(input),
      signOut: async () => { await service.signOut(); return {}; },
      lock: async () => { await service.lock('auth.lock'); return {}; },
      unlock: input => service.unlock(input.password),
      touch: async () => { await service.touch(); return {}; },
    },
    currentSession: () => service.current(),
    tiles: () => service.tiles(),
    lockAfterMs: service.lockAfterMs,
    check: (login, password) => service.check(login, password),
    onSession: listener => service.onSession(listener),
    close: () => { service.close(); },
  };
}

interface Confirmed { person: Person; offline: boolean }

class AuthService {
  readonly lockAfterMs: number;
  readonly #deps: AuthDeps;
  readonly #listeners = new Set<() => void>();
  #session: Session | null = null;
  #touchedAtMs = 0;
  #keptTouchAtMs = 0;
  #lockTimer: NodeJS.Timeout | null = null;
  #unsubscribe: () => void = () => undefined;
  /** One sign-in after the other: many tries at once must not outrun the count of wrong ones. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(deps: AuthDeps) {
    this.#deps = deps;
    this.lockAfterMs = deps.lockAfterMs ?? LOCK_AFTER_MS;
  }

  begin(): void {
    const { reader, resume, clock, writer } = this.#deps;
    const kept: (Session & { touchedAtMs?: number }) | null = readSession(reader);
    this.#unsubscribe = writer.onChange(change => { this.#directoryChanged(change); });
    if (kept === null) return;
    if (!resume || !mayResume(kept, this.lockAfterMs, clock.nowMs())) {
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

  current(): Session | null {
    if (this.#session !== null && !this.#session.locked && this.#idleTooLong()) return { ...this.#session, locked: true };
    return this.#session;
  }

  tiles(): PersonTile[] {
    const siteId = this.#deps.station()?.site.id;
    return readPeople(this.#deps.reader)
      .filter(person => person.active)
      .map(person => ({ person, known: readVerifier(this.#deps.reader, loginForm(person.login)) !== null }))
      .filter(({ person, known }) => known || person.siteId === siteId)
      .sort((a, b) => Number(b.known) - Number(a.known) || compareByGivenName(a.person.name, b.person.name))
      .map(({ person, known }) => ({ login: person.login, name: person.name, title: person.title, known }));
  }

  /** @throws {AppError} `auth/…`, `device/…`, `enrol/not-enrolled` */
  async signIn(input: { login: string; password: string }): Promise<Session> {
    return this.#inTurn(async () => {
      const session = await this.#confirmed(input.login, input.password);
      const before = this.#session;
      if (before !== null && before.personId !== session.personId) await this.#audit('auth.replaced', before.personId, session.personId);
      await this.#keep(session);
      await this.#audit(session.offline ? 'auth.signInOffline' : 'auth.signIn', session.personId, session.personId);
      return session;
    });
  }

  /** @throws {AppError} as `signIn` */
  async check(login: string, password: string): Promise<Session> {
    return this.#inTurn(async () => {
      const session = await this.#confirmed(login, password);
      await this.#audit('auth.check', session.personId, session.personId);
      return session;
    });
  }

  onSession(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  async signOut(): Promise<void> {
    const before = this.#session;
    if (before === null) return;
    await this.#keep(null);
    await this.#audit('auth.signOut', before.personId, before.personId);
  }

  async lock(action: 'auth.lock' | 'auth.autoLock'): Promise<void> {
    const session = this.#session;
    if (session === null || session.locked) return;
    await this.#keep({ ...session, locked: true });
    await this.#audit(action, session.personId, session.personId);
  }

  /** Only the person whose session it is can unlock it; anybody else signs in instead. */
  async unlock(password: string): Promise<Session> {
    return this.#inTurn(async () => {
      const session = this.#session;
      if (session === null) throw new AppError('auth/not-signed-in');
      const person = readPerson(this.#deps.reader, session.personId);
      if (person === null) throw new AppError('auth/unknown-person');
      const login = loginForm(person.login);
      this.#refuseLockedLogin(login);
      // What this machine remembers is enough here and answers at once; a changed password is asked at the province.
      if (!await this.#remembers(login, password, person)) await this.#confirm(login, password, person.id);
      else await this.#count(login, true);
      const unlocked = { ...(this.#session ?? session), locked: false };
      await this.#keep(unlocked);
      await this.#audit('auth.unlock', session.personId, session.personId);
      return unlocked;
    });
  }

  /** Someone is there. */
  async touch(): Promise<void> {
    const session = this.#session;
    if (session === null || session.locked || this.#idleTooLong()) return;
    this.#touchedAtMs = this.#deps.clock.nowMs();
    this.#armLock();
    if (Math.abs(this.#touchedAtMs - this.#keptTouchAtMs) >= KEEP_TOUCH_MS) await this.#save(session);
  }

  async #confirmed(login: string, password: string): Promise<Session> {
    const station = this.#deps.station();
    if (station === null) throw new AppError('enrol/not-enrolled');
    const { person, offline } = await this.#confirm(loginForm(login), password);
    return this.#sessionFor(person, station, { signedInAtMs: this.#deps.clock.nowMs(), offline });
  }

  #sessionFor(person: Person, station: StationRecord, how: { signedInAtMs: number; offline: boolean }): Session {
    const site = readSite(this.#deps.reader, person.siteId) ?? (person.siteId === station.site.id ? station.site : null);
    return sessionOf(person, { ...how, site, stationScope: station.scope });
  }

  /** The person behind a login and password: as the province says or, without a link, as this machine remembers. */
  async #confirm(login: string, password: string, only?: string): Promise<Confirmed> {
    this.#refuseLockedLogin(login);
    try {
      const { person } = await this.#deps.link.signIn({ login, password });
      if (!person.active) throw new AppError('auth/account-disabled');
      if (only !== undefined && person.id !== only) throw new AppError('auth/wrong-password');
      const validUntilMs = this.#deps.clock.nowMs() + OFFLINE_VALID_MS;
      await this.#deps.writer.call('auth.saveVerifier', { personId: person.id, login, ...await hashPassword(password), validUntilMs });
      await this.#count(login, true);
      return { person, offline: false };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'auth/wrong-password') throw await this.#wrong(login);
      if (error.code === 'auth/account-disabled') await this.#forgetVerifier(login);
      if (!isWithoutLink(error)) throw error;
      return { person: await this.#confirmHere(login, password), offline: true };
    }
  }

  async #confirmHere(login: string, password: string): Promise<Person> {
    const verifier = readVerifier(this.#deps.reader, login);
    if (verifier === null) throw new AppError('auth/first-time-needs-link');
    if (!await matchesPassword(password, verifier)) throw await this.#wrong(login);
    if (verifier.validUntilMs <= this.#deps.clock.nowMs()) throw new AppError('auth/offline-expired');
    const person = readPerson(this.#deps.reader, verifier.personId);
    if (person === null) throw new AppError('auth/unknown-person');
    if (!person.active) throw new AppError('auth/account-disabled');
    await this.#count(login, true);
    return person;
  }

  async #remembers(login: string, password: string, person: Person): Promise<boolean> {
    const verifier = readVerifier(this.#deps.reader, login);
    if (verifier === null || verifier.personId !== person.id || !person.active) return false;
    return verifier.validUntilMs > this.#deps.clock.nowMs() && matchesPassword(password, verifier);
  }

  async #forgetVerifier(login: string): Promise<void> {
    const verifier = readVerifier(this.#deps.reader, login);
    if (verifier !== null) await this.#deps.writer.call('auth.saveVerifier', { ...verifier, validUntilMs: 0 });
  }

  #refuseLockedLogin(login: string): void {
    const { lockedUntilMs } = readAttempts(this.#deps.reader, login);
    const leftMs = (lockedUntilMs ?? 0) - this.#deps.clock.nowMs();
    if (leftMs > 0) throw new AppError('auth/too-many-attempts', { minutes: Math.ceil(leftMs / 60_000) });
  }

  async #wrong(login: string): Promise<AppError> {
    const { failures } = await this.#count(login, false);
    return new AppError('auth/wrong-password', { left: Math.max(0, MAX_FAILURES - failures) });
  }

  #count(login: string, ok: boolean): Promise<{ failures: number }> {
    return this.#deps.writer.call('auth.attempt', { login, ok, atMs: this.#deps.clock.nowMs() });
  }

  /** A person who was deactivated, or whose roles changed, at the province: the session follows at once. */
  #directoryChanged(change: DbChange): void {
    const session = this.#session;
    const station = this.#deps.station();
    if (session === null || station === null || !change.tables.includes('org')) return;
    const person = readPerson(this.#deps.reader, session.personId);
    if (person === null) return;
    if (!person.active) { this.#inBackground(this.signOut()); return; }
    const next = { ...this.#sessionFor(person, station, session), locked: session.locked };
    if (JSON.stringify(next) === JSON.stringify(session)) return;
    this.#set(next);
    this.#inBackground(this.#save(next));
  }

  #set(session: Session | null): void {
    this.#session = session;
    for (const listener of this.#listeners) listener();
  }

  async #keep(session: Session | null): Promise<void> {
    this.#touchedAtMs = this.#deps.clock.nowMs();
    this.#set(session);
    this.#armLock();
    await this.#save(session);
  }

  async #save(session: Session | null): Promise<void> {
    this.#keptTouchAtMs = this.#touchedAtMs;
    const kept: KeptSession | null = session === null ? null : { ...session, touchedAtMs: this.#touchedAtMs };
    await this.#deps.writer.call('session.save', kept);
  }

  #audit(action: string, personId: string, subject: string): Promise<null> {
    return this.#deps.writer.call('audit.add', { atMs: this.#deps.clock.nowMs(), personId, action, subject });
  }

  /** Also after a sleep of the machine, in which no timer ran. */
  #idleTooLong(): boolean {
    return this.lockAfterMs > 0 && this.#deps.clock.nowMs() - this.#touchedAtMs >= this.lockAfterMs;
  }

  #armLock(): void {
    if (this.#lockTimer !== null) clearTimeout(this.#lockTimer);
    this.#lockTimer = null;
    if (this.lockAfterMs === 0 || this.#session === null || this.#session.locked) return;
    this.#lockTimer = setTimeout(() => { this.#inBackground(this.lock('auth.autoLock')); }, this.lockAfterMs);
    this.#lockTimer.unref();
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task, task);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** The session in memory already says so; only its trace on the disk is late. */
  #inBackground(task: Promise<unknown>): void {
    task.catch(() => undefined);
  }
}

function loginForm(login: string): string {
  return nfc(login).trim().toLowerCase();
}

/** Nobody of the province could be asked, so what this machine remembers decides. */
function isWithoutLink(error: AppError): boolean {
  return error.code.startsWith('link/') || error.code === 'sync/too-old';
}
