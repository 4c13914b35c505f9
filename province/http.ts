import { promisify } from 'node:util';
import zlib from 'node:zlib';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { isSound } from '../contract/sound.ts';
import { AppError, type ErrorCode, type ErrorFacts } from '../contract/errors.ts';
import { PUSH_MEDIA_TYPE, readPushBody } from '../contract/push-body.ts';

/** What a request may hold, as it comes and once unpacked. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Some below what the stack takes; a payload that is merely absurd is refused by its own verdict. */
const MAX_BODY_LEVELS = 1_000;
/** Below this a gzip header costs more than it saves. */
const GZIP_FROM_BYTES = 600;
const HEADERS_TIMEOUT_MS = 20_000;
/** No byte either way for this long: the other end is gone. Live streams send a heartbeat well within it. */
const SILENCE_MS = 60_000;

const ungzip = promisify(zlib.gunzip);
const unzstd = promisify(zlib.zstdDecompress);
const pack = promisify(zlib.gzip);
/** 8 MB, as log2: what a frame may make the decoder keep, whatever it says of itself. */
const ZSTD_WINDOW_LOG = 23;

export interface HttpOptions {
  report: (what: string, error: unknown) => void;
  /** Throws for whom nothing may be unpacked: what takes work to read is read for our own stations only. */
  admit: (request: FastifyRequest) => Promise<unknown>;
  /** Kept up to date here: requests that wait for their answer, live streams aside. */
  load: { underWay: number };
}

/** The wire below the procedures: sizes, compression both ways, refusals, and as few header bytes as possible. */
export function createHttp({ report, admit, load }: HttpOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true, exposeHeadRoutes: false, connectionTimeout: SILENCE_MS, keepAliveTimeout: SILENCE_MS,
    // No limit on a whole request: a slow link may take minutes and still get on.
    requestTimeout: 0,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, maxHeaderSize: 8 * 1024 },
    frameworkErrors: (error, _request, reply) => { void sendTrouble(reply, 400, 'input/invalid', {}, error.message); },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => readJson(await unpacked(request, body)));
  app.addContentTypeParser(PUSH_MEDIA_TYPE, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    await admit(request);
    return readPushBody(await unpacked(request, body), MAX_BODY_BYTES);
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.endsWith('/live')) {
      load.underWay += 1;
      reply.raw.once('close', () => { load.underWay -= 1; });
    }
    refuseOddities(request);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    sendFewHeaders(reply);
    const accepts = String(request.headers['accept-encoding'] ?? '').includes('gzip');
    if (typeof payload !== 'string' || payload.length < GZIP_FROM_BYTES || !accepts) return payload;
    reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return pack(payload);
  });
  app.setErrorHandler(async (error: Error & { code?: string; statusCode?: number }, _request, reply) => {
    if (error instanceof AppError) return sendTrouble(reply, error.code === 'input/too-large' ? 413 : 422, error.code, error.facts);
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return sendTrouble(reply, 413, 'input/too-large', { limit: MAX_BODY_BYTES });
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return sendTrouble(reply, 415, 'input/invalid', { field: 'content-type' });
    if (error.statusCode !== undefined && error.statusCode < 500) return sendTrouble(reply, error.statusCode, 'input/invalid', {});
    report('http', error);
    return sendTrouble(reply, 500, 'internal/unexpected', {});
  });
  app.setNotFoundHandler(async (_request, reply) => sendTrouble(reply, 404, 'input/invalid', { field: 'path' }));
  return app;
}

/** The same form as the procedures' own errors, so that a console needs one way to read them. */
export function sendTrouble(reply: FastifyReply, status: number, code: ErrorCode, facts: ErrorFacts, message: string = code): FastifyReply {
  return reply.status(status).type('application/json').send(troubleBody(status, code, facts, message));
}

/** What a refusal says, as JSON. */
export function troubleBody(status: number, code: ErrorCode, facts: ErrorFacts, message: string = code): string {
  return JSON.stringify({ defined: true, code: 'APP', status, message, data: { code, facts } });
}

/** Unpacked no further than a plain body may be: a small archive cannot become a large one here. */
async function unpacked(request: FastifyRequest, body: Buffer): Promise<Buffer> {
  const encoding = request.headers['content-encoding'];
  return encoding === undefined || encoding === 'identity' ? body : unpackBounded(body, encoding);
}

/** @throws {AppError} 'input/invalid' when it is no JSON in UTF-8, or nested deeper than anything can be looked at safely */
export function readJson(plain: Buffer): unknown {
  if (plain.length === 0) return undefined;
  const value = parsed(plain);
  if (!isSound(value, MAX_BODY_LEVELS)) throw new AppError('input/invalid', { field: 'body' });
  return value;
}

function parsed(plain: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain)) as unknown;
  } catch (cause) {
    throw new AppError('input/invalid', { field: 'body' }, { cause });
  }
}

async function unpackBounded(body: Buffer, encoding: string): Promise<Buffer> {
  const maxOutputLength = MAX_BODY_BYTES;
  try {
    if (encoding === 'gzip') return await ungzip(body, { maxOutputLength });
    if (encoding === 'zstd') return await unzstd(body, { maxOutputLength, params: { [zlib.constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG } });
  } catch (cause) {
    const tooLarge = cause instanceof RangeError || (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE');
    throw new AppError(tooLarge ? 'input/too-large' : 'input/invalid', tooLarge ? { limit: MAX_BODY_BYTES } : { field: 'body' }, { cause });
  }
  throw new AppError('input/invalid', { field: 'content-encoding' });
}

/** Consoles are no web pages: a browser's Origin means that some page tries to talk to us. A Host must be one. */
function refuseOddities(request: FastifyRequest): void {
  if (request.headers.origin !== undefined) throw new AppError('input/invalid', { field: 'origin' });
  if (!URL.canParse(`http://${request.headers.host ?? ''}/`) || /[\s/@?#]/.test(request.headers.host ?? '')) throw new AppError('input/invalid', { field: 'host' });
}

/** HTTP/1.1 keeps connections alive by itself; over a slow link every header is paid with each idle question. */
function sendFewHeaders(reply: FastifyReply): void {
  reply.raw.sendDate = false;
  reply.raw.removeHeader('connection');
}
