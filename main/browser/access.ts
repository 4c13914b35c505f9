import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { bearerToken, cookieValue, isOwnOrigin, sameSecret } from './guards.ts';

const newSecret = (): string => randomBytes(32).toString('base64url');
/** The address lies in a terminal's history: it opens one browser, once. */
const MAX_OPEN_TOKENS = 8;
/** The secret itself ends with the shell; this only keeps the cookie when the browser is closed in between. */
const COOKIE_SECONDS = 7 * 24 * 3600;

/** Who may come in: browsers that were opened by a one-time address, and this machine's command line by a token in a file. */
export class Access {
  /** For the command line; written into a file that only this account can read. */
  readonly localToken = newSecret();
  readonly #cookieSecret = newSecret();
  readonly #oneTime = new Set<string>();

  /** A path that lets one browser in, once. */
  newEntrance(): string {
    const token = newSecret();
    this.#oneTime.add(token);
    const oldest = this.#oneTime.values().next().value;
    if (this.#oneTime.size > MAX_OPEN_TOKENS && oldest !== undefined) this.#oneTime.delete(oldest);
    return `/?t=${token}`;
  }

  /** Uses up a one-time token; gives the Set-Cookie value for it, or null when it is not (or no longer) good. */
  exchange(token: string, port: number): string | null {
    const known = [...this.#oneTime].find(candidate => sameSecret(token, candidate));
    if (known === undefined) return null;
    this.#oneTime.delete(known);
    return `${cookieName(port)}=${this.#cookieSecret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_SECONDS}`;
  }

  hasCookie(headers: IncomingHttpHeaders, port: number): boolean {
    return sameSecret(cookieValue(headers.cookie, cookieName(port)), this.#cookieSecret);
  }

  /** The command line sends no Origin; a request with one comes from some page and is refused. */
  isLocal(headers: IncomingHttpHeaders): boolean {
    return headers.origin === undefined && sameSecret(bearerToken(headers.authorization), this.localToken);
  }

  /** For what changes something, and for the wire: the cookie alone would also come along from a foreign page. */
  isOwnPage(headers: IncomingHttpHeaders, host: string, port: number): boolean {
    return isOwnOrigin(headers.origin, host) && this.hasCookie(headers, port);
  }
}

/** Cookies know no ports: consoles side by side need names of their own. */
function cookieName(port: number): string {
  return `ioc-${port}`;
}
