import type { Direction, TcpProxy } from '../support/tcp-proxy.ts';

/** Where on the wire: the next request whose first piece contains `text`, once `after` bytes of it (`up`) or of what is answered have passed. */
export interface WirePoint { text: string; direction: Direction; after: number }

/** Calls `kill` at that very byte; what would come after it never arrives. */
export function killWithin(proxy: TcpProxy, { text, direction, after }: WirePoint, kill: () => void): void {
  const state = { connection: 0, passed: 0 };
  const stop = proxy.hook(passing => {
    if (state.connection === 0 && passing.direction === 'up' && passing.bytes.includes(text)) state.connection = passing.connection;
    if (passing.connection !== state.connection || passing.direction !== direction) return passing.bytes;
    const left = after - state.passed;
    state.passed += passing.bytes.length;
    if (left > passing.bytes.length) return passing.bytes;
    stop();
    kill();
    return { last: passing.bytes.subarray(0, left) };
  });
}
