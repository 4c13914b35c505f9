import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ChangeEvent, consoleContract } from '../../../contract/console.ts';
import { newId } from '../../../contract/ids.ts';
import { createDispatch } from '../../../main/wire/dispatch.ts';
import { createWireServer } from '../../../main/wire/serve.ts';
import { createSubscriptions } from '../../../main/wire/subscriptions.ts';
import { handlersFrom, invent } from '../../support/stand-in-core.ts';
import { silentLog } from '../../support/silent-log.ts';

type Client = ContractRouterClient<typeof consoleContract>;
const SETTINGS = { language: 'vi', theme: 'auto', scale: 1 } as const;

function world() {
  const subscriptions = createSubscriptions();
  const router = createDispatch({ handlers: handlersFrom(() => SETTINGS), currentSession: () => invent(['truc_ban']), subscriptions, log: silentLog });
  return { subscriptions, wire: createWireServer(router, silentLog) };
}

/** The wire behind a plain HTTP server that lets everyone in. */
async function listening() {
  const { subscriptions, wire } = world();
  const server = createServer();
  const sockets: Socket[] = [];
  server.on('upgrade', (request, socket, head) => {
    sockets.push(socket as Socket);
    const headers = Object.fromEntries(Object.entries(request.headers).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
    wire.serveSocket({ method: 'GET', url: '/wire', headers, head: head.toString('base64') }, socket as Socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const webSocket = new WebSocket(`ws://127.0.0.1:${address.port}/wire`, { perMessageDeflate: true });
  await once(webSocket, 'open');
  onTestFinished(() => {
    webSocket.terminate();
    wire.close();
    server.close();
  });
  const client: Client = createORPCClient(new SocketLink({ websocket: webSocket as never }));
  return { subscriptions, wire, client, webSocket, sockets };
}

const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 20));

test('a screen that stops reading costs the core one merged event, not a queue of all', async () => {
  const { subscriptions, client, webSocket, sockets } = await listening();
  const stream = await client.changes({});
  while (subscriptions.readers === 0) await settle();
  webSocket.pause();
  const published = 4_000;
  const ids = Array.from({ length: 150 }, (_, n) => newId(n));
  for (let n = 0; n < published; n += 1) {
    subscriptions.publish({ tables: ['issue'], issueIds: ids, fresh: { view: n } });
    await new Promise(resolve => setImmediate(resolve));
  }
  // 4,000 events of 6 KB are 24 MB; what the kernel does not take stays one event here.
  expect(sockets[0]?.writableLength ?? Infinity).toBeLessThan(64 * 1024);
  webSocket.resume();
  const seen: ChangeEvent[] = [];
  for await (const event of stream) {
    seen.push(event);
    if (event.fresh.view === published - 1) break;
  }
  expect(seen.length).toBeLessThan(published);
  expect(seen.at(-1)?.issueIds).toHaveLength(150);
});

test('a stream that the screen leaves, and one whose screen is gone, leave no reader behind', async () => {
  const { subscriptions, client, webSocket } = await listening();
  const [left] = await Promise.all([client.changes({}), client.changes({})]);
  while (subscriptions.readers < 2) await settle();
  await left.return?.();
  while (subscriptions.readers > 1) await settle();
  webSocket.terminate();
  while (subscriptions.readers > 0) await settle();
  expect(subscriptions.readers).toBe(0);
});

test('nothing is compressed, and an orderly end says "going away"', async () => {
  const { wire, webSocket, client } = await listening();
  expect(await client.station.settings({})).toEqual(SETTINGS);
  expect(webSocket.extensions).toBe('');
  wire.close();
  expect((await once(webSocket, 'close'))[0]).toBe(1001);
});

test('a message port carries the same calls and changes', async () => {
  const { subscriptions, wire } = world();
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => { port1.close(); });
  wire.servePort(port2 as never);
  const client: Client = createORPCClient(new PortLink({ port: port1 as never }));
  port1.start();
  expect(await client.station.settings({})).toEqual(SETTINGS);
  const stream = await client.changes({});
  const asked = stream.next();
  while (subscriptions.readers === 0) await settle();
  subscriptions.publish({ tables: ['sync'], issueIds: [], fresh: {} });
  expect((await asked).value).toEqual({ tables: ['sync'], issueIds: [], fresh: {} });
  await stream.return?.();
});
