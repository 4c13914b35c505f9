import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { z } from 'zod';
import { isSound } from '../../contract/sound.ts';
import { AppError, AppErrorData } from '../../contract/errors.ts';

const zstd = promisify(zlib.zstdCompress);
const gunzip = promisify(zlib.gunzip);
const unzstd = promisify(zlib.zstdDecompress);

/** What goes up is mostly ids: at this level a thousand changes are a quarter smaller than with gzip, for 30 ms. */
const ZSTD_LEVEL = 15;
/** An expected trouble, with its code in the body. */
const REFUSED = 422;
/** Below this a frame and its header save nothing worth a millisecond. */
const COMPRESS_FROM_BYTES = 1_024;

/** What one call may say about itself; every part is optional. */
export interface CallContext {
  token?: string;
  /** Sent in the place of the JSON that the call makes. */
  body?: { type: string; bytes: Uint8Array<ArrayBuffer> };
  /** Not tried again over a new connection: who answers there has not shown yet that it is our province. */
  once?: boolean;
  /** Told once the whole answer is in: its compressed size and how long it took from sending to the last byte. */
  measured?: (exchange: { downBytes: number; elapsedMs: number }) => void;
}

export interface TransportOptions {
  /** Base address of the province, `http://host:port` or `https://…`. */
  address: string;
  /** Gives up after this long without a single byte either way; never because a transfer is long. Default 20 s. */
  idleTimeoutMs?: number;
  /** Largest answer accepted, decompressed. Default 32 MB. */
  maxAnswerBytes?: number;
}

export interface Transport {
  /** Shaped like `fetch`, for the typed client. Throws `AppError` of `link/…` when no valid answer came. */
  fetch(request: Request, init: unknown, options: { context: CallContext }): Promise<Response>;
  /** Bytes of a file from `fromByte` on, as they come. `onStart` tells where the answer really starts. */
  download(path: string, options: DownloadOptions): Promise<void>;
  /** One request of another protocol over the same road; with a body, as with `once`. @returns its status and headers; what is no answer of the province throws */
  exchange(path: string, options: ExchangeOptions): Promise<{ status: number; headers: http.IncomingHttpHeaders }>;
  /** Payload bytes so far: bodies as they travelled, compressed, without headers. */
  bytes(): { up: number; down: number };
  /** Closes kept connections; what is under way fails as unreachable. */
  close(): void;
}

export interface DownloadOptions {
  token: string; fromByte: number; signal: AbortSignal;
  /** The last byte wanted; without it, all there are. */
  toByte?: number;
  onStart: (fromByte: number) => void;
  onBytes: (bytes: Uint8Array) => void;
}

export interface ExchangeOptions {
  token: string; method: string; headers: Record<string, string>; body: Buffer | null; signal: AbortSignal;
  /** A header that every answer of the protocol carries: one without it comes from somebody else. */
  mark: string;
}

interface Outgoing {
  url: URL; method: string; headers: Record<string, string>; body: Buffer | null; signal: AbortSignal | null; idleTimeoutMs: number;
  agent: http.Agent;
}

/** The road to an address: the one that is given, or a real one. */
export function transportTo(address: string, { transport, idleTimeoutMs }: { transport?: (address: string) => Transport; idleTimeoutMs?: number }): Transport {
  return transport?.(address) ?? createTransport({ address, ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }) });
}

/**
 * The console's road to one province, over few kept connections: one carries pages and mutations, one the live
 * stream. During the first copy three carry chunks, and one is left so that a person who signs in does not queue.
 */
export function createTransport(options: TransportOptions): Transport {
  const idleTimeoutMs = options.idleTimeoutMs ?? 20_000;
  const maxAnswerBytes = options.maxAnswerBytes ?? 32 << 20;
  const secure = new URL(options.address).protocol === 'https:';
  const agent = new (secure ? https : http).Agent({ keepAlive: true, maxSockets: 4, maxFreeSockets: 2 });
  const counted = { up: 0, down: 0 };

  async function fetchOnce(request: Request, _init: unknown, { context }: { context: CallContext }): Promise<Response> {
    const startedMs = performance.now();
    const headers = headersFrom(request);
    const plain = await bodyOf(request, context);
    if (context.body !== undefined) headers['content-type'] = context.body.type;
    const packed = plain !== null && plain.length > COMPRESS_FROM_BYTES ? await compressed(plain) : plain;
    if (packed !== plain) headers['content-encoding'] = 'zstd';
    if (packed !== null) headers['content-length'] = String(packed.length);
    counted.up += packed?.length ?? 0;
    const answer = await (context.once === true ? sendOnce : send)({ url: new URL(request.url), method: request.method, headers, body: packed, signal: request.signal, idleTimeoutMs, agent });
    const type = answer.headers['content-type'] ?? '';
    if (isOk(answer) && type.startsWith('text/event-stream')) return streamed(answer, counted);
    refuseForeign(answer, type);
    const { text, downBytes } = await readText(answer, maxAnswerBytes);
    counted.down += downBytes;
    context.measured?.({ downBytes, elapsedMs: performance.now() - startedMs });
    return new Response(text, { status: answer.statusCode ?? 502, headers: { 'content-type': 'application/json' } });
  }

  async function download(path: string, wanted: DownloadOptions): Promise<void> {
    const headers: Record<string, string> = { authorization: `Bearer ${wanted.token}` };
    if (wanted.fromByte > 0 || wanted.toByte !== undefined) headers['range'] = `bytes=${wanted.fromByte}-${wanted.toByte ?? ''}`;
    const answer = await send({ url: urlOf(options.address, path), method: 'GET', headers, body: null, signal: wanted.signal, idleTimeoutMs, agent });
    const type = answer.headers['content-type'] ?? '';
    if (!isOk(answer) && type.startsWith('application/json')) await throwProvinceError(answer, maxAnswerBytes);
    if (!isOk(answer) || !/^application\/(octet-stream|zstd)/.test(type)) refuseForeign(answer, type, true);
    wanted.onStart(rangeStart(answer));
    await reading(answer, async () => {
      for await (const bytes of answer as AsyncIterable<Buffer>) {
        counted.down += bytes.length;
        wanted.onBytes(bytes);
      }
    });
  }

  async function exchange(path: string, { token, method, headers, body, signal, mark }: ExchangeOptions): Promise<{ status: number; headers: http.IncomingHttpHeaders }> {
    counted.up += body?.length ?? 0;
    const answer = await (body === null ? send : sendOnce)({
      url: urlOf(options.address, path), method, body, signal, idleTimeoutMs, agent,
      headers: { ...headers, authorization: `Bearer ${token}`, 'content-length': String(body?.length ?? 0) },
    });
    const type = answer.headers['content-type'] ?? '';
    if (answer.headers[mark] === undefined && (isOk(answer) || !type.startsWith('application/json'))) refuseForeign(answer, type, true);
    if (answer.headers[mark] === undefined || answer.statusCode === REFUSED) await throwProvinceError(answer, maxAnswerBytes);
    await reading(answer, async () => { for await (const bytes of answer as AsyncIterable<Buffer>) counted.down += bytes.length; });
    return { status: answer.statusCode ?? 0, headers: answer.headers };
  }

  return { fetch: fetchOnce, download, exchange, bytes: () => ({ ...counted }), close: () => agent.destroy() };
}

function urlOf(address: string, path: string): URL {
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/$/, '')}${path}`;
  return url;
}

async function bodyOf(request: Request, { body }: CallContext): Promise<Buffer | null> {
  if (body !== undefined) return Buffer.from(body.bytes.buffer);
  return request.body === null ? null : Buffer.from(await request.arrayBuffer());
}

/** Told the size, the encoder takes tables that fit it: a tenth of the time, and smaller by a seventh. */
function compressed(plain: Buffer): Promise<Buffer> {
  return zstd(plain, { pledgedSrcSize: plain.length, params: { [zlib.constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } });
}

/** Only what the province needs: on a slow link every header is paid for in each idle check. */
function headersFrom(request: Request): Record<string, string> {
  const headers: Record<string, string> = {};
  const live = request.url.endsWith('/live');
  if (!live) headers['accept-encoding'] = 'gzip';
  for (const name of ['authorization', 'content-type']) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return headers;
}

function isOk(answer: http.IncomingMessage): boolean {
  return answer.statusCode !== undefined && answer.statusCode >= 200 && answer.statusCode < 300;
}

/** Sends, and once more if a kept connection turned out to have been closed by the other side in the meantime. */
async function send(out: Outgoing): Promise<http.IncomingMessage> {
  try {
    return await sendOnce(out);
  } catch (error) {
    if (!(error instanceof AppError) || error.facts['reused'] !== true) throw error;
    return sendOnce(out);
  }
}

function sendOnce(out: Outgoing): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (out.signal?.aborted === true) { reject(linkError(out.signal.reason)); return; }
    const client = out.url.protocol === 'https:' ? https : http;
    const request = client.request(out.url, {
      method: out.method, headers: out.headers, agent: out.agent, timeout: out.idleTimeoutMs,
      ...(out.signal === null ? {} : { signal: out.signal }),
    });
    request.removeHeader('connection');            // keeping alive is the default of HTTP/1.1
    request.once('response', answer => {
      request.on('timeout', () => { answer.destroy(new AppError('link/too-slow')); });
      resolve(answer);
    });
    request.once('timeout', () => { request.destroy(new AppError('link/too-slow')); });
    request.on('error', error => {
      const reset = (error as NodeJS.ErrnoException).code === 'ECONNRESET' || (error as NodeJS.ErrnoException).code === 'EPIPE';
      reject(linkError(error, request.reusedSocket && reset ? { reused: true } : {}));
    });
    request.end(out.body ?? undefined);
  });
}

const TLS_TROUBLE = /^(ERR_TLS|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|EPROTO|HPE_|ERR_SSL)/;

/** Whatever went wrong between the two ends, as the one code that says what it means for the operator. */
export function linkError(cause: unknown, more: Record<string, boolean> = {}): AppError {
  if (cause instanceof AppError) return cause;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const reason = typeof code === 'string' ? code : 'unknown';
  // Something answered, but not in our province's name or not in HTTP: a portal, a proxy, another service.
  if (TLS_TROUBLE.test(reason)) return new AppError('link/foreign-answer', { reason }, { cause });
  return new AppError('link/unreachable', { reason, ...more }, { cause });
}

async function reading<T>(answer: http.IncomingMessage, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    answer.destroy();
    throw linkError(error);
  }
}

/** Pages of a captive portal, redirects to one, and any other body that no province sends. */
function refuseForeign(answer: http.IncomingMessage, type: string, always = false): void {
  const status = answer.statusCode ?? 0;
  if (!always && type.startsWith('application/json') && (status < 300 || status >= 400)) return;
  answer.destroy();
  if (status >= 500) throw new AppError('link/server-error', { status });
  throw new AppError('link/foreign-answer', { status, type: type.split(';')[0] ?? '' });
}

async function throwProvinceError(answer: http.IncomingMessage, maxAnswerBytes: number): Promise<never> {
  const status = answer.statusCode ?? 0;
  const { text } = await readText(answer, maxAnswerBytes);
  const body: unknown = JSON.parse(text);
  const told = z.object({ data: AppErrorData }).safeParse(body);
  if (status >= 500) throw new AppError('link/server-error', { status });
  if (told.success) throw new AppError(told.data.data.code, told.data.data.facts);
  throw new AppError('link/foreign-answer', { status });
}

/** The whole body as checked JSON text, decompressed under a cap so that a small answer cannot fill the memory. */
async function readText(answer: http.IncomingMessage, maxAnswerBytes: number): Promise<{ text: string; downBytes: number }> {
  return reading(answer, async () => {
    const parts: Buffer[] = [];
    let downBytes = 0;
    for await (const part of answer as AsyncIterable<Buffer>) {
      downBytes += part.length;
      if (downBytes > maxAnswerBytes) throw new AppError('link/foreign-answer', { reason: 'too-large' });
      parts.push(part);
    }
    const text = await decoded(Buffer.concat(parts), answer.headers['content-encoding'] ?? '', maxAnswerBytes);
    assertJson(text);
    return { text, downBytes };
  });
}

async function decoded(body: Buffer, encoding: string, maxOutputLength: number): Promise<string> {
  try {
    if (encoding === 'gzip') return (await gunzip(body, { maxOutputLength })).toString('utf8');
    if (encoding === 'zstd') return (await unzstd(body, { maxOutputLength })).toString('utf8');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'encoding';
    throw new AppError('link/foreign-answer', { reason }, { cause });
  }
  if (encoding !== '' && encoding !== 'identity') throw new AppError('link/foreign-answer', { reason: 'encoding' });
  return body.toString('utf8');
}

/** Far more levels than any answer has; what is deeper could be read, but not written down again. */
const MAX_DEPTH = 64;

function assertJson(text: string): void {
  if (!isSound(parsed(text), MAX_DEPTH)) throw new AppError('link/foreign-answer', { reason: 'unsound' });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('link/foreign-answer', { reason: 'not-json' }, { cause });
  }
}

function rangeStart(answer: http.IncomingMessage): number {
  if (answer.statusCode !== 206) return 0;
  const start = /^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')?.[1];
  if (start === undefined) throw new AppError('link/foreign-answer', { status: 206 });
  return Number(start);
}

function streamed(answer: http.IncomingMessage, counted: { down: number }): Response {
  answer.on('data', (bytes: Buffer) => { counted.down += bytes.length; });
  answer.pause();
  const body = Readable.toWeb(answer) as ReadableStream<Uint8Array>;
  return new Response(body, { status: 200, headers: { 'content-type': 'text/event-stream' } });
}
