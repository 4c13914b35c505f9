import type { ConsoleInputs, ConsoleOutputs, Session } from '../../contract/console.ts';
import { compareByGivenName } from '../../contract/text.ts';
import type { Database } from '../../db/open.ts';
import { readPeople } from '../../db/stores/org.ts';
import type { StationRecord, Writer } from '../../db/writer-api.ts';
import type { Call } from '../platform/call.ts';
import type { Clock } from '../platform/clock.ts';
import { Credentials, type ProvinceLink } from './credentials.ts';
import { DeskSession } from './desk-session.ts';
import { KnownTime } from './known-time.ts';
import { SignIn } from './sign-in.ts';

export interface AuthDeps {
  reader: Database; writer: Writer; clock: Clock; link: ProvinceLink; station: () => StationRecord | null;
  /** This machine's time corrected by the last known offset to the province, ms. */
  correctedNowMs: () => number;
  /** Goes on with the kept session: after a crash or a restart of the core, not on a new start of the console. */
  resume: boolean;
  /** Locks after this long without a touch, ms; 0 never. Default 10 minutes. */
  lockAfterMs?: number;
  /** Ms of a clock that nobody can set; only differences count. Default: since the process started. */
  steadyMs?: () => number;
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
  /** Whoever `check` has told sits at the desk from now on, as after a sign-in. */
  takeDesk(session: Session): Promise<void>;
  /** A token of the province for one task of this person, who has just given the password; kept nowhere. @throws {AppError} `auth/…`, `link/…` */
  tokenFor(personId: string, password: string): Promise<string>;
  /** Told whenever someone signs in or out, locks or unlocks. @returns a function that ends it */
  onSession(listener: () => void): () => void;
  /** The province has just said what time it is: what this machine believed about the time is set right. */
  provinceSays(nowMs: number): void;
  close(): void;
}

const LOCK_AFTER_MS = 10 * 60_000;

/** Who works here: sign-in at the province or, without a link, against what this machine remembers; lock and unlock. */
export function createAuth(deps: AuthDeps): Auth {
  const { reader, station } = deps;
  const lockAfterMs = deps.lockAfterMs ?? LOCK_AFTER_MS;
  const time = new KnownTime({ ...deps, steadyMs: deps.steadyMs ?? (() => performance.now()) });
  const credentials = new Credentials({ ...deps, time });
  const session = new DeskSession({ ...deps, lockAfterMs });
  const signIn = new SignIn({ ...deps, credentials, session });
  session.begin(deps.resume);
  return {
    handlers: {
      signIn: ({ login, password }) => signIn.signIn(login, password),
      signOut: async () => { await session.signOut(); return {}; },
      lock: async () => { await session.lock('auth.lock'); return {}; },
      unlock: ({ password }) => signIn.unlock(password),
      touch: async () => { if (await session.touch()) await time.worked(); return {}; },
    },
    currentSession: () => session.current(),
    tiles: () => tilesOf(reader, station()?.site.id, credentials),
    lockAfterMs,
    check: (login, password) => signIn.check(login, password),
    takeDesk: next => signIn.takeDesk(next),
    tokenFor: (personId, password) => signIn.tokenFor(personId, password),
    onSession: listener => session.onSession(listener),
    // Known at once; only its trace on the disk is late.
    provinceSays: nowMs => { time.provinceSays(nowMs).catch(() => undefined); },
    close: () => { session.close(); },
  };
}

function tilesOf(reader: Database, siteId: string | undefined, credentials: Credentials): PersonTile[] {
  return readPeople(reader)
    .filter(person => person.active)
    .map(person => ({ person, known: credentials.knows(person.login) }))
    .filter(({ person, known }) => known || person.siteId === siteId)
    .sort((a, b) => Number(b.known) - Number(a.known) || compareByGivenName(a.person.name, b.person.name))
    .map(({ person, known }) => ({ login: person.login, name: person.name, title: person.title, known }));
}
