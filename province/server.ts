import { timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../contract/errors.ts';
import type { Scope } from '../contract/org.ts';
import { mountAttachments } from './attachment-routes.ts';
import { Attachments } from './attachments.ts';
import { createHttp } from './http.ts';
import { createLiveHub } from './live.ts';
import { LocalCommand, runLocal } from './local.ts';
import { createPushes } from './push-queue.ts';
import { createRouter, requireDevice, type ProvinceParts } from './router.ts';
import { followSignals } from './signals.ts';
import { folderStore } from './snapshot-folder.ts';
import { memoryStore, type SnapshotStore } from './snapshot-store.ts';
import { tableStore } from './snapshot-table.ts';
import { createSnapshots } from './snapshot.ts';
import type { Database } from './sql.ts';

export interface AppInput {
  db: Database;
  /** Where prebuilt copies are kept, with the embedded engine; null for memory only. A server's database keeps them itself. */
  folder: string | null;
  /** Where files of records are kept; null for nowhere: none are taken then. */
  attachments: string | null;
  /** Opens the local commands to whoever can read the data folder's lock file; null = none. */
  key: string | null;
  nowMs: () => number;
  report: (what: string, error: unknown) => void;
}
export interface ServerInput extends AppInput { host: string; port: number }

/** The sync API without a socket. The database stays with the caller. */
export interface ProvinceApp {
  app: FastifyInstance; parts: ProvinceParts;
  /** Ends live streams and answers what is under way. */
  close(): Promise<void>;
}

export interface ProvinceServer {
  address: string;
  parts: ProvinceParts;
  /** Ends live streams, answers what is under way, closes the sockets. The database stays with the caller. */
  close(): Promise<void>;
}

/** A half-open link shows within two of these. */
const HEARTBEAT_MS = 10_000;
const SWEEP_EVERY_MS = 6 * 3_600_000;
const CHUNK_PATH = '/v1/sync/snapshot/:id/:index';

/** Builds the sync API. */
export async function createApp(input: AppInput): Promise<ProvinceApp> {
  const load = { underWay: 0 };
  const hub = createLiveHub(() => load.underWay);
  const stopFollowing = await followSignals(input.db, hub, input.report);
  const snapshots = createSnapshots({ db: input.db, store: await storeOf(input), report: input.report });
  const attachments = new Attachments({ db: input.db, folder: input.attachments, nowMs: input.nowMs });
  await attachments.prepare();
  const parts: ProvinceParts = { db: input.db, hub, snapshots, pushes: createPushes(input.db), attachments, nowMs: input.nowMs, report: input.report };
  const app = createHttp({ report: input.report, load, admit: request => requireDevice(parts, request.headers.authorization) });
  const handler = new OpenAPIHandler(createRouter(parts), { eventIteratorKeepAliveInterval: HEARTBEAT_MS, eventIteratorKeepAliveComment: '' });
  app.get<{ Params: { id: string; index: string } }>(CHUNK_PATH, (request, reply) => sendChunk(parts, request, reply));
  mountAttachments(app, parts);
  if (input.key !== null) app.post('/local', createLocal(parts, input.key));
  app.all('/v1/*', async (request, reply) => {
    const { matched } = await handler.handle(request, reply, { context: { authorization: request.headers.authorization } });
    if (!matched) return reply.callNotFound();
    return reply;
  });
  const stopSweeping = sweepRegularly(parts);
  return {
    app, parts,
    async close() {
      stopSweeping();
      hub.close();
      await app.close();
      await snapshots.close();
      await stopFollowing();
    },
  };
}

/**
 * The sync API on a socket.
 *
 * @throws {Error} with code EADDRINUSE or EACCES when the port cannot be had
 */
export async function startServer(input: ServerInput): Promise<ProvinceServer> {
  const { app, parts, close } = await createApp(input);
  try {
    await app.listen({ host: input.host, port: input.port });
  } catch (error) {
    await close();
    throw error;
  }
  return { address: addressOf(app), parts, close };
}

/** Unfinished uploads go after their week, however long the server runs. */
function sweepRegularly(parts: ProvinceParts): () => void {
  const sweep = (): void => { parts.attachments.sweep().catch((error: unknown) => parts.report('attachments', error)); };
  const timer = setInterval(sweep, SWEEP_EVERY_MS);
  timer.unref();
  sweep();
  return () => { clearInterval(timer); };
}

/** Makes the copies that stations will ask for, one after the other, in the background. */
export async function warmSnapshots(parts: ProvinceParts): Promise<void> {
  const scopes = await parts.db.query<{ scope: Scope }>('SELECT DISTINCT scope FROM device WHERE revoked_at_ms IS NULL');
  for (const scope of [{ siteIds: null, services: null }, ...scopes.map(row => row.scope)]) await parts.snapshots.warm(scope);
}

/** On a server's database several of us may work: copies lie there. */
async function storeOf({ db, folder }: AppInput): Promise<SnapshotStore> {
  if (db.engine === 'postgresql') return tableStore(db);
  return folder === null ? memoryStore() : folderStore(join(folder, 'snapshots'));
}

function addressOf(app: FastifyInstance): string {
  const { address, port, family } = app.server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** The operator's commands from the server's own machine: the key lies in a file that only he can read. */
function createLocal(parts: ProvinceParts, key: string) {
  return async (request: FastifyRequest): Promise<object> => {
    const shown = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${key}`);
    if (shown.length !== wanted.length || !timingSafeEqual(shown, wanted)) throw new AppError('auth/forbidden');
    const command = LocalCommand.safeParse(request.body);
    if (!command.success) throw new AppError('input/invalid', { field: 'command' });
    return runLocal(parts.db, command.data, { nowMs: parts.nowMs(), report: parts.report });
  };
}

/** A chunk's bytes as they are, from any byte on: a cut transfer goes on where it stopped. */
async function sendChunk(parts: ProvinceParts, request: FastifyRequest<{ Params: { id: string; index: string } }>, reply: FastifyReply): Promise<FastifyReply> {
  const device = await requireDevice(parts, request.headers.authorization);
  if (!/^\d{1,5}$/.test(request.params.index)) throw new AppError('sync/chunk-gone');
  const bytes = await parts.snapshots.chunk(device, request.params.id, Number(request.params.index));
  reply.type('application/octet-stream');
  const range = /^bytes=(\d{1,10})-(\d{0,10})$/.exec(request.headers.range ?? '');
  if (range === null) return reply.header('accept-ranges', 'bytes').send(bytes);
  const from = Number(range[1]);
  const to = Math.min(range[2] === '' ? Infinity : Number(range[2]), bytes.length - 1);
  if (from > to) return reply.status(416).header('content-range', `bytes */${bytes.length}`).send(Buffer.alloc(0));
  return reply.status(206).header('content-range', `bytes ${from}-${to}/${bytes.length}`).send(bytes.subarray(from, to + 1));
}
