import { once } from 'node:events';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { consoleContract } from '../../contract/console.ts';
import { startShell, type Shell } from '../../main/browser/shell.ts';
import { writePages } from './stand-in-pages.ts';

export const STAND_IN_CORE = join(import.meta.dirname, 'stand-in-core-process.ts');

/** A console in this process over the stand-in core, and the cookie of a browser that has been let in. */
export interface Visit { shell: Shell; dataDir: string; origin: string; port: number; cookie: string }

/** Starts a console in a folder of a test; nobody has been let in yet. */
export async function openConsole(folder: string, more: { dataDir?: string; port?: number } = {}): Promise<Visit> {
  const dataDir = more.dataDir ?? join(folder, 'data');
  const shell = await startShell({ dataDir, port: more.port ?? 0, enrol: null, parts: { coreEntry: STAND_IN_CORE, pages: writePages(join(folder, 'pages')) } });
  const { origin, port } = new URL(shell.address);
  return { shell, dataDir, origin, port: Number(port), cookie: '' };
}

/** Lets a browser in by the printed address. */
export async function enter(visit: Visit): Promise<Visit> {
  const entered = await fetch(visit.shell.address, { redirect: 'manual' });
  return { ...visit, cookie: entered.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

/** Asks with the path and headers as they are, past everything that an HTTP client would tidy up; gives the whole answer. */
export async function get(visit: Visit, path: string, headers: Record<string, string> = {}): Promise<string> {
  const all = { host: `127.0.0.1:${visit.port}`, cookie: visit.cookie, connection: 'close', ...headers };
  const socket = createConnection(visit.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('utf8');
}

/** Opens the wire as the page does. */
export async function connect(visit: Visit): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${visit.port}/wire`, { headers: { cookie: visit.cookie, origin: visit.origin } });
  await once(socket, 'open');
  return socket;
}

export function clientOn(socket: WebSocket): ContractRouterClient<typeof consoleContract> {
  return createORPCClient(new RPCLink({ websocket: socket as never }));
}

/** The status with which the wire refuses a handshake; headers of the page unless given, left out when undefined. */
export async function refusedStatus(visit: Visit, headers: Record<string, string | undefined> = {}): Promise<number> {
  const all = Object.entries({ cookie: visit.cookie, origin: visit.origin, ...headers }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const socket = new WebSocket(`ws://127.0.0.1:${visit.port}/wire`, { headers: Object.fromEntries(all) });
  const [, answer] = await once(socket, 'unexpected-response') as [unknown, { statusCode: number }];
  return answer.statusCode;
}
