import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { AppError, type ErrorFacts } from '../../contract/errors.ts';
import { contentSecurityPolicy, NONCE_PLACEHOLDER, SECURITY_HEADERS } from '../platform/csp.ts';
import { isOurOrigin } from './guards.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.webp': 'image/webp',
  '.woff2': 'font/woff2', '.woff': 'font/woff', '.json': 'application/json', '.mp3': 'audio/mpeg', '.wav': 'audio/wav',
};

/** URL path → file, for what the build made. A path that is not a key does not exist, whatever lies on the disk. */
export type BuiltFiles = ReadonlyMap<string, { file: string; type: string }>;

/**
 * Lists the built screens once at the start.
 *
 * @throws {AppError} 'shell/not-built' when there is no start page
 */
export function listBuiltFiles(folder: string): BuiltFiles {
  const files = new Map<string, { file: string; type: string }>();
  for (const entry of readFolder(folder)) {
    const type = TYPES[extname(entry)];
    if (type !== undefined) files.set(`/${relative(folder, entry).split(sep).join('/')}`, { file: entry, type });
  }
  const start = files.get('/index.html');
  if (start === undefined) throw new AppError('shell/not-built', { folder } satisfies ErrorFacts);
  files.set('/', start);
  return files;
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter(e => e.isFile()).map(e => join(e.parentPath, e.name));
  } catch {
    return [];
  }
}

export interface Reply { status: number; headers: Record<string, string>; body: Uint8Array<ArrayBuffer> | null }

const refusal = (status: number): Reply => ({ status, headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain' }, body: null });

/**
 * What our scheme answers to a request. Headers are constants and the load's own nonce: nothing of the request is echoed.
 *
 * @param nonce fresh for each load; only the start page carries it
 */
export function answer(files: BuiltFiles, request: { method: string; url: string }, nonce: string): Reply {
  if (request.method !== 'GET') return refusal(405);
  if (!isOurOrigin(request.url)) return refusal(404);
  const found = files.get(new URL(request.url).pathname);
  if (found === undefined) return refusal(404);
  const bytes = readFileSync(found.file);
  const isPage = found.type.startsWith('text/html');
  return {
    status: 200,
    headers: {
      ...SECURITY_HEADERS, 'content-type': found.type, 'content-security-policy': contentSecurityPolicy(nonce),
      // The page holds a nonce and must be new each time; every other file has its content's hash in its name.
      'cache-control': isPage ? 'no-store' : 'max-age=31536000, immutable',
    },
    body: isPage ? new TextEncoder().encode(bytes.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)) : Uint8Array.from(bytes),
  };
}

/** 128 bits that no page can guess. */
export function freshNonce(): string {
  return randomBytes(16).toString('base64url');
}
