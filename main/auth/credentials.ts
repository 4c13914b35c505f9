import { AppError } from '../../contract/errors.ts';
import type { Person } from '../../contract/org.ts';
import { nfc } from '../../contract/text.ts';
import type { Database } from '../../db/open.ts';
import { readAttempts, readVerifier } from '../../db/stores/auth.ts';
import { readPerson } from '../../db/stores/org.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { KnownTime } from './known-time.ts';
import { hashPassword, matchesPassword } from './password.ts';

/** The province as far as a sign-in needs it. */
export interface ProvinceLink {
  /** @throws {AppError} `link/…` when there is no link, `auth/…` as the province judges */
  signIn(input: { login: string; password: string }): Promise<{ person: Person; personToken: string; nowMs: number }>;
}

export interface CredentialsDeps { reader: Database; writer: Writer; link: ProvinceLink; time: KnownTime }
export interface Confirmed { person: Person; offline: boolean }

/** A person whom no link has confirmed for this long must come back to the province once. */
const OFFLINE_VALID_MS = 14 * 86_400_000;
const MAX_FAILURES = 5;

/** Whether a password is a person's: as the province says or, without a link, as this machine remembers for a while. */
export class Credentials {
  readonly #deps: CredentialsDeps;

  constructor(deps: CredentialsDeps) {
    this.#deps = deps;
  }

  /** Whether the person has signed in on this machine before. */
  knows(login: string): boolean {
    return readVerifier(this.#deps.reader, loginForm(login)) !== null;
  }

  /**
   * The person behind a login and password.
   *
   * @param only nobody but this person will do
   * @throws {AppError} `auth/…`, `device/…`
   */
  async confirm(given: string, password: string, only?: string): Promise<Confirmed> {
    const login = loginForm(given);
    await this.#refuseLocked(login);
    try {
      return { person: await this.#confirmAtProvince(login, password, only), offline: false };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'auth/wrong-password') throw await this.#wrong(login);
      if (error.code === 'auth/account-disabled') await this.#forgetVerifier(login);
      if (!isWithoutLink(error)) throw error;
      return { person: await this.#confirmHere(login, password), offline: true };
    }
  }

  /**
   * For the lock: what this machine remembers is enough and answers at once; a changed password is asked at the province.
   *
   * @throws {AppError} as `confirm`
   */
  async confirmAgain(person: Person, password: string): Promise<void> {
    const login = loginForm(person.login);
    await this.#refuseLocked(login);
    if (!await this.#remembers(login, password, person)) await this.confirm(login, password, person.id);
    else await this.#right(login);
  }

  /**
   * A token of the province for one task of this person, who has just given the password. What this machine remembers is not enough for it.
   *
   * @throws {AppError} as `confirm`; `link/…` without a link
   */
  async tokenFor({ login: given, id }: Pick<Person, 'login' | 'id'>, password: string): Promise<string> {
    const login = loginForm(given);
    await this.#refuseLocked(login);
    try {
      return (await this.#askProvince(login, password, id)).personToken;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'auth/wrong-password') throw await this.#wrong(login);
      if (error.code === 'auth/account-disabled') await this.#forgetVerifier(login);
      throw error;
    }
  }

  async #confirmAtProvince(login: string, password: string, only: string | undefined): Promise<Person> {
    return (await this.#askProvince(login, password, only)).person;
  }

  async #askProvince(login: string, password: string, only: string | undefined): Promise<{ person: Person; personToken: string }> {
    const { link, time, writer } = this.#deps;
    const { person, personToken, nowMs } = await link.signIn({ login, password });
    await time.provinceSays(nowMs);
    if (!person.active) throw new AppError('auth/account-disabled');
    if (only !== undefined && person.id !== only) throw new AppError('auth/wrong-password');
    await writer.call('auth.saveVerifier', { personId: person.id, login, ...await hashPassword(password), validUntilMs: nowMs + OFFLINE_VALID_MS });
    await this.#count(login, true);
    return { person, personToken };
  }

  async #confirmHere(login: string, password: string): Promise<Person> {
    const verifier = readVerifier(this.#deps.reader, login);
    if (verifier === null) throw new AppError('auth/first-time-needs-link');
    if (!await matchesPassword(password, verifier)) throw await this.#wrong(login);
    const isExpired = verifier.validUntilMs <= this.#deps.time.nowMs();
    // Also of somebody who has come too late: setting the clock back afterwards must not let them in.
    await this.#deps.time.worked();
    if (isExpired) throw new AppError('auth/offline-expired');
    const person = readPerson(this.#deps.reader, verifier.personId);
    if (person === null) throw new AppError('auth/unknown-person');
    if (!person.active) throw new AppError('auth/account-disabled');
    await this.#count(login, true);
    return person;
  }

  async #remembers(login: string, password: string, person: Person): Promise<boolean> {
    const verifier = readVerifier(this.#deps.reader, login);
    if (verifier === null || verifier.personId !== person.id || !person.active) return false;
    return verifier.validUntilMs > this.#deps.time.nowMs() && matchesPassword(password, verifier);
  }

  async #right(login: string): Promise<void> {
    await this.#deps.time.worked();
    await this.#count(login, true);
  }

  async #forgetVerifier(login: string): Promise<void> {
    const verifier = readVerifier(this.#deps.reader, login);
    if (verifier !== null) await this.#deps.writer.call('auth.saveVerifier', { ...verifier, validUntilMs: 0 });
  }

  async #refuseLocked(login: string): Promise<void> {
    const nowMs = this.#deps.time.nowMs();
    if ((readAttempts(this.#deps.reader, login).lockedUntilMs ?? 0) <= nowMs) return;
    const { lockedUntilMs } = await this.#deps.writer.call('auth.attempt', { login, ok: false, atMs: nowMs });
    throw new AppError('auth/too-many-attempts', { minutes: Math.ceil(((lockedUntilMs ?? nowMs) - nowMs) / 60_000) });
  }

  async #wrong(login: string): Promise<AppError> {
    const { failures } = await this.#count(login, false);
    return new AppError('auth/wrong-password', { left: Math.max(0, MAX_FAILURES - failures) });
  }

  #count(login: string, ok: boolean): Promise<{ failures: number }> {
    return this.#deps.writer.call('auth.attempt', { login, ok, atMs: this.#deps.time.nowMs() });
  }
}

function loginForm(login: string): string {
  return nfc(login).trim().toLowerCase();
}

/** Nobody of the province could be asked, so what this machine remembers decides. */
function isWithoutLink(error: AppError): boolean {
  return error.code.startsWith('link/') || error.code === 'sync/too-old' || error.code === 'sync/province-too-old';
}
