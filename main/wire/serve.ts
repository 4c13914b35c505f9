import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import { RPCHandler as SocketHandler } from '@orpc/server/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { MAX_INPUT_BYTES } from '../../contract/console.ts';
import type { Log } from '../platform/log.ts';

/** A screen refuses a larger input itself, in words; what still comes with more than an input and its envelope is no screen. */
const MAX_MESSAGE_BYTES = MAX_INPUT_BYTES + 64 * 1024;
const GOING_AWAY = 1001;

/** The request line and headers of an upgrade that the shell has already let in. */
export interface UpgradeHead { method: string; url: string; headers: Record<string, string | string[]>; head: string }

export type WirePort = Parameters<PortHandler<Record<never, never>>['upgrade']>[0] & { start?: () => void };

export interface WireServer {
  serveSocket(request: UpgradeHead, socket: Socket): void;
  servePort(port: WirePort): void;
  close(): void;
}

/** Serves the router on WebSockets (browser shell) and message ports (Electron). */
export function createWireServer(router: AnyRouter, log: Log): WireServer {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const overSocket = new SocketHandler(router);
  const overPort = new PortHandler(router);
  server.on('wsClientError', (error, socket) => {
    log.warn({ error }, 'upgrade refused');
    socket.destroy();
  });
  return {
    serveSocket(request, socket) {
      const { method, url, headers, head } = request;
      const message = Object.assign(new IncomingMessage(socket), { method, url, headers });
      server.handleUpgrade(message, socket, Buffer.from(head, 'base64'), webSocket => {
        webSocket.on('error', error => { log.warn({ error }, 'web socket failed'); });
        void overSocket.upgrade(withBackPressure(webSocket));
      });
    },
    servePort(port) {
      overPort.upgrade(port);
      port.start?.();
    },
    close() {
      for (const webSocket of server.clients) webSocket.close(GOING_AWAY);
      server.close();
    },
  };
}

/** The next event of a stream is only asked for once the last one has left: `send` alone would queue without end. */
function withBackPressure(webSocket: WebSocket): Pick<WebSocket, 'addEventListener' | 'send'> {
  return {
    addEventListener: webSocket.addEventListener.bind(webSocket),
    send: (data: Parameters<WebSocket['send']>[0]) => new Promise<void>(resolve => {
      // A failed send means a closed socket, whose streams end with its 'close'.
      webSocket.send(data, () => { resolve(); });
    }),
  };
}
