import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** A port for the inspector of a program that is about to be started; with `underInspection` in its environment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Environment of a program whose inspector, and that of its children, is to open there once it is asked for: until then it costs nothing. */
export function underInspection(port: number): Record<string, string> {
  return { NODE_OPTIONS: `--inspect-port=127.0.0.1:${port}` };
}

/**
 * What the main thread of a Node program still uses after a full clearing up, in MB; threads beside it have heaps of their own.
 *
 * @param port of its inspector, which is opened by a signal
 */
export async function heapMb(pid: number, port: number): Promise<number> {
  const socket = await inspector(pid, port);
  try {
    await ask(socket, 'HeapProfiler.collectGarbage');
    const { usedSize } = await ask(socket, 'Runtime.getHeapUsage');
    return Number(usedSize) / 2 ** 20;
  } finally {
    socket.close();
  }
}

async function inspector(pid: number, port: number): Promise<WebSocket> {
  process.kill(pid, 'SIGUSR1');
  for (let tries = 0; ; tries += 1) {
    const found = await fetch(`http://127.0.0.1:${port}/json/list`).then(answer => answer.json() as Promise<{ webSocketDebuggerUrl: string }[]>).catch(() => []);
    const [target] = found;
    if (target !== undefined) {
      const socket = new WebSocket(target.webSocketDebuggerUrl, { perMessageDeflate: false });
      await once(socket, 'open');
      return socket;
    }
    if (tries > 100) throw new Error(`no inspector of process ${pid} on port ${port}`);
    await pause(100);
  }
}

async function ask(socket: WebSocket, method: string): Promise<Record<string, unknown>> {
  socket.send(JSON.stringify({ id: 1, method }));
  for (;;) {
    const [data] = await once(socket, 'message') as [Buffer];
    const message = JSON.parse(data.toString()) as { id?: number; result?: Record<string, unknown> };
    if (message.id === 1) return message.result ?? {};
  }
}
