import { timingSafeEqual } from 'node:crypto';

/**
 * Whether a request was really addressed to this shell: a page of another site that had its name pointed at 127.0.0.1
 * (DNS rebinding) still sends its own name as Host.
 */
export function isOwnHost(host: string | undefined, port: number): host is string {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** Whether a request comes from a page of this shell, by the Origin that browsers send and pages cannot forge. */
export function isOwnOrigin(origin: string | undefined, host: string): boolean {
  return origin === `http://${host}`;
}

/** A cookie's value from the Cookie header; null when it is not there. */
export function cookieValue(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerToken(header: string | undefined): string | null {
  return /^Bearer ([\w-]+)$/.exec(header ?? '')?.[1] ?? null;
}

/** Compares secrets in a time that does not tell how much of one was right. */
export function sameSecret(given: string | null, expected: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
