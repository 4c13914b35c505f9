import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, startConsole } from '../support/processes.ts';
import { connectWire } from '../support/wire.ts';
import { prepareDesk, type Desk } from './desk.ts';
import type { BenchOptions } from './options.ts';
import { percentile, round } from './statistics.ts';

/**
 * From the start of the core process to the first page of the queue served, as after a restart of the core: someone is
 * signed in, so that no typing is measured. Median of `runs`.
 */
export async function* benchStartup({ rows, runs: wanted, note }: BenchOptions): AsyncGenerator<Record<string, number | string>> {
  const runs = wanted ?? 5;
  const desk = await prepareDesk(rows, note);
  await signIn(desk);
  const samples: number[] = [];
  for (let run = 0; run < runs; run += 1) samples.push(await coldToRowsMs(desk));
  yield { bench: 'startup', rows, coldToRowsMs: round(percentile(samples, 0.5)), runs, worstMs: round(Math.max(...samples)) };
}

/** Leaves a session in the database, as an operator at work does. */
async function signIn({ dataDir, login, password }: Desk): Promise<void> {
  const running = await startConsole({ data: dataDir });
  const { client, close } = await connectWire(running.ready.address);
  await client.auth.signIn({ login, password });
  close();
  await running.kill();
}

function coldToRowsMs({ dataDir, keyHex }: Desk): Promise<number> {
  const startedAt = performance.now();
  const core = fork(join(ROOT, 'dist/core/core-process.js'), { cwd: ROOT, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ask = (n: number, path: [string, string], input: unknown): void => { core.send({ type: 'call', n, path, input }); };
  return new Promise<number>((resolve, reject) => {
    core.on('message', (message: { type: string; n?: number; output?: { viewId?: string }; error?: unknown }) => {
      if (message.type === 'failed' || message.error !== undefined) reject(new Error(JSON.stringify(message)));
      else if (message.type === 'ready') ask(1, ['issues', 'openView'], { filter: {}, sort: { by: 'urgency', descending: false } });
      else if (message.n === 1) ask(2, ['issues', 'page'], { viewId: message.output?.viewId, start: 0, end: 100 });
      else if (message.n === 2) {
        const elapsedMs = performance.now() - startedAt;
        core.once('exit', () => { resolve(elapsedMs); });
        core.send({ type: 'stop' });
      }
    });
    core.send({ type: 'start', dataDir, keyHex, version: 'bench', resume: true });
  });
}
