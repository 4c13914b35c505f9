import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a captive portal answers in the place of the province. */
export type Portal = (reply: ServerResponse) => void;

export const PORTALS: Record<string, Portal> = {
  'a portal’s page': reply => { reply.setHeader('content-type', 'text/html').end('<html>Đăng nhập Wi-Fi</html>'); },
  'a redirect to a portal': reply => { reply.writeHead(302, { location: 'http://portal.invalid/login' }).end(); },
};

/** Which requests a portal takes for itself. */
export interface Taken {
  method?: string; path: RegExp; portal: Portal;
  /** So many of them still reach the province first. */
  after?: number;
}

/** Stands between a desk and its province: lets everything through but what a portal takes. */
export class PortalDoor {
  readonly #province: string;
  readonly #server: Server;
  #taken: Taken | null = null;
  #left = 0;
  #seen = 0;

  private constructor(province: string) {
    this.#province = province;
    this.#server = createServer((request, reply) => { this.#came(request, reply); });
  }

  static async before(province: string): Promise<PortalDoor> {
    const door = new PortalDoor(province);
    await new Promise<void>(resolve => { door.#server.listen(0, '127.0.0.1', resolve); });
    return door;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many requests the portal has answered since it began to take them. */
  get seen(): number {
    return this.#seen;
  }

  take(taken: Taken): void {
    this.#seen = 0;
    this.#left = taken.after ?? 0;
    this.#taken = taken;
  }

  letAllThrough(): void {
    this.#taken = null;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => { this.#server.close(resolve); });
  }

  #came(request: IncomingMessage, reply: ServerResponse): void {
    const taken = this.#taken;
    const isMeant = taken !== null && taken.path.test(request.url ?? '') && (taken.method ?? request.method) === request.method;
    if (!isMeant || this.#left-- > 0) { this.#pass(request, reply); return; }
    this.#seen += 1;
    request.resume();
    taken.portal(reply);
  }

  #pass(request: IncomingMessage, reply: ServerResponse): void {
    const there = forward(new URL(request.url ?? '', this.#province), { method: request.method, headers: request.headers }, answer => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(reply);
    });
    there.on('error', () => { reply.destroy(); });
    reply.on('close', () => { there.destroy(); });
    request.pipe(there);
  }
}
