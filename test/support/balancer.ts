import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** A plain TCP balancer: connections go to the back ends in turn, and to the next one where one refuses. */
export interface Balancer { address: string; close(): Promise<void> }

/** @param addresses http://host:port of the back ends */
export async function startBalancer(addresses: readonly string[]): Promise<Balancer> {
  const targets = addresses.map(address => ({ host: new URL(address).hostname, port: Number(new URL(address).port) }));
  const open = new Set<Socket>();
  const state = { turn: 0 };
  const connect = (near: Socket, triesLeft: number): void => {
    const target = targets[state.turn++ % targets.length];
    if (target === undefined || triesLeft === 0) { near.destroy(); return; }
    const far = createConnection(target);
    open.add(far);
    let connected = false;
    far.once('connect', () => { connected = true; near.pipe(far).pipe(near); });
    far.on('error', () => undefined);
    far.once('close', () => {
      open.delete(far);
      if (!connected && !near.destroyed) connect(near, triesLeft - 1);
      else near.destroy();
    });
    near.once('close', () => far.destroy());
  };
  const server = createServer(near => {
    open.add(near);
    near.setNoDelay(true);
    near.on('error', () => undefined);
    near.once('close', () => open.delete(near));
    connect(near, targets.length);
  });
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
