import type { Session } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import type { Database } from '../../db/open.ts';
import { readPerson } from '../../db/stores/org.ts';
import type { StationRecord } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import { enrolled } from '../platform/enrolled.ts';
import type { Credentials } from './credentials.ts';
import type { DeskSession } from './desk-session.ts';

export interface SignInDeps { reader: Database; clock: Clock; correctedNowMs: () => number; station: () => StationRecord | null; credentials: Credentials; session: DeskSession }

/** What people do with a password: sign in, open the lock, or prove themselves for one task. */
export class SignIn {
  readonly #deps: SignInDeps;
  /** One after the other: many tries at once must not outrun the count of wrong ones. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(deps: SignInDeps) {
    this.#deps = deps;
  }

  /** @throws {AppError} `auth/…`, `device/…`, `enrol/not-enrolled` */
  async signIn(login: string, password: string): Promise<Session> {
    return this.#inTurn(async () => {
      const next = await this.#confirmed(login, password);
      await this.#sitDown(next);
      return next;
    });
  }

  /** Somebody who has just proved who they are (`check`) sits at the desk from now on. */
  async takeDesk(next: Session): Promise<void> {
    await this.#inTurn(() => this.#sitDown(next));
  }

  /** The session that a person would get, without touching the one of the screen. @throws {AppError} as `signIn` */
  async check(login: string, password: string): Promise<Session> {
    return this.#inTurn(async () => {
      const checked = await this.#confirmed(login, password);
      await this.#deps.session.audit('auth.check', checked.personId, checked.personId);
      return checked;
    });
  }

  /**
   * A token of the province for one task of the person who is signed in here. It is kept nowhere.
   *
   * @throws {AppError} `auth/…`, `link/…`
   */
  async tokenFor(personId: string, password: string): Promise<string> {
    return this.#inTurn(async () => {
      const person = readPerson(this.#deps.reader, personId);
      if (person === null) throw new AppError('auth/unknown-person');
      return this.#deps.credentials.tokenFor(person, password);
    });
  }

  /** Only the person whose session it is can unlock it; anybody else signs in instead. */
  async unlock(password: string): Promise<Session> {
    return this.#inTurn(async () => {
      const { session, reader, credentials } = this.#deps;
      const before = session.current();
      if (before === null) throw new AppError('auth/not-signed-in');
      const person = readPerson(reader, before.personId);
      if (person === null) throw new AppError('auth/unknown-person');
      await credentials.confirmAgain(person, password);
      const unlocked = { ...(session.current() ?? before), locked: false };
      await session.keep(unlocked);
      await session.audit('auth.unlock', before.personId, before.personId);
      return unlocked;
    });
  }

  async #sitDown(next: Session): Promise<void> {
    const { session } = this.#deps;
    const before = session.current();
    if (before !== null && before.personId !== next.personId) await session.audit('auth.replaced', before.personId, next.personId);
    await session.keep(next);
    await session.audit(next.offline ? 'auth.signInOffline' : 'auth.signIn', next.personId, next.personId);
  }

  async #confirmed(login: string, password: string): Promise<Session> {
    const { credentials, session, clock, correctedNowMs } = this.#deps;
    const station = enrolled(this.#deps.station());
    const { person, offline } = await credentials.confirm(login, password);
    return session.sessionFor(person, station, { signedInAtMs: clock.nowMs(), signedInCorrectedMs: correctedNowMs(), offline });
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task, task);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
