import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { WarmThread } from '../../../main/roster/engine/warm-thread.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0)) await end(); });

/** Says a number twice, the second time as the last word; `stays`: only once it is told to stop; `hangs`: looks at nothing any more; `late`: after the time that it is given to end; `fails`: is ended by an error. */
const SCRIPT = `const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ n, how, stop }) => {
  if (how === 'fails') throw new Error('broken');
  parentPort.postMessage({ n, isOver: false });
  if (how === 'hangs') for (;;);
  while (how === 'stays' && Atomics.load(stop, 0) === 0);
  for (const until = performance.now() + 540; how === 'late' && performance.now() < until;);
  parentPort.postMessage({ n: n + 100, isOver: true });
});`;

function threads() {
  const begun: Worker[] = [];
  const warm = new WarmThread(() => { const thread = new Worker(SCRIPT, { eval: true }); begun.push(thread); return thread; });
  ends.push(() => warm.close());
  const ask = (n: number, how: 'answers' | 'stays' | 'late' | 'hangs' | 'fails' = 'answers', more: { ms?: number; signal?: AbortSignal } = {}): Promise<number> => {
    const best = { n: -1 };
    return warm.ask<{ n: number; isOver: boolean }, number>({ tell: stop => ({ n, how, stop }), hear: says => { best.n = says.n; return says.isOver ? { answer: says.n } : null; }, best: () => best.n, ms: 60_000, ...more });
  };
  return { warm, ask, begun };
}

test('one thread answers one question after another, and keeps no listener of any', async () => {
  const { ask, begun } = threads();
  expect(await ask(1)).toBe(101);
  const listeners = (): number[] => ['message', 'error', 'exit'].map(event => begun[0]!.listenerCount(event));
  const before = listeners(), stop = new AbortController();
  expect(await Promise.all(Array.from({ length: 20 }, (_, n) => ask(n, 'answers', { signal: stop.signal })))).toEqual(Array.from({ length: 20 }, (_, n) => n + 100));
  expect([begun.length, listeners()]).toEqual([1, before]);
});

test('what is called off, or out of time, ends with what it has; what does not look is ended, asked no more than once, and the next question has a new thread', async () => {
  const { ask, begun } = threads(), stop = new AbortController();
  const mine = ask(1, 'stays', { signal: stop.signal }), waits = ask(2, 'answers', { signal: stop.signal });
  stop.abort();
  expect(await Promise.all([mine, waits])).toEqual([-1, -1]);
  expect(await ask(3, 'stays', { ms: 20 })).toBe(103);
  const ended = { times: 0 };
  const hangs = ask(4, 'hangs', { ms: 20 });
  const { terminate } = begun[0]!;
  begun[0]!.terminate = function () { ended.times += 1; return terminate.call(this); };
  expect([await hangs, ended.times]).toEqual([4, 1]);
  expect([await ask(5), begun.length]).toEqual([105, 2]);
});

test('what ends a thread is told to whoever waits, and nobody after; once it is closed nothing is begun any more', async () => {
  const { ask, warm, begun } = threads();
  await expect(ask(1, 'fails')).rejects.toThrow('broken');
  expect(await ask(2)).toBe(102);
  const running = ask(3, 'hangs'), waits = ask(4);
  await expect.poll(() => begun.length).toBe(2);
  await warm.close();
  expect([[-1, 3].includes(await running), await waits, await ask(5), begun.length]).toEqual([true, -1, -1, 2]);
});

test('a last word that comes when the thread has been given up is not heard, and the next question has its answer', async () => {
  const { ask } = threads();
  const late = ask(1, 'late', { ms: 20 }), next = ask(2);
  // The core is busy while the thread is given up and speaks.
  await new Promise(resolve => { setTimeout(resolve, 400); });
  for (const until = performance.now() + 300; performance.now() < until;);
  expect([await late, await next]).toEqual([expect.anything(), 102]);
});
