import { createReadStream } from 'node:fs';
import { FileStore } from '@tus/file-store';
import { Metadata, Server } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ATTACHMENT_LIMITS, attachmentPath, Sha256, UPLOADS_PATH } from '../contract/attachment.ts';
import { AppError } from '../contract/errors.ts';
import { Id } from '../contract/ids.ts';
import { troubleBody } from './http.ts';
import type { ProvinceParts } from './router.ts';
import { requireDevice } from './router.ts';

const UPLOAD_PATH = `${UPLOADS_PATH}/:id`;
const FILE_PATH = attachmentPath(':issueId', ':sha256');
const REFUSED = 422;

type FileRequest = FastifyRequest<{ Params: { issueId: string; sha256: string } }>;

/** Bytes of files: up by tus 1.0 in pieces that go on where they stopped, down by ranges. Both for our own stations only. */
export function mountAttachments(app: FastifyInstance, parts: ProvinceParts): void {
  const tus = createTus(parts);
  // The library reads the body itself, as it comes.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => { done(null); });
  app.get(FILE_PATH, (request: FileRequest, reply) => sendFile(parts, request, reply));
  app.post(UPLOADS_PATH, async (request, reply) => {
    const device = await requireDevice(parts, request.headers.authorization);
    const upload = await parts.attachments.requireUpload(device, uploadIdIn(request.headers['upload-metadata']));
    if (Number(request.headers['upload-length']) !== upload.bytes) throw new AppError('input/invalid', { field: 'upload-length' });
    return handOver(tus(), request, reply);
  });
  app.route<{ Params: { id: string } }>({
    method: ['HEAD', 'PATCH', 'DELETE'], url: UPLOAD_PATH,
    async handler(request, reply) {
      const device = await requireDevice(parts, request.headers.authorization);
      await parts.attachments.requireUpload(device, request.params.id);
      return handOver(tus(), request, reply);
    },
  });
}

/** Made when first needed: a province without a place for files has none. */
function createTus(parts: ProvinceParts): () => Server {
  let made: Server | null = null;
  return () => made ??= new Server({
    path: UPLOADS_PATH, datastore: new FileStore({ directory: parts.attachments.unfinished }), maxSize: ATTACHMENT_LIMITS.fileBytes,
    relativeLocation: true, allowedOrigins: [],
    namingFunction: (_request, metadata) => metadata?.['id'] ?? '',
    async onUploadFinish(request, upload) {
      const device = await requireDevice(parts, request.headers.get('authorization') ?? undefined);
      await parts.attachments.finish(device, upload.id);
      return {};
    },
    onResponseError(_request, error) {
      if (error instanceof AppError) return { status_code: REFUSED, body: troubleBody(REFUSED, error.code, error.facts) };
      if (error instanceof Error) parts.report('attachment', error);
      return undefined;
    },
  });
}

/** The name that the station was told for it. */
function uploadIdIn(metadata: string | string[] | undefined): string {
  try {
    return Metadata.parse(String(metadata ?? ''))['id'] ?? '';
  } catch (cause) {
    throw new AppError('input/invalid', { field: 'upload-metadata' }, { cause });
  }
}

async function handOver(tus: Server, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  reply.hijack();
  await tus.handle(request.raw, reply.raw);
  return reply;
}

/** A file's bytes, from any byte on and to any: a cut costs the piece that was under way. */
async function sendFile(parts: ProvinceParts, request: FileRequest, reply: FastifyReply): Promise<FastifyReply> {
  const device = await requireDevice(parts, request.headers.authorization);
  const [issueId, sha256] = [Id.safeParse(request.params.issueId), Sha256.safeParse(request.params.sha256)];
  if (!issueId.success || !sha256.success) throw new AppError('attachment/not-found');
  const { path, bytes } = await parts.attachments.find(device, { issueId: issueId.data, sha256: sha256.data });
  reply.type('application/octet-stream').header('accept-ranges', 'bytes');
  const range = /^bytes=(\d{1,10})-(\d{0,10})$/.exec(request.headers.range ?? '');
  const from = Number(range?.[1] ?? 0);
  const to = Math.min(range?.[2] === undefined || range[2] === '' ? Infinity : Number(range[2]), bytes - 1);
  if (from > to) return reply.status(416).header('content-range', `bytes */${bytes}`).send(Buffer.alloc(0));
  if (range !== null) reply.status(206).header('content-range', `bytes ${from}-${to}/${bytes}`);
  return reply.header('content-length', to - from + 1).send(createReadStream(path, { start: from, end: to }));
}
