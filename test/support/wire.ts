import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { consoleContract } from '../../contract/console.ts';

export type ConsoleClient = ContractRouterClient<typeof consoleContract>;

/**
 * Speaks to a console as its page does: exchanges the printed address for the cookie, then calls over the WebSocket.
 *
 * @param address with its one-time token, as the console prints it
 */
export async function connectWire(address: string): Promise<{ client: ConsoleClient; close(): void }> {
  const { origin } = new URL(address);
  const entered = await fetch(address, { redirect: 'manual' });
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`no cookie from ${origin}: ${entered.status}`);
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/wire`, { headers: { cookie, origin } });
  await new Promise<void>((resolve, reject) => { socket.once('open', resolve); socket.once('error', reject); });
  return { client: createORPCClient(new RPCLink({ websocket: socket as never })), close: () => { socket.close(); } };
}
