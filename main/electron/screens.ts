import { randomBytes } from 'node:crypto';
import { readBuiltFiles, type BuiltFile } from '../platform/built-files.ts';
import { contentSecurityPolicy, NONCE_PLACEHOLDER, SECURITY_HEADERS } from '../platform/csp.ts';
import { isOurOrigin } from './guards.ts';

/** URL path → file, for what the build made. A path that is not a key does not exist, whatever lies on the disk. */
export type Screens = ReadonlyMap<string, BuiltFile>;

/**
 * The built screens, read once at the start.
 *
 * @throws {AppError} 'shell/not-built' when there is no start page
 */
export function readScreens(folder: string): Screens {
  const files = readBuiltFiles(folder);
  const start = files.get('/index.html');
  return start === undefined ? files : new Map([...files, ['/', start]]);
}

export interface Reply { status: number; headers: Record<string, string>; body: Uint8Array<ArrayBuffer> | null }

const refusal = (status: number): Reply => ({ status, headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain' }, body: null });

/**
 * What our scheme answers to a request. Headers are constants and the load's own nonce: nothing of the request is echoed.
 *
 * @param nonce fresh for each load; only the start page carries it
 */
export function answer(files: Screens, request: { method: string; url: string }, nonce: string): Reply {
  if (request.method !== 'GET') return refusal(405);
  if (!isOurOrigin(request.url)) return refusal(404);
  const found = files.get(new URL(request.url).pathname);
  if (found === undefined) return refusal(404);
  const isPage = found.type.startsWith('text/html');
  return {
    status: 200,
    headers: {
      ...SECURITY_HEADERS, 'content-type': found.type, 'content-security-policy': contentSecurityPolicy(nonce),
      // The page holds a nonce and must be new each time; what may be kept has its content's hash in its name.
      'cache-control': found.immutable ? 'max-age=31536000, immutable' : 'no-store',
    },
    body: isPage ? new TextEncoder().encode(found.body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)) : Uint8Array.from(found.body),
  };
}

/** 128 bits that no page can guess. */
export function freshNonce(): string {
  return randomBytes(16).toString('base64url');
}
