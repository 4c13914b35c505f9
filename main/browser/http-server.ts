import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from '../../contract/errors.ts';
import type { BuiltFile } from '../platform/built-files.ts';
import { contentSecurityPolicy, NONCE_PLACEHOLDER, SECURITY_HEADERS } from '../platform/csp.ts';
import { hasCode } from '../platform/files.ts';
import { sentence } from '../platform/sentences.ts';
import type { CoreCalls } from '../platform/core-calls.ts';
import type { Supervisor } from '../supervisor.ts';
import type { Access } from './access.ts';
import { isOwnHost } from './guards.ts';
import { answerLastWords } from './last-words.ts';
import type { LocalApi } from './local-api.ts';
import { plainPage } from './pages.ts';

const LOOPBACK = '127.0.0.1';
const HTML = 'text/html; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';
/** What a WebSocket handshake needs; the cookie stays here. */
const HANDSHAKE_HEADERS = ['host', 'upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-version', 'sec-websocket-protocol', 'sec-websocket-extensions'];
const OPEN_THE_PRINTED = 'Trang này chỉ mở được bằng địa chỉ mà bàn điều hành in ra khi khởi động. Hãy mở địa chỉ đó trên máy này; để lấy địa chỉ mới, chạy: npm run console -- address';

export interface HttpDeps {
  files: ReadonlyMap<string, BuiltFile>;
  access: Access;
  supervisor: Supervisor;
  calls: CoreCalls;
  local: LocalApi;
}

/**
 * Serves pages and lets WebSockets through to the core, on the loopback address only.
 *
 * @param wantedPort 0 for any free one
 * @throws {AppError} 'shell/port-taken'
 */
export async function listen(deps: HttpDeps, wantedPort: number): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => {
      reject(hasCode(error, 'EADDRINUSE', 'EACCES') ? new AppError('shell/port-taken', { port: wantedPort }, { cause: error }) : error);
    });
    server.listen(wantedPort, LOOPBACK, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  const door = new Door(deps, address.port);
  server.on('request', (request, response) => { door.answer(request, response); });
  server.on('upgrade', (request, socket, head) => { door.upgrade(request, socket as Socket, head); });
  return { server, port: address.port };
}

class Door {
  readonly #deps: HttpDeps;
  readonly #port: number;

  constructor(deps: HttpDeps, port: number) {
    this.#deps = deps;
    this.#port = port;
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const { access, calls, local, supervisor } = this.#deps;
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const host = request.headers.host;
    if (!isOwnHost(host, this.#port)) return send(response, 403, TEXT, 'wrong host\n');
    const url = URL.parse(request.url ?? '', `http://${host}`);
    if (url === null) return send(response, 400, TEXT, 'bad request\n');
    if (url.pathname.startsWith('/local/')) {
      if (!access.isLocal(request.headers)) return send(response, 403, TEXT, 'forbidden\n');
      return local.answer(url.pathname, request, response, host);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      if (url.pathname === '/last-words' && request.method === 'POST' && access.isOwnPage(request.headers, host, this.#port)) return void answerLastWords(calls, request, response);
      return access.isOwnPage(request.headers, host, this.#port) ? send(response, 405, TEXT, 'GET only\n') : send(response, 403, TEXT, 'forbidden\n');
    }
    const token = url.pathname === '/' ? url.searchParams.get('t') : null;
    // Whoever only looks whether the address answers (a preview, a link checker) does not use it up.
    if (token !== null && request.method === 'HEAD') return send(response, 200, HTML, '');
    if (token !== null && !access.hasCookie(request.headers, this.#port)) return this.#enter(token, response);
    // A second click on the printed address: this browser is in already, and the address must not stay in its bar.
    if (token !== null) return redirectHome(response);
    if (!access.hasCookie(request.headers, this.#port)) return sendPage(response, 403, plainPage('Chưa mở được bàn điều hành', OPEN_THE_PRINTED));
    if (url.pathname === '/status') return send(response, 200, 'application/json', JSON.stringify(supervisor.state));
    this.#sendFile(url.pathname === '/' ? '/index.html' : url.pathname, response);
  }

  /** Lets a WebSocket through to the core, or answers and closes. */
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const { access, supervisor } = this.#deps;
    socket.on('error', () => { socket.destroy(); });
    const { host } = request.headers;
    if (!isOwnHost(host, this.#port)) return refuse(socket, '403 Forbidden');
    if (!access.isOwnPage(request.headers, host, this.#port) && !access.isLocal(request.headers)) return refuse(socket, '403 Forbidden');
    if (request.url !== '/wire') return refuse(socket, '404 Not Found');
    const headers: Record<string, string | string[]> = {};
    for (const name of HANDSHAKE_HEADERS) {
      const value = request.headers[name];
      if (value !== undefined) headers[name] = value;
    }
    socket.setTimeout(0);
    const message = { type: 'socket', method: request.method ?? 'GET', url: '/wire', headers, head: head.toString('base64') } as const;
    stopReading(socket);
    if (!supervisor.post(message, socket)) refuse(socket, '503 Service Unavailable\r\nRetry-After: 1');
  }

  #enter(token: string, response: ServerResponse): void {
    const cookie = this.#deps.access.exchange(token, this.#port);
    if (cookie === null) {
      return sendPage(response, 403, plainPage('Địa chỉ này đã được dùng', `Mỗi địa chỉ chỉ mở được một lần. ${OPEN_THE_PRINTED}`));
    }
    response.setHeader('set-cookie', cookie);
    redirectHome(response);
  }

  #sendFile(path: string, response: ServerResponse): void {
    const { files, supervisor } = this.#deps;
    const file = files.get(path);
    if (file === undefined) return send(response, 404, TEXT, 'not found\n');
    if (file.type === HTML) {
      if (supervisor.state.name === 'gave-up') return sendPage(response, 503, plainPage('Bàn điều hành đã dừng', sentence(supervisor.state.error)));
      return sendPage(response, 200, file.body.toString('utf8'));
    }
    response.setHeader('cache-control', file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache');
    send(response, 200, file.type, file.body);
  }
}

/** Sends a page under a policy of its own: a fresh nonce, put where the page asks for it. */
function sendPage(response: ServerResponse, status: number, html: string): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('content-security-policy', contentSecurityPolicy(nonce));
  response.setHeader('cache-control', 'no-store');
  send(response, status, HTML, html.replaceAll(NONCE_PLACEHOLDER, nonce));
}

function redirectHome(response: ServerResponse): void {
  response.setHeader('location', '/');
  response.setHeader('cache-control', 'no-store');
  send(response, 303, TEXT, '');
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  if (!response.hasHeader('cache-control')) response.setHeader('cache-control', 'no-store');
  response.setHeader('content-type', type);
  response.writeHead(status).end(body);
}

/**
 * From here on the bytes are the core's. Node itself goes on reading a socket that it has passed on until it hears that the other process has it, and drops what it
 * reads: where neither process gets a turn for a while, that is the first call of a page. Node has no public name for this (`pause` only stops what is
 * handed on); where the handle is another one some day, a page that is not answered opens its wire again.
 */
function stopReading(socket: Socket): void {
  (Reflect.get(socket, '_handle') as { readStop?: () => number } | null)?.readStop?.();
}

function refuse(socket: Socket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
