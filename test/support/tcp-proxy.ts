import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export type Direction = 'up' | 'down';

/** How one direction behaves. Unset: as fast as it comes. */
export interface Shape {
  /** Shared by all connections of the direction, first come first served. */
  rateBytesPerSecond?: number;
  /** One way. A new connection waits for a round trip before it carries anything. */
  delayMs?: number;
}

export interface ProxyOptions { targetHost?: string; targetPort: number; listenPort?: number; up?: Shape; down?: Shape }

/** One console's connection through the proxy, as a hook sees it. */
export interface Passing { direction: Direction; bytes: Buffer; connection: number }

/** What a hook makes of passing bytes: others instead of them, or the end of the connection in their place, or after the last ones. */
export type Hook = (passing: Passing) => Buffer | 'cut' | { last: Buffer };

/** A cut that waits for its exchange: how many bytes of it have passed, and whether it has happened. */
export interface Cutting { passed: number; happened: boolean; cancel(): void }

const PIECE_BYTES = 4_096;
/** What a lane holds, beside what is in flight, before it stops reading: a cut loses little, as in a real router. */
const QUEUE_BYTES = 8_192;

/**
 * A TCP proxy for tests and benchmarks: cuts, delays, goes silent, refuses, narrows the link, and counts the payload
 * bytes that it has delivered. It models a slow line with a shared bottleneck, not loss, slow start or TLS.
 */
export class TcpProxy {
  readonly #options: ProxyOptions;
  #targetPort: number;
  readonly #pairs = new Map<number, [Socket, Socket]>();
  readonly #hooks = new Set<Hook>();
  readonly #lanes: Record<Direction, Lane>;
  #server: Server | null = null;
  #port = 0;
  #opened = 0;

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#targetPort = options.targetPort;
    this.#port = options.listenPort ?? 0;
    this.#lanes = { up: new Lane(options.up ?? {}), down: new Lane(options.down ?? {}) };
  }

  static async start(options: ProxyOptions): Promise<TcpProxy> {
    const proxy = new TcpProxy(options);
    await proxy.accept();
    return proxy;
  }

  get port(): number { return this.#port; }
  get address(): string { return `http://127.0.0.1:${this.#port}`; }
  /** How many connections have been opened since the start. */
  get opened(): number { return this.#opened; }

  /** Payload bytes delivered so far. */
  bytes(): { up: number; down: number } {
    return { up: this.#lanes.up.delivered, down: this.#lanes.down.delivered };
  }

  /** Resets every open connection. */
  cut(): void {
    for (const [a, b] of this.#pairs.values()) { a.resetAndDestroy(); b.resetAndDestroy(); }
    this.#pairs.clear();
  }

  /** Somebody else stands there from now on: resets every open connection, and later ones lead to another port. */
  retarget(port: number): void {
    this.#targetPort = port;
    this.cut();
  }

  /** Resets every connection once this many further bytes have been delivered in a direction. @returns when it has happened */
  cutAfter(direction: Direction, bytes: number): Promise<void> {
    const lane = this.#lanes[direction];
    const at = lane.delivered + bytes;
    return new Promise(resolve => {
      lane.onDelivered = () => {
        if (lane.delivered < at) return;
        lane.onDelivered = () => undefined;
        this.cut();
        resolve();
      };
    });
  }

  /** Cuts in the place of the first answer to a request whose text contains `text`: the other side did it, nobody hears. */
  loseReplyTo(text: string): Promise<void> {
    return new Promise(resolve => {
      const asked = new Set<number>();
      const stop = this.hook(({ direction, bytes, connection }) => {
        if (direction === 'up' && bytes.includes(text)) asked.add(connection);
        if (direction === 'up' || !asked.has(connection)) return bytes;
        stop();
        resolve();
        return 'cut';
      });
    });
  }

  /**
   * Resets the connection of the next request whose first piece contains `text` as soon as exactly `after` bytes of it
   * (`up`), or of what is answered (`down`), have been delivered; before its first byte with 0.
   */
  cutWithin(text: string, direction: Direction, after: number): Cutting {
    const state = { connection: 0 };
    const cutting: Cutting = { passed: 0, happened: false, cancel: () => { stop(); } };
    const stop = this.hook(passing => {
      if (state.connection === 0 && passing.direction === 'up' && passing.bytes.includes(text)) state.connection = passing.connection;
      if (cutting.happened || passing.connection !== state.connection || passing.direction !== direction) return passing.bytes;
      const left = after - cutting.passed;
      cutting.passed += passing.bytes.length;
      if (left > passing.bytes.length) return passing.bytes;
      cutting.happened = true;
      return left === 0 ? 'cut' : { last: passing.bytes.subarray(0, left) };
    });
    return cutting;
  }

  /** Sees every piece in transit and may change it. @returns a function that takes the hook away */
  hook(hook: Hook): () => void {
    this.#hooks.add(hook);
    return () => { this.#hooks.delete(hook); };
  }

  /** Holds back all bytes, with connections left open. */
  silence(on: boolean): void {
    this.#lanes.up.hold(on);
    this.#lanes.down.hold(on);
  }

  /** Cuts, and refuses new connections until `accept`. */
  async refuse(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    this.cut();
    await new Promise<void>(resolve => { server.close(() => { resolve(); }); });
  }

  /** Listens (again), on the same port as before. */
  async accept(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer(socket => { this.#connected(socket); });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', () => { resolve(); });
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    this.silence(false);
    await this.refuse();
  }

  #connected(near: Socket): void {
    const connection = this.#opened += 1;
    const far = createConnection({ host: this.#options.targetHost ?? '127.0.0.1', port: this.#targetPort });
    this.#pairs.set(connection, [near, far]);
    const end = (): void => { this.#pairs.delete(connection); near.destroy(); far.destroy(); };
    for (const socket of [near, far]) { socket.setNoDelay(true); socket.on('error', end); socket.on('close', end); }
    const roundTripMs = (this.#options.up?.delayMs ?? 0) + (this.#options.down?.delayMs ?? 0);
    this.#carry('up', near, far, connection, roundTripMs);
    this.#carry('down', far, near, connection, 0);
  }

  #carry(direction: Direction, from: Socket, to: Socket, connection: number, firstWaitMs: number): void {
    const lane = this.#lanes[direction];
    from.on('data', (data: Buffer) => {
      for (let at = 0; at < data.length; at += PIECE_BYTES) {
        const piece = data.subarray(at, at + PIECE_BYTES);
        lane.send({ bytes: piece.length, from, deliver: () => { this.#deliver({ direction, bytes: piece, connection }, to); } });
      }
    });
    if (firstWaitMs > 0) {                                 // the round trip of the handshake
      from.pause();
      setTimeout(() => { from.resume(); }, firstWaitMs).unref();
    }
    from.on('end', () => { lane.send({ bytes: 0, from, deliver: () => { to.end(); } }); });
  }

  #deliver(passing: Passing, to: Socket): void {
    let { bytes } = passing;
    for (const hook of this.#hooks) {
      const made = hook({ ...passing, bytes });
      if (!Buffer.isBuffer(made)) {
        if (made !== 'cut' && !to.destroyed) to.write(made.last);
        for (const socket of this.#pairs.get(passing.connection) ?? []) socket.resetAndDestroy();
        this.#pairs.delete(passing.connection);
        return;
      }
      bytes = made;
    }
    if (!to.destroyed) to.write(bytes);
  }
}

interface Piece { bytes: number; from: Socket; deliver: () => void }

/** One direction of the line: pieces leave one after the other at the rate and arrive after the delay, in order. */
class Lane {
  delivered = 0;
  onDelivered: () => void = () => undefined;
  readonly #shape: Shape;
  readonly #waiting: { piece: Piece; atMs: number }[] = [];
  readonly #queued = new Map<Socket, number>();
  #freeAtMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #held = false;

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  send(piece: Piece): void {
    const { rateBytesPerSecond, delayMs = 0 } = this.#shape;
    const startMs = Math.max(performance.now(), this.#freeAtMs);
    this.#freeAtMs = startMs + (rateBytesPerSecond === undefined ? 0 : piece.bytes / rateBytesPerSecond * 1_000);
    this.#waiting.push({ piece, atMs: this.#freeAtMs + delayMs });
    this.#count(piece.from, piece.bytes);
    this.#run();
  }

  hold(on: boolean): void {
    this.#held = on;
    this.#run();
  }

  #run(): void {
    if (this.#timer !== null || this.#held) return;
    for (;;) {
      const next = this.#waiting[0];
      if (next === undefined) return;
      const waitMs = next.atMs - performance.now();
      if (waitMs > 0.5) {
        this.#timer = setTimeout(() => { this.#timer = null; this.#run(); }, waitMs);
        return;
      }
      this.#waiting.shift();
      this.#count(next.piece.from, -next.piece.bytes);
      if (next.piece.from.destroyed) continue;             // lost with the connection
      this.delivered += next.piece.bytes;
      next.piece.deliver();
      this.onDelivered();
    }
  }

  /** Stops reading a source whose pieces pile up, as a full router would. */
  #count(from: Socket, bytes: number): void {
    const queued = (this.#queued.get(from) ?? 0) + bytes;
    if (queued === 0) this.#queued.delete(from); else this.#queued.set(from, queued);
    const { rateBytesPerSecond = Infinity, delayMs = 0 } = this.#shape;
    const inFlight = rateBytesPerSecond === Infinity ? (this.#held ? 0 : Infinity) : rateBytesPerSecond * delayMs / 1_000;
    if (queued > QUEUE_BYTES + inFlight) from.pause();
    else from.resume();
  }
}
